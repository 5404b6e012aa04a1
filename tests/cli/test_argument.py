"""Arguments are read as they were typed, whatever the system's locale."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.argument import count_of, folder_of, heard, path_of

ROOT = Path(__file__).resolve().parents[2]
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no locale of bytes")


def ascii_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the system speak ASCII, as Python does under «C» without its own amends."""
    monkeypatch.setattr(os, "fsencode", lambda text: str(text).encode("ascii", "surrogateescape"))
    monkeypatch.setattr(os, "fsdecode", lambda raw: raw.decode("ascii", "surrogateescape"))


def as_c(text: str) -> str:
    return text.encode().decode("ascii", "surrogateescape")


@pytest.mark.parametrize("text", ["Анна Котова", "Żaneta", "a 🎂 b", "plain"])
def test_utf_8_is_read_where_the_locale_knows_only_ascii(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    ascii_only(monkeypatch)
    assert heard(as_c(text)) == text
    assert str(path_of(text)) == as_c(text)


@pytest.mark.parametrize(
    "text", ["", "plain", "Анна Котова", "Żaneta", "a 🎂 b", "--profile=/tmp/żółw", "\udcff\udcfe", "Żaneta\udcff"]
)
def test_everything_else_stays_as_it_came(text: str) -> None:
    assert heard(text) == text
    assert path_of(text) == Path(text)


@POSIX
def test_a_customer_is_found_by_a_cyrillic_name_under_c(tmp_path: Path) -> None:
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LANGUAGE": "en"}
    folder = os.fsencode(tmp_path) + "/żółw".encode()
    table = os.fsencode(tmp_path) + "/отзывы.csv".encode()
    Path(os.fsdecode(table)).write_text("text\nСтрашное обслуживание\n", "utf-8")

    def say(*words: str | bytes) -> subprocess.CompletedProcess[bytes]:
        command = [os.fsencode(sys.executable), b"-m", b"app", *words, b"--profile", folder]
        return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, timeout=120, check=False)

    assert say("watch", "add", "--url", "https://b.example/feed", "--no-check").returncode == 0
    assert say("log", "Анна Котова", "--add", "Звонила").returncode == 0
    found = say("log", "Анна", "--json")
    assert found.returncode == 0, found.stderr
    assert "Звонила".encode() in found.stdout
    looked = say("mention", "import", table, "--dry-run")
    assert looked.returncode == 0, looked.stderr


@pytest.mark.parametrize("argument", ["", "  "])
def test_no_folder_is_not_the_present_one(argument: str) -> None:
    """A script gives one whose variable is not set: a profile would be started wherever it stands."""
    with pytest.raises(ValueError, match=r"^$"):
        folder_of(argument)
    assert folder_of(".") == Path()


@pytest.mark.parametrize("argument", ["-1", "x", "", "1.5", str(2**63), "9" * 5_000])
def test_what_counts_no_rows_is_refused(argument: str) -> None:
    with pytest.raises(ValueError, match=r"^(invalid literal|-1$|9223372036854775808$|Exceeds the limit)"):
        count_of(argument)


@pytest.mark.parametrize("argument", ["0", "50", " 7 ", str(2**63 - 1)])
def test_rows_are_counted(argument: str) -> None:
    assert count_of(argument) == int(argument)
