"""The detector: what lexicon and trained weights say of a text, and what the owner taught, brought to one verdict."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.core.bands import RING_AT
from app.core.correction import Correction, Label
from app.core.problems import Problem
from app.core.text import composed, fold
from app.core.verdict import COMPLAINT_FROM, Among, Cause, Kind, Severity, Verdict, judged_text
from app.detect.balance import balance_of, probability, style_of
from app.detect.composing import in_the_original, is_composed
from app.detect.decision import BIAS, STARS_SURE, decide
from app.detect.filler import without_filler
from app.detect.found import TELLING, Read, by_rule, is_full, with_rating
from app.detect.hashed import rows_of
from app.detect.lanes import Lanes
from app.detect.language import OTHER, guess_language
from app.detect.learning import NOTHING_TAUGHT, Lesson, learn, learnable
from app.detect.lexicon import LANGUAGES, Lexicons
from app.detect.linear import Features, Linear, features_of
from app.detect.own_words import Names, names_of, own_words, reached, without_links
from app.detect.pieces import REMEMBERED, Entry, Pieces, sums_of
from app.detect.quotes import blank, is_answer
from app.detect.ratings import Rating, rating_in
from app.detect.reading import read, strengths
from app.detect.reasons import reasons_of
from app.detect.repeats import repeats, without_repeats
from app.detect.spelling import Spelling
from app.detect.titled import below, is_apart
from app.detect.told import as_told, print_of
from app.detect.undelivered import never_came
from app.detect.weights import read_weights
from app.detect.wording import wording_of

LONGEST = 6_000
"""Characters of a text that are judged: a complaint says early that it is one, and time stays bounded.

Of a longer text that names the shop, the sentences about it are chosen first, wherever they stand.
"""

PLAINLY = 0.7
"""Units of evidence of bad words from which a text without what may be a name is believed to be a complaint."""

SPELT = 60
"""Words up to which a text is read once more as it was meant if it would not ring: in longer ones a few mistyped do not matter."""

GUESSED = 0.5
"""Log-odds by which the bell is less sure of what a text was meant to say, outside own channels: rare right words are mended too."""

KINDS = (Kind.COMPLAINT, Kind.QUESTION, Kind.PRAISE, Kind.LEAD, Kind.NEUTRAL)
"""The columns of the weights of kinds."""

AGAINST = (1.0, -0.2, -0.2, -0.1, -0.5)
"""How the columns count when it is told which words spoke for a complaint: as against the other kinds, most of them none."""

STARRED = 4.0
"""Log-odds of praise that four and five stars bring."""

DANGER_SURE = 1.5
"""Log-odds of a complaint that plain words of danger bring at the least in the shop's own channels: a score of 0.82.

There «food poisoning» is somebody's own; elsewhere most who write of it share news.
"""

_DANGER_WORTH = 1.0
"""Units of evidence from which words of danger are plain: denied, faded or half said ones are not."""

_WORD = re.compile(r"[^\W\d_]")
_LETTERS = re.compile(r"[^\W\d_]+")
_SEVERITIES = tuple(str(int(severity)) for severity in Severity)
TRAITS = (*(cause.value for cause in Cause), *_SEVERITIES)
"""The columns of the weights of traits: causes, then severities."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The weights as they are added up."""

    header: Mapping[str, Any]
    kinds: Lanes
    traits: Lanes
    usual: bytes
    wording: bytes


class _Trained:
    """The weights for texts of one language."""

    def __init__(self, weights: _Loaded, language: str) -> None:
        header = weights.header
        self._kinds = Linear(weights.kinds, header["concepts"], header["bias"])
        self._traits = Linear(weights.traits, header["trait_concepts"], header["trait_bias"])
        self._balance = balance_of(header["balance"])
        line: list[float] = header["calibration"][language]
        self._slope, self._shift = line
        self._severe: float = header["severe"]
        self._lean: float = header["lean"][language]
        self._wording: float = header["wording"][language]

    def odds(self, found: Read, features: Features) -> list[float]:
        """Return the log-odds of the kinds as trained, without those of the lexicon."""
        odds = self._kinds.odds(features, found.sums.total, found.concepts)
        if found.stars is not None and 3.75 < found.stars <= 5.0:
            odds[KINDS.index(Kind.PRAISE)] += STARRED
        return odds

    def score_odds(self, found: Read, odds: Sequence[float], *, starless: bool = False) -> float:
        """Return the calibrated log-odds of a complaint; `starless`: those of the words, where stars speak for one."""
        told = found.decision.odds - found.decision.stars if starless else found.decision.odds
        return self._slope * self._balance.odds(told, odds, found.style) + self._shift

    def lean(self, found: Read) -> float:
        """Return the log-odds by which the bell takes it for surer that this is a complaint than its score says."""
        return self._lean + self._wording * wording_of(found.sums.wording, found.style.words)

    def shares(self, found: Read) -> list[float]:
        """Return the log-odds of a complaint that each piece brings, about."""
        factor = self._slope * self._balance.learnt_share(found.style)
        return [factor * share for share in self._kinds.shares(found.entries, AGAINST)]

    def traits(self, found: Read, features: Features) -> tuple[Severity, Cause]:
        """Return how bad a complaint is and what it is about."""
        decision = found.decision
        odds = self._traits.odds(features, features.trait_total(self._traits.lanes), found.concepts)
        odds[len(Cause) + int(decision.severity)] += self._severe
        causes, severities = odds[: len(Cause)], odds[len(Cause) :]
        severity = Severity(severities.index(max(severities)))
        if decision.severity is Severity.DANGER:  # plain words of danger are few and seldom mistaken
            severity = Severity.DANGER
        cause = tuple(Cause)[causes.index(max(causes))]
        if cause is Cause.QUALITY and never_came(found.own, {hit.concept.name for hit, _ in decision.causes}):
            cause = Cause.DELIVERY
        return severity, cause


@dataclass(frozen=True, slots=True)
class _Language:
    """What texts of one language are judged by; None where there are no weights."""

    pieces: Pieces
    trained: _Trained | None
    spelling: Spelling


class LearningDetector:
    """Judges texts. Implements `Detector`; thread-safe; no network.

    `resources` is the folder that holds `detect/` with the lexicons and the weights, read when first needed. A file
    that cannot be read is told by `problems`; without weights, and where there is not one word, the lexicon judges alone.
    `remembered` is how many pieces of text it knows again.
    """

    def __init__(self, resources: Path, remembered: int = REMEMBERED) -> None:
        self._folder = resources / "detect"
        self._remembered = remembered
        self._lexicons = Lexicons(self._folder)
        self._lock = threading.RLock()
        self._weights: _Loaded | Problem | None = None
        self._languages: dict[str, _Language] = {}
        self._common: frozenset[int] = frozenset()
        self._named: tuple[tuple[str, ...], ...] = ((), (), ())
        self._names = Names()
        self._corrections: tuple[Correction, ...] = ()
        self._taught = NOTHING_TAUGHT
        self._told: dict[str, bool] = {}

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the files: «detect.no_lexicon», «detect.bad_lexicon_line», «detect.no_weights»."""
        weights = self._loaded()
        return (*self._lexicons.problems(), *([weights] if isinstance(weights, Problem) else []))

    def learn(self, corrections: Sequence[Correction]) -> None:
        with self._lock:
            if tuple(corrections) != self._corrections:
                self._corrections = tuple(corrections)
                self._study()

    def name(self, shop: Sequence[str], competitors: Sequence[str], wanted: Sequence[str] = ()) -> None:
        with self._lock:
            if (named := (tuple(shop), tuple(competitors), tuple(wanted))) != self._named:
                self._named, self._names = named, names_of(*named)
                self._study()

    def read(
        self,
        text: str,
        *,
        title: str = "",
        stars: float | None = None,
        language: str = "",
        own: bool = False,
        wanted_too: bool = True,
        meant: Mapping[str, str] | None = None,
    ) -> Read:
        """Return what the lexicon finds in `judged_text(title, text)`, of which at most `LONGEST` characters count.

        `wanted_too` is whether what watches require and may be names is left out as the shop's own name is; `meant` tells
        what is to be read for pieces of the text.
        """
        names = self._names
        whole = judged_text(title, text)
        judged = reached(whole, names, LONGEST) if len(whole) > LONGEST else whole
        given = stars if stars is not None and 0.0 < stars <= 5.0 else None
        if own or given is not None:
            judged = without_links(judged)
        said = len(whole) - len(text) if text else 0
        words = own_words(judged, names, said=said, longest=LONGEST, wanted_too=wanted_too)
        rating = rating_in(words, titled=said > 0, own=own) if given is None else None
        if rating is not None and rating.is_low:
            given = rating.stars
            words = words[: rating.start] + blank(words[rating.start : rating.end]) + words[rating.end :]
        found = self._read(words, given, language, rating, own=own, meant=meant or {})
        if rating is not None and not rating.is_low and not found.decision.causes:
            return replace(found, decision=decide(found.reading, rating.stars), stars=rating.stars)
        return found

    def _read(
        self,
        words: str,
        stars: float | None,
        language: str,
        rating: Rating | None,
        *,
        own: bool,
        meant: Mapping[str, str],
    ) -> Read:
        found = guess_language(words, self._lexicons.telling(), language)
        if found == OTHER:  # words would be taken for others that look alike; emoji and signs are everybody's
            words, found = _LETTERS.sub(lambda word: " " * len(word[0]), words), ""
        of = self._of(found).pieces.__getitem__
        if meant:
            of = _as_meant(of, meant)
        entries = list(map(of, pieces := words.split()))
        if (left := without_filler(words, entries)) != words:
            rest = self._read(left, stars, language, rating, own=own, meant=meant)
            if rest.style.plain >= 1.0:
                return rest
        if repeats(pieces):
            words = without_repeats(words)
            entries = list(map(of, pieces := words.split()))
        known = [entry.known for entry in entries]
        reading = read(known)
        concepts = strengths(reading)
        decision = decide(reading, stars)
        bad = sum([worth for _, worth in decision.causes])
        sums = sums_of(entries)
        style = style_of(words, reading.words, concepts, sums.strange, bad)
        if own:
            style = style.in_own_channel()
        return Read(found, words, style, pieces, entries, sums, known, reading, concepts, decision, stars, rating)

    def judge(
        self, text: str, *, title: str = "", stars: float | None = None, language: str = "", own: bool = False
    ) -> Verdict:
        if is_composed(text) and is_composed(title):
            return self._judge(text, title, stars, language, own=own)
        verdict = self._judge(composed(text), composed(title), stars, language, own=own)
        return replace(verdict, reasons=in_the_original(verdict.reasons, judged_text(title, text)))

    def _judge(self, text: str, title: str, stars: float | None, language: str, *, own: bool) -> Verdict:
        verdict = self._as_it_stands(text, title, stars, language, own=own)
        if not self._is_apart(title, text):
            return verdict
        answers = verdict.kind is Kind.COMPLAINT and is_answer(title)
        unheard = not _rings(verdict, own=own) and (own or self.read(text, language=language).style.spoken)
        if not (answers or unheard):
            return verdict
        alone = below(title, text, self._as_it_stands(text, "", stars, language, own=own))
        if answers and alone.kind is Kind.PRAISE and alone.score < TELLING:
            return alone
        other = (
            _worse(verdict, alone if own else replace(alone, lean=alone.lean - GUESSED), own=own)
            if unheard
            else verdict
        )
        is_praised = other is not verdict and self.judge("", title=title, own=own).kind is Kind.PRAISE
        return verdict if is_praised else other

    def _is_apart(self, title: str, text: str) -> bool:
        """Say whether a text counts without its title as well: it is not about the competitor whom that names."""
        if not is_apart(title, text):
            return False
        return self._names.competitors is None or self._names.competitors.search(fold(title)) is None

    def _as_it_stands(self, text: str, title: str, stars: float | None, language: str, *, own: bool) -> Verdict:
        found = self.read(text, title=title, stars=stars, language=language, own=own, wanted_too=False)
        verdict = self._verdict(found, title, text, own=own)
        if self._may_name(found):
            nameless = self.read(text, title=title, stars=stars, language=language, own=own)
            if nameless.style.plain >= PLAINLY:
                verdict = _worse(verdict, self._verdict(nameless, title, text, own=own))
        if verdict.level >= RING_AT or found.style.words > SPELT:
            return verdict
        language = found.language or self._likeliest(found.pieces)
        if not (meant := self._of(language).spelling.mended(found.pieces)):
            return verdict
        well_spelt = self.read(
            text, title=title, stars=stars, language=language, own=own, wanted_too=False, meant=meant
        )
        other = self._verdict(well_spelt, title, text, own=own)
        return _worse(verdict, other if own else replace(other, lean=other.lean - GUESSED))

    def _likeliest(self, pieces: Sequence[str]) -> str:
        """Return the language by which the fewest words of a text are mistyped, where no common word tells."""
        return min(LANGUAGES, key=lambda language: self._of(language).spelling.strangers(pieces))

    def _may_name(self, found: Read) -> bool:
        """Say whether something stands in a text that watches require and that may be a name."""
        wanted = self._names.wanted
        return wanted is not None and wanted.search(fold(found.own)) is not None

    def _verdict(self, found: Read, title: str, text: str, *, own: bool) -> Verdict:
        if (trained := self._of(found.language).trained) is None or not _WORD.search(found.own):
            verdict = by_rule(found)
            label = self._told.get(print_of(judged_text(title, text)[:LONGEST])) if self._told else None
            return verdict if label is None else as_told(verdict, complaint=label)
        features = features_of(found.entries)
        odds = trained.odds(found, features)
        complaint, lean = _floored(found, trained.score_odds(found, odds), own=own), trained.lean(found)
        by_words = complaint
        if found.decision.stars > 0.0:
            by_words = _floored(found, trained.score_odds(found, odds, starless=True), own=own)
            complaint = max(complaint, STARS_SURE)
        if found.stars is not None:
            lean = max(lean, 0.0)  # it keeps news from ringing, and a review is none
        if (taught := self._taught) is not NOTHING_TAUGHT:
            told = taught.odds(learnable(features, found.concepts, self._common))
            complaint, by_words = complaint + told, by_words + told
            lean = max(lean, min(0.0, lean + told))  # what the owner calls a complaint is not held back by its wording
        score = probability(complaint)
        kind, severity, cause = KINDS[odds.index(max(odds[1:]), 1)], Severity.GRUMBLE, None
        if kind is Kind.NEUTRAL and is_full(found):
            kind = Kind.PRAISE  # whatever is said with them
        if score >= COMPLAINT_FROM:
            kind = Kind.COMPLAINT
            severity, cause = trained.traits(found, features)
        if (alone := probability(by_words)) < TELLING:
            return Verdict(kind, score, severity, with_rating((), found, score), cause, lean)
        shares = trained.shares(found)
        reasons = reasons_of(found.own, found.pieces, found.known, found.decision.causes, shares, alone)
        return Verdict(kind, score, severity, with_rating(reasons, found, score), cause, lean)

    def _study(self) -> None:
        """Learn all corrections anew."""
        lessons: list[Lesson] = []
        self._told = {}
        for correction in [one for told in self._corrections for one in self._apart(told)]:
            if lesson := self._lesson(correction):
                lessons.append(lesson)
            elif said := print_of(judged_text(correction.title, correction.text)[:LONGEST]):
                self._told[said] = correction.label is Label.COMPLAINT
        self._taught = learn(lessons) if lessons else NOTHING_TAUGHT

    def _apart(self, told: Correction) -> Sequence[Correction]:
        """Return what a correction is learnt as: of a text that counts without its title, before all that of the text alone."""
        if not self._is_apart(told.title, told.text):
            return (told,)
        alone = replace(told, title="")
        if told.label is Label.COMPLAINT and not is_answer(told.title):
            lesson, whole = self._lesson(alone), self._lesson(told)
            if lesson is None or whole is None or lesson.odds <= whole.odds:
                return (told,)
            if told.own:
                return (alone,)
        return (alone, told)

    def _lesson(self, correction: Correction) -> Lesson | None:
        """Return what a correction teaches, None for a text of which no words can be read: it only tells of its like.

        Names are never learnt, not even those that may be other words as well; they count in what the text comes to.
        """
        found = self._read_again(correction, wanted_too=True)
        if self._of(found.language).trained is None or not _WORD.search(found.own):
            return None
        odds = self._judged(found, own=correction.own)
        if self._names.wanted is not None and self._may_name(written := self._read_again(correction, wanted_too=False)):
            by_all = self._judged(written, own=correction.own)
            odds = max(odds, by_all) if found.style.plain >= PLAINLY else by_all
        features = features_of(found.entries)
        return Lesson(learnable(features, found.concepts, self._common), odds, correction.label is Label.COMPLAINT)

    def _read_again(self, correction: Correction, *, wanted_too: bool) -> Read:
        return self.read(
            composed(correction.text),
            title=composed(correction.title),
            stars=correction.stars,
            language=correction.language,
            own=correction.own,
            wanted_too=wanted_too,
        )

    def _judged(self, found: Read, *, own: bool) -> float:
        """Return the log-odds of a complaint of what was read, whatever was taught."""
        if (trained := self._of(found.language).trained) is None:
            return found.decision.odds + BIAS
        odds = trained.score_odds(found, trained.odds(found, features_of(found.entries)))
        odds = _floored(found, odds, own=own)
        return max(odds, STARS_SURE) if found.decision.stars > 0.0 else odds

    def _of(self, language: str) -> _Language:
        if (known := self._languages.get(language)) is not None:
            return known
        weights = self._loaded()
        if isinstance(weights, Problem):
            lanes, usual, wording, trained = None, b"", b"", None
        else:
            lanes, usual, wording = weights.kinds, weights.usual, weights.wording
            trained = _Trained(weights, language)
        with self._lock:
            if language not in self._languages:
                vocabulary, russian = self._lexicons.vocabulary(language), language == "ru"
                pieces = Pieces(vocabulary, lanes, usual, wording, russian=russian, remembered=self._remembered)
                self._languages[language] = _Language(pieces, trained, Spelling(self._folder / "spelling", language))
        return self._languages[language]

    def _loaded(self) -> _Loaded | Problem:
        if (known := self._weights) is not None:
            return known
        with self._lock:
            if self._weights is None:
                self._common = rows_of(word for words in self._lexicons.telling().values() for word in words)
                found = read_weights(self._folder / "weights.bin")
                if isinstance(found, Problem):
                    self._weights = found
                else:
                    kinds, traits = Lanes(found.kinds), Lanes(found.traits)
                    self._weights = _Loaded(found.header, kinds, traits, found.usual, found.wording)
            return self._weights


def _floored(found: Read, odds: float, *, own: bool) -> float:
    """Return the log-odds of a complaint, in an own channel with plain words of danger at least `DANGER_SURE`."""
    if own and odds < DANGER_SURE and found.decision.severity is Severity.DANGER:
        plain = any(h.concept.severity is Severity.DANGER and w >= _DANGER_WORTH for h, w in found.decision.causes)
        return DANGER_SURE if plain else odds
    return odds


def _level(verdict: Verdict, *, own: bool) -> float:
    return verdict.heard_among(Among.OWN if own else Among.ANYTHING).level


def _rings(verdict: Verdict, *, own: bool) -> bool:
    return _level(verdict, own=own) >= RING_AT


def _worse(verdict: Verdict, other: Verdict, *, own: bool = False) -> Verdict:
    """Return the other verdict on the same text if it is the surer of a complaint, `own` as the bell of an own channel takes it."""
    is_surer = other.kind is Kind.COMPLAINT and _level(other, own=own) > _level(verdict, own=own)
    return other if is_surer else verdict


def _as_meant(of: Callable[[str], Entry], meant: Mapping[str, str]) -> Callable[[str], Entry]:
    return lambda piece: of(meant.get(piece, piece))
