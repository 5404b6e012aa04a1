"""What tests of the whole program share: a desktop, and a shop on it that has been there for a while."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from desktop.session import DesktopSession, desktop_session, missing_programs
from e2e.shop import Shop, entry
from servers.http_server import ScriptedServer


@pytest.fixture
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DesktopSession]:
    """Give a desktop of its own."""
    if missing := missing_programs():
        pytest.skip(f"not installed: {', '.join(missing)}")
    with desktop_session(tmp_path_factory.mktemp("desk")) as session:
        yield session


@pytest.fixture
def shop_there(desktop: DesktopSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """Give a shop whose programs show on the desktop; its feed has an old question."""
    with ScriptedServer() as server:
        made = Shop(server, tmp_path_factory.mktemp("sklep Żółw"), desktop.env)
        made.publish(entry("old", "Zofia", "Czy jest parking?", time.time() - 9 * 86_400))
        yield made
