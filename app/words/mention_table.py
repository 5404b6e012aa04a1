"""How a table of mentions is told: what was understood, what is left out, what would be taken in."""

from __future__ import annotations

from app.core.mention_table import Preview
from app.words import N_, _, ngettext
from app.words.names import column_name

NAMED = 4
"""Lines left out that are named one by one."""

LONGEST = 24
"""Characters of a column's name that are told."""

_LEFT_OUT = {
    "empty": N_("neither a text nor a link"),
    "twin": N_("the same as an earlier row"),
}


def understood(found: Preview) -> str:
    """Return how a table was understood, in a sentence or two."""
    delimiter = _("tabs") if found.delimiter == "\t" else _("«{text}»").format(text=found.delimiter)
    means = ", ".join(f"{_quoted(one.name)} = {column_name(one.means)}" for one in found.headings if one.means)
    told = _("{file}: {encoding}, cells separated by {delimiter}. {means}.").format(
        file=found.file, encoding=found.encoding, delimiter=delimiter, means=means
    )
    unused = ", ".join(_quoted(one.name) for one in found.headings if one.name and not one.means)
    return " ".join((told, _("Not used: {columns}.").format(columns=unused))) if unused else told


def left_out(found: Preview) -> tuple[str, ...]:
    """Return which rows are left out, and what is missing in others, a sentence each; none where all is well."""
    told = [
        _("Line {line} is left out: {why}.").format(line=one.line, why=_(_LEFT_OUT[one.why]))
        for one in found.left_out[:NAMED]
    ]
    if found.left_out_count > len(told):
        told.append(_("{n} lines are left out in all.").format(n=found.left_out_count))
    told += [
        _("The quotation mark in line {line} is not closed: rows below it are read as part of one text.").format(
            line=line
        )
        for line in found.torn[:NAMED]
    ]
    told += [
        words.format(n=count)
        for count, words in (
            (found.undated - found.unclear, _("Rows without a date: {n}.")),
            (found.unclear, _("Rows with an unreadable date, imported without it: {n}.")),
            (found.cut, _("Texts too long, cut: {n}.")),
        )
        if count > 0
    ]
    return tuple(told)


def summary(found: Preview) -> str:
    """Return what would be taken in."""
    told = ngettext("{n} row to import.", "{n} rows to import.", found.count).format(n=found.count)
    if found.old:
        words = _("Older than 30 days: {n}. These are found by search and counted in reports, without a case.")
        told += " " + words.format(n=found.old)
    return told


def taken_in(new: int, known: int) -> str:
    """Return what became of a table."""
    words = ngettext(
        "{n} mention imported, already known: {known}.", "{n} mentions imported, already known: {known}.", new
    )
    return words.format(n=new, known=known)


def _quoted(name: str) -> str:
    flat = " ".join("".join(char if char.isprintable() else " " for char in name).split())
    return _("«{text}»").format(text=flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…")
