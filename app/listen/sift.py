"""Sifting, purely: what of a reading is new, what is it, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from app.core.bands import Band, band_of
from app.core.customer import identity_of
from app.core.identity import Prints, is_cut, is_one_posting, is_somebody_else, name_of, reads_the_same
from app.core.matching import NO_PHRASES, Matcher, Phrases, matcher_for
from app.core.mention import Mention
from app.core.ports.answer import Ourselves
from app.core.ports.archive import Edit, Known, NewMention
from app.core.ports.detector import Stemmer
from app.core.ports.source import Sources
from app.core.preferences import Preferences
from app.core.target import clock_starts, due_at, minutes_for
from app.core.text import fold
from app.core.verdict import Among, Kind, Verdict
from app.core.watch import Watch

FRESH = 7 * 86_400.0
"""Seconds: what was published longer ago is kept without a bell when it turns up."""
FRESH_AT_FIRST = 2 * 86_400.0
"""The same at the first poll of a watch, which brings a whole past with it."""
AHEAD = 600.0
"""Seconds: the date of a post may be ahead of this laptop's clock by so much."""
POSTED_AGAIN = 2
"""Texts of one reading that say again what was answered; where there are more the place has published all of it anew."""
COMPARED = 300
"""Mentions of the same words and author, the newest ones of a reading, with which another is compared."""
OWN_WORDS = 60
"""Characters: a shorter text two people can write alike without one repeating the other."""

Judge = Callable[[Mention], Verdict]

Accounts = frozenset[tuple[str, str]]
"""Accounts as (source, handle without «@», folded)."""


@dataclass(frozen=True, slots=True)
class Setting:
    """All that a decision rests on besides the mention itself. `zone` is the shop's.

    `always` and `never` are the owner's phrases for the bell; `accounts` the shop's own, see `accounts_of`. Mentions stand
    `among` what the watch brings. `standing` are the prints of all addresses in the reading; `republished` says that more
    of it than people say again stands there once more.
    """

    watch: Watch
    preferences: Preferences
    zone: tzinfo
    now: float
    first: bool
    always: Phrases = NO_PHRASES
    never: Phrases = NO_PHRASES
    accounts: Accounts = frozenset()
    among: Among = Among.ANYTHING
    standing: frozenset[int] = frozenset()
    republished: bool = False


@dataclass(frozen=True, slots=True)
class Sifted:
    """What a reading comes to.

    `later` are mentions that repeat one of the others or may join its case, to be sifted when those have ids. `back` are ids of
    mentions that were noted as deleted and are there again.
    """

    new: tuple[NewMention, ...]
    edits: tuple[Edit, ...]
    later: tuple[Mention, ...]
    back: tuple[int, ...] = ()


def matcher(watch: Watch, preferences: Preferences, stemmer: Stemmer) -> Matcher:
    """Return what decides whether a mention heard by a watch is about the shop."""
    return matcher_for(
        watch.required,
        watch.excluded,
        stemmer,
        language=watch.language,
        blocked_authors=preferences.blocked_authors,
        blocked_sites=preferences.blocked_sites,
    )


def is_known(prints: Prints, known: Known, standing: frozenset[int] = frozenset()) -> bool:
    """Say whether a mention stands in the archive already, whatever its id is today.

    The same words of the same author at the same site are one but where they were published there once more (see
    `is_posted_again`).
    """
    if known.by_key is not None or known.by_place is not None:
        return True
    if known.by_address is not None and prints.text and known.text_print == prints.text:
        return True
    return known.said_here and not (known.retitled or is_posted_again(known, standing))


def is_edit(mention: Mention, prints: Prints, known: Known) -> bool:
    """Say whether a known mention reads differently now. Another source's words for the same address are no edit.

    Nor is its beginning alone, «cut like this…»: what was heard whole stays whole.
    """
    if known.by_key is None or (known.text_print == prints.text and prints.text) or known.fuller:
        return known.fuller
    if known.there is None:
        return bool(prints.text)
    return not (reads_the_same(mention, prints, known.there) or is_cut(mention.text, known.there.text))


def repost_of(mention: Mention, known: Known) -> int | None:
    """Return the mention whose text this one repeats elsewhere, or None.

    Words of another author are judged by themselves where they are few, and where the owner has set the first's aside:
    that may have been for who wrote them.
    """
    if known.by_text is None:
        return None
    return None if known.by_another and (known.text_not_us or len(mention.text) < OWN_WORDS) else known.by_text


def is_posted_again(known: Known, standing: frozenset[int]) -> bool:
    """Say whether a mention is a second posting beside one that still stands in its reading; else that one has moved."""
    return known.by_key is None and known.by_place is None and not known.said_at.isdisjoint(standing)


def is_said_again(mention: Mention, known: Known, setting: Setting) -> bool:
    """Say whether the author posts once more what the owner had answered, or put away, by then: who does that is not content."""
    if known.text_closed is None or mention.published is None or setting.republished:
        return False
    its_time = known.text_closed < mention.published <= setting.now + AHEAD
    return its_time and is_posted_again(known, setting.standing)


def band(mention: Mention, verdict: Verdict, setting: Setting, heard_at: float) -> Band:
    """Return what the bell does for a mention: nothing for what is from long ago, else as sure as the verdict is.

    The owner's phrases overrule the verdict, and «never» overrules «always». One without a date is as old as `heard_at`.
    """
    if not _is_fresh(mention, setting, heard_at) or setting.never.stand_in(mention):
        return Band.SILENT
    if setting.always.stand_in(mention):
        return Band.RING
    return band_of(verdict.level, setting.preferences.ring_at)


def _is_fresh(mention: Mention, setting: Setting, heard_at: float) -> bool:
    if mention.published is None:
        return not setting.first and setting.now - heard_at <= FRESH
    return setting.now - mention.published <= (FRESH_AT_FIRST if setting.first else FRESH)


def accounts_of(watches: Collection[Watch], sources: Sources) -> Accounts:
    """Return the shop's own accounts as far as its watches tell."""
    met: dict[str, object] = {name: sources.get(name) for name in {watch.source for watch in watches}}
    telling = {name: source for name, source in met.items() if isinstance(source, Ourselves)}
    return frozenset(
        (watch.source, _bare(own))
        for watch in watches
        if (source := telling.get(watch.source))
        for own in _own_accounts(watch, source)
        if own
    )


def _own_accounts(watch: Watch, source: Ourselves) -> tuple[str, ...]:
    try:
        return source.own_accounts(watch)
    except Exception:  # noqa: BLE001  a source may come from anybody; its poll meets the same fault and tells it
        return ()


def is_us(mention: Mention, preferences: Preferences, accounts: Accounts = frozenset()) -> bool:
    """Say whether the shop itself wrote this: under its name, or from an account of its own."""
    if mention.handle and (mention.source, _bare(mention.handle)) in accounts:
        return True
    return bool(preferences.shop_name.strip()) and name_of(mention.author) == name_of(preferences.shop_name)


def _bare(handle: str) -> str:
    return fold(handle).strip().removeprefix("@")


def target_of(mention: Mention, setting: Setting) -> float:
    """Return when the first answer is due: counted from when it was written, where that is known and recent."""
    preferences = setting.preferences
    start = clock_starts(mention.published, setting.now)
    minutes = minutes_for(preferences.targets, own=setting.watch.own, stars=mention.stars, source=mention.source)
    return due_at(start, minutes, preferences.hours, preferences.days_off, setting.zone)


def links_of(mention: Mention) -> frozenset[tuple[str, str, str]]:
    """Return what may tie a mention to a case: who wrote it, the mention it answers and its thread; names alone do not."""
    identity = identity_of(mention)
    who = {("who", "", identity.key)} if identity and not identity.by_name_only else set()
    return frozenset(who | {("thread", mention.source, key) for key in (mention.parent, mention.thread) if key})


def _cased_by(new: NewMention | None) -> frozenset[tuple[str, str, str]]:
    """Return the links by which others find the case that a mention opens or joins."""
    if new is None or not (new.opens_case or new.joins_case is not None):
        return frozenset()
    return links_of(new.mention) | {("thread", new.mention.source, new.mention.key)}


def _case_to_join(verdict: Verdict, known: Known, repeated: int | None) -> int | None:
    """Return the case a mention belongs to: its own, of its thread, of the text it repeats, of its author's last complaint.

    What the owner has in hand without a case stays so.
    """
    if known.case is not None or known.in_hand:
        return known.case
    if known.thread_case is not None:
        return known.thread_case
    if repeated is not None and known.text_case is not None:
        return known.text_case
    return None if verdict.kind is Kind.NEUTRAL else known.identity_case


def _new(mention: Mention, prints: Prints, known: Known, verdict: Verdict, setting: Setting) -> NewMention:
    ours = is_us(mention, setting.preferences, setting.accounts)
    repeated = None if is_said_again(mention, known, setting) else repost_of(mention, known)
    joins = _case_to_join(verdict, known, repeated)
    news = repeated is None and not ours
    opens = verdict.kind is not Kind.NEUTRAL and joins is None and news and not known.in_hand
    asks = verdict.kind in {Kind.COMPLAINT, Kind.QUESTION, Kind.LEAD} and news
    heard = band(mention, verdict, setting, known.heard_at or setting.now) if news else Band.SILENT
    return NewMention(
        mention,
        prints,
        verdict,
        repost_of=repeated,
        joins_case=joins,
        opens_case=opens,
        due_at=target_of(mention, setting) if asks else None,
        rings=heard is Band.RING,
        digests=heard is Band.DIGEST,
        ours=ours,
    )


def _edit(mention_id: int, new: NewMention, known: Known, setting: Setting) -> Edit:
    """Return the edit that a known mention comes to, given what it would come to as a new one.

    Until now nobody could know of a complaint that it has become: its target counts from now, whenever it was published.
    """
    turns = new.verdict.kind is Kind.COMPLAINT and known.kind not in {None, Kind.COMPLAINT}
    turned = None
    if turns and not new.ours and not known.settled:
        due = target_of(replace(new.mention, published=None), setting) if new.due_at is not None else None
        turned = replace(new, rings=new.rings and not known.rang, digests=new.digests and not known.rang, due_at=due)
    return Edit(mention_id, new.mention, new.prints, new.verdict, turned, known.fuller)


def sift(
    mentions: Sequence[Mention],
    prints: Sequence[Prints],
    known: Sequence[Known],
    judge: Judge,
    setting: Setting,
    *,
    again: bool = False,
) -> Sifted:
    """Decide on the mentions of one reading that are about the shop; all sequences run alike.

    `again` is for those put off to `later`: what they repeat has its id by now.
    """
    new: list[NewMention] = []
    edits: list[Edit] = []
    later: list[Mention] = []
    back: list[int] = []
    seen: set[int] = set()
    by_key: dict[int, Mention] = {}
    said: dict[tuple[int, str, str], list[Mention]] = {}
    cased: set[tuple[str, str, str]] = set()
    for mention, own, before in zip(mentions, prints, known, strict=True):
        mark = replace(own, key=before.other_key) if before.other_key else own
        met = by_key.get(mark.key)
        words = {mark.text, mark.body} - {0}
        whose = mark.text, mention.site, name_of(mention.author)
        repeats = met is not None or (not again and not words.isdisjoint(seen))
        if before.gone and before.by_key is not None:
            back.append(before.by_key)
        if is_known(mark, before, setting.standing):
            if before.by_key is not None and met is None and is_edit(mention, mark, before):
                edit = _edit(before.by_key, _new(mention, mark, before, judge(mention), setting), before, setting)
                if edit.turned and not again and (repeats or links_of(mention) & cased):
                    later.append(mention)
                else:
                    edits.append(edit)
                    cased |= _cased_by(edit.turned)
        elif met and (again or not is_somebody_else(mention, met.author, met.handle)):
            pass
        elif not again and (repeats or links_of(mention) & cased):
            later.append(mention)
        elif any(is_one_posting(mention, other) for other in said.get(whose, ())[-COMPARED:]):
            pass
        else:
            one = _new(mention, mark, before, judge(mention), setting)
            new.append(one)
            cased |= _cased_by(one)
            if mark.text:
                said.setdefault(whose, []).append(mention)
        by_key.setdefault(mark.key, mention)
        seen |= words
    return Sifted(tuple(new), tuple(edits), tuple(later), tuple(back))
