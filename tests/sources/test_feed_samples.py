"""Recorded feeds in, the mentions written beside them out."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from sources.polling import polled

FOLDER = Path(__file__).parents[1] / "samples" / "feeds"
ENDING = ".expected.json"
SAMPLES = sorted(path for path in FOLDER.iterdir() if not path.name.endswith(ENDING))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_recorded_feed_gives_what_is_written_beside_it(path: Path) -> None:
    expected = json.loads(path.with_name(path.name + ENDING).read_text("utf-8"))
    _, reading = polled(path.read_bytes(), "", address="http://127.0.0.1:8085/feed")
    mentions = [
        {name: value for name, value in asdict(mention).items() if value not in {"", None}}
        for mention in reading.mentions
    ]
    assert mentions == expected["mentions"]
    assert (reading.title, reading.wait) == (expected["title"], expected["wait"])
    assert (reading.problem.code if reading.problem else None) == expected["problem"]


def test_every_sample_is_read() -> None:
    assert len(SAMPLES) >= 12
