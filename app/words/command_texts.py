"""What the command line says in place of sentences that name a button or a field of the window; part of `problem_texts`."""

from __future__ import annotations

from app.words import N_

COMMAND_TEXTS: dict[str, str] = {
    "desk.watch_fails": N_("The watch «{name}» is failing. «counterbell watch list» says why."),
    "net.private_address": N_("{host} is inside your own network. If that is intended, add --allow-private."),
    "outbox.reply_failed": N_("The reply to «{name}» was not sent. «counterbell reply list» says why."),
    "sources.choose_part": N_(
        "Choose which list on {host} is to be watched: «counterbell watch test» lists them, --pick takes one by its number."
    ),
    "sources.mail_only_listens": N_(
        'This watch only listens. Change it with «counterbell watch edit» and --set "answers=Answer by e-mail as well", or answer from your mail program.'
    ),
    "sources.needs_sign_in": N_("{host} wants you to sign in first: «counterbell watch sign-in NAME»."),
    "sources.reddit_off": N_(
        "Reddit is off, since it keeps programs out most of the time. Add --set agreed=Yes to try it all the same."
    ),
    "sources.sign_in_ended": N_(
        "Your sign-in at {host} has expired: it was revoked, or not used for three months. Sign in again with «counterbell watch sign-in NAME»."
    ),
}
