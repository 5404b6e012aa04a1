"""Renders window and tray on the sample shop, light and dark, in the three languages: `make screenshots`.

screenshots.py FOLDER                 all pictures, each from a program of its own on a desktop of its own
screenshots.py FOLDER SCHEME LANGUAGE one program: window-SCHEME-LANGUAGE.png and tray-SCHEME.png
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZE = (1280, 800)
LOOK_AFTER_MS = 6000


def one(folder: Path, scheme: str, language: str) -> None:
    """Start the program on the sample shop and take its pictures once the first complaints are there."""
    from desktop.in_process import put_together
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtGui import QColor, QPainter, QPixmap

    from app.ui.tray_icon import STEPS, Face, pixmap

    application, running, close = put_together(Path(tempfile.mkdtemp()) / "profile", sample=True)
    running.window.resize(*SIZE)
    running.window._theme.follow(Qt.ColorScheme.Dark if scheme == "dark" else Qt.ColorScheme.Light)

    def take() -> None:
        running.window.grab().save(str(folder / f"window-{scheme}-{language}.png"))
        faces = (Face(), Face(3, STEPS), Face(7, STEPS // 3), Face(12, 0), Face(2, 10, silent=True))
        strip = QPixmap(80 * len(faces), 80)
        strip.fill(QColor("#20242a" if scheme == "dark" else "#f2f2f2"))
        painter = QPainter(strip)
        for place, face in enumerate(faces):
            painter.drawPixmap(80 * place + 8, 8, pixmap(face, 64))
        painter.end()
        strip.save(str(folder / f"tray-{scheme}.png"))
        application.exit(0)

    QTimer.singleShot(LOOK_AFTER_MS, application, take)
    running.begin()
    application.exec()
    close()


def everything(folder: Path) -> None:
    """Take all pictures; the README shows window-light.png."""
    sys.path.insert(0, str(ROOT / "tests"))
    from desktop.session import desktop_session

    folder.mkdir(parents=True, exist_ok=True)
    for scheme, language in (("light", "en"), ("dark", "en"), ("light", "pl"), ("dark", "ru")):
        with tempfile.TemporaryDirectory() as place, desktop_session(Path(place)) as desk:
            env = desk.env | {
                "LANG": f"{language}.UTF-8",
                "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests"))),
            }
            if (scheme, language) == ("light", "en"):
                program = desk.run([sys.executable, "-m", "app", "demo"], cwd=ROOT)
                desk.wait_for_notifications(1)
                time.sleep(6)
                desk.screenshot(folder / "desktop.png")
                program.terminate()
                program.wait(60)
            subprocess.run(
                [sys.executable, __file__, folder, scheme, language], env=env, cwd=ROOT, check=True, timeout=90
            )
    (folder / "window-light-en.png").replace(folder / "window-light.png")
    (folder / "window-dark-en.png").replace(folder / "window-dark.png")


if __name__ == "__main__":
    where = Path(sys.argv[1]).resolve()
    if len(sys.argv) > 2:
        one(where, sys.argv[2], sys.argv[3])
    else:
        everything(where)
