"""«Export…» of a customer's card: all that is known of the person, in a file that anybody can read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.core.customer import Customer
from app.core.problems import Problem
from app.ui.bench import Bench
from app.ui.file_dialog import ask_to_save
from app.ui.format import one_line
from app.words import _
from app.words.person_file import ENDING, all_written, told

LONGEST = 80
"""Characters of a name that become part of a file's name."""


def file_name(name: str) -> str:
    """Return what a person's file is called at first: their name as any system takes it."""
    letters = "".join(char if char.isalnum() or char in " -_" else " " for char in one_line(name))
    return (" ".join(letters.split())[:LONGEST].strip() or _("Customer")) + ENDING


class PersonExport(QObject):
    """Asks for a file and has the desk write it; what came of it is announced."""

    def __init__(self, bench: Bench, window: QWidget) -> None:
        super().__init__(window)
        self._bench, self._window = bench, window

    def ask(self, customer: Customer) -> None:
        """Ask where the file goes."""
        title, kinds = _("Export what is known about a person"), (_("Web pages (*.html)"),)
        name, last = file_name(customer.name), self._bench.files
        ask_to_save(self._window, title, kinds, name, lambda path: self.write(customer, path), last)

    def write(self, customer: Customer, path: Path) -> None:
        """Write the file once everything typed before is kept."""

        def written(problem: Problem | None) -> None:
            self._bench.announced.emit(problem or all_written(one_line(customer.name), path.name))

        def export(_nothing: object) -> None:
            self._bench.ask_slowly(self, lambda desk: desk.customers.export(customer.id, path, told), written)

        self._bench.write(self, lambda _desk: None, export)
