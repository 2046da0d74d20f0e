"""The names layer: runs of proper nouns, typed by a vote.

The model's own names are one voice. The others are words in and around a name (General, Ministry, village), its place
in the sentence, what it is coordinated with, a gazetteer, and the same name elsewhere in the text. Each voice gives
points to PERSON, ORGANISATION, GROUP or PLACE; a name that nobody speaks for is left out. The weights were set by hand
on the development part of GUM (free genres).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, SpanGroup

from variorum.language.lexicon import lexicon
from variorum.language.runs import runs
from variorum.language.voices import KINDS, Points, voices
from variorum.lists import toml

__all__ = ["KINDS", "KnownPlace", "name"]

KnownPlace = Callable[[str], bool]
ENOUGH = {"PERSON": 0.9, "PLACE": 0.9, "ORGANISATION": 1.5, "GROUP": 1.5}
ELSEWHERE: float = toml("limits")["language"]["elsewhere"]
PARTNER: float = toml("limits")["language"]["partner"]


@dataclass(slots=True)
class Candidate:
    """A run of name words, the points for each kind, and which other names it is coordinated with."""

    start: int
    end: int
    form: str
    points: Points
    partners: list[int] = field(default_factory=list)


def name(doc: Doc, known_place: KnownPlace | None = None) -> Doc:
    """Write ``doc.spans["names"]``: names in order, none overlapping, labelled PERSON ORGANISATION GROUP PLACE.

    ``known_place`` says whether a form is in a gazetteer. Titles and offices are not part of a person's name.

    >>> from variorum.language import parse
    >>> doc = next(parse(["General Peter Hale took the village of Asker. Hale left Asker at night."]))
    >>> [(span.text, span.label_) for span in doc.spans["names"]]
    [('Peter Hale', 'PERSON'), ('Asker', 'PLACE'), ('Hale', 'PERSON'), ('Asker', 'PLACE')]
    """
    words = lexicon()
    found = [
        Candidate(start, end, form_of(doc[start:end]), voices(doc[start:end], words, known_place))
        for start, end in runs(doc, words)
    ]
    partner(doc, found)
    totals = vote(found)
    spans = []
    for one in found:
        kind = decided(one, totals, found)
        if kind:
            spans.append(Span(doc, one.start, one.end, label=kind))
    doc.spans["names"] = SpanGroup(doc, name="names", spans=spans)
    return doc


def form_of(span: Span) -> str:
    """The form under which a name is counted: without possessive and in one case."""
    return " ".join(span.text.split()).casefold()


def partner(doc: Doc, found: list[Candidate]) -> None:
    """Note which names stand in one coordination."""
    at = {i: number for number, one in enumerate(found) for i in range(one.start, one.end)}
    for number, one in enumerate(found):
        root = doc[one.start : one.end].root
        others = [root.head] if root.dep_ == "conj" else []
        others += [child for child in root.children if child.dep_ == "conj"]
        one.partners = [at[other.i] for other in others if at.get(other.i, number) != number]


def vote(found: list[Candidate]) -> dict[str, Points]:
    """Points by form over the whole text; the words of a person's name speak for the bare surname or first name."""
    totals: dict[str, Points] = {}
    for one in found:
        for kind, strength in one.points.items():
            add(totals, one.form, kind, strength)
        parts = one.form.split()
        if 1 < len(parts) < 5 and most(one.points)[0] == "PERSON":
            for part in {parts[-1], parts[0]}:
                add(totals, part, "PERSON", one.points["PERSON"])
    return totals


def add(totals: dict[str, Points], form: str, kind: str, strength: float) -> None:
    """Add points to a form."""
    points = totals.setdefault(form, dict.fromkeys(KINDS, 0.0))
    points[kind] += strength


def most(points: Points) -> tuple[str, float]:
    """The kind with most points."""
    return max(points.items(), key=lambda item: item[1])


def decided(one: Candidate, totals: dict[str, Points], found: list[Candidate]) -> str | None:
    """The kind with most points, own and elsewhere and of partners, or None when there are not enough."""
    points = dict(one.points)
    everywhere = totals[one.form]
    for kind in KINDS:
        points[kind] += ELSEWHERE * min(8.0, everywhere[kind] - one.points[kind])
    for number in one.partners:
        kind, strength = most(found[number].points)
        points[kind] += PARTNER * min(3.0, strength)
    kind, strength = most(points)
    return kind if strength >= ENOUGH[kind] else None
