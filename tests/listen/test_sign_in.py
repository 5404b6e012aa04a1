"""Signing in, step by step: the code, pauses, and how it ended; a network that is gone for a while does no harm."""

from __future__ import annotations

from dataclasses import replace

from fakes.profile import Profile
from fakes.signing_page import CODE, TOKEN, SigningPage

from app.core.ports.signin import SignedIn, SignInCode, SignInPause
from app.core.problems import Problem
from app.core.watch import Watch
from app.listen.sign_in import PATIENCE, TRIES, sign_in

WATCH = Watch("w1", "Oceny", "page", settings={"url": "https://a.example/feed"})


def _ready(profile: Profile) -> SigningPage:
    source = SigningPage()
    profile.source = source
    profile.web.pages[CODE] = "ABC-123"
    return source


def _in_turn(*answers: str | Problem) -> object:
    left = list(answers)
    return lambda: left.pop(0)


def test_the_code_is_told_then_pauses_then_the_session(profile: Profile) -> None:
    source = _ready(profile)
    profile.web.pages[TOKEN] = _in_turn("wait", "wait", "s3ss10n")  # type: ignore[assignment]
    steps = list(sign_in(profile.parts, WATCH, {"password": "typed"}))
    assert steps[0] == SignInCode("ABC-123", "https://a.example/confirm", 600.0)
    assert steps[1:4] == [SignInPause(5.0)] * 3
    assert steps[4:] == [SignedIn({"session": "s3ss10n"})]
    assert source.given == [{"password": "typed"}]
    assert "s3ss10n" not in repr(steps)


def test_secrets_kept_before_are_used_and_typed_ones_go_first(profile: Profile) -> None:
    source = _ready(profile)
    profile.web.pages[TOKEN] = "s3ss10n"
    profile.secrets.put("w1", "password", "kept")
    known = replace(WATCH, settings={**WATCH.settings, "has_password": "1"})
    list(sign_in(profile.parts, known))
    list(sign_in(profile.parts, known, {"password": "typed"}))
    assert [given["password"] for given in source.given] == ["kept", "typed"]
    profile.secrets.problem = Problem("stores.keyring_locked")
    assert list(sign_in(profile.parts, known)) == [SignedIn(problem=Problem("stores.keyring_locked"))]


def test_a_network_that_is_gone_for_a_while_is_waited_for(profile: Profile) -> None:
    _ready(profile)
    gone = Problem("net.offline")
    profile.web.pages[TOKEN] = _in_turn("wait", gone, Problem("net.timeout"), "s3ss10n")  # type: ignore[assignment]
    steps = list(sign_in(profile.parts, WATCH))
    assert steps[3:] == [SignInPause(PATIENCE), SignInPause(PATIENCE), SignedIn({"session": "s3ss10n"})]
    profile.web.pages[TOKEN] = gone
    assert list(sign_in(profile.parts, WATCH))[-TRIES:] == [
        *[SignInPause(PATIENCE)] * (TRIES - 1),
        SignedIn(problem=gone),
    ]


def test_what_does_not_pass_ends_it_at_once(profile: Profile) -> None:
    _ready(profile)
    profile.web.pages[TOKEN] = Problem("net.tls", {"host": "a.example"})
    assert list(sign_in(profile.parts, WATCH))[-1] == SignedIn(problem=Problem("net.tls", {"host": "a.example"}))
    profile.web.pages[TOKEN] = "no"
    denied = Problem("sources.sign_in_denied", {"host": "a.example"})
    assert list(sign_in(profile.parts, WATCH))[-1] == SignedIn(problem=denied)


def test_a_place_without_a_sign_in_says_so(profile: Profile) -> None:
    none = [SignedIn(problem=Problem("desk.no_sign_in", {"name": "Oceny"}))]
    assert list(sign_in(profile.parts, WATCH)) == none
    assert list(sign_in(profile.parts, replace(WATCH, source="vanished"))) == none
