"""Letters that quote ours, as the usual programs write them: all stays readable, and what the customer says is known."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from app.core.ports.mail import MailMessage
from app.detect.quotes import without_quotes
from app.sources.mail.letter import read_letter

GMAIL = """<div dir="ltr">Thanks!</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, 23 Nov 2026 at
10:00, Kawa Raj &lt;<a href="mailto:b@kawaraj.example">b@kawaraj.example</a>&gt; wrote:<br></div><blockquote
class="gmail_quote" style="margin:0">We are sorry.<br>It was lost.</blockquote></div>"""
APPLE = """<html><body>Thanks!<br><div><br><blockquote type="cite"><div>On 23 Nov 2026, at 10:00, Kawa Raj wrote:</div><br>
<div>We are sorry.<br>It was lost.</div></blockquote></div></body></html>"""
OUTLOOK = """<html><body><p class="MsoNormal">Thanks!<o:p></o:p></p><div style="border:none;border-top:solid #E1E1E1 1.0pt">
<p><b>Od:</b> Kawa Raj &lt;b@kawaraj.example&gt;<br><b>Wysłano:</b> poniedziałek, 23 listopada 2026 10:00<br><b>Do:</b> Ola
<br><b>Temat:</b> paczka</p></div><p>We are sorry.</p><p>It was lost.</p></body></html>"""
OUTLOOK_WEB = """<html><body><div>Thanks!</div><div id="appendonsend"></div><hr style="width:98%"><div id="divRplyFwdMsg">
<font><b>From:</b> Kawa Raj &lt;b@kawaraj.example&gt;<br><b>Sent:</b> Monday, November 23, 2026 10:00 AM<br><b>To:</b> Ben<br>
<b>Subject:</b> order</font></div><div>We are sorry.<br>It was lost.</div></body></html>"""
YAHOO = """<div>Thanks!</div><div class="yahoo_quoted"><div>W dniu poniedziałek, 23 listopada 2026 10:00:00 CET użytkownik Kawa
Raj napisał: </div><div>We are sorry.<br>It was lost.</div></div>"""
YANDEX = """<div>Thanks!</div><div>23.11.2026, 10:00, "Kawa Raj" &lt;b@kawaraj.example&gt;:</div><blockquote><p>We are sorry.</p>
<p>It was lost.</p></blockquote>"""


@pytest.mark.parametrize("html", [GMAIL, APPLE, OUTLOOK, OUTLOOK_WEB, YAHOO, YANDEX])
def test_what_was_written_above_our_letter_is_known_and_nothing_is_lost(html: str) -> None:
    message = EmailMessage()
    message["From"] = "Ola <ola@example.com>"
    message.set_content(html, subtype="html")
    raw = message.as_bytes()
    text = read_letter(MailMessage(1, len(raw), raw), frozenset(), 1_795_300_000.0).text
    assert "We are sorry." in text
    assert "It was lost." in text
    assert without_quotes(text).strip() == "Thanks!"
