"""The line protocol between window and listener."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.messages import (
    _TYPES,
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
    name_of,
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
        b'{"type": "Failed", "problem": null}',
        b'{"type": "Failed", "problem": "text"}',
        b'{"type": "Pause"}',
        b'{"type": "Pause", "paused": 1}',
        b'{"type": "Polled", "watch_id": 7}',
        b'{"type": "ReplyMoved", "reply_id": "r", "mention_id": true, "stand": "sent"}',
        b"[" * 100_000,
        b"\xff\xfe",
        b"Traceback (most recent call last):",
    ],
)
def test_what_is_no_message_is_none(line: bytes) -> None:
    assert decode(line) is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"type": "Status", "watches": 3}', Status(3)),
        ('{"type": "Status", "watches": "3", "last_heard": NaN, "failing": true, "unkept": null}', Status()),
        ('{"type": "Arrived", "watch_id": "w", "ringing": [3, "4"]}', Arrived("w")),
        ('{"type": "PollNow", "watch_ids": "all"}', PollNow()),
        ('{"type": "Polled", "watch_id": "w", "problem": {"args": {}}}', Polled("w")),
        ('{"type": "TakenIn", "batch": "b", "total": 7}', TakenIn("b", total=7)),
        (
            '{"type": "Failed", "problem": {"code": "x", "args": {"a": [1], "b": 2}, "retry_at": Infinity, "c": 1}}',
            Failed(Problem("x", {"b": 2})),
        ),
    ],
)
def test_what_another_version_leaves_out_or_writes_otherwise_is_as_by_default(line: str, message: Message) -> None:
    assert decode(line.encode()) == message


OF_TYPE: dict[str, object] = {
    "str": "żabka\n",
    "bool": True,
    "int": 7,
    "float": 1_790_000_000.5,
    "tuple[int, ...]": (3, 4),
    "tuple[str, ...]": ("w1", "w2"),
    "Problem": PROBLEM,
    "Problem | None": PROBLEM,
}
"""A value of each type that a field of a message has, none of them a default."""


def test_every_message_is_known() -> None:
    assert set(_TYPES.values()) == set(get_args(Message))


@pytest.mark.parametrize("kind", get_args(Message), ids=lambda kind: kind.__name__)
def test_every_field_of_every_message_arrives(kind: Callable[..., Message]) -> None:
    message = kind(**{field.name: OF_TYPE[str(field.type)] for field in fields(kind)})  # type: ignore[arg-type]
    assert decode(encode(message)) == message


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (b'{"type": "Failed", "problem": "Anna"}', "Failed"),
        (b'{"type": "Anna Kowalska"}', ""),
        (b'{"type": "%s"}' % (b"x" * 41), ""),
        (b'{"type": ["Quit"]}', ""),
        (b"[" * 100_000, ""),
        (b"Traceback", ""),
        (b"7", ""),
    ],
)
def test_of_what_cannot_be_read_only_a_name_is_told(line: bytes, name: str) -> None:
    assert name_of(line) == name


def test_fields_of_a_newer_program_are_left_out() -> None:
    assert decode(b'{"type": "Pause", "paused": true, "until": 5}') == Pause(paused=True)


@given(st.binary(max_size=200))
def test_any_bytes_can_be_read(line: bytes) -> None:
    assert decode(line) is None or line.strip()


@pytest.mark.parametrize("message", MESSAGES, ids=repr)
def test_half_a_line_is_no_message(message: Message) -> None:
    line = encode(message).rstrip()
    assert all(decode(line[:cut]) is None for cut in range(len(line)))


BEYOND = 10**400


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"type": "Polled", "watch_id": "w", "at": BEYOND}, Polled("w")),
        ({"type": "Polled", "watch_id": "w", "at": -BEYOND}, Polled("w")),
        ({"type": "TakenIn", "batch": "b", "mention_id": 2**63, "total": 2**63 - 1}, TakenIn("b", total=2**63 - 1)),
        (
            {"type": "Polled", "watch_id": "w", "problem": {"code": "x", "args": {"a": BEYOND}}},
            Polled("w", problem=Problem("x")),
        ),
    ],
)
def test_a_number_beyond_all_bounds_is_as_by_default(line: object, message: Message) -> None:
    assert decode(json.dumps(line).encode()) == message
