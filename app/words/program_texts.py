"""The English sentences of problems with the program itself: its window, command line, files and updates; part of `problem_texts`."""

from __future__ import annotations

from app.words import N_

PROGRAM_TEXTS: dict[str, str] = {
    "cli.added_unasked": N_(
        "{host} asks to be left alone until {until}. The watch is added unchecked, and listened to from then on."
    ),
    "cli.bad_interval": N_("«{text}» is no time between polls. Write 900, 15m or 1h."),
    "cli.bad_numbers": N_("«{text}» is no list of numbers. Write 1,3 for the first and the third."),
    "cli.bad_secret_file": N_("«{text}» names no secret and file. Write NAME=FILE, or NAME=- for standard input."),
    "cli.bad_setting": N_("«{text}» is no setting. Write NAME=VALUE."),
    "cli.bad_time": N_("«{text}» is not a time in the past. Write 2026-03-05 or 2026-03-05 14:02."),
    "cli.empty_text": N_("Write what was said: an empty entry is not kept."),
    "cli.no_file": N_("The file {file} cannot be read ({reason}). Check its name."),
    "cli.no_key_file": N_("{file} holds no key: it is empty, too long or no text. Name the file you downloaded."),
    "cli.no_output": N_(
        "The output could not be written ({reason}). What was entered or heard is kept: look with «counterbell inbox»."
    ),
    "cli.no_such_number": N_("The list has no {number}; its last number is {most}."),
    "cli.no_such_setting": N_("«{source}» has no setting «{name}». It has: {known}."),
    "cli.nothing_in_hand": N_("Write a web address, an @handle or the name of the shop."),
    "cli.nothing_to_test": N_("Name a watch of yours, or a place with --source and --url."),
    "cli.setting_is_secret": N_(
        "«{name}» is a secret and is not written there. Say --secret {name}: then it is asked for."
    ),
    "core.no_files": N_(
        "This laptop lets the program open no more files and connections; nothing is lost. Close other programs or start this one again. Listening goes on by itself; try anything else again."
    ),
    "core.no_memory": N_(
        "This laptop has too little memory left; nothing is lost. Close other programs. Listening goes on by itself; try anything else again."
    ),
    "detect.bad_lexicon_line": N_(
        "Line {line} of {file} cannot be understood and was left out. Correct it, or install the program again."
    ),
    "detect.bad_line": N_("Line {line} of the input is no object with «id» and «text»; it was left out."),
    "detect.deaf": N_("The complaint detector does not know a complaint when it sees one. Install the program again."),
    "detect.no_lexicon": N_(
        "The word list {file} cannot be read, so complaints in its language are not recognised. Install the program again."
    ),
    "detect.no_weights": N_(
        "What the complaint detector was taught ({file}) cannot be read, so word lists alone decide and fewer complaints are recognised. Install the program again."
    ),
    "stores.archive_damaged": N_(
        "The archive is damaged. Quit and start the program again; it will mend it from a backup."
    ),
    "stores.archive_gone": N_(
        "The archive {path} was taken out of its folder; nothing was changed. Put it back, or quit and start again: its newest copy is used then."
    ),
    "stores.archive_lost": N_(
        "The archive was damaged and there was no backup, so a new one was started. The old file is kept as {aside}."
    ),
    "stores.archive_newer": N_(
        "This archive was written by a newer version of the program. Install the newest one; nothing was changed."
    ),
    "stores.archive_put_back": N_(
        "The archive was deleted while the program was running. It is back, whole; find out what deleted it, such as a program that tidies up."
    ),
    "stores.archive_replaced": N_(
        "Another archive lies in the place of {path}; nothing was changed. Quit and start again to use that one, or put yours back."
    ),
    "stores.archive_restored": N_(
        "The archive was damaged or missing; its copy of {date} is in use. What was heard since then may be heard again."
    ),
    "stores.busy": N_(
        "Another program holds the archive for too long. Close other copies of this program and try again."
    ),
    "stores.customer_restored": N_(
        "The file of {name} was damaged; its state before the last change is back. Check the card; the damaged file is {aside}."
    ),
    "stores.customer_unknown": N_("This customer is no longer there. Go back to the list."),
    "stores.customer_unreadable": N_(
        "The file of {name} cannot be read and is kept as {aside}. Put a backup of it in its place."
    ),
    "stores.disk_error": N_(
        "The disk failed at {path}; nothing was changed. Try again, and make a backup if it happens twice."
    ),
    "stores.disk_full": N_("The disk is full; nothing was changed. Free some space and try again."),
    "stores.draft_unreadable": N_(
        "What was being typed under «Add…» cannot be read. It is kept as {aside} in the folder «by-hand»."
    ),
    "stores.entry_as_before": N_(
        "Entry {entry} of {table} makes no sense ({fields}); until it is mended in the file, what stood there before is used."
    ),
    "stores.entry_skipped": N_(
        "Entry {entry} of {table} makes no sense ({fields}) and is left out; it is still in the file. Mend it there, or enter it again."
    ),
    "stores.folder_gone": N_(
        "The folder {path} with the shop's data is gone or has another name, so nothing can be kept. Put it back where it was: all goes on by itself. If it moved for good, quit and start with --profile and its new place."
    ),
    "stores.folder_in_the_way": N_(
        "{path} is a folder where a file should be. Move the folder elsewhere, then start again."
    ),
    "stores.keyring_failed": N_("The keyring failed ({kind}). Open the system's password manager, then try again."),
    "stores.keyring_locked": N_("The keyring is locked. Unlock it and try again."),
    "stores.no_keyring": N_(
        "This computer has no keyring for passwords. Install or start one, or agree to keep them in a file that only you can read."
    ),
    "stores.no_profile": N_(
        "There is no profile in {path}, and none was made. If yours lies elsewhere, name its folder with --profile; «counterbell watch add» or «counterbell listen» begins a new one."
    ),
    "stores.card_unread": N_(
        "The card of {name} cannot be read now; nothing was lost or changed, and no second card is made. Check the rights of {path}, or close the program that holds it, then try again."
    ),
    "stores.card_unread/unknown": N_(
        "A card cannot be read now, and whose it is cannot be told; no new card is made meanwhile, for it may be this person's. Check the rights of {path}, or close the program that holds it, then try again."
    ),
    "stores.not_readable": N_(
        "{path} may not be read now; nothing was lost or changed. Check its rights, or close the program that holds it, then try again."
    ),
    "stores.not_writable": N_("{path} may not be written. Check the rights of the folder and try again."),
    "stores.profile_unusable": N_(
        "The folder {path} cannot be used. Connect the drive, or choose another folder with --profile."
    ),
    "stores.same_card": N_("These two are one card already."),
    "stores.secrets_unreadable": N_("{path} cannot be read. Delete it and type the passwords again."),
    "stores.shop_busy": N_("Another program is using {path}; nothing was changed. Try again in a moment."),
    "stores.shop_lost": N_(
        "The shop file could not be read and there is no copy of it. It is kept as {aside}. Restore a backup or set the watches up again."
    ),
    "stores.shop_restored": N_("The shop file was damaged or gone; its state of {date} is back. Check your watches."),
    "stores.shop_unreadable": N_(
        "{path} was edited and cannot be read any more (line {line}); its last good state is in use. Mend that line. If something is changed here first, your edit stays beside it, with «broken» in its name."
    ),
    "ui.file_not_read": N_("The file {file} cannot be read ({reason}). Choose another one."),
    "ui.file_not_written": N_("The file {file} cannot be written ({reason}). Choose another place."),
    "ui.language_next_start": N_("The language changes at the next start: quit the program and start it again."),
    "ui.listener_not_started": N_(
        "Listening could not be started ({detail}). It is tried again; if that does not help, install the program again."
    ),
    "ui.listener_restarted": N_(
        "Listening stopped {times} times in a row and was started again each time. If it goes on, «counterbell doctor» may say why."
    ),
    "ui.no_key_file": N_("{file} holds no key: it is empty, too long or no text. Choose the file you downloaded."),
    "ui.no_picture": N_("This is not a picture that can be read. Save it as PNG or JPEG and try again."),
    "ui.no_screen": N_(
        "There is no screen here for the window. Start Counterbell on the desktop; «counterbell listen» hears without a window."
    ),
    "ui.notification_failed": N_(
        "This desktop shows no notifications, so complaints are seen in this window only; none is lost. Turn notifications on in the settings of the system, or install a notification service where there is none: what waits is shown then."
    ),
    "ui.program_replaced": N_(
        "A new version of Counterbell was installed. Close the window: the new version starts in the tray by itself."
    ),
    "ui.unexpected": N_(
        "Something went wrong that should not ({detail}). Your data is safe; the log has the details. Start again if something looks odd."
    ),
    "updates.not_listed": N_(
        "The announcement of a new version is not the one its makers signed. Do not install anything from there; try again tomorrow."
    ),
    "updates.not_signed": N_(
        "The list of the new version's files is not signed by the makers of Counterbell. Do not install anything from there; try again tomorrow."
    ),
    "updates.not_understood": N_("The announcement of a new version cannot be read. Look at the download page."),
}
