"""The window comes up on a profile that cannot be opened as well: it says why, and opens it as soon as it can."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bootstrap import window as bootstrap
from app.bootstrap.troubles import Troubles
from app.core.problems import Problem, ProblemError
from app.stores.paths import Profile
from app.ui.program import Parts
from app.words.problems import sentence

FULL = Problem("stores.disk_full")


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Parts]:
    parts: list[Parts] = []
    monkeypatch.setattr(bootstrap, "_has_screen", lambda: True)
    monkeypatch.setattr(bootstrap, "run", lambda one, _argv: parts.append(one) or 0)
    monkeypatch.setattr(Troubles, "begin", lambda _troubles: None)
    return parts


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    told: list[str] = []
    monkeypatch.setattr(bootstrap, "refuse", lambda words, _argv: told.append(words))
    return told


def begin(folder: Path | None, *, hidden: bool = False, sample: bool = False) -> int:
    return bootstrap.start_window(folder, hidden=hidden, sample=sample, started=0.0)


@pytest.mark.parametrize("hidden", [True, False])
def test_a_profile_that_cannot_be_opened_yet_has_its_window_and_is_tried_again(
    tmp_path: Path,
    begun: list[Parts],
    boxes: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    hidden: bool,
) -> None:
    with monkeypatch.context() as disk:
        disk.setattr(bootstrap, "prepare_profile", lambda _folder: FULL)
        disk.setattr("app.bootstrap.stores.prepare_profile", lambda _folder: FULL)
        assert begin(tmp_path / "p", hidden=hidden) == 0
        (parts,) = begun
        assert parts.hidden is hidden
        assert parts.profile == tmp_path / "p"
        assert capsys.readouterr().err == f"{sentence(FULL)}\n"
        assert parts.open_desk() == FULL
        assert not (tmp_path / "p").exists()
    opened = parts.open_desk()
    assert not isinstance(opened, Problem)
    opened[0].close()
    assert boxes == []


def test_a_good_profile_begins_without_a_word(
    tmp_path: Path, begun: list[Parts], boxes: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert begin(tmp_path / "p") == 0
    assert begun[0].aside is not None
    assert (capsys.readouterr().err, boxes) == ("", [])


@pytest.mark.parametrize("folder", ["~nobody-of-this-name/shop", "a\0b"])
def test_a_place_that_can_never_be_one_is_refused(begun: list[Parts], boxes: list[str], folder: str) -> None:
    assert begin(Path(folder)) == 1
    assert (begun, len(boxes)) == ([], 1)


def test_the_sample_shop_without_room_is_refused(
    tmp_path: Path, begun: list[Parts], boxes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "prepare_profile", lambda _folder: FULL)
    assert begin(tmp_path / "sample", sample=True) == 1
    assert (begun, boxes) == ([], [sentence(FULL)])


def test_a_user_without_a_home_is_told_what_to_say(
    begun: list[Parts], boxes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_home() -> Path:
        raise ProblemError(Problem("stores.no_home"))

    monkeypatch.setattr(bootstrap, "default_profile", no_home)
    assert begin(None) == 1
    assert (begun, boxes) == ([], [sentence(Problem("stores.no_home"))])
    assert "--profile" in boxes[0]


def test_a_desk_whose_watches_cannot_be_read_is_closed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = Profile(tmp_path / "p")
    closed: list[bool] = []

    class Broken:
        class watches:  # noqa: N801  as the desk has it
            @staticmethod
            def list() -> None:
                raise ProblemError(FULL)

        @staticmethod
        def close() -> None:
            closed.append(True)

    monkeypatch.setattr("app.bootstrap.desk.open_desk", lambda _folder: (Broken(), None, ()))
    with pytest.raises(ProblemError):
        bootstrap._opened(profile, Troubles(profile))
    assert closed == [True]
