"""Where the labelled sets lie, and what is said where they do not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from training.sets import SHIPPABLE, folder_from_environment

ROOT = Path(__file__).parents[2]


def test_the_folder_named_holds_the_sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERBELL_LABELLED", str(tmp_path))
    with pytest.raises(SystemExit, match="COUNTERBELL_LABELLED"):
        folder_from_environment()
    for name in SHIPPABLE:
        (tmp_path / f"{name}.jsonl.gz").touch()
    assert folder_from_environment() == tmp_path
    monkeypatch.delenv("COUNTERBELL_LABELLED")
    with pytest.raises(SystemExit, match="COUNTERBELL_LABELLED"):
        folder_from_environment()


def test_asking_for_help_trains_nothing() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "training", "--help"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.startswith("`make train`")
