"""Starts real servers one after the other and speaks to each through the program: `make real`, or a few by their names."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from real import bluesky, isso, mail, redmine, wordpress
from real.check import Checks
from real.ground import MissingError

SERVERS: dict[str, Callable[[Path, Checks], None]] = {
    "isso": isso.check,
    "mail": mail.check,
    "redmine": redmine.check,
    "wordpress": wordpress.check,
    "bluesky": bluesky.check,
}


def try_server(name: str, checks: Checks) -> None:
    """Run one server in a folder of its own and check it. Raises MissingError where it cannot be had."""
    checks.of(name)
    with tempfile.TemporaryDirectory(prefix=f"counterbell-{name}-") as folder:
        Path(folder).chmod(0o755)
        SERVERS[name](Path(folder), checks)


def main(names: list[str]) -> int:
    """Check the servers named, or all; return 1 where anything failed."""
    checks = Checks()
    for name in names or SERVERS:
        try:
            try_server(name, checks)
        except (MissingError, OSError, LookupError) as error:
            checks("went to its end", true=False, more=error)
    sys.stdout.write(f"{checks.passed} passed, {len(checks.failed)} failed\n")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
