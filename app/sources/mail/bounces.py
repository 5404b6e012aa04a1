"""Letters of ours that came back: what a mail server reports of them (RFC 3464)."""

from __future__ import annotations

import re

from app.core.ports.mail import MailMessage
from app.core.problems import Problem
from app.sources.mail.mime import read_message

REPORT = "delivery-status"
_STATUS = re.compile(r"[45]\.\d{1,3}\.\d{1,3}")
_FIELD = re.compile(rb"^([A-Za-z-]{1,40})[ \t]*:[ \t]*((?:[^\r\n]|\r?\n[ \t]){0,1000})", re.MULTILINE)
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
_ADDRESS = re.compile(r"[^\s;<>]+@[^\s;<>]+")


def why_back(message: MailMessage, letter_id: str, sender: str) -> Problem | None:
    """Return that a message reports a letter as not delivered, None where it says anything else.

    `letter_id` is the letter's Message-ID without brackets, `sender` our own address: a copy to it that fails is no
    matter. A report of a delay is no failure.
    """
    read = read_message(message.raw)
    if read.kind != "multipart/report" or REPORT not in read.headers.raw("content-type").lower():
        return None
    failure, ours = None, False
    for part in _BLANK_LINE.split(message.raw)[1:]:
        fields = {
            name.decode().lower(): value.decode("ascii", "replace").strip() for name, value in _FIELD.findall(part)
        }
        ours = ours or f"<{letter_id}>" in fields.get("message-id", "")
        meant = _ADDRESS.search(fields.get("final-recipient", ""))
        if fields.get("action", "").lower() == "failed" and meant and meant[0].lower() != sender.lower():
            status = _STATUS.search(fields.get("status", ""))
            failure = failure or Problem("mail.returned", {"status": status[0] if status else "5.0.0"})
    return failure if ours else None
