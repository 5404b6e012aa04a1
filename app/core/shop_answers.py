"""The shop's own answer where a place shows it in one text with what it answers, told from what a customer says of it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from app.core.shop_name import spoken_name

_PART = r"[^\n:.!?]"
_BEGIN = r"(?:^|[\n.!?…)»”\"])[^\S\n]{0,9}(?=\w)"

_WHO = (
    r"w[lł]a[sś]ciciel(?:ka|a|ki)?|sprzedawc[ay]|sprzedaj[aą]c[ya]|sprzedaj[aą]cego|sklepu?|firm[ay]|lokalu?"
    r"|restauracj[ai]|piekarni[ai]?|obiektu?|obs[lł]ug[ai]|kierownik|mened[zż]er(?:ka)?"
    r"|(?:the )?(?:owner|seller|business|company|merchant|management|manager|vendor|host|property|shop|store|bakery|restaurant)"
    r"|владел(?:ец|ица|ьца)|продав(?:ец|ца)|магазина?|компани[яи]|заведени[ея]|организаци[яи]|представител[ья]|администраци[яи]"
    r"|управляющ(?:ий|ая)|менеджера?"
)
_ANSWER = (
    r"odpowied[zź]|odp\.?|komentarz"
    r"|(?:response|reply|answer|comment)"
    r"|(?:официальный )?ответ|комментарий"
)
_WROTE = (
    r"odpowiada|odpowiedzia[lł]a?|odpisa[lł]a?|napisa[lł]a?|pisze"
    r"|responded|replied|answered|wrote|responds|replies"
    r"|ответил[аи]?|отвечает|пишет|написал[аи]?"
)
_LABEL = rf"(?:{_ANSWER}) (?:(?:od|from|by|of|от) )?(?:{_WHO})\b|(?:{_WHO})(?:['’]s?)? (?:response|reply|answer)\b"
"""What only a place writes above an answer; alone on its line it needs no more to be believed."""

_LABELLED = re.compile(_LABEL, re.IGNORECASE)

_EDIT_MARKS = r"edit|update|upd|ps|p\.s|edycja|aktualizacja|dopisek|uzupe[lł]nienie|апд|упд|обновление|дополнение|пс"
_EDITED = re.compile(rf"(?:^|[^\w])(?:{_EDIT_MARKS})\W{{0,6}}$", re.IGNORECASE)

_SALUTATION = (
    r"(?:dzie[nń] dobry|witam|szanown|pani[e]? (?-i:[A-ZŁŚŻ])|dear |hi |hello |здравствуйте|добрый день|уважаем)"
)
_SALUTES = re.compile(_SALUTATION, re.IGNORECASE)
_ADDRESSED = re.compile(rf"{_BEGIN}(?={_SALUTATION}|(?<=\n))", re.IGNORECASE)
"""Where an answer may begin without anything above it: at a salutation, and at a paragraph."""

_TO_SHOP = re.compile(
    rf"(?:dear|hi|hello|szanown\w+|уважаем\w+)\W+(?:{_WHO}|sirs?|madam|all|every\w+|people|guys|team|folks|pa[nń]stwo)(?!\w)",
    re.IGNORECASE,
)
"""Salutations of customers."""

_WE_SPEAK = re.compile(
    r"\b(?:przepraszamy(?! za (?:szczero|ostr|mocn|d[lł]ug|b[lł][eę]d|emocj|j[eę]zyk|s[lł]ow))"
    r"|ubolewamy|zapraszamy|nam (?:\w+ )?przykro|przykro nam|skontaktujemy si[eę]"
    r"|dzi[eę]kujemy za (?:\w+ ){0,3}(?:opini|recenzj|komentarz|wpis|s[lł]ow|ocen|zg[lł]oszen|uwag|wiadomo|zaufan)"
    r"|prosimy o (?:kontakt|wiadomo|numer|mail|telefon|cierpliw)"
    r"|we(?:['’]re| are|['’]d like to| would like to| do| must)?(?: \w+){0,2} (?:sorry|apologi[sz]e|regret (?=the|your|any|that you|to))\b"
    r"(?! (?:that )?(?:we|i|for (?:anyone|anybody|every\w+|them|those|the rant|the long|the language)|to (?:our|my))\b)"
    r"|our (?:\w+ )?apologies|apologies for (?:the|your|any)|please (?:contact|call|email|write to|reach out to) (?:us|our)"
    r"|thank(?:s| you)(?: \w+){0,4} for (?:\w+ ){0,3}(?:review|feedback|comment|kind words|rating|letting us|bringing)"
    r"|приносим (?:\w+ ){0,2}извинения|просим (?:прощения|извин|вас (?:принять|связаться|написать|позвонить|сообщить|обратиться|уточнить|прислать))"
    r"|нам (?:\w+ )?жаль(?! (?:потра|денег|времени|вас\b))|сожалеем(?!,? что (?:\w+ )?(?:заказал|купил|пришл|выбрал|доверил|обратил|потратил))"
    r"|благодарим|свяжитесь с нами|напишите нам|свяжемся"
    r"|изви?ните за (?:задерж|неудоб|ожидан|недораз|достав)|спасибо за (?:\w+ ){0,2}(?:отзыв|обратн|оценк|замечан|доверие))",
    re.IGNORECASE,
)
_ONE_SPEAKS = re.compile(
    r"\b(?:(?:bardzo|najmocniej|serdecznie|szczerze) przepraszam\b"
    r"|przepraszam (?:pani[aą]|pana|pa[nń]stwa|za (?:op[oó][zź]n|zamiesz|k[lł]opot|niedogod|sytuacj|pomy[lł]k))"
    r"|przykro mi|dzi[eę]kuj[eę] za (?:\w+ )?(?:opini|uwag|s[lł]ow)"
    r"|sorry (?:to hear|for (?:the|your|any|this)|about (?:the|your|this)|(?:that )?you)|i(?: \w+)? apologi[sz]e"
    r"|(?:простите|прошу прощения) за|мне (?:\w+ )?жаль|извините)",
    re.IGNORECASE,
)
"""How an answer speaks in the name of all, and how one person does, who might be the customer: that needs a heading."""

_POST = (
    r"(?:\w+ ){0,2}(?:reviews?|ratings?|comments?|posts?|messages?|rant|essay|language|caps|length|words|tone|spelling|typos?"
    r"|photos?|pictures?|stars?|wall of text)\b"
)
_WPIS = (
    r"(?:\w+ ){0,2}(?:opini|recenzj|ocen[aęąy]|gwiazdk|komentarz|wpis|post\b|wiadomo|zdj[eę]ci|ton\b|liter[oó]wk|wulgar|krytyk|s[lł]ow|list\b)"
    r"|szczero|ostr|mocn|d[lł]ug(?!i czas)|b[lł][eę]d|emocj|j[eę]zyk|dosad"
)
_OTZYV = r"(?:\w+ ){0,2}(?:отзыв|жалоб|сообщение|пост\b|оценк|звезд|тон\b|эмоци|слова|резкост|прямот|опечатк|ошибки|фото|мат\b)"
"""What customers are sorry for, be they several: their own words."""

_SURELY_SHOP = re.compile(
    rf"\b(?:przepraszamy (?:\w+ ){{0,2}}za (?!{_WPIS})"
    r"|(?:przykro nam|nam (?:\w+ )?przykro)(?:\W{0,2}[.!]| z powodu| s[lł]ysze|,? [zż]e (?:(?:\w+ ){0,2}nie spe[lł]|dosz[lł]o\b|tak (?:si[eę] sta|wysz[lł]o|d[lł]ugo)"
    r"|(?:tak )?(?:pani|pan|pa[nń]stwo)(?! (?:przy|za|zza|z|w(?! nasz)|na|kelner\w*|ekspedient\w*|kasjer\w*|sprzedawc\w+|kierowni\w+|fryzjer\w*)\b)"
    r" (?:\w+ ){0,2}(?:czeka|musia|do[sś]wiadcz|spotka|napotka|trafi|poczu|odczu|odni|odebra|zosta|otrzyma|dosta[lł]|mia[lł]|mie[lł]|by[lł]|jest|s[aą]\b|oceni)))"
    r"|dzi[eę]kujemy za (?:\w+ ){0,3}(?:opini|recenzj|komentarz|wpis|s[lł]ow|ocen|zg[lł]oszen|uwag|wiadomo|zaufan)"
    r"|zapraszamy (?:ponownie|serdecznie|zn[oó]w)|skontaktujemy si[eę](?! z (?:rzeczni|sanep|s[aą]d|prawni|adwokat|policj|uokik|inspe|prokur|gazet|medi))"
    rf"|sorry (?:to hear|for (?:the(?! {_POST})|your(?! loss)|any(?!one|body)|this(?! {_POST}))|about (?:the(?! {_POST})|your|this(?! {_POST}))"
    r"|(?:that )?you (?:had(?! to (?:read|see|hear) | no )|were(?! too )|have(?! to (?:read|see|hear) | no )|did|feel|felt)"
    r"|(?:that )?(?:the|your) \w+ (?:was|were|arrived|came)\b)"
    rf"|apologi[sz]e (?:\w+ )?(?:for(?! (?:writing|complaining|posting|repeating|{_POST}))|that you\b)"
    rf"|(?:our|sincere) apologies (?:for|that)|apologies for (?:the|your|any)(?! {_POST})"
    r"|regret (?:that you (?:had|were|have)(?! no )|any(?! (?:money|penny))|the inconvenience)"
    r"|thank(?:s| you)(?: \w+){0,4} for (?:taking the time|(?:\w+ ){0,3}(?:review(?! request)|feedback(?! form)|comment|kind words|rating|letting us know|bringing (?:this|it|that|these)\b))"
    rf"|приносим (?:\w+ ){{0,2}}извинения(?! (?:друг|гост|всем|сосед|родител|за {_OTZYV}))|просим прощения за(?! {_OTZYV})"
    r"|(?:нам (?:\w+ )?жаль|сожалеем),? что (?:вы (?:\w+ )?(?:остал|столкн|был|ждал|жд)|вам пришлось|так (?:выш|получ|произ|случ|долго)|у вас (?:слож|остал|возн))"
    r"|благодарим (?:вас )?за (?:\w+ )?(?:отзыв|обратн|оценк|замечан|доверие|выбор|сообщ|обращ(?!ени\w+ с ))"
    r"|изви?ните за (?:задерж\w+\b(?! с отзыв)|неудоб(?!н\w+ вопрос)|ожидан|недораз|достав)|спасибо за (?:\w+ ){0,2}(?:отзыв|обратн|оценк|замечан|доверие)(?! вашего))",
    re.IGNORECASE,
)
"""How an answer without a heading speaks: who asks to be called, or is sorry of what the others do, may be a customer of several."""

_OWN_PEOPLE = r"(?:team|staff|colleagues?|manager|wife|husband|bakery|shop|sister|brother)\b"
_CUSTOMER = re.compile(
    rf"\b(?:(?-i:I)|i['’](?:m|ve|d|ll)|i (?:am|was|have|had|never|still|will|want|did|got|paid|ordered|can|do)|me|mine|myself|my(?! {_OWN_PEOPLE})"
    r"|mnie|mi|mn[aą]|ja|m[oó]j|moj\w{1,3}|jestem|mam|czekam|czekamy|[zż][aą]dam|chc[eę]|id[eę]|odradzam|nie polecam|\w{2,}[lł](?:am|em)"
    r"|я|мне|меня|мной|мо[йяёеию]|моего|мою|жду|ждём|требую|хочу|подаю|не советую|не рекомендую)\b",
    re.IGNORECASE,
)
_NOT_SHOP = re.compile(
    rf"^\W*(?:{_EDIT_MARKS})\b|^\s*[\"„“«»'‘’]|"
    r"\b(?:lie[sd]?\b|liar|lying|thie[fv]|scam|fraud|disgust|shame|ridicul|pathetic|joke|rude|idiot|stupid|crook|cheat|insult|laugh|threat"
    r"|unbeliev|outrag|still (?:no|not|nothing|wait|have)|nobody|no one|refuse|(?:he|she|they) (?:said|say)"
    r"|cham|bezczeln|skandal|kpin|[zż]enad|[zż]enuj|wstyd|k[lł]am|oszu[ksś]|z[lł]odziej|idiot|[sś]miej|[sś]miech|gro[zź]|wyzyw|obra[zż]|bzdur"
    r"|masakr|koszmar|pora[zż]k|nadal|wci[aą][zż]|nikt|cisza|brak|zero|nic\b|powiedzia|i tyle\b"
    r"|хам|позор|врут|вру[нш]|врань|обман|мошенн|воры|воров|издев|скандал|идиот|дур[аоуы]|сме[её]т|смеш|угро|кошмар|ужас|бред|до сих пор"
    r"|так и не|никто|тишина|стыд|сказал"
    r"|not a word|hung up|then (?:he|she|they)\b|(?:and|but) the (?:second|third|new|next|other|money)\b"
    r"|dalej nie|jak nie by[lł]o|min(?:[aą][lł]|[eę][lł][ay]) (?:ju[zż] )?(?:dzie|dni|tydzie|tygod|miesi|rok)"
    r"|прош(?:[её]л|ла|ло|ли) (?:уже )?(?:день|недел|месяц|год|\d)|денег нет|пишете\b|piszecie\b"
    r"|odm[oó]wi|to samo|denied|lost again|отказал|опять|извините за выраж"
    r"|(?:second|third|fourth|fifth) (?:time|day|week|month)\b|(?:days|weeks?|months?) (?:without|of silence)|to this day|as ever\b|copy and paste|same (?:again|today)"
    r"|(?:is|was|['’]s) all we (?:get|got|have)|(?:drugi|trzeci|czwarty|pi[aą]ty) (?:raz|dzie[nń]|tydzie|miesi)|(?:tydzie[nń]|tygodnie?|miesi[aą]c\w*) bez\b"
    r"|po staremu|tyle (?:dosta|w temacie)|pust[yeą] (?:karton|paczk|pude[lł])|empty (?:box|parcel)|(?:box|parcel) came empty"
    r"|(?:второй|третий|четв[её]ртый|пятый) (?:раз|день|месяц)|(?:вторая|третья|четв[её]ртая|пятая) недел|(?:недел[яюиь]|месяц\w*) без\b|по-прежнему"
    r"|это вс[её],? что|пуст(?:ая|ую|ой) (?:короб|посыл|пакет))",
    re.IGNORECASE,
)
"""Words of whom an answer disappoints, and what a shop does not say of itself."""

_OF_SHOP = re.compile(
    r"\byour (?:staff|employee|manager|owner|boss|wait(?:er|ress)|driver|courier|delivery (?:man|men|driver|guy)|receptionist|mechanic|plumber|fitter"
    r"|technician|guard|chef|cook\b|barista|clerk|cashier|toilet|website|shop\b|store\b|bakery|restaurant|cafe|hotel|company|prices|service\b|customers)"
    r"|\b(?:pa[nń]stwa|wasz\w*|pan[ia]) (?:obs[lł]ug|pracownik|personel|kelner|kurier|kierow(?:c|ni)|ekspedient|kasjer|ochroniar|szef|majst|monter"
    r"|hydrauli|ekip|fachow|kuchar|toalet|lokal|sklep|restaurac|piekarni|hotel|firm|podej[sś]ci|klient)"
    r"|\bваш\w{0,3} (?:персонал|сотрудни|официант|курьер|водител|мастер|продав|кассир|охран|админ|сайт|туалет|магазин|кафе|ресторан|пекарн|отел|цены"
    r"|филиал|директор|начальн|воспитател|повар|сервис|компани|фирм|клиент)",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(?:ale|lecz|jednak|but|however|но|однако)\b", re.IGNORECASE)
"""What only who is no shop says without a heading: «your driver», and «sorry …, but …»; whatever it is sorry for."""

_ACCUSES = re.compile(
    r"\b(?:oddacie|zwr[oó]cicie|prawnik|s[aą]du\b|court|lawyer|верните|вас вернуть|вернёте|вернете|объясни|адвокат|в суд"
    r"|(?:s)?ple[sś](?:[nń])|zakalec|surow|w[lł]os(?!k)|szk[lł][oaeu]\b|zatru|zepsu|niejadaln|pot[lł]ucz|robak"
    r"|mou?ld|hair\b|glass|ill\b|sick|poison|raw\b|burnt|inedible|stale\b|maggot"
    r"|плесен|заплесн|волос|стекл|сыр(?:ой|ая|ое|ым)\b|кисл|испор|отрав|несъедоб|черств|тухл)",
    re.IGNORECASE,
)
"""What without a heading is as likely said by customers who speak as «we»: what was wrong, what they demand."""

_FOR_IT = re.compile(
    r"\b(?:przepraszamy? (?:\w+ )?za|(?:sorry|apologi[sz]e|apologies) (?:for|about)|извините за|извинения за)\b(?! (?:dosad|szczer))",
    re.IGNORECASE,
)
"""Only who made it apologises for it."""

_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…]+[\"”»']?|\n|$)|[.!?…\n]+")
_WORDS = re.compile(r"\w+")
_CURT = 4
"""Words of a salutation, or of thanks, that may stand before the sentence in which an answer shows that it is one."""
_SAID = re.compile('[:"„“”«»]')
_REACH = 900
"""Characters behind its beginning in which it shows that it is one."""
_LOOKED_AT = 3
"""Sentences in which it has to show that."""
_MARK = 30
"""Characters before a heading in which «Edit:» says that its author wrote it; and behind it, by which it is known again."""


def without_answers(text: str, *, shop: str = "", before: str = "", by_voice_alone: bool = False) -> str:
    """Return a text without the answer of the shop, named `shop`, that a place shows in it and that `before` did not hold.

    Each sentence tells how far it goes: those that speak as a customer does stay, and what follows them. Without a heading,
    or `by_voice_alone`, only what itself apologises or thanks goes.
    """
    if (found := _first_answer(text, shop, before)) is None:
        return text
    start, body = found
    headed = body > start
    kept, ours = [text[:start].rstrip()], True
    for one in _SENTENCE.finditer(text, body):
        sentence = one[0]
        if headed:
            ours = not _is_customers(sentence, headed=True) and (ours or bool(_WE_SPEAK.search(sentence)))
        else:
            ours = _is_shops(sentence, follows=ours and one.start() > body)
        if not ours or (headed and by_voice_alone and not _speaks(sentence)):
            kept.append(sentence.strip())
    return "\n".join(filter(None, kept))


def _is_shops(sentence: str, *, follows: bool) -> bool:
    """Say whether the shop says this without a heading; what `follows` on it may as well be said by customers who are several."""
    if not _WORDS.search(sentence):
        return follows
    if not follows and len(_WORDS.findall(sentence)) <= _CURT and _SALUTES.match(sentence.strip()):
        return True
    if _is_customers(sentence, headed=False):
        return False
    return _speaks(sentence, by_one=False) or (follows and _WE_SPEAK.search(sentence) is not None)


def _first_answer(text: str, shop: str, before: str) -> tuple[int, int] | None:
    """Return where the first answer begins and where what it says does, None where there is none that is new."""
    headed = ((found.start(1), found.end()) for found in _headings(shop).finditer(text) if _is_heading(found, before))
    addressed = ((found.end(), found.end()) for found in _ADDRESSED.finditer(text) if _is_opening(found, before))
    found = (one for one in (next(headed, None), next(addressed, None)) if one)
    return min(found, key=lambda one: (one[0], -one[1]), default=None)


@lru_cache(maxsize=20)
def _headings(shop: str) -> re.Pattern[str]:
    names = {" ".join(name.split()) for name in (shop, spoken_name(shop)) if name.strip()}
    named = "".join(rf"|{re.escape(name)}(?!\w)" for name in sorted(names, key=len, reverse=True))
    wrote = rf"{_PART}{{1,40}}? (?:{_WROTE})\b"
    return re.compile(
        rf"{_BEGIN}((?:(?:{_ANSWER}|{_LABEL}|{_WHO})(?!\w){named}|{wrote}){_PART}{{0,40}}[:\n])", re.IGNORECASE
    )


def _is_heading(found: re.Match[str], before: str) -> bool:
    """Say whether a place wrote this above the shop's answer: not the customer, who tells of one."""
    text, start, end = found.string, found.start(1), found.end()
    if _EDITED.search(text[max(0, start - _MARK) : start]) or _CUSTOMER.search(found[1]) or _NOT_SHOP.search(found[1]):
        return False
    if text[start : end + _MARK].strip() in before:
        return False
    alone = found[1].endswith("\n") and _LABELLED.match(found[1]) is not None
    return _opens(text, end, alone=alone, by_one=True)


def _is_opening(found: re.Match[str], before: str) -> bool:
    start = found.end()
    if _EDITED.search(found.string[max(0, start - _MARK) : start]) or found.string[start : start + _MARK] in before:
        return False
    if _TO_SHOP.match(found.string, start):
        return False
    return _opens(found.string, start, alone=False, by_one=False)


def _opens(text: str, at: int, *, alone: bool, by_one: bool) -> bool:
    """Say whether what begins at a place speaks as an answer does; `alone`: whether it need not say so, only nothing else."""
    sentences = (one[0] for one in _SENTENCE.finditer(text, at, at + _REACH) if _WORDS.search(one[0]))
    for sentence in islice(sentences, _LOOKED_AT):
        if _is_customers(sentence, headed=by_one):
            return False
        if alone or _speaks(sentence, by_one=by_one):
            return True
        if len(_WORDS.findall(sentence)) > _CURT:
            return False
    return False


def _speaks(sentence: str, *, by_one: bool = True) -> bool:
    """Say whether a sentence apologises, thanks or invites as a shop does, and not within a quotation."""
    found = (_WE_SPEAK.search(sentence) or _ONE_SPEAKS.search(sentence)) if by_one else _SURELY_SHOP.search(sentence)
    return found is not None and not _SAID.search(sentence, 0, found.start())


def _is_customers(sentence: str, *, headed: bool) -> bool:
    """Say whether a customer says this: in the first person, of whom disappoints, as an edit; not `headed` also what accuses."""
    if _NOT_SHOP.search(sentence) or (not headed and (_BUT.search(sentence) or _OF_SHOP.search(sentence))):
        return True
    if not headed and _ACCUSES.search(sentence) and not _FOR_IT.search(sentence):
        return True
    if not _CUSTOMER.search(sentence):
        return False
    return bool(_WE_SPEAK.search(sentence)) or not _ONE_SPEAKS.search(sentence)
