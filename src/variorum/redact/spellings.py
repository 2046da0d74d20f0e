"""Other spellings of a name: in Cyrillic letters, and with the endings that languages give to names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from variorum.lists import toml
from variorum.spelling import sounds

__all__ = ["is_form_of", "pairs"]

_PAIR = re.compile(r"(?=\b([^\W\d_]{2,40})[ \u00a0\n]([^\W\d_]{2,40})\b)")
_VOWELS = "aeiou"


def is_form_of(word: str, name: str) -> bool:
    """True where a word is a name in Cyrillic or Latin letters, alone or with an ending.

    A name of less than five sounds bears no ending: too many words begin with it.

    >>> is_form_of("Марчука", "Marchuk"), is_form_of("Marchukova", "Marchuk"), is_form_of("Олени", "Olena")
    (True, True, True)
    >>> is_form_of("Marchukinsk", "Marchuk"), is_form_of("Halea", "Hale"), is_form_of("Oleg", "Olena")
    (False, False, False)
    """
    a, b = _sounds(word), _sounds(name)
    if a == b:
        return bool(a)
    if len(b) < int(toml("redact")["longer"]):
        return False
    endings = toml("redact")["endings"].split()
    stem = b[:-1] if b[-1] in _VOWELS else b
    return len(stem) > 2 and a.startswith(stem) and (a[len(stem) :] in endings or a == stem)


@lru_cache(maxsize=65536)
def _sounds(word: str) -> str:
    """A word in Latin letters with every way of writing one sound made the same; sounds that hands confuse are one."""
    plain = word.lower()
    if not plain.isascii():
        latin = toml("redact")["cyrillic"]
        whole = unicodedata.normalize("NFC", plain)
        plain = "".join(latin.get(sign, sign) for sign in whole)
    return sounds(plain).replace("h", "g").replace("'", "")


def pairs(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Two words that stand side by side and both begin with a capital, each pair once.

    >>> list(pairs(["said Olena Marchuk of Hale"]))
    [('Olena', 'Marchuk')]
    """
    seen = set()
    for text in texts:
        for match in _PAIR.finditer(text):
            pair = (match[1], match[2])
            if pair not in seen and match[1][0].isupper() and match[2][0].isupper():
                seen.add(pair)
                yield pair
