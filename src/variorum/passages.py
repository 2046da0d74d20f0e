"""Sentences with everything that is tied to them: the carriers that the collating steps compare.

A *passage* is one sentence of one witness with its content words, its own and its borrowed times, its figures, places,
quotes and claims. A sentence without a time borrows the last one of its paragraph at weight 1/2, of the paragraph
before at 1/4, and nothing from farther away (measured in the method notes of this step).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from typing import TypeVar
from weakref import WeakKeyDictionary

import pyarrow as pa

from variorum.dates import Days, interval
from variorum.engine import Engine
from variorum.languages import offers
from variorum.lists import toml, words
from variorum.records import TABLES, Claim, Figure, Name, Place, Quote, Row, Sentence, Shared, Time, Witness, rows

__all__ = ["Dated", "Passage", "passages", "read", "release", "stem", "words_of", "written"]

WORD = re.compile(r"[^\W\d_][\w'’-]*")
TIED = (Witness, Sentence, Time, Figure, Place, Claim, Quote, Shared, Name)
"""The tables that passages are made of."""
R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Dated:
    """A time at its place in a witness; ``weight`` is 1 for a sentence's own time, less for a borrowed one.

    ``clock`` is the minute of the day where the words tell only the clock and the day is inferred, else None.
    """

    start: int
    end: int
    text: str
    edtf: str
    days: Days
    weight: float = 1.0
    value: str = ""
    clock: int | None = None


_CLOCK = re.compile(r"T(\d\d):(\d\d)")


def _clock(time: Time) -> int | None:
    """The minute of the day that a time tells without its day."""
    told = _CLOCK.search(time.value) if time.type == "TIME" and time.anchor else None
    return int(told[1]) * 60 + int(told[2]) if told else None


@dataclass(slots=True)
class Passage:
    """One sentence and what is tied to it; ``number`` is its place in the list of all passages."""

    number: int
    witness: str
    start: int
    end: int
    text: str
    paragraph: int
    words: Counter[str] = field(default_factory=Counter)
    times: list[Dated] = field(default_factory=list)
    borrowed: Dated | None = None
    figures: list[Figure] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    yearly: frozenset[str] = frozenset()
    lineages: frozenset[str] = frozenset()
    published: str | None = None
    durations: list[Time] = field(default_factory=list)
    near: frozenset[str] = frozenset()

    @property
    def clock(self) -> list[Dated]:
        """The passage's own times, or the borrowed one, or nothing."""
        return self.times or ([self.borrowed] if self.borrowed else [])


@cache
def _irregular() -> dict[str, str]:
    pairs = (p.split() for p in toml("passages")["irregular"].replace("\n", " ").split(",") if p.strip())
    return {pair[0]: pair[1] for pair in pairs}


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without its commonest English endings, lower case; crude, but the same for the forms of one word.

    >>> [stem(w) for w in ("repealed", "repeals", "cities", "killing", "died", "Hale's")]
    ['repeal', 'repeal', 'city', 'kill', 'die', 'hale']
    """
    low = re.sub(r"['’]s?$", "", word.lower())
    if low in _irregular():
        low = _irregular()[low]
    if len(low) <= 3:
        return low
    if low.endswith("ies"):
        low = low[:-3] + "y"
    elif low.endswith("s") and not low.endswith(("ss", "us", "is")):
        low = low[:-1]
    for ending in ("ing", "ed"):
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            low = low[: -len(ending)]
            low = low[:-1] if len(low) > 3 and low[-1] == low[-2] and low[-1] not in "lsz" else low
            break
    return low[:-1] if low.endswith("e") and len(low) > 4 else low


def words_of(text: str) -> Counter[str]:
    """The stems of the content words of a text, with their counts.

    >>> sorted(words_of("The ferry Maid of Asker sank off Port Asker in 1998."))
    ['asker', 'ferry', 'maid', 'port', 'sink']
    """
    found: Counter[str] = Counter()
    for match in WORD.finditer(text):
        low = match[0].lower().rstrip("'’-")
        if len(low) > 2 and low not in words("passages", "stopwords") and low not in words("passages", "roman"):
            found[stem(low)] += 1
    return found


def written(text: str, stems: Sequence[str]) -> list[str]:
    """The stems as they first stand in a text; a stem that is only in another spelling stays as it is.

    >>> written("The councils repealed it.", ["council", "repeal"])
    ['councils', 'repealed']
    """
    forms: dict[str, str] = {}
    for match in WORD.finditer(text):
        forms.setdefault(stem(match[0].rstrip("'’-")), match[0].rstrip("'’-"))
    return [forms.get(s, s) for s in stems]


def read(engine: Engine, kind: type[R]) -> list[R]:
    """The rows of a table, or an empty list when no step has written it."""
    return rows(kind, engine.get(kind.TABLE)) if kind.TABLE in TABLES and engine.has(kind.TABLE) else []


_KEPT: WeakKeyDictionary[Engine, tuple[list[pa.Table | None], list[Passage]]] = WeakKeyDictionary()
"""The passages last made from an engine's tables: the steps after each other read the same ones."""


def passages(engine: Engine) -> list[Passage]:
    """All passages of a collection, by witness and place, with what the tables tie to them. Linear in the rows.

    Accounts in a language that is not read have none.

    As long as the tables are the same, so are the passages: steps read them and change nothing in them.
    """
    tables = [engine.get(kind.TABLE) if engine.has(kind.TABLE) else None for kind in TIED]
    known = _KEPT.get(engine)
    if known is not None and all(a is b for a, b in zip(known[0], tables, strict=True)):
        return known[1]
    made = _passages(engine)
    _KEPT[engine] = (tables, made)
    return made


def release(engine: Engine) -> None:
    """Lets go of the passages that were kept for the steps of an engine."""
    _KEPT.pop(engine, None)


def _passages(engine: Engine) -> list[Passage]:
    published = {w.witness: w.published for w in read(engine, Witness) if offers(w.language, "sentences")}
    by_witness: dict[str, list[Sentence]] = {w: [] for w in published}
    for sentence in read(engine, Sentence):
        if sentence.witness in by_witness:
            by_witness[sentence.witness].append(sentence)
    found: list[Passage] = []
    for witness, listed in by_witness.items():
        for s in sorted(listed, key=lambda s: s.start):
            found.append(Passage(len(found), witness, s.start, s.end, s.text, s.paragraph))
            found[-1].published = published.get(witness)
    places = _Places(found)
    _tie(engine, places)
    _alias(found, read(engine, Name))
    _borrow(found)
    return found


class _Places:
    """Finds the passage that holds an offset of a witness."""

    def __init__(self, found: Sequence[Passage]) -> None:
        self.starts: dict[str, list[int]] = defaultdict(list)
        self.items: dict[str, list[Passage]] = defaultdict(list)
        for p in found:
            self.starts[p.witness].append(p.start)
            self.items[p.witness].append(p)

    def at(self, witness: str, offset: int) -> Passage | None:
        index = bisect_right(self.starts.get(witness, []), offset) - 1
        if index < 0:
            return None
        passage = self.items[witness][index]
        return passage if offset < passage.end else None

    def across(self, witness: str, start: int, end: int) -> Iterable[Passage]:
        """Every passage that the span touches."""
        index = max(0, bisect_right(self.starts.get(witness, []), start) - 1)
        for passage in self.items.get(witness, [])[index:]:
            if passage.start >= end:
                return
            if passage.end > start:
                yield passage


def _tie(engine: Engine, places: _Places) -> None:
    for time in read(engine, Time):
        passage, when = places.at(time.witness, time.start), interval(time.edtf)
        if passage is None or time.type in ("DURATION", "SET"):
            if passage is not None and time.type == "DURATION":
                passage.durations.append(time)
            continue
        if when is not None and time.edtf:
            passage.times.append(Dated(time.start, time.end, time.text, time.edtf, when, 1.0, time.value, _clock(time)))
        elif time.value.startswith("XXXX-") and len(time.value) == 10:
            passage.yearly |= {time.value[5:]}
    for figure in read(engine, Figure):
        if passage := places.at(figure.witness, figure.start):
            passage.figures.append(figure)
    for place in read(engine, Place):
        if passage := places.at(place.witness, place.start):
            passage.places.append(place)
    for claim in read(engine, Claim):
        if passage := places.at(claim.witness, claim.start):
            passage.claims.append(claim)
    for quote in read(engine, Quote):
        for passage in places.across(quote.witness, quote.start, quote.end):
            passage.quotes.append(quote)
    for part in read(engine, Shared):
        for passage in places.across(part.witness, part.start, part.end):
            if 2 * (min(passage.end, part.end) - max(passage.start, part.start)) >= passage.end - passage.start:
                passage.lineages |= {part.lineage}


def _alias(found: Sequence[Passage], names: Sequence[Name]) -> None:
    """Counts the words of every passage, with the one-word spellings of one referent taken as one word."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        if name.form.isalpha():
            forms[name.referent][stem(name.form)] += name.count
    same: dict[str, str] = {}
    for counted in forms.values():
        first = min(counted, key=lambda f: (-counted[f], f))
        for form in counted:
            if form != first and form not in forms and form[:1] == first[:1]:
                same[form] = first
    for passage in found:
        for word, count in words_of(passage.text).items():
            passage.words[same.get(word, word)] += count


def _borrow(found: Sequence[Passage]) -> None:
    """Gives passages without times the last one told, and passages without places those told last in the paragraph."""
    for before, passage in pairwise(found):
        named = frozenset(p.name for p in before.places if not p.metonym and p.kind != "country")
        if (before.witness, before.paragraph) == (passage.witness, passage.paragraph):
            passage.near = named or before.near
    last: Dated | None = None
    at: tuple[str, int] = ("", 0)
    for passage in found:
        if passage.witness != at[0]:
            last = None
        if last is not None and not passage.times and passage.paragraph - at[1] <= 1:
            weight = 0.5 if passage.paragraph == at[1] else 0.25
            passage.borrowed = Dated(
                last.start, last.end, last.text, last.edtf, last.days, weight, last.value, last.clock
            )
        if passage.times:
            last, at = passage.times[-1], (passage.witness, passage.paragraph)
        elif passage.witness != at[0]:
            at = (passage.witness, passage.paragraph)
