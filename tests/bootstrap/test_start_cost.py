"""A start loads the sources that are listened to and no other: what is not used costs nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.watch import Watch
from app.stores.shop_file import TinyShopFile

ROOT = Path(__file__).resolve().parents[2]
WATCHED = "print(sorted(n.rpartition('.')[2] for n in sys.modules if n.startswith('app.sources.catalog.')))"

LISTENER = """
import sys, threading
from pathlib import Path
from app.bootstrap.polling import parts_of
from app.bootstrap.stores import open_stores
from app.core.messages import Polled
from app.listen.engine import Listener
stores, polled = open_stores(Path(sys.argv[1])), threading.Event()
listener = Listener(parts_of(stores), lambda message: polled.set() if isinstance(message, Polled) else None)
listener.start()
assert polled.wait(60)
listener.stop()
stores.close()
"""

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from app.bootstrap.troubles import Troubles
from app.bootstrap.window import _opened
from app.stores.paths import prepare_profile
from app.ui.background import Background
from app.ui.window import MainWindow
application, background = QApplication([]), Background()
window = MainWindow(background, Path("resources"), settings_path=Path(sys.argv[1]) / "window.ini")
window.show()
profile = prepare_profile(Path(sys.argv[1]))
desk, sources, problems = _opened(profile, Troubles(profile))
assert not problems
window.attach(desk, sources)
bench = window._bench
assert bench.source_title("feed") == "Feed"
background.drain(60)
for _ in range(50):
    application.processEvents()
background.close(60)
desk.close()
window.close()
"""


def test_the_names_by_which_people_are_spoken_to_wait_until_somebody_is() -> None:
    program = "import sys, app.bootstrap.window; print([n for n in sys.modules if n in {'app.core.spoken', 'app.core.first_names'}])"
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("program", [LISTENER, WINDOW], ids=["listener", "window"])
def test_only_what_is_listened_to_is_loaded(program: str, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    shop = TinyShopFile(tmp_path / "shop.json", tmp_path / "backups")
    shop.put_watch(Watch("w", "Blog", "feed", settings={"url": "http://127.0.0.1:1/feed"}, allow_private=True))
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    done = subprocess.run(
        [sys.executable, "-c", program + WATCHED, str(tmp_path)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "['feed']"
