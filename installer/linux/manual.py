"""The manual page, made from the command line's own help, so that it cannot be wrong about it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime

from installer.common.product import HOMEPAGE, NAME, ROOT, SUMMARY, VERSION, released

_FILES = "~/.local/share/counterbell"


def manual() -> str:
    """Return the page in troff."""
    from app.cli.main import parser  # noqa: PLC0415  its sentences are made when it is imported
    from app.words import use  # noqa: PLC0415

    use("en", ROOT / "resources" / "translations")
    top = parser(VERSION)
    date = datetime.fromtimestamp(released(), UTC).date().isoformat()
    lines = [
        f'.TH {NAME.upper()} 1 "{date}" "{NAME} {VERSION}" "User commands"',
        ".SH NAME",
        f"{NAME} \\- hear complaints about a small shop and answer them in time",
        ".SH SYNOPSIS",
        f".B {NAME}",
        r"[\fIoptions\fR] [\fIcommand\fR [\fIoptions\fR]]",
        ".SH DESCRIPTION",
        _plain(SUMMARY),
        "Without a command the window is opened, or the one that is there comes to the front.",
        ".SH OPTIONS",
        *_options(top),
        ".SH COMMANDS",
        *_commands(top, ()),
        ".SH FILES",
        ".TP",
        f".I {_FILES}",
        "The profile: everything the program knows. \\fB\\-\\-profile\\fR takes another folder.",
        ".SH EXIT STATUS",
        "0 for success, 1 for failure, 2 for a command that is not understood. \\fBlisten \\-\\-once\\fR ends with 3 when a watch failed.",
        ".SH SEE ALSO",
        _plain(HOMEPAGE),
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _commands(parser: argparse.ArgumentParser, before: tuple[str, ...]) -> Iterator[str]:
    """Yield each command with its options, those below a command after it."""
    for action in parser._actions:  # noqa: SLF001  the library has no other way to look at a parser
        if not isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            continue
        helps = {choice.dest: choice.help or "" for choice in action._choices_actions}  # noqa: SLF001
        for name, below in action.choices.items():
            words = (*before, name)
            places = [_meta(one) for one in below._actions if not one.option_strings and one.nargs != "A..."]  # noqa: SLF001
            yield ".SS " + _plain(" ".join((*words, *places)))
            yield _plain(_sentence(helps.get(name, "")))
            yield from _options(below, everywhere=False)
            yield from _commands(below, words)


def _options(parser: argparse.ArgumentParser, *, everywhere: bool = True) -> Iterator[str]:
    """Yield the options of a command; those that every command has only where `everywhere` is asked for."""
    for action in parser._actions:  # noqa: SLF001
        if not everywhere and action.dest in {"help", "profile"}:
            continue
        if action.help == argparse.SUPPRESS or isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            continue
        if action.option_strings:
            names = ", ".join(rf"\fB{_plain(name)}\fR" for name in action.option_strings)
            value = rf" \fI{_plain(_meta(action))}\fR" if action.nargs != 0 else ""
        else:
            names, value = rf"\fI{_plain(_meta(action))}\fR", ""
        yield ".TP"
        yield names + value
        yield _plain(_sentence(action.help or "")) or r"\&"


def _meta(action: argparse.Action) -> str:
    if isinstance(action.metavar, str):
        return action.metavar
    return "|".join(map(str, action.choices)) if action.choices else action.dest.upper()


def _sentence(text: str) -> str:
    text = text.replace("%%", "%").strip()
    return f"{text[0].upper()}{text[1:]}{'' if text.endswith('.') else '.'}" if text else ""


def _plain(text: str) -> str:
    """Return a text with what troff would take for its own made harmless."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("\n", " ")
    return rf"\&{text}" if text.startswith((".", "'")) else text


if __name__ == "__main__":
    print(manual(), end="")
