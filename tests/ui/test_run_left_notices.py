"""What remembers the notifications on the screen: nothing but numbers of one service comes out of its file."""

import json

import pytest

from app.ui.left_notices import MOST, Left, LeftNotices

LEFT = Left("0af3", ":1.7", (3, 4))


def test_what_was_kept_comes_back(tmp_path):
    file = LeftNotices(tmp_path / "notifications.json")
    assert file.get() == Left()
    file.keep(Left("0af3", ":1.7", (1,)))
    file.keep(LEFT)
    assert file.get() == LEFT
    assert [path.name for path in tmp_path.iterdir()] == ["notifications.json"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"bus": "0af3", "service": ":1.7", "numbers": 3}',
        '{"bus": "0af3", "service": ":1.7", "numbers": [true]}',
        '{"bus": "0af3", "service": ":1.7", "numbers": [0]}',
        '{"bus": "0af3", "service": ":1.7", "numbers": [4294967296]}',
        '{"bus": "0af3", "service": ":1.7", "numbers": ["3"]}',
        '{"bus": "", "service": "", "numbers": [3]}',
        '{"bus": ["0af3"], "service": 7, "numbers": [3]}',
        json.dumps({"bus": "0af3", "service": ":1.7", "numbers": list(range(1, MOST + 2))}),
    ],
)
def test_what_makes_no_sense_is_nothing(tmp_path, text):
    (tmp_path / "notifications.json").write_text(text)
    assert LeftNotices(tmp_path / "notifications.json").get() == Left()


def test_a_disk_that_refuses_is_no_trouble_and_a_folder_that_is_gone_stays_gone(tmp_path):
    LeftNotices(tmp_path / "gone" / "notifications.json").keep(LEFT)
    assert list(tmp_path.iterdir()) == []
