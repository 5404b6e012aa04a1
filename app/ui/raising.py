"""Brings the window to the front, as far as the desktop allows."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def raise_window(window: QWidget, token: str = "") -> None:
    """Show a window, hidden or minimised, in front and with the keyboard.

    `token` is an XDG activation token, which Wayland asks for; one that is in the environment already serves as well.
    A desktop that lets nobody come forward marks the window as wanting attention.
    """
    if token:
        os.environ["XDG_ACTIVATION_TOKEN"] = token
    if window.isMinimized():
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)
