"""What looks like a time and is none: each guard belongs to rules of the table and says whether a match stands.

A guard looks at no more than forty characters before and one word after. The guards themselves are in
`guards_calendar`, `guards_lengths` and `guards_rows`; this file only knows which rule each belongs to.
"""

from __future__ import annotations

from collections.abc import Callable

from variorum.mentions.times.meanings import Hit
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.wordlists import wordlist

__all__ = ["GUARDS", "guard", "noun_like", "plural", "said"]

Guard = Callable[[Sight, Hit, int], bool]
GUARDS: dict[str, Guard] = {}


def guard(*names: str) -> Callable[[Guard], Guard]:
    """Registers a guard for the rules of these names; it gets the sight, the hit, and how deep it is nested."""

    def register(check: Guard) -> Guard:
        for name in names:
            GUARDS[name] = check
        return check

    return register


def said(sight: Sight, hit: Hit) -> str:
    """The words of a hit in plain lower case."""
    return sight.low[hit.start : hit.end]


def plural(word: str) -> bool:
    """Whether a word looks like a noun in the plural, one that a number could count.

    >>> plural("victims"), plural("was"), plural("Allies")
    (True, False, False)
    """
    if not word.islower():
        return False
    if word in wordlist("counted"):
        return True
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
        and word not in wordlist("not_plural")
    )


def noun_like(word: str) -> bool:
    """Whether a word in lower case may be a noun that the expression before it describes.

    >>> noun_like("offensive"), noun_like("when"), noun_like("quickly")
    (True, False, False)
    """
    if not word.islower() or word in wordlist("after_time") or word in wordlist("verbs_after"):
        return False
    return len(word) > 2 and not word.endswith(("ly", "ed"))
