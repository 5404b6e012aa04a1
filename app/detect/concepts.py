"""Reads the lexicon: plain text files of concepts, each with a role, a weight, a severity and its words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from app.core.problems import Problem
from app.core.verdict import Severity


class Role(StrEnum):
    """What the words of a concept do to a verdict."""

    COMPLAINT = "complaint"
    WHY = "why"
    PERSON = "person"
    PRAISE = "praise"
    QUESTION = "question"
    LEAD = "lead"
    NEWS = "news"
    PROMO = "promo"
    NEGATION = "negation"
    INTENSIFIER = "intensifier"
    BUT = "but"
    LANGUAGE = "language"


_ASIDES = frozenset([Role.PERSON, Role.QUESTION, Role.LEAD, Role.NEWS, Role.PROMO])


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of the lexicon. `weight` is in units of evidence, 1 for an ordinary clear word; never negative.

    `aside` is whether only its strength counts in a text, not its place; `kin` is one for equal names and roles.
    """

    name: str
    role: Role
    weight: float
    severity: Severity = Severity.GRUMBLE
    aside: bool = field(init=False)
    kin: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "aside", self.role in _ASIDES)
        object.__setattr__(self, "kin", kin(self.name, self.role))


def kin(name: str, role: Role) -> str:
    """Return what stands for a concept's name in a role."""
    return f"{name} {role}"


GAP = 3
"""Words that may stand in the gap of a phrase."""


@dataclass(slots=True)
class Branch:
    """A place inside a phrase: what may follow, the concept of the phrase that ends here, what may follow after a gap.

    `reach` stands at the first word only: words that the longest phrase from here can span.
    """

    following: dict[str, Branch] = field(default_factory=dict)
    concept: Concept | None = None
    gap: Branch | None = None
    reach: int = 0


@dataclass(slots=True)
class Lexicon:
    """The words of one language, in the form that `key` of `read_lexicon` gives; stems stand without their «*»."""

    words: dict[str, Concept] = field(default_factory=dict)
    stems: dict[str, Concept] = field(default_factory=dict)
    endings: dict[str, Concept] = field(default_factory=dict)
    signs: dict[str, Concept] = field(default_factory=dict)
    phrases: Branch = field(default_factory=Branch)
    phrase_words: set[str] = field(default_factory=set)
    phrase_stems: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def add(self, entry: str, concept: Concept) -> None:
        """Take in one entry: `word`, `stem*`, `~ending`, `a phrase of words`, `a phrase .. with a gap` or a sign."""
        if " " in entry:
            self._add_phrase(entry.split(), concept)
        elif entry[0].isalnum():
            if entry[-1] == "*":
                self.stems[entry[:-1]] = concept
            else:
                self.words[entry] = concept
        elif entry[0] == "~":
            self.endings[entry[1:]] = concept
        else:
            self.signs[entry] = concept

    def _add_phrase(self, words: list[str], concept: Concept) -> None:
        branch = self.phrases
        for word in words:
            if word == "..":
                branch.gap = branch.gap or Branch()
                branch = branch.gap
                continue
            if word[-1] == "*":
                self.phrase_stems.add(word[:-1])
            else:
                self.phrase_words.add(word)
            on = branch.following.get(word)
            if on is None:
                on = branch.following[word] = Branch()
            branch = on
        branch.concept = concept
        if (first := self.phrases.following.get(words[0])) is not None:
            first.reach = max(first.reach, len(words) + GAP * words.count(".."))


_TELLING = re.compile(r"^\[[^\]]* language 0\]\n((?:[^\[#\n].*\n|\n)*)", re.MULTILINE)
_LOOKS_LIKE_HEADER = re.compile(r"\[.{4,}\]$")
_HEADER = re.compile(
    r"\[(?P<name>[^\[\]]+?) (?P<role>[a-z]+) (?P<weight>\d+(?:\.\d+)?)(?: severity (?P<severity>[0-3]))?\]"
)


def read_lexicon(text: str, name: str, key: Callable[[str], str]) -> Lexicon:
    """Return the lexicon a file holds. A line that cannot be read is left out and becomes a problem.

    `name` is the file's name, for problems; `key` brings a line of words into the form in which words are compared.
    """
    lexicon = Lexicon()
    concept: Concept | None = None
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        if not line or line.startswith("#"):
            continue
        if is_header := _LOOKS_LIKE_HEADER.match(line) is not None:
            concept = _concept(line)
        if concept is None:
            lexicon.problems.append(Problem("detect.bad_lexicon_line", {"file": name, "line": number}))
        elif not is_header:
            if concept.role is Role.LANGUAGE:
                continue
            for part in key(line).split(","):
                if entry := part.strip():
                    lexicon.add(entry, concept)
    return lexicon


def telling_words(text: str, key: Callable[[str], str]) -> frozenset[str]:
    """Return the words of the language concepts of a file, without reading the rest of it."""
    words: set[str] = set()
    for found in _TELLING.finditer(text):
        words.update(entry for part in key(found[1]).replace("\n", ",").split(",") if (entry := part.strip()))
    return frozenset(words)


def _concept(header: str) -> Concept | None:
    found = _HEADER.fullmatch(header)
    if found is None or found["role"] not in set(Role):
        return None
    severity = Severity(int(found["severity"] or 0))
    return Concept(found["name"], Role(found["role"]), float(found["weight"]), severity)
