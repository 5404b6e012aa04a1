"""What counts how much, by the style of a text."""

from __future__ import annotations

import math

import pytest

from app.detect.balance import Balance, Style, balance_of, is_name, log_sum, style_of

PLAIN = Style(15, post=False, spoken=True)
POST = Style(15, post=True, spoken=True)
KINDS = (1.0, 0.0, 0.0, 0.0, 0.0)
TOLD = 1.0 - math.log(4)
"""The odds of a complaint against any other kind that `KINDS` come to."""


@pytest.mark.parametrize(
    ("text", "concepts", "style"),
    [
        ("cold soup", (), Style(2, post=False, spoken=False)),
        ("@shop cold soup", ("me person",), Style(2, post=True, spoken=True)),
        ("#soup is cold", ("why why",), Style(2, post=True, spoken=True)),
        ("order #1234 is late", ("bad complaint",), Style(2, post=False, spoken=False)),
        ("me @ home", (), Style(2, post=False, spoken=False)),
    ],
)
def test_the_style_of_a_text(text: str, concepts: tuple[str, ...], style: Style) -> None:
    assert style_of(text, 2, concepts, 0) == style


def test_posts_and_other_texts_weigh_lexicon_and_learnt_differently() -> None:
    balance = Balance(lexicon=1.0, learnt=0.5, post_lexicon=2.0, post_learnt=0.25)
    assert balance.odds(3.0, KINDS, PLAIN) == pytest.approx(3.0 + 0.5 * TOLD)
    assert balance.odds(3.0, KINDS, POST) == pytest.approx(6.0 + 0.25 * TOLD)
    assert (balance.learnt_share(PLAIN), balance.learnt_share(POST)) == (0.5, 0.25)


def test_what_speaks_against_praise_counts_besides() -> None:
    kinds = (1.0, 0.0, -2.0, 0.0, 0.0)
    with_praise, without = Balance(praise=0.1), Balance()
    assert with_praise.odds(0.0, kinds, PLAIN) - without.odds(0.0, kinds, PLAIN) == pytest.approx(0.3)


def test_a_headline_in_which_nobody_speaks_has_less_and_a_post_has_not() -> None:
    balance = Balance(unspoken=0.5)
    silent = balance.odds(2.0, KINDS, PLAIN._replace(spoken=False))
    assert balance.odds(2.0, KINDS, PLAIN) - silent == pytest.approx(0.5)
    assert balance.odds(2.0, KINDS, POST._replace(spoken=False)) == balance.odds(2.0, KINDS, POST)


@pytest.mark.parametrize(
    ("text", "named", "reported"),
    [
        ("Hamm and Chelsea beat West Ham", 3 / 6, False),
        ("It was Late. We left", 1 / 5, False),
        ("Доехали до Москвы за день", 1 / 5, False),
        ("WE WAITED AND WAITED", 0.0, False),
        ("We Are The Best", 0.6, False),
        ("«Nobody came», - said the manager", 0.0, True),
        ("we are sorry, — he wrote", 0.0, True),
        ("the soup - cold, the bread-stale", 0.0, False),
    ],
)
def test_names_and_words_of_others_are_seen(text: str, named: float, reported: bool) -> None:
    style = style_of(text, len(text.split()), (), 0)
    assert (style.named, style.reported) == (pytest.approx(named), reported)


def test_strange_words_are_a_share_of_all() -> None:
    assert style_of("a b c d", 4, (), 1).strange == 0.25
    assert style_of("?? !!", 0, (), 2).strange == 1.0


def test_strange_words_names_and_words_of_others_take_away() -> None:
    balance = Balance(strange=4.0, named=3.0, reported=1.5)
    whole = balance.odds(2.0, KINDS, PLAIN)
    assert whole - balance.odds(2.0, KINDS, PLAIN._replace(strange=0.5)) == pytest.approx(2.0)
    assert whole - balance.odds(2.0, KINDS, PLAIN._replace(named=0.1)) == pytest.approx(0.3)
    assert whole - balance.odds(2.0, KINDS, PLAIN._replace(reported=True)) == pytest.approx(1.5)


def test_who_plainly_complains_may_name_whom() -> None:
    balance = Balance(named=4.0, excused=0.5)
    whole, named = balance.odds(2.0, KINDS, PLAIN), PLAIN._replace(named=0.25)
    taken = [whole - balance.odds(2.0, KINDS, named._replace(plain=plain)) for plain in (0.0, 0.5, 1.0)]
    assert taken == pytest.approx([1.0, 0.75, 0.5])
    assert [style_of("cold soup", 2, (), 0, bad).plain for bad in (-1.0, 0.5, 7.0)] == [0.0, 0.5, 1.0]


def test_a_word_or_two_alone_say_little_unless_they_are_plainly_bad() -> None:
    balance = Balance(bare=9.0)
    whole = balance.odds(2.0, KINDS, PLAIN)
    taken = [whole - balance.odds(2.0, KINDS, PLAIN._replace(words=words)) for words in (0, 1, 2, 3, 4)]
    assert taken == pytest.approx([9.0, 9.0, 4.0, 1.0, 0.0])
    assert whole - balance.odds(2.0, KINDS, PLAIN._replace(words=1, plain=1.0)) == pytest.approx(0.0)


def test_where_no_news_comes_by_names_say_nothing_and_strange_words_half_as_much() -> None:
    balance = Balance(strange=4.0, named=2.0)
    whole, there = balance.odds(2.0, KINDS, PLAIN), PLAIN._replace(strange=0.5, named=0.5)
    assert whole - balance.odds(2.0, KINDS, there) == pytest.approx(3.0)
    assert whole - balance.odds(2.0, KINDS, there.in_own_channel()) == pytest.approx(1.0)
    assert PLAIN.in_own_channel() == PLAIN


@pytest.mark.parametrize("piece", ["Joe's", "«Уют»", '"Uroda,', "(Łasuch)", "Ёлка", "TechFix."])
def test_a_name_is_known_by_its_capital(piece: str) -> None:
    assert is_name(piece)


@pytest.mark.parametrize("piece", ["", "soup", "ПЛОХО", "7th", "A", "«", "«хлеб»", "iPhone"])
def test_other_pieces_are_no_names(piece: str) -> None:
    assert not is_name(piece)


def test_the_same_evidence_says_more_in_a_short_text_within_bounds() -> None:
    balance = Balance(length=0.5)
    odds = {words: balance.odds(2.0, KINDS, PLAIN._replace(words=words)) for words in (0, 2, 4, 15, 25, 400)}
    assert odds[4] > odds[15] > odds[25]
    assert odds[0] == odds[2]
    assert odds[25] == odds[400]
    assert odds[15] == pytest.approx(2.0 + TOLD)


def test_it_is_kept_in_a_weights_file() -> None:
    balance = Balance(learnt=0.7, unspoken=0.5, length=0.33)
    assert balance_of(balance.as_header()) == balance


def test_the_odds_of_any_of_several() -> None:
    assert log_sum([0.0, 0.0]) == pytest.approx(math.log(2))
    assert log_sum([1000.0, 0.0]) == 1000.0
