"""Sending the reply of a case, and deciding about replies that did not arrive as they should."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.core.outbox import HOLD, Outgoing
from app.core.ports.desk import Desk
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.views import CaseView, Way
from app.ui.bench import Bench, Errand
from app.ui.undo import Step, Undo
from app.ui.widgets.checks_line import doubtful, stopping, told
from app.ui.widgets.reply_box import ReplyBox
from app.ui.widgets.reply_stands import ReplyStands
from app.words import _
from app.words.problems import sentence


class CaseReplies(QObject):
    """Stands between the reply box, the cards of the replies and the desk."""

    def __init__(
        self,
        bench: Bench,
        undo: Undo,
        box: ReplyBox,
        stands: ReplyStands,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench, self._undo, self._box, self._stands = bench, undo, box, stands
        self._view: CaseView | None = None
        self._way: Way | None = None
        self._asking: Errand | None = None
        self._doubt, self._knows_ours = ("", ""), False
        bench.shop_changed.connect(self._learn_ours)
        box.edited.connect(lambda _text, _audience: self.forget_doubt())
        stands.again.connect(lambda reply: self._decide(lambda desk, now: desk.outbox.again(reply, now)))
        stands.there.connect(self._is_there)
        stands.back.connect(lambda reply: self._decide(lambda desk, now: desk.outbox.cancel(reply, now)))
        stands.anew.connect(lambda reply: self._decide(lambda desk, now: desk.outbox.cancel(reply, now)))

    def show_view(self, view: CaseView) -> None:
        """Show the replies of a case; another one than before is asked whether a reply can be sent."""
        same = self._view is not None and self._view.mention.id == view.mention.id
        self._view = view
        if not self._knows_ours:
            self._learn_ours()
        self._stands.show_replies(view.replies, self._bench.now())
        if same:
            self._box.set_way(self._way, view.reply_limit)
            return
        self._way = None
        self.forget_doubt()
        self._box.refuse("")
        self._box.set_way(None, view.reply_limit)
        if self._asking:
            self._asking.cancel()
        mention_id = view.mention.id
        self._asking = self._bench.ask_slowly(
            self, lambda desk: desk.outbox.way(mention_id), lambda way: self._found(mention_id, way)
        )

    def _learn_ours(self) -> None:
        """Ask what may stand in public since it is the shop's own, such as the number in its signature."""

        def known(shop: Preferences) -> None:
            self._knows_ours = True
            self._box.set_ours(f"{shop.shop_name}\n{shop.signature}")

        self._bench.read(self, lambda desk: desk.settings.get(), known)

    def forget_doubt(self) -> None:
        """Ask anew whether a doubtful reply is to go out as it is."""
        self._doubt = "", ""

    def stop(self, why: str) -> None:
        """Say why the reply cannot go out as it stands, and go to where that is mended."""
        self._box.refuse(why)
        if not self._box.next_blank():
            self._box.edit.setFocus()

    def send(self, written_off: Callable[[str], object]) -> None:
        """Send what stands in the box, once its checks pass or the owner insists; `written_off(text)` follows."""
        view, way = self._view, self._way
        if view is None:
            return
        if way is None or way.problem or not self._box.can_send:
            why_not = self._why_not(way)
            self._box.refuse(sentence(why_not) if isinstance(why_not, Problem) else why_not)
            return
        checks = self._box.checks
        too_long = next((told(check) for check in checks if check.code == "long" and not check.passed), "")
        empty = "" if self._box.text.strip() else sentence(Problem("outbox.empty"))
        if why := empty or stopping(checks) or too_long:
            self.stop(why)
            return
        unread = _("proposed: read it through first") if self._box.is_proposal else ""
        if (doubt := doubtful(checks) + unread) and (doubt, self._box.text) != self._doubt:
            self._doubt = doubt, self._box.text  # another proposal may come between two presses
            self._box.show_doubt(doubt, sending=True)
            if unread:
                self._box.show_saved(unread, "bad")
            return
        self._box.take_proposal()
        self._send(view.mention.id, self._box.text, written_off)

    def _send(self, mention_id: int, text: str, written_off: Callable[[str], object]) -> None:
        now = self._bench.now()

        def kept(sent: Outgoing) -> None:
            written_off(text)
            self._undo.remember(
                Step(
                    _("The reply goes out in a few seconds."),
                    lambda desk: self._taken_back(desk, sent.id),
                    lasts=HOLD,
                    back=_("The reply was not sent. It is back in its field."),
                )
            )
            self._moved()

        self._bench.keep(self, lambda desk: desk.outbox.send(mention_id, text, now, hold=HOLD), kept)

    def _taken_back(self, desk: Desk, reply: str) -> object:
        back = desk.outbox.cancel(reply, self._bench.now())
        return back if isinstance(back, Problem) else None

    def _found(self, mention_id: int, way: Way) -> None:
        if self._view is not None and self._view.mention.id == mention_id:
            self._way = way
            self._box.set_way(way, self._view.reply_limit)

    def _why_not(self, way: Way | None) -> Problem | str:
        if way is None:
            return _("Counterbell is still finding out whether it can send there. Try again in a moment.")
        if way.problem is not None:
            return way.problem
        return _("Replies sent from here are public. To answer in private, copy the text or log the contact.")

    def _is_there(self, reply: str) -> None:
        def there(desk: Desk, now: float) -> object:
            said = desk.outbox.say_there(reply, now)
            if not isinstance(said, Problem):
                desk.outbox.settle(now)
            return said

        self._decide(there)

    def _decide(self, act: Callable[[Desk, float], object]) -> None:
        now = self._bench.now()
        self._bench.keep(self, lambda desk: act(desk, now), lambda _done: self._moved())

    def _moved(self) -> None:
        self._bench.outbox_changed.emit()
        self._bench.changed.emit()
