"""Finding watches from what an owner has in hand. An ability of a source beside listening, detected."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from app.core.ports.net import Request, Response
from app.core.ports.source import Suggestion


@dataclass(frozen=True, slots=True)
class InHand:
    """What an owner typed: `text` as it is (a web address, an @handle, a name), and what it was taken for.

    `url` is the address with its scheme, `handle` the account without «@» (with its server where one was given),
    `name` and `town` the shop's; each «» where it is not that. `language` is «pl», «ru», «en» or «».
    """

    text: str
    url: str = ""
    handle: str = ""
    name: str = ""
    town: str = ""
    language: str = ""


FindSteps = Generator[Request, Response, tuple[Suggestion, ...]]
"""Yields requests, is sent the answers of any status, and returns the watches found, the likeliest first."""


@runtime_checkable
class Finding(Protocol):
    """A source that can suggest watches of its own kind."""

    def find(self, hand: InHand) -> FindSteps:
        """Return the steps that look, at most three requests; none where nothing needs to be asked."""
        ...
