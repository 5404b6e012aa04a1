"""Review sites that write to the shop when somebody reviews it: who they are, and how they say so.

Every pattern is matched blind to letter case. Where each is known from stands in docs/sources/mailbox.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FLAGS = re.IGNORECASE | re.DOTALL
AUTHOR = r"(?P<author>[^\n]{1,100}?)"
_HE = r"(?:ł(?:a|\(a\)|/a)?)"
_ON = r"(?:л(?:а|\(а\)|/а)?)"

WROTE = (
    rf"(?:buyer |customer |guest |user )?{AUTHOR} (?:has )?(?:just )?(?:left|posted|wrote|gave|shared) (?:you )?an? (?:new )?(?:(?P<stars>[1-5])[ -]star )?(?:guest )?review",
    (
        rf"(?:użytkownik |klient(?:ka)? |kupujący |gość )?{AUTHOR} (?:właśnie )?(?:wystawi|doda|napisa|zostawi|opublikowa){_HE} "
        r"(?:ci |państwu |wam )?(?:now[ąy] )?(?:(?P<stars>[1-5])-gwiazdkową )?(?:opinię|recenzję|ocenę|komentarz)"
    ),
    (
        rf"(?:пользователь |клиент |гость )?{AUTHOR} (?:только что )?(?:остави|написа|добави|опубликова){_ON} (?:вам )?"
        r"(?:новый |новую )?(?:отзыв|оценку|рекомендацию)"
    ),
)
"""«Somebody wrote a review», in English, Polish and Russian."""

RECOMMENDS = (
    rf"{AUTHOR} (?:recommends|recommended|doesn['’]t recommend|does not recommend|didn['’]t recommend)\b",
    rf"{AUTHOR} (?:nie )?(?:poleca|poleci{_HE})\b",
    rf"{AUTHOR} (?:не )?рекомендует\b",
)
ANY = (
    (
        r"(?!.*(?:\b(?:weekly|monthly|summary|report|tips?|reminder|invit\w*|how would you|rate your|your review of|you reviewed"
        r"|your response|your reply|thank you for your review|verify|policy|policies|how to)\b"
        r"|podsumowani|raport|newsletter|zaprosz|zaproś|wystaw ocen|wystaw opini|\boceń\b|jak oceniasz|twoja odpowied|regulamin"
        r"|статистик|итоги|дайджест|напоминани|оставьте отзыв|\bоцените\b|ваш ответ))"
        r".*(?:\b(?:reviews?|ratings?|rated|feedback)\b|opini|\bocen[aęiy]\b|recenzj|отзыв|оценк|рекомендаци)"
    ),
)
"""Anything about a review, but for what tells of many, of ours, or wants something."""


@dataclass(frozen=True, slots=True)
class Place:
    """A review site.

    `site` is where its reviews stand, `senders` the addresses it writes from, `links` the domains a link of it may lead
    to. `subjects` say of a new review, with the groups «author» and «stars» where they name them; the first that matches
    counts. `scale` is the best mark, 0 where there are none (only «recommends» or not). With `names_first` the text
    begins with a line that is the author's name, with `shop_first` with the shop's name and its postal address. `logins`: authors are named
    by their accounts.
    """

    site: str
    senders: re.Pattern[str]
    links: tuple[str, ...]
    subjects: tuple[re.Pattern[str], ...]
    scale: int = 5
    names_first: bool = False
    shop_first: bool = False
    logins: bool = False


def _domain(*names: str) -> str:
    """Return a pattern of all addresses of these domains and of those below them."""
    return rf"[\w.+-]+@(?:[\w-]+\.)*(?:{'|'.join(map(re.escape, names))})"


def _place(site: str, senders: str, links: str, extra: tuple[str, ...] = (), scale: int = 5) -> Place:
    patterns = tuple(re.compile(pattern, FLAGS) for pattern in (*extra, *WROTE, *ANY))
    return Place(
        site,
        re.compile(senders, FLAGS),
        (site, *links.split()),
        patterns,
        scale,
        names_first=site in {"google.com", "2gis.ru"},
        shop_first=site == "yandex.ru",
        logins=site == "allegro.pl",
    )


PLACES: tuple[Place, ...] = (
    _place(
        "google.com",
        r"[\w.+-]*business[\w.+-]*@google\.com|[\w.+-]+@business\.google\.com",
        "google.pl google.ru c.gle goo.gl g.page",
    ),
    _place(
        "facebook.com",
        _domain("facebookmail.com", "business.fb.com"),
        "fb.com fb.me",
        (
            *RECOMMENDS,
            rf"{AUTHOR} reviewed\b",
        ),
        scale=0,
    ),
    _place(
        "trustpilot.com",
        rf"(?!.*invitation){_domain('trustpilot.com', 'trustpilotmail.com')}",
        "",
        (r".*\bnew (?P<stars>[1-5])[ -]star review", r".*now\w+ (?P<stars>[1-5])-gwiazdkow\w+ (?:opini|recenzj)"),
    ),
    _place(
        "allegro.pl",
        _domain("allegro.pl", "allegro.com", "allegromail.pl"),
        "allegro.com",
        (
            rf"(?:kupujący |użytkownik )?{AUTHOR} (?:zmieni|wystawi|doda){_HE} .*(?:ocen|opini)",
            rf"(?:buyer )?{AUTHOR} (?:rated|changed|left) .*(?:sale|purchase|rating|feedback)",
        ),
        scale=0,
    ),
    _place("ceneo.pl", _domain("ceneo.pl"), ""),
    _place("opineo.pl", _domain("opineo.pl"), ""),
    _place(
        "yandex.ru",
        _domain(
            *(
                f"{name}.yandex.{end}"
                for name in ("business", "maps", "sprav", "market")
                for end in ("ru", "com", "by", "kz")
            )
        )
        + r"|(?:no-?reply|devnull)@yandex\.(?:ru|com|by|kz)",
        "yandex.com yandex.by yandex.kz ya.ru",
    ),
    _place("2gis.ru", r"(?:noreply|no-reply|reviews)@(?:[\w-]+\.)*2gis\.(?:com|ru|kz)", "2gis.com 2gis.kz"),
    _place(
        "tripadvisor.com",
        _domain("tripadvisor.com", "tripadvisor.pl", "tripadvisor.ru", "tripadvisor.co.uk"),
        "tripadvisor.pl tripadvisor.ru tripadvisor.co.uk",
        (
            rf"new review (?:from|by) {AUTHOR}\s*(?:[:–-]|\Z)",
            rf"now[aą] (?:recenzj|opini)[aę] (?:od|użytkownika) (?:użytkownika )?{AUTHOR}\s*(?:[:–-]|\Z)",
            rf"новый отзыв (?:от|пользователя) (?:пользователя )?{AUTHOR}\s*(?:[:–-]|\Z)",
        ),
    ),
    _place(
        "booking.com",
        rf"(?!.*@(?:guest|property|partner)\.){_domain('booking.com')}",
        "",
        scale=10,
    ),
)


def place_of(address: str) -> Place | None:
    """Return the review site an address belongs to, or None."""
    return next((place for place in PLACES if place.senders.fullmatch(address)), None)
