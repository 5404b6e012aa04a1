"""What may be said, wherever «--profile» stands, and how wrong calls and broken pipes end."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.commands import Shop

from app.cli.main import run
from app.core.problems import Problem, ProblemError
from app.stores.paths import prepare_profile
from app.words import use
from app.words.problems import sentence

ROOT = Path(__file__).parents[2]
COMMANDS = [
    ["watch", "list"],
    ["listen", "--once"],
    ["inbox"],
    ["show", "1"],
    ["log", "Anna"],
    ["learning", "list"],
    ["doctor"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_profile_stands_before_or_after_the_command(shop: Shop, command: list[str]) -> None:
    shop("--profile", "/one", *command)
    shop(*command, "--profile", "/two")
    shop(command[0], "--profile", "/three", *command[1:])
    shop(*command)
    assert shop.profiles == [Path("/one"), Path("/two"), Path("/three"), None]


def test_without_a_command_the_window_starts(shop: Shop) -> None:
    for argv in ([], ["--hidden"], ["run", "--hidden", "--profile", "/p"], ["demo"], ["--profile", "/q", "run"]):
        assert shop(*argv).code == 0
    assert shop.windows == [
        (None, False, False),
        (None, True, False),
        (Path("/p"), True, False),
        (None, False, True),
        (Path("/q"), False, False),
    ]


def test_the_running_program_is_asked_to_end(shop: Shop) -> None:
    assert shop("--quit").code == 0
    assert shop("--quit-all").code == 0
    assert shop.asked == ["quit", "quit all"]


@pytest.mark.parametrize(
    "argv",
    [
        ["nonsense"],
        ["watch"],
        ["show"],
        ["show", "abc"],
        ["inbox", "--limit", "-1"],
        ["inbox", "--limit", "x"],
        ["inbox", "--folder", "nonsense"],
        ["log"],
        ["log", "Anna", "--channel", "pigeon"],
        ["watch", "add", "--kind", "nonsense"],
        ["listen", "--nonsense"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_ends_with_2_and_says_so_on_standard_error(
    shop: Shop, argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        shop(*argv)
    assert end.value.code == 2
    out, err = capsys.readouterr()
    assert not out
    assert "usage" in err


def test_help_and_version_are_results(shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    for argv, words in ((["--version"], "1.2.3"), (["--help"], "doctor"), (["watch", "add", "--help"], "--interval")):
        with pytest.raises(SystemExit) as end:
            shop(*argv)
        assert end.value.code == 0
        assert words in capsys.readouterr().out


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_profile_that_cannot_be_opened_is_said_on_standard_error(shop: Shop, command: list[str]) -> None:
    shop.broken = Problem("desk.no_name")
    said = shop(*command)
    assert (said.code, said.out) == (1, "")
    assert said.err == "Write a name.\n"


READERS = [
    *(command for command in COMMANDS if command != ["listen", "--once"]),
    ["watch", "edit", "blog", "--name", "Blog"],
    ["watch", "remove", "blog"],
    ["log", "Anna", "--add", "Called"],
    ["mention", "add", "--said", "phone", "--text", "Stale"],
    ["reply", "list"],
    ["learning", "reset"],
    ["--profile", "/gone", "detect"],
]


@pytest.mark.parametrize("command", READERS, ids=" ".join)
def test_where_no_profile_is_none_is_begun_by_who_only_looks_or_changes(shop: Shop, command: list[str]) -> None:
    shop.absent = Problem("stores.no_profile", {"path": "/gone"})
    said = shop(*command)
    assert (said.code, said.out, shop.profiles) == (1, "", [])
    assert said.err.startswith("There is no profile in /gone, and none was created.")


BEGINNERS = [
    ["watch", "add", "--source", "page", "--url", "https://b.example/feed", "--no-check"],
    ["watch", "find", "Kawa Raj", "--all"],
    ["listen", "--once"],
    ["listen"],
]


@pytest.mark.parametrize("command", BEGINNERS, ids=" ".join)
def test_a_profile_that_begins_is_told(shop: Shop, command: list[str]) -> None:
    shop.absent = Problem("stores.no_profile", {"path": "/new"})
    said = shop(*command)
    assert shop.profiles
    assert said.err.startswith("A new profile was started in /new.\n")
    shop.absent = None
    assert "new profile" not in shop(*command).err


LOOKERS = [
    ["watch", "test", "--source", "page", "--url", "https://b.example/feed"],
    ["watch", "find", "Kawa Raj"],
]


@pytest.mark.parametrize("command", LOOKERS, ids=" ".join)
def test_a_look_without_a_profile_has_one_that_is_gone_after_it(shop: Shop, command: list[str]) -> None:
    shop.page("https://b.example/feed", "1; Anna @anna; The bread was awful.")
    shop.absent = Problem("stores.no_profile", {"path": "/typo"})
    said = shop(*command)
    assert (said.code, bool(said.out)) == (0, True)
    assert said.err.startswith("There is no profile in /typo. Nothing is created or saved.\n")
    (borrowed,) = shop.profiles
    assert borrowed not in {None, Path("/typo")}
    assert not borrowed.exists()


def test_a_watch_to_test_is_looked_for_in_no_borrowed_profile(shop: Shop) -> None:
    shop.absent = Problem("stores.no_profile", {"path": "/typo"})
    said = shop("watch", "test", "a")
    assert (said.code, said.out, shop.profiles) == (1, "", [])
    assert said.err.startswith("There is no profile in /typo, and none was created.")


def test_a_window_says_for_itself_where_its_listener_has_no_profile(shop: Shop) -> None:
    shop.absent = Problem("stores.no_profile", {"path": "/gone"})
    assert shop("listen", "--pipe").err == ""
    assert shop.asked == ["pipe"]


def test_a_problem_raised_deep_inside_is_said_in_plain_words(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> object:
        raise ProblemError(Problem("desk.no_name"))

    monkeypatch.setattr(shop, "_open", full)
    said = shop("inbox")
    assert (said.code, said.out, said.err) == (1, "", "Write a name.\n")


def test_an_interruption_ends_with_1(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(shop, "_open", stopped)
    assert shop("inbox").code == 1


@pytest.mark.parametrize("language", ["pl", "ru"])
@pytest.mark.parametrize("encoding", ["ascii", "cp1250", "utf-8"])
def test_no_letter_that_the_terminal_lacks_ends_a_command(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, language: str, encoding: str
) -> None:
    shop.counter.say("Żaneta Ёлкина @z", "Паршивый хлеб ★ awful «źle» and nobody answers the phone \U0001f92c.")
    use(language, ROOT / "resources" / "translations")
    for command in (["inbox"], ["inbox", "--json"], ["watch", "list"], ["doctor"], ["show", "1"], ["show", "99"]):
        out, err = io.BytesIO(), io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding))
        monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding))
        from app.cli.main import run

        run(command, shop.office)
        if "--json" in command:
            assert "Ёлкина" in out.getvalue().decode()


@pytest.mark.parametrize("argv", [["doctor"], ["inbox"], ["--quit"], ["--quit-all"], ["--clear-out"], []], ids=str)
def test_a_user_without_a_home_folder_is_told_to_name_one(
    shop: Shop, capsys: pytest.CaptureFixture[str], argv: list[str]
) -> None:
    def no_home(*_args: object, **_more: object) -> None:
        raise ProblemError(Problem("stores.no_home"))

    names = {"no_profile", "ask_running", "quit_all", "window"}
    code = run(argv, replace(shop.office, **dict.fromkeys(names, no_home)))
    assert code == 1
    assert capsys.readouterr().err == f"{sentence(Problem('stores.no_home'))}\n"


def counterbell(*argv: str, folder: Path, **more: str) -> subprocess.Popen[bytes]:
    """Start the real program."""
    return subprocess.Popen(
        [sys.executable, "-m", "app", *argv, "--profile", str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **more},
    )


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
def test_a_reader_that_goes_away_is_no_crash(tmp_path: Path) -> None:
    lines = b'{"id": 1, "text": "The bread was awful."}\n' * 2000
    prepare_profile(tmp_path)
    with counterbell("detect", folder=tmp_path) as process:
        process.stdout.close()
        process.stdout = None
        _out, err = process.communicate(lines, timeout=60)
    assert (process.returncode, err) == (1, b"")


@pytest.mark.parametrize("language", ["pl_PL.UTF-8", "ru_RU.KOI8-R", "C"])
def test_the_real_program_speaks_whatever_the_locale(tmp_path: Path, language: str) -> None:
    prepare_profile(tmp_path)
    with counterbell("show", "7", folder=tmp_path, LANG=language, LC_ALL=language) as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, b"")
    assert b"7" in err
    assert b"Traceback" not in err


@pytest.mark.parametrize(
    "command",
    [
        ["watch", "add", "--url", "https://b.example/feed"],
        ["watch", "find", "b.example", "--all"],
        ["listen"],
        ["listen", "--once"],
    ],
    ids=" ".join,
)
def test_no_profile_is_said_to_begin_where_none_can(shop: Shop, command: list[str]) -> None:
    shop.absent, shop.broken = (
        Problem("stores.no_profile", {"path": "/new"}),
        Problem("stores.not_writable", {"path": "/new"}),
    )
    said = shop(*command)
    assert said.code == 1
    assert said.err
    assert "new profile" not in said.err
