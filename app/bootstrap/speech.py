"""The language to speak: the owner's choice, else the system's."""

from __future__ import annotations

import locale
import os
import sys

from app.stores.paths import resources
from app.words import use


def system_language() -> str:
    """Return the system's language as two letters, «en» where it does not say."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            if value.partition(".")[0] not in {"C", "POSIX"} and (wished := os.environ.get("LANGUAGE")):
                value = wished  # a list, the dearest first, which gettext asks before the locale
            return value[:2].lower()
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  only Windows has it

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "en")[:2]
    return "en"


def speak(chosen: str) -> str:
    """Speak the language chosen («» for the system's) and return the one really spoken."""
    return use(chosen or system_language(), resources() / "translations")
