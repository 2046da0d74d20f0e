"""What can be had of a text in any language: where its sentences end, and dates written as ISO 8601 has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

__all__ = ["iso_dates", "sentences"]

LINE = re.compile(r"[^\n\f\v\x1c-\x1e\x85\u2028\u2029]+")
END = re.compile("[.!?։؟۔।॥…]+[\"'”’»)\\]]*(?=\\s)|[。！？｡]+[”’」』）]*")
LONGEST = 3000
CASELESS = re.compile("[\u10d0-\u10ff]")
"""Georgian letters: Unicode calls them small, but no sentence begins with a capital one."""
ISO = re.compile(r"(?<![\w-])([12]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\w-]|\.\d)")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text: up to a sign that ends one, or the end of the line; never longer than 3,000 characters.

    >>> text = "Паром затонул. Капитан П. Хейл и г. Рид спаслись.\\n沈んだ。誰も来ない。"
    >>> [text[start:end] for start, end in sentences(text)]
    ['Паром затонул.', 'Капитан П. Хейл и г. Рид спаслись.', '沈んだ。', '誰も来ない。']
    """
    for line in LINE.finditer(text):
        at, stop = line.start(), line.end()
        for match in END.finditer(text, at, stop):
            if match.end() - at < 2 or _goes_on(text, match.start(), match.end(), stop):
                continue
            yield from _stripped(text, at, match.end())
            at = match.end()
        yield from _stripped(text, at, stop)


def _goes_on(text: str, sign: int, end: int, stop: int) -> bool:
    """True where a full stop ends no sentence: after an initial or a short form, or before a small letter."""
    if text[sign] != "." or end - sign > 1:
        return False
    word = sign
    while word > 0 and text[word - 1].isalpha():
        word -= 1
    short = sign - word <= 2 and (sign - word == 1 or text[word : word + 1].islower())
    rest = text[end : min(stop, end + 40)].lstrip()
    small = rest[:1].islower() and not CASELESS.match(rest)
    return bool(rest) and (small or (short and sign > word and not CASELESS.match(text[word])))


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        yield start, start + LONGEST
        start += LONGEST
    if start < end:
        yield start, end


def iso_dates(text: str) -> Iterator[tuple[int, int, str]]:
    """The days that a text writes as ``1998-11-17``; what is no day of the calendar is none.

    >>> list(iso_dates("Am 1998-11-17, nicht 1998-02-31."))
    [(3, 13, '1998-11-17')]
    """
    for match in ISO.finditer(text):
        try:
            date(*map(int, match.groups()))
        except ValueError:
            continue
        yield match.start(), match.end(), match[0]
