"""How quick the archive is: storing in batches against one by one, the index against LIKE, lists of a large archive."""

from __future__ import annotations

import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.core.case import CaseState, Handling
from app.core.correction import MOST, Correction, Label
from app.core.identity import prints_of
from app.core.mention import Mention
from app.core.ports.archive import Heard, NewMention
from app.core.problems import Problem
from app.core.verdict import Kind, Reason, Severity, Verdict
from app.core.views import Folder
from app.core.watch import WatchState
from app.stores.archive.open import Archive, open_archive

pytestmark = pytest.mark.benchmark

NOW = 1_800_000_000.0
BYTES = 2_000
"""Of a text, about: a round figure of ours."""

_STEMS = (
    "paczka obsługa infolinia reklamacja zwrot sklep kurier zamówienie żabka łódź polecam dziękuję problem jakość",
    "плохо магазин доставка заказ возврат деньги курьер ещё ёлка хороший спасибо обслуживание телефон качество",
    "delivery shop order refund broken never again great service phone waiting complaint store quality support",
)
_KINDS = (Kind.COMPLAINT, Kind.QUESTION, Kind.PRAISE, *[Kind.NEUTRAL] * 7)


def _texts(count: int) -> list[str]:
    """Return texts of about 2 KB in three languages, words as unevenly frequent as in real ones."""
    chance = random.Random(7)
    texts = []
    vocabularies = []
    for stems in _STEMS:
        roots = stems.split()
        rare = [
            chance.choice(roots)[: chance.randint(2, 9)] + chance.choice(roots)[-chance.randint(1, 5) :]
            for _ in range(9_000)
        ]
        vocabularies.append(roots + rare)
    for _ in range(count):
        words, size = [], 0
        vocabulary = chance.choice(vocabularies)
        while size < BYTES:
            words.append(vocabulary[int(len(vocabulary) * chance.random() ** 3)])
            size += len(words[-1].encode()) + 1
        texts.append(" ".join(words))
    return texts


def _heard(count: int) -> list[tuple[Mention, NewMention]]:
    texts = _texts(min(count, 5_000))
    found = []
    for n in range(count):
        kind = _KINDS[n % len(_KINDS)]
        mention = Mention(
            "rss", f"guid-{n}", f"https://shop{n % 500}.pl/post/{n}", f"Post {n}", f"{texts[n % len(texts)]} nr{n}",
            f"Anna {n % 700}", f"@anna{n % 900}", f"shop{n % 500}.pl", NOW - 9_999_999 + n,
        )  # fmt: skip
        verdict = Verdict(kind, n * 7919 % 10_000 / 10_000, Severity.PROBLEM, (Reason(0, 5, 0.25), Reason(9, 12, 0.5)))
        opens, due = kind is not Kind.NEUTRAL, NOW + n if kind is Kind.COMPLAINT else None
        found.append((mention, NewMention(mention, prints_of(mention), verdict, opens_case=opens, due_at=due)))
    return found


def _open(folder: Path) -> Archive:
    opened = open_archive(folder / "archive.db", folder / "backups", NOW)
    assert not isinstance(opened, Problem)
    return opened[0]


def _store(archive: Archive, heard: list[tuple[Mention, NewMention]], per: int) -> float:
    """Store in transactions of `per` mentions, each asked for first; return the seconds it took."""
    listener = archive.listener()
    begun = time.perf_counter()
    for start in range(0, len(heard), per):
        part = heard[start : start + per]

        def work(part: list[tuple[Mention, NewMention]] = part) -> list[Heard]:
            known = listener.known([m for m, _ in part], [n.prints for _, n in part])
            new = tuple(n for (_, n), k in zip(part, known, strict=True) if k.by_key is None)
            return [Heard("w", False, WatchState("w"), NOW, NOW, new)]

        assert not isinstance(listener.transaction(work), Problem)
    return time.perf_counter() - begun


def _milliseconds(call: Callable[[], object]) -> float:
    times = []
    for _ in range(7):
        begun = time.perf_counter()
        call()
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def test_storing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heard = _heard(17_500)
    lines = ["", "storing mentions of 2 KB, each asked for first | mentions | seconds | mentions/s"]
    for per, count in ((1, 1_750), (35, 17_500), (350, 17_500), (1_400, 17_500)):
        archive = _open(tmp_path / str(per))
        seconds = _store(archive, heard[:count], per)
        assert archive.desk().counts(NOW)[Folder.EVERYTHING] == count
        lines.append(f"{per:5} a transaction | {count} | {seconds:.2f} | {count / seconds:.0f}")
        if per == 1_400:
            again = _store(archive, heard, per)
            lines.append(f"{per:5} a transaction, all known already | {count} | {again:.2f} | {count / again:.0f}")
        archive.close()
    with capsys.disabled():
        print("\n".join(lines))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, Path]]:
    folder = tmp_path_factory.mktemp("large")
    archive = _open(folder)
    _store(archive, _heard(100_000), 1_400)
    yield archive, folder / "archive.db"
    archive.close()


@pytest.mark.timeout(600)
def test_lists_of_a_large_archive(large: tuple[Archive, Path], capsys: pytest.CaptureFixture[str]) -> None:
    archive, _ = large
    desk = archive.desk()
    desk.teach((), [Correction(0, Label.NOT_COMPLAINT, f"{n} " + "words " * 30, NOW + n) for n in range(MOST)])
    desk.mark_rung(range(1, 50_001), NOW)
    for n in range(1, 5_001):
        desk.put_handling(Handling(n, CaseState.ANSWERED, changed_at=NOW + n))
    calls: dict[str, Callable[[], object]] = {
        "counts": lambda: desk.counts(NOW),
        **{f"page of {f.value}": lambda f=f: desk.page(f, "", 0, 50, NOW) for f in Folder},  # type: ignore[misc]
        "everything, last page": lambda: desk.page(Folder.EVERYTHING, "", 99_950, 50, NOW),
        "next due": lambda: desk.next_due(NOW),
        "mentions of one account": lambda: desk.by_identity(["shop7.pl @anna7"]),
        "tally of all": lambda: desk.tally(0, NOW + 1),
        "preview of the bands": lambda: desk.bands(0.75, 0.54, 0.0, 5),
        "preview, nothing rings": lambda: desk.bands(2.0, 1.5, 0.0, 5),
        "corrections, 2,000": desk.corrections,
        "the listener's look for new ones": archive.listener().corrections_mark,
        "rings judged, the newest 20": lambda: desk.judged_rings(20),
        "scores of answered complaints": lambda: desk.settled_levels(2_000),
    }
    assert desk.page(Folder.EVERYTHING, "", 99_950, 50, NOW).total == 100_000
    lines = ["", "100,000 mentions | ms", *(f"{name} | {_milliseconds(call):.2f}" for name, call in calls.items())]
    with capsys.disabled():
        print("\n".join(lines))


@pytest.mark.timeout(600)
def test_search_against_like(large: tuple[Archive, Path], capsys: pytest.CaptureFixture[str]) -> None:
    archive, path = large
    desk = archive.desk()
    plain = sqlite3.connect(path)
    like = "SELECT id FROM texts WHERE text LIKE ? ORDER BY id DESC LIMIT 50"
    lines = ["", "search in 100,000 mentions | hits | index, ms | index, complaints, ms | LIKE, ms"]
    for typed in ("nr4711", "nr47", "reklamac zwrot", "reklamac", "re"):
        page = desk.page(Folder.EVERYTHING, typed, 0, 50, NOW)
        by_index = _milliseconds(lambda typed=typed: desk.page(Folder.EVERYTHING, typed, 0, 50, NOW))  # type: ignore[misc]
        of_kind = _milliseconds(lambda typed=typed: desk.page(Folder.COMPLAINTS, typed, 0, 50, NOW))  # type: ignore[misc]
        begun = time.perf_counter()
        plain.execute(like, (f"%{typed}%",)).fetchall()
        assert page.total > 0
        by_like = (time.perf_counter() - begun) * 1000
        lines.append(f"{typed} | {page.total} | {by_index:.1f} | {of_kind:.1f} | {by_like:.0f}")
    plain.close()
    with capsys.disabled():
        print("\n".join(lines))
