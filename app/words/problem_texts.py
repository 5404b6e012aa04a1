"""The English sentence of each problem code; `{names}` are arguments of the problem."""

from __future__ import annotations

from app.words import N_

TEXTS: dict[str, str] = {
    "cli.bad_interval": N_("«{text}» is no time between polls. Write 900, 15m or 1h."),
    "cli.bad_setting": N_("«{text}» is no setting. Write NAME=VALUE."),
    "desk.disk_low": N_("Only {megabytes} MB are free on this disk. Free some space so that nothing is lost."),
    "desk.empty_reply": N_("A saved reply needs a name and a text."),
    "desk.many_customers": N_("{count} customers match «{name}». Name one by its id."),
    "desk.no_author": N_("Nobody is named as the author of this, so nobody can be blocked."),
    "desk.no_customer": N_("There is no customer «{name}»."),
    "desk.no_mention": N_("There is no mention {id}."),
    "desk.no_name": N_("Write a name."),
    "desk.no_site": N_("It is not known where this stands, so no site can be blocked."),
    "desk.no_watch": N_("There is no watch «{name}». «counterbell watch list» shows them all."),
    "desk.no_watches": N_("Nothing is listened to yet. Add a watch."),
    "desk.not_listening": N_(
        "«{name}» has not been polled for a long time. Start the program and leave it in the tray."
    ),
    "desk.watch_fails": N_("The watch «{name}» fails ({times} times in a row). The watches page says why."),
    "desk.watch_no_name": N_("Give the watch a name."),
    "desk.watch_same_name": N_("There is a watch called «{name}» already. Choose another name."),
    "desk.watch_twin": N_("The watch «{name}» listens to this place for the same words already."),
    "net.rate_limited": N_("{host} asks for fewer visits. It is left alone for a while."),
    "sources.unknown": N_("This program has no source called «{source}»."),
    "watch.bad_status": N_("{host} answered with error {status}. Check the address."),
    "watch.denied": N_("{host} does not let us in (error {status}). It may need a password, or it keeps programs out."),
    "watch.gone": N_("{host} says this place is gone for good. Remove the watch or change its address."),
    "watch.not_found": N_("{host} has nothing at this address (error 404). Check the address."),
    "watch.server_error": N_("{host} has trouble of its own (error {status}). It is tried again later."),
}
