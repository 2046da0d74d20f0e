"""A count while it is being worked out: where its words stand, its interval, and what is known of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from variorum.mentions.figures.words import Line

__all__ = ["Count", "plain"]


def plain(value: float) -> float:
    """The value as an int where it is whole, else to six decimals.

    >>> plain(12.0), plain(0.1 + 0.2)
    (12, 0.3)
    """
    value = round(value, 6)
    return int(value) if value == int(value) else value


@dataclass(slots=True, eq=False)
class Count:
    """One figure of a line, in word indexes: modifier and number ``first:last``, number alone ``number:last``.

    ``edge`` is the end of its noun phrase, ``end`` the end of the words that the figure's span covers (a number, or
    with its unit of money, share or length). ``said`` is the word behind the predicate to its right, ``crossed`` tells
    that another figure stands before that predicate.
    """

    line: Line
    first: int
    number: int
    last: int
    low: float | None
    high: float | None
    approximate: bool = False
    modifier: str | None = None
    vague: bool = False
    ratio: bool = False
    edge: int = 0
    end: int = 0
    unit: str | None = None
    kind: str = "none"
    group: str | None = None
    act: str | None = None
    role: str = "other"
    why: str = ""
    said: int = 0
    crossed: bool = False
    whole: Count | None = None
    stated: float | None = None
    voice: list[str] = field(default_factory=list)
    place: str | None = None
    date: str | None = None
    dropped: str | None = None
    standing: str | None = None
    was: str | None = None

    def __post_init__(self) -> None:
        self.edge = self.edge or self.last
        self.end = self.end or self.last

    @property
    def start_offset(self) -> int:
        """Where the figure begins in the text, in characters."""
        return self.line.words[self.first].start

    @property
    def end_offset(self) -> int:
        """Where the figure ends in the text, in characters."""
        return self.line.words[self.end - 1].end
