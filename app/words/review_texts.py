"""The English sentences of problems with the owner's own reviews, their keys and sign-ins; part of `problem_texts`."""

from __future__ import annotations

from app.words import N_

REVIEW_TEXTS: dict[str, str] = {
    "sources.needs_sign_in": N_(
        "{host} wants you to sign in first. Open the watch and press «Sign in…», or run «counterbell watch sign-in NAME»."
    ),
    "sources.sign_in_ended": N_(
        "Your sign-in at {host} has expired: it was revoked, or not used for three months. Open the watch and press «Sign in…»."
    ),
    "sources.sign_in_denied": N_("The sign-in was refused on the page of {host}. Start again and confirm it there."),
    "sources.sign_in_expired": N_("Nobody confirmed the code in time. Start the sign-in again."),
    "sources.allegro_client": N_(
        "Allegro does not know this application. Check the client ID and secret at apps.developer.allegro.pl; it deletes keys that are not used within 30 days; if so, register the application again."
    ),
    "sources.allegro_no_client": N_("Fill in the client secret of your application at Allegro."),
    "sources.allegro_client_id": N_(
        "This is not a client ID. Copy it from your application at apps.developer.allegro.pl."
    ),
    "sources.allegro_rights": N_(
        "Allegro does not let this application read ratings. At apps.developer.allegro.pl tick access to ratings, then sign in again."
    ),
    "sources.trustpilot_no_key": N_("Fill in the API key of your Trustpilot business account."),
    "sources.trustpilot_key": N_(
        "Trustpilot does not accept this API key. Copy it again; without the Connect module, listen to Trustpilot's e-mails with the source «E-mail (IMAP)»."
    ),
    "sources.trustpilot_unknown": N_(
        "Trustpilot knows no shop «{name}». Look up how its address is written on your Trustpilot page."
    ),
    "sources.apple_issuer": N_(
        "This is not an issuer ID. Copy it from App Store Connect: Users and Access, Integrations; it has five groups of letters and digits."
    ),
    "sources.apple_key_id": N_(
        "This is not a key ID. Copy the ten letters and digits beside your key in App Store Connect."
    ),
    "sources.apple_no_key": N_(
        "Add the private key: paste the file AuthKey_….p8 from App Store Connect, or choose it."
    ),
    "sources.apple_bad_key": N_(
        "This is not a private key of App Store Connect. Take the whole file AuthKey_….p8, first and last line included."
    ),
    "sources.apple_key_refused": N_(
        "Apple does not accept this key. Check the issuer ID, key ID and this laptop's clock; if the key was revoked, make a new one in App Store Connect."
    ),
    "sources.apple_role": N_(
        "This key may not read or answer reviews. In App Store Connect make one with the role «Customer Support»."
    ),
    "sources.apple_no_app": N_(
        "Your team has no app with this number. Copy its address from the App Store, or use a key of the right team."
    ),
    "sources.google_no_account_file": N_(
        "Add the key file of the service account: paste the JSON from Google Cloud, or choose the file."
    ),
    "sources.google_bad_account_file": N_(
        "This is not a key file of a service account. In Google Cloud, under Keys of the service account, make a key of the type JSON."
    ),
    "sources.google_account_refused": N_(
        "Google does not accept the key of this service account. Check this laptop's clock; if the key was deleted, make a new one in Google Cloud."
    ),
    "sources.google_api_off": N_(
        "The interface {host} is not switched on in your project. In Google Cloud open APIs and services, Library, and enable it."
    ),
    "sources.google_scope": N_(
        "This refresh token was not made for {host}. Make a new one with the permission that the help page names."
    ),
    "sources.google_no_access": N_(
        "Google has not let your project in yet: its quota is zero. Apply for access, and until then listen to Google's review e-mails with the source «E-mail (IMAP)»."
    ),
    "sources.google_no_location": N_(
        "Your Google Business Profile has no location «{name}». Look there how it is called, or leave the field empty for all."
    ),
    "sources.google_many_locations": N_(
        "That is {count} locations, and one watch reads {most} at most. Write a town or part of a name, and make more watches."
    ),
    "sources.google_no_review": N_(
        "This mention is no Google review that can be answered from here. Open it and answer there."
    ),
    "sources.no_play_app": N_(
        "Copy the address of your app from Google Play, or write its name, such as pl.kawaraj.app."
    ),
    "sources.play_unknown_app": N_("Google Play knows no app «{name}» that is published. Check its name."),
    "sources.play_rights": N_(
        "This service account may not read or answer reviews. In the Play Console, under Users and permissions, invite its e-mail address and tick «Reply to reviews»."
    ),
    "sources.review_gone": N_("This review is no longer at {host}, so there is nothing to answer."),
    "sources.reply_not_taken": N_(
        "{host} did not accept the reply (error {status}). Shorten it, or open the page and write it there."
    ),
}
