"""What two programs on one profile change in the preferences at the same moment: both changes stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from fakes.counter import Counter

from app.core.bands import RING_AT
from app.core.preferences import Preferences
from app.core.watch import Watch
from app.stores.shop_file import TinyShopFile


@contextmanager
def another_program_writes(shop: Counter, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have another program change something else between every look of this one at the preferences and what it does then."""
    folder, look = shop.profile.folder, shop.shop.preferences
    other = TinyShopFile(folder / "shop.json", folder / "other")
    written: list[str] = []

    def preferences() -> Preferences:
        seen = look()
        written.append(f"Bakery {len(written)}")
        assert other.put_preferences(replace(other.preferences(), competitors=tuple(written))) is None
        return seen

    with monkeypatch.context() as patch:
        patch.setattr(shop.shop, "preferences", preferences)
        yield
    assert look().competitors == tuple(written), "what the other program wrote is lost"


def blocks(shop: Counter) -> None:
    assert shop.desk.cases.block_author(shop.say("Spam @spam", "Buy!"), shop.profile.clock()) == 0


def unblocks(shop: Counter) -> None:
    blocks(shop)
    shop.desk.cases.undo()


def adds(shop: Counter) -> None:
    new = Watch("", "Blog", "page", settings={"url": "https://b.example/feed"})
    assert isinstance(shop.desk.watches.save(new), Watch)


def sets(shop: Counter) -> None:
    assert shop.desk.settings.change(lambda known: replace(known, sound=False)) is None


def leaves_the_bell_alone(shop: Counter) -> None:
    assert shop.desk.learning.ring_automatically() is None


@pytest.mark.parametrize(
    ("act", "wanted"),
    [
        (blocks, {"blocked_authors": ("a.example spam",)}),
        (unblocks, {"blocked_authors": ()}),
        (adds, {"first_run_done": True}),
        (sets, {"sound": False}),
        (leaves_the_bell_alone, {"ring_at": RING_AT, "ring_at_by_owner": False}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_neither_change_is_lost(
    shop: Counter, monkeypatch: pytest.MonkeyPatch, act: Callable[[Counter], None], wanted: dict[str, object]
) -> None:
    shop.shop.put_preferences(Preferences(ring_at=0.99, ring_at_by_owner=True))
    with another_program_writes(shop, monkeypatch):
        act(shop)
    kept = shop.shop.preferences()
    assert {name: getattr(kept, name) for name in wanted} == wanted


def test_a_bell_that_the_owner_sets_meanwhile_stays_as_set(shop: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """The corrections ask for another threshold; while they are reckoned with, the owner moves the slider elsewhere."""
    learning = shop.desk.learning
    monkeypatch.setattr(type(learning), "suggested_ring_at", lambda _learning: _moved(shop))
    learning.mind_ring_at()
    assert (shop.shop.preferences().ring_at, shop.shop.preferences().ring_at_by_owner) == (0.6, True)


def _moved(shop: Counter) -> float:
    assert shop.shop.put_preferences(Preferences(ring_at=0.6, ring_at_by_owner=True)) is None
    return 0.9
