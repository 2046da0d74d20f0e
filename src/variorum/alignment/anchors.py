"""Anchors: what two languages write alike in a sentence: days, hours, numbers, places, names, what befell people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from variorum.gazetteer import fold
from variorum.languages import code_of, offers
from variorum.mentions.packs.figures import numbers
from variorum.mentions.packs.places import undone
from variorum.records import Figure, Place, Sentence, Time
from variorum.spelling import block, sounds

__all__ = ["Anchor", "Unit", "keys", "units"]

Anchor = tuple[str, str]
"""A kind (day, month, year, clock, number, place, name, role) and a key that is the same in every language."""

_DAY = re.compile(r"(XXXX|\d{4})-(\d\d-\d\d)")
_MONTH = re.compile(r"(?:XXXX|\d{4})-(\d\d)")
_YEAR = re.compile(r"\d{4}(?=-|$)")
_CLOCK = re.compile(r"T(\d\d):(\d\d)")
_NAME = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_DIGITS = re.compile(
    r"(?<![\w.,:-])\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?![\d,.]\d)|(?<![\w.,:-])\d{1,7}(?![\d%:])(?![.,]\d)"
)
_HARD_C = re.compile(r"c(?=[aouklrtnm]|$)")


@dataclass(slots=True)
class Unit:
    """A sentence with its anchors, and the words that each anchor stands for in it."""

    start: int
    end: int
    text: str
    anchors: dict[Anchor, str] = field(default_factory=dict)

    def add(self, kind: str, key: str, words: str) -> None:
        """One more anchor; the words that came first stay."""
        self.anchors.setdefault((kind, key), " ".join(words.split()))


def units(
    language: str | None,
    sentences: Iterable[Sentence],
    times: Iterable[Time],
    figures: Iterable[Figure],
    places: Iterable[Place],
) -> list[Unit]:
    """The sentences of an account in order, each with its anchors.

    >>> row = Sentence("a", 0, 36, "Паром затонул 17 ноября 1998 года.", 0, 0)
    >>> time = Time("a", 14, 33, "17 ноября 1998 года", "DATE", "1998-11-17", None, "1998-11-17")
    >>> [unit.anchors for unit in units("ru", [row], [time], [], [])]
    [{('day', '11-17'): '17 ноября 1998 года', ('year', '1998'): '17 ноября 1998 года'}]
    """
    code = code_of(language) or "en"
    made = [Unit(s.start, s.end, s.text) for s in sorted(sentences, key=lambda s: s.start)]
    told = list(times)
    for time in told:
        _of_time(_at(made, time.start), time)
    for figure in figures:
        _of_figure(_at(made, figure.start), figure)
    found = list(places)
    for place in found:
        if (unit := _at(made, place.start)) is not None:
            unit.add("place", str(place.geonames_id or fold(place.name)), place.text)
    taken = [*((time.start, time.end) for time in told), *((place.start, place.end) for place in found)]
    for unit in made:
        _numbers(unit, code, [(t.start, t.end) for t in told])
    _names(made, code, taken)
    return made


def _at(made: Sequence[Unit], start: int) -> Unit | None:
    low, high = 0, len(made)
    while low < high:
        middle = (low + high) // 2
        if made[middle].end <= start:
            low = middle + 1
        else:
            high = middle
    return made[low] if low < len(made) and made[low].start <= start else None


def _of_time(unit: Unit | None, time: Time) -> None:
    """A day of the year, and its year where it is known; a month; a year; an hour."""
    if unit is None or time.type in ("DURATION", "SET"):
        return
    if (day := _DAY.match(time.value)) is not None:
        unit.add("day", day[2], time.text)
    if (month := _MONTH.fullmatch(time.value)) is not None:
        unit.add("month", month[1], time.text)
    if (year := _YEAR.match(time.value)) is not None:
        unit.add("year", year[0], time.text)
    if clock := _CLOCK.search(time.value):
        unit.add("clock", f"{clock[1]}:{clock[2]}", time.text)


def _of_figure(unit: Unit | None, figure: Figure) -> None:
    if unit is None or figure.kind in ("duration", "date", "age", "time"):
        return
    if figure.role not in ("other", ""):
        unit.add("role", figure.role, figure.text)
    if figure.low is not None and figure.low == figure.high and figure.low:
        unit.add("number", f"{figure.low:g}", figure.text)


def _numbers(unit: Unit, code: str, taken: Sequence[tuple[int, int]]) -> None:
    """Numbers in digits, in any language, and in words where the pack has figures; those of times are none."""
    listed = [(m.start(), m.end(), re.sub(r"\D", "", m.group())) for m in _DIGITS.finditer(unit.text)]
    if code != "en" and offers(code, "figures"):
        listed += [(start, end, f"{value:g}") for start, end, value in numbers(unit.text, code)]
    for start, end, value in listed:
        if value and not any(s < unit.start + end and unit.start + start < e for s, e in taken):
            unit.add("number", f"{float(value):g}", unit.text[start:end])


def _names(made: Sequence[Unit], code: str, taken: Sequence[tuple[int, int]]) -> None:
    """Capitalised words, those that begin a sentence only where they stand within another too."""
    inside: list[tuple[Unit, re.Match[str]]] = []
    first: list[tuple[Unit, re.Match[str]]] = []
    spans = sorted(taken)
    for unit in made:
        for number, match in enumerate(_NAME.finditer(unit.text)):
            start = unit.start + match.start()
            if match.group()[0].isupper() and len(match.group()) > 2 and not _covered(spans, start):
                (inside if number else first).append((unit, match))
    for unit, match in inside:
        for key in keys(match.group(), code):
            unit.add("name", key, match.group())
    known = {key for _, match in inside for key in keys(match.group(), code)}
    for unit, match in first:
        for key in keys(match.group(), code):
            if key in known:
                unit.add("name", key, match.group())


def _covered(spans: Sequence[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


@cache
def keys(word: str, code: str) -> frozenset[str]:
    """How a name may sound, in Latin letters and without endings of cases.

    >>> sorted(keys("Галова", "ru") & keys("Galov", "en")), keys("Илевым", "ru") & keys("Maria", "en")
    (['galov'], frozenset())
    """
    plain = re.sub(r"['’]s$", "", word)
    forms = undone(plain, code) if offers(code, "places") and code != "en" else [plain]
    return frozenset(key for form in forms if len(key := _key(form)) > 2)


def _key(form: str) -> str:
    from anyascii import anyascii

    latin = _HARD_C.sub("k", fold(anyascii(form)))
    consonants = block(latin)
    return consonants if len(consonants) > _LONG else sounds(latin)


_LONG = 3
"""Consonants from which on they are enough to tell a name by."""
