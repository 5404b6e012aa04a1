"""A new watch costs its place one fetch: what the test was given is read by the first poll, and by nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes.profile import Profile

from app.core.messages import Polled, PollNow, Status
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.core.watch import Validators
from app.listen.fetched import Keeping, Using
from app.listen.once import poll_once
from app.listen.trial import try_watch
from app.sources.registry import SourceRegistry
from app.stores.fetched import FetchedAnswers

URL = "https://a.example/feed"
TWO = "1; Anna @anna; The bread was awful and nobody answers the phone.\n2; Jan @jan; Good rolls."
THREE = f"{TWO}\n3; Ola @ola; The rolls were awful today, never again."


def test_the_first_poll_hears_all_that_the_test_was_given_and_the_next_one_asks(profile: Profile) -> None:
    watch = profile.watch("a", TWO)
    assert len(try_watch(profile.parts, watch).mentions) == 2
    with profile.listening() as (listener, ears):
        ears.expect(Polled, problem=None)
        assert profile.web.asked == [URL]
        kept = profile.listener_archive.states()["a"].validators
        assert kept == {URL: Validators(body_hash=TWO, full_at=1.0)}
        profile.web.pages[URL] = THREE
        listener.obey(PollNow())
        ears.expect(Polled, 2, problem=None)
    assert profile.web.known == [None, kept[URL]]
    assert len(profile.desk_archive.mentions_after(0, 10)) == 3


def test_a_round_without_a_schedule_does_the_same(profile: Profile) -> None:
    watch = profile.watch("a", TWO)
    try_watch(profile.parts, watch)
    (turn,) = poll_once(profile.parts, [watch])
    assert turn.recorded
    assert (len(turn.recorded.new), profile.web.asked) == (2, [URL])


def test_what_the_server_asks_to_wait_counts_from_the_test(profile: Profile) -> None:
    page = Response(URL, 200, body=TWO.encode(), validators=Validators('W/"abc"', full_at=1.0), fresh_for=86_400.0)
    profile.web.pages[URL] = page
    watch = profile.watch("a")
    try_watch(profile.parts, watch)
    profile.clock.shift = 300.0
    (turn,) = poll_once(profile.parts, [watch])
    assert turn.state.validators[URL].etag == 'W/"abc"'
    assert turn.state.next_due == pytest.approx(profile.clock() + 86_100, abs=5)


def test_what_is_too_old_is_asked_for_again_and_removed(profile: Profile) -> None:
    watch = profile.watch("a", TWO)
    try_watch(profile.parts, watch)
    profile.clock.shift = 601.0
    profile.web.pages[URL] = THREE
    (turn,) = poll_once(profile.parts, [watch])
    assert turn.recorded
    assert (len(turn.recorded.new), len(profile.web.asked)) == (3, 2)
    assert not list((profile.folder / "just-fetched").iterdir())


def test_a_watch_that_is_polled_already_never_reads_what_a_test_was_given(profile: Profile) -> None:
    watch = profile.watch("a", TWO)
    list(poll_once(profile.parts, [watch]))
    profile.web.pages[URL] = THREE
    try_watch(profile.parts, watch)
    list(poll_once(profile.parts, [watch]))
    assert len(profile.web.asked) == 3


def test_a_changed_watch_reads_no_page_older_than_what_it_heard(profile: Profile) -> None:
    """The test was given what its author changed soon after, and the watch as it was has heard the change."""
    watch = profile.watch("a", "1; Anna @anna; Good bread, thank you very much for it.")
    list(poll_once(profile.parts, [watch]))
    changed = replace(watch, required=("bread",))
    try_watch(profile.parts, changed)
    profile.web.pages[URL] = "1; Anna @anna; The bread was awful and nobody answers the phone."
    list(poll_once(profile.parts, [watch]))
    profile.shop.put_watch(changed)
    list(poll_once(profile.parts, [changed]))
    assert len(profile.web.asked) == 4
    assert "awful" in profile.desk_archive.mentions_after(0, 10)[0].mention.text


def test_a_page_that_a_test_could_not_read_is_asked_for_again(profile: Profile) -> None:
    """The login page of a café's network, for one: answered with 200, and gone once the owner is logged in."""
    login = Response(URL, 200, {"content-type": "text/html"}, b"<html><body>Please log in</body></html>")
    profile.web.pages[URL] = login
    parts, watch = replace(profile.parts, sources=SourceRegistry()), profile.watch("a", source="feed")
    assert try_watch(parts, watch).problem
    item = "<item><guid>https://a.example/1</guid><title>The bread was awful</title></item>"
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{item}</channel></rss>'
    profile.web.pages[URL] = replace(login, headers={"content-type": "text/xml"}, body=feed.encode())
    (turn,) = poll_once(parts, [watch])
    assert (turn.problem, turn.recorded and len(turn.recorded.new)) == (None, 1)


def test_a_listener_removes_within_a_beat_what_no_first_poll_took(profile: Profile) -> None:
    watch = profile.watch("a", TWO)
    with profile.listening(beat=0.05) as (_listener, ears):
        ears.expect(Polled)
        try_watch(profile.parts, watch)
        kept = profile.folder / "just-fetched"
        assert list(kept.iterdir())
        profile.clock.shift = 1_200.0
        ears.expect(Status, len(ears.of(Status)) + 2)
        assert not list(kept.iterdir())


def test_nor_does_one_that_may_not_ask_private_addresses_what_another_was_given_there(profile: Profile) -> None:
    watch = profile.watch("a", TWO)
    try_watch(profile.parts, replace(watch, allow_private=True))
    list(poll_once(profile.parts, [watch]))
    assert profile.web.private == [True, False]


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        (Request(URL, secret_headers={"Authorization": "Basic x"}), Response(URL, 200)),
        (Request("https://a.example/{secret}", url_secret="s"), Response(URL, 200)),
        (Request(URL, "POST", body=b"x"), Response(URL, 200)),
        (Request(URL), Response(URL, 404)),
        (Request(URL), Response(URL, 200, unchanged=True)),
        (Request(URL), Problem("net.timeout")),
    ],
)
def test_only_whole_answers_that_no_secret_opened_are_kept(
    profile: Profile, request_: Request, answer: Response | Problem
) -> None:
    fetched = FetchedAnswers(profile.folder / "just-fetched")
    profile.web.pages = dict.fromkeys((URL, "https://a.example/{secret}"), answer)
    keeping = Keeping(profile.web, fetched)  # type: ignore[arg-type]
    keeping.send(request_)
    keeping.keep()
    Using(profile.web, fetched).send(request_)  # type: ignore[arg-type]
    assert len(profile.web.asked) == 2
    assert not (profile.folder / "just-fetched").exists()
