"""Mentions: the times, places, actors, figures and quotes of one witness, one file per kind.

Every kind has one function, ``find``. Times are found in the plain text, before it is parsed; the others are found in
the parsed text and may use what was found before them: places, actors, quotes, figures, in this order.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from variorum.records import Actor, Claim, Figure, Mark, Place, Problem, Quote, Structure, Time, Voice

__all__ = ["Found"]


@dataclass(slots=True)
class Found:
    """What has been found in one witness so far; offsets are characters of the repaired text.

    >>> Found("A", published="1998-11-18").times
    []
    """

    witness: str
    published: str | None = None
    structure: list[Structure] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
