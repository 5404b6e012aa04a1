"""What happens beside the window, or while it is in the tray: told there all the same, once."""

from __future__ import annotations

import time

import pytest
from desktop.session import DesktopSession, Shown
from e2e.shop import COMMAND, Shop, entry

COMPLAINT = "Paczka nie dotarła od tygodnia, nikt nie odbiera telefonu. Proszę o zwrot pieniędzy!"
ANOTHER = "Oddali mi zepsuty rower, hamulce nie działają, a w reklamacji mnie zbywają. Skandal!"


@pytest.fixture
def shop(shop_there: Shop) -> Shop:
    return shop_there


def of(desktop: DesktopSession, word: str) -> list[Shown]:
    return [shown for shown in desktop.notifications() if word in shown.title]


@pytest.mark.desktop
@pytest.mark.timeout(600)
def test_what_another_process_hears_rings_in_the_window_once(desktop: DesktopSession, shop: Shop) -> None:
    shop.watch(3600)
    program = desktop.run([COMMAND, "--profile", shop.profile])
    desktop.window("Counterbell")
    desktop.until(lambda: shop.rows("watch", "list")[0]["last_heard"], "the first poll")
    shop.publish(entry("k1", "Anna K.", COMPLAINT, time.time()))
    assert "Anna K." in shop.say("listen", "--once", "--all").stdout
    desktop.until(lambda: of(desktop, "Anna K."), "the bell")
    asked = len(shop.server.requests)
    beside = desktop.run([COMMAND, "listen", "--profile", shop.profile])
    desktop.until(lambda: "Another Counterbell is listening" in desktop.output(beside), "the listener that stands by")
    program.kill()  # as a crash would: its listener ends with it
    desktop.until(lambda: "The other one has ended" in desktop.output(beside), "the listener that takes over")
    again = desktop.run([COMMAND, "--profile", shop.profile])
    desktop.window("Counterbell")
    shop.publish(entry("k2", "Ola", ANOTHER, time.time()))
    shop.say("listen", "--once", "--all")
    desktop.until(lambda: of(desktop, "Ola"), "the bell of the next window")
    desktop.until(lambda: "Ola" in desktop.output(beside), "the line in the terminal")
    assert (len(of(desktop, "Anna K.")), len(of(desktop, "Ola"))) == (1, 1)
    assert len(shop.server.requests) - asked == 1, "only «--once» has asked"
    beside.terminate()
    assert beside.wait(60) == 0
    again.terminate()
    assert again.wait(60) == 0


@pytest.mark.desktop
@pytest.mark.timeout(600)
def test_a_watch_that_dies_while_the_window_is_in_the_tray_is_told_once(desktop: DesktopSession, shop: Shop) -> None:
    shop.watch(3)
    program = desktop.run([COMMAND, "--profile", shop.profile])
    desktop.window("Counterbell")
    desktop.until(lambda: shop.rows("watch", "list")[0]["last_heard"], "the first poll")
    desktop.keys("ctrl+w")
    desktop.until(lambda: not desktop.windows("Counterbell"), "the window to close")
    shop.server.routes["/feed"] = (410, {}, b"gone")
    (shown,) = desktop.until(lambda: of(desktop, "Opinie"), "the notification")
    assert "Remove the watch or change its address." in shown.body
    desktop.press(shown, "default")
    desktop.window("Counterbell")
    shop.say("--quit")
    assert program.wait(60) == 0
    again = desktop.run([COMMAND, "--hidden", "--profile", shop.profile])
    desktop.until(lambda: shop.say("doctor", check=False).returncode, "the program to run again")
    time.sleep(4.0)
    assert len(of(desktop, "Opinie")) == 1
    again.terminate()
    assert again.wait(60) == 0
