"""The program: `python -m app`, or the command counterbell."""

from __future__ import annotations

import sys

from app.bootstrap.main import start


def main() -> int:
    """Run the command line or the window and return the exit code."""
    return start(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
