"""How well one colour is read on another, as WCAG 2 has it, and which is written on which."""

from __future__ import annotations

from itertools import product

TEXT_PAIRS = (
    *product(
        ("text", "muted", "good", "bad", "warn", "accent"),
        ("window", "side", "base", "raised", "tint", "hover", "notice"),
    ),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("text", "mark"),
    ("text", "line"),
)
"""Which colour is written on which."""


def contrast(front: str, back: str) -> float:
    """Return the WCAG 2 contrast of two «#rrggbb» colours, 1 to 21."""
    one, two = sorted((_luminance(front), _luminance(back)))
    return (two + 0.05) / (one + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
