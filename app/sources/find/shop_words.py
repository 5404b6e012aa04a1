"""Word lists for searches: what people write who complain, and words that many shops are called by."""

from __future__ import annotations

from app.core.text import WORD, fold

COMPLAINT_WORDS: dict[str, tuple[str, ...]] = {
    "pl": (
        "reklamacja", "oszuści", "oszustwo", "nie polecam", "skarga", "uwaga na", "zwrot pieniędzy",
        "nieuczciwy", "skandal", "najgorszy", "UOKiK", "sanepid",
    ),
    "ru": (
        "жалоба", "обман", "мошенники", "не рекомендую", "возврат денег", "претензия", "скандал", "хамство",
        "ужасный", "развод", "Роспотребнадзор",
    ),
    "en": (
        "complaint", "scam", "refund", "rip-off", "avoid", "terrible", "worst", "not recommended", "fraud", "boycott",
        "never again",
    ),
}  # fmt: skip
"""By language; the first ones weigh most where a search has room for a few only."""

_COMMON = """
apteka auto bank bar biuro bistro bomba bukiet butik cafe centrum cukier cukiernia czekolada delikatesy dobra dobre
dobry dom dziecko elegancja euro fit foto fryzjer galeria gaz gospoda gwiazda handel hotel hurtownia jablko jadlodajnia
jedzenie kawa kawiarnia klinika klub kino komputer komputery krawiec ksiegarnia kuchnia kuznia kwiaciarnia kwiat kwiaty
kwiatek lato las lody lodziarnia lokal market marzenie masarnia mebel meble mechanik miod mleko moda moj moja motor mydlo
nowa nowe nowy obuwie ogrod okna optyk optyka papier park pasaz pasja perla piekarnia pierogi piwo pizza pizzeria poczta
pralnia promyk rower rowery roza ruch rybka rynek salon serwis skarb sklep sklepik slodycze slonce smaczek smak spa
stacja stara stare stary start stokrotka studio super szewc szkola swiat swieze tanie tani teatr trojka ubrania uroda
warsztat wiosna wojtek zabawki zacisze zaklad zegarmistrz zielony zielona zloty zlota zdrowie
автосервис аптека ателье банк бар бистро букет булочная вкус вкусно весна ветер ветеринар волна восток гараж гриль дача
дом доставка еда звезда здоровье золото игрушки кафе клиника клуб книга книги конфеты кофе кофейня красота кухня лавка
лето магазин маркет мастер мастерская мебель мёд мир мода молоко море мясо новый новая обувь овощи огонь одежда оптика
парикмахерская парк пекарня пиво пицца подарки праздник продукты рассвет ремонт ресторан ромашка рынок сад салон салют
север сервис сирень сказка сладости солнце старт стиль студия сувенир супер уют хлеб хозтовары цветок цветы центр час
чайка шашлык шоколад школа шиномонтаж юг ювелир ягода
auto bakery bank bar barber beauty bike bikes books bookshop boutique bread bridge butcher cafe cake cakes candy centre
center chocolate city clinic club coffee corner cottage crown deli dental dream express family farm fashion fish fit
flower flowers food fresh fruit furniture garage garden gift gifts gold golden good grill grocer grocery hair harbour
harbor home hotel house kitchen lake laundry light local lounge market meat motors nails new oak old optics optician
outlet pantry park pet pets pharmacy pizza pizzeria place planet plus pub quick repair restaurant river rose salon school
sea shoes shop silver sky smile spa sport sports square star station store studio style sun sunrise sunset super supply
table tea the toys travel tree village vision wave wine workshop world
"""

COMMON = frozenset(_COMMON.translate({ord("ё"): "е"}).split())
"""Words that alone name no shop, folded (see core.text.fold): a search for them needs the town as well."""

_JOINTS = frozenset({"i", "u", "na", "w", "z", "pod", "за", "и", "у", "на", "в", "под", "of", "and", "at", "in", "the"})


def is_common(name: str) -> bool:
    """Say whether a name is made of common words only, or too short to be told from one."""
    words = [fold(word) for word in WORD.findall(name)]
    telling = [word for word in words if word not in _JOINTS]
    return all(word in COMMON or len(word) < 4 for word in telling)
