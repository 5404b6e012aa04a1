"""«watch sources»: the kinds of places and their settings; and what a watch may be told of them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from app.cli.at_desk import at_desk_with_sources, looking
from app.cli.office import MISUSED, OK, Office
from app.cli.say import as_json, line, note, warn
from app.core.ports.desk import Desk
from app.core.ports.source import Setting, Source, Sources
from app.core.problems import Problem
from app.core.text import composed, fold
from app.core.watch import Watch
from app.words import _, in_all_languages


def add_words_to(one: argparse.ArgumentParser) -> None:
    """Add the words of this command."""
    one.add_argument("source", nargs="?", metavar=_("SOURCE"), help=_("only this one, with its settings"))
    one.add_argument("--json", action="store_true", help=_("print JSON"))


def act_sources(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Print all kinds of places, or the settings of one."""

    def act(desk: Desk, sources: Sources) -> int:
        if not said.source:
            for source in sources.all():
                as_json(_source_json(source)) if said.json else line(f"{source.id:<20} {_(source.title)}")
            return OK
        if (chosen := sources.get(said.source)) is None:
            warn(desk.watches.check(Watch("", "?", said.source)) or Problem("cli.nothing_to_test"))
            return MISUSED
        if said.json:
            as_json(_source_json(chosen))
            return OK
        line(f"{chosen.id}  {_(chosen.title)}")
        for setting in chosen.settings:
            _print(setting)
        return OK

    with looking(profile, office, quiet=True) as place:
        return at_desk_with_sources(place, office, act)


def setting_problem(said: argparse.Namespace, source: Source | None) -> Problem | None:
    """Return that a setting was named which its source has not, or not of that kind; None where all is well."""
    if source is None:
        return None  # the watch's own check says so
    plain = {setting.name for setting in source.settings if not setting.is_secret}
    secret = {setting.name for setting in source.settings if setting.is_secret}
    typed = [pair.partition("=")[0].strip() for pair in said.set] + (["url"] if said.url is not None else [])
    hidden = [*said.secret, *(name for name, _value in said.secret_file)]
    if named := next((name for name in typed if name in secret), ""):
        return Problem("cli.setting_is_secret", {"name": named})
    odd = next((name for name in typed if name not in plain), None)
    odd = odd if odd is not None else next((name for name in hidden if name not in secret), None)
    if odd is None:
        return None
    return Problem("cli.no_such_setting", {"name": odd, "source": source.id, "known": _all_named(source.settings)})


def with_choices(said: argparse.Namespace, watch: Watch, source: Source | None) -> Watch | Problem:
    """Return a watch with each choice named as its source names it, or that what was said for one is none of them."""
    typed = {pair.partition("=")[0].strip() for pair in said.set}
    chosen: dict[str, str] = {}
    if source is None:
        return watch  # the watch's own check says so
    for setting in source.settings:
        value = watch.settings.get(setting.name, "").strip()
        if not setting.choices or setting.name not in typed or not value:  # «NAME=» leaves it to the source
            continue
        if (choice := _meant(value, setting) or _understood(value, setting, watch, source)) is None:
            return Problem("cli.no_such_choice", {"text": value, "name": setting.name, "known": _all_choices(setting)})
        chosen[setting.name] = choice
    return replace(watch, settings={**watch.settings, **chosen})


def _meant(typed: str, setting: Setting) -> str | None:
    """Return the choice that is meant by its name in any language, whole or up to its comma, blind to letter case."""
    wanted = _comparable(typed)
    names = {choice: [_comparable(name) for name in in_all_languages(choice)] for choice in setting.choices}
    whole = [choice for choice, known in names.items() if wanted in known]
    begun = [choice for choice, known in names.items() if wanted in {name.partition(",")[0] for name in known}]
    found = whole or begun
    return found[0] if len(found) == 1 else None


def _understood(typed: str, setting: Setting, watch: Watch, source: Source) -> str | None:
    """Return the choice that a source itself makes of another word, such as «en-GB»; None where it makes that of any word."""
    taken, of_any = (source.tidy({**watch.settings, setting.name: word}).get(setting.name) for word in (typed, "?"))
    return taken if taken in setting.choices and taken != of_any else None


def _comparable(name: str) -> str:
    return " ".join(fold(composed(name)).split())


def _all_choices(setting: Setting) -> str:
    quoted = _("«{text}»")
    return ", ".join(
        quoted.format(text=one) + (f" ({shown})" if (shown := _(one)) != one else "") for one in setting.choices
    )


def tell_not_given(problem: Problem, watch: Watch, source: Source | None) -> None:
    """Say which settings need a value and have none where a source refused a watch for what is filled in."""
    if source is None or source.check(watch.settings) != problem:
        return
    needed = [one for one in source.settings if one.required and not one.is_secret and _counts(one, watch)]
    empty = [one for one in needed if not watch.settings.get(one.name)]
    if empty and [one.name for one in empty] != ["url"]:
        note(
            _("Settings without a value: {names}. «counterbell watch sources {source}» explains them all.").format(
                names=_all_named(empty), source=source.id
            )
        )


def _counts(setting: Setting, watch: Watch) -> bool:
    return setting.only_with is None or watch.settings.get(setting.only_with[0]) == setting.only_with[1]


def _all_named(settings: Iterable[Setting]) -> str:
    return ", ".join(f"{one.name} ({_(one.label)})" for one in settings)


def _print(setting: Setting) -> None:
    """Print how a setting is said, what it is, and what may stand there."""
    must = "" if setting.required else " " + _("(may be left out)")
    line(f"  {_said_as(setting):<28} {_(setting.label)}{must}")
    for choice in setting.choices:
        shown = _(choice)
        line(f"{'':<30} «{choice}»" + (f": {shown}" if shown != choice else ""))
    if setting.hint:
        line(f"{'':<30} {_(setting.hint)}")


def _said_as(setting: Setting) -> str:
    """Return the words of the command line that give a setting."""
    if setting.kind == "session":
        return "counterbell watch sign-in"
    if setting.is_secret:
        return f"--secret-file {setting.name}=…" if setting.kind == "secret_text" else f"--secret {setting.name}"
    return "--url …" if setting.name == "url" else f"--set {setting.name}=…"


def _source_json(source: Source) -> dict[str, object]:
    return {
        "source": source.id,
        "title": source.title,
        "kinds": [kind.value for kind in source.kinds],
        "shortest_interval": source.shortest_interval,
        "settings": [
            {
                "name": one.name,
                "label": one.label,
                "kind": one.kind,
                "required": one.required,
                "choices": list(one.choices),
            }
            for one in source.settings
        ],
    }
