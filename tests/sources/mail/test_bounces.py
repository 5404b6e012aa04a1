"""Letters that came back: whose they are, and what is no failure."""

from __future__ import annotations

import pytest
from sources.place import NOW

from app.core.ports.mail import MailMessage
from app.core.problems import Problem
from app.sources.mail.bounces import why_back

OURS = "counterbell.0a1b@kawaraj.example"
REPORT = b"""\
Return-Path: <>
From: MAILER-DAEMON@mx.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: biuro@kawaraj.example
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="b1"

This is a MIME-encapsulated message.

--b1
Content-Type: text/plain; charset=us-ascii

<anna@lab.example>: host mx.lab.example said: 550 5.1.1 no such user

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Sun, 22 Nov 2026 10:00:00 +0000

Final-Recipient: rfc822; anna@lab.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b1
Content-Type: text/rfc822-headers

From: biuro@kawaraj.example
To: anna@lab.example
Message-ID:
 <counterbell.0a1b@kawaraj.example>

--b1--
"""


def back(raw: bytes) -> Problem | None:
    return why_back(MailMessage(1, len(raw), raw, NOW), OURS, "biuro@kawaraj.example")


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_report_that_names_our_letter(line_end: bytes) -> None:
    assert back(REPORT.replace(b"\n", line_end)) == Problem("mail.returned", {"status": "5.1.1"})


def test_a_report_without_a_status() -> None:
    assert back(REPORT.replace(b"Status: 5.1.1\n", b"")) == Problem("mail.returned", {"status": "5.0.0"})


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        (b"Action: failed", b"Action: delayed"),
        (b"counterbell.0a1b@", b"counterbell.ffff@"),
        (b"rfc822; anna@lab.example", b"rfc822; BIURO@kawaraj.example"),
        (b"report-type=delivery-status", b"report-type=disposition-notification"),
        (b"multipart/report", b"multipart/mixed"),
    ],
    ids=["delayed", "another letter", "our own copy", "a receipt", "no report"],
)
def test_what_is_no_failure_of_our_letter(there: bytes, instead: bytes) -> None:
    assert there in REPORT
    assert back(REPORT.replace(there, instead)) is None


def test_no_report_is_too_odd() -> None:
    for raw in (b"", b"\n\n", REPORT[:300], b"Content-Type: multipart/report; delivery-status\n\n" + b"a: " * 50_000):
        assert back(raw) is None
