"""What a release announces of itself to programs already installed: `python -m installer.common.announcement` prints it.

Its version, the page where it can be had, and what is new in it, in every language of the program, from news.json. It lies beside
SHA256SUMS, which lists it, so that nobody but who signs that list can announce anything.
"""

from __future__ import annotations

import json
from pathlib import Path

from app.words import LANGUAGES
from installer.common.product import HOMEPAGE, ROOT, VERSION

NEWS = Path(__file__).with_name("news.json")


def announcement() -> str:
    """Return the file's text; raises KeyError where the news of a version lack a language."""
    told = json.loads(NEWS.read_text(encoding="utf-8"))[VERSION]
    page = json.loads((ROOT / "resources" / "release.json").read_text(encoding="utf-8"))["address"] or f"{HOMEPAGE}/"
    news = {language: told[language] for language in LANGUAGES}
    return json.dumps({"version": VERSION, "page": page, "news": news}, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    print(announcement())
