"""How far what was learnt is believed beside the lexicon, by the kind of text. The reasons stand in the model card."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import exp, log
from typing import NamedTuple

from app.detect.concepts import Role

_ADDRESSED = re.compile(r"@\w|#[^\W\d]")
"""An account or a tag, as posts of social networks bear them; «#12» is a number."""

_NAME = re.compile(r" (?<=[\w,] )[A-ZĄĆĘŁŃÓŚŹŻА-ЯЁ][a-ząćęłńóśźżа-яё]")
_MOST_NAMED = 0.6
_BEFORE_NAMES = "\"'(«„“‘"
_LOOKED_AT = 400
"""Characters from the beginning in which names are counted: longer texts are no headlines."""

_DASHES = ("- ", "– ", "— ")
_REPORTED = re.compile(r"[,!?\"'»”]\s?[-–—]\s")
"""What stands between somebody's words and who said them: «We are sorry», - said the manager."""

_VOICES = (f" {Role.PERSON}", f" {Role.WHY}")
_STRANGE_IN_OWN = 0.5
"""What strange words count in the shop's own channels: see docs/decisions/0020."""

_PRAISE = 2
"""The place of praise among the odds of the kinds; that of a complaint is 0."""

_FEWEST_WORDS, _MOST_WORDS = 4, 25


class Style(NamedTuple):
    """How a text is written: its length in words, whether it is a post, whether somebody speaks or is spoken to.

    `strange` is the share of its words that complaints do not use, names apart, `named` that of words inside sentences
    that begin with a capital letter; `reported` is whether words of somebody else are told. `plain` is how plainly bad
    words stand in it, 0 to 1.
    """

    words: int
    post: bool
    spoken: bool
    strange: float = 0.0
    named: float = 0.0
    reported: bool = False
    plain: float = 0.0

    def in_own_channel(self) -> Style:
        """Return it as it counts where customers write and no news comes by: names say nothing, strange words say less."""
        return self._replace(strange=_STRANGE_IN_OWN * self.strange, named=0.0)


def style_of(text: str, words: int, concepts: Iterable[str], strange: int, bad: float = 0.0) -> Style:
    """Return the style of a text in which these concepts were found, each named by its kin, and so many strange words.

    `bad` are the units of evidence for a complaint that its words bring.
    """
    post = ("@" in text or "#" in text) and _ADDRESSED.search(text) is not None
    return Style(
        words,
        post,
        any(name.endswith(_VOICES) for name in concepts),
        strange_share(strange, words),
        _named(text[:_LOOKED_AT]),
        any(dash in text for dash in _DASHES) and _REPORTED.search(text) is not None,
        max(0.0, min(1.0, bad)),
    )


def _named(text: str) -> float:
    return min(_MOST_NAMED, len(_NAME.findall(text)) / (text.count(" ") + 1))


def is_name(piece: str) -> bool:
    """Tell whether a piece of text begins as names do, «Joe's», «"Uroda»; words that begin a sentence do as well."""
    word = piece.lstrip(_BEFORE_NAMES)
    return word[:1].isupper() and word[1:2].islower()


def strange_share(strange: int, words: int) -> float:
    """Return the share of words that complaints do not use; signs that they do not use count as words do."""
    return min(1.0, strange / max(1, words))


@dataclass(frozen=True, slots=True)
class Balance:
    """Weights of the lexicon's log-odds and of the learnt ones, for ordinary texts and for posts of social networks.

    `praise` is what the odds against praise count besides; `unspoken` is taken away where nobody speaks or is spoken to, as
    in headlines. `strange` and `named` are taken away for a text all of whose words are such, and in part for others;
    `excused` is the share of `named` that a text with plainly bad words is spared: it names whom it complains of.
    `reported` is taken away where somebody's words are told by another. `length` tells how much more the evidence of a short text
    says, and how much less that of a long one: it is multiplied by (words / `usual`) ** -`length`, for 4 to 25 words.
    `bare` is taken away from a single word that does not plainly speak of something bad («video», «second»), and less from
    two and three: what was learnt of words among others says little of them alone.
    """

    lexicon: float = 1.0
    learnt: float = 1.0
    post_lexicon: float = 1.0
    post_learnt: float = 1.0
    praise: float = 0.0
    unspoken: float = 0.0
    strange: float = 0.0
    named: float = 0.0
    excused: float = 0.0
    reported: float = 0.0
    length: float = 0.0
    usual: float = 15.0
    bare: float = 0.0

    def odds(self, lexicon: float, kinds: Sequence[float], style: Style) -> float:
        """Return the log-odds of a complaint, given the lexicon's and those of the kinds."""
        share = self.post_learnt if style.post else self.learnt
        told = share * (kinds[0] - log_sum(kinds[1:])) + self.praise * (kinds[0] - kinds[_PRAISE])
        known = (self.post_lexicon if style.post else self.lexicon) * lexicon
        return (known + told) * self._weight(style.words) + self._of_style(style)

    def learnt_share(self, style: Style) -> float:
        """Return what log-odds that were learnt count in a text."""
        return (self.post_learnt if style.post else self.learnt) * self._weight(style.words)

    def _of_style(self, style: Style) -> float:
        odds = -self.strange * style.strange - self.named * style.named * (1.0 - self.excused * style.plain)
        if style.reported:
            odds -= self.reported
        if style.words < _FEWEST_WORDS:
            odds -= self.bare * ((_FEWEST_WORDS - max(1, style.words)) / (_FEWEST_WORDS - 1)) ** 2 * (1.0 - style.plain)
        return odds if style.post or style.spoken else odds - self.unspoken

    def _weight(self, words: int) -> float:
        if not self.length:
            return 1.0
        return float((max(_FEWEST_WORDS, min(_MOST_WORDS, words)) / self.usual) ** -self.length)

    def as_header(self) -> dict[str, float]:
        """Return it as it stands in a weights file."""
        return asdict(self)


def balance_of(header: Mapping[str, float]) -> Balance:
    """Return what a weights file says."""
    return Balance(**header)


def log_sum(odds: Sequence[float]) -> float:
    """Return the log-odds of any of these."""
    most = max(odds)
    return most + log(sum([exp(value - most) for value in odds]))


def probability(odds: float) -> float:
    """Return what log-odds come to; beyond thirty nothing changes."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds))))
