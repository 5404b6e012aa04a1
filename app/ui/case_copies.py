"""What of a case goes out by hand: the reply copied for its page, the case as text, the case in a mail; and the page opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QGuiApplication

from app.core.views import CaseView
from app.ui.bench import Bench
from app.ui.case_replies import CaseReplies
from app.ui.drafts import DraftKeeper, place_of
from app.ui.format import shortened, stars
from app.ui.opening import LONGEST, open_outside, page_failed
from app.ui.widgets.checks_line import doubtful, stopping
from app.ui.widgets.reply_box import Copied, ReplyBox
from app.words import _


def web_address(url: str) -> QUrl | None:
    """Return an address that may be opened (http and https with a host), or None."""
    made = QUrl(url.strip(), QUrl.ParsingMode.StrictMode)
    return made if made.isValid() and made.scheme().lower() in {"http", "https"} and made.host() else None


class CaseCopies(QObject):
    """Copies and opens, and remembers by case which reply was copied and waits to be marked as answered.

    That is kept with the draft for the next run, as long as the draft is what was copied.
    """

    def __init__(
        self, bench: Bench, box: ReplyBox, replies: CaseReplies, drafts: DraftKeeper, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bench, self._box, self._replies, self._drafts = bench, box, replies, drafts
        self._view: CaseView | None = None
        self._doubt, self._asked = "", 0
        self._copied: dict[int, Copied] = {}
        self._marked: dict[int, Copied] = {}
        box.edited.connect(lambda _text, _audience: self.forget_doubt())
        box.hand_over_requested.connect(self._hand_over)
        bench.clock_read.connect(self._show)

    def show_view(self, view: CaseView) -> None:
        """Take the case shown; what was copied for its mention before it had a case goes along."""
        if self._view is None or self._view.mention.id != view.mention.id:
            self.forget_doubt()
        self._view = view
        place = place_of(view)
        if place != -view.mention.id and (copied := self._copied.pop(-view.mention.id, None)):
            self._copied[place] = copied
        if (draft := view.draft) and draft.copied_at is not None and place not in self._marked:
            self._copied.setdefault(place, Copied(draft.text.strip(), draft.audience, draft.copied_at))
        self._show()

    def copied_at(self, text: str, audience: str) -> float | None:
        """Return when this reply to the case shown was copied, None where it is not the one that was."""
        copied = self._copied.get(place_of(self._view)) if self._view else None
        return copied.at if copied and (copied.text, copied.audience) == (text.strip(), audience) else None

    def close(self) -> None:
        """Show no case any more."""
        self._view = None

    def forget_doubt(self) -> None:
        """Ask anew whether a doubtful reply is to be copied as it is."""
        self._doubt = ""

    def marked(self, place: int) -> None:
        """Take that the case at this place was marked as answered."""
        self._marked.pop(place, None)
        if copied := self._copied.pop(place, None):
            self._marked[place] = copied
        self._show()

    def came_back(self, place: int) -> None:
        """Take that marking it was taken back: what was copied waits again."""
        if copied := self._marked.pop(place, None):
            self._copied[place] = copied
        self._show()

    def _show(self) -> None:
        if self._view is not None:
            self._box.show_copied(self._copied.get(place_of(self._view)), self._bench.now())

    def copy_and_open(self, view: CaseView) -> None:
        """Copy the reply to a case and open its page, once its checks pass or the owner insists."""
        checks = self._box.checks
        if why := stopping(checks):
            self._replies.stop(why)
            return
        doubt = doubtful(checks)
        if doubt and doubt != self._doubt:
            self._doubt = doubt
            self._box.show_doubt(doubt)
            return
        self._box.take_proposal()
        text, audience, now = self._box.text, self._box.audience, self._bench.now()
        QGuiApplication.clipboard().setText(text)
        self._copied[place_of(view)] = Copied(text.strip(), audience, now)
        self._drafts.typed(view.mention.id, text, audience, now)
        self._drafts.flush()
        self._box.show_doubt("")
        self._show()
        if web_address(view.mention.mention.url):
            self._bench.announced.emit(_("Copied. Paste it under the post, then mark the case as answered."))
            self._open(view.mention.mention.url, self._page_of_copied)
        else:
            self._bench.announced.emit(_("Copied. There is no page to open: paste it where you answer."))

    def open_page(self, url: str) -> None:
        """Open a page in the browser; where none opens, its address is copied."""
        self._open(url, page_failed)

    def _open(self, url: str, failed: Callable[[QUrl], str]) -> None:
        """Open a page; where no browser opens, say what `failed` makes of its address."""
        address = web_address(url)
        if address is None:
            self._bench.announced.emit(_("This mention has no web page to open."))
            return
        self._asked = asked = self._asked + 1

        def tell() -> None:
            if asked == self._asked:  # else what is copied now belongs to a later wish
                self._bench.announced.emit(failed(address))

        open_outside(address, self, tell)

    def _page_of_copied(self, address: QUrl) -> str:
        """Return what is said where the clipboard holds the reply, which stays there."""
        words = _(
            "The reply is copied, but no browser could be opened. «Open» at the top of the case copies the address: {address}"
        )
        return words.format(address=shortened(address.toString(), LONGEST))

    def copy_text(self) -> None:
        """Copy the mention as text: author, place, address and words."""
        if self._view:
            mention = self._view.mention.mention
            lines = (mention.author, stars(mention.stars), mention.site, mention.url, mention.title, mention.text)
            QGuiApplication.clipboard().setText("\n".join(line for line in lines if line))
            self._bench.announced.emit(_("The mention is copied as text."))

    def _hand_over(self, target: str, address: str) -> None:
        if not (view := self._view):
            return
        if not target or not address:
            self._box.refuse(_("First type the address to send the case to."))
            return
        mention_id = view.mention.id
        self._drafts.flush()
        self._bench.read(self, lambda desk: desk.hand_over.link(target, mention_id, address), self._pass_on)

    def _pass_on(self, link: str) -> None:
        address = QUrl(link)
        if address.scheme().lower() in {"mailto", "https", "http"}:
            open_outside(address, self, self._no_mail_program)
        else:
            self._no_mail_program()

    def _no_mail_program(self) -> None:
        self._bench.announced.emit(_("No mail program could be opened. Copy the case as text and send it yourself."))
