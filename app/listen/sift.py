"""Sifting, purely: what of a reading is new, what is it, and what follows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from app.core.bands import Band
from app.core.customer import identity_of
from app.core.identity import (
    Prints,
    has_other_stars,
    is_cut,
    is_noted_anew,
    is_one_posting,
    is_other_account,
    is_somebody_else,
    name_of,
    prints_of,
    reads_the_same,
)
from app.core.matching import Matcher, matcher_for
from app.core.mention import Mention
from app.core.ports.answer import Ourselves
from app.core.ports.archive import Edit, Known, NewMention
from app.core.ports.detector import Stemmer
from app.core.ports.source import Sources
from app.core.preferences import Preferences
from app.core.target import clock_starts, due_at, minutes_for
from app.core.text import fold
from app.core.verdict import Kind, Verdict
from app.core.watch import Watch
from app.listen.cases import ReadingCases
from app.listen.edited import band_of_edit, is_worse, verdict_of_edit
from app.listen.setting import AHEAD, Accounts, Judge, Setting, band

COMPARED = 300
"""Mentions of the same words and author, the newest ones of a reading, with which another is compared."""
OWN_WORDS = 60
"""Characters: a shorter text two people can write alike without one repeating the other."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """What a reading comes to.

    `later` are mentions that repeat one of the others, and answers to them, to be sifted when those have ids. `back` are ids of
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

    Nor is its beginning alone, «cut like this…»: what was heard whole stays whole. The same words, or their beginning, with
    other stars are one.
    """
    if known.by_key is not None and known.there and has_other_stars(mention, known.there.stars):
        return True
    if known.by_key is None or (known.text_print == prints.text and prints.text) or known.fuller:
        return known.fuller
    if known.there is None:
        return bool(prints.text)
    return not (reads_the_same(mention, prints, known.there) or is_cut(mention.text, known.there.text))


def _as_heard_whole(mention: Mention, prints: Prints, known: Known) -> tuple[Mention, Prints]:
    """Return an edited mention with the whole text that was heard, where only the beginning of it stands beside other stars."""
    if known.there is None or not is_cut(mention.text, known.there.text):
        return mention, prints
    title = known.there.title if is_cut(mention.title, known.there.title) else mention.title
    whole = replace(mention, title=title, text=known.there.text)
    return whole, replace(prints_of(whole), key=prints.key, address=prints.address, thread=prints.thread)


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


def _is_anothers(mention: Mention, known: Known) -> bool:
    """Say whether the case of the thread is another customer's. One «Guest» is not the other, nor one «Anna» of two accounts."""
    if not (known.thread_author or known.thread_handle):
        return False
    is_nobody_s = bool(mention.author) and identity_of(mention) is None
    if is_nobody_s or is_other_account(mention, known.thread_handle):
        return True
    return is_somebody_else(mention, known.thread_author, known.thread_handle)


def _case_to_join(mention: Mention, verdict: Verdict, known: Known, repeated: int | None, *, ours: bool) -> int | None:
    """Return the case a mention belongs to: its own, of its thread, of the text it repeats, of its author's last complaint.

    A case is one customer's: what somebody else complains of in the thread belongs to none of the thread, also where that
    makes a complaint of what stood in it until now. What the owner has in hand without a case stays so.
    """
    if known.in_hand:
        return None
    complains = verdict.kind is Kind.COMPLAINT and repeated is None and not ours
    is_anothers = complains and _is_anothers(mention, known)
    if known.case is not None and (known.begins or known.kind is Kind.COMPLAINT or not is_anothers):
        return known.case
    if known.begun_case is not None:
        return known.begun_case
    if known.thread_case is not None and not is_anothers:
        return known.thread_case
    if repeated is not None and known.text_case is not None:
        return known.text_case
    return None if verdict.kind is Kind.NEUTRAL else known.identity_case


def _new(mention: Mention, prints: Prints, known: Known, verdict: Verdict, setting: Setting) -> NewMention:
    ours = is_us(mention, setting.preferences, setting.accounts)
    repeated = None if is_said_again(mention, known, setting) else repost_of(mention, known)
    joins = _case_to_join(mention, verdict, known, repeated, ours=ours)
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
    heard = band_of_edit(new, known, judge, setting) if turns and not (new.ours or known.judged) else None
    if heard is Band.RING or (heard and not known.settled):
        due = target_of(replace(new.mention, published=None), setting) if new.due_at is not None else None
        turned = replace(new, rings=heard is Band.RING, digests=heard is Band.DIGEST, due_at=due)
    elif is_worse(new, known, judge, setting):
        turned = replace(new, rings=True, digests=False)
    fell = known.kind is Kind.COMPLAINT and new.verdict.kind is not Kind.COMPLAINT
    same = fell and is_noted_anew(new.mention, known.there)
    return Edit(mention_id, new.mention, new.prints, new.verdict, turned, known.fuller, same)


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
        self._waiting: set[tuple[str, str]] = set()
        self._cases = ReadingCases(own=setting.watch.own)

    def take(self, mention: Mention, own: Prints, known: Known) -> None:
        """Decide on a mention."""
        changed = known.other_key or known.thread
        mark = replace(own, key=known.other_key or own.key, thread=known.thread) if changed else own
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
        mention, mark = _as_heard_whole(mention, mark, known)
        known = self._cases.add_to(known, mention)
        verdict = verdict_of_edit(mention, known, self._judge, self._setting)
        new = _new(mention, mark, known, verdict, self._setting)
        if known.case is not None and new.joins_case != known.case:
            known = replace(known, settled=False, judged=False, closed=False)  # as was decided of another's complaint
        edit = _edit(mention_id, new, known, self._judge, self._setting)
        if edit.turned and self._waits(mention, repeats=repeats):
            self._put_off(mention)
        else:
            turned = self._cases.note(edit.turned, known) if edit.turned else None
            self.edits.append(replace(edit, turned=turned))

    def _take_new(self, mention: Mention, mark: Prints, known: Known, *, repeats: bool) -> None:
        said = self._said.setdefault((mark.text, mention.site, name_of(mention.author)), [])
        if self._waits(mention, repeats=repeats):
            self._put_off(mention)
        elif not any(is_one_posting(mention, other) for other in said[-COMPARED:]):
            known = self._cases.add_to(known, mention)
            one = _new(mention, mark, known, self._judge(mention), self._setting)
            self.new.append(self._cases.note(one, known))
            if mark.text:
                said.append(mention)

    def _waits(self, mention: Mention, *, repeats: bool) -> bool:
        """Say whether a mention repeats another one of the reading, which has to have its id first, or answers one that waits."""
        if self._again:
            return False
        keys = (mention.parent, mention.thread)
        return repeats or any(key and (mention.source, key) in self._waiting for key in keys)

    def _put_off(self, mention: Mention) -> None:
        self.later.append(mention)
        self._waiting.add((mention.source, mention.key))


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

    `again` is for those put off to `later`: what they repeat has its id by now, and none of them is put off once more.
    """
    sieve = _Sieve(judge, setting, again=again)
    for number in _answers_last(mentions):
        sieve.take(mentions[number], prints[number], known[number])
    return Sifted(tuple(sieve.new), tuple(sieve.edits), tuple(sieve.later), tuple(sieve.back))
