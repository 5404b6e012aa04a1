"""The fields of a source's settings, drawn from what the source declares."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.core.ports.source import Setting
from app.ui.widgets.labelled import APART, Labelled
from app.ui.widgets.layouts import column_in
from app.ui.widgets.secret_text import SecretText
from app.ui.widgets.wheel import guard_wheel
from app.words import _


class SettingFields(QWidget):
    """`changed` with every letter typed. Secrets are asked for, never shown."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows = column_in(self, APART)  # a form layout puts the last field beyond its own height where hints wrap
        self._settings: tuple[Setting, ...] = ()
        self.fields: dict[str, QLineEdit | QComboBox | SecretText] = {}
        self._lines: dict[str, Labelled] = {}
        self._brought: dict[str, str] = {}

    def event(self, event: QEvent) -> bool:
        """Keep room for every line at this width: inside a form it is given less where hints are long."""
        handled = super().event(event)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self.setMinimumHeight(max(0, self._rows.totalMinimumHeightForWidth(self.width())))
        return handled

    def draw(self, settings: Sequence[Setting], values: Mapping[str, str], kept: Collection[str] = ()) -> None:
        """Draw the fields with these values; `kept` names the secrets that are in the keyring already."""
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._settings, self.fields, self._lines, self._brought = tuple(settings), {}, {}, {}
        for setting in settings:
            if setting.kind == "session":  # nobody types what signing in brings
                continue
            field = self._field(setting, values.get(setting.name, ""), kept=setting.name in kept)
            label = _(setting.label) if setting.required else _("{label} (optional)").format(label=_(setting.label))
            field.setAccessibleName(label)
            self.fields[setting.name] = field
            lines = Labelled(label, field, _(setting.hint))
            self._rows.addWidget(lines)
            self._lines[setting.name] = lines
        self._show_what_counts()
        guard_wheel(self)

    def _show_what_counts(self) -> None:
        """Hide what counts only with another choice than the one made; what was typed there stays."""
        for setting in self._settings:
            if lines := self._lines.get(setting.name):
                lines.setVisible(self._counts(setting))

    def _counts(self, setting: Setting) -> bool:
        return setting.only_with is None or self._value(setting.only_with[0]) == setting.only_with[1]

    def _choose(self) -> None:
        self._show_what_counts()
        self.changed.emit()

    def _field(self, setting: Setting, value: str, *, kept: bool) -> QLineEdit | QComboBox | SecretText:
        if setting.kind == "choice":
            choice = QComboBox()
            for one in setting.choices:
                choice.addItem(_(one), one)
            choice.setCurrentIndex(max(0, choice.findData(value)))
            choice.currentIndexChanged.connect(lambda _number: self._choose())
            return choice
        if setting.kind == "secret_text":
            text = SecretText(kept=kept)
            text.changed.connect(self.changed)
            return text
        field = QLineEdit(value)
        field.setCursorPosition(0)  # the beginning of a long address is seen
        if setting.kind == "secret":
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setPlaceholderText(_("Kept in the system's keyring; type to replace it") if kept else "")
        elif setting.kind == "url":
            field.setPlaceholderText("https://")
        field.textChanged.connect(lambda _text: self.changed.emit())
        return field

    def values(self) -> dict[str, str]:
        """Return the settings as typed, without secrets."""
        return {one.name: self._value(one.name) for one in self._settings if not one.is_secret}

    def secrets(self) -> dict[str, str]:
        """Return the secrets typed, pasted or brought by signing in; one left empty is left as it is kept."""
        typed = {one.name: self._value(one.name) for one in self._settings if one.is_secret and one.name in self.fields}
        return {**self._brought, **{name: value for name, value in typed.items() if value}}

    def take_brought(self, secrets: Mapping[str, str]) -> None:
        """Take over what signing in brought."""
        self._brought |= secrets
        self.changed.emit()

    def missing(self) -> dict[str, QWidget]:
        """Return the fields of required settings that are empty by their labels, in order, secrets aside."""
        values = self.values()
        needed = [one for one in self._settings if one.required and not one.is_secret and self._counts(one)]
        return {_(one.label): self.fields[one.name] for one in needed if not values[one.name]}

    def _value(self, name: str) -> str:
        field = self.fields[name]
        if isinstance(field, SecretText):
            return field.value()
        return str(field.currentData() or "") if isinstance(field, QComboBox) else field.text().strip()
