"""Secrets too long to be typed, out of a file or standard input: never out of the command line, which others can read."""

from __future__ import annotations

import argparse

from app.cli.argument import path_of
from app.cli.say import told
from app.cli.standard_input import SIGN, text_of
from app.core.problems import Problem, reason_of

MOST_BYTES = 65_536
"""No key is longer; whoever names a larger file has named the wrong one."""


def secret_of_file(text: str) -> tuple[str, str]:
    """Return name and value of a secret named as «NAME=FILE», where «-» is standard input; what is wrong is said by argparse."""
    name, sign, file = text.partition("=")
    if not sign or not name.strip() or not file:
        raise argparse.ArgumentTypeError(told(Problem("cli.bad_secret_file", {"text": text[:200]})))
    value = _read(file)
    if isinstance(value, Problem):
        raise argparse.ArgumentTypeError(told(value))
    return name.strip(), value


def _read(file: str) -> str | Problem:
    try:
        if file == SIGN:
            typed = text_of(file, MOST_BYTES + 1)
            if isinstance(typed, Problem):
                return typed
            text = typed
        else:
            with path_of(file).open("rb") as opened:
                text = opened.read(MOST_BYTES + 1).decode("utf-8-sig")
    except OSError as error:
        return Problem("cli.no_file", {"file": file, "reason": reason_of(error)})
    except UnicodeDecodeError:
        return Problem("cli.no_key_file", {"file": file})
    return text.strip() if len(text) <= MOST_BYTES and text.strip() else Problem("cli.no_key_file", {"file": file})
