"""Words whose cases follow no rule of `inflection`: numerals, pronouns, adjectives of two letters and an ending, a few nouns.

Each line holds one word in all its cases and genders. Polish and Russian.
"""

from __future__ import annotations

from app.core.text import fold

_ALWAYS = """
książę księcia księciu księciem książęta książąt książętom książętami książętach
tydzień tygodnia tygodniowi tygodniem tygodniu tygodnie tygodni tygodniom tygodniami tygodniach
pieniądze pieniędzy pieniądzom pieniędzmi pieniądzach
przyjaciel przyjaciela przyjacielowi przyjacielem przyjacielu przyjaciele przyjaciół przyjaciołom przyjaciółmi przyjaciołach
заяц зайца зайцу зайцем зайце зайцы зайцев зайцам зайцами зайцах
друзья друзей друзьям друзьями друзьях
мать матери матерью матерей матерям матерями матерях
дочь дочери дочерью дочерей дочерям дочерями дочерях
"""
"""Nouns that nobody takes for another word."""

_NUMBERS = """
dwa dwie dwaj dwóch dwu dwóm dwom dwoma dwiema
oba obie obaj obu oboma obiema
dwoje dwojga dwojgu dwojgiem
troje trojga trojgu trojgiem
trzy trzej trzech trzem trzema
cztery czterej czterech czterem czterema
pięć pięciu pięcioma
sześć sześciu sześcioma
siedem siedmiu siedmioma
osiem ośmiu ośmioma
dziewięć dziewięciu dziewięcioma
dziesięć dziesięciu dziesięcioma
dwanaście dwunastu dwunastoma
sto stu
jeden jedna jedno jednego jednemu jednym jednej jedną
один одна одно одни одного одному одним одном одной одну одних одними
два две двух двум двумя
оба обе обоих обоим обоими обеих обеим обеими
двое двоих двоим двоими
трое троих троим троими
три трёх трём тремя
четыре четырёх четырём четырьмя
пять пяти пятью
шесть шести шестью
семь семи семью
восемь восьми восемью восьмью
девять девяти девятью
десять десяти десятью
сорок сорока
сто ста
"""

_BESIDE = """
mój moja moje moi mojego mojemu moim mojej moją moich moimi mego memu mym
twój twoja twoje twoi twojego twojemu twoim twojej twoją twoich twoimi
swój swoja swoje swoi swojego swojemu swoim swojej swoją swoich swoimi
nasz nasza nasze nasi naszego naszemu naszym naszej naszą naszych naszymi
wasz wasza wasze wasi waszego waszemu waszym waszej waszą waszych waszymi
ów owa owo owe owego owemu owym owej ową owych owymi
wszystko wszystkiego wszystkiemu wszystkim
zły zła złe źli złego złemu złym złej złą złych złymi
psi psia psie psiego psiemu psim psiej psią psich psimi
lwi lwia lwie lwiego lwiemu lwim lwiej lwią lwich lwimi
oko oka oku okiem oczy oczu oczom oczami oczach
ucho ucha uchu uchem uszy uszu uszom uszami uszach
ręka ręki ręce rękę ręką rąk rękom rękami rękach
lato lata latu latem lecie lat latom latami latach
мой моя моё мои моего моему моим моём моей мою моих моими
твой твоя твоё твои твоего твоему твоим твоём твоей твою твоих твоими
свой своя своё свои своего своему своим своём своей свою своих своими
наш наша наше наши нашего нашему нашим нашем нашей нашу наших нашими
ваш ваша ваше ваши вашего вашему вашим вашем вашей вашу ваших вашими
весь вся всё все всего всему всем всей всю всех всеми
злой злая злое злые злого злому злым злом злую злых злыми
имя имени именем имена имён именам именами именах
"""
"""What is said every day, as numbers are: its cases count only beside another word of the name."""


def _table(lines: str) -> dict[str, frozenset[str]]:
    """Return the cases of each word, folded, by any of them; what is a case of two words has those of both."""
    table: dict[str, frozenset[str]] = {}
    for line in lines.strip().splitlines():
        cases = frozenset(map(fold, line.split()))
        table |= {case: table.get(case, frozenset()) | cases for case in cases}
    return table


_CASES, _CASES_BESIDE = _table(_ALWAYS), _table(_ALWAYS + _NUMBERS + _BESIDE)
_COUNT = frozenset(_table(_NUMBERS))


def listed_cases(name: str, *, alone: bool) -> frozenset[str]:
    """Return the cases of a folded word, itself among them; none where it is not listed here.

    `alone` leaves out what is said every day.
    """
    return (_CASES if alone else _CASES_BESIDE).get(name, frozenset())


def is_number(word: str) -> bool:
    """Say whether a folded word counts what follows it: «trzy», «пяти», «24»."""
    return word in _COUNT or word.isdecimal()
