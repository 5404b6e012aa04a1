"""«watch sign-in»: shows the code, waits until the owner has confirmed in the browser, keeps what that brings."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from app.cli.at_desk import at_desk
from app.cli.office import FAILED, OK, Office
from app.cli.say import as_json, flush, line, note, warn
from app.cli.watch_words import secrets_said
from app.core.ports.desk import Desk
from app.core.ports.signin import SignedIn, SignInCode
from app.core.problems import Problem
from app.core.watch import Watch
from app.words import _, ngettext


def act_sign_in(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Sign in to the place of a watch; Ctrl+C gives up."""

    def act(desk: Desk) -> int:
        watch = desk.watches.get(said.watch)
        if watch is None:
            warn(Problem("desk.no_watch", {"name": said.watch}))
            return FAILED
        typed = secrets_said(said)
        ended = _signed(desk, watch, typed, json=said.json)
        if ended.problem:
            warn(ended.problem, watch.name)
            return FAILED
        kept = desk.watches.save(watch, {**typed, **ended.secrets})
        if isinstance(kept, Problem):
            warn(kept, watch.name)
            return FAILED
        note(_("Signed in: {name}.").format(name=watch.name))
        return OK

    return at_desk(profile, office, act)


def _signed(desk: Desk, watch: Watch, typed: dict[str, str], *, json: bool) -> SignedIn:
    for step in desk.watches.sign_in(watch, typed):
        if isinstance(step, SignedIn):
            return step
        if isinstance(step, SignInCode):
            _tell(step, json=json)
        else:
            time.sleep(step.seconds)
    return SignedIn(problem=Problem("sources.sign_in_expired"))


def _tell(code: SignInCode, *, json: bool) -> None:
    if json:
        as_json({"code": code.code, "address": code.address, "seconds": round(code.lasts)})
    else:
        line(_("Open {address} and confirm the code {code}.").format(address=code.address, code=code.code))
        minutes = max(1, round(code.lasts / 60))
        note(ngettext("It is good for {n} minute.", "It is good for {n} minutes.", minutes).format(n=minutes))
    flush()
