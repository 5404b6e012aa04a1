"""What people add to a post that is no complaint, though its few words alone might be taken for one: «Again», «refund received»."""

from __future__ import annotations

import re

from app.core.edits import NOTED
from app.core.text import WORD, fold

_FEW = 6
"""Words of an addition, up to which it is too short to be judged by its looks."""

_ASIDES = """
photo photos picture pictures pic pics video videos foto link links attached attachment enclosed below above added adding
more one ones new typo typos spelling corrected here s in of the a an my and for from with at on to is it and all we i was
regards cheers greetings hello hi bye ps upd thanks thank sorry

zdjecie zdjecia zdjec zdjeciu fotka fotki foto film filmik filmu filmy wideo video link zalaczam zalaczniku zalacznik ponizej
powyzej jeszcze jedno jeden jedna kolejne kolejny kolejna nowe nowy nowa dodaje dodalam dodalem wrzucam literowka literowki
bledy poprawiam poprawilam poprawilem w z na i do od u tu tutaj oto moje moj pozdrawiam pozdrowienia pozdro witam edycja przepraszam sorki dziekuje dzieki

фото фотка фотки фотография фотографии снимок снимки видео ролик ссылка ниже выше прилагаю прикрепляю прикрепила прикрепил
прилагается одно один одна новое новый новая добавляю добавила добавил опечатка опечатки исправила исправил ошибки и в на с
к от у вот мое мой моя привет приветы пока апд упд дополнение простите извините спасибо
"""
_SAME_AGAIN = """
again another once twice second third fourth fifth two three four same time times visit visits number part next soon back
monday tuesday wednesday thursday friday saturday sunday week weekend month year morning evening spring summer autumn winter
see you us our cake cakes bread roll rolls loaf coffee order orders

znowu znow ponownie drugi druga drugie trzeci trzecia trzecie czwarty czwarta dwa trzy raz razy samo to ta ten wizyta wizyty
numer czesc nastepny nastepna nastepne was nas nastepnym za tydzien miesiac rok rano wieczorem wieczor poludnie niedziele
poniedzialek wtorek srode czwartek piatek sobote weekend wiosna lato zima zobaczenia ciasto tort chleb bulki
kawa zamowienie zamowienia

снова опять еще второй вторая второе третий третья третье четвертый два две три раз раза то же самое тот визит визиты номер
часть следующий следующая следующей скоро неделе неделю месяц утром вечером днем воскресенье понедельник вторник среду
четверг пятницу субботу до встречи свидания вас нас нам вам торт хлеб булки кофе заказ заказы
"""
_BESIDE = frozenset(fold(_ASIDES).split())
_REPEATED = _BESIDE | frozenset(fold(_SAME_AGAIN).split())


_NO_MORE = re.compile(
    r"\b(?:nothing(?: else| more)? to (?:add|say)|nic dodac(?:\W{1,3}nic ujac)?|добавить нечего|нечего добавить)\b"
)
_SOLVED = re.compile(
    r"\b(?:(?:got|received|have|had|gave|given|sent)(?: (?:me|us|my|our|the|all|full))* (?:money|cash|deposit|payment) back"
    r"|(?:got|received|gave|given|sent|issued)(?: (?:me|us|a|the|my|full))* refund"
    r"|(?:full |the )?refund(?: (?:was|has been|is))? (?:received|arrived|came|issued|processed|done|through|sent)|full refund|refunded"
    r"|replaced|(?:sent|received|got|gave)(?: (?:me|us|a|the|my))* replacement|replacement (?:arrived|came|received|sent)"
    r"|repaired|sorted|resolved|solved|settled|fixed|apologi[sz]ed|turned up"
    r"|pieniadze (?:zwrocil|zwrocon|wrocil|oddal|oddan|odzyskal|dotarl)\w*"
    r"|(?:zwrocili|oddali|zwrocono|oddano)(?: (?:mi|nam|cala|cale|caly|wszystkie|pelna|moje))* (?:pieniadze|kwote|calosc|kaucje|wplate)"
    r"|reklamacj\w* uznan\w*|uznali reklamacj\w*|wymienili|wymieniono|naprawili|naprawiono"
    r"|doslali|przyslali now\w*|przeprosili|przeprosila?|znalazl\w* sie|zwrot (?:dotarl|otrzyman\w*|przyszedl)|zwrot pieniedzy(?: juz)? wyslalismy"
    r"|(?:sprawa|problem|temat)(?: (?:zostal|zostala|juz|jest|szybko))* (?:zalatwion\w*|rozwiazan\w*|wyjasnion\w*|zamkniet\w*)"
    r"|деньги(?: (?:мне|нам|уже|все))* (?:вернул\w*|пришли|получил\w*)|верну(?:л|ли|ла)(?: (?:мне|нам|все|всю|мои))* (?:деньги|сумму)"
    r"|возврат (?:пришел|получ\w*|сделали)|заменили|поменяли|починили|отремонтировали|дослали|извини(?:лся|лась|лись)"
    r"|(?:вопрос|проблем[ау])(?: (?:уже|был|была|быстро))* (?:реш(?:ен[аы]?|или|ился|илась)|закрыт[аы]?|улажен[аы]?)|претензию (?:признали|удовлетворили)"
    r"|нашл(?:ась|ся|ось|ись))\b"
)
_FOR_A_WHILE = re.compile(
    r"\b(?:for (?:an?|one|two|three|\d+) (?:day|hour|minute)s?|na (?:jeden |dwa |trzy |\d+ )?(?:dzien|dni|godzin\w*)"
    r"|на (?:один |два |три |\d+ )?(?:день|дня|дней|час\w*))\b"
)
"""Until when it was well: «fixed for one day» tells that it is not."""
_MY_FAULT = re.compile(
    r"\b(?:my (?:own )?(?:mistake|fault|bad|error)(?! (?:was |is )?to\b| i ordered\b)|wrong (?:shop|bakery|company|restaurant|store|cafe)"
    r"|moja (?:wlasna )?(?:pomylka|wina)(?! to\b)|moj (?:wlasny )?blad|to nie ten sklep|sam[ay]? (?:jestem )?(?:sobie )?win(?:na|ny|ien)"
    r"|pomylil[ae]m (?:te |ten )?(?:sklep|nazw|lokal|firm|piekarni|restauracj)\w*"
    r"|моя (?:собственная )?(?:ошибка|вина)|сам[аи]? виноват[аы]?|перепутал[аи]? (?:магазин|кафе|пекарн)\w*)\b"
)
_MINE = re.compile(
    r"\bi (?:had |have |did )?(?:not |n['’]t )?(?:read|see|seen|noticed?)\b|\bi (?:gave|typed|wrote|entered|ordered|mixed|misread|misunderstood|forgot)\b"
    r"|\b(?:nie )?(?:podal|wpisal|przeczytal|zauwazyl|pomylil|zapomnial)[ae]m\b"
    r"|\b(?:не )?(?:указал|написал|прочитал|заметил|ввел|перепутал|забыл)[аи]?\b"
    r"|\bwrong (?=address|number|size|date|name|time)|\bzl[yae] (?=adres|numer|rozmiar|date)|\bне т(?:от|у) (?=адрес|номер|размер|дату)"
)
_FREELY = re.compile(
    r"\b(?:free of charge|at no charge|no (?:questions asked|problems?|fuss|hassle)|without (?:asking|any (?:problems?|questions?|fuss|trouble)|problems?|questions?)"
    r"|bez (?:problemu|pytania|pytan|zbednych pytan|dyskusji|zwloki)|без (?:проблем|вопросов|лишних вопросов|промедления))\b"
)
_FLAW = (
    r"(?:(?:burnt|broken|damaged|faulty|missing|lost|torn|cracked|defective) \w+|mix-up"
    r"|(?:zepsut|uszkodzon|brakujac|zaginion|zgubion|pekniet|wadliw|podart|rozbit)\w+ \w+"
    r"|(?:сломанн|бракованн|недостающ|потерянн|разбит|испорченн|поврежденн)\w+ \w+)"
)
_FLAWED = re.compile(
    rf"(?:\b(?:replaced|repaired|fixed|for|zamiast|za|wymienili|wymieniono|naprawili|naprawiono|вместо|за|заменили|поменяли"
    rf"|починили|отремонтировали)(?: (?:my|our|the|that|this|a|mi|nam|moj\w?|ten|ta|мне|нам|мою?|эту?))? {_FLAW}"
    r"|\b(?:sent|doslali|дослали)(?: (?:me|us|the|my|our|mi|nam|мне|нам))? (?:missing|lost|brakujac\w+|zaginion\w+|zgubion\w+|недостающ\w+|потерянн\w+) \w+"
    rf"|^(?:(?:edit|update|edycja|aktualizacja|upd|апд|дополнение)\W+)?(?:(?:my|our|the|moj\w?|ta|мо[йяю]|эту?) )?"
    rf"(?:{_FLAW}(?= (?:(?:was|were|is|has been|they) )?(?:replaced|repaired|fixed|refunded|wymieni|naprawi|замени|поменя|почини|отремонт))"
    r"|(?:missing|lost|brakujac\w+|zaginion\w+|zgubion\w+|недостающ\w+|потерянн\w+) \w+))"
)
"""What was put right, with what was wrong with it: «replaced my burnt loaf»; not «replaced it with a burnt one»."""

_WITH_IT = """
edit edited update updated upd i we they he she it its it's is was were has had the a an my our your their all full whole of for me us to from
and even also by at on in with them up so very quickly quick straight away same next following morning day days two three one
within hour hours minute minutes after free manager owner shop staff courier courier's today yesterday rang called
phoned parcel package order item cake loaf new delay neighbour neighbours now thanks thank you sorry address
size date number name time instructions details door problem neighbour's

edycja aktualizacja ja my oni mi nam im za i oraz u w na do po od to ten ta sie juz nawet cala cale caly wszystko wszystkie kwote kwota dnia dni dniach
dwoch dwa trzech trzy godzin godzinie godzine nastepnego dziś dzisiaj wczoraj szybko darmo kurier kurierem kierownik
kierowniczka sklep sklepu zadzwonil zadzwonila zadzwonili paczka paczke przesylka zamowienie towar nowy nowa nowe opoznienie
sasiadki sasiada adres adresu numer rozmiar date dziękuję dzięki przepraszam sorki instrukcji opisu konto

апд упд обновление дополнение я мы они он она мне нам за и у в на по от все всю это уже даже сумму сумма день дня дней два две три час часа
следующий сегодня вчера быстро бесплатно курьер курьером менеджер магазин позвонил позвонила позвонили посылка посылку
заказ товар новый новую новое задержку соседки соседа адрес номер размер спасибо простите извините инструкцию описание карту
"""
_BESIDE_THAT = frozenset(fold(_WITH_IT).split())
"""What may stand beside «refund received» and «my mistake» where nothing more is meant; every other word may tell more."""

_SENTENCE = re.compile(r"[.!…\n]+")
_SIGN = re.compile(r"[^\w\s.,:;!?…()/+'’\"„”“«»–—-]")
"""Signs that tell something by themselves: emoji."""
_LONG = 300
"""Characters: whoever adds more tells a story, and it is judged."""


def is_harmless(addition: str, *, of_praise: bool) -> bool:
    """Say whether an addition tells nothing but that all is well, or that its author was wrong, or next to nothing.

    Few words that point to a picture, mend a letter or greet are next to nothing; in praise «again» is, in a complaint it is none.
    """
    if len(addition) > _LONG or _SIGN.search(addition):
        return False
    sentences = (one.strip() for one in _SENTENCE.split(fold(addition)))
    left = " ".join(one for one in sentences if not _is_all_well(one))
    return _is_aside(left, of_praise=of_praise)


def _is_aside(folded: str, *, of_praise: bool) -> bool:
    found = WORD.findall(_NO_MORE.sub(" ", folded))
    usual = _REPEATED if of_praise else _BESIDE
    return len(found) <= _FEW and all(word in usual or word in NOTED or word.isdigit() for word in found)


def _is_all_well(sentence: str) -> bool:
    """Say whether a folded sentence tells that all is well or that its author was wrong, and nothing beside it."""
    if "?" in sentence or _FOR_A_WHILE.search(sentence):
        return False
    if not (_SOLVED.search(sentence) or _MY_FAULT.search(sentence)):
        return False
    own = (_MINE,) if _MY_FAULT.search(sentence) else ()
    for told in (_FLAWED, _MY_FAULT, *own, _SOLVED, _FREELY):
        sentence = told.sub(" ", sentence)
    return _BESIDE_THAT.issuperset(WORD.findall(sentence))
