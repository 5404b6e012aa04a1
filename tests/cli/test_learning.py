"""«learning», and what «detect» takes from a profile."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fakes.commands import Shop

from app.bootstrap.stores import open_stores
from app.core.problems import Problem
from app.core.verdict import Kind

ROOT = Path(__file__).parents[2]
AWFUL = "The bread was awful and nobody answers the phone."


def taught(shop: Shop, count: int = 2) -> None:
    for number in range(count):
        mention = shop.counter.say(f"P{number} @p{number}", f"{AWFUL} Order {number}.")
        shop.counter.desk.cases.set_kind(mention, Kind.NEUTRAL, 1_700_000_000.0 + number)


def test_corrections_are_listed_the_oldest_first(shop: Shop) -> None:
    taught(shop)
    said = shop("learning", "list", "--json")
    assert (said.code, said.err) == (0, "")
    assert [row["text"] for row in said.rows] == [f"{AWFUL} Order 0.", f"{AWFUL} Order 1."]
    assert (said.rows[0]["label"], said.rows[0]["score"], said.rows[0]["mention"]) == ("not_complaint", 0.9, 1)
    (first, _second) = shop("learning", "list").out.splitlines()
    assert first.split()[0] == "1"
    assert f"not a complaint: {AWFUL} Order 0." in first


def test_the_newest_is_undone_and_printed(shop: Shop) -> None:
    taught(shop)
    said = shop("learning", "undo")
    assert (said.code, said.err) == (0, "")
    assert "Order 1." in said.out
    shop("learning", "undo")
    said = shop("learning", "undo")
    assert (said.code, said.out, said.err) == (0, "", "There is nothing to undo.\n")


def test_what_a_reset_prints_can_be_imported_again(shop: Shop, tmp_path: Path) -> None:
    taught(shop, 3)
    exported = shop("learning", "export")
    assert (exported.code, exported.err, len(exported.rows)) == (0, "", 3)
    said = shop("learning", "reset")
    assert (said.code, said.out, said.err) == (0, exported.out, "3 corrections unlearnt.\n")
    empty = shop("learning", "list")
    assert (empty.code, empty.out, empty.err) == (0, "", "Nothing here.\n")
    assert shop("learning", "list", "--json").err == ""
    file = tmp_path / "kept.jsonl"
    file.write_text(said.out, encoding="utf-8")
    back = shop("learning", "import", str(file))
    assert (back.code, back.out, back.err) == (0, "", "3 corrections learnt.\n")
    assert len(shop("learning", "list", "--json").rows) == 3


def test_a_file_is_read_from_standard_input_and_a_wrong_one_is_said(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    line = json.dumps({"label": "complaint", "text": "Żur"}).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line)))
    assert shop("learning", "import", "-").err == "1 correction learnt.\n"
    said = shop("learning", "import", str(tmp_path / "none"))
    assert (said.code, said.out) == (2, "")
    assert "none cannot be read" in said.err
    wrong = tmp_path / "wrong"
    wrong.write_bytes(b"\xff\xfe nonsense")
    said = shop("learning", "import", str(wrong))
    assert (said.code, said.err.startswith("Line 1 is not a correction")) == (1, True)


def test_a_full_disk_is_said(shop: Shop) -> None:
    taught(shop)
    shop.counter.archive.problem = Problem("stores.disk_full")
    for word in ("undo", "reset"):
        said = shop("learning", word)
        assert said.code == 1
        assert "disk is full" in said.err


def test_the_cause_stands_where_the_severity_does(shop: Shop) -> None:
    shop.page("https://a.example/feed", "1; Anna @anna; The soup was cold, this sure: 0.8\n2; Jan @jan; great")
    rows = shop("listen", "--once", "--all", "--json").rows
    assert [row["cause"] for row in rows] == ["quality", None]
    assert shop("inbox", "--json").rows[0]["cause"] == "quality"
    assert shop("show", str(rows[0]["id"]), "--json").rows[0]["cause"] == "quality"
    assert "complaint 0.80 (quality)" in shop("show", str(rows[0]["id"])).out


def detect(*argv: str, home: Path) -> dict[str, Any]:
    """Judge one line with the real program."""
    line = json.dumps({"id": 1, "text": "Nie polecam, paczka nie dotarła."})
    env = {**os.environ, "XDG_DATA_HOME": str(home), "HOME": str(home), "APPDATA": str(home)}
    done = subprocess.run(
        [sys.executable, "-m", "app", "detect", *argv],
        cwd=ROOT, env=env, input=line, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_detect_uses_a_profiles_threshold_only_where_it_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "counterbell"
    stores = open_stores(folder)
    assert not isinstance(stores, Problem)
    stores.shop.put_preferences(replace(stores.shop.preferences(), ring_at=0.9999))
    stores.close()
    shipped = detect(home=tmp_path)
    assert shipped["band"] == "ring"
    own = detect("--profile", str(folder), home=tmp_path)
    assert own["band"] != "ring"
    assert {**own, "band": ""} == {**shipped, "band": ""}
