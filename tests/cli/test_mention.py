"""«mention»: what is entered by hand and tables, on the command line."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.commands import Shop

from app.core.by_hand import BY_HAND
from app.core.problems import Problem
from app.stores.paths import prepare_profile

ROOT = Path(__file__).parents[2]
AWFUL = "The bread was awful and nobody answers the phone."


def test_a_call_becomes_a_mention_with_case_card_and_story_at_once(shop: Shop) -> None:
    said = shop("mention", "add", "--text", AWFUL, "--said", "phone", "--author", "Anna K.",
                "--handle", "600 100 200", "--stars", "1", "--json")  # fmt: skip
    assert (said.code, said.err) == (0, "")
    (row,) = said.rows
    assert (row["kind"], row["source"], row["watch"], row["watch_id"]) == (
        "complaint",
        "phone",
        "on the phone",
        BY_HAND,
    )
    assert row["new"] is True
    assert row["case"]
    assert row["due"]
    assert row["customer"]
    assert shop("inbox", "--json").rows[0]["id"] == row["id"]
    (entry,) = shop("log", "Anna K.", "--json").rows
    assert (entry["channel"], entry["mention"], entry["customer"]) == ("phone", row["id"], row["customer"])
    assert AWFUL in shop("show", str(row["id"])).out


@pytest.mark.parametrize("said", [("--language", "any"), ("--language", ""), ("--language=",), ()])
def test_any_language_is_none_in_particular(shop: Shop, said: tuple[str, ...]) -> None:
    added = shop("mention", "add", "--text", AWFUL, "--said", "phone", *said, "--json")
    assert added.code == 0
    heard = shop.counter.archive.mention(added.rows[0]["id"])
    assert heard
    assert heard.mention.language == ""


def test_what_is_kept_and_cannot_be_taken_in_yet_is_not_to_be_entered_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = Problem("stores.disk_full")
    with monkeypatch.context() as patch:
        patch.setattr(shop, "_take_in", lambda _profile: iter((full,)))
        said = shop("mention", "add", "--text", AWFUL, "--said", "phone", "--json")
    assert (said.code, said.out) == (0, "")
    assert "The disk is full" in said.err
    assert said.err.endswith("Saved. It appears as soon as Counterbell is listening.\n")
    assert shop("mention", "add", "--text", f"{AWFUL} Twice.", "--said", "phone", "--json").code == 0
    assert len(shop("inbox", "--json").rows) == 2


def test_a_link_heard_already_is_named_and_taken_once_more_only_when_told(shop: Shop) -> None:
    first = shop("mention", "add", "--url", "forum.example/t/1", "--json").rows[0]
    said = shop("mention", "add", "--url", "https://www.forum.example/t/1/", "--text", AWFUL, "--json")
    assert (said.code, said.rows[0]["id"], said.rows[0]["new"]) == (0, first["id"], False)
    assert "heard before" in said.err
    again = shop("mention", "add", "--url", "https://forum.example/t/1", "--text", AWFUL, "--again", "--json")
    assert (again.rows[0]["new"], again.rows[0]["kind"]) == (True, "complaint")
    twice = shop("mention", "add", "--text", f"{AWFUL} Pasted.", "--said", "other", "--json")
    assert twice.rows[0]["new"] is True
    thrice = shop("mention", "add", "--text", f"{AWFUL} Pasted.", "--said", "other", "--json")
    assert (thrice.rows[0]["new"], thrice.rows[0]["id"]) == (False, twice.rows[0]["id"])


def test_text_comes_from_standard_input_time_and_card_are_named(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop("log", "Jan", "--add", "Phoned.")
    monkeypatch.setattr(sys, "stdin", io.StringIO("Great soup!"))
    said = shop("mention", "add", "--text", "-", "--said", "letter", "--customer", "jan", "--at", "2026-03-05 14:02", "--author", "J. Nowak", "--json")  # fmt: skip
    assert said.code == 0
    assert said.rows[0]["text"] == "Great soup!"
    assert said.rows[0]["published"].startswith("2026-03-05T")
    assert [row["channel"] for row in shop("log", "Jan", "--json").rows] == ["letter", "phone"]


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (("--text", " "), 2, "Type or paste"),
        (("--text", "a", "--at", "tomorrow"), 2, "not a time"),
        (("--text", "a", "--at", "2190-01-01"), 2, "not a time"),
        (("--text", "a", "--customer", "Nobody"), 1, "no customer"),
        (("--text", "a", "--picture", "none.png"), 2, "cannot be read"),
        (("--url", "ftp://a.example"), 2, "not a web address"),
        (("--text", "a", "--stars", "6"), 2, "1 to 5"),
    ],
)
def test_what_makes_no_sense_is_said(shop: Shop, argv: tuple[str, ...], code: int, words: str) -> None:
    said = shop("mention", "add", *argv)
    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert shop("inbox", "--folder", "everything").out == ""


def test_a_picture_is_kept_beside_its_words(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "shot.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n...")
    assert shop("mention", "add", "--text", AWFUL, "--picture", str(file)).code == 0
    (kept,) = (shop.counter.profile.folder / "pictures").iterdir()
    assert kept.read_bytes() == file.read_bytes()
    file.write_bytes(b"not one")
    assert "not a picture" in shop("mention", "add", "--text", AWFUL, "--picture", str(file)).err


def test_a_table_is_looked_at_taken_in_and_known_the_next_time(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "opinie.csv"
    file.write_bytes(
        "Tekst;Autor;Data\nZupa była awful;Łukasz;5.03.2026\n;Jan;\nGreat!;Ewa;5.03.2026\n".encode("cp1250")
    )
    dry = shop("mention", "import", str(file), "--dry-run", "--json").rows[0]
    assert (dry["rows"], dry["left_out"], dry["encoding"]) == (2, [{"line": 3, "why": "empty"}], "Windows-1250")
    assert dry["columns"] == {"Tekst": "text", "Autor": "author", "Data": "date"}
    told = shop("mention", "import", str(file), "--dry-run")
    assert "Zupa była awful" in told.out
    assert "Line 3 is left out: neither a text nor a link." in told.err
    assert shop("inbox", "--folder", "everything").out == ""
    said = shop("mention", "import", str(file))
    assert (said.code, said.out) == (0, "2 mentions imported, already known: 0.\n")
    assert shop("mention", "import", str(file), "--json").rows == [{"new": 0, "known": 2, "waiting": 0}]


def test_a_table_that_is_not_there_is_named_with_its_path(shop: Shop, tmp_path: Path) -> None:
    for path in (tmp_path / "no" / "table.csv", tmp_path):
        for more in ((), ("--dry-run",)):
            said = shop("mention", "import", str(path), *more)
            assert (said.code, said.out) == (2, "")
            assert f"The file {path} cannot be read" in said.err
            assert "Check its name" in said.err


def test_dates_that_can_be_read_in_two_ways_are_asked_about(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("text,date\nGreat,03/05/2026\n", encoding="utf-8")
    said = shop("mention", "import", str(file))
    assert (said.code, said.out) == (1, "")
    assert "--dates" in said.err
    dry = shop("mention", "import", str(file), "--dry-run")
    assert (dry.code, dry.out, dry.err) == (said.code, said.out, said.err)
    dry = shop("mention", "import", str(file), "--dry-run", "--json")
    assert (dry.code, dry.rows[0]["ambiguous_dates"]) == (1, True)
    settled = shop("mention", "import", str(file), "--dry-run", "--dates", "day-first")
    assert (settled.code, "--dates" in settled.err) == (0, False)
    assert "2026-05-03" in settled.out
    assert shop("mention", "import", str(file), "--dates", "month-first").code == 0
    assert shop("show", "1", "--json").rows[0]["published"].startswith("2026-03-05T")


def test_rows_lost_in_a_quotation_mark_that_is_not_closed_are_told_with_its_line(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text('text,author\nGood,Anna\n"Bad soup,Jan\nCold soup,Ola\n', encoding="utf-8")
    for argv in ((str(file), "--dry-run"), (str(file),)):
        assert "The quotation mark in line 3 is not closed" in shop("mention", "import", *argv).err
    assert shop("mention", "import", str(file), "--dry-run", "--json").rows[0]["unclosed_quotes"] == [3]
    file.write_text('text,author\n"Bad soup,Jan\n1\n2\n3\n', encoding="utf-8")
    said = shop("mention", "import", str(file))
    assert (said.code, "the quotation mark in line 2 is never closed" in said.err) == (1, True)


def test_what_export_prints_can_be_imported(shop: Shop, tmp_path: Path) -> None:
    shop("mention", "add", "--text", '=1+1, "she" said\nand left', "--said", "shop")
    printed = shop("mention", "export").out
    assert printed.startswith("date,author,handle,stars,title,text,url,site,language,source,key")
    file = tmp_path / "all.csv"
    file.write_bytes(printed.encode())
    assert shop("mention", "import", str(file), "--json").rows == [{"new": 0, "known": 1, "waiting": 0}]


def test_the_real_program_takes_in_a_call_and_a_picture(tmp_path: Path) -> None:
    from PySide6.QtGui import QColor, QImage

    image = QImage(3000, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    assert image.save(str(tmp_path / "big.bmp"))

    def counterbell(*argv: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "app", *argv, "--profile", str(tmp_path / "p")],
            cwd=ROOT, env={**os.environ, "LANG": "C"}, capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
        assert done.stderr == ""
        return done.stdout

    prepare_profile(tmp_path / "p")
    said = counterbell("mention", "add", "--said", "phone", "--author", "Anna", "--picture", str(tmp_path / "big.bmp"),
                       "--text", "The parcel never arrived and nobody answers. I want my money back!", "--json")  # fmt: skip
    assert '"kind": "complaint"' in said
    assert "Anna" in counterbell("inbox")
    (kept,) = (tmp_path / "p" / "pictures").iterdir()
    assert QImage(str(kept)).width() == 2000
