"""Reads the public labelled sets, which stay outside the repository: gzip JSON lines with id, text, lang and label."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SHIPPABLE = ("uci_sentences", "usnewshealth", "wccrs_hotels", "wccrs_medicine")
"""Sets whose licences let weights trained on them ship: CC BY 4.0 the first two, CC BY-SA 4.0 the others."""

TWO_CLASS = (
    "complaints19", "airline", "twitter_entity", "brands_sxsw", "sanders", "uci_sentences", "wccrs_hotels",
    "wccrs_medicine", "sentirueval_telecom", "sentirueval_banks",
)  # fmt: skip
"""The ten sets over which the mean is taken."""

NEWS = {"ag_news": "en", "finphrase": "en", "usnewshealth": "en", "8tags": "pl", "romip_quotes": "ru"}
"""Sets without a single complaint, with their languages."""

FURTHER = ("ceneo", "ru_restaurants", "tweeteval", "rusentitweet")
"""Small sets, and sets labelled for feeling instead of complaints."""


@dataclass(frozen=True, slots=True)
class Row:
    """A text of a public set. `sentiment` is «positive», «neutral», «negative» or «» where the set has none."""

    text: str
    language: str
    complaint: bool
    sentiment: str
    stars: float | None = None


def folder_from_environment() -> Path:
    """Return the folder named by COUNTERBELL_LABELLED; raises SystemExit with what to do where it is none."""
    folder = Path(os.environ.get("COUNTERBELL_LABELLED", ""))
    if not all((folder / f"{name}.jsonl.gz").is_file() for name in SHIPPABLE):
        raise SystemExit("Set COUNTERBELL_LABELLED to the folder that holds the labelled sets (*.jsonl.gz).")
    return folder


def read_set(folder: Path, name: str) -> list[Row]:
    """Return the rows of a set, in its order."""
    return list(_rows(folder / f"{name}.jsonl.gz"))


def _rows(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Row(
                row["text"], row["lang"], row["label"] == "complaint", row.get("sentiment") or "", row.get("stars")
            )
