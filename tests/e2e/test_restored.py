"""An archive is damaged after a day of listening: nothing heard is lost, and nobody who was forgotten comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e.shop import COMMAND, Shop, entry
from servers.http_server import ScriptedServer

from app.bootstrap.desk import open_desk
from app.core.customer import Channel, Direction
from app.core.problems import Problem

COMPLAINT = "Zamówienie nie dotarło od tygodnia, nikt nie odbiera telefonu, oddajcie pieniądze!"
ANNA = "Chleb był spleśniały, a w sklepie nikt nie chciał ze mną rozmawiać. Wstyd!"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with ScriptedServer() as server:
        made = Shop(server, tmp_path / "profile")
        made.publish()
        made.say("watch", "add", "--url", made.url, "--name", "O", "--own", "--allow-private", "--interval", "1")
        yield made


def listens_until_it_hears(shop: Shop, author: str) -> None:
    """Listen without a window until somebody is heard, then end in good order."""
    listener = subprocess.Popen(
        [COMMAND, "listen", "--profile", shop.profile], env=dict(shop.env), stdout=subprocess.PIPE, text=True
    )
    assert listener.stdout
    assert any(author in line for line in listener.stdout)
    listener.send_signal(signal.SIGTERM)
    assert listener.wait(60) == 0
    listener.stdout.close()


def forget(shop: Shop, author: str) -> None:
    """Forget somebody as the window does."""
    opened = open_desk(shop.profile)
    assert not isinstance(opened, Problem)
    desk = opened[0]
    (mention_id,) = (row["id"] for row in shop.rows("inbox") if row["author"] == author)
    assert not isinstance(desk.customers.log_for(mention_id, Direction.IN, Channel.PHONE, "", time.time()), Problem)
    (card,) = desk.customers.search(author)
    assert desk.customers.forget(card.id) is None
    desk.close()


def damage(shop: Shop) -> None:
    archive = shop.profile / "archive.db"
    size = archive.stat().st_size
    archive.write_bytes(b"\xab" * size)


def authors(shop: Shop) -> list[str]:
    return sorted(row["author"] for row in shop.rows("inbox"))


@pytest.mark.skipif(os.name == "nt", reason="a listener is asked to end by a signal")
@pytest.mark.timeout(600)
def test_what_was_heard_since_the_start_is_in_the_copy_that_the_end_makes(shop: Shop) -> None:
    shop.publish(entry("k1", "Marek W.", COMPLAINT, time.time()))
    listens_until_it_hears(shop, "Marek W.")
    damage(shop)
    assert authors(shop) == ["Marek W."]


@pytest.mark.skipif(os.name == "nt", reason="a listener is asked to end by a signal")
@pytest.mark.timeout(600)
def test_who_was_forgotten_stays_so_whichever_copy_is_restored(shop: Shop) -> None:
    shop.publish(entry("k1", "Marek W.", COMPLAINT, time.time()))
    listens_until_it_hears(shop, "Marek W.")
    backups = shop.profile / "backups"
    (copy,) = backups.glob("archive-*.sqlite")
    copy.rename(backups / "archive-20260101.sqlite")
    shop.publish(entry("k2", "Anna Z.", ANNA, time.time()))
    listens_until_it_hears(shop, "Anna Z.")
    forget(shop, "Anna Z.")
    (newest,) = set(backups.glob("archive-*.sqlite")) - {backups / "archive-20260101.sqlite"}
    newest.unlink()
    damage(shop)
    assert "Anna" not in shop.say("listen", "--once", "--all").stdout
    assert authors(shop) == ["Marek W."]
