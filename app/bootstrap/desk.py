"""Builds the desk of a profile, for the window and for the command line."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from app.bootstrap.naming import first_names
from app.bootstrap.polling import parts_of
from app.bootstrap.starters import give_plans, give_starters
from app.bootstrap.stores import Stores, open_customers, open_stores
from app.bootstrap.version import installed_version
from app.bootstrap.zone import local_zone
from app.core.mention import Mention
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.detector import verdict_on
from app.core.ports.find import InHand
from app.core.ports.mail import MailAnswer, MailRequest, Posted, PostRequest
from app.core.ports.net import Net, Request, Response
from app.core.ports.shop import ShopFile
from app.core.ports.signin import SignedIn, SignInCode, SignInPause
from app.core.ports.source import among_of
from app.core.problems import Problem
from app.core.report_table import ReportTable
from app.core.verdict import Kind, Verdict, judged_text
from app.core.views import Found, Missed, Trial
from app.core.watch import HostState, Validators, Watch
from app.desk.desk import Desk, Lent
from app.detect.detector import LearningDetector
from app.detect.language import OTHER, guess_language
from app.detect.lexicon import Lexicons
from app.handover.registry import HandOverRegistry
from app.listen.find import find_watches
from app.listen.parts import Parts
from app.listen.sign_in import sign_in
from app.listen.teach import Lesson, Teacher, lesson_of, teach
from app.listen.trial import try_watch
from app.net.client import PoliteNet
from app.reports.registry import ReportRegistry
from app.sources.registry import SourceRegistry
from app.stores.atomic import put_file
from app.stores.by_hand import EntryDraftFile, PictureFiles, WaitingEntries
from app.stores.customers import TinyCustomerFiles
from app.stores.hindrances import hindrances
from app.stores.paths import resources, source_pages
from app.words import LANGUAGES, language


class NetWhenNeeded:
    """The network, opened at the first request: a start needs none."""

    def __init__(self) -> None:
        self._net: PoliteNet | None = None
        self._lock = threading.Lock()

    def _opened(self) -> PoliteNet:
        with self._lock:
            self._net = self._net or PoliteNet(installed_version())
            return self._net

    def send(
        self, request: Request, known: Validators | None = None, *, allow_private: bool = False, patient: bool = True
    ) -> Response | Problem:
        return self._opened().send(request, known, allow_private=allow_private, patient=patient)

    def fetch_mail(
        self, request: MailRequest, *, allow_private: bool = False, patient: bool = True
    ) -> MailAnswer | Problem:
        return self._opened().fetch_mail(request, allow_private=allow_private, patient=patient)

    def send_mail(self, request: PostRequest, *, allow_private: bool = False) -> Posted | Problem:
        return self._opened().send_mail(request, allow_private=allow_private)

    def close(self) -> None:
        if self._net:
            self._net.close()

    def host_states(self) -> tuple[HostState, ...]:
        return self._net.host_states() if self._net else ()

    def remember_hosts(self, states: tuple[HostState, ...]) -> None:
        if states:
            self._opened().remember_hosts(states)


class _Reports:
    """The reports, run on this profile's archive."""

    def __init__(self, archive: DeskArchive, shop: ShopFile) -> None:
        self._archive, self._shop, self._registry = archive, shop, ReportRegistry(local_zone())

    def ids(self) -> tuple[str, ...]:
        return self._registry.ids()

    def run(self, report_id: str, since: float, until: float) -> ReportTable | None:
        names = {watch.id: watch.name for watch in self._shop.watches()}
        return self._registry.run(report_id, self._archive, names, since, until)

    def save(self, path: Path, content: bytes) -> Problem | None:
        return put_file(path, (content,))


class _HandOver:
    """Ways to pass on a case of this profile."""

    def __init__(self, archive: DeskArchive) -> None:
        self._archive, self._registry = archive, HandOverRegistry()

    def targets(self) -> tuple[str, ...]:
        return self._registry.targets()

    def link(self, target: str, mention_id: int, address: str) -> str:
        heard = self._archive.mention(mention_id)
        return self._registry.link(target, heard.mention, address) if heard else ""


class _Shipped:
    """The detector as it was shipped, loaded at the first correction and never taught but the shop's names."""

    def __init__(self, shop: ShopFile, sources: SourceRegistry) -> None:
        self._shop, self._sources, self._detector = shop, sources, LearningDetector(resources())
        self._lesson: Lesson | None = None

    def __call__(self, mention: Mention, *, own: bool = False) -> float:
        lesson = lesson_of((), self._shop.preferences(), self._shop.watches())
        if lesson != self._lesson:
            teach(self._detector, lesson)
            self._lesson = lesson
        verdict = verdict_on(self._detector, mention, own=own)
        return verdict.heard_among(among_of(self._sources.get(mention.source), own=own)).level


class _Taught:
    """The detector as this shop has taught it, loaded when something is first entered by hand."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._lock = threading.Lock()
        self._loaded: tuple[LearningDetector, Teacher] | None = None

    def __call__(self, mention: Mention, *, own: bool) -> Verdict:
        with self._lock:
            if self._loaded is None:
                detector = LearningDetector(resources())
                self._loaded = detector, Teacher(self._stores.archive.listener(), detector)
            detector, teacher = self._loaded
            teacher.mind(self._stores.shop.preferences(), self._stores.shop.watches())
            return verdict_on(detector, mention, own=own)


class _LanguageOf:
    """The language in which somebody is answered: that of the text, else the one its source claims, else the program's own."""

    def __init__(self) -> None:
        self._lexicons = Lexicons(resources() / "detect")

    def __call__(self, mention: Mention) -> str:
        text, claimed = judged_text(mention.title, mention.text), mention.language[:2].lower()
        found = guess_language(text, self._lexicons.telling(), claimed)
        if found:
            return "" if found == OTHER else found
        return claimed if claimed in LANGUAGES else "" if claimed else language()


class _Errands:
    """Watch tests and searches for watches, with what they need built at the first one."""

    def __init__(self, stores: Stores, net: Net) -> None:
        self._stores, self._net = stores, net
        self._parts: Parts | None = None

    def try_watch(self, watch: Watch, secrets: Mapping[str, str] | None) -> Trial:
        return try_watch(self._built(), watch, secrets)

    def find(
        self,
        hands: Sequence[InHand],
        tell: Callable[[Found | Missed], None],
        *,
        own: bool = True,
        allow_private: bool = False,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        find_watches(self._built(), hands, tell, own=own, allow_private=allow_private, stopped=stopped)

    def sign_in(self, watch: Watch, secrets: Mapping[str, str] | None) -> Iterator[SignInCode | SignInPause | SignedIn]:
        return sign_in(self._built(), watch, secrets)

    def _built(self) -> Parts:
        self._parts = self._parts or parts_of(self._stores, self._net)
        return self._parts


def _checks(
    stores: Stores, sources: SourceRegistry, customers: TinyCustomerFiles, problems: tuple[Problem, ...]
) -> tuple[tuple[str, Callable[[], Sequence[Problem]]], ...]:
    def detector() -> Sequence[Problem]:
        one = LearningDetector(resources())
        if one.judge("The parcel never arrived and nobody answers. I want my money back!").kind is not Kind.COMPLAINT:
            return (Problem("detect.deaf"),)
        return one.problems()

    def broken_sources() -> Sequence[Problem]:
        sources.all()
        return sources.problems()

    def cards() -> Sequence[Problem]:
        mended = (one for one in problems if one.code not in {"stores.card_unread", "stores.not_readable"})
        return (*customers.trouble(), *mended)

    def of_store(word: str) -> tuple[Problem, ...]:
        return tuple(p for p in stores.problems if word in p.code)

    return (
        ("archive", lambda: of_store("archive")),
        ("shop_file", lambda: of_store("shop")),
        ("customers", cards),
        ("folders", lambda: hindrances(stores.profile)),
        ("detector", detector),
        ("sources", broken_sources),
    )


def desk_on(stores: Stores) -> tuple[Desk, SourceRegistry, tuple[Problem, ...]]:
    """Build the desk on open stores; closing it closes them."""
    sources = SourceRegistry(pages=source_pages())
    customers, problems = open_customers(stores.profile)
    archive = stores.archive.desk()
    net = NetWhenNeeded()

    def close() -> None:
        net.close()
        customers.close()
        stores.archive.keep_decided(time.time())
        stores.close()

    lent = Lent(
        profile=stores.profile.folder,
        archive=archive,
        customers=customers,
        shop=stores.shop,
        secrets=stores.secrets,
        tray=stores.archive.out_tray(),
        sources=sources,
        errands=_Errands(stores, net),
        reports=_Reports(archive, stores.shop),
        hand_over=_HandOver(archive),
        level=_Shipped(stores.shop, sources),
        judge=_Taught(stores),
        language_of=_LanguageOf(),
        first_names=first_names,
        waiting=WaitingEntries(stores.profile.by_hand),
        pictures=PictureFiles(stores.profile.pictures),
        entry_draft=EntryDraftFile(stores.profile.by_hand),
        fetched=stores.fetched,
        write_file=put_file,
        zone=local_zone(),
        now=time.time,
        checks=_checks(stores, sources, customers, problems),
        close=close,
    )
    return Desk(lent), sources, (*stores.problems, *problems)


def open_desk(folder: Path | None) -> tuple[Desk, SourceRegistry, tuple[Problem, ...]] | Problem:
    """Open a profile and build its desk; one that is new gets the saved replies and plans that the program comes with."""
    stores = open_stores(folder)
    if isinstance(stores, Problem):
        return stores
    with ExitStack() as on_error:  # a lock that stays held would keep the next try from mending what is broken
        on_error.callback(stores.close)
        opened = desk_on(stores)
        on_error.pop_all()
        on_error.callback(opened[0].close)
        give_starters(opened[0], stores.profile.folder)
        give_plans(opened[0], stores.profile.folder)
        on_error.pop_all()
    return opened
