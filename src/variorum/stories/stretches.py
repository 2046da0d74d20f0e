"""Stretches: an account, or a part of a long one, with what it says of where, when and whom."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from variorum.dates import Days, interval
from variorum.lists import rows, toml
from variorum.records import Actor, Structure
from variorum.sentences import Passage, words_of
from variorum.stories.cutting import cut

__all__ = ["Stretch", "stretches"]

_CAPITAL = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]+")
FEW: float = toml("stories")["join"]["stretches"]
SHORT_DAYS: float = toml("stories")["pairs"]["days"]


@dataclass(slots=True)
class Stretch:
    """A stretch of a witness: its words with their counts, and those of them that are parts of names."""

    number: int
    witness: str
    start: int
    end: int
    passages: Sequence[Passage]
    words: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    days: Counter[int] = field(default_factory=Counter)
    places: set[str] = field(default_factory=set)
    figures: set[tuple[str, float]] = field(default_factory=set)
    published: Days | None = None

    @property
    def text(self) -> str:
        """Its sentences."""
        return " ".join(p.text for p in self.passages)

    @property
    def lead(self) -> Counter[str]:
        """The words of its first three sentences, which in news tell what it is about."""
        found: Counter[str] = Counter()
        for passage in self.passages[:3]:
            found.update(passage.words)
        return found


HEADS = ("heading", "date", "dateline")


def stretches(items: Iterable[Passage], actors: Iterable[Actor], form: Iterable[Structure] = ()) -> list[Stretch]:
    """The stretches of a collection, by witness and place; ``form`` has the headings. Linear in its sentences."""
    by_witness: dict[str, list[Passage]] = defaultdict(list)
    for passage in items:
        by_witness[passage.witness].append(passage)
    named: dict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        named[actor.witness].append(actor)
    heads: dict[str, list[int]] = defaultdict(list)
    for part_of_form in form:
        if part_of_form.kind in HEADS:
            heads[part_of_form.witness].append(part_of_form.start)
    found: list[Stretch] = []
    for witness, listed in by_witness.items():
        for part in cut(listed, heads[witness]):
            found.append(_stretch(len(found), witness, part, named[witness], len(by_witness) <= FEW))
    return found


def _stretch(number: int, witness: str, listed: Sequence[Passage], actors: Sequence[Actor], few: bool) -> Stretch:
    made = Stretch(number, witness, listed[0].start, listed[-1].end, listed, published=interval(listed[0].published))
    for passage in listed:
        made.words.update(passage.words)
        made.days.update(int(t.days.first) for t in passage.times if t.days.length <= SHORT_DAYS)
        made.figures.update((f.role, f.low) for f in passage.figures if f.low is not None and f.low > 2)
        for place in passage.places:
            if place.kind not in ("country", "continent"):
                made.places.add(place.name)
            made.names |= words_of(place.text).keys()
        if few:
            made.names |= _unknown(passage.text)
    for actor in actors:
        if made.start <= actor.start < made.end and actor.kind in ("person", "organisation"):
            made.names |= words_of(actor.text).keys()
    made.names &= made.words.keys()
    return made


def _unknown(text: str) -> set[str]:
    """The words with a capital within a sentence that neither English nor news have: names that no list has."""
    return {w for m in _CAPITAL.finditer(text) for w in words_of(m[0]) if w not in _common()}


@cache
def _common() -> frozenset[str]:
    return frozenset([*(row["stem"] for row in rows("english_stems")), *(row["word"] for row in rows("news_words"))])
