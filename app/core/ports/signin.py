"""Signing in with a code: the owner opens a page of the place and confirms. An ability beside listening, detected."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from app.core.ports.net import Request, Response
from app.core.problems import Problem


@dataclass(frozen=True, slots=True)
class SignInCode:
    """What the owner needs: the page to open, the code to confirm or type there, and for how many seconds it is good.

    `address` has the code filled in where the place allows that.
    """

    code: str
    address: str
    lasts: float


@dataclass(frozen=True, slots=True)
class SignInPause:
    """So many seconds pass before the place is asked again whether the owner has confirmed."""

    seconds: float


@dataclass(frozen=True, slots=True)
class SignedIn:
    """How it ended: `secrets` are to be kept in the keyring under these names, or `problem` says why there are none."""

    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    problem: Problem | None = None


SignInSteps = Generator[Request | SignInCode | SignInPause, Response | None, SignedIn]
"""Yields requests and is sent the answers of any status; the code once, then pauses, each answered with None."""


@runtime_checkable
class SigningIn(Protocol):
    """A source that the owner can sign in to."""

    def sign_in(self, settings: Mapping[str, str], secrets: Mapping[str, str], now: float) -> SignInSteps:
        """Return the steps of signing in begun at `now` (Unix seconds), with what else the owner filled in."""
        ...
