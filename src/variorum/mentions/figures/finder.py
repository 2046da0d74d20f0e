"""Runs the steps of the figures over one text and makes the rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from variorum.config import Config
from variorum.mentions import Found
from variorum.mentions.figures import exclusions, modifiers, numbers, roles, units
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.words import Line, lines, sentence_spans
from variorum.records import Figure, Problem
from variorum.spans import Span

__all__ = ["find", "find_plain"]


def find_plain(text: str, found: Found | None = None) -> list[Figure]:
    """The figures of a text without a parse: numbers, intervals, units and roles by the words alone.

    >>> text = "The ferry Maid of Asker sank off Port Asker, killing more than 40 passengers."
    >>> [(f.text, f.low, f.high, f.unit, f.role) for f in find_plain(text)]
    [('more than 40', 41, None, 'passengers', 'killed')]
    """
    found = found or Found("text")
    counts = _counts(text, sentence_spans(text), found)
    return [_row(text, c, found.witness) for c in counts]


def find(doc: Any, found: Found, config: Config) -> list[Figure]:
    """The figures of a parsed text (a spaCy ``Doc``), in order; dates and durations of ``found.times`` are no figures."""
    text = doc.text
    counts = _counts(text, _sentences(doc), found)
    return [_row(text, c, found.witness) for c in counts]


def _sentences(doc: Any) -> list[Span]:
    if doc.has_annotation("SENT_START"):
        return [Span(s.start_char, s.end_char) for s in doc.sents]
    return sentence_spans(doc.text)


def _times(found: Found) -> list[Span]:
    spans, last = [], 0
    for time in sorted(found.times, key=lambda t: t.start):
        if time.start >= last:
            spans.append(Span(time.start, time.end))
            last = time.end
    return spans


def _counts(text: str, sentences: Iterable[Span], found: Found) -> list[Count]:
    kept: list[Count] = []
    for line in lines(text, sentences, _times(found)):
        try:
            kept += line_counts(line)
        except (IndexError, ValueError, KeyError, OverflowError) as error:
            found.problems.append(Problem(found.witness, line.start, line.end, "figures", f"left out: {error}"))
    return kept


def line_counts(line: Line, verbs: frozenset[int] = frozenset()) -> list[Count]:
    """The figures of one line, with interval, unit and role."""
    counts = numbers.scan(line)
    for count in counts:
        modifiers.modify(count)
        count.dropped = exclusions.why_not(count)
    counts = [c for c in counts if c.dropped is None]
    for count in counts:
        units.name_unit(count, verbs)
        modifiers.restep(count)
    counts = [c for c in counts if c.kind not in ("time", "heat")]
    others = {c.first: c for c in counts}
    for count in counts:
        roles.assign(count, others, verbs)
    _share_modifiers(counts)
    return [c for c in counts if _counts_something(c)]


def _share_modifiers(counts: Sequence[Count]) -> None:
    for first, second in zip(counts, counts[1:], strict=False):
        between = {second.line.low(i) for i in range(first.edge, second.first)}
        if first.role == second.role != "other" and first.kind == second.kind and "and" in between and second.first - first.edge <= 8 and not between & {",", ";", "including"}:
            modifiers.share_modifier(first, second)


def _counts_something(count: Count) -> bool:
    if count.line.low(count.number) == "one" and count.last - count.number == 1:
        return count.role in ("killed", "wounded", "missing", "captured")
    if count.vague and count.low is not None and count.low < 10:
        return count.role != "other"
    return count.kind != "none" or count.role != "other"


def _row(text: str, count: Count, witness: str) -> Figure:
    start, end = count.start_offset, count.end_offset
    return Figure(
        witness, start, end, text[start:end], count.low, count.high, count.approximate, count.unit, count.role,
        None, count.place, count.date, count.voice, "other" if count.kind == "none" else count.kind, count.group,
    )  # fmt: skip
