"""The content words of a sentence as stems: the same for the forms of one word, crude, and quick."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from variorum.lists import toml, words

__all__ = ["content", "stem", "stems", "words_of", "written"]

WORD = re.compile(r"[^\W\d_][\w'’-]*")
UNDOUBLED = re.compile(r"[^aeiou][aeiou][^aeiouwxy]")
"""What is left of fired, voted, named: after a short vowel the last letter would be doubled, so an e was dropped."""


@cache
def _irregular() -> dict[str, str]:
    pairs = (p.split() for p in toml("sentences")["irregular"].replace("\n", " ").split(",") if p.strip())
    return {pair[0]: pair[1] for pair in pairs}


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without its commonest English endings, lower case; crude, but the same for the forms of one word.

    >>> [stem(w) for w in ("repealed", "repeals", "cities", "killing", "died", "Hale's")]
    ['repeal', 'repeal', 'city', 'kill', 'die', 'hale']
    >>> [stem(w) for w in ("fired", "firing", "fire", "planned", "taxed", "bombed")]
    ['fire', 'fire', 'fire', 'plan', 'tax', 'bomb']
    """
    low = re.sub(r"['’]s?$", "", word.lower())
    if low in _irregular():
        low = _irregular()[low]
    if len(low) <= 3:
        return low
    if low.endswith("ies"):
        low = low[:-3] + "y"
    elif low.endswith("s") and not low.endswith(("ss", "us", "is")):
        low = low[:-1]
    for ending in ("ing", "ed"):
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            low = low[: -len(ending)]
            if len(low) > 3 and low[-1] == low[-2] and low[-1] not in "lsz":
                low = low[:-1]
            elif UNDOUBLED.fullmatch(low):
                low += "e"
            break
    return low[:-1] if low.endswith("e") and len(low) > 4 else low


def content(text: str) -> list[str]:
    """The stems of the content words of a text, in its order.

    >>> content("The ferry Maid of Asker sank off Port Asker in 1998.")
    ['ferry', 'maid', 'asker', 'sink', 'port', 'asker']
    """
    return [word for word in map(_content, WORD.findall(text)) if word is not None]


@lru_cache(maxsize=65536)
def _content(form: str) -> str | None:
    """The stem of a word as it is written; None for one that tells nothing."""
    low = form.lower().rstrip("'’-")
    return stem(low) if len(low) > 2 and low not in _left_out() else None


@cache
def _left_out() -> frozenset[str]:
    return frozenset(words("sentences", "stopwords") | words("sentences", "roman"))


def words_of(text: str) -> Counter[str]:
    """The stems of the content words of a text, with their counts.

    >>> sorted(words_of("The ferry Maid of Asker sank off Port Asker in 1998."))
    ['asker', 'ferry', 'maid', 'port', 'sink']
    """
    return Counter(content(text))


@lru_cache(maxsize=65536)
def stems(text: str) -> frozenset[str]:
    """The stems of the content words of a text; kept, as names and clauses are asked for with many others in turn."""
    return frozenset(content(text))


def written(text: str, stems: Sequence[str]) -> list[str]:
    """The stems as they first stand in a text; a stem that is only in another spelling stays as it is.

    >>> written("The councils repealed it.", ["council", "repeal"])
    ['councils', 'repealed']
    """
    forms = _forms(text)
    return [forms.get(s, s) for s in stems]


@lru_cache(maxsize=1024)
def _forms(text: str) -> dict[str, str]:
    """Each stem of a text as it first stands there; kept, as one sentence is asked for with many others in turn."""
    forms = [form.rstrip("'’-") for form in reversed(WORD.findall(text))]
    return dict(zip(map(stem, forms), forms, strict=True))
