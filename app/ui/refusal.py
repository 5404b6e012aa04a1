"""The box that says why the program cannot start: where no window can come, an icon that does nothing is no answer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from app.words import _


def refuse(words: str, argv: list[str]) -> None:
    """Make the application object, which there is not yet, and show the box until it is closed."""
    application = QApplication(argv)
    show_refusal(words)
    application.quit()


def show_refusal(words: str) -> None:
    """Show a sentence in a box of its own until it is closed."""
    box = QMessageBox(QMessageBox.Icon.Warning, _("Counterbell"), words)
    box.addButton(_("Quit"), QMessageBox.ButtonRole.RejectRole)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()
