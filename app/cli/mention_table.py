"""«mention import» and «mention export»: tables of mentions."""

from __future__ import annotations

import argparse
import errno
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

from app.cli.argument import path_of
from app.cli.at_desk import at_desk
from app.cli.office import FAILED, OK, Office, code_of
from app.cli.say import as_json, by_whom, iso, line, local, note, one_line, telling_what_is_done, warn, write
from app.core.by_hand import Entry
from app.core.mention_table import Handed, Preview, Wishes
from app.core.ports.desk import Desk
from app.core.problems import Problem, reason_of
from app.words import _
from app.words.mention_table import left_out, summary, taken_in, understood


def act_import(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Take in a table, or say what it would come to."""
    day_first = None if said.dates is None else said.dates == "day-first"
    wishes = Wishes(day_first, said.encoding, said.delimiter or "", said.place, said.open_old)
    path = path_of(said.file)
    handed: list[Handed] = []
    if problem := _not_there(path, said.file):
        warn(problem)
        return code_of(problem)

    def act(desk: Desk) -> int:
        found = desk.by_hand.look(path, wishes, _on)
        if isinstance(found, Problem):
            warn(found)
            return FAILED
        if said.dry_run:
            return _dry(found, path, wishes, json=said.json)
        _tell(found, json=said.json, dry=False)
        result = desk.by_hand.hand_in(path, wishes, _on)
        if isinstance(result, Problem):
            warn(result)
            return FAILED
        handed.append(result)
        return OK

    code = at_desk(profile, office, act)
    return code if code or not handed else _take_in(handed[0], profile, office, json=said.json)


def _not_there(path: Path, said: str) -> Problem | None:
    """Return that there is no such file; one that is there and cannot be read is told when it is."""
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError) as error:
        return Problem("cli.no_file", {"file": said, "reason": reason_of(error)})
    except OSError:
        return None
    folder = IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    return Problem("cli.no_file", {"file": said, "reason": reason_of(folder)}) if is_folder else None


def _dry(found: Preview, path: Path, wishes: Wishes, *, json: bool) -> int:
    """Say what a table would come to; one that would be refused is refused here."""
    ambiguous = found.asks_day_first and wishes.day_first is None
    _tell(replace(found, rows=()) if ambiguous and not json else found, json=json, dry=True)
    if ambiguous:
        warn(Problem("desk.table_dates", {"file": path.name}))
    return FAILED if ambiguous else OK


def _on(_done: int, _total: int) -> bool:
    return True


def _take_in(handed: Handed, profile: Path | None, office: Office, *, json: bool) -> int:
    """Take in what was handed over and say how much of it was news."""
    code, done, new, known = OK, 0, 0, 0
    for told in office.take_in(profile):
        if isinstance(told, Problem):
            warn(told)
            code = FAILED
        elif told.batch == handed.batch:
            done, new, known = told.done, told.new, told.known
            if sys.stderr.isatty() and done < told.total:
                note(_("{done} of {total}").format(done=done, total=told.total))
    if done < handed.count:
        note(_("The rest is imported as soon as Counterbell is listening."))
    with telling_what_is_done():
        if json:
            as_json({"new": new, "known": known, "waiting": handed.count - done})
        else:
            line(taken_in(new, known))
    return code


def _tell(found: Preview, *, json: bool, dry: bool) -> None:
    """Say how a table was understood, and what is left out of it; its first rows only in a dry run."""
    if json:
        if dry:
            as_json(_preview_json(found))
        return
    for words in (understood(found), *left_out(found), summary(found)):
        note(words)
    for entry in found.rows if dry else ():
        line(f"{local(entry.at):<16}  {by_whom(entry.author)}: {one_line(entry.title or entry.text or entry.url, 90)}")


def _preview_json(found: Preview) -> dict[str, object]:
    return {
        "encoding": found.encoding,
        "delimiter": found.delimiter,
        "columns": {one.name: one.means or None for one in found.headings},
        "rows": found.count,
        "first": [_entry_json(entry) for entry in found.rows],
        "left_out": [{"line": one.line, "why": one.why} for one in found.left_out],
        "left_out_count": found.left_out_count,
        "old": found.old,
        "undated": found.undated,
        "unclear": found.unclear,
        "cut": found.cut,
        "unclosed_quotes": list(found.torn),
        "ambiguous_dates": found.asks_day_first,
    }


def _entry_json(entry: Entry) -> dict[str, object]:
    return {
        "at": iso(entry.at),
        "author": entry.author,
        "handle": entry.handle,
        "title": entry.title,
        "text": entry.text,
        "url": entry.url,
        "place": entry.place or entry.where.value,
        "stars": entry.stars,
        "language": entry.language,
    }


def act_export(said: argparse.Namespace, profile: Path | None, office: Office) -> int:  # noqa: ARG001  every command is called alike
    """Print all mentions as a table."""

    def act(desk: Desk) -> int:
        for each in desk.by_hand.exported():
            write(each.replace("\r\n", "\n") if sys.platform == "win32" else each)
        return OK

    return at_desk(profile, office, act)
