"""Sifting, purely: what of a reading is new, what is it, and what follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from app.core.bands import Band, band_of
from app.core.customer import identity_of
from app.core.edits import added_passages, added_words
from app.core.identity import (
    Archived,
    Prints,
    has_other_stars,
    is_cut,
    is_noted_anew,
    is_one_posting,
    is_somebody_else,
    name_of,
    reads_the_same,
)
from app.core.matching import NO_PHRASES, Matcher, Phrases, matcher_for
from app.core.mention import Mention
from app.core.ports.answer import Ourselves
from app.core.ports.archive import Edit, Known, NewMention
from app.core.ports.detector import Stemmer
from app.core.ports.source import Sources
from app.core.preferences import Preferences
from app.core.target import clock_starts, due_at, minutes_for
from app.core.text import fold
from app.core.verdict import Among, Kind, Verdict, judged_text
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

Link = tuple[str, str, str]
"""What may tie mentions to one case: a kind of link («who», «thread»), the source and a key."""


@dataclass(frozen=True, slots=True)
class Setting:
    """All that a decision rests on besides the mention itself. `zone` is the shop's.

    `always` and `never` are the owner's phrases for the bell; `accounts` the shop's own, see `accounts_of`. Mentions stand
    `among` what the watch brings. `standing` are the prints of all addresses in the reading; `republished` says that more
    of it than people say again stands there once more; `of_place` are the `words_of_place` of the whole reading.
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
    of_place: frozenset[str] = frozenset()


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

    Nor is its beginning alone, «cut like this…»: what was heard whole stays whole. The same words with other stars are one.
    """
    if known.by_key is not None and known.there and has_other_stars(mention, known.there.stars):
        return True
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
    if known.by_text is None or known.by_text == known.by_key:
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


def links_of(mention: Mention) -> frozenset[Link]:
    """Return what may tie a mention to a case: who wrote it, the mention it answers and its thread; names alone do not."""
    identity = identity_of(mention)
    who = {("who", "", identity.key)} if identity and not identity.by_name_only else set()
    return frozenset(who | {("thread", mention.source, key) for key in (mention.parent, mention.thread) if key})


def _answered_by(mention: Mention) -> Link:
    """Return the link that answers to a mention have."""
    return ("thread", mention.source, mention.key)


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


def _edit(mention_id: int, new: NewMention, known: Known, judge: Judge, setting: Setting) -> Edit:
    """Return the edit that a known mention comes to, given what it would come to as a new one.

    Until now nobody could know of a complaint that it has become: its target counts from now, whenever it was published. What
    the owner has answered turns only where it rings, as praise does whose author thinks again.
    """
    turns = new.verdict.kind is Kind.COMPLAINT and known.kind not in {None, Kind.COMPLAINT}
    turned = None
    heard = _band_of_edit(new, known, judge, setting) if turns and not (new.ours or known.judged) else None
    if heard is Band.RING or (heard and not known.settled):
        due = target_of(replace(new.mention, published=None), setting) if new.due_at is not None else None
        turned = replace(new, rings=heard is Band.RING, digests=heard is Band.DIGEST, due_at=due)
    elif _is_worse(new, known, judge, setting):
        turned = replace(new, rings=True, digests=False)
    fell = known.kind is Kind.COMPLAINT and new.verdict.kind is not Kind.COMPLAINT
    same = fell and is_noted_anew(new.mention, known.there)
    return Edit(mention_id, new.mention, new.prints, new.verdict, turned, known.fuller, same)


def _verdict_of_edit(mention: Mention, known: Known, judge: Judge, setting: Setting) -> Verdict:
    """Return what an edited mention is: a complaint also where only what its author has added is one, and the whole is none.

    Under «Best rolls in town! Edit: mine were mouldy, nobody answers» the praise outweighs what is said now. What news or the
    place itself add is none of it, nor what was heard shortened, nor what was no praise and no complaint before.
    """
    verdict, was = judge(mention), known.there
    if was is None or known.fuller or known.judged or setting.first or setting.among is Among.NEWS:
        return verdict
    if verdict.kind is Kind.COMPLAINT or known.kind not in {Kind.PRAISE, Kind.COMPLAINT}:
        return verdict
    if (found := _verdict_of_added(mention, was, judge, setting)) is None:
        return verdict
    more, added = found
    at = judged_text(mention.title, mention.text).find(more)
    why = [replace(one, start=one.start + at, end=one.end + at) for one in added.reasons if at >= 0]
    return replace(added, reasons=tuple(why))


def _verdict_of_added(mention: Mention, was: Archived, judge: Judge, setting: Setting) -> tuple[str, Verdict] | None:
    """Return the passages that an author has added and the verdict on them where they are a complaint that counts, else None.

    They are one by themselves and in their sentences: «or broken parcels» added to «no delays» is none.
    """
    more = added_passages(*_texts(was, mention), known=was.earlier, replies=was.replies, of_place=setting.of_place)
    verdict = None
    for text in filter(None, (more.within, more.passages)):
        added = replace(mention, key="", title="", text=text, stars=None, published=None)  # no key: it is judged anew
        verdict = judge(added)
        if verdict.kind is not Kind.COMPLAINT or band(added, verdict, setting, setting.now) is Band.SILENT:
            return None
    return (more.passages, verdict) if verdict else None


def _is_worse(new: NewMention, known: Known, judge: Judge, setting: Setting) -> bool:
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
    return _verdict_of_added(mention, was, judge, setting) is not None


def _band_of_edit(new: NewMention, known: Known, judge: Judge, setting: Setting) -> Band:
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
    """Return words, folded, that are added to more than a few texts of a reading: no author's, but the place's own."""
    counted: Counter[str] = Counter()
    for mention, one in zip(mentions, known, strict=True):
        if one.there is not None:
            counted.update(set(map(fold, added_words(*_texts(one.there, mention)))))
    return frozenset(word for word, times in counted.items() if times > POSTED_AGAIN)


def _answers_last(mentions: Sequence[Mention]) -> Sequence[int]:
    """Return the numbers of mentions so that what one answers, or the beginning of its thread, comes before it.

    Many places list the newest first; else the answer would open the case, and what it answers another one.
    """
    at: dict[tuple[str, str], int] = {}
    for number, mention in enumerate(mentions):
        at.setdefault((mention.source, mention.key), number)
    order: dict[int, None] = {}
    for start in range(len(mentions)):
        chain: dict[int, None] = {}
        climbed: int | None = start
        while climbed is not None and climbed not in order and climbed not in chain:
            chain[climbed] = None
            one = mentions[climbed]
            keys = ((one.source, key) for key in (one.parent, one.thread) if key)
            climbed = next((at[key] for key in keys if key in at), None)
        order.update(dict.fromkeys(reversed(chain)))
    return list(order)


class _Sieve:
    """Takes the mentions of one reading one after another, see `sift`."""

    def __init__(self, judge: Judge, setting: Setting, *, again: bool) -> None:
        self._judge, self._setting, self._again = judge, setting, again
        self.new: list[NewMention] = []
        self.edits: list[Edit] = []
        self.later: list[Mention] = []
        self.back: list[int] = []
        self._seen: set[int] = set()
        self._by_key: dict[int, Mention] = {}
        self._said: dict[tuple[int, str, str], list[Mention]] = {}
        self._cased: set[Link] = set()
        self._answered: set[Link] = set()
        self._case_of: dict[Link, int] = {}

    def take(self, mention: Mention, own: Prints, known: Known) -> None:
        """Decide on a mention."""
        mark = replace(own, key=known.other_key) if known.other_key else own
        met = self._by_key.get(mark.key)
        words = {mark.text, mark.body} - {0}
        repeats = met is not None or not words.isdisjoint(self._seen)
        if known.gone and known.by_key is not None:
            self.back.append(known.by_key)
        if is_known(mark, known, self._setting.standing):
            if known.by_key is not None and met is None and is_edit(mention, mark, known):
                self._take_edit(known.by_key, mention, mark, known, repeats=repeats)
        elif met is None or not (self._again or not is_somebody_else(mention, met.author, met.handle)):
            self._take_new(mention, mark, known, repeats=repeats)
        self._by_key.setdefault(mark.key, mention)
        self._seen |= words

    def _take_edit(self, mention_id: int, mention: Mention, mark: Prints, known: Known, *, repeats: bool) -> None:
        verdict = _verdict_of_edit(mention, known, self._judge, self._setting)
        new = _new(mention, mark, known, verdict, self._setting)
        edit = _edit(mention_id, new, known, self._judge, self._setting)
        if edit.turned and self._waits(mention, known, repeats=repeats):
            self._put_off(mention)
        else:
            self.edits.append(edit)
            self._note_case(edit.turned)

    def _take_new(self, mention: Mention, mark: Prints, known: Known, *, repeats: bool) -> None:
        said = self._said.setdefault((mark.text, mention.site, name_of(mention.author)), [])
        known = self._with_case(mention, known)
        if self._waits(mention, known, repeats=repeats):
            self._put_off(mention)
        elif not any(is_one_posting(mention, other) for other in said[-COMPARED:]):
            one = _new(mention, mark, known, self._judge(mention), self._setting)
            self.new.append(one)
            self._note_case(one)
            if mark.text:
                said.append(mention)

    def _waits(self, mention: Mention, known: Known, *, repeats: bool) -> bool:
        """Say whether a mention repeats or continues another one of the reading, which has to have its id first."""
        links = links_of(mention)
        if self._again:
            return known.thread_case is None and not links.isdisjoint(self._answered)
        return repeats or not links.isdisjoint(self._cased)

    def _with_case(self, mention: Mention, known: Known) -> Known:
        """Add the case that what a mention answers has joined in this reading: a long row of answers waits once, not for each."""
        if known.thread_case is not None:
            return known
        links = (("thread", mention.source, key) for key in (mention.parent, mention.thread) if key)
        case = next((self._case_of[link] for link in links if link in self._case_of), None)
        return known if case is None else replace(known, thread_case=case)

    def _put_off(self, mention: Mention) -> None:
        """Put a mention off, and with it what answers it."""
        self.later.append(mention)
        self._cased.add(_answered_by(mention))
        self._answered.add(_answered_by(mention))

    def _note_case(self, new: NewMention | None) -> None:
        """Note by what others belong to the case that a mention opens or joins."""
        if new is not None and (new.opens_case or new.joins_case is not None):
            self._cased |= links_of(new.mention) | {_answered_by(new.mention)}
            self._answered.add(_answered_by(new.mention))
            if new.joins_case is not None:
                self._case_of.setdefault(_answered_by(new.mention), new.joins_case)


def sift(
    mentions: Sequence[Mention],
    prints: Sequence[Prints],
    known: Sequence[Known],
    judge: Judge,
    setting: Setting,
    *,
    again: bool = False,
) -> Sifted:
    """Decide on the mentions of one reading that are about the shop; all sequences run alike, in any order.

    `again` is for those put off to `later`: what they repeat has its id by now. Then only an answer to another of them is put
    off once more.
    """
    sieve = _Sieve(judge, setting, again=again)
    for number in _answers_last(mentions):
        sieve.take(mentions[number], prints[number], known[number])
    return Sifted(tuple(sieve.new), tuple(sieve.edits), tuple(sieve.later), tuple(sieve.back))
