"""Fixtures of the desktop tests; they are left out only where the desktop's programs are not installed."""

import pytest
from desktop.session import desktop_session, missing_programs


@pytest.fixture
def needs_desktop():
    if missing := missing_programs():
        pytest.skip(f"not installed: {', '.join(missing)}")


@pytest.fixture
def desktop(needs_desktop, tmp_path, monkeypatch):
    """A whole desktop with tray and notification daemon; its bus is this process's bus as well."""
    with desktop_session(tmp_path) as session:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session.address)
        yield session


@pytest.fixture
def bare_desktop(needs_desktop, tmp_path, monkeypatch):
    """The same without tray and notification daemon: tests start them when they want."""
    with desktop_session(tmp_path, daemon=False, tray=False) as session:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session.address)
        yield session
