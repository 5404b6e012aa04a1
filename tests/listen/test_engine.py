"""The listener: what is polled when, whatever the owner does meanwhile."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from fakes.profile import Profile

from app.core.messages import Arrived, Failed, Pause, Polled, PollNow, ShopChanged, Status
from app.core.problems import Problem
from app.listen import engine, plan
from app.stores.shop_file import TinyShopFile

AWFUL = "1; Anna @anna; The bread was awful and nobody answers the phone."


def test_a_new_watch_is_polled_and_what_it_brings_is_told(profile: Profile) -> None:
    profile.watch("a", "")
    with profile.listening() as (listener, ears):
        ears.expect(Polled, problem=None)
        profile.web.pages["https://a.example/feed"] = f"{AWFUL}\n2; Piotr @piotr; Just passing by, nothing to say here."
        listener.obey(PollNow())
        ears.expect(Polled, 2, problem=None)
    (arrived,) = ears.of(Arrived)
    assert (arrived.watch_id, len(arrived.mention_ids), len(arrived.ringing)) == ("a", 2, 1)
    assert ears.heard.index(arrived) < ears.heard.index(ears.of(Polled)[1])
    assert profile.listener_archive.states()["a"].next_due > time.time() + 3590


def test_nothing_is_polled_before_it_is_due_after_a_restart(profile: Profile) -> None:
    profile.watch("a", AWFUL)
    with profile.listening() as (_listener, ears):
        ears.expect(Polled)
    profile.watch("b", "")
    with profile.listening() as (_listener, ears):
        ears.expect(Polled, watch_id="b")
    assert profile.web.asked == ["https://a.example/feed", "https://b.example/feed"]


def test_the_interval_counts_from_the_start_of_a_poll(profile: Profile) -> None:
    starts: list[float] = []

    def page() -> str:
        starts.append(profile.clock())
        profile.clock.shift += 30  # as if it had taken half a minute
        return ""

    watch = profile.watch("a", interval=31)
    profile.web.pages[watch.settings["url"]] = page
    with profile.listening() as (_listener, ears):
        ears.expect(Polled, 3)
    dues = [polled.next_due for polled in ears.of(Polled)[:3]]
    assert dues == pytest.approx([start + 31 for start in starts[:3]], abs=10)
    assert all(due <= start for due, start in zip(dues, starts[1:], strict=False)), "none is polled before it is due"


def test_a_watch_is_never_polled_twice_at_a_time(profile: Profile) -> None:
    profile.watch("a", AWFUL)
    profile.web.gate.clear()
    with profile.listening() as (listener, ears):
        profile.web.expect(1)
        for _ in range(3):
            listener.obey(PollNow(("a",)))
        profile.web.gate.set()
        ears.expect(Polled)
    assert profile.web.most_together == 1


def test_two_watches_of_one_public_host_take_turns_and_private_ones_need_none(profile: Profile) -> None:
    public = {"url": "https://same.example/feed"}
    profile.web.pages["https://same.example/feed"] = ""
    for name in "ab":
        profile.watch(name, settings=public)
    profile.web.gate.clear()
    with profile.listening() as (listener, ears):
        profile.web.expect(1)
        for name in "cd":
            profile.watch(name, settings=public, allow_private=True)
        listener.obey(ShopChanged())
        profile.web.expect(3)
        assert profile.web.private.count(False) == 1
        profile.web.gate.set()
        ears.expect(Polled, watch_id="a")
        ears.expect(Polled, watch_id="b")


def test_a_pause_stops_polls_but_not_the_signs_of_life(profile: Profile) -> None:
    with profile.listening(beat=0.03) as (listener, ears):
        listener.obey(Pause(paused=True))
        profile.watch("a", AWFUL)
        listener.obey(ShopChanged())
        ears.expect(Status, 5, paused=True, watches=1)
        assert not profile.web.asked
        listener.obey(Pause(paused=False))
        ears.expect(Polled)


def test_a_pause_in_the_middle_of_a_poll_holds_after_it(profile: Profile) -> None:
    profile.watch("a", AWFUL, interval=1)
    profile.web.gate.clear()
    with profile.listening(beat=0.05) as (listener, ears):
        profile.web.expect(1)
        listener.obey(Pause(paused=True))
        profile.web.gate.set()
        ears.expect(Polled)
        ears.expect(Status, 30, paused=True, polling=0)
        assert not listener._plan.is_due("a", 9e12)
        assert len(profile.web.asked) == 1


def test_check_now_works_in_a_pause_and_the_pause_goes_on(profile: Profile) -> None:
    profile.watch("a", AWFUL, interval=1)
    with profile.listening(beat=0.03) as (listener, ears):
        ears.expect(Polled)
        listener.obey(Pause(paused=True))
        before = len(profile.web.asked)
        listener.obey(PollNow())
        profile.web.expect(before + 1)
        ears.expect(Status, 40, paused=True, polling=0)
        assert len(profile.web.asked) <= before + 2


def test_check_now_polls_own_channels_first(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "POLLS_AT_ONCE", 1)
    for name in "abc":
        profile.watch(name, "", own=name == "c")
    with profile.listening() as (listener, ears):
        ears.expect(Polled, 3)
        profile.web.asked.clear()
        listener.obey(PollNow())
        ears.expect(Polled, 6)
    assert [url[8] for url in profile.web.asked] == ["c", "a", "b"]


def test_check_now_polls_a_paused_watch_only_where_it_is_named(profile: Profile) -> None:
    profile.watch("a", AWFUL, paused=True)
    profile.watch("b", "")
    with profile.listening() as (listener, ears):
        ears.expect(Polled, watch_id="b")
        listener.obey(PollNow())
        ears.expect(Polled, 2, watch_id="b")
        assert not [p for p in ears.of(Polled) if p.watch_id == "a"]
        listener.obey(PollNow(("a",)))
        ears.expect(Polled, watch_id="a")


def test_a_watch_changed_while_it_is_polled_is_polled_again_as_it_is_now(profile: Profile) -> None:
    watch = profile.watch("a", AWFUL)
    profile.web.pages["https://new.example/feed"] = "9; Jan @jan; The cake was awful too, I want my money back."
    profile.web.gate.clear()
    with profile.listening() as (listener, ears):
        profile.web.expect(1)
        profile.shop.put_watch(replace(watch, settings={"url": "https://new.example/feed"}))
        listener.obey(ShopChanged())
        profile.web.gate.set()
        profile.web.expect(1, "https://new.example/feed")
        ears.expect(Arrived, 2)
    assert profile.web.asked == ["https://a.example/feed", "https://new.example/feed"]
    assert profile.listener_archive.states()["a"].problem is None


def test_a_watch_renamed_while_it_is_polled_is_left_alone_until_due(profile: Profile) -> None:
    watch = profile.watch("a", AWFUL)
    profile.web.gate.clear()
    with profile.listening(beat=0.03) as (listener, ears):
        profile.web.expect(1)
        profile.shop.put_watch(replace(watch, name="Other"))
        listener.obey(ShopChanged())
        profile.web.gate.set()
        ears.expect(Polled)
        ears.expect(Status, 20, polling=0)
        assert len(profile.web.asked) == 1


def test_a_shorter_interval_counts_from_the_last_poll(profile: Profile) -> None:
    watch = profile.watch("a", AWFUL)
    with profile.listening() as (listener, ears):
        ears.expect(Polled)
        (first,) = ears.of(Polled)
        profile.clock.shift = 600.0
        profile.shop.put_watch(replace(watch, interval=1_000))
        listener.obey(ShopChanged())
        assert not listener._plan.is_due("a", first.at + 900)
        assert listener._plan.is_due("a", first.at + 1_000)
        profile.clock.shift = 0.0
        profile.shop.put_watch(replace(watch, interval=1))
        listener.obey(ShopChanged())
        ears.expect(Polled, 2)


def test_a_watch_removed_while_it_is_polled_is_forgotten(profile: Profile) -> None:
    profile.watch("a", AWFUL)
    profile.watch("b", "")
    profile.web.gate.clear()
    with profile.listening() as (listener, ears):
        profile.web.expect(2)
        profile.shop.remove_watch("a")
        listener.obey(ShopChanged())
        profile.web.gate.set()
        ears.expect(Polled, 2)
        listener.obey(PollNow(("a",)))
    assert set(profile.listener_archive.states()) == {"b"}
    assert profile.web.asked.count("https://a.example/feed") == 1


def test_a_watch_removed_while_nobody_listened_is_forgotten_at_the_start(profile: Profile) -> None:
    profile.watch("a", AWFUL)
    with profile.listening() as (_listener, ears):
        ears.expect(Polled)
    profile.shop.remove_watch("a")
    with profile.listening():
        pass
    assert "a" in profile.listener_archive.states(), "a shop file without a single watch may be a lost one"
    profile.watch("b", "")
    with profile.listening() as (_listener, ears):
        ears.expect(Polled, watch_id="b")
    assert set(profile.listener_archive.states()) == {"b"}


def test_a_watch_removed_and_brought_back_is_polled_again(profile: Profile) -> None:
    watch = profile.watch("a", AWFUL)
    with profile.listening() as (listener, ears):
        ears.expect(Polled)
        profile.shop.remove_watch("a")
        listener.obey(ShopChanged())
        profile.shop.put_watch(watch)
        listener.obey(ShopChanged())
        ears.expect(Polled, 2)
    assert "a" in profile.listener_archive.states()
    assert len(ears.of(Arrived)) == 1


def test_what_another_process_writes_into_the_shop_file_is_seen_at_the_beat(profile: Profile) -> None:
    with profile.listening(beat=0.03) as (_listener, ears):
        ears.expect(Status, watches=0)
        other = TinyShopFile(profile.folder / "shop.json", profile.folder / "b")
        profile.web.pages["https://a.example/feed"] = AWFUL
        profile.shop = other
        profile.watch("a")
        ears.expect(Arrived, watch_id="a")
    assert profile.web.asked == ["https://a.example/feed"]
    assert ears.of(Status)[-1].watches == 1


def test_signs_of_life_come_while_every_thread_is_held_up(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "STAGGER", 0.01)
    for number in range(14):
        profile.watch(f"w{number}", "")
    profile.web.gate.clear()
    with profile.listening(beat=0.03) as (_listener, ears):
        profile.web.expect(12)
        ears.expect(Status, 5, polling=12)
        profile.web.gate.set()
        ears.expect(Polled, 14)
    assert {polled.watch_id for polled in ears.of(Polled)} == {f"w{number}" for number in range(14)}
    assert all(polled.problem is None for polled in ears.of(Polled))


def test_an_end_breaks_off_what_is_under_way_and_blames_nobody(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "STAGGER", 0.01)
    monkeypatch.setattr(engine, "END_WITHIN", 60.0)
    for number in range(20):
        profile.watch(f"w{number}", AWFUL)
    profile.web.gate.clear()
    with profile.listening() as (_listener, ears):
        profile.web.expect(12)
        began = time.monotonic()
    assert time.monotonic() - began < 30
    assert not ears.of(Polled)
    assert not profile.listener_archive.states()


def test_offline_is_no_error(profile: Profile) -> None:
    watch = profile.watch("a", interval=1)
    profile.web.pages[watch.settings["url"]] = Problem("net.offline")
    with profile.listening(beat=0.03) as (_listener, ears):
        ears.expect(Status, offline=True)
        profile.web.pages[watch.settings["url"]] = AWFUL
        ears.expect(Arrived)
        ears.expect(Status, offline=False, polling=0)
    assert profile.listener_archive.states()["a"].failures == 0
    assert not ears.of(Failed)
