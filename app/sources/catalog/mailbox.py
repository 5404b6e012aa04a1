"""A mailbox over IMAP: the shop's e-mail as a channel, and the reviews that review sites write of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.core.mention import Mention
from app.core.ports.mail import STARTTLS_PORT, TLS_PORT, MailAnswer, MailMessage, MailRequest
from app.core.ports.source import MailSteps, Poll, Reading, Setting, msgid
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.mail.letter import Letter, read_letter, why_not
from app.sources.mail.review import Review, read_review, tells_what_somebody_said
from app.sources.mail.servers import TOKENS_ONLY, server_of

RANK = 3

FIRST_DAYS = 7
FIRST_MOST = 100
"""What a first look brings at most: a week, and of it the newest hundred."""

MOST = 300
"""Messages that a later look brings at most; what is left comes with the next."""

AGAIN_DAYS = 14
"""Days looked back where the bookmark is gone but the past is known, as after somebody was unblocked."""

DAY = 86_400.0
EVERYTHING = msgid("All mail, and reviews in it")
REVIEWS = msgid("Reviews only")

_SERVER = re.compile(r"(?:imaps?://)?([^\s/?#@\\\[\]:]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?/?", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\"]+")
_NUMBER = re.compile(r"[0-9]{1,10}")


class MailboxSource:
    """Reads one folder of one mailbox: one look a poll, nothing there is changed or marked as read."""

    id = "mailbox"
    title = msgid("E-mail (IMAP)")
    kinds = (WatchKind.CHANNEL,)
    settings = (
        Setting("user", msgid("E-mail address or user name"), hint=msgid("As your mail program has it.")),
        Setting(
            "password",
            msgid("Password"),
            kind="secret",
            hint=msgid("Gmail, Yahoo, iCloud, Yandex, Mail.ru and others want an app password made for this program."),
        ),
        Setting(
            "server",
            msgid("IMAP server"),
            required=False,
            hint=msgid("Left empty it is found from the address. With another port: imap.example.com:1993."),
        ),
        Setting("security", msgid("Encryption"), kind="choice", required=False, choices=("TLS", "STARTTLS")),
        Setting("folder", msgid("Folder"), required=False, hint=msgid("INBOX unless you name another.")),
        Setting("wanted", msgid("What to hear"), kind="choice", required=False, choices=(EVERYTHING, REVIEWS)),
        Setting(
            "own",
            msgid("Our own addresses"),
            required=False,
            hint=msgid("Mail from them is left out. Separate them with commas."),
        ),
    )
    shortest_interval = 300
    help_page = "mailbox"

    def poll(self, poll: Poll) -> MailSteps:
        settings = self.tidy(poll.watch.settings)
        if not poll.secrets.get("password"):
            return Reading(bookmark=poll.bookmark, problem=Problem("sources.no_mail_password"))
        answer = yield _request(settings, poll)
        own = _own(settings)
        only_reviews = settings["wanted"] == REVIEWS
        heard = [one for message in answer.messages if (one := _mention(message, own, poll.now, only_reviews))]
        unique = {mention.key: mention for mention in heard}
        return Reading(tuple(unique.values()), bookmark=_bookmark(answer, poll), title=settings["user"])

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the settings as typed, or None."""
        kept = self.tidy(settings)
        if not kept["user"]:
            return Problem("sources.no_mail_user")
        if not kept["server"]:
            return Problem("sources.no_mail_server")
        match = _SERVER.fullmatch(kept["server"])
        if match is None or not 0 < int(match[2] or TLS_PORT) < 65_536:
            return Problem("sources.bad_mail_server")
        if any(char in value for value in kept.values() for char in "\r\n\0"):
            return Problem("sources.bad_mail_server")
        if match[1].lower() in TOKENS_ONLY:
            return Problem("sources.mail_tokens_only", {"host": match[1].lower()})
        wrong = next((one for one in _listed(kept["own"]) if not _ADDRESS.fullmatch(one)), "")
        return Problem("sources.bad_own_address", {"address": wrong}) if wrong else None

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        user = kept.setdefault("user", "")
        server = re.sub(r"\A(?:imaps?://)+", "", kept.get("server", ""), flags=re.IGNORECASE).strip("/ ").lower()
        kept["server"] = server or server_of(user)
        match = _SERVER.fullmatch(kept["server"])
        starttls = kept.get("security") == "STARTTLS" or (match is not None and match[2] == str(STARTTLS_PORT))
        kept["security"] = "STARTTLS" if starttls else "TLS"
        folder = kept.get("folder", "")
        kept["folder"] = "INBOX" if folder.upper() in {"", "INBOX"} else folder
        kept["wanted"] = REVIEWS if kept.get("wanted") == REVIEWS else EVERYTHING
        kept["own"] = ", ".join(_listed(kept.get("own", "")))
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        """Return server, user and folder; how it is reached makes no difference."""
        kept = self.tidy(settings)
        match = _SERVER.fullmatch(kept["server"])
        return f"{match[1] if match else kept['server']}/{kept['user'].lower()}/{kept['folder']}"


def _request(settings: Mapping[str, str], poll: Poll) -> MailRequest:
    match = _SERVER.fullmatch(settings["server"])
    host, port = (match[1].strip("[]"), match[2]) if match else (settings["server"], None)
    starttls = settings["security"] == "STARTTLS"
    fresh = poll.first or not poll.bookmark.get("validity")
    looked = _figure(poll.bookmark, "looked")
    back = (FIRST_DAYS if poll.first else AGAIN_DAYS) * DAY if fresh else DAY
    return MailRequest(
        host=host,
        user=settings["user"],
        password=poll.secrets["password"],
        port=int(port) if port else STARTTLS_PORT if starttls else TLS_PORT,
        starttls=starttls,
        folder=settings["folder"],
        validity=0 if fresh else _figure(poll.bookmark, "validity"),
        after=0 if fresh else _figure(poll.bookmark, "uid"),
        since=(poll.now if fresh else float(looked)) - back,
        newest=fresh,
        most=FIRST_MOST if poll.first else MOST,
    )


def _bookmark(answer: MailAnswer, poll: Poll) -> Mapping[str, str]:
    """Return how far the folder is read: by its numbers, and by the clock for the day when it is numbered anew."""
    looked = poll.now
    if answer.more:
        times = [message.arrived for message in answer.messages if message.arrived]
        before = _figure(poll.bookmark, "looked") or poll.now - FIRST_DAYS * DAY
        looked = min([poll.now, *times[-1:]]) if times else before
    return {"validity": str(answer.validity), "uid": str(answer.last), "looked": str(int(looked))}


def _figure(bookmark: Mapping[str, str], name: str) -> int:
    written = bookmark.get(name, "")
    return int(written) if _NUMBER.fullmatch(written) else 0


def _mention(message: MailMessage, own: frozenset[str], now: float, only_reviews: bool) -> Mention | None:  # noqa: FBT001  a setting, handed on
    letter = read_letter(message, own, now)
    if review := read_review(letter):
        return _of_review(letter, review)
    spoken = tells_what_somebody_said(letter)
    if only_reviews or not (letter.text or letter.subject) or (not spoken and why_not(letter, own)):
        return None
    return Mention(
        source=MailboxSource.id,
        key=letter.key,
        title=letter.subject,
        text=letter.text or letter.subject,
        author=letter.author.name or letter.author.address,
        handle=letter.author.address,
        published=letter.published,
        parent=letter.parent,
        thread=letter.thread,
    )


def _of_review(letter: Letter, review: Review) -> Mention:
    """Return a review as if heard at its site. Threads are dropped: some sites put all their mails into one."""
    return Mention(
        source=MailboxSource.id,
        key=letter.key,
        url=review.url,
        title=review.title,
        text=review.text,
        author=review.author,
        handle=review.handle,
        site=review.site,
        published=letter.published,
        stars=review.stars,
    )


def _own(settings: Mapping[str, str]) -> frozenset[str]:
    return frozenset(one.lower() for one in (settings["user"], *_listed(settings["own"])) if "@" in one)


def _listed(written: str) -> tuple[str, ...]:
    return tuple(one for one in re.split(r"[\s,;]+", written) if one)


SOURCE = MailboxSource()
