"""Titles before and after names: ``President``, ``the Minister of Works``, ``head of state``."""

from __future__ import annotations

import re
from functools import cache

from variorum.lists import rows
from variorum.voices.words import listed

__all__ = ["WORD", "proper", "title_phrase", "title_words", "titles"]

WORD = re.compile(r"[^\W\d_][\w’'.-]*")


LONG = sorted(listed("long_titles"))
MINISTRY = re.compile(
    rf"\bminister (?:of|for) (?:the )?(\w{{4,}})|\b({'|'.join(sorted(listed('ministries')))}) minister"
)


@cache
def titles() -> frozenset[str]:
    """Words for offices, ranks and roles, in lower case."""
    return frozenset(row["title"] for row in rows("titles"))


def proper(words: str) -> bool:
    """True for words with a capitalised one that is no title.

    >>> proper("President"), proper("President Hale"), proper("his")
    (False, True, False)
    """
    found = WORD.findall(words)
    return any(w[:1].isupper() and w.lower().rstrip(".").split("-")[0] not in titles() for w in found)


def title_words(words: str) -> set[str]:
    """The titles among some words; ``head of state`` and ``commander-in-chief`` count as their parts too.

    >>> sorted(title_words("the Prime Minister of Asker"))
    ['prime minister']
    """
    low = words.lower()
    parts = set(WORD.findall(low))
    parts |= {word.split("-")[0] for word in parts}
    found = {word.rstrip(".") for word in parts if word.rstrip(".") in titles()}
    for phrase in LONG:
        if phrase in low:
            found.add(phrase)
    if "prime minister" in found:
        found.discard("minister")
    elif "minister" in found and (of := MINISTRY.search(low)):
        found.discard("minister")
        found.add("minister of " + next(filter(None, of.groups())))
    return found


def title_phrase(left: str) -> str:
    """The end of some words that may be titles before a name: titles, capitals, and the small words between them.

    >>> title_phrase("yesterday the Minister of Works ")
    'the Minister of Works'
    """
    words = left.split()
    start = len(words)
    while start:
        word = words[start - 1].strip(",")
        known = word[:1].isupper() or word.lower().split("-")[0] in titles() or word.lower() in listed("between_titles")
        if not known:
            break
        start -= 1
    return " ".join(words[start:])
