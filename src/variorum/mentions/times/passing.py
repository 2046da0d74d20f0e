"""Times in passing: a year that dates something other than what is told, and so dates nothing that is told.

"The biggest since 1993", "the bridge, built in 1994", "the 1999 treaty", "(born 1931)", "compared with 2008". Each test
looks at one expression and at most eighty characters of its sentence before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from variorum.lists import toml
from variorum.mentions.times.grammar import tree
from variorum.mentions.times.meanings import Meaning, Point
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.wordlists import any_of, wordlist

__all__ = ["passing"]

_FAR: int = toml("limits")["times"]["lead"]
_LEAD = re.compile(r"[^.!?;\n]*$")
_FINEST = rf"\b(?:[a-z]+est|{any_of('finest')}|no such|not seen)"
_SINCE = re.compile(rf"{_FINEST}\b[^,]{{0,60}} since (?:at least |the )?$")
_COMPARED = re.compile(
    r"\b(?:compared (?:with|to)|unlike|than|up from|down from|similar to)\b"
    r"(?: [\w',.%$£€-]+){0,4}?(?: in| of| from| that of| those of)? (?:the )?$"
)
_COMPARING = re.compile(r"\b(?:compared|unlike|than|up from|down from|similar to)\b[^,]*$")
_BE = re.compile(rf"\b(?:{any_of('forms_of_be')})\b(?: \w+){{0,2}}$")
_NAMED = re.compile(rf"(?:\b(?:{any_of('before_dated_work')})|'s) $")
_CITED = re.compile(r"\((?:see |cf\. )?(?:[^\W\d_][\w.&’'-]*,? (?:and |& )?){0,4}$")
_BORN = re.compile(r"(?:\((?:[\w .]{0,12}; ?)?(?:born|b\.|d\.|died|†|\*)|, born)(?: on| in)? $")
_RELATIVE = re.compile(r"\b(?:which|that|who) (?:was|were|had been)$")


def passing(sight: Sight, start: int, end: int, meaning: Meaning) -> bool:
    """Whether a time expression names a year, a month or a decade only in passing.

    >>> from variorum.mentions.times.options import TimeOptions
    >>> sight = Sight("It was the worst flood since 1993.", TimeOptions())
    >>> passing(sight, 29, 33, Point(year=1993))
    True
    """
    if not isinstance(meaning, Point) or not (meaning.year or meaning.decade or meaning.century):
        return False
    lead = _LEAD.search(sight.low, max(0, start - _FAR), start)
    before = lead.group() if lead else ""
    return any(test(sight, before, end, meaning) for test in _TESTS)


def _since(sight: Sight, before: str, end: int, point: Point) -> bool:
    """The worst since 1993."""
    return _SINCE.search(before) is not None


def _made(sight: Sight, before: str, end: int, point: Point) -> bool:
    """The bridge, built in 1994, ...: a participle that hangs on a noun."""
    found = _ORIGIN.search(before)
    if found is None or point.day:
        return False
    head = before[: found.start()].rstrip()
    if _RELATIVE.search(head):
        return True
    return not _BE.search(head) and (head.endswith((",", "(")) or found.group("verb") in wordlist("only_participles"))


def _described(sight: Sight, before: str, end: int, point: Point) -> bool:
    """The 1999 treaty: a year that is part of the name of a document, a body or an earlier count."""
    if point.month or point.season or not _NAMED.search(before):
        return False
    words = re.findall(r"[a-z][a-z'-]+", sight.low[end : end + 60].split(".")[0])[:4]
    return any(word in wordlist("dated_works") or word.rstrip("s") in wordlist("dated_works") for word in words)


def _compared(sight: Sight, before: str, end: int, point: Point) -> bool:
    """Up from 300 in 2008; compared with May."""
    return _COMPARING.search(before) is not None and _COMPARED.search(before) is not None


def _cited(sight: Sight, before: str, end: int, point: Point) -> bool:
    """(Hale 1998), (born 1931)."""
    if _BORN.search(before):
        return True
    found = _CITED.search(before)
    closes = re.match(r"[a-z]?(?:[:,] ?(?:p\. ?|pp\. ?)?[0-9][0-9 ,–-]{0,12})?\)", sight.low[end : end + 20])
    return found is not None and closes is not None and len(found.group()) > 1 and not point.month


_ORIGIN = re.compile(
    rf"\b(?P<verb>{tree(sorted(wordlist('only_participles') | wordlist('origins')))})"
    rf"(?: back)?(?: [\w-]+){{0,2}} (?:{any_of('origin_in')}|as early as)(?: the| about| around)? $"
)
_TESTS: tuple[Callable[[Sight, str, int, Point], bool], ...] = (_since, _made, _described, _compared, _cited)
