"""A table of mentions from outside: what was understood of it, and what becomes of its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.core.by_hand import Entry

GoOn = Callable[[int, int], bool]
"""Told how much of how much is done; answers whether to go on."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the owner says about a table. `day_first` settles dates such as 03/05/2026, None where nobody said.

    `encoding` and `delimiter` are found out where they are «». `place` stands for rows that name none. `open_old` opens
    cases for old complaints too.
    """

    day_first: bool | None = None
    encoding: str = ""
    delimiter: str = ""
    place: str = ""
    open_old: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as its table names it, and what it was taken for («text», «date» …), «» where it is left out."""

    name: str
    means: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is left out: its line, counted from 1, and why as a code: «empty» or «twin» of an earlier row."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a table comes to, before anything is taken in.

    `rows` are the first of `count`; `left_out` the first of `left_out_count`. Of the rows `old` get no case, `undated`
    have no date, `unclear` one that nobody understands, and `cut` a text too long to be kept whole. `torn` are the first
    lines in which a quotation mark opens that is not closed where its cell ends, so that rows were lost in it. `asks_day_first` is
    true where dates can be read in two ways.
    """

    file: str
    encoding: str
    delimiter: str
    headings: tuple[Heading, ...]
    rows: tuple[Entry, ...]
    count: int
    left_out: tuple[LeftOut, ...] = ()
    left_out_count: int = 0
    old: int = 0
    undated: int = 0
    unclear: int = 0
    cut: int = 0
    torn: tuple[int, ...] = ()
    asks_day_first: bool = False


@dataclass(frozen=True, slots=True)
class Handed:
    """A table handed to the listener as a batch: how many rows it has."""

    batch: str
    count: int
