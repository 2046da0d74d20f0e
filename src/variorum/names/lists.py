"""The word lists for names: words of kind, offices, heads of wars and operations, words for fronts."""

from __future__ import annotations

from functools import cache

from variorum.gazetteer import fold, kind_bit, open_gazetteer
from variorum.lists import rows, toml, words

__all__ = ["beside_words", "front_words", "honorifics", "is_people", "kind_words", "offices"]


@cache
def kind_words() -> frozenset[str]:
    """Words for kinds of places, in lower case.

    >>> "district" in kind_words()
    True
    """
    table = toml("place_words")
    return frozenset(table["kinds"]) | {w.lower() for w in table["last"] if w.isalpha()}


@cache
def beside_words() -> frozenset[str]:
    """Words that beside a name make a longer form of it: "Hale town", "district of Hale"; no plurals, no buildings.

    >>> "village" in beside_words(), "villages" in beside_words(), "mosque" in beside_words()
    (True, False, False)
    """
    kinds = toml("place_words")["kinds"]
    beside = words("place_words", "named", "kinds")
    found = frozenset(w for w, kind in kinds.items() if kind in beside and not w.endswith("s"))
    return found - words("place_words", "named", "not")


@cache
def offices() -> frozenset[str]:
    """Titles and offices, in lower case: "president", "first lady"."""
    titles = {row["title"] for row in rows("titles")}
    return frozenset(titles | set(toml("groups")["persons"]["phrases"].replace("\n", "|").split("|")))


@cache
def front_words() -> tuple[str, ...]:
    """Words for a front or a zone of war, longest first."""
    heads = toml("groups")["classes"]["front"]["heads"].replace("\n", "|").split("|")
    return tuple(sorted(set(heads), key=lambda w: (-len(w), w)))


@cache
def honorifics() -> frozenset[str]:
    """Titles as they stand before a name: "Dr.", "Col.", "Captain", "Shah".

    >>> "Col." in honorifics()
    True
    """
    return words("names", "titles") | words("place_words", "person", "titles")


@cache
def is_people(word: str) -> bool:
    """Whether a capitalised word is a people's adjective: "Norwegian".

    >>> is_people("Norwegian"), is_people("norwegian"), is_people("Norway")
    (True, False, False)
    """
    finding = open_gazetteer().find(fold(word)) if word[:1].isupper() else None
    return finding is not None and bool(finding.kinds & kind_bit("people"))
