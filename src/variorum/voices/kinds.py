"""Does anybody utter a string in marks, or is it a name, a title, a slogan, or a word held at arm's length?

By the words before and after it, its capitals and its length; the words are in ``data/marks.csv``.
"""

from __future__ import annotations

import re
from functools import cache

from variorum.lists import rows
from variorum.spans import Span

__all__ = ["kind_of"]

WORD = re.compile(r"[^\W\d_][\w'’-]*")
SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "nor",
        "of",
        "off",
        "on",
        "or",
        "over",
        "the",
        "to",
        "up",
        "with",
        "vs",
        "de",
        "la",
    ]
)
LOOK = 48  # characters looked at on either side


@cache
def table() -> dict[str, dict[str, str]]:
    """Kinds by side (before, after, opens) and phrase."""
    sides: dict[str, dict[str, str]] = {"before": {}, "after": {}, "opens": {}}
    for row in rows("marks"):
        sides[row["side"]][row["phrase"]] = row["kind"]
    return sides


def kind_of(text: str, words: Span, cued: bool) -> str | None:
    """The kind of a string that nobody utters (scare, title, name, slogan), or None for words that somebody utters.

    ``cued`` says that a verb of speech governs the string. ``words`` is the span inside the marks.

    >>> text = 'They founded the so-called "Free Harbour Council" that day.'
    >>> start = text.index("Free")
    >>> kind_of(text, Span(start, text.index(" that") - 1), cued=False)
    'scare'
    """
    inside = words.of(text)
    before = text[max(0, words.start - LOOK) : max(0, words.start - 1)].lower().rstrip(" \"“‘'«([")
    after = text[words.end + 1 : words.end + LOOK].lower().lstrip(" \"”’'»)],")
    for phrase, kind in table()["before"].items():
        if before.endswith(phrase) and not before[: -len(phrase)][-1:].isalpha():
            return kind
    for phrase, kind in table()["opens"].items():
        if inside.lower().startswith(phrase) and not sentence_like(inside) and not cued:
            return kind
    if not cued or len(WORD.findall(inside)) <= 6:
        for phrase, kind in table()["after"].items():
            if after.startswith(phrase) and not after[len(phrase) :][:1].isalpha():
                return kind
    if not cued and len(WORD.findall(inside)) <= 6 and LEGEND.search(text[max(0, words.start - 140) : words.start]):
        return "slogan"
    return by_shape(inside, cued)


LEGEND = re.compile(r"\b(?:myth|legend|slogan|motto|propaganda|banner|placard)s?\b[^.!?\n]*$", re.IGNORECASE)


def sentence_like(inside: str) -> bool:
    """True for words that end like a sentence."""
    return inside.rstrip()[-1:] in ("!", "?", ".", ",")


def by_shape(inside: str, cued: bool) -> str | None:
    """Title case is a name; one or two words that no verb of speech governs are held at arm's length."""
    words = WORD.findall(inside)
    if not words:
        return "scare"
    if len(words) >= 2 and title_case(words) and not sentence_like(inside):
        return "name"
    if len(words) <= 2 and not cued and not sentence_like(inside):
        return "scare"
    return None


def title_case(words: list[str]) -> bool:
    """True when all words but the small ones are capitalised, and at least two are."""
    large = [word for word in words if word.lower() not in SMALL]
    return len(large) >= 2 and all(word[0].isupper() for word in large)
