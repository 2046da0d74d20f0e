"""Raised signs: a note mark is no part of the word or number that it stands on; an ordinal's ending and a power are."""

from __future__ import annotations

import re

__all__ = ["ORDINAL", "is_mark", "power"]

MARK = re.compile(r"\[?\(?(?:\d{1,3}|[a-z]|[ivx]{1,5}|note \d{1,3}|n\d{1,3}|citation needed|[*†‡§¶#]{1,3})\)?\]?")
SEVERAL = re.compile(r"(?:\[?\d{1,3}\]?[,;–-]? ?){1,8}")
ORDINAL = re.compile(r"(?:st|nd|rd|th|d|er|re|ère|e|ème|o|a|º|ª|os|as)\.?", re.IGNORECASE)
UNIT = re.compile(r"(?:^|[\s\d(/])(?:m|km|cm|mm|dm|ft|in|mi|yd|nm|s|sq|R|metres?|kilometres?|miles?|feet)$")
POWERS = {"2": "²", "3": "³", "-1": "⁻¹", "−1": "⁻¹", "-2": "⁻²", "−2": "⁻²"}
TEN = re.compile(r"(?:^|[\s×x*·(])10$")


def power(raised: str, before: str) -> str:
    """The sign for a raised power of a unit (``km²``) or of ten (``10^6``), or nothing.

    >>> power("2", "on 4 km"), power("6", "some 10"), power("3", "about 90")
    ('²', '^6', '')
    """
    raised = raised.strip()
    if raised in POWERS and UNIT.search(before):
        return POWERS[raised]
    number = re.fullmatch(r"[-−]?\d{1,2}", raised)
    return f"^{raised}" if number and TEN.search(before) and raised.strip("-−0") else ""


def is_mark(raised: str, before: str) -> bool:
    """True for a raised sign that leads to a note.

    >>> is_mark("3", "about 90"), is_mark("[12]", "350"), is_mark("th", "the 4"), is_mark("2", "20 km")
    (True, True, False, False)
    """
    inner = " ".join(raised.split())
    if not (MARK.fullmatch(inner.lower()) or SEVERAL.fullmatch(inner)) or power(inner, before):
        return False
    return not (before[-1:].isdigit() and ORDINAL.fullmatch(inner))
