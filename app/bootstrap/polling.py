"""Polls once: «listen --once», and the parts of every listener. Without what only a lasting listener needs."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain

from app.bootstrap.command import own_command
from app.bootstrap.stores import Stores
from app.bootstrap.version import installed_version
from app.bootstrap.zone import local_zone
from app.core.by_hand import BY_HAND
from app.core.mention import ArchivedMention
from app.core.messages import Failed
from app.core.ports.net import Net
from app.core.problems import Problem, ProblemError
from app.core.views import WatchTurn
from app.core.watch import Watch
from app.desk.bells import Bells
from app.detect.detector import LearningDetector
from app.detect.pieces import REMEMBERED, REMEMBERED_IN_A_RUSH
from app.listen.by_hand import at_once
from app.listen.listening import Turn
from app.listen.once import await_turn, due_watches, left_alone, poll_once
from app.listen.parts import Parts
from app.listen.stems import SnowballStemmer
from app.net.client import PoliteNet
from app.sources.registry import SourceRegistry
from app.stores.by_hand import WaitingEntries
from app.stores.paths import resources
from app.words.names import hand_source_name


def parts_of(stores: Stores, net: Net | None = None, remembered: int = REMEMBERED) -> Parts:
    """Return what a listener on these stores is built of; see `LearningDetector` for `remembered`."""
    return Parts(
        shop=stores.shop,
        archive=stores.archive.listener(),
        net=net or PoliteNet(installed_version()),
        sources=SourceRegistry(),
        detector=LearningDetector(resources(), remembered),
        secrets=stores.secrets,
        stemmer=SnowballStemmer(),
        zone=local_zone(),
        scout=own_command("listen", "--scout"),
        by_hand=WaitingEntries(stores.profile.by_hand),
        outbox=stores.archive.outbox(),
        fetched=stores.fetched,
        look_after=lambda: (*filter(None, (stores.archive.mend(time.time()),)), *stores.shop.trouble()),
        leads=stores.leads,
        polling=stores.polling,
    )


def round_of_polls(
    stores: Stores | Problem, *, everything: bool, since: float = math.inf
) -> Iterator[WatchTurn | Failed | Problem]:
    """Poll once and yield what each watch brought, from the archive; closes the stores at the end.

    The first round of a day copies the archive, and one after something was entered or decided: who never runs anything else
    has copies, too. What another process polled `since` (Unix seconds) is not polled again.
    """
    if isinstance(stores, Problem):
        yield stores
        return
    yield from map(Failed, stores.problems)
    parts = parts_of(stores, remembered=REMEMBERED_IN_A_RUSH)
    try:
        yield from _by_hand(parts, stores)
        yield from map(Failed, await_turn(parts))
        chosen = due_watches(parts, everything=everything, since=since)
        for turn in chain(left_alone(parts, chosen, since), poll_once(parts, chosen)):
            yield turn_told(turn, stores.archive.desk().mention)
        if isinstance(copy := stores.archive.backup(time.time(), renew=False), Problem):
            yield Failed(copy)
    finally:
        parts.net.close()
        with suppress(ProblemError):  # then they are open again when a window rings for it
            Bells(stores.archive.desk(), stores.shop, parts.zone, _nobody_undoes).bring_back(time.time())
        stores.close()


def _nobody_undoes(_case_id: int, _at: float, _is_news: bool) -> None:  # noqa: FBT001  as `BroughtBack` has it
    """Take no notice of a case that is open again."""


def _by_hand(parts: Parts, stores: Stores) -> Iterator[WatchTurn | Failed]:
    """Take in what was entered by hand and waits."""
    if parts.by_hand is None:
        return
    archive, watch = stores.archive.desk(), Watch(BY_HAND, hand_source_name(BY_HAND), BY_HAND)
    for step in at_once(parts, parts.by_hand):
        if isinstance(step, Problem):
            yield Failed(step)
        else:
            new = (archive.mention(mention_id) for mention_id in step.chunk.ids)
            yield WatchTurn(watch, tuple(heard for heard in new if heard), None)


def turn_told(turn: Turn, archived: Callable[[int], ArchivedMention | None]) -> WatchTurn:
    """Return a turn as the faces see it: what was stored, without reading it back from the archive.

    Only what an edit made ring is read back (`archived`): it is news as much as what is new.
    """
    recorded, watch = turn.recorded, turn.watch
    if recorded is None:
        return WatchTurn(watch, (), turn.unstored or turn.problem)
    stored = zip(recorded.stored.mention_ids, recorded.new, recorded.verdicts, recorded.stored.case_ids, strict=True)
    at = turn.state.heard_at
    new = tuple(ArchivedMention(i, watch.id, m, v, at, case_id=c, own=watch.own) for i, m, v, c in stored)
    turned = [i for i in recorded.stored.ringing if i not in recorded.stored.mention_ids]
    new += tuple(heard for heard in map(archived, turned) if heard)
    return WatchTurn(watch, new, turn.unstored or turn.problem)
