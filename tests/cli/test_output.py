"""Output that cannot be written, and a laptop that is short of memory: one sentence, and what was stored stays stored."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes.commands import Said, Shop

from app.core.messages import Arrived
from app.core.problems import Problem

NOT_WRITTEN = (
    "The output could not be written (the disk is full). What was entered or heard is saved: see «counterbell inbox».\n"
)
ADD = ("mention", "add", "--said", "phone", "--author", "Anna", "--text", "The bread was awful.")


class FullDisk(io.StringIO):
    """A stream that takes nothing."""

    def write(self, _text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def full(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Run a command whose output goes to a disk that is full."""

    def run(*argv: str) -> Said:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", FullDisk())
            return shop(*argv)

    return run


def test_what_was_entered_is_done_though_it_cannot_be_printed(shop: Shop, full: Callable[..., Said]) -> None:
    answer = full(*ADD)
    assert (answer.code, answer.err) == (0, NOT_WRITTEN)
    heard = shop.counter.archive.mention(1)
    assert heard
    assert heard.mention.author == "Anna"


@pytest.mark.parametrize(
    "command",
    [["inbox"], ["inbox", "--json"], ["mention", "export"], ["watch", "list"], ["listen", "--once", "--all"]],
    ids=" ".join,
)
def test_a_result_that_cannot_be_printed_is_a_failure_in_plain_words(
    shop: Shop, full: Callable[..., Said], command: list[str]
) -> None:
    shop.counter.say("Anna @anna", "The bread was awful and nobody answers the phone.")
    shop.page("https://a.example/feed", "9; Bea @bea; The cake was awful and nobody answers the phone.")
    answer = full(*command)
    assert (answer.code, answer.err) == (1, NOT_WRITTEN)


@pytest.mark.parametrize("command", [["--help"], ["watch", "add", "--help"], ["--version"]], ids=" ".join)
def test_help_that_cannot_be_printed_is_a_failure_too(full: Callable[..., Said], command: list[str]) -> None:
    answer = full(*command)
    assert (answer.code, answer.err) == (1, NOT_WRITTEN)


def test_a_listener_goes_on_though_it_cannot_print(shop: Shop, full: Callable[..., Said]) -> None:
    first = shop.counter.say("Anna @anna", "The bread was awful and nobody answers the phone.")
    shop.messages = [Arrived("a", (first,), ()), Arrived("a", (first,), ())]
    answer = full("listen")
    assert answer.code == 0
    assert answer.err.count(NOT_WRITTEN) == 1


def test_words_for_people_that_cannot_be_written_stop_nothing(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.notices = (Problem("desk.no_name"),)
    monkeypatch.setattr(sys, "stderr", FullDisk())
    assert shop("watch", "list").code == 0


def test_a_desk_that_cannot_be_opened_again_leaves_what_was_entered(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = shop._open

    def open_once(profile: Path | None) -> object:
        if shop.profiles:
            shop.broken = Problem("stores.disk_full")
        return opened(profile)

    monkeypatch.setattr(shop, "_open", open_once)
    answer = shop(*ADD)
    assert answer.code == 0
    assert answer.err.endswith("Saved. It appears as soon as Counterbell is listening.\n")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError(), "This laptop has too little memory left"),
        (RuntimeError("can't start new thread"), "This laptop has too little memory left"),
        (OSError(errno.EMFILE, "Too many open files"), "This laptop does not let the program open any more files"),
    ],
)
def test_a_laptop_that_is_short_of_something_is_told_in_plain_words(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def fail(*_: object) -> object:
        raise error

    monkeypatch.setattr(shop, "_open", fail)
    answer = shop("inbox")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(words)
    assert answer.err.count("\n") == 1


def test_other_faults_are_not_hidden(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> object:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(shop, "_open", fail)
    with pytest.raises(RuntimeError, match="ours"):
        shop("inbox")


@pytest.fixture
def unread(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Run a command whose output goes into a pipe of which nobody reads."""

    def run(*argv: str) -> Said:
        reader, writer = os.pipe()
        os.close(reader)
        with monkeypatch.context() as patch, open(writer, "w", encoding="utf-8") as pipe:  # noqa: PTH123  no path
            patch.setattr(sys, "stdout", pipe)
            return shop(*argv)

    return run


@pytest.mark.parametrize(
    "command",
    [
        ADD,
        (*ADD, "--json"),
        ("log", "Bea", "--add", "rang"),
        ("log", "1", "--add", "rang", "--json"),
        ("reply", "posted", "1", "Sorry!"),
        ("watch", "add", "--source", "page", "--url", "https://b.example/feed", "--name", "B", "--no-check"),
    ],
    ids=" ".join,
)
def test_what_is_done_is_no_failure_because_nobody_reads_it(
    shop: Shop, unread: Callable[..., Said], command: tuple[str, ...]
) -> None:
    shop.counter.say("Anna @anna", "The bread was awful and nobody answers the phone.")
    assert unread(*command).code == 0


@pytest.mark.parametrize("command", [["inbox"], ["show", "1"], ["log", "1"], ["watch", "list"]], ids=" ".join)
def test_who_reads_no_more_of_a_result_is_told_nothing(
    shop: Shop, unread: Callable[..., Said], command: list[str]
) -> None:
    shop.counter.say("Anna @anna", "The bread was awful and nobody answers the phone.")
    said = unread(*command)
    assert (said.code, said.err) == (1, "")
