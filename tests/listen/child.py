"""A listener as a process of its own, on the profile in the folder named, for tests that end, kill or garble it."""

from __future__ import annotations

import sys
from pathlib import Path

from fakes.profile import profile_in

from app.listen.process import Out, end_in_order, serve


def main(folder: Path) -> None:
    """Listen to whatever the shop file names; every address answers with a complaint of its own."""
    end_in_order()
    told, say = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    with profile_in(folder) as profile:
        for watch in profile.shop.watches():
            page = f"{watch.id}; Anna @anna; The bread of {watch.id} was awful and nobody answers."
            profile.web.pages[watch.settings["url"]] = page
        serve(profile.parts, told, Out(say))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
