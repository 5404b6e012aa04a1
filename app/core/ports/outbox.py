"""The outbox in the archive: the desk writes what is to be sent, the listener what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.core.case import Handling
from app.core.mention import ArchivedMention
from app.core.outbox import Awaited, Delivery, Outgoing


class Outbox(Protocol):
    """The listener's side. Any thread may call it. What it writes is on the disk when the call returns.

    Writing raises `ProblemError`, and then nothing changed.
    """

    def begin(self, now: float) -> bool:
        """Say whether this process is the one that sends: one of a profile at a time, until `end` or its own end.

        When it becomes that, what an earlier one left «sending» becomes «unknown».
        """
        ...

    def end(self) -> None:
        """Let another process send."""
        ...

    def awaited(self) -> tuple[Awaited, ...]:
        """Return the replies that are not at rest, oldest first."""
        ...

    def claim(self, outgoing_id: str, now: float) -> Delivery | None:
        """Mark a reply as «sending» and return that; None where it is not to be sent (any more), or by somebody else."""
        ...

    def put(self, outgoing_id: str, delivery: Delivery, *, gone: bool = False) -> None:
        """Keep what became of a reply; with `gone` also that its mention is no longer there."""
        ...

    def heard(self) -> tuple[tuple[str, ArchivedMention], ...]:
        """Return for replies not at rest what the shop was heard to write in the same thread: (reply, mention)."""
        ...


class OutTray(Protocol):
    """The desk's side. Any thread may call it. What it writes is on the disk when the call returns.

    Writing raises `ProblemError`, and then nothing changed.
    """

    def put(self, outgoing: Outgoing) -> bool:
        """Keep a reply to be sent or looked for; False where the same words to the same mention are under way."""
        ...

    def get(self, text: str) -> Outgoing | None:
        """Return the reply with this id, or the only one whose id begins so."""
        ...

    def to_mentions(self, mention_ids: Sequence[int]) -> tuple[Outgoing, ...]:
        """Return the replies to these mentions, oldest first."""
        ...

    def newest(self, limit: int, *, open_only: bool) -> tuple[Awaited, ...]:
        """Return the newest replies, or of those not at rest, newest first."""
        ...

    def cancel(self, outgoing_id: str, now: float) -> bool:
        """Take a reply back; False where it is being sent or was."""
        ...

    def order(self, outgoing_id: str, now: float) -> bool:
        """Have a reply sent once more that failed or of which nobody knows; False for any other."""
        ...

    def say_there(self, outgoing_id: str, now: float) -> bool:
        """Keep the owner's word that a reply of which nobody knows stands there; False for any other."""
        ...

    def untold(self) -> tuple[Awaited, ...]:
        """Return the replies of which something is to be told or noted, oldest first."""
        ...

    def note(self, outgoing: Outgoing, now: float, handling: Handling | None, *, logged: bool) -> bool:
        """Keep that a reply was told of as it stands, that it is logged, and its case's handling, all or nothing.

        False, and nothing is kept, where another process did that before.
        """
        ...

    def answers_heard(self, since: float) -> tuple[ArchivedMention, ...]:
        """Return what the shop was heard to answer in cases that are open without an answer, since then, oldest first."""
        ...
