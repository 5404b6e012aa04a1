"""«watch»: add, list, edit, remove and test watches."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.cli.at_desk import at_desk, at_desk_with_sources, looking
from app.cli.office import FAILED, MISUSED, OK, WATCH_FAILED, Office
from app.cli.say import as_json, by_whom, iso, line, local, note, one_line, sure, telling_what_is_done, told, warn
from app.cli.sign_in import act_sign_in
from app.cli.watch_find import act_find, add_words_to, number_problem
from app.cli.watch_settings import act_sources, setting_problem, tell_not_given, with_choices
from app.cli.watch_settings import add_words_to as add_source_words
from app.cli.watch_words import add_secret_words, add_words, interval_text, secrets_said, watch_from
from app.core.ports.desk import Desk
from app.core.ports.source import Sources
from app.core.problems import SILENT, Problem
from app.core.views import Trial, WatchView
from app.core.watch import Watch
from app.words import _, ngettext
from app.words.names import kind_name, only_newest

HOPELESS = (
    "sources.",
    "mail.denied",
    "mail.no_",
    "mail.not_imap",
    "net.never_asked",
    "net.no_tls",
    "net.private_address",
    "net.bad_address",
    "net.led_astray",
    "net.name_unknown",
    "watch.not_found",
    "watch.gone",
    "desk.scheme_not_known",
)
"""Problems of a first fetch that waiting will not mend: a watch with one of them is not added."""

HOPEFUL = ("sources.needs_sign_in", "sources.broken_feed", "sources.broken_answer")
"""Of them those with which it is added all the same: it has to be there to be signed in for, or the next poll may mend it."""


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands."""
    watch = commands.add_parser("watch", parents=[common], help=_("add, list, edit, remove and test watches"))
    acts = watch.add_subparsers(dest="watch_command", required=True, metavar=_("WHAT"))
    one = acts.add_parser("add", parents=[common], help=_("listen to a new place"))
    add_words(one)
    one.add_argument("--no-check", action="store_true", help=_("add it without fetching it once"))
    _add_pick(one)
    one.set_defaults(act=act_add, begins=True)
    one = acts.add_parser("find", parents=[common], help=_("see what could be listened to"))
    add_words_to(one)
    one.set_defaults(act=act_find, begins=True)
    one = acts.add_parser("sources", parents=[common], help=_("list the kinds of places, or the settings of one"))
    add_source_words(one)
    one.set_defaults(act=act_sources, begins=True)
    one = acts.add_parser("list", parents=[common], help=_("list the watches"))
    one.add_argument("--json", action="store_true", help=_("print JSON"))
    one.set_defaults(act=act_list)
    one = acts.add_parser("edit", parents=[common], help=_("change a watch"))
    one.add_argument("watch", metavar=_("WATCH"), help=_("id or name of a watch"))
    add_words(one)
    one.set_defaults(act=act_edit)
    one = acts.add_parser("remove", parents=[common], help=_("stop listening to a place; what was heard stays"))
    one.add_argument("watch", metavar=_("WATCH"), help=_("id or name of a watch"))
    one.set_defaults(act=act_remove)
    one = acts.add_parser("sign-in", parents=[common], help=_("sign in to the place of a watch with a code"))
    one.add_argument("watch", metavar=_("WATCH"), help=_("id or name of a watch"))
    add_secret_words(one)
    one.add_argument("--json", action="store_true", help=_("print JSON"))
    one.set_defaults(act=act_sign_in)
    one = acts.add_parser("test", parents=[common], help=_("fetch once and show what would have been heard"))
    one.add_argument("watch", nargs="?", metavar=_("WATCH"), help=_("id or name of a watch"))
    add_words(one)
    _add_pick(one)
    one.set_defaults(act=act_test, begins=True)


def _add_pick(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--pick",
        type=int,
        metavar=_("NUMBER"),
        help=_("which of the feeds or parts of a page to take"),
    )


def act_add(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Check, fetch once, and keep a new watch; print its id and name."""

    def act(desk: Desk, sources: Sources) -> int:
        watch = _said_watch(said, Watch("", said.name or "", said.source or "feed"), sources)
        if isinstance(watch, Problem):
            warn(watch)
            return MISUSED
        if said.secrets_in_file and (problem := desk.watches.keep_secrets_in_file()):
            warn(problem)
            return FAILED
        secrets = secrets_said(said)
        chosen = _named(watch) if said.no_check else _checked(desk, watch, secrets, said.pick)
        if isinstance(chosen, Problem):
            return _refused(desk, chosen, watch, sources, said)
        return _keep(desk, chosen, secrets, sources, said, asked=watch.interval)

    return at_desk_with_sources(profile, office, act, begins=True)


def _said_watch(said: argparse.Namespace, before: Watch, sources: Sources) -> Watch | Problem:
    """Return a watch with everything said put over what was before, or what of it cannot be meant."""
    watch = watch_from(said, before)
    if isinstance(watch, Problem):
        return watch
    source = sources.get(watch.source)
    return setting_problem(said, source) or with_choices(said, watch, source)


def _refused(desk: Desk, problem: Problem, watch: Watch, sources: Sources, said: argparse.Namespace) -> int:
    """Say why a watch is not kept, and return the exit code for it."""
    warn(problem)
    if problem.code == "desk.scheme_not_known":
        note(_("The watch is not added."))
    tell_not_given(problem, watch, sources.get(watch.source))
    return MISUSED if _is_misuse(desk, problem, watch, sources, said) else FAILED


def _is_misuse(desk: Desk, problem: Problem, watch: Watch, sources: Sources, said: argparse.Namespace) -> bool:
    """Say whether what was said makes no sense in any profile, so that neither this one nor the place need be asked."""
    if problem.code == "desk.watch_no_name":
        return True
    is_of_before = bool(watch.id) and said.source is None and said.url is None and not said.set
    if is_of_before:
        return False
    source = sources.get(watch.source)
    return source is None or source.check(desk.watches.tidy(watch).settings) == problem


def _named(watch: Watch, title: str = "") -> Watch:
    """Return a watch with a name: the one it has, what its place calls itself, or its first setting."""
    return replace(watch, name=watch.name or title or next(iter(watch.settings.values()), "").strip())


def _checked(desk: Desk, watch: Watch, secrets: Mapping[str, str], pick: int | None) -> Watch | Problem:
    """Return the watch to keep after one look at the place: itself, or the feed or part of its page that is picked."""
    named = replace(watch, name=watch.name or "?")
    if problem := desk.watches.check(desk.watches.tidy(named)):
        return problem
    trial = _picked(desk, desk.watches.test(named, secrets), secrets, pick)
    if isinstance(trial, Problem):
        return trial
    chosen = _named(replace(trial.found or trial.watch, name=watch.name), trial.title)
    _tell_newest(trial)
    if trial.problem is None:
        return chosen
    if trial.found:
        _tell_found(trial.found, trial.problem)
        _list_choices(trial)
        return chosen
    if trial.choices:
        _list_choices(trial)
        return trial.problem
    if pick is not None or _is_hopeless(trial.problem):
        return trial.problem
    if trial.problem.code == "listen.leave_alone":
        warn(replace(trial.problem, code="cli.added_unasked"))
    else:
        warn(trial.problem)
        note(_("The watch is added all the same and will be tried again."))
    return chosen


def _is_hopeless(problem: Problem) -> bool:
    """Say whether waiting will not mend what a first fetch met; of silent name servers the network may be why."""
    is_in_doubt = problem.code in HOPEFUL or problem.args.get("why") == SILENT
    return problem.code.startswith(HOPELESS) and not is_in_doubt


def _tell_found(found: Watch, problem: Problem) -> None:
    """Say what is read in place of what was typed: the feed of a page, one of the lists on it, the same without TLS."""
    if problem.code == "net.no_tls":
        note(
            _("That place answers without encryption; it is read at this address: {url}").format(
                url=found.settings.get("url", "")
            )
        )
    elif selector := found.settings.get("selector"):
        note(_("This list on that page is read: {selector}").format(selector=selector))
    else:
        note(_("That address is a page; its feed is used: {url}").format(url=found.settings.get("url", "")))


def _picked(desk: Desk, trial: Trial, secrets: Mapping[str, str] | None, pick: int | None) -> Trial | Problem:
    """Return the test of the feed or part picked by its number, or the same where nothing is picked or nothing was found."""
    if pick is None or (trial.problem and not trial.found and not trial.choices):
        return trial
    if not trial.choices:
        return Problem("cli.nothing_to_pick")
    if problem := number_problem((pick,), len(trial.choices)):
        return problem
    chosen = trial.choices[pick - 1]
    if trial.found == chosen.watch:
        return replace(trial, problem=None, choices=())  # tested already
    return desk.watches.test(chosen.watch, secrets)


def _list_choices(trial: Trial) -> None:
    """Say which feeds or parts a page has, each with its number and how its first entries begin."""
    if len(trial.choices) < 2:
        return
    note(_("There are several to choose from; --pick takes one by its number:"))
    for number, choice in enumerate(trial.choices, start=1):
        settings = choice.watch.settings
        where = settings.get("selector") or settings.get("url", "")
        count = f"{choice.count} × " if choice.count else ""
        note(f"{number:>3}. {count}{one_line(where if choice.examples else f'{choice.name}  {where}', 110)}")
        for example in choice.examples:
            note(f"       {one_line(example, 90)}")


def _keep(
    desk: Desk, watch: Watch, secrets: Mapping[str, str], sources: Sources, said: argparse.Namespace, *, asked: int
) -> int:
    kept = desk.watches.save(watch, secrets)
    if isinstance(kept, Problem):
        return _refused(desk, kept, watch, sources, said)
    with telling_what_is_done():
        if said.json:
            as_json(_watch_json(WatchView(kept, None, kept.source)))
        else:
            line(f"{kept.id}  {kept.name}")
    if kept.interval > asked:
        note(
            _("To spare this place, it is polled no more than once every {interval}.").format(
                interval=interval_text(kept.interval)
            )
        )
    elif kept.interval < asked:
        note(
            _("The longest time between polls is {interval}; that is what was saved.").format(
                interval=interval_text(kept.interval)
            )
        )
    return OK


def act_edit(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Change what is named and keep the rest."""

    def act(desk: Desk, sources: Sources) -> int:
        before = desk.watches.get(said.watch)
        if before is None:
            warn(Problem("desk.no_watch", {"name": said.watch}))
            return FAILED
        watch = _said_watch(said, before, sources)
        if isinstance(watch, Problem):
            warn(watch)
            return MISUSED
        if said.secrets_in_file and (problem := desk.watches.keep_secrets_in_file()):
            warn(problem)
            return FAILED
        return _keep(desk, watch, secrets_said(said), sources, said, asked=watch.interval)

    return at_desk_with_sources(profile, office, act)


def act_remove(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Remove a watch."""

    def act(desk: Desk) -> int:
        watch = desk.watches.get(said.watch)
        problem = desk.watches.remove(watch.id) if watch else Problem("desk.no_watch", {"name": said.watch})
        if problem:
            warn(problem)
        return FAILED if problem else OK

    return at_desk(profile, office, act)


def act_list(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """List all watches and how they do."""

    def act(desk: Desk) -> int:
        views = desk.watches.list()
        if not views and not said.json:
            note(_("No watches yet. «counterbell watch find» looks for places, «watch add» adds one."))
        for view in views:
            if said.json:
                as_json(_watch_json(view))
                continue
            watch, state = view.watch, view.state
            wrong = (state.problem if state else None) or view.led
            trouble = told(wrong) if wrong else _("fine")
            mark = _("paused") if watch.paused else trouble
            line(
                f"{watch.id}  {watch.name}  {_(view.source_title)}  {interval_text(watch.interval)}  {local(state.heard_at or None) if state else '-'}  {mark}"
            )
        return OK

    return at_desk(profile, office, act)


def _watch_json(view: WatchView) -> dict[str, object]:
    watch, state = view.watch, view.state
    return {
        "id": watch.id,
        "name": watch.name,
        "source": watch.source,
        "kind": watch.kind.value,
        "settings": watch.shown_settings,
        "own": watch.own,
        "interval": watch.interval,
        "required": list(watch.required),
        "excluded": list(watch.excluded),
        "language": watch.language,
        "paused": watch.paused,
        "allow_private": watch.allow_private,
        "last_heard": iso(state.heard_at or None) if state else None,
        "next_due": iso(state.next_due or None) if state else None,
        "failures": state.failures if state else 0,
        "problem": state.problem.code if state and state.problem else None,
        "same_as": view.twin or None,
    }


def act_test(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Fetch once and print what the watch would have heard."""

    def act(desk: Desk, sources: Sources) -> int:
        if not (said.watch or said.source or said.url or said.set):
            warn(Problem("cli.nothing_to_test"))
            return MISUSED
        before = desk.watches.get(said.watch) if said.watch else Watch("", said.name or "?", said.source or "feed")
        if before is None:
            warn(Problem("desk.no_watch", {"name": said.watch}))
            return FAILED
        watch = _said_watch(said, before, sources)
        if isinstance(watch, Problem):
            warn(watch)
            return MISUSED
        secrets = secrets_said(said) or None
        trial = _picked(desk, desk.watches.test(watch, secrets), secrets, said.pick)
        if isinstance(trial, Problem):
            warn(trial)
            return FAILED
        code = _show_trial(trial, json=said.json)
        if trial.problem:
            tell_not_given(trial.problem, watch, sources.get(watch.source))
            code = MISUSED if _is_misuse(desk, trial.problem, watch, sources, said) else code
        return code

    if said.watch and (missing := office.no_profile(profile)):
        warn(missing)
        return FAILED
    with looking(profile, office) as place:
        return at_desk_with_sources(place, office, act)


def _show_trial(trial: Trial, *, json: bool) -> int:
    if trial.problem and not (trial.found and trial.problem.code == "net.no_tls"):
        warn(trial.problem, trial.watch.name.strip("?"))
    if trial.problem and trial.found:
        _tell_found(trial.found, trial.problem)
    _list_choices(trial)
    for one in trial.mentions:
        if json:
            as_json(
                {
                    "title": one.title,
                    "text": one.text,
                    "author": one.author,
                    "url": one.url,
                    "published": iso(one.published),
                    "about_us": one.about_us,
                    "kind": one.kind.value,
                    "score": round(one.score, 4),
                }
            )
        else:
            mark = kind_name(one.kind) if one.about_us else _("not about us")
            line(
                f"{mark:<12} {sure(one.score)}  {local(one.published)}  {by_whom(one.author)}: {one_line(one.title or one.text, 90)}"
            )
    if trial.problem is None or trial.found:
        about = sum(one.about_us for one in trial.mentions)
        note(
            ngettext(
                "{n} mention found, {about} about the shop",
                "{n} mentions found, {about} about the shop",
                len(trial.mentions),
            ).format(n=len(trial.mentions), about=about)
        )
    _tell_newest(trial)
    return WATCH_FAILED if trial.problem and not trial.found else OK


def _tell_newest(trial: Trial) -> None:
    if words := only_newest(len(trial.mentions)):
        note(words)
