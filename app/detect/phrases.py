"""Finds the longest phrase of the lexicon that begins at a place of a text."""

from __future__ import annotations

from app.detect.concepts import GAP, Branch, Concept
from app.detect.vocabulary import Piece, Word


def phrase_at(known: list[Piece], number: int, offset: int, word: Word) -> tuple[int, Concept] | None:
    """Return how many words further the longest phrase ends that begins with a word, and its concept.

    The word is the token `offset` of the piece `number`.
    """
    words: list[Word | None] = []
    for further in range(number, len(known)):
        words += known[further].words
        if len(words) >= offset + word.reach:
            break
    best: tuple[int, Concept] | None = None
    todo: list[tuple[int, Branch]] = [(offset, branch) for branch in word.starts]
    while todo:
        at, branch = todo.pop()
        if branch.concept is not None and (best is None or at > best[0]):
            best = at, branch.concept
        if at + 1 < len(words) and (next_word := words[at + 1]) is not None:
            for form in next_word.forms:
                if (on := branch.following.get(form)) is not None:
                    todo.append((at + 1, on))  # noqa: PERF401  one word goes on in one phrase at most; extend is slower
        if branch.gap is not None:
            todo += _after_gap(words, at, branch.gap)
    return None if best is None else (best[0] - offset, best[1])


def _after_gap(words: list[Word | None], at: int, branch: Branch) -> list[tuple[int, Branch]]:
    """Return where a phrase may go on within the next words of its clause."""
    found: list[tuple[int, Branch]] = []
    following = branch.following
    for further in range(at + 1, min(at + 2 + GAP, len(words))):
        word = words[further]
        if word is None:
            continue
        if word.breaks:
            break
        for form in word.forms:
            if (on := following.get(form)) is not None:
                found.append((further, on))  # noqa: PERF401  nearly always nothing is found; extend is slower
    return found
