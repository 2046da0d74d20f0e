"""What speaks against a would-be time: a number that counts something, a word that is not of time where it stands."""

from __future__ import annotations

import re

from variorum.lists import toml
from variorum.mentions.packs.lexicon import Lexicon
from variorum.mentions.times.meanings import Hit, Point
from variorum.mentions.times.sight import Sight

__all__ = ["admitted"]

_BEFORE = re.compile(r"([\w.'№$€£§-]+)[ \n(«\"„“]{0,3}$")
_AFTER = re.compile(r"[ \n]([^\W\d_][\w'-]*)")
_LATEST: int = toml("limits")["packs"]["latest"]
_EARLIEST: int = toml("limits")["packs"]["earliest"]


def admitted(sight: Sight, lex: Lexicon, hit: Hit) -> bool:
    """Whether a match is a time where it stands; only bare numbers and a few words of two meanings are asked."""
    guard = _GUARDS.get(hit.rule)
    return guard is None or guard(sight, lex, hit)


def _before(sight: Sight, start: int) -> str:
    found = _BEFORE.search(sight.low, max(0, start - 30), start)
    return found[1] if found else ""


def _counts(sight: Sight, lex: Lexicon, end: int) -> bool:
    """Whether a noun follows that a number counts."""
    found = _AFTER.match(sight.low, end)
    if found is None:
        return False
    word = found[1]
    if word in lex.listed("not_counted"):
        return False
    starts, ends = tuple(lex.listed("counted_stems")), tuple(lex.listed("counted_ends"))
    return word in lex.listed("counted") or word.startswith(starts) or word.endswith(ends)


def _year(sight: Sight, lex: Lexicon, hit: Hit) -> bool:
    """A bare number of four digits: after a word of time, beside another year, or where no noun follows."""
    point = hit.meaning
    if not isinstance(point, Point) or point.year is None or not _EARLIEST <= point.year < _LATEST:
        return False
    before = _before(sight, hit.start)
    if before in lex.listed("not_before_year") or sight.low[hit.end : hit.end + 1] == "%":
        return False
    if sight.low[max(0, hit.start - 1) : hit.start] in ("№", "$", "€", "/", "_") or _decimal(sight, hit):
        return False
    return not _counts(sight, lex, hit.end)


def _decimal(sight: Sight, hit: Hit) -> bool:
    around = sight.low[max(0, hit.start - 2) : hit.start], sight.low[hit.end : hit.end + 2]
    return bool(re.search(r"\d[.,]$", around[0]) or re.match(r"[.,:]\d", around[1]) or re.search(r"\d[  ]$", around[0]))


def _clock(sight: Sight, lex: Lexicon, hit: Hit) -> bool:
    """An hour by its number alone: only after the words that go before an hour."""
    return _before(sight, hit.start) in lex.listed("before_clock")


def _small(sight: Sight, lex: Lexicon, hit: Hit) -> bool:
    """An early year without its era: only where nothing is counted, after a preposition of time."""
    return _before(sight, hit.start) in lex.listed("before_year") and not _counts(sight, lex, hit.end)


def _not_after(sight: Sight, lex: Lexicon, hit: Hit) -> bool:
    """A word of time that means something else after some words."""
    return _before(sight, hit.start) not in lex.listed("not_before_word")


def _part(sight: Sight, lex: Lexicon, hit: Hit) -> bool:
    """A part of the day alone: in some languages only after certain words."""
    before = _before(sight, hit.start)
    allowed = lex.listed("parts_before")
    return before in allowed if allowed else before not in lex.listed("not_before_word")


def _after_preposition(sight: Sight, lex: Lexicon, hit: Hit) -> bool:
    return _before(sight, hit.start) in lex.listed("before_time")


def _during(sight: Sight, lex: Lexicon, hit: Hit) -> bool:
    """Bare units, as in "for years": only after the words for a stretch of time."""
    return _before(sight, hit.start) in lex.listed("before_units")


def _capital(sight: Sight, lex: Lexicon, hit: Hit) -> bool:
    """A word that is also a name: not with a capital within a sentence."""
    return not sight.capital(hit.start) or hit.start == 0 or sight.text[hit.start - 2 : hit.start] in (". ", "\n")


def _in_hours(sight: Sight, lex: Lexicon, hit: Hit) -> bool:
    return _before(sight, hit.start) in lex.listed("before_hour")


def _one_unit(sight: Sight, lex: Lexicon, hit: Hit) -> bool:
    """Within a week: one unit is a length after the words for a stretch of time."""
    return _before(sight, hit.start) in lex.listed("before_unit")


def _opens(sight: Sight, lex: Lexicon, hit: Hit) -> bool:
    """A word of two meanings that is one of time where it opens a sentence."""
    return sight.capital(hit.start)


_LONG_YEAR = re.compile(r"(?<!\w)[12]\d{3} ?[-/] ?$")


def _continues(sight: Sight, lex: Lexicon, hit: Hit) -> bool:
    """1914-18: two digits after a year and a dash."""
    return _LONG_YEAR.search(sight.low, max(0, hit.start - 8), hit.start) is not None


_NEW_SENTENCE = re.compile(r"[.\s]\s*[^\W\d_]")


def _one_sentence(sight: Sight, lex: Lexicon, hit: Hit) -> bool:
    """A date and a part of a day are one expression within a sentence, not over its end."""
    found = _NEW_SENTENCE.finditer(sight.text, hit.start, hit.end)
    return not any(match.group()[-1].isupper() for match in found)


_GUARDS = {
    "date part": _one_sentence,
    "date clock": _one_sentence,
    "part of date": _one_sentence,
    "clock date": _one_sentence,
    "short year": _continues,
    "at capital": _opens,
    "unit during": _one_unit,
    "hour by its number": _in_hours,
    "year": _year,
    "bare hour": _clock,
    "pointed clock": _clock,
    "small year": _small,
    "month alone": _not_after,
    "weekday": _not_after,
    "season": _not_after,
    "bare part": _part,
    "bare units": _during,
    "after preposition": _after_preposition,
    "no name": _capital,
}
