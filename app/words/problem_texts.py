"""The English sentence of each problem code; `{names}` are arguments of the problem.

Here stand those of listening, answering and places without a key; `keyed_texts` has those of places that want a key of the
owner's own, `review_texts` those of the owner's own reviews and of signing in, `program_texts` those of the program itself.
"""

from __future__ import annotations

from app.words import N_
from app.words.keyed_texts import KEYED_TEXTS
from app.words.program_texts import PROGRAM_TEXTS
from app.words.review_texts import REVIEW_TEXTS

TEXTS: dict[str, str] = {
    **KEYED_TEXTS,
    **PROGRAM_TEXTS,
    **REVIEW_TEXTS,
    "desk.bad_correction": N_(
        "Line {line} is not a correction; nothing was learnt. Use a file that Counterbell exported."
    ),
    "desk.bad_link": N_("«{url}» is not a web address. Copy it from the browser's address bar, including http."),
    "desk.bad_picture": N_("This picture cannot be saved. Use a PNG or JPEG of at most 3 MB."),
    "desk.bad_stars": N_("Stars run from 1 to 5."),
    "desk.case_over": N_(
        "This case is closed. First set its state, for example «In work», then choose when it should come back."
    ),
    "desk.disk_low": N_("Only {megabytes} MB are free on this disk. Free some space so that nothing is lost."),
    "desk.empty_reply": N_("A saved reply needs a name and a text."),
    "desk.many_customers": N_("{count} customers match «{name}». Choose one by its id."),
    "desk.many_people": N_(
        "{count} people are called «{name}». Choose one by the id of the card, or by the number of what they wrote, such as {number}."
    ),
    "desk.many_writers": N_(
        "{count} people called «{name}» wrote. Choose one by the number of what they wrote, such as {number}."
    ),
    "desk.never_heard": N_("«{name}» has never been heard so far: {reason}."),
    "desk.no_author": N_("This names no author, so nobody can be blocked."),
    "desk.no_correction": N_("There is no correction {id} any more."),
    "desk.no_customer": N_("There is no customer «{name}»."),
    "desk.no_mention": N_("There is no mention {id}."),
    "desk.no_name": N_("Write a name."),
    "desk.no_sign_in": N_("The place of «{name}» does not offer sign-in with a code. Fill in its fields instead."),
    "desk.no_site": N_("It is not known where this was written, so no site can be blocked."),
    "desk.no_source": N_("There is no source called «{source}». Choose from: {known}."),
    "desk.no_watch": N_("There is no watch «{name}». «counterbell watch list» shows them all."),
    "desk.no_watches": N_("There are no watches yet. Add one."),
    "desk.not_heard": N_("«{name}» has not been heard since {since}: {reason}."),
    "desk.not_listening": N_(
        "«{name}» has not been polled for a long time. Start the program and leave it in the tray."
    ),
    "desk.not_resolved": N_("You can mark how content the customer was once the case is resolved."),
    "desk.not_surely": N_("It is not certain who «{name}» is. Give the id of the card or the whole name."),
    "desk.not_taken_back": N_("This could not be undone: what is still waiting to be read in cannot be changed."),
    "desk.nothing_said": N_("Type or paste what was said, or a link to it."),
    "desk.picture_without_words": N_(
        "Type the words in the picture, or what it shows: Counterbell does not read pictures."
    ),
    "desk.scheme_not_known": N_(
        "{host} asks to be left alone until {until}, so it cannot be checked before then whether it needs https:// or http://. Try again then, or put one of them in front of the address."
    ),
    "desk.stopped": N_("Stopped; nothing was kept."),
    "desk.table_broken": N_(
        "{file} breaks off inside a cell: the quotation mark in line {line} is never closed. Nothing was imported. Correct it in a spreadsheet, save it as CSV and try again."
    ),
    "desk.table_dates": N_(
        "Dates in {file} can be read in two ways (03/05 is 3 May or 5 March). Say which comes first; on the command line with --dates."
    ),
    "desk.table_empty": N_("No row in {file} says anything; nothing was imported."),
    "desk.table_encoding": N_("There is no encoding «{encoding}». Leave it out: it is found out."),
    "desk.table_large": N_("{file} is larger than {megabytes} MB. Split it and import the parts one after another."),
    "desk.table_strange": N_(
        "No column of {file} is recognised as texts or links. Write «text», «tekst» or «текст» above the column with the words, and save it as CSV."
    ),
    "desk.table_unread": N_("{file} cannot be read ({reason}). Close it in other programs and try again."),
    "desk.watch_fails": N_("The watch «{name}» is failing. The watches page says why."),
    "desk.watch_led": N_(
        "The address of «{name}» now leads to the same place as «{other}»: both hear the same. Remove «{name}»; all that was heard stays."
    ),
    "desk.watch_no_name": N_("Give the watch a name."),
    "desk.more_wrong": N_("And {count} more of this kind."),
    "desk.watch_same_name": N_("There is a watch called «{name}» already. Choose another name."),
    "desk.watch_twin": N_("The watch «{name}» listens to this place for the same words already."),
    "desk.wordless": N_("«{text}» has no letter or digit and would never be found, so it was not saved. Write a word."),
    "desk.site_ending": N_(
        "«{text}» is only how the addresses of many sites end; nothing is blocked by it. Write a whole one, such as shop.example."
    ),
    "desk.site_star": N_("«{text}»: a star can only stand in front, with a full stop behind it: *.shop.example"),
    "desk.site_is_account": N_("«{text}» is an account, not a site. Write it under the authors."),
    "desk.site_several": N_("«{text}»: write one site per line."),
    "listen.awaits_round": N_(
        "Another «counterbell listen --once» is polling on this profile. This one waits until that has ended, {minutes} minutes at most."
    ),
    "listen.copy_crashed": N_(
        "An error in the program itself ({error}) kept it from copying the archive. It will try again; the log says more."
    ),
    "listen.crashed": N_(
        "An error in the program itself stopped the watch «{name}». It will try again; the log says more."
    ),
    "listen.entry_crashed": N_(
        "Something entered by hand could not be added ({error}). It was kept as {file} in the folder «by-hand»; the log says more."
    ),
    "listen.find_too_slow": N_("No answer in time. Look again later."),
    "listen.find_watched": N_("There is a watch of this place already: «{name}»."),
    "listen.find_unreachable": N_("{host} cannot be found at the moment. Try again later."),
    "listen.leave_alone": N_("{host} asks to be left alone until {until}. Test again then."),
    "listen.offline_now": N_("There is no connection to the internet. Try again when it is back."),
    "listen.renewed_not_kept": N_(
        "«{name}» was given a new key, but the keyring did not save it. Unlock the keyring before you quit the program, or sign in again."
    ),
    "listen.round_hangs": N_(
        "The other round of polls has not ended in {minutes} minutes and may hang; this one polls now all the same. If it never ends, end its process: the number stands in the file polling.lock.pid in the profile's folder."
    ),
    "mail.bad_address": N_("«{address}» is not an e-mail address that mail can be sent to."),
    "mail.busy": N_(
        "{host} is too busy now, or the mailbox is open in too many programs. Counterbell will try again in a while."
    ),
    "mail.denied": N_(
        "{host} does not accept the user name or the password. Enter them again; many providers want an app password."
    ),
    "mail.later": N_("{host} does not accept mail from us at the moment. Counterbell will try again in a while."),
    "mail.no_copy": N_(
        "The customer's e-mail went out, but {host} refused the copy to your own address, so it is not in your mailbox. Its text stays in the history here; check your address in the watch."
    ),
    "mail.no_folder": N_("There is no folder «{folder}» in this mailbox. Choose one of: {folders}."),
    "mail.no_password_login": N_(
        "{host} does not let programs in with a password. Forward this mail to another mailbox and listen to that one."
    ),
    "mail.no_recipient": N_(
        "{host} says there is no such recipient (error {status}). The e-mail was not sent; find another way to reach the customer."
    ),
    "mail.no_sending_login": N_(
        "{host} does not let programs send with a password. Check the server for outgoing mail, its port and encryption with your provider."
    ),
    "mail.no_tls": N_(
        "{host} offers no encrypted connection, so no password is sent there. Ask your provider which server uses TLS."
    ),
    "mail.not_imap": N_(
        "{host} does not answer as a mail server. Check the IMAP server and the encryption with your provider."
    ),
    "mail.not_seen_yet": N_("The e-mail is not in the mailbox yet. Counterbell will look again in a while."),
    "mail.not_smtp": N_(
        "{host} does not answer as a server for outgoing mail. Check its name, port and encryption with your provider."
    ),
    "mail.refused": N_(
        "{host} refused the e-mail (error {status}); it was not sent. Ask your provider why, or answer from your mail program."
    ),
    "mail.returned": N_(
        "The e-mail came back undelivered (error {status}). Check the address, or reach the customer another way."
    ),
    "mail.unknown": N_(
        "The connection to {host} broke while the e-mail was being sent. It may or may not have gone out; Counterbell checks before sending it again."
    ),
    "net.bad_address": N_(
        "This address cannot be used. Write one that begins with http:// or https://, without a password."
    ),
    "net.bad_header": N_(
        "The key or setting sent to {host} as {name} has characters that cannot be sent. Enter it again."
    ),
    "net.broken": N_("The answer from {host} broke off or was unreadable. Counterbell will try again later."),
    "net.closed": N_("The program is closing."),
    "net.led_astray": N_(
        "{host} sends us on to an address that cannot be used. Open the page in a browser and copy its final address, or ask whoever runs the site."
    ),
    "net.login_wanted": N_(
        "This network seems to want you to log in first. Open any page in your browser and log in; what was missed is caught up then."
    ),
    "net.name_gone": N_(
        "{host} can no longer be found (since {since}), though it was heard before. Check whether it opens in a browser; if its address has changed, enter the new one."
    ),
    "net.name_gone/ours": N_(
        "{host} has not been found from here since {since}. Check whether it opens in a browser; if not, something in this network keeps it away."
    ),
    "net.name_unknown": N_("There is no host called {host}. Check the spelling of the address."),
    "net.name_unknown/silent": N_(
        "No name server says where {host} is. Check the spelling of the address, and whether other pages open in your browser."
    ),
    "net.never_asked": N_(
        "{host} is an address that Counterbell never asks, whatever is allowed: computers keep their own secrets there, or it is not a single computer. Use another address."
    ),
    "net.no_tls": N_(
        "{host} answers without encryption. If that is fine with you, write the address with http:// in front."
    ),
    "net.not_found_now": N_(
        "{host} cannot be found just now, though it was heard before. Nothing to do: Counterbell tries again every minute."
    ),
    "net.not_found_now/ours": N_(
        "{host} cannot be found from here just now. Nothing to do: Counterbell tries again every minute."
    ),
    "net.offline": N_("This laptop has no network. Nothing to do: Counterbell catches up when it is back."),
    "net.offline/silent": N_(
        "No name server answers: this laptop seems to have no connection to the internet. Nothing to do: Counterbell catches up when it is back."
    ),
    "net.private_address": N_(
        "{host} is inside your own network. If that is intended, tick «Inside our own network» in the watch."
    ),
    "net.private_now": N_(
        "This place was heard on the internet, but since {since} it has led to {host}, inside this network, so it is not asked. Use another network, or ask whoever looks after this one."
    ),
    "net.rate_limited": N_("{host} asks for fewer visits. Counterbell leaves it alone for a while."),
    "net.redirects": N_("{host} keeps sending us elsewhere. Open the page in a browser and copy its final address."),
    "net.refused": N_("{host} is not accepting connections. Check the address, or try again later."),
    "net.timeout": N_("{host} did not answer in time. Counterbell will try again later."),
    "net.tls": N_(
        "An encrypted connection to {host} could not be made. Try again later, or open the page in a browser."
    ),
    "net.tls/expired": N_(
        "There is no safe connection to {host}: its certificate is out of date, or this laptop's date is wrong. Check the date."
    ),
    "net.tls/name": N_(
        "There is no safe connection to {host}: its certificate is for another name. Check the address."
    ),
    "net.tls/web": N_(
        "{host} would make no encrypted connection. Try again later; if it opens in a browser only with http://, write its address like that."
    ),
    "net.tls/plain": N_(
        "{host} does not answer with encryption (TLS) there. Check the port and the encryption chosen."
    ),
    "net.tls/untrusted": N_(
        "There is no safe connection to {host}: its certificate is not vouched for by anyone this laptop trusts. Check the address."
    ),
    "net.too_large": N_("{host} sent more than can be read. Choose a smaller feed or page."),
    "net.waiting": N_("{host} asked us to wait. Nothing to do."),
    "outbox.broken_off": N_("The program ended while the reply was being sent."),
    "outbox.crashed": N_("An error in the program itself stopped this reply ({error}); the log says more."),
    "outbox.empty": N_("There is nothing to send yet: write the reply first."),
    "outbox.mention_gone": N_("What you answered is no longer there, so nothing was sent."),
    "outbox.no_answer": N_("{host} did not confirm that it received the reply."),
    "outbox.no_reply": N_("There is no reply «{id}». «counterbell reply list» shows them all."),
    "outbox.no_watch": N_("The watch to send it with is gone. Copy the reply and post it yourself."),
    "outbox.no_way": N_("Replies cannot be sent there from here. Copy the reply and post it yourself."),
    "outbox.not_now/cancelled": N_(
        "You took it back, and it was not sent. To send it after all, write the reply again."
    ),
    "outbox.not_now/posted": N_(
        "You posted this one yourself: it counts as answered and is not sent from here, so there is nothing to decide."
    ),
    "outbox.not_now/waiting": N_(
        "It has not been sent yet, so there is nothing to decide. It goes out as soon as Counterbell is listening and the place can be reached."
    ),
    "outbox.not_now": N_("It is being sent or is there already, so there is nothing to decide."),
    "outbox.not_there": N_("It was sent twice and is not there. Look at the page, then send it again or copy it."),
    "outbox.reply_failed": N_("The reply to «{name}» was not sent. Open the case: it says why."),
    "outbox.reply_unknown": N_(
        "It is not certain whether the reply to «{name}» arrived. Open the case and look at the page."
    ),
    "outbox.restored": N_("The archive was restored from an earlier copy. The reply may have been sent since then."),
    "outbox.too_late": N_("It has already been sent, or is being sent. To take it down, delete it on the page."),
    "outbox.too_long": N_("The reply has {length} characters, and {limit} are allowed there. Shorten it."),
    "outbox.too_old": N_("It could not be sent for three days. If it still fits, send it again."),
    "outbox.twice": N_("The very same reply is on its way already."),
    "outbox.unreachable": N_("{host} could not be reached, so nothing was sent. Send it again when the page opens."),
    "sources.account_closed": N_(
        "{host} has closed the account {user}. Look there for the reason, or use another account."
    ),
    "sources.answer_at_site": N_(
        "This e-mail was sent by a site ({site}), not by the customer. Open it there and answer there."
    ),
    "sources.answer_not_here": N_("This cannot be answered from here. Open the page and answer there."),
    "sources.answer_refused": N_("{host} refused the answer; it was not posted. Open the page and answer there."),
    "sources.answer_too_long": N_("{host} takes at most {most} characters. Shorten the answer."),
    "sources.answered_post_gone": N_("What you want to answer is no longer there ({host}). Your text is kept."),
    "sources.answers_closed": N_("Answers are not allowed there ({host}). Answer another way, or not at all."),
    "sources.app_password_refused": N_(
        "{host} does not accept this app password for {user}. Make a new one (Settings, Privacy and security, App passwords) and fill it in."
    ),
    "sources.bad_account": N_("This is not the name of an account. Copy it from its profile."),
    "sources.bad_address": N_("This is not a web address. Copy it from the browser's address bar."),
    "sources.bad_channel": N_("This is not the name of a Telegram channel. Copy its link, such as t.me/kawaraj."),
    "sources.bad_community": N_("This is not the name of a community. Write it as name@server."),
    "sources.bad_hashtags": N_("Write one to {most} hashtags, letters and digits only, with commas between them."),
    "sources.bad_mail_server": N_(
        "This is not an IMAP server. Write it like imap.example.com or imap.example.com:993."
    ),
    "sources.bad_outgoing_server": N_(
        "This is not a server for outgoing mail. Write it like smtp.example.com or smtp.example.com:587."
    ),
    "sources.bad_own_address": N_("«{address}» is not an e-mail address. Separate several addresses with commas."),
    "sources.bad_selector": N_(
        "This part of the page is not valid. Use names, .classes, #ids, [attributes], spaces and >, or leave it empty and test."
    ),
    "sources.broken_answer": N_(
        "{host} sent an answer that Counterbell does not understand. The next poll tries again; if it keeps happening, look for a new version of the program."
    ),
    "sources.broken_feed": N_("The feed of {host} is damaged and could not be read. The next poll tries again."),
    "sources.choose_part": N_(
        "Choose which list on {host} is to be watched: test the watch and take one of the lists found."
    ),
    "sources.colon_in_user": N_("A user name cannot hold a colon. Check it."),
    "sources.empty_answer": N_("{host} sent an empty answer. Check the address in a browser."),
    "sources.feed_not_page": N_("{host} sent a feed, not a page. Use the source «Feed» with this address."),
    "sources.file_address": N_("This is a file on a computer. Fill in an address on the web."),
    "sources.forum_closed": N_(
        "{host} shows its posts to members only. Have the forum send you e-mails and listen to your mailbox instead."
    ),
    "sources.key_refused": N_("{host} does not know this key. Copy it once more, or leave the field empty."),
    "sources.login_page": N_("{host} asks you to log in. Fill in the user name and password, or use a public feed."),
    "sources.long_words": N_("That is too much to search for: {most} characters at most."),
    "sources.mail_only_listens": N_(
        "This watch only listens. Choose «Answer by e-mail as well» in its settings, or answer from your mail program."
    ),
    "sources.mail_tokens_only": N_(
        "Microsoft ({host}) does not let programs in with a password. Forward this mail to another mailbox and listen to that one."
    ),
    "sources.many_countries": N_("Choose at most {most} countries for one watch; make a second one for the others."),
    "sources.needs_app_password": N_(
        "{host} shows this only to people with an account. Fill in your handle and an app password (Settings, Privacy and security, App passwords)."
    ),
    "sources.needs_token": N_(
        "{host} asks for an access token here. Make one there under Preferences, Development, New application, and fill it in."
    ),
    "sources.no_account": N_("{host} knows no account called «{name}». Check how it is written."),
    "sources.no_address": N_("Fill in the address of the feed."),
    "sources.no_alert": N_(
        "Google has no alert at this address any more. Look on google.com/alerts and copy its address again."
    ),
    "sources.no_answer_address": N_(
        "Nobody reads mail sent to the address this came from. Answer by phone, or where the customer wrote."
    ),
    "sources.no_app": N_("Copy the address of your app from the App Store, or write the number in it."),
    "sources.no_category": N_(
        "This is not the address of a category. Open the category in the browser and copy its address; it ends in a number."
    ),
    "sources.no_channel": N_("Write the name of the channel."),
    "sources.no_community": N_("{host} knows no community called «{name}». Write it as name@server."),
    "sources.no_country": N_("«{text}» is not a country. Write two letters for each, such as: pl, de, us."),
    "sources.no_edition": N_("There is no search in «{name}». Choose a country from the list."),
    "sources.no_handle": N_(
        "Write your own handle, such as kawaraj.bsky.social: searches and mentions need your account."
    ),
    "sources.no_mail_password": N_("Enter the password of the mailbox."),
    "sources.no_mail_server": N_("Fill in the IMAP server: it cannot be found from this user name."),
    "sources.no_mail_user": N_("Fill in the e-mail address of the mailbox."),
    "sources.no_page_address": N_("Fill in the address of the page."),
    "sources.no_part": N_(
        "No list was found on this page of {host}. It may be built in the browser; look for a feed, or have the site send you e-mail."
    ),
    "sources.no_reddit_place": N_("Write what to search for, or name a subreddit."),
    "sources.no_results": N_(
        "{host} sent a page meant for people, perhaps a robot check, instead of results. Counterbell will try again; if it keeps happening, choose another search."
    ),
    "sources.no_sender_address": N_(
        "The user name is not an e-mail address. Write the address your answers come from under «Our own addresses»."
    ),
    "sources.no_server": N_("Fill in the address of the server or site."),
    "sources.no_subreddit": N_(
        "«{name}» is neither a subreddit nor a post. Write a name like r/poland or copy an address from reddit.com."
    ),
    "sources.no_such_site": N_(
        "Stack Exchange has no site called «{site}». Copy the address of the site from the browser."
    ),
    "sources.no_wordpress_password": N_(
        "To answer on {host}, fill in a user name and an application password in the watch (WordPress: Users, Profile, Application passwords)."
    ),
    "sources.no_words": N_("Write what to search for."),
    "sources.no_youtube_channel": N_(
        "This is not a YouTube channel. Copy the address of the channel's page, or write its @handle."
    ),
    "sources.not_alert": N_(
        "This is not the feed of an alert. On google.com/alerts choose «Deliver to: RSS feed» and copy the address behind the orange icon."
    ),
    "sources.not_text": N_("{host} sent a picture or a file. Check the address."),
    "sources.not_web_address": N_("Addresses with «{scheme}:» cannot be read. Use one that begins with https://."),
    "sources.not_wordpress": N_(
        "No comments of WordPress were found on {host}. Use one of the feeds it links to, or the source «Part of a web page»."
    ),
    "sources.nothing_feed": N_(
        "There is no feed at this address on {host}. Look there for «RSS», or use another source."
    ),
    "sources.nothing_selected": N_(
        "The chosen part is not on the page of {host} any more. The page may have been rebuilt: empty the field and test to choose again."
    ),
    "sources.open_quote": N_("A quotation mark is missing. Quotes come in pairs."),
    "sources.page_not_feed": N_("{host} sent a web page, not a feed. Use one of the feeds it links to."),
    "sources.password_in_address": N_("Take name and password out of the address and use the fields for them."),
    "sources.plain_server": N_(
        "With http:// your password or token could be read on the way. Start the address of the server with https://."
    ),
    "sources.plugin_broken": N_(
        "The extra source «{name}» from {package} could not be loaded ({reason}). Update or remove that package."
    ),
    "sources.post_not_found": N_(
        "{host} cannot find the post that is answered. Open it in the browser and answer there."
    ),
    "sources.reddit_closed": N_(
        "Reddit turned us away. It limits programs and has no free way in; nothing is heard there until it lets us in again."
    ),
    "sources.reddit_off": N_(
        "Reddit is off, since it keeps programs out most of the time. Choose «Yes» to try it all the same."
    ),
    "sources.space_in_address": N_("There is a space in the address. Copy it once more."),
    "sources.telegram_hidden": N_(
        "Telegram shows no posts of «{name}» to strangers: the name is wrong, or it is a group or a channel without preview. Check it at {host}."
    ),
    "sources.telegram_private": N_(
        "This is an invitation to a private channel, and only members can read there. Use a public channel with a name."
    ),
    "sources.token_may_not_answer": N_(
        "This access token may not post. On {host}, under Preferences, Development, tick write:statuses, read:statuses and read:search, and copy the token anew."
    ),
    "sources.token_refused": N_(
        "{host} no longer accepts this access token. Make a new one there under Preferences, Development, and fill it in."
    ),
    "sources.token_scope": N_(
        "This access token may not read this. On {host}, under Preferences, Development, tick read:notifications, read:statuses and read:search, and copy the token again."
    ),
    "sources.unknown": N_("This program has no source called «{source}»."),
    "sources.unknown_youtube_channel": N_(
        "YouTube has no channel «{name}», or does not say its id. Check the spelling, or use the id that begins with UC."
    ),
    "sources.wants_app_password": N_(
        "This is the password of the account {user} itself. Make an app password (Settings, Privacy and security, App passwords) and fill in that one."
    ),
    "sources.wordpress_closed": N_(
        "{host} has closed its interface for programs (REST), perhaps by a security plug-in. Allow it for your user, or answer in the browser."
    ),
    "sources.wordpress_password": N_(
        "{host} does not accept this user name and application password. Make a new one there (Users, Profile, Application passwords); if that does not help, its server drops log-ins: ask your hosting company."
    ),
    "sources.youtube_consent": N_(
        "YouTube asks about cookies before it shows a channel. Use the id that begins with UC: on the channel's page under Share."
    ),
    "sources.youtube_faulty": N_(
        "YouTube did not show the list of videos (error {status}). That happens even when nothing is wrong with the channel; Counterbell will try again."
    ),
    "sources.youtube_video": N_("This is a video or a playlist. Open the channel behind it and copy that address."),
    "watch.bad_status": N_("{host} answered with error {status}. Check the address."),
    "watch.denied": N_("{host} does not let us in (error {status}). It may need a password, or it keeps programs out."),
    "watch.gone": N_("{host} says this place is gone for good. Remove the watch or change its address."),
    "watch.not_found": N_("{host} has nothing at this address (error 404). Check the address."),
    "watch.server_error": N_("{host} has a problem of its own (error {status}). Counterbell will try again later."),
}
