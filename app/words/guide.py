"""The short guide of the help page: what the program does in plain words, with every button called as the window calls it."""

from __future__ import annotations

from typing import NamedTuple

from app.words import N_, _


class Topic(NamedTuple):
    """A heading and what is said under it, paragraphs with an empty line between them."""

    heading: str
    body: str


LABELS: dict[str, str] = {
    "add": N_("Add…"),
    "add_chosen": N_("Add chosen"),
    "add_watch": N_("Add a watch"),
    "answered": N_("Mark as answered"),
    "ask_versions": N_("Ask once a day whether there is a new version"),
    "bell": N_("When the bell rings"),
    "block": N_("Block"),
    "case": N_("&Case"),
    "check_all": N_("Check everything"),
    "complaint": N_("It is a complaint"),
    "complaints": N_("Complaints"),
    "copy": N_("Copy and open the post"),
    "customers": N_("Customers"),
    "everything": N_("Everything"),
    "find": N_("Find for me"),
    "first_answer": N_("First answer within"),
    "forget": N_("Forget this person…"),
    "health": N_("Health"),
    "log": N_("Contact log"),
    "log_contact": N_("Log a contact…"),
    "not_complaint": N_("Not a complaint"),
    "not_us": N_("Not about us"),
    "own": N_("Our own channel"),
    "phrases": N_("Phrases and names"),
    "playbook": N_("Playbook"),
    "quiet_hours": N_("Quiet hours, without bells"),
    "quit": N_("&Quit"),
    "reports": N_("Reports"),
    "resolved": N_("&Resolved"),
    "saved": N_("Saved replies"),
    "send": N_("Send"),
    "settings": N_("Settings"),
    "snooze": N_("Snooze"),
    "start": N_("Start with the computer"),
    "test": N_("Test"),
    "test_bell": N_("Ring a test bell"),
    "undo": N_("Undo"),
    "undo_last": N_("&Undo the last decision"),
    "watches": N_("Watches"),
}
"""What the window calls its buttons, pages and parts, by the blanks they fill below."""

TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("How it works"),
        (
            N_(
                "Counterbell listens where people may write about your shop, and rings when somebody complains. It listens to watches: a watch is one place, such as your review page, or one search for words, such as the name of your shop."
            ),
            N_(
                "It checks the watches in turn as long as the computer is on. You can close the window: the bell stays in the tray, and a click on it opens the window again. Only «{quit}» stops the listening. Tick «{start}» in «{settings}» to have it start by itself."
            ),
        ),
    ),
    (
        N_("Your first watch"),
        (
            N_(
                "Open «{watches}» and press «{find}». Type what you have: a web address, an account such as @kawaraj, or the name of your shop, a comma and its town. Tick what suits you and press «{add_chosen}»."
            ),
            N_(
                "If you know the place, press «{add_watch}» and fill in the form instead: «{test}» shows what it would have heard. Tick «{own}» for your own pages: everything written there counts as being about you, answers are due sooner, and the bell rings more readily."
            ),
        ),
    ),
    (
        N_("When the bell rings"),
        (
            N_(
                "The bell rings at once for what is almost certainly a complaint, and only once for each. What is less certain comes once a day, in the daily digest. The rest stays silent, so that you can trust the bell."
            ),
            N_(
                "Nothing is lost: every complaint is in «{complaints}», and everything heard is in «{everything}». Old posts and your own never ring."
            ),
            N_(
                "In «{settings}» you say how easily it rings («{bell}»), when it keeps quiet («{quiet_hours}»), and which words always or never ring («{phrases}»)."
            ),
            N_(
                "For what to do then, write your own plans in «{settings}», «{playbook}», for each situation and for a crisis: the case shows the one that fits."
            ),
        ),
    ),
    (
        N_("How to answer"),
        (
            N_(
                "Choose a case and write your reply below it; it is saved as you type. «{saved}» inserts a text you prepared earlier and fills in what is known, such as the customer's name. What is not filled in yet is pointed out, and so are phone numbers in a public reply."
            ),
            N_(
                "«{copy}» copies the reply and opens the page: paste it there. Where replies can be sent from here, there is also «{send}»: the reply goes out after five seconds, and until then «{undo}» brings it back."
            ),
            N_(
                "Each case shows how much time is left for the first answer; only your opening hours count. You set that time in «{settings}», «{first_answer}»."
            ),
        ),
    ),
    (
        N_("Marking, correcting, taking back"),
        (
            N_(
                "When you have answered without Counterbell, press «{answered}»: the clock stops, and the answer stands in the customer's story."
            ),
            N_(
                "«{not_complaint}», «{complaint}» and «{not_us}» correct what Counterbell made of a text. It learns from that at once, on this computer only. «{snooze}» sets a case aside until later; «{block}» silences an author or a site."
            ),
            N_(
                "When a matter is settled, choose «{resolved}» in the menu «{case}». Counterbell then asks whether the customer was content in the end; you need not answer. «{reports}» shows whether things are getting better."
            ),
            N_(
                "Feel free to try: after each of these a line in the corner offers «{undo}», and the menu «{case}» has «{undo_last}»."
            ),
        ),
    ),
    (
        N_("Customers, calls and visits"),
        (
            N_(
                "Everybody you answered has a card in «{customers}», with accounts, a note and the whole story, so that nobody has to tell it twice. «{log}» shows all contacts with all customers."
            ),
            N_(
                "Somebody phones or comes to the shop? Press «{add}» above the list and enter what was said; it is treated like any other mention. If there is already a case, press «{log_contact}» in it."
            ),
        ),
    ),
    (
        N_("Your data, copies, a new laptop"),
        (
            N_(
                "Everything Counterbell knows is in one folder on this computer, along with earlier copies: if a file is damaged, the newest good copy takes its place at the next start, and you are told."
            ),
            N_(
                "For a copy of your own, choose «{quit}» and copy the whole folder to a USB stick. On a new laptop install Counterbell, start it once and quit it, then put your copy in place of the new folder. Passwords are not copied: type them again where a watch asks for them."
            ),
            N_("The folder: {folder}"),
        ),
    ),
    (
        N_("Forgetting a person"),
        (
            N_(
                "«{forget}» on a customer's card removes the card, its contacts and drafts, and what that person wrote, from the program's own copies too. That cannot be undone. If you made copies yourself, delete those too."
            ),
        ),
    ),
    (
        N_("When something does not work"),
        (
            N_(
                "When a watch fails, «{watches}» says which one, why, and what to do. Without a connection there is nothing to do: Counterbell waits, and catches up as soon as it is back."
            ),
            N_(
                "No notifications? Press «{test_bell}» in «{settings}». If nothing appears, allow notifications from Counterbell in your system's settings, and check whether «Do not disturb» is on there."
            ),
            N_(
                "At the end of «{settings}», under «{health}», «{check_all}» checks the whole program and says what to do. Where a message mentions «counterbell doctor», this does the same."
            ),
        ),
    ),
    (
        N_("Privacy"),
        (
            N_(
                "Nothing leaves this computer except the questions to the places you watch or search, and the replies you send. There is no account and no server of ours; nobody counts what you do, and pictures are never fetched."
            ),
            N_(
                "Once a day Counterbell asks whether there is a new version, without saying anything about you or your shop. You can turn that off in «{settings}»: «{ask_versions}»."
            ),
        ),
    ),
)
"""Headings and paragraphs, as they are translated; in braces stand names of `LABELS`, and the profile's folder."""


def topics(folder: str = "") -> tuple[Topic, ...]:
    """Return the guide in the language spoken; `folder` is where the profile lies, «» where that is not known."""
    called = {name: _(text).replace("&", "") for name, text in LABELS.items()}
    return tuple(
        Topic(
            _(heading),
            "\n\n".join(_(text).format(folder=folder, **called) for text in texts if folder or "{folder}" not in text),
        )
        for heading, texts in TOPICS
    )
