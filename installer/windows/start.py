"""The first module of the installed program on Windows; the launchers run it as `counterbell_start`."""

from __future__ import annotations

import sys
import traceback


def start() -> int:
    """Run the program and return its exit code; what nobody foresaw is shown where there is no console to print it."""
    sys.frozen = "launcher"  # type: ignore[attr-defined]  # as freezers do: sys.executable is the program itself
    try:
        from app.__main__ import main  # noqa: PLC0415  a part that is missing is told like any other failure

        return main()
    except Exception:
        if sys.stderr is not None:
            raise
        _show(traceback.format_exc())
        return 1


def _show(trace: str) -> None:
    import ctypes  # noqa: PLC0415  only on failure

    icon_error = 0x10
    ctypes.windll.user32.MessageBoxW(None, trace[-1500:], "Counterbell", icon_error)  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(start())
