"""Does anybody utter a string in marks, or is it a name, a title, a slogan, or a word held at arm's length?

By the words before and after it, its capitals and its length; the words are in ``data/marks.csv``.
"""

from __future__ import annotations

import re
from functools import cache

from variorum.lists import rows
from variorum.spans import Span
from variorum.voices.words import limit, listed

__all__ = ["kind_of"]

WORD = re.compile(r"[^\W\d_][\w'’-]*")
SMALL = listed("small")
LEGEND = re.compile(rf"\b(?:{'|'.join(sorted(listed('legends')))})s?\b[^.!?\n]*$", re.IGNORECASE)


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
    inside, look = words.of(text), limit("look")
    short = len(WORD.findall(inside)) <= limit("short")
    before = text[max(0, words.start - look) : max(0, words.start - 1)].lower().rstrip(" \"“‘'«([")
    after = text[words.end + 1 : words.end + look].lower().lstrip(" \"”’'»)],")
    if is_nickname(text, words):
        return "name"
    for phrase, kind in table()["before"].items():
        if before.endswith(phrase) and not before[: -len(phrase)][-1:].isalpha():
            return kind
    if not cued and not sentence_like(inside):
        for phrase, kind in table()["opens"].items():
            if inside.lower().startswith(phrase):
                return kind
    if not cued or short:
        for phrase, kind in table()["after"].items():
            if after.startswith(phrase) and not after[len(phrase) :][:1].isalpha():
                return kind
    if not cued and short and LEGEND.search(text[max(0, words.start - limit("legend")) : words.start]):
        return "slogan"
    return by_shape(inside, cued)


NAME_BEFORE = re.compile(r"(?:^|[^\w.!?])[A-Z][\w’'.-]*\s$")
NAME_AFTER = re.compile(r"\s[A-Z][\w’'-]+")


def is_nickname(text: str, words: Span) -> bool:
    """True between a first name and a surname: ``Ivan "Shorty" Hale``.

    >>> is_nickname('said Ivan "Shorty" Hale', Span(11, 17)), is_nickname('Ivan said "Stay" Hale', Span(11, 15))
    (True, False)
    """
    inside = WORD.findall(words.of(text))
    if not 0 < len(inside) <= limit("nickname") or not inside[-1][0].isupper() or sentence_like(words.of(text)):
        return False
    before = text[max(0, words.start - 30) : max(0, words.start - 1)]
    return bool(NAME_BEFORE.search(before)) and bool(NAME_AFTER.match(text, words.end + 1))


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
