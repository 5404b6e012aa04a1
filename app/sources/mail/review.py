"""A mail of a review site read as the review it tells of: stars, author, title, text and link, where it carries them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from app.sources.feeds.html_text import decode_entities, html_text, one_line
from app.sources.mail.letter import LONGEST_NAME, LONGEST_TITLE, Letter
from app.sources.mail.places import ANY, FLAGS, Place, place_of
from app.sources.mail.proof import Proof, proof

HEAD_LINES = 14
"""Within so many lines a mail says what it tells of; further down such words are the customer's."""

_BUTTONS = (
    r"(?:read|see|view|show|open) (?:the |this |full |your |all |more)*(?:reviews?|recommendation|rating|feedback|more)\b.*|read more",
    r"(?:reply|respond|answer)(?: now| to (?:the |this )?(?:review|guest|customer|rating)| publicly)?",
    r"(?:odpowiedz|zareaguj|skomentuj)(?: na (?:tę |te )?(?:opinię|recenzję|ocenę|komentarz)| teraz| klientowi)?",
    r"(?:zobacz|przeczytaj|pokaż|wyświetl|przejdź do|czytaj)(?: tę| pełną| całą| swoje| wszystkie)? ?(?:opini|recenzj|ocen|polecen|więcej|rekomendacj).*",
    r"(?:ответить|ответьте)(?: на отзыв| клиенту| гостю)?",
    r"(?:посмотреть|читать|прочитать|показать|перейти к|открыть)(?: этот| весь| все| полный)? ?(?:отзыв|оценк|рекомендаци|полностью|ещё|далее).*",
)
_FOOTERS = (
    (
        r"(?:unsubscribe|manage (?:your )?(?:notifications|preferences)|you(?:'ve| have)? (?:are )?receiv\w+ this|this (?:e-?mail|message) was sent|privacy|©|copyright"
        r"|zrezygnuj|wypisz|otrzymujesz t[ęe]|otrzymał\w* t[ęe]|ta wiadomość|wiadomość (?:została )?wysłana|ustawienia powiadomień|polityka prywatności|zespół |pozdrawiamy"
        r"|отписаться|вы получили это|это письмо|настройки уведомлений|с уважением|команда ).*"
    ),
)
_GREETINGS = (
    r"(?:hi|hello|hey|dear|cześć|dzień dobry|witaj|witamy|szanowni|здравствуйте|добрый день|привет|уважаем\w+)\b[^.!?]{0,60}[,!.:]?",
)
_AVERAGES = r"średni|average|\bavg\b|overall|łączn|средн|общ(?:ая|ий)|trustscore"
_LABELS = {
    "author": r"(?:autor(?:ka)?|klient(?:ka)?|kupujący|nick|użytkownik|gość|author|guest|reviewer|customer|buyer|name|автор|покупатель|гость|клиент|пользователь)",
    "stars": r"(?:twoja )?(?:ocena(?: ogólna| sklepu)?|rating|score|guest score|stars|оценка|рейтинг)",
    "title": r"(?:tytuł|title|заголовок)",
    "text": r"(?:treść(?: opinii| oceny)?|opinia|komentarz|recenzja|review|comment|text|wady|zalety|отзыв|комментарий|текст(?: отзыва)?|достоинства|недостатки|плюсы|минусы|liked|disliked|podobało się|nie podobało się)",
    "other": r"(?:numer |nr )?(?:zamówieni[ea]|order|заказ|oferta|offer|data(?: \w+)?|date|дата|sklep|shop|магазин|produkt|product|rezerwacja|reservation|booking number|бронирование)(?: no\.?| number)?",
}
_KEPT_LABELS = re.compile(
    r"wady|zalety|достоинства|недостатки|плюсы|минусы|liked|disliked|podobało się|nie podobało się", FLAGS
)
_SCALE_WORDS = r"(?:stars?|bubbles?|points?|gwiazd\w*|punkt\w*|kółek|kółka|зв[её]зд\w*|балл\w*|круж\w*)"


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), FLAGS)


_BUTTON, _FOOTER, _GREETING = _any(_BUTTONS), _any(_FOOTERS), _any(_GREETINGS)
_ANY_SAID = re.compile(ANY[0], FLAGS)
_LABEL = {name: re.compile(rf"{words}\s*[:–]\s*(.*)", FLAGS) for name, words in _LABELS.items()}
_NEWS = re.compile(
    r"\b(?:new|got|received)\b|\bnow[aąey]\b|\bmasz\b|otrzyma|pojawi|dodan|wystawi|\bнов(?:ый|ая|ое|ую|ые)\b|получил|у вас|написали|появил",
    FLAGS,
)
_AVERAGE = re.compile(_AVERAGES, FLAGS)
_OF = re.compile(
    rf"(?<![\d./])(\d{{1,2}}(?:[.,]\d)?)\s*(?:/|out of|of|na|z|из)\s*(5|10)(?![\d/.])(?:\s*{_SCALE_WORDS})?", FLAGS
)
_COUNTED = re.compile(rf"(?<![\d./])([1-5](?:[.,]\d)?)[\s-]{_SCALE_WORDS}(?!\w)", FLAGS)
_BARE_MARK = re.compile(r"\s*(\d{1,2}(?:[.,]\d)?)\s*(?:[★⭐])?\s*")
_GLYPHS = re.compile(r"[★☆⭐✩✭🌟\ufe0f\s]{1,24}")
_MANY = re.compile(
    r"\b(?:[2-9]|\d\d+) (?:new reviews|nowe (?:opinie|recenzje)|nowych (?:opinii|recenzji)|новы[хе] отзыв)", FLAGS
)
_QUOTED = re.compile(r"[\"“„«](.{2,250}?)[\"”»]")
_DATE = re.compile(
    r"[^\n]{0,20}\b\d{1,4}(?:[./-]\d{1,2}[./-]\d{2,4}|\.? [^\W\d]{3,12}\.?,? \d{4})\b[^\n]{0,20}", re.DOTALL
)
_IMAGE = re.compile(r"<img\b[^<>]{0,3000}?\salt\s*=\s*(?:\"([^\"<>]{1,200})\"|'([^'<>]{1,200})')[^<>]*>", re.IGNORECASE)
_ANCHOR = re.compile(
    r"<a\b[^<>]{0,3000}?\shref\s*=\s*(?:\"([^\"<>]{1,2000})\"|'([^'<>]{1,2000})')[^<>]*>", re.IGNORECASE
)
_URL = re.compile(r"[<\[(]?(https?://[^\s<>\"'\])]{3,2000})[>\])]?")
_WRAPPED = re.compile(r"/\*(https?://.+)\Z", re.DOTALL)
_REVIEW_PATH = re.compile(r"review|opini|recenz|ocen|otzyv|rating|feedback|recommend|reputation", re.IGNORECASE)


@dataclass(slots=True)
class Review:
    """A review as a mail tells of it; «» and None for what it does not tell."""

    site: str
    author: str = ""
    handle: str = ""
    stars: float | None = None
    title: str = ""
    url: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


_SPEAKS = re.compile(
    r"\b(?:comment\w*|mention\w*|messag\w*|question|dispute|complaint|discussion)\b|skomentowa|wspomnia|wiadomoś[ćc]|pytani|dyskusj"
    r"|reklamacj|zgłosi|прокомментир|упомянул|сообщени|вопрос|претензи|жалоб",
    re.IGNORECASE,
)


def tells_what_somebody_said(letter: Letter) -> bool:
    """Say whether a review site writes of a comment, a message or a dispute: somebody speaks, though a machine writes."""
    known = place_of(letter.sender.address) is not None and _SPEAKS.search(letter.subject) is not None
    return known and proof(letter.headers, letter.sender.domain) is not Proof.FAILED


def read_review(letter: Letter) -> Review | None:
    """Return the review a letter tells of, or None where it is from no review site, tells of none, or is forged."""
    place = place_of(letter.sender.address)
    if place is None:
        return None
    lines, links = _content(letter)
    head = [line for line in lines[:HEAD_LINES] if not _FOOTER.match(line)]
    subject = _first(place.subjects, letter.subject)
    if subject is None and not any(_said(line, place) for line in head):
        return None
    if proof(letter.headers, letter.sender.domain) is Proof.FAILED:
        return None
    review = Review(place.site)
    named = subject.groupdict() if subject else {}
    review.author = _name(named.get("author") or "")
    if place.scale and named.get("stars"):
        review.stars = float(named["stars"])
    _fill(review, place, lines, letter)
    review.url = _link(links, place)
    review.handle = review.author if place.logins and " " not in review.author else ""
    if not review.title and (not review.lines or not place.scale):
        review.title = letter.subject
    return review


def _fill(review: Review, place: Place, lines: Sequence[str], letter: Letter) -> None:
    """Read the lines: what announces the review, then the review, up to the buttons and small print below it."""
    start = _announced(review, place, lines, letter)
    shop = ""
    if place.shop_first and (quoted := _QUOTED.search("\n".join(lines[:start]) or letter.subject)):
        shop = quoted[1].strip()
    for line in lines[start:]:
        if _FOOTER.match(line) or (_BUTTON.fullmatch(line) and review.lines):
            break
        if _BUTTON.fullmatch(line) or _DATE.fullmatch(line) or _GREETING.fullmatch(line):
            continue
        if _is_mark(review, place, line, letter) or _is_labelled(review, place, line):
            continue
        review.lines.append(line)
    if _MANY.search(letter.subject):
        review.author, review.title = "", letter.subject
        return
    _name_first(review, place)
    if shop:
        review.lines = _without_shop(review.lines, shop)
    if not review.title and (quoted := _QUOTED.search(letter.subject)) and place.site == "tripadvisor.com":
        review.title = one_line(quoted[1], LONGEST_TITLE)
    if len(review.lines) == 1 and (whole := _QUOTED.fullmatch(review.lines[0])):
        review.lines[0] = whole[1]
    if review.lines and review.title and review.lines[0].strip('"“”„«» ') == review.title:
        del review.lines[0]


def _announced(review: Review, place: Place, lines: Sequence[str], letter: Letter) -> int:
    """Return where the review begins: after the last line of the head that says there is one."""
    start = 0
    for number, line in enumerate(lines[:HEAD_LINES]):
        if _FOOTER.match(line) or len(line) > 200 or any(label.fullmatch(line) for label in _LABEL.values()):
            break
        found = _said(line, place)
        if found is None:
            named = review.author != "" and line.startswith(review.author)
            passing = _BUTTON.fullmatch(line) or _GREETING.fullmatch(line) or line in letter.subject
            if start and (named or not passing):
                break
            continue
        start = number + 1
        if author := found.groupdict().get("author"):
            review.author = _better(review.author, _name(author))
        if review.stars is None and place.scale:
            review.stars = _mark(line, place)
        if place.scale == 0:
            review.title = one_line(line, LONGEST_TITLE)
    return start


def _said(line: str, place: Place) -> re.Match[str] | None:
    """Return the match of a line that says there is a new review; a customer's own words seldom say «new»."""
    found = _first(place.subjects[:-1], line)
    return found or (_ANY_SAID.match(line) if len(line) <= 120 and _NEWS.search(line) else None)


def _first(patterns: Iterable[re.Pattern[str]], text: str) -> re.Match[str] | None:
    """Return the first match that names an author, or else the first."""
    matches = [match for pattern in patterns if (match := pattern.match(text))]
    return next((match for match in matches if match.groupdict().get("author")), next(iter(matches), None))


def _better(known: str, name: str) -> str:
    """Return the fuller of two names; shouted ones lose, subjects often cut the family name off."""
    if not known or known.isupper() or name.lower().startswith(known.lower()):
        return name if name and not (known and name.isupper()) else known
    return known


def _name(written: str) -> str:
    return one_line(written.strip(" \"'“”„«»:,.-"), LONGEST_NAME)


def _is_mark(review: Review, place: Place, line: str, letter: Letter) -> bool:
    """Say whether a line is nothing but stars or a mark, and take it."""
    if _GLYPHS.fullmatch(line):
        if review.stars is None and place.scale and (glyphs := _glyphs(line, letter)):
            review.stars = glyphs
        return True
    short = len(line) <= 40 and not _AVERAGE.search(line)
    whole = short and (
        _OF.fullmatch(line) or _COUNTED.fullmatch(line) or (place.scale == 10 and _BARE_MARK.fullmatch(line))
    )
    rated = (
        len(line) <= 90 and re.match(r".{0,60}\b(?:rated|ocenił\w*|оценил\w*)\b", line, FLAGS) and _mark(line, place)
    )
    if not whole and not rated:
        return False
    if review.stars is None and place.scale:
        review.stars = _mark(line, place)
    return True


def _glyphs(line: str, letter: Letter) -> float | None:
    """Return how many stars are filled. Five alike in separate tags may differ in colour only: that says nothing."""
    filled, empty = sum(line.count(star) for star in "★⭐🌟"), sum(line.count(star) for star in "☆✩✭")
    if not filled or filled + empty > 5:
        return None
    source = decode_entities(letter.html) if letter.html else letter.text
    if filled == 5 and not any(star * 5 in source for star in "★⭐🌟"):
        return None
    return float(filled)


def _is_labelled(review: Review, place: Place, line: str) -> bool:
    """Say whether a line is «Author: Anna» and the like, and take it."""
    for name, label in _LABEL.items():
        match = label.fullmatch(line)
        if match is None:
            continue
        value = match[1].strip()
        if name == "author":
            review.author = _better("", _name(value)) or review.author
        elif name == "stars" and place.scale and review.stars is None:
            review.stars = _mark(value, place)
        elif name == "stars" and not place.scale:
            review.title = review.title or one_line(line, LONGEST_TITLE)
        elif name == "title":
            review.title = one_line(value, LONGEST_TITLE)
        elif name == "text":
            review.lines.extend([line] if _KEPT_LABELS.match(line) and value else [value] if value else [])
        return True
    return False


def _mark(text: str, place: Place) -> float | None:
    """Return the mark in a text as one to five stars."""
    if _AVERAGE.search(text):
        return None
    if match := _OF.search(text):
        value, best = float(match[1].replace(",", ".")), float(match[2])
    elif match := _COUNTED.search(text):
        value, best = float(match[1].replace(",", ".")), 5.0
    elif match := _BARE_MARK.fullmatch(text):
        value, best = float(match[1].replace(",", ".")), float(place.scale)
    else:
        return None
    if not 0 < value <= best:
        return None
    return max(1.0, value * 5.0 / best)


def _name_first(review: Review, place: Place) -> None:
    """Take the author's name from the first line, where the place puts it there."""
    if not place.names_first or not review.lines:
        return
    first = review.lines[0]
    fits = review.author and first.lower().startswith(review.author.lower())
    plausible = not review.author and len(first) <= 60 and not re.search(r"[.!?,;:]", first)
    if len(first) <= 100 and (fits or plausible):
        review.author = _name(first)
        del review.lines[0]


def _without_shop(lines: list[str], shop: str) -> list[str]:
    """Drop the shop's name and the postal address below it."""
    for number, line in enumerate(lines[:4]):
        if line.strip(' «»"“”:') == shop:
            rest = lines[number + 1 :]
            address = rest and len(rest[0]) <= 120 and rest[0].count(",") >= 1 and re.search(r"\d", rest[0])
            return lines[:number] + (rest[1:] if address else rest)
    return lines


def _content(letter: Letter) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the lines of a letter without addresses, and its links: what is written on each, and where it leads."""
    if not letter.html:
        return _plain_content(letter.text)
    markup = _IMAGE.sub(lambda image: f" {image[1] or image[2]} ", letter.html)
    links = []
    for anchor in _ANCHOR.finditer(markup):
        end = markup.find("</", anchor.end(), anchor.end() + 3_000)
        shut = markup.find("</a", anchor.end(), anchor.end() + 3_000)
        written = html_text(markup[anchor.end() : max(end, shut)]) if max(end, shut) > 0 else ""
        links.append((written, decode_entities(anchor[1] or anchor[2]).strip()))
    return html_text(markup, quotes=False).split("\n"), links


def _plain_content(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    lines: list[str] = []
    links: list[tuple[str, str]] = []
    for line in text.split("\n"):
        bare = " ".join(_URL.sub(" ", line).split())
        links += [(bare or (lines[-1] if lines else ""), found[1]) for found in _URL.finditer(line)]
        if bare:
            lines.append(bare.strip(":") if bare.strip(":") != bare and _BUTTON.fullmatch(bare.strip(": ")) else bare)
    return lines, links


def _link(links: Sequence[tuple[str, str]], place: Place) -> str:
    """Return where the review stands: behind a button, or an address that speaks of reviews. Only the place's own hosts."""
    speaking = ""
    for written, address in links:
        target = _unwrapped(address)
        if not _leads_to(target, place):
            continue
        if _BUTTON.fullmatch(written.strip(": ")):
            return target
        if not speaking and _REVIEW_PATH.search(urlsplit(target).path):
            speaking = target
    return speaking


def _unwrapped(address: str) -> str:
    """Return the address behind one of Yandex' or 2GIS' counted links."""
    match = _WRAPPED.search(address)
    return match[1] if match else address


def _leads_to(address: str, place: Place) -> bool:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower().rstrip(".")
    except ValueError:
        return False
    if parts.scheme not in {"https", "http"} or "@" in parts.netloc or parts.path in {"/url", "/l.php"}:
        return False
    return any(host == domain or host.endswith(f".{domain}") for domain in place.links)
