"""A believable bakery in Poznań: what was heard, its watches and sources, for tests of the face."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.case import CaseState, Satisfaction
from app.core.coverage import CoveredHour
from app.core.mention import ArchivedMention, Mention
from app.core.ports.source import Setting
from app.core.problems import Problem
from app.core.verdict import Cause, Kind, Reason, Severity, Verdict, judged_text
from app.core.views import Found, Missed, WatchView
from app.core.watch import Watch, WatchKind, WatchState

NOW = 1_772_800_000.0
"""A Friday in March 2026, 13:26 in Warsaw."""

HOUR = 3600.0
DAY = 24 * HOUR


@dataclass(slots=True)
class Heard:
    """A mention and what is known of its case."""

    archived: ArchivedMention
    kind: Kind
    severity: Severity = Severity.GRUMBLE
    state: CaseState = CaseState.NEW
    due_at: float | None = None
    answered_at: float | None = None
    snoozed: float | None = None
    back: float | None = None
    times: int = 1
    limit: int | None = None
    places: int = 1
    satisfaction: Satisfaction | None = None


def heard(
    number: int,
    text: str,
    *,
    kind: Kind = Kind.COMPLAINT,
    author: str = "Anna K.",
    handle: str = "",
    source: str = "feed",
    site: str = "example.org",
    title: str = "",
    stars: float | None = None,
    score: float = 0.93,
    words: Sequence[str] = (),
    ago: float = HOUR,
    due: float | None = None,
    own: bool = False,
    language: str = "pl",
    cause: Cause | None = None,
    **more: Any,
) -> Heard:
    """Make one; `words` are the deciding ones, `due` is in seconds from now."""
    judged = judged_text(title, text)
    reasons = tuple(Reason(judged.index(word), judged.index(word) + len(word), 0.3) for word in words)
    mention = Mention(
        source,
        f"key-{number}",
        f"https://{site}/post/{number}",
        title,
        text,
        author,
        handle,
        site,
        NOW - ago,
        language,
        stars,
    )
    archived = ArchivedMention(
        number,
        "w1",
        mention,
        Verdict(kind, score, reasons=reasons, cause=cause),
        NOW - ago + 60,
        case_id=number if kind is not Kind.NEUTRAL else None,
        own=own,
    )
    return Heard(archived, kind, due_at=None if due is None else NOW + due, **more)


def believable() -> list[Heard]:
    """Return a morning of a bakery in Poznań."""
    return [
        heard(
            1,
            "Paczka miała być we wtorek, a infolinia milczy. Trzeci raz piszę i nikt nie odpowiada, a tort był na urodziny córki 🎂. Naprawdę tak się traktuje stałych klientów?",
            author="Anna K.",
            handle="@anna_k@mastodon.social",
            source="mastodon",
            site="mastodon.social",
            words=("miała być", "infolinia milczy", "nikt nie odpowiada"),
            cause=Cause.DELIVERY,
            due=23 * 60,
            own=True,
            ago=37 * 60,
            times=2,
            limit=500,
        ),
        heard(
            2,
            "Najgorsza obsługa w mieście. Pani za ladą krzyczy na ludzi.",
            author="J. Nowak",
            source="reviews",
            site="Recenzje Google",
            stars=1,
            words=("Najgorsza obsługa",),
            cause=Cause.SERVICE,
            due=-2 * HOUR,
            ago=26 * HOUR,
        ),
        heard(
            3,
            "Купила у вас торт «Наполеон», внутри оказался кусок пластика. Ребёнок чуть не подавился, деньги возвращать отказываются!",
            author="Марина Ветрова",
            handle="vetrova.m",
            source="feed",
            site="otzovik.example",
            language="ru",
            severity=Severity.DANGER,
            words=("кусок пластика", "отказываются"),
            cause=Cause.SAFETY,
            due=3 * HOUR,
            ago=50 * 60,
            places=3,
        ),
        heard(
            4,
            "Ordered two sourdough loaves online, got one, and no answer to my e-mails since Monday.",
            author="Tom Whitfield",
            handle="tom@whitfield.example",
            source="imap",
            site="",
            language="en",
            words=("no answer",),
            cause=Cause.ORDER,
            due=7 * HOUR,
            ago=2 * HOUR,
            title="Order 1182: where is my second loaf?",
        ),
        heard(
            5,
            "Konstantynopolitańczykowianeczkówna" * 6,
            author="محمد العربي الطويل الاسم جداً جداً",
            site="bardzo-dluga-nazwa-strony-z-opiniami.example.org",
            due=30 * HOUR,
            ago=3 * HOUR,
        ),
        heard(
            6,
            "Czekałem 40 minut na kawę, a kelnerka udawała, że mnie nie widzi.",
            author="🍰🍰🍰",
            source="bluesky",
            site="bsky.app",
            cause=Cause.WAITING,
            due=5 * HOUR,
            ago=4 * HOUR,
            limit=300,
        ),
        heard(
            7,
            "W niedzielę zamknięte, chociaż w internecie stoi, że otwarte.",
            author="Krzysztof Wiśniewski-Brzęczyszczykiewicz",
            site="forum.poznan.example",
            due=6 * HOUR,
            ago=5 * HOUR,
        ),
        heard(
            8,
            "Czy robicie torty bezglutenowe na zamówienie?",
            kind=Kind.QUESTION,
            score=0.08,
            author="Ola",
            due=20 * HOUR,
            own=True,
        ),
        heard(
            9, "Есть ли у вас доставка в воскресенье?", kind=Kind.QUESTION, score=0.05, author="Игорь", language="ru"
        ),
        heard(
            10, "Najlepsze pączki w Poznaniu, polecam każdemu!", kind=Kind.PRAISE, score=0.01, author="Marta", stars=5
        ),
        heard(11, "Szukam dobrej cukierni na Jeżycach, kto poleci?", kind=Kind.LEAD, score=0.04, author="Piotr"),
        heard(
            12,
            "Piekarnia przy Rynku zmienia godziny otwarcia od kwietnia.",
            kind=Kind.NEUTRAL,
            score=0.02,
            author="Głos Poznania",
            ago=DAY + HOUR,
        ),
        heard(
            13,
            "Chleb był czerstwy, ale po rozmowie dostałem nowy.",
            author="Zbigniew",
            ago=3 * DAY,
            state=CaseState.ANSWERED,
            answered_at=NOW - 2 * DAY,
        ),
    ]


@dataclass(frozen=True, slots=True)
class FakeSource:
    """A source that declares settings and does nothing."""

    id: str = "feed"
    title: str = "RSS or Atom feed"
    kinds: tuple[WatchKind, ...] = (WatchKind.CHANNEL,)
    settings: tuple[Setting, ...] = (Setting("url", "Address", "url", hint="The address of the page or the feed"),)
    shortest_interval: int = 900
    help_page: str = "feed"
    own_by_nature: bool = False

    def poll(self, poll: object) -> Any:
        raise NotImplementedError

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        return None

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        return settings

    def place(self, settings: Mapping[str, str]) -> str:
        return str(dict(settings))


class FakeSources(tuple[FakeSource, ...]):
    """A registry of sources, all of them loaded."""

    __slots__ = ()

    def all(self) -> tuple[FakeSource, ...]:
        return self

    def known(self) -> tuple[FakeSource, ...]:
        return self

    def get(self, source_id: str) -> FakeSource | None:
        return next((source for source in self if source.id == source_id), None)

    def page(self, name: str, language: str) -> str:
        text = f"# Page of {name} ({language})\n\nSee [E-mail](mailbox.md) or [outside](https://x.example/keys)."
        return text if name else ""


SOURCES = FakeSources(
    (
        FakeSource(),
        FakeSource(
            "mastodon",
            "Mastodon",
            (WatchKind.SEARCH, WatchKind.CHANNEL),
            (Setting("server", "Server", hint="mastodon.social"), Setting("words", "Words")),
            300,
        ),
        FakeSource("bluesky", "Bluesky", (WatchKind.SEARCH,), (Setting("words", "Words"),), 300),
        FakeSource("reviews", "Google reviews", (WatchKind.CHANNEL,), (Setting("url", "Address", "url"),), 3600),
        FakeSource(
            "imap",
            "E-mail",
            (WatchKind.CHANNEL,),
            (
                Setting("server", "Mail server"),
                Setting("user", "User"),
                Setting("password", "Password", "secret"),
                Setting("security", "Security", "choice", choices=("tls", "starttls")),
                Setting("folder", "Folder", required=False),
            ),
            300,
        ),
    )
)


def watches() -> list[WatchView]:
    """Return watches of every mood."""

    def view(
        number: int,
        name: str,
        source: str,
        title: str,
        *,
        problem: Problem | None = None,
        silent: bool = False,
        paused: bool = False,
    ) -> WatchView:
        watch = Watch(f"w{number}", name, source, settings={"url": f"https://example.org/{number}"}, paused=paused)
        state = WatchState(
            watch.id, next_due=NOW + 600 * number, polled_at=NOW - 900, heard_at=NOW - 900 * number, problem=problem
        )
        return WatchView(watch, state, title, silent)

    return [
        view(1, "Nasz blog", "feed", "RSS or Atom feed"),
        view(2, "Mastodon: piekarnia rynek", "mastodon", "Mastodon"),
        view(
            3,
            "Forum Poznań",
            "feed",
            "RSS or Atom feed",
            problem=Problem("watch.not_found", {"host": "forum.poznan.example"}),
        ),
        view(4, "Recenzje", "reviews", "Google reviews", silent=True),
        view(5, "Skrzynka", "imap", "E-mail", paused=True),
    ]


def finds() -> list[Found | Missed]:
    """Return what is found for a shop, the likeliest not first."""

    def found(name: str, source: str, title: str, kind: WatchKind, **settings: str) -> Found:
        rank = (int(kind is WatchKind.SEARCH), len(name))
        return Found(Watch("", name, source, kind, settings), title, rank)

    return [
        found("Piekarnia Rynek", "bluesky", "Bluesky", WatchKind.SEARCH, words="Piekarnia Rynek"),
        found("Nasz blog", "feed", "RSS or Atom feed", WatchKind.CHANNEL, url="https://blog.example/feed"),
        Missed("Mastodon", Problem("net.timeout", {"host": "mastodon.example"})),
        Missed("Google reviews", Problem("net.timeout", {"host": "mastodon.example"})),
        found("@piekarnia", "mastodon", "Mastodon", WatchKind.CHANNEL, server="mastodon.example", words="piekarnia"),
    ]


def covered(views: Sequence[WatchView], now: float) -> tuple[CoveredHour, ...]:
    """Return a week in which the laptop slept from 21 to 7 o'clock UTC, and one watch failed at noon."""
    there = sum(not view.watch.paused for view in views)
    hours = [now // HOUR * HOUR - HOUR * ago for ago in range(7 * 24 - 1, -1, -1)]
    return tuple(
        CoveredHour(at, there, 0 if not 7 <= at // HOUR % 24 < 21 else there - (at // HOUR % 24 == 12)) for at in hours
    )
