"""The guide: its buttons are called as in the window's code, and every language quotes each of them."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.extract import extract_from_dir

from app.words import _
from app.words.guide import LABELS, TOPICS, topics

ROOT = Path(__file__).resolve().parents[2]
QUOTED = {"en": "«{}»", "pl": "„{}”", "ru": "«{}»"}


def test_every_label_is_a_sentence_of_the_window() -> None:
    keywords = {"_": None, "N_": None}
    found = extract_from_dir(ROOT / "app" / "ui", method_map=[("**.py", "python")], keywords=keywords)
    assert set(LABELS.values()) <= {message[2] for message in found}


def test_every_label_is_spoken_of() -> None:
    said = " ".join(text for _heading, texts in TOPICS for text in texts)
    assert set(re.findall(r"\{(\w+)\}", said)) == {*LABELS, "folder"}


def test_a_label_stands_between_the_quotes_of_the_language(spoken: str) -> None:
    said = " ".join(topic.body for topic in topics())
    for label in LABELS.values():
        assert QUOTED[spoken].format(_(label).replace("&", "")) in said


def test_topics_are_short_and_plain(spoken: str) -> None:
    found = topics()
    assert 8 <= len(found) <= 10
    for heading, body in found:
        assert 0 < len(heading) <= 40, (spoken, heading)
        assert len(body) <= 760, (spoken, heading)
        assert not re.search(r"[{}&<>]", heading + body)


def test_the_folder_is_told_where_it_is_known() -> None:
    told = [topic.body for topic in topics("/home/{anna}")]
    assert [body.split("\n\n")[-1] for body in told if "{anna}" in body] == ["The folder: /home/{anna}"]
    assert "The folder" not in " ".join(topic.body for topic in topics())
