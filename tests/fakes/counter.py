"""The desk of a profile, and customers who write: what is said on the watched page is heard at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import Any

from fakes.pages import PageSources, WordDetector
from fakes.profile import Profile, UnluckyShop, profile_in

from app.bootstrap.naming import first_names
from app.core.mention import Mention
from app.core.ports.find import InHand
from app.core.ports.signin import SignedIn, SignInCode, SignInPause
from app.core.problems import Problem, ProblemError
from app.core.views import Found, Missed, Trial
from app.core.watch import Watch
from app.desk.desk import Desk, Lent
from app.listen.find import find_watches
from app.listen.listening import Listening
from app.listen.sign_in import sign_in
from app.listen.trial import try_watch
from app.stores.archive.desk import SqliteDeskArchive
from app.stores.atomic import put_file
from app.stores.by_hand import EntryDraftFile, PictureFiles
from app.stores.customers import TinyCustomerFiles

NONE = None


class UnluckyDeskArchive(SqliteDeskArchive):
    """The real archive, but that every write fails while `problem` is set."""

    problem: Problem | None = None

    def _write(self, change: Callable[..., object]) -> None:
        if self.problem:
            raise ProblemError(self.problem)
        super()._write(change)

    def forget(self, identity_keys: Sequence[str], mention_ids: Sequence[int] = ()) -> int:
        if self.problem:
            raise ProblemError(self.problem)
        return super().forget(identity_keys, mention_ids)


class UnluckyFiles(TinyCustomerFiles):
    """The real files, but that adding to the log fails while `problem` is set."""

    problem: Problem | None = None

    def add_contact(self, customer_id: str, contact: object) -> Problem | None:  # type: ignore[override]
        return self.problem or super().add_contact(customer_id, contact)  # type: ignore[arg-type]


class Counter:
    """A shop with one watch, on https://a.example/feed."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.archive = UnluckyDeskArchive(profile.archive._handled, profile.archive._backups)
        self.files = UnluckyFiles(profile.folder / "customers", profile.folder / "customers.index")
        self.files.repair()
        self.shop: UnluckyShop = profile.shop
        self.closed = 0
        self.watch = profile.watch("a", "")
        self._listening = Listening(profile.parts)
        self._listening.take_turn(self.watch, self.shop.preferences())
        self._said: list[str] = []
        self.desk = self.open_desk()

    def open_desk(self) -> Desk:
        """Build the desk, as a start of the window does."""
        return Desk(
            Lent(
                profile=self.profile.folder,
                archive=self.archive,
                customers=self.files,
                shop=self.shop,
                secrets=self.profile.secrets,
                tray=self.profile.archive.out_tray(),
                sources=PageSources(self.profile.source),
                errands=self,
                reports=NONE,  # type: ignore[arg-type]
                hand_over=NONE,  # type: ignore[arg-type]
                level=self._shipped,
                judge=lambda mention, own: WordDetector().judge(mention.text, title=mention.title, own=own),
                language_of=lambda mention: mention.language or "en",
                first_names=first_names,
                waiting=self.profile.waiting,
                pictures=PictureFiles(self.profile.folder / "pictures"),
                entry_draft=EntryDraftFile(self.profile.folder / "by-hand", self.profile.clock),
                fetched=self.profile.fetched,
                write_file=put_file,
                zone=UTC,
                now=self.profile.clock,
                checks=(("archive", tuple),),
                close=self._close,
            )
        )

    def say(self, author: str, text: str, answers: int = 0) -> int:
        """Have somebody write on the watched page, perhaps below another mention; returns the id of the mention heard."""
        parent = self.archive.mention(answers)
        below = f" < {parent.mention.key}" if parent else ""
        self._said.insert(0, f"{len(self._said) + 1}{below}; {author}; {text}")
        self.profile.web.pages["https://a.example/feed"] = "\n".join(self._said)
        turn = self._listening.take_turn(self.watch, self.shop.preferences())
        assert turn.recorded
        (mention_id,) = turn.recorded.stored.mention_ids
        return mention_id

    def edit(self, mention_id: int, text: str, author: str | None = None) -> None:
        """Have the text of what was said be edited, and hear of it; with `author` it is somebody else's from then on."""
        said = self.archive.mention(mention_id)
        assert said is not None
        place = next(n for n, line in enumerate(self._said) if line.startswith(f"{said.mention.key}; "))
        key, before = self._said[place].split("; ")[:2]
        self._said[place] = "; ".join((key, before if author is None else author, text))
        self.profile.web.pages["https://a.example/feed"] = "\n".join(self._said)
        assert self._listening.take_turn(self.watch, self.shop.preferences()).recorded

    def close(self) -> None:
        self._listening.close()
        self.files.close()

    def try_watch(self, watch: Watch, secrets: Mapping[str, str] | None) -> Trial:
        return try_watch(self.profile.parts, watch, secrets)

    def sign_in(self, watch: Watch, secrets: Mapping[str, str] | None) -> Iterator[SignInCode | SignInPause | SignedIn]:
        return sign_in(self.profile.parts, watch, secrets)

    def find(self, hands: Sequence[InHand], tell: Callable[[Found | Missed], None], **more: Any) -> None:
        find_watches(self.profile.parts, hands, tell, **more)

    @staticmethod
    def _shipped(mention: Mention, *, own: bool = False) -> float:
        return WordDetector().judge(mention.text, title=mention.title).score

    def _close(self) -> None:
        self.closed += 1


@contextmanager
def counter_in(folder: Path) -> Iterator[Counter]:
    """Open a shop in a folder."""
    with profile_in(folder) as profile:
        counter = Counter(profile)
        try:
            yield counter
        finally:
            counter.close()
