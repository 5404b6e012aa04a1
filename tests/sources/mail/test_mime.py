"""Messages taken apart: charsets, encodings, parts, and what was cut short or made to hurt."""

from __future__ import annotations

import base64
import time
from email.message import EmailMessage

import pytest

from app.sources.mail.mime import header_text, read_message


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-2", "windows-1250"])
def test_polish(charset: str) -> None:
    text = "Zażółć gęślą jaźń – reklamacja".replace("–", "-")
    message = EmailMessage()
    message["Subject"] = text
    message.set_content(text, charset=charset)
    read = read_message(message.as_bytes())
    assert read.headers.get("subject") == text
    assert read.plain.strip() == text


@pytest.mark.parametrize("charset", ["utf-8", "koi8-r", "windows-1251", "iso-8859-5"])
@pytest.mark.parametrize("coding", ["base64", "quoted-printable", "8bit"])
def test_russian(charset: str, coding: str) -> None:
    message = EmailMessage()
    message.set_content("Где мой заказ? Жду третью неделю.", charset=charset, cte=coding)
    assert read_message(message.as_bytes()).plain.strip() == "Где мой заказ? Жду третью неделю."


@pytest.mark.parametrize("claimed", ["iso-8859-1", "us-ascii", "windows-1252"])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Где мой заказ? Жду третью неделю.", "windows-1251"),
        ("Gdzie jest moja paczka? Czekam już trzeci tydzień, nikt nie odpowiada.", "windows-1250"),
        ("Gdzie jest moja paczka? Czekam już trzeci tydzień, nikt nie odpowiada.", "iso-8859-2"),
    ],
)
def test_a_part_that_claims_to_be_western(text: str, encoding: str, claimed: str) -> None:
    head = f"Content-Type: text/plain; charset={claimed}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode()
    assert read_message(head + text.encode(encoding)).plain == text
    subject = b"=?%b?B?%b?=" % (claimed.encode(), base64.b64encode(text.encode(encoding)))
    assert header_text(subject) == text


@pytest.mark.parametrize(
    "text", ["Où est ma commande, René? Même pas prête!", "¿Dónde está, señor?", "Hvor er pæren på øya?"]
)
def test_a_western_part_stays_western(text: str) -> None:
    head = b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\n"
    assert read_message(head + text.encode("iso-8859-1")).plain == text
    assert header_text(b"=?iso-8859-1?B?%b?=" % base64.b64encode(text.encode("iso-8859-1"))) == text


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"=?utf-8?B?xbw=?= =?utf-8?B?w7PFgg==?= x", "żół x"),
        (b"=?utf-8?q?=C5?= =?utf-8?q?=BCuk?=", "żuk"),
        (b"=?koi8-r?B?9sHMz8LB?=", "Жалоба"),
        (b"=?windows-1251?Q?=C6_=E0?=", "Ж а"),
        (b"=?iso-8859-2?Q?za=BF?=a", "zaża"),
        (b"\xc6\xe0\xeb\xee\xe1\xe0 \xed\xe0 \xec\xe0\xe3\xe0\xe7\xe8\xed", "Жалоба на магазин"),
        (b"=?no-such?B?eA==?= =?utf-8?B?!!!?= =?utf-8?", "x =?utf-8?"),
        (b"=?utf-8*pl?q?a?=", "a"),
        (b"", ""),
    ],
)
def test_headers(written: bytes, said: str) -> None:
    assert header_text(written) == said


def test_what_is_read_and_what_is_not() -> None:
    message = EmailMessage()
    message.set_content("zwykły")
    message.add_alternative("<p>ładny</p>", subtype="html")
    message.add_attachment("załącznik", filename="a.txt")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    read = read_message(message.as_bytes())
    assert (read.plain.strip(), read.html.strip()) == ("zwykły", "<p>ładny</p>")


def test_cut_short_anywhere() -> None:
    message = EmailMessage()
    message["From"] = "a@b.example"
    message.set_content("Zażółć gęślą jaźń. " * 20, charset="utf-8", cte="base64")
    raw = message.as_bytes()
    for end in range(0, len(raw), 3):
        assert "\ufffd" not in read_message(raw[:end]).plain[:-3]
    assert read_message(raw).plain.count("jaźń") == 20


def test_flowed_lines_are_joined() -> None:
    raw = b"Content-Type: text/plain; format=flowed; delsp=no\r\n\r\nPierwsze \r\nzdanie.\r\n> cytat \r\n> dalej\r\n-- \r\nAnna"
    assert read_message(raw).plain.split("\n") == ["Pierwsze zdanie.", "> cytat ", "> dalej", "-- ", "Anna"]


def test_unmarked_bytes_are_guessed() -> None:
    assert read_message(
        b"Subject: x\r\n\r\n" + "Где деньги? Верните деньги за заказ".encode("koi8-r")
    ).plain.startswith("Где")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n",
        b"no headers at all",
        b": no name\r\n\r\nx",
        b"Content-Type\r\n\r\nx",
        b"Content-Type: multipart/mixed\r\n\r\nx",
        b"Content-Type: multipart/mixed; boundary=\r\n\r\nx",
        b"Content-Type: /;;;===\r\n\r\nx",
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(b"abc")[:3],
        b"\xff\xfe" * 1_000,
    ],
)
def test_broken_ones(raw: bytes) -> None:
    read = read_message(raw)
    assert isinstance(read.plain + read.html, str)


def test_traps_take_no_time() -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=a%d\r\n\r\n--a%d\r\n" % (n, n) for n in range(3_500))
    traps = (nested, b"A: b\r\n" * 30_000, b"Subject: " + b"=?utf-8?q?a?= " * 14_000, b"A" * 200_000)
    start = time.thread_time()
    for raw in traps:
        assert isinstance(read_message(raw[:196_608]).headers.get("subject"), str)
    assert time.thread_time() - start < 5
