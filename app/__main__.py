"""The program: `python -m app`, or the command counterbell."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line or the window and return the exit code: 1 where Ctrl+C ended it, as of any command."""
    try:
        from app.bootstrap.main import start  # noqa: PLC0415  Ctrl+C may come while everything is loaded

        return start(sys.argv[1:])
    except KeyboardInterrupt:
        return 1


if __name__ == "__main__":
    sys.exit(main())
