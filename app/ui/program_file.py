"""Notices that an upgrade has put another program in the place of this one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

SETTLED_MS = 10_000
"""How long nothing may change before an upgrade is believed to be through: a package is replaced file by file."""

Mark = tuple[int, int, int] | None


class ProgramFile(QObject):
    """`replaced` once for each upgrade. `path` is the installed program; None where there is none to be replaced."""

    replaced = Signal()

    def __init__(self, path: Path | None, parent: QObject | None = None, *, settled_ms: int = SETTLED_MS) -> None:
        super().__init__(parent)
        self._path = path
        self._known = _mark(path)
        self._watcher = QFileSystemWatcher(self)
        self._settled = QTimer(self, singleShot=True, interval=settled_ms)
        self._settled.timeout.connect(self._look)
        self._watcher.directoryChanged.connect(self._settled.start)
        self._watch()

    def _watch(self) -> None:
        """Watch the program's folder, again where it was put there anew."""
        if self._path and str(self._path.parent) not in self._watcher.directories() and self._path.parent.is_dir():
            self._watcher.addPath(str(self._path.parent))

    def _look(self) -> None:
        self._watch()
        mark = _mark(self._path)
        if mark and mark != self._known:
            self._known = mark
            self.replaced.emit()


def _mark(path: Path | None) -> Mark:
    """Return what tells a file from another one in its place; None where there is none."""
    try:
        status = path.stat() if path else None
    except OSError:
        return None
    return (status.st_ino, status.st_mtime_ns, status.st_size) if status else None
