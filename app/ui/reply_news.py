"""News of replies: logged by the desk as they come, and told where the owner looks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.core.outbox import Stand
from app.core.ports.desk import Desk
from app.core.problems import Problem
from app.core.views import News
from app.ui.alert_text import Words
from app.ui.bench import Bench
from app.ui.format import one_line, shortened
from app.words import _
from app.words.problems import sentence

LONGEST_NAME = 40
"""Characters of a customer's name in a sentence."""

Settled = tuple[News, ...]
Write = Callable[[Callable[[Desk], Settled], Callable[[Settled], object]], None]
"""Has the desk do something in the write lane; what it returns goes to the second one, on the GUI thread."""


def told(news: News) -> Problem | str:
    """Return what the owner is told of a reply: a Problem where they have to decide, «» where it is no news to them."""
    name = shortened(one_line(news.mention.mention.author), LONGEST_NAME) or _("the customer")
    if news.outgoing.stand is Stand.FAILED:
        return Problem("outbox.reply_failed", {"name": name})
    if news.outgoing.stand is Stand.UNKNOWN:
        return Problem("outbox.reply_unknown", {"name": name})
    return _("The reply to «{name}» was sent.").format(name=name) if news.outgoing.stand is Stand.SENT else ""


class ReplyNews(QObject):
    """Has the desk settle what became of replies, and tells it.

    `announce` tells it in the window, `notify` what the owner has to decide about where the window is out of sight.
    """

    def __init__(
        self,
        bench: Bench,
        write: Write,
        announce: Callable[[Problem | str], object],
        notify: Callable[[Words], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench, self._write, self._announce, self._notify = bench, write, announce, notify

    def look(self, _what: object = None) -> None:
        """Note what became of replies, and tell what is news."""
        now = self._bench.now()
        self._write(lambda desk: desk.outbox.settle(now), lambda news: self._tell(news, moved=False))

    def moved(self, _message: object = None) -> None:
        """Do so, and show the case anew in any case: a reply stands elsewhere than before."""
        now = self._bench.now()
        self._write(lambda desk: desk.outbox.settle(now), lambda news: self._tell(news, moved=True))

    def _tell(self, news: Settled, *, moved: bool) -> None:
        for one in news:
            words = told(one)
            if words:
                self._announce(words)
            if isinstance(words, Problem):
                self._notify(Words(_("A reply needs you"), sentence(words)))
        if news or moved:
            self._bench.changed.emit()
