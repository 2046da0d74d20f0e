"""Names of persons in several romanisations: of Arabic, of Slavic languages, of Chinese and Korean.

Articles fall away, "Abd al-", "Abdel" and "Abdul" are one, and the rest is compared as sounds, word by word
(`spelling`). A Chinese or Korean name is compared by the class of each consonant, since Wade-Giles and Pinyin, or two
systems of Korean, part them otherwise ("Tse-tung" and "Zedong"). The rules know no name.
"""

from __future__ import annotations

import re
from functools import cache

from variorum.gazetteer import fold
from variorum.lists import words
from variorum.spelling import alike, sounds

__all__ = ["is_hyphened", "is_person_spelling", "romanised", "syllables"]

_SERVANT = re.compile(r"abd[aeou]+[lr](\w*)")
_HYPHENED = re.compile(r"^[^\s-]{1,6}[ ]([^\s-]{2,6})-[^\s-]{2,6}$")
_CLASSES = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        ("ng(?![aeiouy])", "N"), ("t[zs]u", "Ci"), ("ss?z?u", "Si"), ("t?[zc]h|[td]z|ts|[jqzc]", "C"),
        ("hs|sh|x|s", "S"), ("[td]h?", "D"), ("[pb]h?", "B"), ("[kg]h?", "G"), ("h", ""), ("uN", "oN"),
        ("[yi]e|ia", "ia"), ("y", "i"), ("w", "u"),
    )
)  # fmt: skip
_HARD = frozenset("tdpb")


@cache
def romanised(name: str) -> tuple[str, ...]:
    """The words of a name without articles and particles, each as it sounds.

    >>> romanised("Abdul Raheem al-Keeb"), romanised("Abdel-Rahim Kib")
    (('abd', 'rahim', 'kib'), ('abd', 'rahim', 'kib'))
    """
    kept: list[str] = []
    for place, word in enumerate(fold(name).split()):
        if place and word in words("names_joining", "romanised", "articles"):
            continue
        servant = _SERVANT.fullmatch(word)
        word = word.removeprefix("y") if word.startswith("ye") else word
        parts = ["abd", servant.group(1)] if servant and len(servant.group(1)) != 1 else [word]
        kept += [sounds(part) for part in parts if part]
    return tuple(kept)


def is_person_spelling(a: str, b: str) -> bool:
    """True when two names of persons may be one name, romanised in two ways or by two hands.

    >>> is_person_spelling("Moussa Tolvan", "Musa Dolvan"), is_person_spelling("Mario Teverin", "Maria Teverin")
    (False, False)
    >>> is_person_spelling("Moussa Qadir", "Musa Kadir"), is_person_spelling("Satia Pal", "Satyapal")
    (True, True)
    """
    first, second = romanised(a), romanised(b)
    if len(first) != len(second):
        return len(first) > 0 < len(second) and _same("".join(first), "".join(second))
    return all(_same(x, y) for x, y in zip(first, second, strict=True))


def _same(a: str, b: str) -> bool:
    """Two words as they sound; a name in -a and the same in another vowel or none are a woman's and a man's."""
    a, b = a.removesuffix("h"), b.removesuffix("h")
    if a == b:
        return True
    if a[:1] != b[:1] and _HARD & {a[:1], b[:1]}:
        return False
    if a[-1:] != b[-1:] and "a" in (a[-1:], b[-1:]) and _stem(a) == _stem(b):
        return False
    return alike(a, b)


def _stem(word: str) -> str:
    return word.rstrip("aeiou")


@cache
def syllables(name: str) -> str | None:
    """The classes of sounds of a Chinese or Korean name: what two romanisations of it share; None for other names.

    >>> syllables("Lo Tse-pei") == syllables("Lo Zebei"), syllables("Lo Tse-pei") == syllables("Lo Zelei")
    (True, False)
    """
    plain = fold(name)
    if not 2 <= len(plain.split()) <= 3 or not plain.replace(" ", "").isascii() or len(plain) > 24:
        return None
    family, given = plain.split()[0], "".join(plain.split()[1:])
    return f"{_classes(family)} {_classes(given)}"


def is_hyphened(name: str) -> bool:
    """True for a family name and a given name of two pieces: "Lo Tse-pei", not "Omar al-Merr".

    >>> is_hyphened("Lo Tse-pei"), is_hyphened("Omar al-Merr")
    (True, False)
    """
    found = _HYPHENED.match(name)
    return found is not None and found.group(1).lower() not in words("names_joining", "romanised", "articles")


def _classes(word: str) -> str:
    for pattern, kind in _CLASSES:
        word = pattern.sub(kind, word)
    return word
