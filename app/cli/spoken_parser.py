"""A parser of the command line that explains itself in the owner's language."""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any, NoReturn

from app.cli.say import telling_what_is_done, write
from app.words import N_, _

HEADINGS = (N_("positional arguments"), N_("options"))
"""The library's own headings, translated when they are printed."""

COMPLAINTS = (
    (r"the following arguments are required: (?P<what>.+)", N_("Missing: {what}.")),
    (r"unrecognized arguments: (?P<what>.+)", N_("Not understood: {what}.")),
    (r"ambiguous option: (?P<what>\S+) could match (?P<choices>.+)", N_("{what} could be any of: {choices}.")),
    (
        r"argument (?P<what>.+): (?:expected (?:one|at least one) argument|invalid .*: ''.*)",
        N_("{what} needs a value."),
    ),
    (r"argument (?P<what>.+): ignored explicit argument .*", N_("{what} takes no value.")),
    (
        r"argument (?P<what>.+): invalid choice: (?P<value>.+) \(choose from (?P<choices>.+)\)",
        N_("{what} cannot be {value}. Choose from: {choices}."),
    ),
    (r"argument (?P<what>.+): invalid .*value: (?P<value>.+)", N_("{what} cannot be {value}.")),
    (
        r"argument (?P<what>.+): not allowed with argument (?P<other>.+)",
        N_("{what} and {other} cannot be used together. Use only one of them."),
    ),
    (r"argument (?P<what>\S+): (?P<said>.+)", "{what}: {said}"),
)
"""The library's own complaints, and what is said in place of each."""


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(_(heading) if heading in HEADINGS else heading)


class _Commands(argparse._SubParsersAction):  # type: ignore[type-arg]  # noqa: SLF001  the library has no other name for it
    """Commands, whose own help begins with what that of the whole says of them."""

    def add_parser(self, name: str, **options: Any) -> Any:
        said: str = options["help"]
        return super().add_parser(name, **{"description": f"{said[:1].upper()}{said[1:]}.", **options})


class SpokenParser(argparse.ArgumentParser):
    """Its subparsers are of this class as well; «--help» is added as the library does, in other words."""

    def __init__(self, *, add_help: bool = True, **options: Any) -> None:
        super().__init__(add_help=False, **{"formatter_class": _Formatter, **options})
        self.register("action", "parsers", _Commands)
        if add_help:
            self.add_argument(
                "-h", "--help", action="help", default=argparse.SUPPRESS, help=_("show this help and exit")
            )

    def parse_known_args(self, *given: Any, **options: Any) -> Any:
        """Parse what is given; what a command does not know is its own complaint, with its own help, not that of the whole."""
        said, rest = super().parse_known_args(*given, **options)
        if rest:
            self.error(f"unrecognized arguments: {' '.join(rest)}")
        return said, rest

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print help, which the library takes for printed where it could not be written. Raises `ProblemError`."""
        if file is not sys.stdout:
            super()._print_message(message, file)
            return
        with telling_what_is_done():
            write(message)

    def error(self, message: str) -> NoReturn:
        """Say in the owner's language what is wrong with the arguments, and where help is; end with 2."""
        hint = _("«{command} --help» shows what is possible.").format(command=self.prog)
        self.print_usage(sys.stderr)
        self.exit(2, f"{spoken(message)}\n{hint}\n")


def spoken(message: str) -> str:
    """Return one of the library's complaints in the owner's language; one it does not know stays as it is."""
    for pattern, said in COMPLAINTS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return _(said).format(**{name: part.replace("'", "") for name, part in found.groupdict().items()})
    return message
