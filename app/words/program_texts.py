"""The English sentences of problems with the program itself: its window, command line, files and updates; part of `problem_texts`."""

from __future__ import annotations

from app.words import N_

PROGRAM_TEXTS: dict[str, str] = {
    "cli.added_unasked": N_(
        "{host} asks to be left alone until {until}. The watch is added unchecked; listening starts then."
    ),
    "cli.bad_interval": N_("«{text}» is not a time between polls. Write 900, 15m or 1h."),
    "cli.bad_numbers": N_("«{text}» is not a list of numbers. Write 1,3 for the first and the third."),
    "cli.bad_secret_file": N_(
        "«{text}» does not name a secret and a file. Write NAME=FILE, or NAME=- for standard input."
    ),
    "cli.bad_setting": N_("«{text}» is not a setting. Write NAME=VALUE."),
    "cli.bad_time": N_("«{text}» is not a time in the past. Write 2026-03-05 or 2026-03-05 14:02."),
    "cli.empty_text": N_("Write what was said: an empty entry is not kept."),
    "cli.no_file": N_("The file {file} cannot be read ({reason}). Check its name."),
    "cli.no_input": N_("Standard input cannot be read. Redirect a file or a pipe into the command."),
    "cli.no_key_file": N_("{file} contains no key: it is empty, too long or not text. Name the file you downloaded."),
    "cli.no_output": N_(
        "The output could not be written ({reason}). What was entered or heard is saved: see «counterbell inbox»."
    ),
    "cli.no_secret": N_(
        "Nothing was given for «{name}». Type it in a terminal, or redirect a file or a pipe with it into the command."
    ),
    "cli.no_such_choice": N_("«{text}» cannot be chosen for «{name}». Write one of these: {known}."),
    "cli.no_such_number": N_("The list has no {number}; its last number is {most}."),
    "cli.no_such_setting": N_("«{source}» has no setting «{name}». It has: {known}."),
    "cli.nothing_in_hand": N_("Write a web address, an @handle or the name of the shop."),
    "cli.nothing_to_pick": N_("There is nothing to choose from at this address. Leave --pick out."),
    "cli.nothing_to_test": N_("Name a watch of yours, or a place with --source and --url."),
    "cli.only_with": N_("{option} only works with {other}: give both, or leave {option} out."),
    "cli.setting_is_secret": N_(
        "«{name}» is a secret and does not belong there. Use --secret {name}: you are then asked for it."
    ),
    "core.no_files": N_(
        "This laptop does not let the program open any more files and connections; nothing is lost. Close other programs or start this one again. Listening resumes by itself; try anything else again."
    ),
    "core.no_memory": N_(
        "This laptop has too little memory left; nothing is lost. Close other programs. Listening resumes by itself; try anything else again."
    ),
    "detect.bad_lexicon_line": N_(
        "Line {line} of {file} is not valid and was left out. Correct it, or install the program again."
    ),
    "detect.bad_stars": N_(
        "The stars in line {line} of the input are not a number from 1 to 5; the line was judged without them."
    ),
    "detect.bad_line": N_(
        "Line {line} of the input is not an object whose «id» is text or a number and whose «text» is text; it was left out."
    ),
    "detect.deaf": N_("The complaint detector does not know a complaint when it sees one. Install the program again."),
    "detect.no_lexicon": N_(
        "The word list {file} cannot be read, so complaints in its language are not recognised. Install the program again."
    ),
    "detect.no_weights": N_(
        "What the complaint detector was taught ({file}) cannot be read, so word lists alone decide and fewer complaints are recognised. Install the program again."
    ),
    "stores.archive_damaged": N_(
        "The archive is damaged. Quit and start the program again; it will restore it from a backup."
    ),
    "stores.archive_gone": N_(
        "The archive {path} was moved out of its folder; nothing was changed. Put it back, or quit and start again to use its newest copy."
    ),
    "stores.archive_altered": N_(
        "A part of the archive {path} is missing or changed ({part}), probably by another program, so it is not used. Nothing was deleted. Quit the program and rename that file to {path}.broken-1; the next start puts its newest copy in its place, if there is one."
    ),
    "stores.archive_lost": N_(
        "The archive was damaged and there was no backup, so a new one was started. The old file is kept as {aside}."
    ),
    "stores.archive_newer": N_(
        "This archive was written by a newer version of the program. Install the newest one; nothing was changed."
    ),
    "stores.archive_put_back": N_(
        "The archive was deleted while the program was running. It is back and complete; find out what deleted it, such as a clean-up program."
    ),
    "stores.archive_replaced": N_(
        "There is another archive in place of {path}; nothing was changed. Quit and start again to use that one, or put yours back."
    ),
    "stores.archive_restored": N_(
        "The archive was damaged or missing; its copy of {date} is in use. What was heard since then may be heard again; what you entered or decided since then may be missing: look it through."
    ),
    "stores.archive_was_folder": N_(
        "A folder was in the archive's place; it is now called {aside}, and the archive's copy of {date} is in use. What was heard since then may be heard again; what you entered or decided since then may be missing: look it through."
    ),
    "stores.busy": N_(
        "Another program has been using the archive for too long. Close other copies of this program and try again."
    ),
    "stores.customer_restored": N_(
        "The file of {name} was damaged and was restored as it was before the last change. Check the card; the damaged file is {aside}."
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
        "Entry {entry} of {table} makes no sense ({fields}); what was there before is used until it is corrected in the file."
    ),
    "stores.entry_skipped": N_(
        "Entry {entry} of {table} makes no sense ({fields}) and is left out; it is still in the file. Correct it there, or enter it again."
    ),
    "stores.folder_gone": N_(
        "The folder {path} with the shop's data is gone or was renamed, so nothing can be saved. Put it back where it was, and everything carries on by itself. If it moved for good, quit and start with --profile and its new place."
    ),
    "stores.folder_in_the_way": N_(
        "{path} is a folder where a file should be. Move the folder elsewhere, then start again."
    ),
    "stores.keyring_failed": N_("The keyring failed ({kind}). Open the system's password manager, then try again."),
    "stores.keyring_locked": N_("The keyring is locked. Unlock it and try again."),
    "stores.no_home": N_(
        "This system does not say where your home folder is. Say where the shop's data is: --profile and a folder."
    ),
    "stores.no_keyring": N_(
        "This computer has no keyring for passwords. Install or start one, or agree to keep them in a file that only you can read."
    ),
    "stores.no_profile": N_(
        "There is no profile in {path}, and none was created. If yours is elsewhere, name its folder with --profile; «counterbell watch add» or «counterbell listen» starts a new one."
    ),
    "stores.card_unread": N_(
        "The card of {name} cannot be read now; nothing was lost or changed, and no second card is made. Check the permissions of {path}, or close the program that is using it, then try again."
    ),
    "stores.card_unread/unknown": N_(
        "A card cannot be read now, and it is not clear whose it is; no new card is made for now, as it may be this person's. Check the permissions of {path}, or close the program that is using it, then try again."
    ),
    "stores.not_readable": N_(
        "{path} cannot be read now; nothing was lost or changed. Check its permissions, or close the program that is using it, then try again."
    ),
    "stores.not_writable": N_(
        "{path} cannot be written to. Check its permissions, or those of its folder, and try again."
    ),
    "stores.path_too_long": N_(
        "The path of the profile's folder is too long: {length} characters. Choose a folder with a shorter path."
    ),
    "stores.profile_unusable": N_(
        "The folder {path} cannot be used. Connect the drive, or choose another folder with --profile."
    ),
    "stores.same_card": N_("These two are already one card."),
    "stores.secrets_unreadable": N_("{path} cannot be read. Delete it and type the passwords again."),
    "stores.shop_busy": N_("Another program is using {path}; nothing was changed. Try again in a moment."),
    "stores.shop_lost": N_(
        "The shop file could not be read and there is no copy of it. It is kept as {aside}. Restore a backup or set the watches up again."
    ),
    "stores.shop_restored": N_("The shop file was damaged or gone; its state of {date} is back. Check your watches."),
    "stores.shop_unreadable": N_(
        "{path} was edited and can no longer be read (line {line}); its last good version is in use. Correct that line. If something is changed here first, your edit is kept beside it, with «broken» in its name."
    ),
    "program.crashed": N_(
        "Counterbell ended by itself last time because of a fault in it, and nothing was listened to until this start. It goes on now; {file} in the folder of your data says where it stopped."
    ),
    "ui.file_not_read": N_("The file {file} cannot be read ({reason}). Choose another one."),
    "ui.file_not_written": N_("The file {file} cannot be written ({reason}). Choose another place."),
    "ui.language_next_start": N_("The language changes at the next start: quit the program and start it again."),
    "ui.licences_not_read": N_(
        "The licences of the parts inside cannot be read ({reason}). Install the program again to bring them back."
    ),
    "ui.listener_not_started": N_(
        "Listening could not be started ({detail}). Counterbell is trying again; if that does not help, install the program again."
    ),
    "ui.listener_restarted": N_(
        "Listening stopped {times} times in a row and was started again each time. If it keeps happening, «counterbell doctor» may say why."
    ),
    "ui.no_key_file": N_("{file} contains no key: it is empty, too long or not text. Choose the file you downloaded."),
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
    "ui.typed_left": N_(
        "What you typed last could not be saved and is in {path}. Copy what you need from it, then delete the file."
    ),
    "ui.unexpected": N_(
        "Something unexpected went wrong ({detail}). Your data is safe; the log has the details. Start again if something looks odd."
    ),
    "updates.not_listed": N_(
        "The announcement of a new version is not the one its makers signed. Do not install anything from there; try again tomorrow."
    ),
    "updates.not_signed": N_(
        "The list of the new version's files is not signed by the makers of Counterbell. Do not install anything from there; try again tomorrow."
    ),
    "updates.not_understood": N_("The announcement of a new version cannot be read. Look at the download page."),
}
