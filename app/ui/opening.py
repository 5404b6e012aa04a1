"""What is opened outside the program: a page in the browser, a letter in the mail program, a picture. Whoever asked hears where nothing opened it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from app.ui.format import shortened
from app.words import _

if TYPE_CHECKING:
    import subprocess

LOOK_MS = 200
PATIENCE_MS = 10_000
"""How often, and for how long, it is looked whether the opener has failed: one without a browser needs a second or two."""

FAILED = range(1, 5)
"""What `xdg-open` ends with where it opened nothing. Anything else is the browser's own end, such as by a signal."""

LONGEST = 120
"""Characters of an address in a sentence; the clipboard has the whole of it."""

_left: list[subprocess.Popen[bytes]] = []
"""Openers that may run still: some end only with the browser, long after anybody looked."""


def open_outside(address: QUrl, owner: QObject, failed: Callable[[], object]) -> None:
    """Have the system open an address; `failed` follows where it could not, now or soon, as long as `owner` lives.

    On X11 Qt hands everything to `xdg-open` and does not wait for what that says, so this does it instead. It does the same on
    Wayland, where it alone can ask for the token without which a browser stays behind this window: there nobody hears of a
    browser that does not open. Elsewhere Qt's answer is the system's own.
    """
    opener = _opener()
    if opener:
        _Opener(opener, address, owner, failed)
    elif not QDesktopServices.openUrl(address):
        failed()


def page_failed(address: QUrl) -> str:
    """Copy the address of a page that no browser opened, and return what is said of that."""
    whole = address.toString()
    QGuiApplication.clipboard().setText(whole)
    words = _("No browser could be opened. The address is copied: paste it where you can open it. {address}")
    return words.format(address=shortened(whole, LONGEST))


def _opener() -> str:
    return QStandardPaths.findExecutable("xdg-open") if QGuiApplication.platformName() == "xcb" else ""


def _forget_ended() -> None:
    _left[:] = [one for one in _left if one.poll() is None]


class _Opener(QObject):
    """Lives until the opener has ended, or is left to itself. It is never killed: it may be the browser by then."""

    def __init__(self, opener: str, address: QUrl, owner: QObject, failed: Callable[[], object]) -> None:
        import subprocess  # noqa: PLC0415  13 ms of a start, in which nothing is opened

        super().__init__(owner)
        self._failed, self._looks = failed, PATIENCE_MS // LOOK_MS
        try:
            self._process = subprocess.Popen(  # noqa: S603  the system's own opener, and no shell
                (opener, bytes(address.toEncoded().data()).decode()),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            failed()
            self.deleteLater()
            return
        _forget_ended()
        _left.append(self._process)
        timer = QTimer(self, interval=LOOK_MS)
        timer.timeout.connect(self._look)
        timer.start()

    def _look(self) -> None:
        self._looks -= 1
        code = self._process.poll()
        if code is None and self._looks > 0:
            return
        self.deleteLater()
        _forget_ended()
        if code in FAILED:
            self._failed()
