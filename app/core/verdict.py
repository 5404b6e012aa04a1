"""A verdict: what a mention is, how sure that is, how bad, and the words that decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from math import exp, log


class Kind(StrEnum):
    """What a mention is to the shop."""

    COMPLAINT = "complaint"
    QUESTION = "question"
    PRAISE = "praise"
    LEAD = "lead"
    NEUTRAL = "neutral"


class Severity(IntEnum):
    """How bad a complaint is."""

    GRUMBLE = 0
    PROBLEM = 1
    MONEY_OR_REPEATED = 2
    DANGER = 3


class Cause(StrEnum):
    """What a complaint is about."""

    DELIVERY = "delivery"
    ORDER = "order"
    QUALITY = "quality"
    SERVICE = "service"
    MONEY = "money"
    WAITING = "waiting"
    TECHNICAL = "technical"
    HONESTY = "honesty"
    SAFETY = "safety"
    PLACE = "place"
    OTHER = "other"


class Among(StrEnum):
    """What a mention stands among where it was heard: all that people write, news, or what is said to the shop."""

    ANYTHING = "anything"
    NEWS = "news"
    OWN = "own"


NEWS_LEAN = -1.0
"""Log-odds by which the bell takes what a search of news brings: two thirds to nine tenths fewer of them ring (record 0020)."""


COMPLAINT_FROM = 0.5
"""Score from which a text is a complaint."""

FEW_STARS = 2.75
"""Stars out of five below which a review is a complaint, but for plain praise."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A span that decided: code points [start, end) of `judged_text`, and its share of the score. Stars are no span."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """`score` is the probability of being a complaint, 0 to 1; `reasons` point into `judged_text(title, text)`.

    The weights of the reasons, where there are any, sum to the score. Of a review with one or two stars out of five they
    are those that the words would have without the stars, and sum to the score of the words alone: the rest is the stars'.
    `cause` is None where the text is no complaint. `lean` is the log-odds by which the bell takes it for surer to be
    a complaint than the score says, or less sure: by its language and by how far its words are those of complaints.
    """

    kind: Kind
    score: float
    severity: Severity = Severity.GRUMBLE
    reasons: tuple[Reason, ...] = ()
    cause: Cause | None = None
    lean: float = 0.0

    @property
    def by_words(self) -> float:
        """What the words bring of the score; where it is less than the score, stars bring the rest, or no word tells."""
        return sum(why.weight for why in self.reasons)

    @property
    def level(self) -> float:
        """How sure the bell takes it to be: the score and its lean; 0 to 1, the bell rings from one level on.

        What is no complaint is never leant up: the bell would ring for what stands in no list of complaints.
        """
        if not 0.0 < self.score < 1.0 or not self.lean or (self.lean > 0.0 and self.kind is not Kind.COMPLAINT):
            return self.score
        odds = self.score / (1.0 - self.score) * exp(self.lean)
        return odds / (1.0 + odds)

    def heard_among(self, among: Among) -> Verdict:
        """Return the verdict as the bell takes it where the mention was heard: readier where no news comes by."""
        if among is Among.NEWS:
            return replace(self, lean=self.lean + NEWS_LEAN)
        return replace(self, lean=0.0) if among is Among.OWN and self.lean < 0.0 else self


def lean_between(score: float, level: float) -> float:
    """Return the lean that makes this level of this score."""
    if score == level or not (0.0 < score < 1.0 and 0.0 < level < 1.0):
        return 0.0
    return log(level / (1.0 - level)) - log(score / (1.0 - score))


def judged_text(title: str, text: str) -> str:
    """Return the one string a detector judges and reasons point into: the title on a line of its own, then the text.

    A title that the text begins with (as many feeds do) is left out.
    """
    if not title or text.startswith(title.rstrip("….")):
        return text or title
    return f"{title}\n{text}" if text else title
