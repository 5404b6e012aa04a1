"""What an edit adds to a text."""

from __future__ import annotations

import time

import pytest

from app.core.edits import Added, added_passages, added_runs, added_words, only_notes_differ, telling_words

TEXT = "Bought a loaf at the bakery, 12 comments."


@pytest.mark.parametrize(
    "after",
    [
        TEXT,
        "bakery Bought a LOAF",
        f"{TEXT} Edited 3 minutes ago",
        f"{TEXT} Edytowano 3 godziny temu · Odpowiedz",
        f"{TEXT} Отредактировано вчера в 12:04. Пожаловаться",
        f"{TEXT} 5 марта 2026 года, ещё 3 комментария",
        f"{TEXT} Dodano 3 października 2026 o 12:04, 4 polubienia",
        f"{TEXT} May 5th 2026, 14h, 3 people found this helpful",
        "",
    ],
)
def test_notes_dates_and_numbers_add_nothing(after: str) -> None:
    assert added_words(TEXT, after) == ()


def test_what_the_author_adds_is_told_as_it_was_written() -> None:
    assert added_words(TEXT, f"{TEXT} Update, 3 days later: Żądam zwrotu, żądam!") == (
        "later",
        "Żądam",
        "zwrotu",
        "żądam",
    )
    assert added_words("Great bread!", "Awful bread!") == ("Awful",)
    assert added_words("", "Хлеб ужасный") == ("Хлеб", "ужасный")


SAID = "Chleb był spleśniały, a sprzedawczyni nas wyśmiała. Żądam zwrotu pieniędzy!"
OURS = "Dzień dobry, bardzo przepraszamy za spleśniały chleb. Zwrócimy pieniądze."


@pytest.mark.parametrize(
    ("after", "passages"),
    [
        (f"{SAID} Edytowano: nadal nikt nie oddzwonił!", "Edytowano: nadal nikt nie oddzwonił"),
        (f"UPDATE: kłamią, zwrotu pieniędzy brak. {SAID}", "UPDATE: kłamią, zwrotu pieniędzy brak"),
        (SAID.replace("nas", "nas bezczelnie"), "bezczelnie"),
        (SAID.replace("wyśmiała", "okradła").replace("Żądam", "Domagam się"), "okradła. Domagam się"),
        (f"{SAID} Odpowiedź właściciela jest chamska.", "Odpowiedź właściciela jest chamska"),
        ("Zupełnie co innego: oszuści", "Zupełnie co innego: oszuści"),
        (f"{SAID} 13 likes, edited 3 minutes ago", ""),
        (SAID.partition(".")[0], ""),
        (SAID.replace("wyśmiała", "wysmialaa").replace("zwrotu", "zwrot"), ""),
        (SAID.replace("wyśmiała", "wy śmiała"), ""),
        ("Żądam zwrotu pieniędzy, chleb był spleśniały!", ""),
        (f"{SAID}\nOdpowiedź od właściciela (2 dni temu)\n{OURS}", ""),
        (f"{SAID} Response from the owner: {OURS}", ""),
        (f"{SAID}\nОтвет компании:\n{OURS}", ""),
        ("", ""),
    ],
)
def test_the_passages_of_an_author(after: str, passages: str) -> None:
    assert added_passages(SAID, after).passages == passages


def test_what_was_said_before_or_by_others_is_no_passage() -> None:
    more = "Nadal nikt nie oddzwonił"
    assert added_passages(SAID, f"{SAID} {more}", known=f"{SAID} {more}") == Added()
    assert added_passages(SAID, f"{SAID} {more}", of_place=("nadal", "nikt", "nie", "oddzwonil")) == Added()
    assert added_passages(SAID, f"{SAID} Sklep: {OURS} {more}.", replies=OURS).passages == more
    bare = f"{SAID} Sklep – {OURS} {more}."
    assert added_passages(SAID, bare, replies=OURS).passages == f"Sklep … {more}"
    answered = f"{SAID} Odpowiedź właściciela: {OURS}"
    assert added_passages(answered, f"{answered} {more}.").passages == more


@pytest.mark.parametrize(
    ("before", "after", "within"),
    [
        (
            "Great! No delays at all.",
            "Great! No delays or broken parcels at all.",
            "No delays or broken parcels at all",
        ),
        ("Nigdy żadnych problemów", "Nigdy żadnych problemów z brudem", "Nigdy żadnych problemów z brudem"),
        ("Ни разу не обманули!", "Ни разу не обманули и не хамили!", "Ни разу не обманули и не хамили"),
        ("Kocham ten sklep", "Kocham ten okropny sklep", "Kocham ten okropny sklep"),
        ("Kocham ten sklep", "Kocham ten sklep. Okropny!", "Okropny"),
        ("Kocham ten sklep", "Kocham ten sklep okropny brud", "okropny brud"),
        ("Nie ma lepszego", "Nie ma lepszego dzisiaj okropny brud", "dzisiaj okropny brud"),
        ("Nie ma lepszego", "Nie ma lepszego UPD okropny brud", "UPD okropny brud"),
        (
            "No delays",
            "No delays two weeks later it broke and they laughed",
            "two weeks later it broke and they laughed",
        ),
        ("Great!", "Great!\n> Awful liars\nNo, they are fine.", "\n> Awful liars\nNo, they are fine"),
        ("Great!", "Great! [quote=Jan]Awful[/quote] Why?", "[quote=Jan]Awful[/quote] Why"),
        ("Best rolls, kind people", "Worst rolls, rude people", "Worst rolls, rude people"),
    ],
)
def test_a_passage_is_understood_in_its_sentence(before: str, after: str, within: str) -> None:
    assert added_passages(before, after).within == f"…\n{within}"


def test_of_a_long_text_the_new_words_are_told() -> None:
    long = " ".join(f"słowo{'abcdefgh'[n % 8]}{'ijklmnop'[n // 8 % 8]}{n}" for n in range(2_000))
    for added in (
        f"Oszuści i złodzieje. {long}",
        f"{long} Oszuści i złodzieje",
        long.replace(" ", " Oszuści i złodzieje ", 1),
    ):
        assert added_passages(long, added).passages == "Oszuści i złodzieje"
    moved = " ".join(reversed(long.split()))
    assert added_passages(long, f"{moved} Oszuści i złodzieje").passages == "Oszuści i złodzieje"


def test_what_a_long_text_denies_it_denies_also_where_its_words_stand_elsewhere() -> None:
    long = " ".join(f"word{'abcdefgh'[n % 8]}{'ijklmnop'[n // 8 % 8]}{n}" for n in range(1_300))
    before = f"Nothing was said there. {long}"
    after = f"{' '.join(reversed(long.split()))}. There nothing broken was said."
    assert added_passages(before, after).within == "…\nThere nothing broken was said"
    rewritten = f"{' '.join(reversed(long.split()))}. Liars and thieves there was nothing said said there was cheats."
    assert added_passages(before, rewritten).passages == "Liars and thieves … cheats"


@pytest.mark.parametrize(
    ("after", "runs"),
    [
        (f"{TEXT} Top of the page", {("top", "of", "the"), ("of", "the", "page")}),
        (f"Never again. {TEXT}", set()),
        (f"{TEXT} Awful", set()),
        (TEXT, set()),
        ("", set()),
    ],
)
def test_what_a_place_may_add_is_a_row_of_words(after: str, runs: set[tuple[str, ...]]) -> None:
    assert added_runs(TEXT, after) == runs


@pytest.mark.parametrize(
    ("after", "same"),
    [
        (f"{TEXT} Edited 3 minutes ago", True),
        (TEXT.replace("12", "13"), True),
        (f"{TEXT} Awful!", False),
        (TEXT.replace("loaf", "roll"), False),
        (f"12 likes {TEXT}", False),
    ],
)
def test_counters_that_move_nothing_leave_the_words_where_they_were(after: str, same: bool) -> None:
    assert only_notes_differ(TEXT, after) is same


@pytest.mark.parametrize("flood", ["\n", "\n ", "? ", "odpowiedź od ", "." + " " * 9, "abcdefghij"])
def test_floods_take_little_time(flood: str) -> None:
    text = (flood * 50_000)[:50_000]
    began = time.process_time()
    added_passages(f"Zimno. {text}", f"Zimno. x{text[:-1]}y")
    assert time.process_time() - began < 1.0


def test_a_text_is_known_by_its_words_without_numbers_and_notes() -> None:
    assert telling_words(f"{TEXT} Edited 3 minutes ago, 4 likes") == telling_words(TEXT)
    assert telling_words(f"{TEXT} Awful!") == telling_words(TEXT) | {"awful"}
