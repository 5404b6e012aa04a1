"""Secrets of a watch test: typed ones go before kept ones, and what the place renews goes back to where it came from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes.pages import PageSource
from fakes.profile import Profile

from app.core.ports.net import Request
from app.core.ports.source import Poll, Reading, Setting, Steps
from app.core.watch import Watch
from app.listen.trial import try_watch

URL = "https://a.example/feed"
NEW = Watch("n1", "Oceny", "page", settings={"url": URL})
KEPT = replace(NEW, settings={"url": URL, "has_password": "1", "has_session": "1"})


class Rotating(PageSource):
    """Renews its session at each poll."""

    settings = (*PageSource.settings, Setting("session", "Sign-in", kind="session"))

    def poll(self, poll: Poll) -> Steps:
        self.polls.append(poll)
        yield Request(poll.watch.settings["url"])
        return Reading(secrets={"session": poll.secrets.get("session", "none") + "+"})


@pytest.fixture
def source(profile: Profile) -> Rotating:
    made = Rotating()
    profile.source = made
    profile.web.pages[URL] = ""
    return made


def test_a_kept_watch_is_tried_with_its_kept_secrets_and_a_renewed_one_is_kept(
    profile: Profile, source: Rotating
) -> None:
    profile.secrets.put("n1", "password", "kept")
    profile.secrets.put("n1", "session", "s")
    for number, typed in enumerate((None, {}, {"password": "typed"}), 1):
        assert try_watch(profile.parts, KEPT, typed).secrets == {}
        assert profile.secrets.kept["n1", "session"] == "s" + "+" * number
    assert [poll.secrets["password"] for poll in source.polls] == ["kept", "kept", "typed"]


def test_typed_secrets_that_are_renewed_are_handed_back(profile: Profile, source: Rotating) -> None:
    trial = try_watch(profile.parts, NEW, {"password": "typed", "session": "t"})
    assert trial.secrets == {"session": "t+"}
    assert try_watch(profile.parts, NEW, {"password": "typed"}).secrets == {"session": "none+"}
    assert profile.secrets.kept == {}
