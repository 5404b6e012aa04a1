"""What an edit adds to a text: its author's words, without numbers, dates and the notes that places put beside a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.core.text import WORD, fold

SHORT = 2
"""Letters of words that tell nothing by themselves: «on», «o», «в»."""
MENDED = 0.75
"""Likeness of two words, 0 to 1, from which on one is the other with a letter mended, or in another form."""
FEW = 5
"""Words in place of which others stand now, up to which these may be the same mended; more were written anew."""
LONGEST = 60
"""Letters: a longer one is no word, and another one where a letter of it changed: to compare two of them takes long."""
AROUND = 6
"""Words of the same sentence before and behind a passage by which it is understood; longer passages need none."""
COMPARED = 600
"""Words that are compared in their order; of longer changes only runs of words that were not there before are told."""
RUN = 3
"""Words in a row that a place adds alike to several texts: fewer, «never again», several people may add."""
BRIDGED = 3
"""Known words over which such a run goes on: what is «not» broken is said with words that stand elsewhere as well."""

_ENDS = re.compile(r"[.!?…:;\n]")
"""What ends a sentence; an abbreviation does as well."""

_NO = """
no not never without nothing none zero don didn doesn isn wasn
nie nigdy bez brak ani żadnych żadnego żadnej żadne zero
не нет без ни никогда никаких никакого никакой
"""
_DENIALS = frozenset(fold(_NO).split())
"""What denies what follows it: «no delays or broken parcels»."""

_NOTES = """
edited edit updated update modified posted published added ago just now second seconds minute minutes min mins hour hours
hr hrs day days week weeks month months year years yesterday today am pm comment comments like likes liked reply replies
share shares view views vote votes read more show less see person people this found helpful report abuse january february march april
may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday
wednesday thursday friday saturday sunday

edytowano edytowany edytowana zmieniono zmodyfikowano zaktualizowano aktualizacja dodano dodane opublikowano temu przed
chwila teraz sekunda sekunde sekundy sekund minuta minute minuty minut min godzina godzine godziny godzin godz dzien dni
tydzien tygodnie tygodni miesiac miesiace miesiecy rok roku lata lat wczoraj dzis dzisiaj komentarz komentarze komentarzy
polubienie polubienia polubien lubi odpowiedz odpowiedzi odpowiedziano udostepnij udostepnienia udostepnien wyswietlenia
wyswietlen glos glosy glosow czytaj dalej wiecej mniej pokaz zobacz osoba osoby osob zglos naduzycie stycznia lutego marca kwietnia maja
czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia poniedzialek wtorek sroda czwartek piatek sobota niedziela

отредактировано отредактирован изменено изменен обновлено обновление опубликовано добавлено назад только что сейчас
секунда секунду секунды секунд минута минуту минуты минут мин час часа часов день дня дней неделя неделю недели недель
месяц месяца месяцев год года лет вчера сегодня комментарий комментария комментариев комментарии нравится лайк лайка
лайков ответить ответ ответа ответов поделиться просмотр просмотра просмотров голос голоса голосов читать далее еще
показать полностью меньше человек человека пожаловаться января февраля марта апреля мая июня июля августа сентября октября ноября
декабря понедельник вторник среда четверг пятница суббота воскресенье
"""
NOTED = frozenset(fold(_NOTES).split())
"""Words of the notes that places put beside a text, folded."""
_BEGINNINGS = NOTED | {"ps", "upd", "пс", "апд", "упд"}


def added_words(before: str, after: str) -> tuple[str, ...]:
    """Return the words of a text that it did not hold before the edit, in order; none where all are of one or two letters."""
    known = {*map(fold, WORD.findall(before)), *NOTED}
    words = ((word, fold(word)) for word in WORD.findall(after))
    found = tuple(word for word, folded in words if folded not in known and not any(map(str.isdigit, folded)))
    return found if any(len(word) > SHORT for word in found) else ()


def added_runs(before: str, after: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of words, folded, `RUN` of them each, that stand in a text from its first change to its last one."""
    are = _words(after)
    start, end = _alike(_words(before), are)
    middle = are[start : len(are) - end]
    return frozenset(tuple(middle[at : at + RUN]) for at in range(len(middle) - RUN + 1))


def telling_words(text: str) -> frozenset[str]:
    """Return the words, folded, by which a text is known again whatever numbers, dates and notes stand beside it today."""
    words = frozenset(map(fold, WORD.findall(text)))
    return frozenset(word for word in words - NOTED if not any(map(str.isdigit, word)))


def only_notes_differ(before: str, after: str) -> bool:
    """Say whether an author's words are the same at the same places: only numbers, dates and notes are others."""
    return _telling_places(before) == _telling_places(after)


def _telling_places(text: str) -> list[tuple[int, str]]:
    places = ((place.start(), fold(place[0])) for place in WORD.finditer(text))
    return [(at, word) for at, word in places if word not in NOTED and not any(map(str.isdigit, word))]


@dataclass(frozen=True, slots=True)
class Added:
    """What an author wrote into a text since, as it was written; both «» where nothing of it tells anything.

    `passages` are the changed words alone, in order; `within` is the same with what stands around it in its sentences, so
    that «no delays *or broken parcels*» goes on denying and a quotation shows that it is one.
    """

    passages: str = ""
    within: str = ""

    @property
    def stands_alone(self) -> bool:
        """Say whether nothing around the passages belongs to their sentences, as far as it is told."""
        return _words(self.passages) == _words(self.within)


def added_passages(
    before: str, after: str, *, known: str = "", replies: str = "", of_place: Collection[str] = (), shop: str = ""
) -> Added:
    """Return what an author wrote into a text since.

    Words of `known` (earlier wordings) and of the place (folded) are no news, nor is what the shop, named `shop`, has answered:
    its `replies`, and what the place shows of it in the text. Words that were mended are none either.
    """
    from app.core.shop_answers import without_answers  # noqa: PLC0415  start-up: many patterns, and few posts are edited

    after = without_answers(after, shop=shop, before=before, by_voice_alone=bool(replies))
    ignored = {*map(fold, WORD.findall(f"{before} {known} {replies}")), *NOTED, *of_place}
    places = list(WORD.finditer(after))
    are = [fold(place[0]) for place in places]
    news = frozenset(word for word in are if word not in ignored and not any(map(str.isdigit, word)))
    if not any(len(word) > SHORT for word in news):
        return Added()
    found: list[tuple[int, int]] = []
    for were_there, start, end in _changes(_words(f"{before} {replies}"), are):
        new = [word for word in are[start:end] if word in news]
        if any(len(word) > SHORT and not _is_mended(word, were_there) for word in new):
            found.append((start, end))
    passages = (after[places[start].start() : places[end - 1].end()] for start, end in found)
    return Added(" … ".join(passages), _within(after, places, found))


def _within(text: str, places: Sequence[re.Match[str]], found: Sequence[tuple[int, int]]) -> str:
    """Return passages, each from one word to before another, as they stand in their sentences.

    Each begins with the signs before it, such as «>», and all with «…»: without that a quotation alone would be taken for the text.
    """
    spans: list[tuple[int, int]] = []
    for begin, stop in (_in_sentence(text, places, start, end) for start, end in found):
        first = spans.pop()[0] if spans and begin <= spans[-1][1] else begin
        spans.append((first, stop))
    parts = (
        _between(text, places, begin).lstrip(" .,:;!?…") + text[places[begin].start() : places[stop - 1].end()]
        for begin, stop in spans
    )
    return "\n".join(("…", *parts)) if spans else ""


def _in_sentence(text: str, places: Sequence[re.Match[str]], start: int, end: int) -> tuple[int, int]:
    """Return from where to where a passage of few words is understood, where its sentence goes on or has denied before it.

    Many words, or some that begin as news do («Edit: …», «today …»), speak for themselves.
    """
    if end - start > AROUND or fold(places[start][0]) in _BEGINNINGS:
        return start, end
    begin, stop = start, end
    while begin > max(0, start - AROUND) and not _ENDS.search(_between(text, places, begin)):
        begin -= 1
    while stop < min(len(places), end + AROUND) and not _ENDS.search(_between(text, places, stop)):
        stop += 1
    denied = not _DENIALS.isdisjoint(fold(place[0]) for place in places[begin:start])
    return (begin, stop) if denied or stop > end else (start, end)


def _between(text: str, places: Sequence[re.Match[str]], number: int) -> str:
    """Return the signs between a word and the one before it."""
    return text[places[number - 1].end() if number else 0 : places[number].start()]


def _words(text: str) -> list[str]:
    return [fold(word) for word in WORD.findall(text)]


def _changes(were: Sequence[str], are: Sequence[str]) -> list[tuple[Sequence[str], int, int]]:
    """Return what changed in a row of words: the words that stood there, and from where to where others stand now."""
    start, end = _alike(were, are)
    old, new = were[start : len(were) - end], are[start : len(are) - end]
    if old and (len(old) > COMPARED or len(new) > COMPARED):
        return [((), begin, stop) for begin, stop in _runs(are, set(were))]
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(old[i:j], start + k, start + m) for _tag, i, j, k, m in steps if m > k and old[i:j] != new[k:m]]


def _alike(were: Sequence[str], are: Sequence[str]) -> tuple[int, int]:
    """Return how many words two rows have in common at their beginning, and how many more at their end."""
    start, end, fewest = 0, 0, min(len(were), len(are))
    while start < fewest and were[start] == are[start]:
        start += 1
    while end < fewest - start and were[-1 - end] == are[-1 - end]:
        end += 1
    return start, end


def _runs(words: Sequence[str], known: Collection[str]) -> list[tuple[int, int]]:
    """Return where words stand that are not known, each from one to before another; over a few known ones a run goes on."""
    runs: list[tuple[int, int]] = []
    for number, word in enumerate(words):
        if word not in known:
            joins = runs and number - runs[-1][1] <= BRIDGED
            runs[-1:] = [(runs[-1][0], number + 1)] if joins else [*runs[-1:], (number, number + 1)]
    return runs


def _is_mended(word: str, were_there: Sequence[str]) -> bool:
    """Say whether a word is one of the few that stood in its place, with a letter mended or in another form."""
    if len(were_there) > FEW or len(word) > LONGEST:
        return False
    words = (other for other in were_there if len(other) <= LONGEST)
    return any(SequenceMatcher(None, word, other, autojunk=False).ratio() >= MENDED for other in words)
