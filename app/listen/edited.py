"""Edits, purely: what an edited mention is now, and whether what its author has written into it rings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.core.bands import Band
from app.core.edits import added_passages, added_runs, added_words
from app.core.identity import Archived, has_other_stars
from app.core.mention import Mention
from app.core.ports.archive import Known, NewMention
from app.core.text import fold
from app.core.verdict import Among, Kind, Verdict, judged_text
from app.listen.setting import POSTED_AGAIN, Judge, Setting, band


def verdict_of_edit(mention: Mention, known: Known, judge: Judge, setting: Setting) -> Verdict:
    """Return what an edited mention is: a complaint also where only what its author has added is one, and the whole is none.

    Under «Best rolls in town! Edit: mine were mouldy, nobody answers» the praise outweighs what is said now. What news or the
    place itself add is none of it, nor what was heard shortened, nor what was no praise and no complaint before.
    """
    verdict, was = judge(mention), known.there
    if was is None or known.fuller or known.judged or setting.first or setting.among is Among.NEWS:
        return verdict
    if verdict.kind is Kind.COMPLAINT and known.kind is not Kind.COMPLAINT:
        verdict = _without_our_answer(verdict, mention, judge, setting)
    if verdict.kind is Kind.COMPLAINT or known.kind not in {Kind.PRAISE, Kind.COMPLAINT}:
        return verdict
    if (found := _verdict_of_added(mention, was, known, judge, setting)) is None:
        return verdict
    more, added = found
    at = judged_text(mention.title, mention.text).find(more)
    why = [replace(one, start=one.start + at, end=one.end + at) for one in added.reasons if at >= 0]
    return replace(added, reasons=tuple(why))


def _without_our_answer(verdict: Verdict, mention: Mention, judge: Judge, setting: Setting) -> Verdict:
    """Return the verdict on what an author says where only the shop's answer beside it, «sorry that …», makes a complaint of it."""
    from app.core.shop_answers import without_answers  # noqa: PLC0415  start-up: many patterns, and few posts are edited

    theirs = without_answers(mention.text, shop=setting.preferences.shop_name)
    if theirs == mention.text:
        return verdict
    alone = judge(replace(mention, key="", text=theirs))  # no key: it is judged anew
    return verdict if alone.kind is Kind.COMPLAINT else replace(alone, reasons=())


def _verdict_of_added(
    mention: Mention, was: Archived, known: Known, judge: Judge, setting: Setting
) -> tuple[str, Verdict] | None:
    """Return the passages that an author has added and the verdict on them where they are a complaint that counts, else None.

    They are one by themselves and in their sentences: «or broken parcels» added to «no delays» is none. «One more photo» and
    «refund received» are none, however they look, unless they are part of a sentence.
    """
    more = added_passages(
        *_texts(was, mention),
        known=was.earlier,
        replies=was.replies,
        of_place=setting.of_place,
        shop=setting.preferences.shop_name,
    )
    from app.core.harmless import is_harmless  # noqa: PLC0415  start-up, as above

    if more.stands_alone and is_harmless(more.passages, of_praise=known.kind is Kind.PRAISE):
        return None
    verdict = None
    for text in filter(None, (more.within, more.passages)):
        added = replace(mention, key="", title="", text=text, stars=None, published=None)  # no key: it is judged anew
        verdict = judge(added)
        if verdict.kind is not Kind.COMPLAINT or band(added, verdict, setting, setting.now) is Band.SILENT:
            return None
    return (more.passages, verdict) if verdict else None


def is_worse(new: NewMention, known: Known, judge: Judge, setting: Setting) -> bool:
    """Say whether a complaint that the owner had answered rings for what its author has written into it since.

    That is how customers reply where nobody can comment: what was added is treated as another mention of theirs would be, but
    that half a complaint beside a whole one is enough. Stars taken away are a complaint too.
    """
    was, mention = known.there, new.mention
    if was is None or not known.closed or known.fuller or setting.first or new.ours or new.repost_of is not None:
        return False
    if new.verdict.kind is not Kind.COMPLAINT:
        return False
    if band(replace(mention, published=None), new.verdict, setting, setting.now) is not Band.RING:
        return False
    if has_other_stars(mention, was.stars) and (mention.stars or 0.0) < (was.stars or 0.0):
        return True
    return _verdict_of_added(mention, was, known, judge, setting) is not None


def band_of_edit(new: NewMention, known: Known, judge: Judge, setting: Setting) -> Band:
    """Return what the bell does for a mention that has become a complaint.

    What its author's words have made one is as fresh as the edit, unless it was one before or the reading brings a past with it.
    Any other is as old as it is; and where the detector alone sees it otherwise since, nothing rings.
    """
    if known.rang or new.repost_of is not None or (known.settled and setting.first):
        return Band.SILENT
    was, mention = known.there, new.mention
    heard = band(mention, new.verdict, setting, known.heard_at or setting.now)
    if was is None or setting.first:
        return heard
    more = [word for word in added_words(*_texts(was, mention)) if fold(word) not in setting.of_place]
    if not _is_made_by_edit(mention, was, " ".join(more), judge):
        return Band.SILENT
    if was.was_complaint or not (more or has_other_stars(mention, was.stars)):
        return heard
    return band(replace(mention, published=None), new.verdict, setting, setting.now)


def _texts(was: Archived, mention: Mention) -> tuple[str, str]:
    return f"{was.title} {was.text}", f"{mention.title} {mention.text}"


def _is_made_by_edit(mention: Mention, was: Archived, more: str, judge: Judge) -> bool:
    """Say whether an edit made a complaint of a mention: what it said before is none today, or what it says `more` is one.

    What tells otherwise of both is not the author but the detector, which has learnt since.
    """
    before = replace(mention, key="", title=was.title, text=was.text, stars=was.stars)  # no key: it is judged anew
    if judge(before).kind is not Kind.COMPLAINT:
        return True
    return bool(more) and judge(replace(before, title="", text=more, stars=None)).kind is Kind.COMPLAINT


def words_of_place(mentions: Sequence[Mention], known: Sequence[Known]) -> frozenset[str]:
    """Return words, folded, that are added in the same row to more than a few texts of a reading: no author's, but the place's own.

    A word or two («never again») that several people add on one day are theirs.
    """
    counted: Counter[tuple[str, ...]] = Counter()
    for mention, one in zip(mentions, known, strict=True):
        if one.there is not None:
            counted.update(added_runs(*_texts(one.there, mention)))
    return frozenset(word for run, times in counted.items() if times > POSTED_AGAIN for word in run)
