"""Builds the desk of a profile, for the window and for the command line."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tzlocal import get_localzone

from app.bootstrap.polling import parts_of
from app.bootstrap.stores import Stores, open_customers, open_stores
from app.bootstrap.version import installed_version
from app.core.mention import Mention
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.mail import MailAnswer, MailRequest
from app.core.ports.net import Net, Request, Response
from app.core.ports.shop import ShopFile
from app.core.problems import Problem
from app.core.table import Table
from app.core.verdict import Kind
from app.core.views import CaseView, Trial
from app.core.watch import HostState, Validators, Watch
from app.desk.desk import Desk, Lent
from app.desk.inbox import Inbox
from app.detect.detector import LearningDetector
from app.handover.registry import HandOverRegistry
from app.listen.parts import Parts
from app.listen.teach import Lesson, lesson_of, teach
from app.listen.trial import try_watch
from app.net.client import PoliteNet
from app.reports.registry import ReportRegistry
from app.sources.registry import SourceRegistry
from app.stores.paths import resources


class _NetWhenNeeded:
    """The network, opened at the first request: a start needs none."""

    def __init__(self) -> None:
        self._net: PoliteNet | None = None

    def send(
        self, request: Request, known: Validators | None = None, *, allow_private: bool = False, patient: bool = True
    ) -> Response | Problem:
        self._net = self._net or PoliteNet(installed_version())
        return self._net.send(request, known, allow_private=allow_private, patient=patient)

    def fetch_mail(
        self, request: MailRequest, *, allow_private: bool = False, patient: bool = True
    ) -> MailAnswer | Problem:
        self._net = self._net or PoliteNet(installed_version())
        return self._net.fetch_mail(request, allow_private=allow_private, patient=patient)

    def close(self) -> None:
        if self._net:
            self._net.close()

    def host_states(self) -> tuple[HostState, ...]:
        return self._net.host_states() if self._net else ()

    def remember_hosts(self, states: tuple[HostState, ...]) -> None:
        """Watch tests keep no memory of hosts: the listener does."""


class _Reports:
    """The reports, run on this profile's archive."""

    def __init__(self, archive: DeskArchive, shop: ShopFile) -> None:
        self._archive, self._shop, self._registry = archive, shop, ReportRegistry()

    def ids(self) -> tuple[str, ...]:
        return self._registry.ids()

    def run(self, report_id: str, since: float, until: float) -> Table | None:
        names = {watch.id: watch.name for watch in self._shop.watches()}
        return self._registry.run(report_id, self._archive, names, since, until)


class _HandOver:
    """Ways to pass on a case of this profile."""

    def __init__(self, inbox: Callable[[int], CaseView | None]) -> None:
        self._open, self._registry = inbox, HandOverRegistry()

    def targets(self) -> tuple[str, ...]:
        return self._registry.targets()

    def link(self, target: str, mention_id: int, address: str) -> str:
        view = self._open(mention_id)
        return self._registry.link(target, view, address) if view else ""


class _Shipped:
    """The detector as it was shipped, loaded at the first correction and never taught but the shop's names."""

    def __init__(self, shop: ShopFile) -> None:
        self._shop, self._detector = shop, LearningDetector(resources())
        self._lesson: Lesson | None = None

    def __call__(self, mention: Mention) -> float:
        lesson = lesson_of((), self._shop.preferences())
        if lesson != self._lesson:
            teach(self._detector, lesson)
            self._lesson = lesson
        return self._detector.judge(
            mention.text, title=mention.title, stars=mention.stars, language=mention.language
        ).score


class _Trials:
    """Watch tests, with what they need built at the first one."""

    def __init__(self, stores: Stores, net: Net) -> None:
        self._stores, self._net = stores, net
        self._parts: Parts | None = None

    def __call__(self, watch: Watch, secrets: Mapping[str, str] | None) -> Trial:
        self._parts = self._parts or parts_of(self._stores, self._net)
        return try_watch(self._parts, watch, secrets)


def _checks(
    stores: Stores, sources: SourceRegistry, customers: tuple[Problem, ...]
) -> tuple[tuple[str, Callable[[], Problem | None]], ...]:
    def detector() -> Problem | None:
        verdict = LearningDetector(resources()).judge(
            "The parcel never arrived and nobody answers. I want my money back!"
        )
        return None if verdict.kind is Kind.COMPLAINT else Problem("detect.deaf")

    def broken_sources() -> Problem | None:
        sources.all()
        return next(iter(sources.problems()), None)

    def first_of(problems: tuple[Problem, ...]) -> Callable[[], Problem | None]:
        return lambda: problems[0] if problems else None

    def of_store(word: str) -> tuple[Problem, ...]:
        return tuple(p for p in stores.problems if word in p.code)

    return (
        ("archive", first_of(of_store("archive"))),
        ("shop_file", first_of(of_store("shop"))),
        ("customers", first_of(customers)),
        ("detector", detector),
        ("sources", broken_sources),
    )


def desk_on(stores: Stores) -> tuple[Desk, SourceRegistry, tuple[Problem, ...]]:
    """Build the desk on open stores; closing it closes them."""
    sources = SourceRegistry()
    customers, problems = open_customers(stores.profile)
    archive = stores.archive.desk()
    net = _NetWhenNeeded()
    inbox = Inbox(archive, customers, stores.shop)

    def close() -> None:
        net.close()
        customers.close()
        stores.close()

    lent = Lent(
        profile=stores.profile.folder,
        archive=archive,
        customers=customers,
        shop=stores.shop,
        secrets=stores.secrets,
        sources=sources,
        try_watch=_Trials(stores, net),
        reports=_Reports(archive, stores.shop),
        hand_over=_HandOver(inbox.open),
        score=_Shipped(stores.shop),
        zone=get_localzone(),
        now=time.time,
        checks=_checks(stores, sources, problems),
        close=close,
    )
    return Desk(lent), sources, (*stores.problems, *problems)


def open_desk(folder: Path | None) -> tuple[Desk, SourceRegistry, tuple[Problem, ...]] | Problem:
    """Open a profile and build its desk."""
    stores = open_stores(folder)
    return stores if isinstance(stores, Problem) else desk_on(stores)
