"""The tray icon in a real tray, which comes, goes and comes back."""

import json
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.desktop

ROOT = Path(__file__).parents[2]
PROGRAM = """
import json, sys
from PySide6.QtWidgets import QApplication
from app.ui import tray as module
from app.ui.notifications import Notifier
from app.ui.alert_text import trial_words
module.MISSING_MS = module.PRESENT_MS = 200
application = QApplication(["traytrial"])
application.setQuitOnLastWindowClosed(False)
tray = module.Tray()
def say(*what): print(json.dumps(what), flush=True)
tray.available_changed.connect(lambda there: say("available", there))
tray.open_requested.connect(lambda: say("open"))
tray.start()
say("started", tray.available)
application.exec()
"""


def said(desk, program):
    return [json.loads(line) for line in desk.output(program).splitlines() if line.startswith("[")]


def icon_of(desk):
    """Return the id of the icon's window inside the tray."""
    return desk.xdotool("search", "--onlyvisible", "--class", "traytrial").split()[-1:]


def test_the_icon_finds_a_tray_that_comes_late_and_a_new_one_after_that(bare_desktop):
    desk = bare_desktop
    program = desk.run([sys.executable, "-c", PROGRAM], cwd=ROOT)
    desk.until(lambda: ["started", False] in said(desk, program), "the start without a tray")
    desk.start_tray()
    desk.until(lambda: ["available", True] in said(desk, program), "the tray to be found")
    (icon,) = desk.until(lambda: icon_of(desk), "the icon")
    desk.until(lambda: desk.xdotool("getwindowgeometry", icon), "the icon's place")
    desk.xdotool("mousemove", "--window", icon, "8", "8", "click", "1")
    desk.until(lambda: ["open"] in said(desk, program), "the click")
    desk.stop_tray()
    desk.until(lambda: ["available", False] in said(desk, program), "the tray to be missed")
    desk.start_tray()
    desk.until(lambda: said(desk, program).count(["available", True]) == 2, "the new tray to be found")
    assert desk.until(lambda: icon_of(desk), "the icon in the new tray")
    assert program.poll() is None
