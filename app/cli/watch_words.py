"""The options that describe a watch, and the watch they make."""

from __future__ import annotations

import argparse
import getpass
import re
import sys
from dataclasses import replace

from app.cli.secret_file import secret_of_file
from app.core.matching import entries_of, wordless
from app.core.problems import Problem, ProblemError
from app.core.watch import Watch, WatchKind
from app.words import LANGUAGES, _, ngettext

ANY_LANGUAGE = "any"
"""What is said for a place or a text without a language of its own."""

_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}


def add_words(one: argparse.ArgumentParser) -> None:
    """Add the options that describe a watch."""
    one.add_argument("--source", metavar=_("SOURCE"), help=_("kind of place, such as feed; «watch sources» lists them"))
    one.add_argument("--url", help=_("address of the place"))
    one.add_argument("--name", metavar=_("NAME"), help=_("name of the watch"))
    one.add_argument("--kind", choices=[k.value for k in WatchKind], help=_("keyword search or brand channel"))
    one.add_argument(
        "--set",
        action="append",
        default=[],
        metavar=_("NAME=VALUE"),
        help=_("another setting of the source; «watch sources SOURCE» lists them"),
    )
    add_secret_words(one)
    one.add_argument(
        "--secrets-in-file",
        action="store_true",
        help=_("agree to keep secrets in a file only you can read, where there is no keyring"),
    )
    one.add_argument("--own", action=argparse.BooleanOptionalAction, help=_("the shop's own channel"))
    one.add_argument(
        "--interval",
        metavar=_("TIME"),
        help=_("time between polls, such as 900, 15m or 1h; 7d at most, and each source has a shortest one"),
    )
    one.add_argument(
        "--require",
        action="append",
        metavar=_("WORDS"),
        help=_(
            "words that must occur: a comma between words that must all occur, «|» between alternatives; can be repeated"
        ),
    )
    one.add_argument(
        "--exclude",
        action="append",
        metavar=_("WORDS"),
        help=_("words that must not occur, with commas between them; can be repeated"),
    )
    one.add_argument(
        "--language",
        type=lambda text: text or ANY_LANGUAGE,
        choices=[*LANGUAGES, ANY_LANGUAGE],
        help=_("language of the place; «any»: found out for each text"),
    )
    either = one.add_mutually_exclusive_group()
    either.add_argument("--pause", dest="paused", action="store_true", default=None, help=_("do not poll for now"))
    either.add_argument("--resume", dest="paused", action="store_false", help=_("poll again"))
    one.add_argument(
        "--allow-private", action=argparse.BooleanOptionalAction, help=_("allow an address inside your own network")
    )
    one.add_argument("--json", action="store_true", help=_("print JSON"))


def add_secret_words(one: argparse.ArgumentParser) -> None:
    """Add the options that name secrets; none takes a secret itself."""
    one.add_argument(
        "--secret",
        action="append",
        default=[],
        metavar=_("NAME"),
        help=_("a secret setting; its value is asked for or read from standard input"),
    )
    one.add_argument(
        "--secret-file",
        action="append",
        default=[],
        type=secret_of_file,
        metavar=_("NAME=FILE"),
        help=_("a secret setting whose value is a whole file, such as a private key; «-» is standard input"),
    )


def seconds(text: str) -> int | None:
    """Return the seconds of «900», «15m», «1h» or «1d», or None for anything else."""
    match = re.fullmatch(r"\s*(\d{1,7})\s*([smhd]?)\s*", text.lower())
    return int(match.group(1)) * _UNITS[match.group(2)] if match else None


def interval_text(interval: int) -> str:
    """Return an interval in the largest unit that divides it."""
    if interval % 86_400 == 0:
        return ngettext("{n} day", "{n} days", interval // 86_400).format(n=interval // 86_400)
    if interval % 3600 == 0:
        return ngettext("{n} hour", "{n} hours", interval // 3600).format(n=interval // 3600)
    if interval % 60 == 0:
        return ngettext("{n} minute", "{n} minutes", interval // 60).format(n=interval // 60)
    return ngettext("{n} second", "{n} seconds", interval).format(n=interval)


def watch_from(said: argparse.Namespace, before: Watch) -> Watch | Problem:
    """Return a watch with everything said put over what was before."""
    settings = dict(before.settings)
    if said.url is not None:
        settings["url"] = said.url
    for pair in said.set:
        name, sign, value = pair.partition("=")
        if not sign:
            return Problem("cli.bad_setting", {"text": pair})
        settings[name.strip()] = value
    interval = before.interval if said.interval is None else seconds(said.interval)
    if interval is None or interval <= 0:
        return Problem("cli.bad_interval", {"text": said.interval})
    required, excluded = _entries(said.require, before.required), _entries(said.exclude, before.excluded)
    if odd := wordless((*required, *excluded)):
        return Problem("desk.wordless", {"text": odd})
    kind = WatchKind(said.kind) if said.kind else before.kind
    own = before.own if said.own is None else said.own
    return replace(
        before,
        name=before.name if said.name is None else said.name,
        source=said.source or before.source,
        kind=WatchKind.CHANNEL if own and not said.kind else kind,
        settings=settings,
        own=own,
        interval=interval,
        required=required,
        excluded=excluded,
        language=before.language if said.language is None else said.language.replace(ANY_LANGUAGE, ""),
        paused=before.paused if said.paused is None else said.paused,
        allow_private=before.allow_private if said.allow_private is None else said.allow_private,
    )


def _entries(said: list[str] | None, before: tuple[str, ...]) -> tuple[str, ...]:
    """Return the entries said, an option's commas between them as in the window's field; those before where none was said."""
    return before if said is None else tuple(entry for typed in said for entry in entries_of(typed))


def secrets_said(said: argparse.Namespace) -> dict[str, str]:
    """Return the secrets named: out of files, asked for on a terminal, or read from standard input, a line each.

    Raises `ProblemError` for one that nobody gives.
    """
    return {**dict(said.secret_file), **{name: _asked(name) for name in said.secret}}


def _asked(name: str) -> str:
    """Return a secret as typed; an empty line is one, the end of standard input is none."""
    nothing = ProblemError(Problem("cli.no_secret", {"name": name}))
    try:
        if sys.stdin is not None and sys.stdin.isatty():
            return getpass.getpass(f"{name}: ")
        typed = sys.stdin.readline() if sys.stdin is not None else ""
    except (OSError, ValueError, EOFError) as error:
        raise nothing from error
    if not typed:
        raise nothing
    return typed.rstrip("\n")
