"""What a poll tells besides mentions: what was deleted, and secrets that the place renewed."""

from __future__ import annotations

import pytest
from fakes.pages import PageSource
from fakes.profile import Profile
from fakes.replies import ReplySource

from app.core.messages import Arrived
from app.core.ports.net import Request
from app.core.ports.source import Reading
from app.core.preferences import Preferences
from app.core.problems import Problem, ProblemError
from app.core.watch import Watch
from app.listen.listening import Listening, Turn
from app.listen.trial import try_watch

AWFUL = "1; Anna @anna; The bread was awful and nobody answers the phone."
FEED = "https://a.example/feed"


@pytest.fixture
def source(profile: Profile) -> ReplySource:
    profile.source = ReplySource()
    return profile.source


def turn(profile: Profile, watch: Watch) -> Turn:
    listening = Listening(profile.parts)
    try:
        return listening.take_turn(watch, Preferences())
    finally:
        listening.close()


def gone_at(profile: Profile, mention_id: int) -> float | None:
    mention = profile.desk_archive.mention(mention_id)
    assert mention
    return mention.gone_at


def test_what_was_deleted_is_noted_once_and_nothing_of_it_is_lost(profile: Profile, source: ReplySource) -> None:
    watch = profile.watch("a", AWFUL)
    (mention_id,) = turn(profile, watch).recorded.stored.mention_ids
    source.take_away("1", "never heard", "")
    profile.web.pages[FEED] = "2; Jan; Fine."
    assert turn(profile, watch).recorded.stored.gone == 1
    noted = gone_at(profile, mention_id)
    assert noted
    profile.web.pages[FEED] = "3; Jan; Fine as well."
    assert turn(profile, watch).recorded.stored.gone == 0
    assert gone_at(profile, mention_id) == noted
    kept = profile.desk_archive.mention(mention_id)
    assert kept.mention.text in AWFUL
    assert kept.case_id


def test_what_is_there_again_is_not_deleted(profile: Profile, source: ReplySource) -> None:
    watch = profile.watch("a", AWFUL)
    (mention_id,) = turn(profile, watch).recorded.stored.mention_ids
    source.take_away("1")
    profile.web.pages[FEED] = "2; Jan; Fine."
    turn(profile, watch)
    source.take_away()
    profile.web.pages[FEED] = AWFUL
    turn(profile, watch)
    assert gone_at(profile, mention_id) is None


def test_the_window_is_told_of_what_was_deleted(profile: Profile, source: ReplySource) -> None:
    watch = profile.watch("a", AWFUL)
    turn(profile, watch)
    source.take_away("1")
    profile.web.pages[FEED] = "broken"
    with profile.listening() as (listener, ears):
        from app.core.messages import PollNow

        listener.obey(PollNow(("a",)))
        ears.expect(Arrived)
    (told,) = ears.of(Arrived)
    assert (told.watch_id, told.mention_ids, told.ringing) == ("a", (), ())


def test_renewed_secrets_are_in_the_keyring_and_given_the_next_time(profile: Profile, source: ReplySource) -> None:
    watch = profile.watch("a", AWFUL)
    source.renews = {"session": "second"}
    turn(profile, watch)
    assert profile.secrets.kept["a", "session"] == "second"
    turn(profile, watch)
    assert source.given == [{}, {"session": "second"}]


def test_the_watch_stays_where_it_was_while_the_keyring_keeps_nothing(profile: Profile, source: ReplySource) -> None:
    watch = profile.watch("a", AWFUL, settings={"url": FEED})
    source.renews = {"session": "second"}
    profile.secrets.problem = Problem("stores.keyring_locked")
    listening = Listening(profile.parts)
    try:
        first = listening.take_turn(watch, Preferences())
        assert first.problem == Problem("listen.renewed_not_kept", {"name": "A"})
        assert first.state.bookmark == {}
        assert first.recorded.new, "what was heard is kept all the same"
        source.renews, profile.secrets.problem = {}, None
        assert listening.take_turn(watch, Preferences()).problem is None
    finally:
        listening.close()
    assert source.given[1] == {"session": "second"}, "the old one may be worth nothing any more"
    assert profile.secrets.kept["a", "session"] == "second"


class Renewing(PageSource):
    """Renews its session, and then asks for a page that never comes."""

    settings = ReplySource.settings

    def poll(self, poll):  # type: ignore[no-untyped-def]
        yield Request("https://a.example/renew", "POST")
        try:
            yield Request(FEED)
        except ProblemError as error:
            return Reading(problem=error.problem, secrets={"session": "second"})
        return Reading()


def test_a_secret_renewed_in_a_poll_that_breaks_off_is_kept(profile: Profile) -> None:
    profile.source = Renewing()
    watch = profile.watch("a")
    profile.web.pages |= {"https://a.example/renew": "", FEED: Problem("net.offline")}
    assert turn(profile, watch).problem == Problem("net.offline")
    assert profile.secrets.kept["a", "session"] == "second"


@pytest.mark.parametrize("locked", [None, Problem("stores.keyring_locked")])
def test_a_watch_test_hands_renewed_secrets_on(profile: Profile, source: ReplySource, locked: Problem | None) -> None:
    watch = profile.watch("a", AWFUL)
    source.renews = {"session": "second"}
    typed = try_watch(profile.parts, watch, {"password": "x"})
    assert typed.secrets == {"session": "second"}
    assert "second" not in repr(typed)
    assert profile.secrets.kept == {}
    profile.secrets.problem = locked
    kept = try_watch(profile.parts, watch)
    assert kept.secrets == {}
    assert profile.secrets.kept == ({} if locked else {("a", "session"): "second"})
    assert kept.problem == (Problem("listen.renewed_not_kept", {"name": "A"}) if locked else None)


def test_no_secret_is_renewed_of_a_watch_that_was_removed_under_its_poll(profile: Profile, source: ReplySource) -> None:
    watch = profile.watch("a")
    source.renews = {"session": "second"}

    def removed() -> str:
        profile.shop.remove_watch("a")
        return AWFUL

    profile.web.pages[FEED] = removed
    assert turn(profile, watch).problem is None
    assert profile.secrets.kept == {}


def test_nor_of_one_that_was_removed_at_that_very_moment(
    profile: Profile, source: ReplySource, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, put = profile.watch("a", AWFUL), profile.secrets.put
    source.renews = {"session": "second"}

    def put_too_late(watch_id: str, name: str, value: str) -> Problem | None:
        profile.shop.remove_watch("a")
        profile.secrets.forget("a", ("session",))
        return put(watch_id, name, value)

    monkeypatch.setattr(profile.secrets, "put", put_too_late)
    turn(profile, watch)
    assert profile.secrets.kept == {}
