"""«watch find»: what could be listened to with an address, an @handle or a shop's name in hand."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from app.cli.at_desk import at_desk_with_sources, looking
from app.cli.office import FAILED, MISUSED, OK, Office
from app.cli.say import as_json, line, note, one_line, told, warn
from app.core.in_hand import in_hand
from app.core.ports.desk import Desk
from app.core.ports.source import Source, Sources
from app.core.problems import Problem
from app.core.views import Found, Missed
from app.core.watch import Watch
from app.words import LANGUAGES, _, language
from app.words.names import watch_name


def add_words_to(one: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    one.add_argument("text", nargs="+", metavar=_("TEXT"), help=_("a web address, an @handle or the name of the shop"))
    one.add_argument("--town", default="", metavar=_("TOWN"), help=_("the town of the shop, for names that many have"))
    one.add_argument("--language", choices=list(LANGUAGES), help=_("language of the searches"))
    one.add_argument(
        "--own",
        action=argparse.BooleanOptionalAction,
        default=True,
        help=_("treat the places found as the shop's own channels"),
    )
    one.add_argument("--allow-private", action="store_true", help=_("allow an address inside your own network"))
    chosen = one.add_mutually_exclusive_group()
    chosen.add_argument("--add", metavar=_("NUMBERS"), help=_("keep these watches, such as 1,3"))
    chosen.add_argument("--all", action="store_true", help=_("keep all watches found"))
    one.add_argument("--json", action="store_true", help=_("print JSON"))


def act_find(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Print what is found, numbered, the likeliest first; keep those asked for."""
    numbers = _numbers(said.add or "")
    hands = in_hand(said.text, town=said.town, language=said.language or language())
    if said.language:
        hands = tuple(replace(hand, language=said.language) for hand in hands)
    if numbers is None or not hands:
        warn(Problem("cli.bad_numbers", {"text": said.add}) if numbers is None else Problem("cli.nothing_in_hand"))
        return MISUSED

    def act(desk: Desk, sources: Sources) -> int:
        found: list[Found] = []
        missed: list[Missed] = []

        def tell(news: Found | Missed) -> None:
            if isinstance(news, Missed):
                missed.append(news)
                note(_missed(news))
            else:
                found.append(news)

        desk.watches.find(hands, tell, own=said.own, allow_private=said.allow_private)
        if not found and any(not one.source_title for one in missed):
            return FAILED  # nobody could be asked, so it is not known that there is nothing
        if found:
            return _listed(desk, sources, sorted(found, key=lambda one: one.rank), numbers, said)
        if not any(one.is_watched for one in missed):
            note(_("Nothing found; add it by hand with «watch add»."))
        return FAILED if numbers else OK

    if said.all or numbers:
        return at_desk_with_sources(profile, office, act, begins=True)
    with looking(profile, office) as place:
        return at_desk_with_sources(place, office, act)


def _listed(
    desk: Desk, sources: Sources, found: Sequence[Found], numbers: Sequence[int], said: argparse.Namespace
) -> int:
    """Print what was found, and keep what was asked for."""
    wanted = range(1, len(found) + 1) if said.all else numbers
    if problem := number_problem(wanted, len(found)):
        warn(problem)
        return FAILED
    kept = {number: _keep(desk, found[number - 1]) for number in wanted}
    for number, one in enumerate(found, start=1):
        _show(number, one, kept.get(number), sources.get(one.watch.source), json=said.json)
    if not kept:
        note(_("Nothing is kept yet: repeat this with --add 1,2 or --all."))
    elif len(kept) < len(found) and not said.json:
        note(_("The others get new numbers now: list them again before you keep more."))
    return FAILED if any(isinstance(one, Problem) for one in kept.values()) else OK


def _missed(missed: Missed) -> str:
    """Return why a source could not be asked, or why none could, or which watch is there already."""
    if not missed.source_title:
        return told(missed.problem)
    return _("{source}: {problem}").format(source=_(missed.source_title), problem=told(missed.problem))


def _keep(desk: Desk, found: Found) -> Watch | Problem:
    return desk.watches.save(replace(found.watch, name=watch_name(found)))


def number_problem(wanted: Iterable[int], most: int) -> Problem | None:
    """Return that a number stands for nothing listed, or None."""
    odd = next((number for number in wanted if not 1 <= number <= most), None)
    return Problem("cli.no_such_number", {"number": odd, "most": most}) if odd is not None else None


def _numbers(text: str) -> Sequence[int] | None:
    """Return the numbers of «1,3», None where anything else stands there."""
    parts = [part for part in re.split(r"[\s,;]+", text) if part]
    return list(dict.fromkeys(map(int, parts))) if all(re.fullmatch(r"\d{1,4}", part) for part in parts) else None


def _show(number: int, found: Found, kept: Watch | Problem | None, source: Source | None, *, json: bool) -> None:
    watch = kept if isinstance(kept, Watch) else found.watch
    problem = kept if isinstance(kept, Problem) else None
    if json:
        as_json(
            {
                "number": number,
                "name": watch.name,
                "source": watch.source,
                "kind": watch.kind.value,
                "settings": dict(watch.settings),
                "required": list(watch.required),
                "language": watch.language,
                "own": watch.own,
                "allow_private": watch.allow_private,
                "id": watch.id or None,
                "problem": problem.code if problem else None,
            }
        )
    else:
        mark = f"  [{watch.id}]" if watch.id else ""
        line(f"{number:>3}. {_(found.source_title)}: {one_line(watch.name, 60)}  {_where(watch, source)}{mark}")
    if problem:
        warn(problem, watch.name)


def _where(watch: Watch, source: Source | None) -> str:
    """Return what a watch reads, on one line: the settings that say something, what is chosen from a list by its name."""
    chosen = {setting.name for setting in source.settings if setting.kind == "choice"} if source else set()
    values = (_(value) if name in chosen else value for name, value in watch.settings.items() if value)
    return one_line(" ".join(values), 110)
