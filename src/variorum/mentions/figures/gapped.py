"""Clauses that leave out their verb: ``The hospital listed 12, the police 15``, ``12 died in Tolven, in Merrow 7``."""

from __future__ import annotations

from variorum.lists import toml, words
from variorum.mentions.figures import leftward
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.lexicon import excluded
from variorum.mentions.figures.predicates import is_a
from variorum.mentions.figures.words import Line

__all__ = ["subject_of_gap"]

REACH: int = toml("figures-roles")["reach"]["gapped"]
SPEAKING = words("voices", "speaking")
JOINTS = (",", ";")
CLOSING = (".", ";", ",", "", "and", "but", "while", "!", "?", ")")


def subject_of_gap(count: Count) -> int | None:
    """Where the subject of a clause without a verb begins that ends in a bare number, or None.

    >>> from variorum.mentions.figures.numbers import scan
    >>> from variorum.mentions.figures.words import split
    >>> text = "The hospital listed 12, the harbour police about 15."
    >>> [subject_of_gap(c) for c in scan(Line(split(text), 0, len(text)))]
    [None, 5]
    """
    line, end = count.line, leftward.left_edge(count.line, count.first)
    if count.kind != "none" or line.low(count.last) not in CLOSING:
        return None
    start = next((i + 1 for i in range(end - 1, max(-1, end - 2 - REACH), -1) if _joint(line, i)), None)
    if start is None or start < 2:
        return None
    while is_a("conjunction", line.low(start)):
        start += 1
    if end - start == 1 and line.low(start) in SPEAKING:
        return start
    return start if end - start > 1 and _names_somebody(line, start, end) else None


def _joint(line: Line, at: int) -> bool:
    return line.low(at) in JOINTS or (line.low(at) == "and" and is_a("pointing", line.low(at + 1)))


def _names_somebody(line: Line, start: int, end: int) -> bool:
    """``the harbour police``: a determiner and nouns; no place ("in the hills"), no verb, no ``the oldest 83``."""
    inside = range(start, end)
    if not is_a("pointing", line.low(start)) or not all(line.words[i].alpha for i in inside):
        return False
    last = line.low(end - 1)
    if last.endswith("est") or last in excluded("no_subject") or is_a("adverb", last):
        return False
    kinds = ("preposition", "auxiliary", "pronoun", "unreal", "ending", "clause")
    inner = [line.low(i) for i in inside[1:]]
    return not any(is_a(kind, low) and low != "of" for low in inner for kind in kinds)
