"""The line protocol between window and listener."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.messages import (
    Arrived,
    CorrectionsChanged,
    EnteredByHand,
    Failed,
    Message,
    OutboxChanged,
    Pause,
    Polled,
    PollNow,
    Quit,
    ReplyMoved,
    ShopChanged,
    Status,
    TakenIn,
    Woke,
    decode,
    encode,
)
from app.core.problems import Problem

PROBLEM = Problem("net.timeout", {"host": "żabka.example\n", "seconds": 5.5, "times": 3}, 1_790_000_000.5)
MESSAGES: list[Message] = [
    Arrived("w1", (3, 4), (4,)),
    Arrived("w1", (), ()),
    Polled("w1", 10.0, 20.5),
    Polled("w1", 10.0, 20.5, PROBLEM),
    Status(3, paused=True, offline=False, polling=1, last_heard=0.0),
    Woke(),
    Failed(PROBLEM),
    PollNow(),
    PollNow(("w1", "w2")),
    Pause(paused=True),
    ReplyMoved("r1", 7, "sent"),
    OutboxChanged(),
    ShopChanged(),
    CorrectionsChanged(),
    TakenIn("b", 500, 1_000, 490, 10),
    EnteredByHand(),
    Quit(),
]


@pytest.mark.parametrize("message", MESSAGES, ids=repr)
def test_a_message_arrives_as_it_was_sent_on_one_line(message: Message) -> None:
    line = encode(message)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert decode(line) == message


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"5",
        b"[]",
        b"null",
        b'"Quit"',
        b"{}",
        b'{"type": "Quit"',
        b'{"type": "Nobody"}',
        b'{"type": []}',
        b'{"type": "Polled"}',
        b'{"type": "Failed", "problem": {"what": 1}}',
        b"\xff\xfe",
        b"Traceback (most recent call last):",
    ],
)
def test_what_is_no_message_is_none(line: bytes) -> None:
    assert decode(line) is None


def test_fields_of_a_newer_program_are_left_out() -> None:
    assert decode(b'{"type": "Pause", "paused": true, "until": 5}') == Pause(paused=True)


@given(st.binary(max_size=200))
def test_any_bytes_can_be_read(line: bytes) -> None:
    assert decode(line) is None or line.strip()


@pytest.mark.parametrize("message", MESSAGES, ids=repr)
def test_half_a_line_is_no_message(message: Message) -> None:
    line = encode(message).rstrip()
    assert all(decode(line[:cut]) is None for cut in range(len(line)))
