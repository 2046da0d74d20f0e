"""Runs of words that may be the name of a person, with hyphens, particles and nicknames inside and no title before.

A lower-case piece after a hyphen belongs to a name where it is one syllable and no English word ("Geun-hye", not
"Teverin-led"); a nickname stands in quotation marks or brackets between given name and surname.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from variorum.lists import toml
from variorum.lists import words as listed
from variorum.mentions.actors.lists import lists
from variorum.mentions.places.vocabulary import vocabulary
from variorum.mentions.places.words import Words

__all__ = ["Run", "family", "is_bare", "runs"]

_LONGEST: int = toml("limits")["actors"]["name"]
_MOST_PARTICLES: int = toml("limits")["actors"]["particles"]
_SYLLABLE = re.compile(r"[bcdfghjklmnpqrstwxyz]{0,3}[aeiouy]{1,3}(?:ng|[nklmpthwyr])?")
_OPENS_NICKNAME = re.compile(r"[ \n][‘’“”\"'«(]")
_CLOSES_NICKNAME = re.compile(r"[,]?[‘’“”\"'»)][ \n]")


@dataclass(frozen=True, slots=True)
class Run:
    """Words ``first`` up to ``last``; ``nickname`` are the words inside that are one, empty where there is none."""

    first: int
    last: int
    nickname: range = range(0)


def runs(words: Words, taken: Sequence[bool], tags: Sequence[str] = ()) -> Iterator[Run]:
    """The runs of a text, in order; ``taken`` are words of places and times, ``tags`` parts of speech."""
    index, size = 0, len(words)
    while index < size:
        if not words.capital[index] or taken[index] or _is_before(words, index) or _only_opens(words, index, tags):
            index += 1
            continue
        run = _run(words, taken, index)
        yield run
        index = run.last


def _is_before(words: Words, index: int) -> bool:
    """Whether a word is a title, an office, or what a hyphen sets before a name ("Anti-Teverin")."""
    if words.forms[index] in vocabulary().titles or words.keys[index] in lists().titles:
        return True
    return words.gap(index) == "-" and words.keys[index] in listed("groups", "persons", "prefixes")


def _only_opens(words: Words, index: int, tags: Sequence[str]) -> bool:
    """Whether a capital is only that of a sentence's first word ("Though Teverin ...")."""
    if not words.opens[index] or index + 1 >= len(words) or not words.goes_on(index + 1) or words.gap(index) == "-":
        return False
    if not words.capital[index + 1] or words.forms[index] in vocabulary().given:
        return False
    if words.keys[index] in listed("groups", "persons", "openers"):
        return True
    return bool(tags) and tags[index] in ("ADP", "SCONJ", "CCONJ", "ADV", "DET", "PRON", "AUX", "VERB")


def _run(words: Words, taken: Sequence[bool], first: int) -> Run:
    known, last, size, nickname = vocabulary(), first + 1, len(words), range(0)
    while last < size and not taken[last] and last - first < _LONGEST:
        if not words.joined[last]:
            inner = _nickname(words, taken, last) if not nickname else range(0)
            if not inner:
                break
            nickname, last = inner, inner.stop + 1
        elif words.forms[last] in known.titles and words.forms[last] not in known.given:
            break
        elif words.capital[last] or _tail(words, last, first):
            last += 1
        else:
            after = _after_particles(words, taken, last)
            if after == last:
                break
            last = after
    return Run(first, last, nickname)


def _after_particles(words: Words, taken: Sequence[bool], at: int) -> int:
    """The end of "van der Berg", "al-Asker" or "d'Asker", which begin with a small letter; else where it was asked."""
    last = at
    while last < len(words) and last - at < _MOST_PARTICLES and words.joined[last]:
        if words.forms[last] not in vocabulary().particles:
            break
        last += 1
    if last < len(words) and last > at and words.joined[last] and words.capital[last] and not taken[last]:
        return last + 1
    return last + 1 if last < len(words) and words.joined[last] and _elided(words.forms[last]) else at


def _elided(form: str) -> bool:
    """True for "d'Asker": a small letter, an apostrophe, a capital."""
    return len(form) > 3 and form[0] in "dl" and form[1] in "'’" and form[2].isupper()


def _tail(words: Words, at: int, first: int) -> bool:
    """Whether a small piece after a hyphen is the second half of a given name: "Park Geun-hye"."""
    form = words.forms[at]
    if words.gap(at - 1) != "-" or not form.isascii() or not form.islower() or at - 1 == first:
        return False
    return bool(_SYLLABLE.fullmatch(form)) and form not in listed("groups", "persons", "after_hyphen")


def _nickname(words: Words, taken: Sequence[bool], at: int) -> range:
    """The words of a nickname that begins here, between a given name and a surname; empty where none does."""
    if _OPENS_NICKNAME.fullmatch(words.gap(at - 1)) is None or not words.capital[at]:
        return range(0)
    for last in range(at + 1, min(at + 3, len(words))):
        if _CLOSES_NICKNAME.fullmatch(words.gap(last - 1)):
            return range(at, last) if words.capital[last] and not taken[last] else range(0)
        if not words.joined[last]:
            break
    return range(0)


def is_bare(words: Words, first: int, last: int) -> bool:
    """Whether a name is a surname alone, with particles or initials before it at most: "Teverin", "Al-Asker"."""
    known = vocabulary().particles
    forms = words.forms[first:last]
    return sum(1 for f in forms if len(f.strip(".")) > 1 and f.lower() not in known) < 2


def family(words: Words, first: int, last: int) -> int:
    """The word by which a person is called: the last, but the first before a given name of two pieces ("Park").

    >>> from variorum.mentions.places.words import split
    >>> w = split("Park Geun-hye met Ana Teverin Jr")
    >>> w.forms[family(w, 0, 3)], w.forms[family(w, 4, 7)]
    ('Park', 'Teverin')
    """
    while last - first > 1 and words.forms[last - 1] in vocabulary().suffixes:
        last -= 1
    if last - first == 3 and words.gap(last - 2) == "-" and words.gap(first) == " " and len(words.forms[first]) < 6:
        tail = words.forms[last - 1]
        if tail.islower() or (_SYLLABLE.fullmatch(tail.lower()) and _SYLLABLE.fullmatch(words.keys[last - 2])):
            return first
    return last - 1
