"""What the owner teaches: corrections kept, taken back, exported; and how loud the bell is set by them."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from app.core.bands import FEWEST_LABELS, RING_AT, digest_at, suggested_ring_at
from app.core.correction import LONGEST_TAUGHT, MOST, Correction, Label
from app.core.customer import identity_of
from app.core.mention import ArchivedMention, Mention
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.owner_file import WriteFile
from app.core.ports.shop import ShopFile
from app.core.preferences import Preferences
from app.core.problems import Problem, ProblemError
from app.core.views import Hits, Preview


class Level(Protocol):
    """The level of a mention by the shipped weights alone; `own` is True where it comes from the shop's own channel."""

    def __call__(self, mention: Mention, *, own: bool = False) -> float: ...


class Learning:
    """Called on the desk's writing thread, but for what only reads. `level` may be slow the first time."""

    def __init__(
        self,
        archive: DeskArchive,
        shop: ShopFile,
        level: Level,
        now: Callable[[], float],
        write_file: WriteFile,
    ) -> None:
        self._archive = archive
        self._shop = shop
        self._level = level
        self._now = now
        self._write_file = write_file

    def corrections(self) -> tuple[Correction, ...]:
        return self._archive.corrections()

    def lesson(self, heard: ArchivedMention, label: Label, now: float) -> Correction:
        """Return the correction, yet to be kept, that says `label` of a mention."""
        mention = heard.mention
        identity = identity_of(mention)
        return Correction(
            id=0,
            label=label,
            text=mention.text[:LONGEST_TAUGHT],
            at=now,
            title=mention.title,
            stars=mention.stars,
            language=mention.language,
            score=self._level(mention, own=heard.own),
            mention_id=heard.id,
            author=identity.key if identity else "",
            own=heard.own,
        )

    def undo_last(self) -> Correction | Problem | None:
        known = self._archive.corrections()
        return self.remove(known[-1].id) if known else None

    def remove(self, correction_id: int) -> Correction | Problem:
        found = next((one for one in self._archive.corrections() if one.id == correction_id), None)
        if found is None:
            return Problem("desk.no_correction", {"id": correction_id})
        return self._change((found,), ()) or found

    def reset(self) -> tuple[Correction, ...] | Problem:
        gone: tuple[Correction, ...] = ()
        while known := self._archive.corrections():  # some are kept beyond those that count
            if (problem := self._change(known, ())) is not None:
                return problem
            gone = known + gone
        return gone

    def restore(self, corrections: Sequence[Correction]) -> Problem | None:
        return self._change((), corrections)

    def export(self) -> str:
        return "".join(json.dumps(_written(one), ensure_ascii=False) + "\n" for one in self._archive.corrections())

    def save(self, path: Path) -> int | Problem:
        text = self.export()
        return self._write_file(path, (text.encode("utf-8", "backslashreplace"),)) or text.count("\n")

    def import_(self, text: str) -> int | Problem:
        known = {_words(one) for one in self._archive.corrections()}
        news: dict[tuple[str, str, float | None], Correction] = {}
        for number, line in enumerate(text.lstrip("\ufeff").split("\n"), 1):
            if not line.strip():
                continue
            one = _read(line, self._now())
            if one is None:
                return Problem("desk.bad_correction", {"line": number})
            if _words(one) not in known:
                news[_words(one)] = one
        newest = sorted(news.values(), key=lambda one: one.at)[-MOST:]
        scored = [one if one.score is not None else replace(one, score=self._level(_mention(one))) for one in newest]
        return self._change((), scored) or len(scored)

    def hits(self, limit: int = 20) -> Hits:
        judged = self._archive.judged_rings(limit)
        return Hits(sum(judged), len(judged))

    def preview(self, ring_at: float, since: float, examples: int = 5) -> Preview:
        found = self._archive.bands(ring_at, digest_at(ring_at), since, examples)
        return Preview(
            {band: count for band, (count, _) in found.items()}, {band: rows for band, (_, rows) in found.items()}
        )

    def suggested_ring_at(self) -> float | None:
        """Return the threshold that corrections and answered complaints ask for, None where they are too few.

        The owner corrects what is wrong and answers what is right: corrections alone would tell of errors only.
        """
        known = self._archive.corrections()
        if len(known) < FEWEST_LABELS:
            return None
        preferences = self._shop.preferences()
        labels = [(one.score, one.label is Label.COMPLAINT) for one in known if one.score is not None]
        labels += [(level, True) for level in self._archive.settled_levels(MOST)]
        return suggested_ring_at(labels, RING_AT if preferences.ring_at_by_owner else preferences.ring_at)

    def ring_automatically(self) -> Problem | None:
        def given_back(known: Preferences) -> Preferences:
            return replace(known, ring_at_by_owner=False, ring_at=RING_AT)

        return self._shop.change_preferences(given_back) or self.mind_ring_at()

    def mind_ring_at(self) -> Problem | None:
        """Set the bell's threshold as the corrections ask for, unless the owner set it."""
        preferences = self._shop.preferences()
        if preferences.ring_at_by_owner:
            return None
        wanted = self.suggested_ring_at() or RING_AT
        if wanted == preferences.ring_at and RING_AT in {wanted, preferences.ring_at_from}:
            return None

        def moved(known: Preferences) -> Preferences:
            return known if known.ring_at_by_owner else replace(known, ring_at=wanted, ring_at_from=RING_AT)

        return self._shop.change_preferences(moved)

    def renew_ring_at(self) -> None:
        """Reckon the threshold anew where an earlier version of the program did it last; else no correction is read."""
        preferences = self._shop.preferences()
        if RING_AT not in {preferences.ring_at, preferences.ring_at_from}:
            with suppress(ProblemError):  # a damaged archive is told elsewhere; the next correction sets it
                self.mind_ring_at()

    def _change(self, gone: Sequence[Correction], taught: Sequence[Correction]) -> Problem | None:
        try:
            self._archive.teach([one.id for one in gone], taught)
        except ProblemError as error:
            return error.problem
        self.mind_ring_at()  # where that fails the next correction sets it
        return None


def _words(one: Correction) -> tuple[str, str, float | None]:
    return one.title, one.text, one.stars


def _mention(one: Correction) -> Mention:
    return Mention("", "", title=one.title, text=one.text, stars=one.stars, language=one.language)


def _written(one: Correction) -> Mapping[str, object]:
    return {
        "label": one.label.value,
        "title": one.title,
        "text": one.text,
        "stars": one.stars,
        "language": one.language,
        "at": datetime.fromtimestamp(one.at, UTC).isoformat(timespec="seconds"),
        "score": None if one.score is None else round(one.score, 4),
    }


def _read(line: str, now: float) -> Correction | None:
    """Return the correction of an exported line, None where it is none; a time that cannot be read is now."""
    try:
        raw: Any = json.loads(line)
        label, text, title = Label(raw["label"]), raw["text"], raw.get("title", "")
        language, stars = raw.get("language", ""), raw.get("stars")
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return None
    if not all(isinstance(one, str) for one in (text, title, language)) or not (text or title):
        return None
    rated = isinstance(stars, int | float) and not isinstance(stars, bool) and 0 < stars <= 5
    level = raw.get("score")
    known = isinstance(level, float) and 0.0 <= level <= 1.0
    return Correction(
        0,
        label,
        text[:LONGEST_TAUGHT],
        _time(raw.get("at"), now),
        title[:LONGEST_TAUGHT],
        float(stars) if rated else None,
        language,
        level if known else None,
    )


def _time(raw: object, now: float) -> float:
    try:
        at = datetime.fromisoformat(str(raw)).timestamp()
    except (ValueError, OverflowError, OSError):
        return now
    return at if math.isfinite(at) and 0 <= at <= now else now
