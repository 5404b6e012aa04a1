"""A listener as a process of its own, on the profile in the folder named, for tests that end, kill or garble it."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from fakes.profile import Profile, profile_in

from app.core.messages import Failed
from app.core.problems import Problem
from app.listen import engine
from app.listen.process import Out, end_in_order, serve

STALLED, ENDING = Failed(Problem("stalled")), Failed(Problem("ending"))
"""What a child says that is in the middle of a poll: now it hangs, or sees that it is to end."""


def main(folder: Path, how: str) -> None:
    """Listen to whatever the shop file names; every address answers with a complaint of its own.

    `how` is «hangs» for a keyring that never answers, «dawdles» for places that only do half a second after the end began,
    and «dawdles in haste» for such a listener whose end may take no longer than usual.
    """
    end_in_order()
    told, out = sys.stdin.buffer, Out(sys.stdout.buffer)
    sys.stdout = sys.stderr
    with profile_in(folder) as profile:
        for watch in profile.shop.watches():
            page = f"{watch.id}; Anna @anna; The bread of {watch.id} was awful and nobody answers."
            profile.web.pages[watch.settings["url"]] = page
            if how.startswith("dawdles"):
                profile.web.pages[watch.settings["url"]] = lambda page=page: _dawdle(profile, out, page)
        engine.END_WITHIN = {"hangs": 0.6, "dawdles": 60.0}.get(how, engine.END_WITHIN)
        if how == "hangs":
            profile.secrets.get = lambda *_: _hang(out)  # type: ignore[method-assign]
        serve(profile.parts, told, out)


def _hang(out: Out) -> None:
    out.emit(STALLED)
    time.sleep(600)


def _dawdle(profile: Profile, out: Out, page: str) -> str:
    out.emit(STALLED)
    profile.web.closed.wait(60)
    out.emit(ENDING)
    time.sleep(0.5)
    return page


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
