"""The files of words do not hang on those that lay in their place before."""

from __future__ import annotations

from pathlib import Path

from app.core.verdict import Kind
from training.spelling import write_spelling
from training.texts import Text


def test_a_mistake_of_our_own_texts_is_none_that_is_right_in_an_empty_folder_either(tmp_path: Path) -> None:
    texts = [Text("en", "food", "en/x", Kind.COMPLAINT, word) for word in ["disgusting"] * 40 + ["disgustung"]]
    folder = tmp_path / "spelling"
    write_spelling(folder, texts)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    write_spelling(folder, texts)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
