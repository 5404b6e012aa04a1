"""The part of the settings that says from whom and where nothing is to be heard."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit

from app.core.blocked_sites import site_problem
from app.ui.widgets.refusing_lists import RefusingLists
from app.words import _


class BlockedFields(RefusingLists):
    """A site that would block nothing or too much is refused."""

    def __init__(self) -> None:
        authors, sites = QPlainTextEdit(), QPlainTextEdit()
        super().__init__(
            (_("One site per line"), sites),
            check=site_problem,
            free=((_("One author per line"), authors),),
            hint=_(
                "shop.example also blocks what is below it, such as forum.shop.example; *.shop.example only that; shop.example/reviews only those pages."
            ),
        )
        self.authors, self.sites = authors, sites
