"""What the columns of a table are called in Polish, Russian and English, and what they hold."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.text import letters

OWN = ("source", "key", "parent", "thread")
"""Columns that only a table written by Counterbell has."""

_NAMES = {
    "text": """text, tekst, treść, treść opinii, treść komentarza, opinia, komentarz, wiadomość, recenzja, wypowiedź, content,
        comment, comments, review, review text, message, body, what was said, description, opis, uwagi, текст, текст отзыва,
        отзыв, комментарий, сообщение, содержание, рецензия, описание""",
    "title": """title, tytuł, tytuł opinii, temat, subject, headline, review title, nagłówek, заголовок, тема, название""",
    "author": """author, autor, author name, name, full name, imię, nazwisko, imię i nazwisko, klient, klientka, nick, kto, who,
        customer, customer name, reviewer, reviewer name, from, od, autor opinii, użytkownik, user, автор, имя, фио, клиент,
        покупатель, кто, пользователь, имя автора""",
    "handle": """handle, account, konto, login, username, user name, e-mail, email, e-mail address, mail, adres e-mail, phone,
        phone number, telefon, tel, numer telefonu, nr telefonu, аккаунт, логин, почта, эл. почта, электронная почта, телефон,
        номер телефона""",
    "url": """url, link, address, web address, permalink, review url, adres, adres url, odnośnik, strona, adres strony, ссылка,
        адрес, страница""",
    "date": """date, data, datum, time, czas, when, kiedy, datetime, date and time, timestamp, created, created at, published,
        published at, posted, review date, data dodania, data opinii, data i godzina, data wystawienia, data publikacji, дата,
        дата отзыва, дата и время, дата публикации, время, когда, опубликовано""",
    "stars": """stars, star, rating, rate, score, grade, star rating, ocena, gwiazdki, liczba gwiazdek, ocena ogólna, nota,
        оценка, звёзды, звезды, рейтинг, балл, баллы""",
    "place": """place, source, site, website, platform, portal, channel, where, źródło, miejsce, serwis, strona źródłowa, kanał,
        gdzie, platforma, источник, место, площадка, сайт, канал, где, сервис""",
    "language": """language, lang, język, jezyk, язык""",
    "key": "key",
    "parent": "parent",
    "thread": "thread",
}
_MEANING = {letters(name): field for field, names in _NAMES.items() for name in names.split(",")}


def meanings(names: Sequence[str]) -> tuple[str, ...]:
    """Return what each column holds, «» where nobody knows; of two that hold the same the first counts.

    A second column for an account stays: a table may have phone numbers beside mail addresses. «source» is the place
    where a thing stands, but in a table that Counterbell wrote itself, which says `site` for that.
    """
    plain = [letters(name) for name in names]
    is_ours = {"source", "key", "site"} <= set(plain)
    found: list[str] = []
    for name in plain:
        meaning = "source" if is_ours and name == "source" else _MEANING.get(name, "")
        if meaning in OWN and not is_ours:
            meaning = ""
        found.append("" if meaning in found and meaning != "handle" else meaning)
    return tuple(found)


def is_table(meaning: Sequence[str]) -> bool:
    """Say whether there is something to take in: words, or links to them."""
    return bool({"text", "title", "url"} & set(meaning))
