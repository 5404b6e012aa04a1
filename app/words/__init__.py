"""Sentences for people: Polish, Russian and English, from gettext catalogues; the only room that holds user text.

Every sentence in the faces stands as `_("…")` or `ngettext("…", "…", n)` with its English text as the key.
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


def use(language: str, folder: Path) -> str:
    """Speak a language («pl», «ru», «en») from catalogues under `folder`; return the one really spoken."""
    spoken = language[:2].lower() if language[:2].lower() in LANGUAGES else "en"
    _Spoken.catalogue = gettext.translation(DOMAIN, folder, [spoken], fallback=True)
    _Spoken.language = spoken
    return spoken


def language() -> str:
    """Return the language spoken: «pl», «ru» or «en»."""
    return _Spoken.language


def _(text: str) -> str:
    return _Spoken.catalogue.gettext(text) if text else ""


def ngettext(one: str, many: str, number: int) -> str:
    """Return the form of a sentence for a number; «{n}» in it is the caller's to fill."""
    return _Spoken.catalogue.ngettext(one, many, number)


def N_(text: str) -> str:  # noqa: N802  the name by which gettext tools find texts translated later
    """Mark a text for translation where it stands as a constant; it is translated when shown."""
    return text
