"""«inbox» and «show»: what was heard and where it stands."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any
from unicodedata import category

from app.cli.argument import count_of
from app.cli.at_desk import at_desk
from app.cli.office import FAILED, OK, Office
from app.cli.say import as_json, aside_until, by_whom, iso, line, local, mention_json, note, one_line, sure, warn
from app.core.bands import band_of
from app.core.mention import LONGEST_TEXT
from app.core.ports.desk import Desk
from app.core.problems import Problem
from app.core.verdict import Kind, judged_text
from app.core.views import CaseView, Folder, HistoryEntry, InboxRow, Page, ReplyView
from app.words import _
from app.words.names import (
    cause_name,
    hand_source_name,
    kind_name,
    plan_name,
    satisfaction_name,
    standing_name,
    state_name,
)


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands."""
    one = commands.add_parser("inbox", parents=[common], help=_("list what was heard"))
    folders = [f.value for f in Folder]
    one.add_argument(
        "--folder", choices=folders, help=_("which list; by default complaints, but everything for a search")
    )
    one.add_argument("--search", default="", metavar=_("WORDS"), help=_("only what contains these words"))
    one.add_argument(
        "--limit", type=count_of, default=50, metavar=_("NUMBER"), help=_("how many at most; by default 50")
    )
    one.add_argument("--json", action="store_true", help=_("print JSON"))
    one.set_defaults(act=act_inbox)
    two = commands.add_parser("show", parents=[common], help=_("show one mention with its case and history"))
    two.add_argument("id", type=int, metavar=_("MENTION"), help=_("the number of the mention"))
    two.add_argument("--json", action="store_true", help=_("print JSON"))
    two.set_defaults(act=act_show)


def _row_json(row: InboxRow, ring_at: float) -> dict[str, object]:
    return {
        "id": row.mention_id,
        "case": row.case_id,
        "kind": row.kind.value,
        "score": round(row.score, 4),
        "level": round(row.level, 4),
        "band": band_of(row.level, ring_at).value,
        "severity": int(row.severity),
        "cause": row.cause.value if row.cause else None,
        "state": row.state.value,
        "satisfaction": row.satisfaction.value if row.satisfaction else None,
        "author": row.author,
        "source": row.source,
        "site": row.site,
        "title": row.title,
        "excerpt": row.excerpt,
        "stars": row.stars,
        "own": row.own,
        "published": iso(row.published),
        "heard": iso(row.heard_at),
        "due": iso(row.due_at),
        "snoozed": iso(row.snoozed_until),
        "back": iso(row.back_at),
        "watch_id": row.watch_id,
    }


def _time_told(case: InboxRow | CaseView, now: float) -> str:
    """Return when a case is due, or until when it is put aside."""
    return aside_until(case.snoozed_until) if case.snoozed_until and case.is_aside(now) else local(case.due_at)


def act_inbox(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Print the rows of a folder, the most urgent first."""

    def act(desk: Desk) -> int:
        now = time.time()
        page = _asked_for(desk, said, now)
        ring_at = desk.settings.get().ring_at
        for row in page.rows:
            if said.json:
                as_json(_row_json(row, ring_at))
            else:
                words = one_line(row.title or row.excerpt, 70)
                line(
                    f"{row.mention_id:>6}  {kind_name(row.kind):<10} {sure(row.score)}  {_time_told(row, now):<16}  {by_whom(row.author)}: {words}"
                )
        if not page.total and not said.json:
            note(_("Nothing here."))
        if page.total > len(page.rows):
            note(_("{shown} of {total} shown; --limit shows more").format(shown=len(page.rows), total=page.total))
        return OK

    return at_desk(profile, office, act)


def _asked_for(desk: Desk, said: argparse.Namespace, now: float) -> Page:
    """Return the rows of a folder; a search without one is for everything, and what holds nothing to look for finds nothing."""
    sought = bool(said.search.strip())
    if sought and not any(char.isalnum() or category(char) == "So" for char in said.search):
        return Page((), 0, 0)
    by_default = Folder.EVERYTHING if sought else Folder.COMPLAINTS
    return desk.inbox.page(Folder(said.folder or by_default), said.search, 0, said.limit, now)


def act_show(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Print one mention, its verdict, its case and the customer's history."""

    def act(desk: Desk) -> int:
        view = desk.inbox.open(said.id)
        if view is None:
            warn(Problem("desk.no_mention", {"id": said.id}))
            return FAILED
        if said.json:
            as_json(_view_json(view, desk.settings.get().ring_at))
        else:
            _print_view(view, time.time())
        return OK

    return at_desk(profile, office, act)


def _history_json(entry: HistoryEntry) -> dict[str, object]:
    if entry.contact:
        contact = entry.contact
        return {
            "at": iso(entry.at),
            "contact": contact.channel.value,
            "direction": contact.direction.value,
            "text": contact.text,
            "seen": iso(contact.seen_at),
        }
    if entry.reply:
        return {
            "at": iso(entry.at),
            "reply": entry.reply.id,
            "stand": entry.reply.stand.value,
            "text": entry.reply.text,
        }
    mention = entry.mention
    return {
        "at": iso(entry.at),
        "mention": mention.id if mention else None,
        "text": mention.mention.text if mention else "",
    }


def _reply_json(one: ReplyView) -> dict[str, object]:
    reply = one.outgoing
    return {
        "id": reply.id,
        "wish": reply.wish.value,
        "stand": reply.stand.value,
        "where": reply.delivery.where,
        "text": reply.text,
    }


def _view_json(view: CaseView, ring_at: float) -> dict[str, object]:
    level = view.mention.verdict.level
    return {
        **mention_json(view.mention, view.watch_name),
        "kind": view.kind.value,
        "level": round(level, 4),
        "band": band_of(level, ring_at).value,
        "reasons": [[r.start, r.end, round(r.weight, 4)] for r in view.mention.verdict.reasons],
        "case": view.case_id,
        "state": view.state.value,
        "satisfaction": view.satisfaction.value if view.satisfaction else None,
        "due": iso(view.due_at),
        "snoozed": iso(view.snoozed_until),
        "back": iso(view.back_at),
        "answered": iso(view.answered_at),
        "edited": iso(view.mention.edited_at),
        "earlier": [
            {
                "until": iso(one.until),
                "title": one.title,
                "text": one.text,
                "kind": one.kind.value,
                "score": round(one.score, 4),
            }
            for one in view.mention.earlier
        ],
        "gone": iso(view.mention.gone_at),
        "replies": [_reply_json(one) for one in view.replies],
        "customer": view.customer.id if view.customer else None,
        "times": view.times,
        "draft": view.draft.text if view.draft else None,
        "proposed": dict(view.proposals),
        "plans": [{"situation": plan.situation, "text": plan.text} for plan in view.plans],
        "mentions": [m.id for m in view.mentions],
        "history": [_history_json(entry) for entry in view.history],
    }


def _said(entry: HistoryEntry) -> str:
    """Return the words of an entry of a story."""
    if entry.mention:
        return judged_text(entry.mention.mention.title, entry.mention.mention.text)
    return entry.contact.text if entry.contact else (entry.reply.text if entry.reply else "")


def _print_view(view: CaseView, now: float) -> None:
    mention, verdict = view.mention.mention, view.mention.verdict
    whole = judged_text(mention.title, mention.text)
    place = hand_source_name(mention.source) or mention.site or mention.source
    stars = "" if mention.stars is None else f"  {_('Stars')}: {mention.stars:g}/5"
    line(f"{by_whom(mention.author)}  {mention.handle}  {place}  {local(mention.published)}{stars}")
    line(f"{mention.url}\n\n{whole}\n")
    if view.mention.edited_at:
        line(_("Edited, noticed on {moment}").format(moment=local(view.mention.edited_at)))
    for one in view.mention.earlier:
        judged = kind_name(one.kind)
        if one.kind is Kind.COMPLAINT:
            judged = _("{kind} {score}").format(kind=judged, score=sure(one.score))
        told = _("Before it was edited (noticed {moment}; {judged}): «{text}»")
        line(
            told.format(
                moment=local(one.until), judged=judged, text=one_line(judged_text(one.title, one.text), LONGEST_TEXT)
            )
        )
    if view.mention.gone_at:
        line(_("Deleted there, noticed on {moment}").format(moment=local(view.mention.gone_at)))
    words = ", ".join(f"«{whole[r.start : r.end]}»" for r in verdict.reasons if r.weight > 0)
    about = f" ({cause_name(view.cause)})" if view.cause else ""
    line(f"{kind_name(view.kind)} {sure(verdict.score)}{about}  {words}")
    mark = _("customer {mark}").format(mark=satisfaction_name(view.satisfaction)) if view.satisfaction else ""
    line(f"{', '.join(filter(None, (state_name(view.state), mark)))}  {_time_told(view, now)}  {view.watch_name}")
    for reply in (one.outgoing for one in view.replies):
        line(f"{reply.id}  {standing_name(reply)}  {one_line(reply.text)}")
    for entry in view.history:
        aside = entry.row.snoozed_until if entry.row and entry.row.is_aside(now) else None
        line(f"  {local(entry.at)}  {one_line(_said(entry))}{f'  {aside_until(aside)}' if aside else ''}")
    for plan in view.plans:
        line(f"\n{plan_name(plan)}:\n{plan.text}")
    if view.draft:
        title = _("Draft")
        line(f"\n{title}:\n{view.draft.text}")
    elif proposed := view.proposals.get(view.usual_audience):
        title = _("Proposed reply")
        line(f"\n{title}:\n{proposed}")
