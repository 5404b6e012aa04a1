"""The main job as a person meets it: the installed program, a real desktop, a feed on loopback."""

from __future__ import annotations

import signal
import time

import pytest
from desktop.session import DesktopSession
from e2e.shop import COMMAND, Shop, entry

INTERVAL = 2
AT_ONCE = 45.0
"""Seconds in which a bell must have rung: less than the minute after which the window looks for itself."""
COMPLAINT = "Paczka nie dotarła od tygodnia, nikt nie odbiera telefonu. Proszę o zwrot pieniędzy!"
PRAISE = "Pyszny chleb i przemiła obsługa, polecam każdemu!"
WAITING = "Dzień dobry, Pani Anno. "
"""What the program has made of a saved reply by itself, and keeps nowhere until the owner takes it."""
DRAFT = "Dzien dobry, przepraszamy i juz sprawdzamy"


@pytest.fixture
def shop(shop_there: Shop) -> Shop:
    shop_there.watch(INTERVAL)
    return shop_there


@pytest.mark.desktop
@pytest.mark.timeout(600)
def test_a_complaint_rings_once_opens_its_case_and_is_answered(desktop: DesktopSession, shop: Shop) -> None:
    program = desktop.run([COMMAND, "--profile", shop.profile])
    desktop.window("Counterbell")
    desktop.until(lambda: shop.rows("watch", "list")[0]["last_heard"], "the first poll")

    now = time.time()
    shop.publish(entry("k1", "Marek W.", PRAISE, now), entry("k2", "Anna K.", COMPLAINT, now, "Zamówienie 1182"))
    (shown,) = desktop.wait_for_notifications(1, AT_ONCE)
    assert "Anna K." in shown.title
    assert "Paczka" in shown.body or "1182" in shown.body

    desktop.click_popup()
    desktop.until(lambda: "Counterbell" in desktop.active_title(), "the window in front")
    (row,) = shop.rows("inbox")
    (waiting,) = shop.rows("show", str(row["id"]))
    assert (waiting["draft"], WAITING in waiting["proposed"]["public"]) == (None, True)
    assert shop.documents() == []
    desktop.keys("ctrl+Return")
    desktop.until(lambda: WAITING in str(shop.documents()), "the reply that waited, once it is copied")
    desktop.until(lambda: _type_draft(desktop, shop), "the draft on the disk")
    (customer,) = shop.documents()
    assert "Anna K." in str(customer)
    assert (row["author"], row["kind"], row["state"]) == ("Anna K.", "complaint", "new")
    assert shop.rows("show", str(row["id"]))[0]["draft"].startswith(DRAFT[:5])

    desktop.keys("ctrl+shift+Return")
    desktop.until(lambda: not shop.rows("inbox"), "the case answered")
    polls = len(shop.server.requests)
    shop.server.wait_for(polls + 3)
    assert len(desktop.notifications()) == 1

    shop.say("--quit")
    assert program.wait(60) == 0
    _comes_back_as_it_was(desktop, shop, row["id"])


def _type_draft(desktop: DesktopSession, shop: Shop) -> bool:
    """Type into the reply box of the case in front, and say whether that stands in a customer's file."""
    if not any(DRAFT[:20] in str(one) for one in shop.documents()):
        desktop.keys("ctrl+r", "ctrl+a")
        desktop.type(DRAFT)
        time.sleep(1.0)
    return any(DRAFT in str(one) for one in shop.documents())


def _comes_back_as_it_was(desktop: DesktopSession, shop: Shop, mention_id: int) -> None:
    again = desktop.run([COMMAND, "--hidden", "--profile", shop.profile])
    polls = len(shop.server.requests)
    shop.server.wait_for(polls + 2)
    assert not desktop.windows("Counterbell")
    second = desktop.run([COMMAND, "--profile", shop.profile])
    assert second.wait(60) == 0
    desktop.window("Counterbell")
    assert len(desktop.notifications()) == 1

    (seen,) = shop.rows("show", str(mention_id))
    assert seen["state"] == "answered"
    assert seen["answered"]
    assert any(DRAFT in one["text"] and one["direction"] == "out" for one in shop.rows("log", "Anna K."))
    everything = shop.rows("inbox", "--folder", "everything")
    assert {one["author"] for one in everything} == {"Anna K.", "Marek W.", "Zofia"}
    again.send_signal(signal.SIGTERM)
    assert again.wait(60) == 0
