import plistlib

import pytest
from PySide6.QtCore import QByteArray, QSettings

from app.ui import autostart
from app.ui.autostart import EntryFile, RunKey, agent, autostart_of, desktop_entry
from app.ui.widgets.start_field import StartField

COMMAND = ("/opt/Mój $klep 100%/counterbell", "--hidden")


@pytest.fixture
def entry(tmp_path, monkeypatch):
    monkeypatch.setattr(autostart.sys, "platform", "linux")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return autostart_of(COMMAND)


def test_the_entry_is_a_file_that_is_written_and_taken_away(entry, tmp_path):
    path = tmp_path / "autostart" / "counterbell.desktop"
    assert not entry.is_on()
    assert entry.turn(on=True) is None
    assert entry.is_on()
    assert 'Exec="/opt/Mój \\\\$klep 100%%/counterbell" "--hidden"\n' in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8") + "Hidden=true\n", "utf-8")
    assert not entry.is_on()
    entry.turn(on=False)
    assert not path.exists()


def test_the_switch_shows_what_is_and_says_why_it_could_not_be_turned(qtbot, tmp_path):
    field = StartField()
    qtbot.addWidget(field)
    assert not field.box.isEnabled()
    (tmp_path / "file").touch()
    field.offer(EntryFile(tmp_path / "file" / "entry", desktop_entry(COMMAND)))
    field.box.click()
    assert not field.box.isChecked()
    assert str(tmp_path) in field.told.text()
    field.offer(EntryFile(tmp_path / "entry", desktop_entry(COMMAND)))
    field.box.click()
    assert field.box.isChecked()
    assert (tmp_path / "entry").exists()


def test_the_registry_value_obeys_the_switch_of_windows_itself(qapp, tmp_path):
    run, approved = (QSettings(str(tmp_path / name), QSettings.Format.IniFormat) for name in ("run", "approved"))
    key = RunKey((r"C:\Users\Ża ba\counterbell.exe", "--hidden"), run, approved)
    assert key.turn(on=True) is None
    assert run.value("Counterbell") == r'"C:\Users\Ża ba\counterbell.exe" --hidden'
    assert key.is_on()
    approved.setValue("Counterbell", QByteArray(b"\x03" + bytes(11)))
    assert not key.is_on()
    for first, on in (("\x02", True), ("\x03", False)):  # as Qt reads the registry's twelve bytes: six letters
        approved.setValue("Counterbell", first + "\x00" * 5)
        assert key.is_on() is on
    key.turn(on=True)
    assert key.is_on()
    key.turn(on=False)
    assert not key.is_on()


def test_macos_gets_a_property_list():
    assert plistlib.loads(agent(COMMAND))["ProgramArguments"] == list(COMMAND)


def test_a_copy_that_is_not_installed_has_no_entry():
    assert autostart_of(()) is None
