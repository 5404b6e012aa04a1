"""Watches: tidied, checked, tried, kept and removed; and the health of it all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from fakes.counter import Counter
from fakes.pages import PageSource

from app.core.moves import MOVE_TIMES
from app.core.ports.net import Response
from app.core.problems import Problem
from app.core.watch import Watch
from app.desk import health
from app.listen.listening import Listening
from app.listen.once import due_watches

NEW = Watch("", " My  blog ", "page", settings={"url": " https://b.example/feed "}, required=(" a  b ", "", "a b"))
HOUR = 3600.0


def listen(shop: Counter, watch: Watch) -> None:
    listening = Listening(shop.profile.parts)
    listening.take_turn(watch, shop.shop.preferences())
    listening.close()


def test_a_new_watch_is_tidied_and_kept(shop: Counter) -> None:
    kept = shop.desk.watches.save(NEW)
    assert kept.id
    assert (kept.name, kept.settings["url"], kept.required) == ("My blog", "https://b.example/feed", ("a b",))
    assert kept.created > 0
    assert shop.desk.watches.get(kept.id) == shop.desk.watches.get("MY BLOG ") == kept
    assert [view.watch.id for view in shop.desk.watches.list()] == ["a", kept.id]


def test_a_watch_of_the_same_place_reached_in_another_way_is_a_twin_and_its_address_stays_as_written(
    shop: Counter,
) -> None:
    address = "https://b.example/feed?utm_source=mail&page=2"
    assert shop.desk.watches.save(replace(NEW, settings={"url": address})).settings["url"] == address
    twin = replace(NEW, name="Other", settings={"url": "https://b.example/feed?page=2"})
    assert shop.desk.watches.save(twin).code == "desk.watch_twin"
    assert shop.desk.watches.check(replace(twin, settings={"url": "https://b.example/feed?page=3"})) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://b.example/f?b=2&a=1", "https://b.example/f?a=1&b=2"),
        ("https://b.example/świat", "https://b.example/%c5%9bwiat"),
        ("https://b.example//feed", "https://b.example/feed"),
        ("https://kawiarnia-świat.example/feed", "https://xn--kawiarnia-wiat-fyc.example/feed"),
    ],
)
def test_a_place_written_in_another_way_is_a_twin(shop: Counter, first: str, second: str) -> None:
    assert shop.desk.watches.save(replace(NEW, settings={"url": first})).settings["url"] == first
    twin = replace(NEW, name="Other", settings={"url": second})
    assert shop.desk.watches.save(twin).code == "desk.watch_twin"
    assert shop.desk.watches.check(replace(twin, settings={"url": f"{second}2"})) is None


MOVED, NEW_PLACE = "https://b.example/old", "https://www.b.example/feed"


def _moved(url: str = NEW_PLACE, **more: str) -> Response:
    return Response(url, 200, {}, b"1; Anna; kawa", **{"moved": url, **more})


def test_a_place_that_has_moved_to_that_of_another_watch_is_a_twin_once_it_was_asked(shop: Counter) -> None:
    shop.profile.web.pages |= {MOVED: _moved(), NEW_PLACE: "1; Anna; kawa"}
    assert shop.desk.watches.save(replace(NEW, settings={"url": NEW_PLACE}))
    old = replace(NEW, name="Old", settings={"url": MOVED})
    assert shop.desk.watches.check(old) is None, "nobody knows yet"
    shop.desk.watches.test(old)
    assert shop.desk.watches.save(old) == Problem("desk.watch_twin", {"name": "My blog"})
    assert shop.desk.watches.check(replace(old, required=("other",))) is None
    assert shop.desk.watches.check(replace(old, settings={"url": f"{MOVED}er"})) is None


def test_the_place_another_watch_was_found_to_have_moved_to_is_its_twin(shop: Counter) -> None:
    shop.profile.web.pages |= {MOVED: _moved(), NEW_PLACE: "1; Anna; kawa"}
    old = shop.desk.watches.save(replace(NEW, name="Old", settings={"url": MOVED}))
    new = replace(NEW, settings={"url": NEW_PLACE})
    for _day in range(MOVE_TIMES):
        assert shop.desk.watches.check(new) is None, "it may be for a day"
        listen(shop, old)
        shop.profile.clock.shift += 86_400.0
    assert shop.desk.watches.save(new) == Problem("desk.watch_twin", {"name": "Old"})
    assert shop.desk.watches.check(replace(new, settings={"url": f"{NEW_PLACE}/other"})) is None
    assert shop.desk.watches.check(replace(shop.watch, settings={"url": NEW_PLACE}, required=NEW.required)), "edited"


def test_a_place_that_leads_elsewhere_for_now_is_no_twin(shop: Counter) -> None:
    shop.profile.web.pages |= {MOVED: _moved(moved=""), NEW_PLACE: "1; Anna; kawa"}
    assert shop.desk.watches.save(replace(NEW, settings={"url": NEW_PLACE}))
    old = replace(NEW, name="Old", settings={"url": MOVED})
    shop.desk.watches.test(old)
    assert shop.desk.watches.save(old).name == "Old"


def test_watches_that_became_twins_can_be_renamed_and_paused(shop: Counter) -> None:
    shop.profile.web.pages |= {MOVED: "1; Anna; kawa", NEW_PLACE: "1; Anna; kawa"}
    new = shop.desk.watches.save(replace(NEW, settings={"url": NEW_PLACE}))
    old = shop.desk.watches.save(replace(NEW, name="Old", settings={"url": MOVED}))
    shop.profile.web.pages[MOVED] = _moved()
    listen(shop, old)
    for watch in (new, old):
        assert shop.desk.watches.save(replace(watch, name=f"{watch.name} 2", paused=True)).paused


def test_what_nobody_sees_is_taken_out_of_an_address(shop: Counter) -> None:
    unseen = replace(NEW, settings={"url": "\ufeffhttps://b.ex\u00adample/\u2060own.xml\u200b\u200f "})
    assert shop.desk.watches.test(unseen).watch.settings["url"] == "https://b.example/own.xml"
    assert shop.profile.web.asked[-1] == "https://b.example/own.xml"
    kept = shop.desk.watches.save(unseen)
    assert kept.settings["url"] == "https://b.example/own.xml"


class Completing(PageSource):
    """Completes addresses as the real sources do, and tells no secret without TLS."""

    secret = False

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        typed = settings.get("url", "").removeprefix("feed://")
        return {"url": typed if "://" in typed else f"https://{typed}"}

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        return Problem("sources.plain_server") if self.secret and settings["url"].startswith("http:") else None


AT_HOME = "127.0.0.1:8171/rss"
PLAIN = Problem("net.no_tls", {"host": "127.0.0.1"})


@pytest.mark.parametrize("typed", [AT_HOME, f"feed://{AT_HOME}"])
@pytest.mark.parametrize("met", ["net.no_tls", "net.refused", "net.broken", "net.tls"])
def test_a_place_at_home_without_tls_is_read_without_where_no_scheme_was_written(
    shop: Counter, typed: str, met: str
) -> None:
    shop.profile.source = Completing()
    desk = shop.open_desk()
    shop.profile.web.pages |= {
        f"https://{AT_HOME}": Problem(met, {"host": "127.0.0.1"}),
        f"http://{AT_HOME}": "1; A; awful",
    }
    trial = desk.watches.test(replace(NEW, settings={"url": typed}, allow_private=True))
    assert trial.problem == PLAIN
    assert trial.found
    assert trial.found.settings == {"url": f"http://{AT_HOME}"}
    assert len(trial.mentions) == 1


@pytest.mark.parametrize(
    ("typed", "allowed", "secret", "answers"),
    [
        (f"https://{AT_HOME}", True, False, True),
        (AT_HOME, False, False, True),
        ("shop.example/rss", True, False, True),
        ("nas.local/rss", True, False, True),
        (AT_HOME, True, True, True),
        (AT_HOME, True, False, False),
    ],
)
def test_anywhere_else_it_is_only_said(shop: Counter, typed: str, allowed: bool, secret: bool, answers: bool) -> None:
    shop.profile.source = source = Completing()
    source.secret = secret
    desk = shop.open_desk()
    bare = typed.removeprefix("https://")
    shop.profile.web.pages |= {
        f"https://{bare}": PLAIN,
        f"http://{bare}": "1; A; awful" if answers else Problem("net.refused"),
    }
    trial = desk.watches.test(replace(NEW, settings={"url": typed}, allow_private=allowed))
    assert (trial.problem, trial.found) == (PLAIN, None)
    assert answers is (f"http://{bare}" not in shop.profile.web.asked)


LEFT_ALONE = {"host": "127.0.0.1:8171"}


@pytest.mark.parametrize(
    ("typed", "allowed", "args", "code"),
    [
        (AT_HOME, True, LEFT_ALONE, "desk.scheme_not_known"),
        (AT_HOME, True, LEFT_ALONE | {"status": 429}, "listen.leave_alone"),
        (f"https://{AT_HOME}", True, LEFT_ALONE, "listen.leave_alone"),
        (AT_HOME, False, LEFT_ALONE, "listen.leave_alone"),
        ("shop.example/rss", True, LEFT_ALONE, "listen.leave_alone"),
    ],
    ids=["guessed", "it answered with TLS", "written", "not allowed", "public"],
)
def test_how_a_place_at_home_is_read_is_not_guessed_while_it_may_not_be_asked(
    shop: Counter, typed: str, allowed: bool, args: dict[str, str | int], code: str
) -> None:
    shop.profile.source = Completing()
    bare = typed.removeprefix("https://")
    met = Problem("net.rate_limited" if "status" in args else "net.waiting", args, 4e9)
    shop.profile.web.pages[f"https://{bare}"] = met
    trial = shop.open_desk().watches.test(replace(NEW, settings={"url": typed}, allow_private=allowed))
    assert trial.problem == Problem(code, args, 4e9)
    assert f"http://{bare}" not in shop.profile.web.asked


def test_with_the_first_watch_the_first_run_is_over(shop: Counter) -> None:
    assert not shop.desk.settings.get().first_run_done
    assert isinstance(shop.desk.watches.save(replace(NEW, name="")), Problem)
    assert not shop.desk.settings.get().first_run_done
    shop.desk.watches.save(NEW)
    assert shop.desk.settings.get().first_run_done


def test_only_an_edit_that_shortens_the_interval_hurries_the_next_poll(shop: Counter) -> None:
    kept = shop.desk.watches.save(replace(NEW, interval=7 * 86_400))
    longer = shop.desk.watches.save(replace(kept, interval=6 * 86_400, name="Other"))
    assert (kept.hurried_at, longer.hurried_at > 0) == (0.0, True)
    later = shop.desk.watches.save(replace(longer, interval=7 * 86_400))
    assert later.hurried_at == longer.hurried_at
    shop._listening.take_turn(later, shop.shop.preferences())
    due = shop.archive.states()[later.id].next_due
    shop.desk.watches.save(replace(later, interval=60))
    assert due - shop.profile.clock() > 6 * 86_400
    shop.profile.clock.shift += 61.0
    assert later.id in {watch.id for watch in due_watches(shop.profile.parts, everything=False)}


def test_the_interval_stays_polite_but_at_home(shop: Counter) -> None:
    shop.profile.source.shortest_interval = 300
    asked = replace(NEW, interval=5)
    assert shop.desk.watches.tidy(asked).interval == 300
    assert shop.desk.watches.tidy(replace(asked, allow_private=True)).interval == 300
    at_home = replace(asked, allow_private=True, settings={"url": "http://192.168.1.5/feed"})
    assert shop.desk.watches.tidy(at_home).interval == 5
    assert shop.desk.watches.tidy(replace(at_home, allow_private=False)).interval == 300
    assert shop.desk.watches.tidy(replace(asked, interval=10**9)).interval == 7 * 86_400


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"source": "vanished"}, "desk.no_source"),
        ({"name": " "}, "desk.watch_no_name"),
        ({"settings": {"url": ""}}, "sources.no_address"),
        ({"settings": {"url": "not an address"}}, "sources.bad_address"),
        ({"name": "a"}, "desk.watch_same_name"),
        ({"settings": {"url": "https://a.example/feed/"}, "required": ()}, "desk.watch_twin"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_kept(shop: Counter, change: dict, code: str) -> None:
    wrong = replace(NEW, **change)
    assert shop.desk.watches.check(wrong).code == code
    assert shop.desk.watches.save(wrong).code == code
    assert len(shop.desk.watches.list()) == 1


def test_the_same_place_for_other_words_is_no_twin(shop: Counter) -> None:
    same = replace(NEW, settings={"url": "https://a.example/feed"})
    assert shop.desk.watches.check(same) is None


def test_a_name_is_taken_whatever_the_source(shop: Counter) -> None:
    shop.shop.put_watch(Watch("x", "Elsewhere", "other"))
    assert shop.desk.watches.check(replace(NEW, name="elsewhere")).code == "desk.watch_same_name"


def test_a_watch_is_no_twin_of_itself(shop: Counter) -> None:
    assert shop.desk.watches.check(shop.watch) is None
    assert shop.desk.watches.save(replace(shop.watch, own=True)).own


def test_secrets_go_to_the_keyring_and_leave_a_mark_only(shop: Counter) -> None:
    kept = shop.desk.watches.save(NEW, {"password": "s3cret", "empty": ""})
    assert shop.profile.secrets.kept == {(kept.id, "password"): "s3cret"}
    assert kept.settings["has_password"] == "1"
    assert "s3cret" not in (shop.profile.folder / "shop.json").read_text()
    changed = shop.desk.watches.save(replace(kept, name="Other"))
    assert changed.has_secret("password")
    changed = shop.desk.watches.save(replace(changed, settings=changed.shown_settings))
    assert changed.has_secret("password"), "a form hands back what it shows"
    assert shop.desk.watches.remove(kept.id) is None
    assert shop.profile.secrets.kept == {}


def test_a_keyring_that_fails_keeps_no_watch_and_a_file_that_fails_no_secret(shop: Counter) -> None:
    shop.profile.secrets.problem = Problem("stores.keyring_locked")
    assert shop.desk.watches.save(NEW, {"password": "s3cret"}) == Problem("stores.keyring_locked")
    shop.profile.secrets.problem = None
    shop.shop.problem = Problem("stores.shop_busy")
    assert shop.desk.watches.save(NEW, {"password": "s3cret"}) == Problem("stores.shop_busy")
    assert shop.profile.secrets.kept == {}
    assert len(shop.desk.watches.list()) == 1


def test_a_watch_is_removed_once(shop: Counter) -> None:
    assert shop.desk.watches.remove("a") is None
    assert shop.desk.watches.remove("a") == Problem("desk.no_watch", {"name": "a"})


def test_a_test_shows_what_would_be_heard(shop: Counter) -> None:
    shop.profile.web.pages["https://b.example/feed"] = "1; Anna @anna; The bread was awful, and a b as well."
    trial = shop.desk.watches.test(NEW)
    assert (trial.title, len(trial.mentions), trial.problem) == ("Page title", 1, None)
    assert trial.watch.name == "My blog"
    assert shop.desk.watches.test(replace(NEW, settings={"url": ""})).problem.code == "sources.no_address"
    assert shop.desk.watches.test(replace(NEW, source="vanished")).problem.code == "desk.no_source"


def test_a_watch_that_brought_things_and_then_nothing_is_silent(shop: Counter) -> None:
    def silent() -> bool:
        return shop.desk.watches.list()[0].silent

    assert not silent()
    shop.say("Anna @anna", "The bread was awful and nobody answers.")
    assert not silent()
    shop.profile.clock.shift = 15 * 24 * HOUR
    assert silent()
    shop.shop.put_watch(replace(shop.watch, paused=True))
    assert not silent()


def wrong(shop: Counter) -> list[tuple[str, Problem]]:
    return [(name, problem) for name, problem in shop.desk.health.checks() if problem]


def test_a_healthy_profile_has_nothing_wrong(shop: Counter) -> None:
    assert wrong(shop) == []
    assert [name for name, _problem in shop.desk.health.checks()] == ["archive", "disk", "watches", "listening"]


def test_each_failing_watch_is_named_and_one_that_waits_as_not_heard(shop: Counter) -> None:
    for name, code in (("b", "net.timeout"), ("c", "watch.gone"), ("d", "net.offline"), ("e", "net.rate_limited")):
        watch = shop.profile.watch(name)
        shop.profile.web.pages[watch.settings["url"]] = Problem(code)
        shop._listening.take_turn(watch, shop.shop.preferences())
    assert [(n, p.code, p.args["name"]) for n, p in wrong(shop)] == [
        ("watches", "desk.watch_fails", "B"),
        ("watches", "desk.watch_fails", "C"),
        ("watches", "desk.never_heard", "D"),
        ("watches", "desk.never_heard", "E"),
    ]


def test_a_watch_nobody_polls_is_named(shop: Counter) -> None:
    shop.profile.clock.shift = 4 * HOUR
    assert wrong(shop) == [("listening", Problem("desk.not_listening", {"name": "A"}))]
    shop.shop.put_watch(replace(shop.watch, paused=True))
    assert wrong(shop) == []
    shop.profile.watch("b", created=1.0)
    assert wrong(shop) == [("listening", Problem("desk.not_listening", {"name": "B"}))]


def test_no_watches_and_a_full_disk_are_named(shop: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    def nearly_full(_path: Path) -> SimpleNamespace:
        return SimpleNamespace(free=5 * 1_048_576)

    monkeypatch.setattr(health.shutil, "disk_usage", nearly_full)
    shop.desk.watches.remove("a")
    assert wrong(shop) == [
        ("disk", Problem("desk.disk_low", {"megabytes": 5})),
        ("watches", Problem("desk.no_watches")),
    ]


def test_closing_the_desk_closes_what_was_opened_for_it(shop: Counter) -> None:
    shop.desk.close()
    assert shop.closed == 1


def test_a_removed_watch_that_comes_back_claims_no_password(shop: Counter) -> None:
    kept = shop.desk.watches.save(NEW, {"password": "s3cret"})
    assert isinstance(kept, Watch)
    assert kept.has_secret("password")
    assert shop.desk.watches.remove(kept.id) is None
    back = shop.desk.watches.save(kept)
    assert isinstance(back, Watch)
    assert shop.profile.secrets.kept == {}
    assert not back.has_secret("password")


def test_the_hours_listened_to_are_told_for_a_week(shop: Counter) -> None:
    now = shop.profile.clock()
    hours = shop.desk.watches.coverage(now)
    assert len(hours) == 7 * 24
    assert hours[-1].start == now // HOUR * HOUR
    assert hours[-1].is_whole, "the watch of this shop has just been polled"
    later = shop.desk.watches.coverage(now + 5 * HOUR)
    assert [(hour.watches, hour.heard) for hour in later[-6:]] == [(1, 1), (1, 1), *[(1, 0)] * 4], (
        "an hourly poll holds for an hour"
    )
    shop.shop.put_watch(replace(shop.watch, interval=2 * 86_400))
    assert all(hour.is_whole for hour in shop.desk.watches.coverage(now + 5 * HOUR)[-6:])


def test_a_change_that_cannot_be_kept_leaves_a_watch_its_password(shop: Counter) -> None:
    kept = shop.desk.watches.save(NEW, {"password": "s3cret"})
    assert isinstance(kept, Watch)
    shop.shop.problem = full = Problem("stores.disk_full")
    assert shop.desk.watches.save(replace(kept, name="Renamed"), {"password": "newer"}) == full
    assert (
        shop.desk.watches.save(replace(NEW, name="Other", settings={"url": "https://c.example/"}), {"password": "x"})
        == full
    )
    assert shop.profile.secrets.kept == {(kept.id, "password"): "newer"}


def test_a_watch_keeps_since_when_it_is_there(shop: Counter) -> None:
    kept = shop.desk.watches.save(NEW)
    assert isinstance(kept, Watch)
    shop.profile.clock.shift = 30 * 24 * HOUR
    again = shop.desk.watches.save(replace(kept, name="Renamed"))
    assert isinstance(again, Watch)
    assert again.created == kept.created > 0


def test_a_poll_from_before_the_week_holds_into_it(shop: Counter) -> None:
    """A watch due every two days, polled half a day before: the first hours of the week are listened to."""
    shop.shop.put_watch(replace(shop.watch, interval=48 * 3600))
    polled = shop.archive.states()["a"].heard_at
    hours = shop.desk.watches.coverage(polled + (7 * 24 + 12) * HOUR)
    assert [hour.heard for hour in hours[:40]] == [1] * 40
    assert hours[60].heard == 0
