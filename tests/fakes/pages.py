"""A source of pages in a dialect of our own: one mention a line, «key; author; text», and a detector for them.

«key < parent; author; text» answers another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from app.core.correction import Correction, Label
from app.core.mention import Mention
from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Request
from app.core.ports.source import Poll, Reading, Setting, Source, Steps, Suggestion
from app.core.problems import Problem
from app.core.verdict import Cause, Kind, Severity, Verdict
from app.core.watch import WatchKind


class PageSource:
    """Reads `settings["url"]`. A body «see URL» is a page that only leads on; «crash» raises; «broken» is a problem."""

    id = "page"
    title = "Page"
    kinds = (WatchKind.CHANNEL, WatchKind.SEARCH)
    settings = (Setting("url", "Address", kind="url"), Setting("password", "Password", kind="secret", required=False))
    shortest_interval = 1
    help_page = ""

    def __init__(self, source_id: str = "page") -> None:
        self.id = source_id
        self.polls: list[Poll] = []
        self.published: float | None = None
        self.reads_news = False

    def find(self, hand: InHand) -> FindSteps:
        """Suggest what the page in hand tells to «see», or, for a name, the page called so."""
        if not hand.url:
            return tuple(self._meant([f"https://{hand.name}.example/feed"] if hand.name else []))
        response = yield Request(hand.url)
        body = response.body.decode() if response.status < 400 else ""
        return tuple(self._meant(body.removeprefix("see ").split() if body.startswith("see ") else []))

    def _meant(self, addresses: Sequence[str]) -> Iterator[Suggestion]:
        for address in addresses:
            yield Suggestion(self.id, "Meant", {"url": address}, count=3, examples=("First", "Second"))

    def poll(self, poll: Poll) -> Steps:
        self.polls.append(poll)
        url = poll.watch.settings["url"]
        response = yield Request(url)
        if response.unchanged:
            return Reading(bookmark=poll.bookmark)
        body = response.body.decode()
        if body == "crash":
            raise ZeroDivisionError("a fault of the source")
        if body == "broken":
            return Reading(problem=Problem("sources.page_not_feed"))
        if body.startswith("see "):
            meant = tuple(self._meant(body[4:].split()))
            return Reading(title="Leads on", problem=Problem("sources.page_not_feed"), suggestions=meant)
        mentions = tuple(self._mention(line, url) for line in body.splitlines() if line)
        return Reading(mentions, {"lines": str(len(mentions))}, title="Page title")

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        address = settings.get("url", "").strip()
        if not address:
            return Problem("sources.no_address")
        return Problem("sources.bad_address") if " " in address else None

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        return {"url": settings.get("url", "").strip()}

    def place(self, settings: Mapping[str, str]) -> str:
        return settings.get("url", "").partition("://")[2].rstrip("/")

    def _mention(self, line: str, url: str) -> Mention:
        key, author, text = (part.strip() for part in line.split(";", 2))
        key, _, parent = key.partition(" < ")
        name, _, handle = author.partition(" @")
        site = url.partition("://")[2].partition("/")[0]
        return Mention(
            self.id, key, f"https://{site}/{key}", "", text, name, handle, site, self.published, parent=parent
        )


class PageSources:
    """A registry of sources."""

    def __init__(self, *sources: Source) -> None:
        self.sources = sources or (PageSource(),)

    def all(self) -> tuple[Source, ...]:
        return self.sources

    def known(self) -> tuple[Source, ...]:
        return self.sources

    def get(self, source_id: str) -> Source | None:
        return next((source for source in self.sources if source.id == source_id), None)

    def page(self, name: str, language: str) -> str:
        return ""


class WordDetector:
    """«awful» is a complaint, «great» praise, a question mark a question; «choke» raises; «0.61» is that sure,
    and «leant» that its wording speaks against it; «poison» and «lawsuit» are as bad as danger.

    What it was taught it says again of the very same text, and a competitor's name makes a text neutral.
    """

    def __init__(self) -> None:
        self.taught: list[tuple[Correction, ...]] = []
        self.names: list[tuple[tuple[str, ...], tuple[str, ...]]] = []

    def learn(self, corrections: Sequence[Correction]) -> None:
        self.taught.append(tuple(corrections))

    def name(self, shop: Sequence[str], competitors: Sequence[str], wanted: Sequence[str] = ()) -> None:
        self.names.append(((*shop, *wanted), tuple(competitors)))

    def judge(
        self, text: str, *, title: str = "", stars: float | None = None, language: str = "", own: bool = False
    ) -> Verdict:
        if "unless ours" in text and own:
            return Verdict(Kind.COMPLAINT, 0.9)
        if "choke" in text:
            raise ZeroDivisionError("a fault of the detector")
        labels = {one.text: one.label for one in (self.taught[-1] if self.taught else ())}
        if label := labels.get(text):
            is_complaint = label is Label.COMPLAINT
            return Verdict(Kind.COMPLAINT, 0.99) if is_complaint else Verdict(Kind.NEUTRAL, 0.01)
        if self.names and any(name in text for name in self.names[-1][1]):
            return Verdict(Kind.NEUTRAL, 0.02)
        if sure := re.search(r"\b0\.\d+\b", text):
            lean = -2.0 if "leant" in text else 0.0
            return Verdict(Kind.COMPLAINT, float(sure.group()), cause=Cause.QUALITY, lean=lean)
        if "awful" in text:
            return Verdict(
                Kind.COMPLAINT, 0.9, Severity.DANGER if re.search("poison|lawsuit", text) else Severity.GRUMBLE
            )
        if "great" in text:
            return Verdict(Kind.PRAISE, 0.1)
        return Verdict(Kind.QUESTION, 0.2) if "?" in text else Verdict(Kind.NEUTRAL, 0.05)


class NoSecrets:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.problem: Problem | None = None

    def get(self, watch_id: str, name: str) -> str | Problem | None:
        return self.problem or self.kept.get((watch_id, name))

    def put(self, watch_id: str, name: str, value: str) -> Problem | None:
        if self.problem is None:
            self.kept[watch_id, name] = value
        return self.problem

    def forget(self, watch_id: str, names: tuple[str, ...]) -> Problem | None:
        for name in names:
            self.kept.pop((watch_id, name), None)
        return self.problem
