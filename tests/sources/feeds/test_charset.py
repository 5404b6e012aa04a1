"""Which encoding the bytes are really in."""

from __future__ import annotations

import codecs

import pytest

from app.sources.feeds.charset import decode, mended_letters

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
