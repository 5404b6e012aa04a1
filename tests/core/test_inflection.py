"""Which words of a text stand for a name, in a table anybody can add a line to."""

from __future__ import annotations

import pytest

from app.core.inflection import looks, origins
from app.core.text import fold

SAME = """
Żabka: Żabka ŻABKA Żabki Żabce Żabkę Żabką Żabko Żabkom Żabkami Żabkach Żabek zabka zabce
Zabka: Żabki żabce
Biedronka: Biedronki Biedronce Biedronkę Biedronką Biedronek
Allegro: Allegro allegro Allegra Allegrze
Kowalski: Kowalskiego Kowalskiemu Kowalskim Kowalskich Kowalscy Kowalskimi Kowalska Kowalskiej
Kowalskich: Kowalski Kowalskiego
Kowalska: Kowalskiej Kowalską
Nowak: Nowaka Nowakowi Nowakiem Nowaku Nowakowie Nowaków Nowakami
Ruch: Ruchu Ruchem Ruchowi
Łódź: Łodzi Łodzią Lodz
Poznań: Poznania Poznaniu Poznaniem
Kraków: Krakowa Krakowie Krakowem
Wrocław: Wrocławia Wrocławiu Wrocławiem
Warszawa: Warszawy Warszawie Warszawę
Piekarnia: Piekarni Piekarnię Piekarnią piekarniach piekarń
Apteka: Aptece Apteki aptek
Droga: Drodze drogi
Moda: Modzie Modę
Poczta: Poczcie pocztą
Skóra: Skórze skóry
Mucha: Musze
Szkoła: Szkole szkoły
Świat: Świata Świecie Światem
Fiołek: Fiołka Fiołkiem Fiołku
Kubek: kubka kubki
Cukier: cukru
Lidl: Lidla Lidlu Lidlem Lidlowi Lidl's
Rossmann: Rossmanna Rossmannie Rossmannem
Ikea: Ikei Ikeę Ikeą IKEA
Dino: Dina Dinie
Empik: Empiku Empikiem Empiki
Markt: Marktu Markcie
Stary: Starego Starym Stara
Słoneczna: Słonecznej Słoneczną słoneczny
Delikatesy: Delikatesów Delikatesach
McDonald's: McDonald's McDonalds McDonalda McDonald'sa McDonaldzie
KFC: kfc KFC's
Zara: Zary Zarze
Orlen: Orlenu Orlenie
Пятёрочка: Пятёрочке Пятёрочкой Пятерочку Пятёрочки ПЯТЁРОЧКА Пятёрочек
Магнит: Магнита Магните Магнитом Магниту
Ромашка: Ромашке Ромашек Ромашкой Ромашками
Сбер: Сбера Сбером Сбере
Лента: Ленте Лентой Ленты лент
Чижик: Чижика Чижике
ВкусВилл: ВкусВилла ВкусВилле
Уголок: Уголка Уголке
Огонёк: Огонька Огоньком
Копейка: Копеек Копейке
Мария: Марии Марию Марией
Иванов: Иванова Иванову Ивановым Ивановой Ивановых
Весёлый: Весёлого Весёлом Весёлая
Юрий: Юрия Юрием
Музей: Музея Музеем
Кремль: Кремля Кремлём
Счастье: Счастья Счастью
Дикси: Дикси
Окно: Окна Окон
Mag: Maga
Era: ery
Мир: мира
Лев: льва
Bakery: bakeries Bakery's BAKERY
Smith: Smith's Smiths
Café: cafe Cafes
Church: churches
Flower: flowers
Lidl: Lidl'е
"""

OTHER = """
Kawa: kawaler kawał kawałek kawowy kawalerka Kowa
Ruch: rucham ruchomy ruszę rusza ruchliwy rucha-nie
Mag: Магазин magazyn
Żabka: żaba żabi zabić zabawka żabkowany
Allegro: alergia allegory
Kowalski: kowal Kowalewski kowalstwo
Lidl: lida lidka
Dino: dinozaur dinar
Costa: cost costs koszt
Play: player plac
Magnit: magnolia
Baker: baking
Polka: polski Polak
Poczta: początek pocztowy
Nike: Nikodem nikomu nikogo nic
Orlen: orle orlik
Zara: zaraz zaradny
Moda: modem model modny
Ikea: ike ikona
Market: Markt
Ruch: ruchy-wy
Era: erotyka
Lot: lotem lotu
Boots: boot
Лента: лентяй лентяйка лень
Сбер: сберечь сбережения сбербанк
Магнит: магний магнитофон магнитола
Пятёрочка: пятёрка пять
Ромашка: рома ромом
Мода: модем модель
Вкусный: вкусно вкус
Мир: мирный
Иванов: Иван Ивана Иваны
Мария: Мара Марс
Соль: солома сольный
Чижик: чиж
Копейка: копать копье
Дом: дома домой
Лев: левый
"""


def _pairs(table: str) -> list[tuple[str, str]]:
    lines = (line.partition(":") for line in table.strip().splitlines())
    return [(name, word) for name, _, words in lines for word in words.split()]


@pytest.mark.parametrize(("name", "word"), _pairs(SAME))
def test_a_name_is_known_in_every_case(name: str, word: str) -> None:
    assert looks(fold(name)) & origins(fold(word))


@pytest.mark.parametrize(("name", "word"), _pairs(OTHER))
def test_another_word_is_not_the_name(name: str, word: str) -> None:
    assert not looks(fold(name)) & origins(fold(word))
