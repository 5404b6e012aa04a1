"""Sentences for people, in every language spoken, from gettext catalogues.

Each stands in English, which is its key, where it is said: in the faces as `_("…")` or `ngettext("…", "…", n)`, in the sources as
`msgid("…")`. What several say, and the sentences for problems, which are codes everywhere else, stand in this room.
"""

from __future__ import annotations

import gettext
from pathlib import Path

LANGUAGES = {"pl": "Polski", "ru": "Русский", "en": "English"}
"""The languages spoken, each with its name in itself, in the order in which they are offered."""

DOMAIN = "counterbell"


class _Spoken:
    """The catalogue in use: one for the process, chosen once at the start or by the owner."""

    catalogue: gettext.NullTranslations = gettext.NullTranslations()
    language: str = "en"
    folder: Path | None = None


def use(language: str, folder: Path) -> str:
    """Speak one of `LANGUAGES` («pl_PL.UTF-8» is «pl») from catalogues under `folder`; return the one really spoken."""
    spoken = language[:2].lower() if language[:2].lower() in LANGUAGES else "en"
    _Spoken.catalogue = gettext.translation(DOMAIN, folder, [spoken], fallback=True)
    _Spoken.language, _Spoken.folder = spoken, folder
    return spoken


def in_all_languages(text: str) -> tuple[str, ...]:
    """Return an English sentence and how it is said in each language that has a catalogue; reads them all."""
    folder = _Spoken.folder
    catalogues = [gettext.translation(DOMAIN, folder, [one], fallback=True) for one in LANGUAGES] if folder else []
    return tuple(dict.fromkeys((text, *(one.gettext(text) for one in catalogues if text))))


def language() -> str:
    """Return the language spoken, one of `LANGUAGES`."""
    return _Spoken.language


def _(text: str) -> str:
    return _Spoken.catalogue.gettext(text) if text else ""


def ngettext(one: str, many: str, number: int) -> str:
    """Return the form of a sentence for a number; «{n}» in it is the caller's to fill."""
    return _Spoken.catalogue.ngettext(one, many, number)


def N_(text: str) -> str:  # noqa: N802  the name by which gettext tools find texts translated later
    """Mark a text for translation where it stands as a constant; it is translated when shown."""
    return text
