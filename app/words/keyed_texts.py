"""The English sentences of problems with places that want a key of the owner's own; part of `problem_texts`."""

from __future__ import annotations

from app.words import N_

KEYED_TEXTS: dict[str, str] = {
    "sources.disqus_key_refused": N_(
        "Disqus does not accept this key. Copy the public key of your application again from disqus.com/api/applications."
    ),
    "sources.disqus_key_rights": N_(
        "Disqus does not show the forum «{name}» to this key. Register the application with the account that owns the forum."
    ),
    "sources.disqus_no_forum": N_(
        "Write the short name of your forum: it is in the address of its admin page, before .disqus.com."
    ),
    "sources.disqus_no_key": N_(
        "Fill in the API key: at disqus.com/api/applications register an application and copy its public key."
    ),
    "sources.disqus_unknown_forum": N_(
        "Disqus knows no forum «{name}». Its short name is in the address of its admin page, before .disqus.com."
    ),
    "sources.google_client_refused": N_(
        "Google does not know this client. Copy the client id and client secret again from Google Cloud, Credentials."
    ),
    "sources.google_grant_ended": N_(
        "Google no longer accepts your refresh token: it was revoked, or is older than seven days and your project is still in testing. Publish the project, make a new token and fill it in."
    ),
    "sources.google_key_refused": N_(
        "Google does not accept this API key: it was deleted or only partly copied. Copy it again from Google Cloud, Credentials."
    ),
    "sources.google_key_restricted": N_(
        "This API key may not be used here. In Google Cloud, Credentials, open it, choose no application restriction and allow the YouTube Data API v3."
    ),
    "sources.google_no_grant": N_(
        "Answering needs your own client at Google: fill in client id, client secret and refresh token. The help page says how to get them."
    ),
    "sources.google_no_key": N_(
        "Fill in the API key: in Google Cloud open APIs and services, Credentials, Create credentials, API key."
    ),
    "sources.meta_bad_account": N_(
        "The number of an Instagram account is digits only, such as 17841400000000000. The help page shows where to find it."
    ),
    "sources.meta_bad_page": N_("This is not a Facebook page. Write its address, its name or its number."),
    "sources.meta_no_right": N_(
        "The token lacks a permission that is needed here. Make a new one and tick all the permissions that the help page names."
    ),
    "sources.meta_no_token": N_(
        "Facebook and Instagram want a page access token. The help page shows how to make one."
    ),
    "sources.meta_token_ended": N_(
        "Facebook no longer accepts this token. Make a new page access token (the help page shows how) and fill it in."
    ),
    "sources.meta_unknown": N_("Facebook knows no such page or account, or the token is for another one. Check both."),
    "sources.telegram_bot_private": N_(
        "An invitation does not name a channel or group. Leave the field empty to hear everything the bot sees."
    ),
    "sources.telegram_may_not_write": N_(
        "Telegram does not let the bot write there: it was removed or blocked, or may not send messages. Make it a member who may, or answer by hand."
    ),
    "sources.telegram_no_chat": N_(
        "The bot does not see «{name}». Add it there, in a channel as an administrator, and check the name."
    ),
    "sources.telegram_no_token": N_(
        "Fill in the token of your bot: in Telegram write to @BotFather, send /newbot and copy the token."
    ),
    "sources.telegram_other_program": N_(
        "Another program reads the messages of this bot. Quit it there, or make a bot of its own for Counterbell."
    ),
    "sources.telegram_own_post": N_("This is a post of the channel itself. Answer the comments below it."),
    "sources.telegram_token_refused": N_(
        "Telegram does not accept this token: it was revoked or only partly copied. Write to @BotFather, send /token, choose the bot and fill in the new one."
    ),
    "sources.telegram_webhook": N_(
        "This bot delivers its messages to a server (a webhook). Switch that off there, or make a bot of its own for Counterbell."
    ),
    "sources.vk_bad_community": N_("This is not a community. Copy its address, such as vk.com/kawaraj."),
    "sources.vk_captcha": N_(
        "VK wants to be sure you are a person. Log in at vk.com with the account of the app, answer what it asks, and wait an hour."
    ),
    "sources.vk_group_token_refused": N_(
        "VK does not accept the key of the community. Make a new one there (Manage, Work with API) with access to the wall, and fill it in."
    ),
    "sources.vk_may_not_comment": N_(
        "VK does not let the community comment there: comments are closed, or its key has no access to the wall."
    ),
    "sources.vk_no_access": N_(
        "VK does not show «{name}» to this key: it is closed, blocked or deleted. Open its wall to everybody, or choose another."
    ),
    "sources.vk_no_group_token": N_(
        "To answer, fill in the key of your community: in VK open Manage, Work with API, Create key, and tick access to the wall."
    ),
    "sources.vk_no_token": N_(
        "Fill in the service key of your VK app: at id.vk.com, for business, open the app and copy it."
    ),
    "sources.vk_token_kind": N_(
        "This is not the right kind of key for reading. Fill in the service key of your VK app, not the key of a community."
    ),
    "sources.vk_token_refused": N_(
        "VK no longer accepts this key. Open your app at id.vk.com, for business, copy the service key again and fill it in."
    ),
    "sources.vk_unknown": N_("VK knows no community called «{name}». Copy its address from the browser."),
    "sources.wykop_key_refused": N_(
        "Wykop does not accept the key and secret of the app. Copy both again from dev.wykop.pl; if the app is no longer there, make a new one."
    ),
    "sources.wykop_no_key": N_(
        "Fill in key and secret of your app: at dev.wykop.pl accept the rules, make an app and copy both."
    ),
    "sources.x_limit_reached": N_(
        "This month's {sum} dollars for reading X are spent. Reading resumes next month, or when you raise the limit."
    ),
    "sources.x_no_access": N_(
        "X does not allow this app to read posts. Look at console.x.com whether the app is active and has a project."
    ),
    "sources.x_no_credit": N_("Your credit at X is used up. Buy more at console.x.com, or pause this watch."),
    "sources.x_no_limit": N_(
        "Write the most that may be spent on X in a month, in dollars, such as 5. Without a limit nothing is read."
    ),
    "sources.x_no_token": N_("X wants a bearer token: console.x.com, your app, Keys and tokens."),
    "sources.x_not_understood": N_(
        "X does not understand these words. Use plain words, or its search operators as X explains them."
    ),
    "sources.x_token_refused": N_(
        "X no longer accepts this token. Make a new bearer token at console.x.com and fill it in."
    ),
    "sources.youtube_comments_off": N_(
        "Comments are switched off on this channel. Switch them on in YouTube Studio, Settings, Community, or remove the watch."
    ),
    "sources.youtube_may_not_comment": N_(
        "YouTube does not let this account comment there. Make the refresh token with the account of the channel, or answer on the page."
    ),
}
