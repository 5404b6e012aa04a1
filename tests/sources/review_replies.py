"""A reply to a review, sent through its source or looked for: as in `answering`, with answers given as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sources import answering
from sources.place import answer

from app.core.mention import Mention
from app.core.ports.answer import Answer
from app.core.ports.net import Request, Response

TEXT = "Przepraszamy za czerstwy chleb, zapraszamy po świeży."


def reply_to(mention: Mention, settings: Mapping[str, str], secrets: Mapping[str, str]) -> Answer:
    """Return a reply to a mention heard by a watch with these settings, begun an hour ago."""
    return answering.reply_to(mention, secrets, settings, text=TEXT)


def carried_out(steps: Any, serve: Callable[[Request], Response | object]) -> tuple[Any, list[Request]]:
    """Return what a conversation came to, and what it asked for."""

    def served(request: Request) -> Response:
        said = serve(request)
        return said if isinstance(said, Response) else answer(said)

    asked, result = answering.went(steps, served)
    return result, asked
