"""Which encoding the bytes are really in."""

from __future__ import annotations

import codecs

import pytest
from fakes.growth import is_linear

from app.sources.feeds.charset import WINDOWS, decode, mended_letters

POLISH = "Zażółć gęślą jaźń: kawa była zimna, obsługa milczała, a ciastko – stare."
RUSSIAN = "Заказ так и не привезли, на звонки никто не отвечает, очень жаль потраченных денег."


def _document(text: str, declared: str = "") -> str:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else "<?xml version='1.0'?>"
    return f"{declaration}<rss><channel><title>{text}</title></channel></rss>"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(POLISH, "windows-1250"), (POLISH.replace("–", "-"), "iso-8859-2"), (RUSSIAN, "windows-1251"), (RUSSIAN, "koi8-r"), (POLISH, "utf-8"),
     (RUSSIAN, "utf-8"), ("Café à Genève: déçu, le garçon était très grossier", "cp1252")],
)  # fmt: skip
@pytest.mark.parametrize("header", ["", "text/xml", "text/xml; charset=utf-8"])
def test_declared_or_not_the_text_comes_out(text: str, encoding: str, header: str) -> None:
    declared = _document(text, encoding)
    assert decode(declared.encode(encoding), header) == declared
    bare = _document(text)
    assert decode(bare.encode(encoding), header) == bare


@pytest.mark.parametrize(
    "header", ["text/xml; charset=iso-8859-1", "application/xml; charset=windows-1251", "x; charset=koi8-r"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "windows-1250", "iso-8859-2"])
def test_a_wrong_header_does_not_win_over_the_declaration(header: str, encoding: str) -> None:
    document = _document(POLISH.replace("–", "-"), encoding)
    assert decode(document.encode(encoding), header) == document


def test_the_header_counts_where_nothing_is_declared() -> None:
    document = _document("Å\u0141\u0141\u0105")
    assert decode(document.encode("iso-8859-2", "replace"), "text/xml; charset=iso-8859-2").count("Ł") == 2


FALSE = ["iso-8859-1", "ISO-8859-1", "latin1", "windows-1252"]
PLAIN_POLISH = POLISH.replace("–", "-")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((RUSSIAN, encoding) for encoding in ("windows-1251", "koi8-r")),
        *((PLAIN_POLISH, encoding) for encoding in ("windows-1250", "iso-8859-2")),
        *((short, "windows-1251") for short in ("Ужас!", "Не ок, деньги не вернули", "ВЕРНИТЕ ДЕНЬГИ")),
        *((short, "koi8-r") for short in ("Ужас!", "Верните деньги", "ВЕРНИТЕ ДЕНЬГИ")),
        *(
            (short, "windows-1250")
            for short in ("Każdy dzień to samo", "Nie doszła paczka", "Nie mogę zamówić", "Jest źle")
        ),
        *((short, "iso-8859-2") for short in ("Obsługa milczała", "Już nie wrócę", "Myślę, że to oszuści")),
        ("Kawa w „Café René” była zimna, a kelner się śmiał", "windows-1250"),
    ],
)
@pytest.mark.parametrize("false", FALSE)
def test_a_claim_of_latin_1_proves_nothing(text: str, encoding: str, false: str) -> None:
    for declared, header in (
        (false, ""),
        ("", false),
        (false, false),
        (false, encoding),
        (encoding, false),
        ("utf-8", false),
    ):
        document = _document(text, declared)
        assert decode(document.encode(encoding), f"text/xml; charset={header}" if header else "text/xml") == document


@pytest.mark.parametrize(
    "text",
    [
        "Café",
        "René Müller",
        "Crêpe, piñata and jalapeño were cold: £5 each!",
        "Même la fenêtre, la pêche, la tête et le cœur de la bête étaient gâchés. Ça m’a déçu, où est l’œuf à 3 €?",
        "¿Dónde está mi pedido, señor? ¡Mañana vuelvo! Hola¿qué pasa?",
        "El niño se comió una piña",
        "Der Käse war übel, die Größe falsch, „Szene“ kurz und ganz heiß, März: 5 m³ Ärger¹ – 20 °C, ½ Preis",
        "Så dålig! På Öland går det bättre än i Åre",
        "Træet er på Ærø, vi købte øl; være så god",
        "Você não vê que o avô português é cortês? Três pães, à noite",
        "Perché è così? Più caffè, città, lunedì",
        "“Quoted” – ‘it’s’ £380 … 20 °C ½ © ™",
        "Rücksendung: 10 × 4 m², µm, ±5 %, § 3, 2¹ und x³ oder y²",
        "The Czech café in Szczecin: £380 for a jalapeño pizza, sz",
        "Encyclopædia, naïve façade, Ångström, El Niño, œuvre",
        "äöü ÄÖÜ ß; éé; één",
    ],
)
@pytest.mark.parametrize("length", [1, 40])
def test_western_texts_stay_western(text: str, length: int) -> None:
    written = " ".join([text] * length)
    for claim in (*FALSE, "cp1252"):
        for declared, header in ((claim, ""), ("", claim), (claim, claim), (claim, "windows-1251"), (claim, "koi8-r")):
            document = _document(written, declared)
            read = decode(document.encode("cp1252"), f"text/xml; charset={header}" if header else "text/xml")
            assert read.translate(WINDOWS) == document


@pytest.mark.parametrize("text", [RUSSIAN, RUSSIAN.upper(), "Верните деньги", "жду заказ третью неделю"])
@pytest.mark.parametrize(("encoding", "other"), [("koi8-r", "windows-1251"), ("windows-1251", "koi8-r")])
def test_of_two_claims_the_one_whose_words_are_russian_is_right(text: str, encoding: str, other: str) -> None:
    for declared, header in ((other, encoding), (encoding, other)):
        document = _document(text, declared)
        assert decode(document.encode(encoding), f"text/xml; charset={header}") == document


NEIGHBOURS = [
    "Nikdo nebere telefon, příště půjdu jinam. Žluťoučký kůň.",
    "Rohlík byl tvrdý",
    "Objednávka neprišla, nikto nedvíha. Ďakujem, nikdy viac, škoda.",
    "Nadzorno sporočilo ni pričakovano, naročila še ni",
    "Narudžba nije stigla, nitko se ne javlja. Šteta!",
    "Comanda nu a sosit, nimeni nu răspunde; pâinea era veche și rea".replace("ș", "ş"),
    "A csomag nem érkezett meg, a tűz kialudt, őrület",
    "Kenyér száraz volt",
    "Jest zimna",
    "Das Brötchen war größer, übel!",
]


@pytest.mark.parametrize("text", NEIGHBOURS)
@pytest.mark.parametrize("encoding", ["windows-1250", "iso-8859-2"])
@pytest.mark.parametrize("header", ["", *FALSE])
def test_what_the_document_names_stands_against_a_header_that_proves_nothing(
    text: str, encoding: str, header: str
) -> None:
    said = f"text/html; charset={header}" if header else "text/html"
    document = _document(text, encoding)
    assert decode(document.encode(encoding), said) == document
    page = f'<html><head><meta charset="{encoding}"><title>{text}</title></head></html>'
    assert decode(page.encode(encoding), said) == page


@pytest.mark.parametrize(
    "text", ["Même la pêche, déçu!", "Køb aldrig brød på Ærø", "Você não vê três pães", "Die Größe war übel, ärgerlich"]
)
def test_a_header_of_the_neighbours_does_not_spoil_a_western_document(text: str) -> None:
    document = _document(text, "windows-1252")
    assert decode(document.encode("cp1252"), "text/xml; charset=iso-8859-2") == document


@pytest.mark.parametrize(
    "encoding", ["iso-8859-7", "windows-1253", "windows-1255", "gb2312", "euc-kr", "shift_jis", "cp866"]
)
def test_other_claims_come_before_latin_1(encoding: str) -> None:
    texts = {"iso-8859-7": "Καλημέρα σας", "windows-1253": "Ο καφές ήταν κρύος", "windows-1255": "הקפה היה קר",
             "gb2312": "咖啡是冷的", "euc-kr": "커피가 차가웠어요", "shift_jis": "コーヒーが冷たい", "cp866": RUSSIAN}  # fmt: skip
    document = _document(texts[encoding], "iso-8859-1")
    assert decode(document.encode(encoding), f"text/xml; charset={encoding}") == document


@pytest.mark.parametrize(
    ("declared", "header"), [("gb2312", "shift_jis"), ("gbk", "windows-1251"), ("iso-8859-7", "koi8-r")]
)
def test_a_declaration_that_nobody_here_can_judge_is_believed(declared: str, header: str) -> None:
    document = _document("咖啡是冷的，服务很差" if declared.startswith("gb") else "Ο καφές ήταν κρύος", declared)
    assert decode(document.encode(declared), f"text/xml; charset={header}") == document


def test_nearly_utf_8_is_no_latin_1() -> None:
    body = _document(POLISH + RUSSIAN, "iso-8859-1").encode()[:-70]
    assert "Zażółć gęślą" in decode(body + b"\xd0", "text/xml; charset=iso-8859-1")


def test_what_decides_may_stand_behind_much_that_does_not() -> None:
    document = _document("<item>" + "<p class='x'>kawa</p>" * 5_000 + f"<p>{RUSSIAN}</p></item>", "iso-8859-1")
    assert decode(document.encode("windows-1251"), "") == document


@pytest.mark.parametrize(
    "piece", [b"\xe0", b"\xe0 ", b"a\xe0", b"<\xe0>", b"\xe0a\n", b"a", b"\xc0\xe0", b"\xbf\xb3\xb9", b"sz\xea"]
)
def test_no_guess_takes_long(piece: bytes) -> None:
    def read(length: int) -> None:
        decode(piece * (length // len(piece)) + b"\xff", "text/xml; charset=iso-8859-1")

    assert is_linear(read, 1_000_000)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_LE, "utf-32-le"),
     (codecs.BOM_UTF32_BE, "utf-32-be"), (b"", "utf-16-le"), (b"", "utf-16-be"), (b"", "utf-32-le"), (b"", "utf-32-be")],
)  # fmt: skip
def test_marks_and_wide_characters(mark: bytes, encoding: str) -> None:
    document = _document(POLISH, "utf-8")
    assert decode(mark + document.encode(encoding), "text/xml; charset=iso-8859-1") == document


def test_a_few_broken_bytes_do_not_turn_utf_8_into_something_else() -> None:
    body = _document(POLISH + RUSSIAN, "utf-8").encode().replace(b"kawa", b"ka\xffwa")
    text = decode(body, "text/xml")
    assert "ka\ufffdwa była zimna" in text
    assert RUSSIAN in text


@pytest.mark.parametrize("text", [POLISH, RUSSIAN])
@pytest.mark.parametrize("claimed", ["", "iso-8859-1", "iso-8859-2", "windows-1250", "windows-1251", "koi8-r", "cp866"])
@pytest.mark.parametrize("declared", ["", "utf-8"])
def test_utf_8_with_letters_cut_in_half_is_in_no_alphabet_of_one_byte_a_letter(
    text: str, claimed: str, declared: str
) -> None:
    """Excerpts are cut by the byte, and a server claims one encoding for all."""
    body = _document(text, declared).encode() + b"<b>abc \xd0...</b>" + b"<b>def \xc5</b>"
    assert text in decode(body, f"text/xml; charset={claimed}")


@pytest.mark.parametrize("text", [POLISH, RUSSIAN])
@pytest.mark.parametrize("header", ["", "text/xml; charset=utf-8", "text/xml; charset=iso-8859-2"])
@pytest.mark.parametrize("cut", [b"<b>\xc5x</b>", b"<b>\xc5x</b>" * 5, b"<b>abc \xd0...</b>"])
def test_letters_cut_in_half_behind_a_long_head_without_any_are_the_same(text: str, header: str, cut: bytes) -> None:
    body = _document("<item>Plain English words.</item>" * 1_000 + f"<item>{text}</item>" * 20, "utf-8").encode() + cut
    assert decode(body, header).count(text) == 20


@pytest.mark.parametrize(
    ("text", "encoding"), [(RUSSIAN, "windows-1251"), (RUSSIAN, "koi8-r"), (POLISH, "windows-1250")]
)
@pytest.mark.parametrize("header", ["", "text/xml; charset=utf-8", "text/xml; charset=iso-8859-1"])
def test_a_long_text_may_begin_in_english(text: str, encoding: str, header: str) -> None:
    document = _document("Plain English words. " * 2_000 + text)
    assert decode(document.encode(encoding), header) == document


def test_a_long_head_of_ascii_makes_no_utf_8_of_russian() -> None:
    document = _document("<item>Plain English words.</item>" * 1_000 + f"<item>{RUSSIAN}</item>" * 20)
    assert decode(document.encode("windows-1251"), "text/xml; charset=windows-1251") == document
    assert decode(document.encode("windows-1251"), "text/xml; charset=utf-8") == document


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "iso-8859-5", "cp866"])
@pytest.mark.parametrize("text", [RUSSIAN, "УЖАС!", "ёж", "рана, снаряд, старание"])
def test_russian_of_one_byte_a_letter_is_not_taken_for_broken_utf_8(text: str, encoding: str) -> None:
    assert text in decode(_document(text, encoding).encode(encoding), "text/xml; charset=utf-8")
    assert text in decode(_document(text).encode(encoding), f"text/xml; charset={encoding}")


@pytest.mark.parametrize("encoding", ["windows-1250", "iso-8859-2"])
@pytest.mark.parametrize("header", ["", "text/xml; charset=utf-8"])
def test_two_letters_that_are_no_utf_8_show_what_a_short_text_is_in(encoding: str, header: str) -> None:
    text = "Żenada, nie polecam, źle"
    assert text in decode(_document(text, "utf-8").encode(encoding), header)


def test_shift_jis_with_a_claim_is_believed() -> None:
    text = "ケーキは乾いていて、誰も謝りませんでした"
    assert text in decode(_document(text).encode("shift_jis"), "text/xml; charset=shift_jis")


def test_iso_2022_is_believed_though_it_is_ascii() -> None:
    document = _document("コーヒー", "iso-2022-jp")
    assert decode(document.encode("iso-2022-jp")) == document


@pytest.mark.parametrize(
    "name", ["unicode_escape", "idna", "punycode", "hex", "utf-7", "undefined", "nonsense", "rot13", "x" * 39]
)
def test_names_that_are_no_encodings_of_documents_are_passed_over(name: str) -> None:
    document = _document("+AGE- \\u0061 ą", name)
    assert decode(document.encode(), f"text/xml; charset={name}") == document


def test_text_encoded_twice_is_mended_and_other_text_left_alone() -> None:
    for text in (POLISH, RUSSIAN):
        assert mended_letters(text.encode().decode("latin-1")) == text
    for text in ("kawa", POLISH, RUSSIAN, "café", "Ä…", "naïve façade"):
        assert mended_letters(text) == text


@pytest.mark.parametrize("text", ["Café £5", "Żal", "One — two"])
@pytest.mark.parametrize("header", ["text/xml; charset=utf-8", "text/xml"])
def test_more_letters_cut_in_half_than_whole_are_still_utf_8_where_it_says_so(text: str, header: str) -> None:
    cut = b"<b>abc \xd0...</b><b>def \xc5</b><b>x\xd1</b><b>y\xe2\x80</b>"
    assert text in decode(_document(text, "utf-8").encode() + cut, header)


@pytest.mark.parametrize("encoding", ["windows-1250", "iso-8859-2"])
def test_polish_letters_at_the_ends_of_words_are_no_letters_cut_in_half(encoding: str) -> None:
    text = "Proszę, idę, mogę, chcę tę kawę"
    assert text in decode(_document(text, "utf-8").encode(encoding), "text/xml; charset=utf-8")


ACCIDENTS = ["В\xa0магазине грязно.", "С\xa0доставкой беда.", "Кафе «ТЕРЕМ» обмануло.", "ООО «РОСТОВ» не платит.", "КОГДА ВЕРНЁТЕ ДЕНЬГИ?",
             "ОТМЕНЁН", "МЁД", "Е№5", "НИЧЕГО НЕ ПРИШЛО, ЕЩЁ И ХАМЯТ"]  # fmt: skip
"""Texts that have two neighbours which, of one byte a letter, happen to be one letter of UTF-8."""


@pytest.mark.parametrize("accident", ACCIDENTS)
@pytest.mark.parametrize("times", [1, 30])
def test_two_bytes_that_happen_to_be_a_letter_make_no_utf_8_of_russian(accident: str, times: int) -> None:
    document = _document(f"{RUSSIAN} {accident} " * times, "utf-8")
    for said in ("", "text/xml; charset=utf-8"):
        assert decode(document.encode("windows-1251"), said) == document
    page = f'<html><head><meta charset="utf-8"></head><body><p>{RUSSIAN}</p><p>{accident}</p></body></html>'
    assert decode(page.encode("windows-1251"), "text/html") == page


@pytest.mark.parametrize("encoding", ["windows-1250", "iso-8859-2"])
def test_two_bytes_that_happen_to_be_a_letter_make_no_utf_8_of_polish(encoding: str) -> None:
    for text in (
        "Czekam, są tą proszę się chwilą. PÓŁKA",
        "Jutro idziemy z klasą na pokaz. ŁÓDŹ, SPÓŁKA",
        "Proszę, idę po nią. ÓŁ, kto tę pompkę chce?",
    ):
        document = _document(text, "utf-8")
        assert decode(document.encode(encoding), "text/xml; charset=utf-8") == document


def test_two_bytes_that_happen_to_be_a_letter_make_no_utf_8_of_koi8() -> None:
    document = _document("Заказ не пришёл, уважаемая администрация, никто не отвечает", "utf-8")
    assert decode(document.encode("koi8-r"), "text/xml; charset=utf-8") == document


@pytest.mark.parametrize("text", ["Café £5", "Żal", "One — two", "Да", "5 ★", "«Ё»", "Jest źle, tort był stary"])
@pytest.mark.parametrize(
    "cut", [b"abc \xd0...", b"abc\xd1", b"x \xe2\x80...", b"\xf0\x9f\x98", b"zamkni\xc4 ...", b"\xd0, \xd1"]
)
def test_few_whole_letters_and_more_cut_ones_at_ends_are_utf_8(text: str, cut: bytes) -> None:
    body = _document(text, "utf-8").encode() + b"<b>" + cut + b"</b>"
    for times in (1, 6):
        assert text in decode(body + cut.join([b"<b>", b"</b>"]) * times, "text/xml; charset=utf-8")


@pytest.mark.parametrize(
    "text", ["Great cake 😀😀😀", "It’s cold 😡", "Zimna kawa 😡🧁 źle", "Ужас 😡😡😡😡😡😡", "😀"]
)
@pytest.mark.parametrize("header", ["text/xml; charset=utf-8", "text/xml"])
def test_emoji_written_in_two_halves_are_joined(text: str, header: str) -> None:
    document = _document(text, "utf-8")
    units = document.encode("utf-16-le")
    halves = "".join(chr(int.from_bytes(units[at : at + 2], "little")) for at in range(0, len(units), 2))
    assert decode(halves.encode("utf-8", "surrogatepass"), header) == document


def test_bytes_of_another_encoding_in_a_text_of_utf_8_do_not_garble_its_letters() -> None:
    body = _document("£5, so źle", "utf-8").encode() + b"<b>dogs\x92  \xa0\xa0 \x96 \xa0\xa0</b>"
    assert "£5, so źle" in decode(body, "text/xml; charset=utf-8")
