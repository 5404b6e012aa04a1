"""A mailbox over IMAP: the shop's e-mail as a channel, the reviews that review sites write of, and answers by e-mail."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from app.core.mention import Mention
from app.core.ports.answer import Answer, LookSteps, SendSteps, Sent, Standing
from app.core.ports.mail import (
    STARTTLS_PORT,
    SUBMISSION_PORT,
    SUBMISSION_TLS_PORT,
    TLS_PORT,
    MailAnswer,
    MailMessage,
    MailRequest,
    Posted,
    PostRequest,
)
from app.core.ports.source import MailSteps, Poll, Reading, Setting, msgid
from app.core.problems import Problem
from app.core.watch import Watch, WatchKind
from app.sources.mail.answers import Sender, find_answer, id_of, letter_of, sendable, why_nobody
from app.sources.mail.letter import Letter, read_letter, why_not
from app.sources.mail.review import Review, read_review, tells_what_somebody_said
from app.sources.mail.servers import TOKENS_ONLY, outgoing_of, server_of

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
LISTEN, ANSWER = msgid("Only listen"), msgid("Answer by e-mail as well")

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
            hint=msgid("If left empty, it is found from the address. With another port: imap.example.com:1993."),
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
        Setting(
            "answers",
            msgid("Answers"),
            kind="choice",
            required=False,
            choices=(LISTEN, ANSWER),
            hint=msgid("A copy of each answer goes to your own address."),
        ),
        Setting(
            "outgoing",
            msgid("Server for outgoing mail"),
            required=False,
            hint=msgid("If left empty, it is found from the IMAP server. With another port: smtp.example.com:587."),
            only_with=("answers", ANSWER),
        ),
        Setting(
            "outgoing_security",
            msgid("Encryption of outgoing mail"),
            kind="choice",
            required=False,
            choices=("TLS", "STARTTLS"),
            only_with=("answers", ANSWER),
        ),
        Setting(
            "name",
            msgid("Name on your letters"),
            required=False,
            hint=msgid("Usually the name of your shop."),
            only_with=("answers", ANSWER),
        ),
    )
    shortest_interval = 300
    help_page = "mailbox"
    answers_in_private = True
    own_by_nature = True

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
        if wrong:
            return Problem("sources.bad_own_address", {"address": wrong})
        return _sending_problem(kept) if kept["answers"] == ANSWER else None

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
        return {**kept, **_tidy_sending(kept)}

    def place(self, settings: Mapping[str, str]) -> str:
        """Return server, user and folder; how it is reached makes no difference."""
        kept = self.tidy(settings)
        match = _SERVER.fullmatch(kept["server"])
        return f"{match[1] if match else kept['server']}/{kept['user'].lower()}/{kept['folder']}"

    def why_no_answer(self, watch: Watch, mention: Mention, secrets: Mapping[str, str]) -> Problem | None:
        """Return that the watch only listens, or that nobody would read a letter there, or None."""
        settings = self.tidy(watch.settings)
        if problem := why_nobody(mention):
            return problem
        if settings["answers"] != ANSWER:
            return Problem("sources.mail_only_listens")
        return self.check(settings) if secrets.get("password") else Problem("sources.no_mail_password")

    def longest_answer(self, watch: Watch, mention: Mention) -> int | None:  # noqa: ARG002  the signature is the port's
        """Return that letters may be as long as anybody likes."""
        return None

    def own_accounts(self, watch: Watch) -> tuple[str, ...]:
        """Return the shop's own addresses."""
        return tuple(sorted(_own(self.tidy(watch.settings))))

    def answer(self, answer: Answer) -> SendSteps:
        """Send one letter to the author, with a copy to ourselves."""
        if problem := self.why_no_answer(answer.watch, answer.mention, answer.secrets):
            return Sent(problem=problem)
        settings = self.tidy(answer.watch.settings)
        sender = _sender(settings)
        host, port = _host_and_port(settings["outgoing"])
        starttls = settings["outgoing_security"] == "STARTTLS"
        posted = yield PostRequest(
            host=host,
            user=settings["user"],
            password=answer.secrets["password"],
            sender=sender.address,
            recipients=(sendable(answer.mention.handle), sender.address),
            raw=letter_of(answer, sender),
            port=port or (SUBMISSION_PORT if starttls else SUBMISSION_TLS_PORT),
            starttls=starttls,
        )
        if not isinstance(posted, Posted):
            return Sent(problem=_no_letter(host))
        return Sent(id_of(answer, sender), beside=Problem("mail.no_copy", {"host": host}) if posted.refused else None)

    def look(self, answer: Answer) -> LookSteps:
        """Look into the mailbox for the reply, or for one that was written in a mail program."""
        settings = self.tidy(answer.watch.settings)
        if not answer.secrets.get("password"):
            return Standing(problem=Problem("sources.no_mail_password"))
        box = _box(settings, answer.secrets["password"])
        return (yield from find_answer(answer, _sender(settings), _own(settings), box))


def _box(settings: Mapping[str, str], password: str) -> MailRequest:
    """Return a look into the folder of a watch, but for what is looked for."""
    host, port = _host_and_port(settings["server"])
    starttls = settings["security"] == "STARTTLS"
    port = port or (STARTTLS_PORT if starttls else TLS_PORT)
    return MailRequest(host, settings["user"], password, port, starttls, settings["folder"])


def _request(settings: Mapping[str, str], poll: Poll) -> MailRequest:
    fresh = poll.first or not poll.bookmark.get("validity")
    looked = _figure(poll.bookmark, "looked")
    back = (FIRST_DAYS if poll.first else AGAIN_DAYS) * DAY if fresh else DAY
    return replace(
        _box(settings, poll.secrets["password"]),
        validity=0 if fresh else _figure(poll.bookmark, "validity"),
        after=0 if fresh else _figure(poll.bookmark, "uid"),
        since=(poll.now if fresh else float(looked)) - back,
        newest=fresh,
        most=FIRST_MOST if poll.first else MOST,
    )


def _host_and_port(server: str) -> tuple[str, int]:
    """Return host and port of a server as typed, 0 for no port."""
    match = _SERVER.fullmatch(server)
    return (match[1].strip("[]"), int(match[2] or 0)) if match else (server, 0)


def _tidy_sending(kept: Mapping[str, str]) -> Mapping[str, str]:
    """Return the settings for answers as they are kept; the server is guessed where answers are wanted."""
    wanted = kept.get("answers") == ANSWER
    typed = re.sub(r"\A(?:smtps?://)+", "", kept.get("outgoing", ""), flags=re.IGNORECASE).strip("/ ").lower()
    server = typed or (outgoing_of(kept["server"]) if wanted else "")
    starttls = kept.get("outgoing_security") == "STARTTLS" or _host_and_port(server)[1] == SUBMISSION_PORT
    return {
        "answers": ANSWER if wanted else LISTEN,
        "outgoing": server,
        "outgoing_security": "STARTTLS" if starttls else "TLS",
        "name": " ".join(kept.get("name", "").split()),
    }


def _sending_problem(kept: Mapping[str, str]) -> Problem | None:
    match = _SERVER.fullmatch(kept["outgoing"])
    if match is None or not 0 < int(match[2] or SUBMISSION_TLS_PORT) < 65_536:
        return Problem("sources.bad_outgoing_server")
    return None if _sender(kept).address else Problem("sources.no_sender_address")


def _sender(settings: Mapping[str, str]) -> Sender:
    """Return who writes: the address of the mailbox, or the first of our own where its user name is none."""
    known = (settings["user"], *_listed(settings["own"]))
    return Sender(settings["name"], next((good for one in known if (good := sendable(one))), ""))


def _no_letter(host: str) -> Problem:
    return Problem("mail.not_smtp", {"host": host})


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
        handle=letter.answer_to,
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
