"""Signing in from the watch editor, and keys that are pasted or chosen and never shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from ui.fake_background import AtOnce, Later
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW, SOURCES, FakeSource, FakeSources

from app.core.ports.signin import SignedIn, SignInCode, SignInPause
from app.core.ports.source import Setting
from app.core.problems import Problem
from app.core.watch import Watch, WatchKind
from app.ui.bench import Bench
from app.ui.widgets import sign_in_box
from app.ui.widgets.secret_text import SecretText
from app.ui.widgets.watch_editor import WatchEditor

PAGE = "https://allegro.example/confirm?code=abc"
KEY = "-----BEGIN PRIVATE KEY-----\nMIGT\nAgEA\n-----END PRIVATE KEY-----\n"
Step = SignInCode | SignInPause | SignedIn
ALLEGRO = (
    Setting("client_id", "Client ID"),
    Setting("client_secret", "Client secret", "secret"),
    Setting("session", "Sign-in", "session"),
)


class SigningSource(FakeSource):
    """A place that can be signed in to."""

    def sign_in(self, settings: Mapping[str, str], secrets: Mapping[str, str], now: float) -> Any:
        raise AssertionError("the desk does that")


@dataclass
class SigningDesk(FakeDesk):
    steps: tuple[Step, ...] = ()

    def watches_sign_in(self, watch: Watch, secrets: Mapping[str, str] | None = None) -> Iterator[Step]:
        return iter(self.steps)


@pytest.fixture
def desk() -> SigningDesk:
    return SigningDesk()


def _editor(qtbot: QtBot, desk: FakeDesk, background: Any) -> WatchEditor:
    bench = Bench(background, lambda: NOW)
    signing = SigningSource("allegro", "Allegro", (WatchKind.CHANNEL,), ALLEGRO, 900)
    bench.open(desk, FakeSources((*SOURCES, signing)))  # type: ignore[arg-type]
    editor = WatchEditor(bench)
    qtbot.addWidget(editor)
    bench.setParent(editor)
    editor.show()
    editor.begin(None)
    return editor


@pytest.fixture
def editor(qtbot: QtBot, desk: SigningDesk) -> WatchEditor:
    return _editor(qtbot, desk, AtOnce())


def _choose(editor: WatchEditor, source: str = "allegro") -> None:
    editor.source.setCurrentIndex(editor.source.findData(source))


def test_only_places_that_can_be_signed_in_to_offer_it(editor: WatchEditor) -> None:
    assert not editor.signing.isVisibleTo(editor)
    _choose(editor)
    assert editor.signing.isVisibleTo(editor)
    assert "session" not in editor.settings.fields
    assert "Not signed in yet" in editor.signing.told.text()
    _choose(editor, "imap")
    assert not editor.signing.isVisibleTo(editor)


def test_the_code_is_shown_the_page_opened_and_the_session_saved(
    qtbot: QtBot, editor: WatchEditor, desk: SigningDesk, opened_pages: list[str]
) -> None:
    desk.steps = (
        SignInCode("cbt3zdu4g", PAGE, 600.0),
        SignInPause(0.01),
        SignInPause(0.01),
        SignedIn({"session": "s3ss10n"}),
    )
    _choose(editor)
    editor.settings.fields["client_id"].setText("0123")
    editor.settings.fields["client_secret"].setText("s3cret")
    with qtbot.waitSignal(editor.signing.signed):
        editor.signing.start_button.click()
        assert (editor.signing.code.text(), opened_pages) == ("cbt3zdu4g", [PAGE])
        assert editor.signing.open_button.isVisibleTo(editor)
        assert not editor.signing.start_button.isVisibleTo(editor)
    (asked,) = [call for call in desk.calls if call[0] == "watches.sign_in"]
    assert (asked[1].settings, asked[2]) == ({"client_id": "0123"}, {"client_secret": "s3cret"})
    assert "Save the watch" in editor.signing.told.text()
    assert not editor.signing.code.isVisibleTo(editor)
    editor.name.setText("Oceny")
    editor.save_button.click()
    (saved,) = [call for call in desk.calls if call[0] == "watches.save"]
    assert saved[2] == {"client_secret": "s3cret", "session": "s3ss10n"}


def test_why_it_failed_is_said(editor: WatchEditor, desk: SigningDesk) -> None:
    desk.steps = (SignedIn(problem=Problem("sources.sign_in_expired")),)
    _choose(editor)
    editor.signing.start_button.click()
    assert "Start the sign-in again" in editor.signing.told.text()
    assert editor.signing.start_button.isVisibleTo(editor)
    assert editor.settings.secrets() == {}


def test_a_watch_that_is_signed_in_says_so(editor: WatchEditor) -> None:
    editor.begin(Watch("w9", "Oceny", "allegro", settings={"client_id": "0123", "has_session": "1"}))
    assert "Signed in." in editor.signing.told.text()


@pytest.mark.parametrize("give_up", ["stop", "leave", "another source"])
def test_given_up_nothing_more_is_asked(qtbot: QtBot, desk: SigningDesk, opened_pages: list[str], give_up: str) -> None:
    later = Later()
    editor = _editor(qtbot, desk, later)
    later.go()
    desk.steps = (SignInCode("cbt3zdu4g", PAGE, 600.0), SignedIn({"session": "s3ss10n"}))
    _choose(editor)
    editor.signing.begin()
    assert later.go("slow", 1) == 1
    assert opened_pages == [PAGE]
    if give_up == "stop":
        editor.signing.stop_button.click()
    elif give_up == "leave":
        editor.leave()
    else:
        _choose(editor, "feed")
    later.go()
    assert editor.settings.secrets() == {}
    assert not editor.signing.code.isVisibleTo(editor)


@pytest.fixture
def openers(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], object]]:
    """What is to be called where the pages asked for could not be opened, in order."""
    asked: list[Callable[[], object]] = []
    monkeypatch.setattr(sign_in_box, "open_outside", lambda _page, _owner, failed: asked.append(failed))
    return asked


def _begin(qtbot: QtBot, desk: SigningDesk, *, times: int = 1) -> WatchEditor:
    desk.steps = (SignInCode("cbt3zdu4g", PAGE, 600.0), SignInPause(600.0))
    editor = _editor(qtbot, desk, AtOnce())
    _choose(editor)
    for _time in range(times):
        editor.signing.begin()
    return editor


def test_a_page_that_no_browser_opens_leaves_what_to_do_with_the_code(
    qtbot: QtBot, desk: SigningDesk, openers: list[Callable[[], object]]
) -> None:
    editor = _begin(qtbot, desk)
    openers[0]()
    told = editor.signing.told.text()
    assert told.startswith("Confirm this code")
    assert "No browser could be opened" in told
    assert PAGE in told
    assert QGuiApplication.clipboard().text() == PAGE
    editor.signing.open_button.click()
    assert editor.signing.told.text().startswith("Confirm this code")
    assert "No browser" not in editor.signing.told.text(), "it may have opened by now"
    openers[0]()
    assert "No browser" not in editor.signing.told.text(), "that was the time before"
    openers[1]()
    assert "No browser" in editor.signing.told.text()
    editor.leave()


def test_an_old_failure_says_nothing_in_another_sign_in(
    qtbot: QtBot, desk: SigningDesk, openers: list[Callable[[], object]]
) -> None:
    editor = _begin(qtbot, desk, times=2)
    QGuiApplication.clipboard().setText("what the owner copied")
    openers[0]()
    assert "No browser" not in editor.signing.told.text()
    editor.signing.stop_button.click()
    openers[1]()
    assert editor.signing.told.text() == "Not signed in."
    assert QGuiApplication.clipboard().text() == "what the owner copied"


@pytest.fixture
def field(qtbot: QtBot) -> SecretText:
    made = SecretText(kept=False)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_pasted_key_is_taken_whole_and_not_shown(qtbot: QtBot, field: SecretText) -> None:
    QGuiApplication.clipboard().setText(KEY)
    with qtbot.waitSignal(field.changed):
        qtbot.keyClick(field.box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.value() == KEY.strip()
    shown = field.box.toPlainText()
    assert "MIGT" not in shown
    assert f"{len(KEY.strip())} characters" in shown
    qtbot.keyClick(field.box, Qt.Key.Key_A)
    assert field.value() == KEY.strip()
    qtbot.keyClick(field.box, Qt.Key.Key_Delete)
    assert (field.value(), field.box.toPlainText()) == ("", "")
    QGuiApplication.clipboard().clear()


def test_a_file_is_chosen_or_dropped(field: SecretText, tmp_path: Path) -> None:
    file = tmp_path / "key.json"
    file.write_text('{"type": "service_account"}', encoding="utf-8")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    field.box.insertFromMimeData(dropped)
    assert field.value() == '{"type": "service_account"}'
    file.write_bytes(b"\x89PNG\xff")
    field.take_file(str(file))
    assert "contains no key" in field._wrong.text()
    field.take_file(str(tmp_path / "missing"))
    assert "cannot be read" in field._wrong.text()
    assert field.value() == '{"type": "service_account"}'


def test_the_editor_hands_a_key_to_the_desk(editor: WatchEditor) -> None:
    key = Setting("key", "Private key", "secret_text", hint="The file")
    editor.settings.draw((key,), {}, {"key"})
    fields = editor.settings.fields
    assert fields["key"].accessibleName() == "Private key"
    assert "keyring" in fields["key"].box.placeholderText()
    assert (editor.settings.values(), editor.settings.secrets(), editor.settings.missing()) == ({}, {}, {})
    fields["key"].set_value(KEY)
    assert editor.settings.secrets() == {"key": KEY.strip()}
    assert replace(key, required=False).is_secret
