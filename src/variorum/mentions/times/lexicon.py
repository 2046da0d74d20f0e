"""The words of time expressions and the shapes that digits take in them, by class.

Words live in ``data/times_words.toml``; compound numbers ("twenty-five", "the twenty-first") are made from them here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from variorum.lists import toml

__all__ = ["COMPOUND", "RUNS", "SHAPES", "TENS", "amount", "number", "ordinal", "words"]

Meaning = int | float | str

SHAPES: dict[str, str] = {
    "YEAR": r"[12]\d{3}(?!\w|,\d{3}(?!\d)|\.\d)",
    "SHORTYEAR": r"\d\d(?!\w|[.,:]\d)",
    "ANYYEAR": r"\d{1,4}(?!\w|[.,:]\d)",
    "EARLYYEAR": r"[1-9]\d{2}(?!\w|[.,:]\d|%)",
    "THOUSANDS": r"\d{1,2},\d{3}(?!\w|[.,:]\d)",
    "DECADE": r"[12]\d{2}0'?s(?!\w)",
    "OLDDECADE": r"\d{1,3}0s(?!\w)",
    "SHORTDECADE": r"[1-9]0s(?!\w)",
    "DAY": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|(?<=[23])d)?(?!\w|,\d{3}(?!\d)|[.:]\d|%)",
    "DAYTH": r"(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th|(?<=[23])d)(?!\w)",
    "ORDTH": r"\d{1,3}(?:st|nd|rd|th)(?!\w)",
    "DIGITS": r"(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,5})(?:\.\d{1,2})?(?![0-9%]|,\d)",
    "HOUR": r"(?:2[0-4]|1\d|0?\d)(?!\d)",
    "MINUTES": r"[0-5]\d(?!\d)",
    "HUNDREDHOURS": r"(?:[01]\d|2[0-4])[0-5]\d(?!\d)",
    "ISODATE": r"[12]\d{3}-(?:1[0-2]|0[1-9])(?:-(?:3[01]|[12]\d|0[1-9]))?(?![0-9]|-[0-9])",
    "ISOTIME": r"(?:2[0-4]|[01]\d):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(?:z|[+-]\d\d(?::?\d\d)?)?(?!\w)",
    "NUMERIC": r"\d{1,2}([./-])\d{1,2}\1(?:[12]\d{3}|\d{2})(?!\w|[./-]\d)",
    "YEARFIRST": r"[12]\d{3}([./])(?:1[0-2]|0?[1-9])\1(?:3[01]|[12]\d|0?[1-9])(?!\w|[./-]\d)",
}
"""Classes made of digits, as bounded regular expressions; their first word is a number."""


RUNS: dict[str, str] = {
    "YEAR": "4",
    "SHORTYEAR": "2",
    "ANYYEAR": "1234",
    "EARLYYEAR": "3",
    "THOUSANDS": "12",
    "DECADE": "4",
    "OLDDECADE": "234",
    "SHORTDECADE": "2",
    "DAY": "12",
    "DAYTH": "12",
    "ORDTH": "123",
    "DIGITS": "12345",
    "HOUR": "12",
    "MINUTES": "2",
    "HUNDREDHOURS": "4",
    "ISODATE": "4",
    "ISOTIME": "2",
    "NUMERIC": "12",
    "YEARFIRST": "4",
}
"""How many digits each of these classes may begin with."""

TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
COMPOUND = frozenset(["CARDINAL", "ORDINAL"])
"""Classes in which a word for tens may stand before one for units."""


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, Meaning]]:
    """Every class of words with what each word stands for.

    >>> words()["MONTH"]["sept."], words()["ORDINAL"]["twenty-first"]
    (9, 21)
    """
    classes: dict[str, dict[str, Meaning]] = {k: dict(v) for k, v in toml("times_words").items() if isinstance(v, dict)}
    _compound(classes["CARDINAL"], classes["CARDINAL"])
    _compound(classes["ORDINAL"], classes["CARDINAL"])
    return classes


def _compound(units: dict[str, Meaning], tens: dict[str, Meaning]) -> None:
    """Adds "twenty-five" and "twenty five" to the simple numbers of a class."""
    small = [(w, n) for w, n in units.items() if isinstance(n, int) and n < 10]
    for ten, n in [(w, n) for w, n in tens.items() if isinstance(n, int) and 20 <= n < 100]:
        for word, one in small:
            for glue in ("-", " "):
                units[ten + glue + word] = int(n) + int(one)


def number(text: str) -> float | None:
    """A cardinal in words or digits; None when it is neither.

    >>> number("twenty-five"), number("1,200"), number("ferry")
    (25, 1200.0, None)
    """
    value = words()["CARDINAL"].get(text)
    if value is not None:
        return float(value) if not isinstance(value, int) else value
    digits = text.replace(",", "")
    return float(digits) if re.fullmatch(r"\d{1,9}(?:\.\d{1,3})?", digits, re.ASCII) else None


def ordinal(text: str) -> int | None:
    """An ordinal in words or digits; None when it is neither.

    >>> ordinal("third"), ordinal("21st"), ordinal("ferry")
    (3, 21, None)
    """
    value = words()["ORDINAL"].get(text)
    if isinstance(value, int):
        return value
    digits = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", text, re.ASCII)
    return int(digits.group(1)) if digits else None


_SPACES = re.compile(r"\s+")
_HALVES = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}


def amount(text: str) -> float | None:
    """How many units an amount names; None for a vague one ("several", "a few").

    >>> amount("26 and a half"), amount("half a"), amount("several"), amount("two-and-a-half")
    (26.5, 0.5, None, 2.5)
    """
    plain = _SPACES.sub(" ", text).strip()
    listed = words()["SOME"].get(plain)
    if listed is not None:
        return None if listed == "X" else float(listed)
    whole = number(plain)
    if whole is not None:
        return whole
    head, found, tail = plain.replace("-", " ").partition(" and a ")
    if found and tail in _HALVES:
        base = number(head)
        return None if base is None else base + _HALVES[tail]
    return number(plain.replace(" ", "-"))
