"""Claims below a date line: what a sentence without a time of its own tells happened on the date that governs it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from variorum.governing import Governing
from variorum.language.tree import Tree, Word
from variorum.mentions import Found
from variorum.records import Claim

__all__ = ["dated"]


def dated(tree: Tree, found: Found, claims: Sequence[Claim]) -> list[Claim]:
    """The claims, those without a date dated by the line that governs them.

    What is told in the perfect ("had been killed"), planned or only possible happened at another time, and stays
    undated; so does a sentence that has a time of its own.
    """
    governing = Governing(found.structure, found.times)
    if not governing.lines:
        return list(claims)
    lines = [(line.start, line.end) for line in governing.lines]
    told = sorted(t.start for t in found.times if t.edtf and not t.passing and not _in_line(t.start, lines))
    tokens = {word.start: word for word in tree.words}
    rows = []
    for claim in claims:
        governor = governing.at(claim.start) if claim.date is None and claim.modality == "happened" else None
        token = tokens.get(claim.trigger_start if claim.trigger_start is not None else claim.start)
        if governor is not None and token is not None and not _perfect(token) and not _timed(token, told):
            claim = replace(claim, date=governor.date)
        rows.append(claim)
    return rows


def _in_line(start: int, lines: Sequence[tuple[int, int]]) -> bool:
    at = bisect_left(lines, (start + 1, 0)) - 1
    return at >= 0 and start < lines[at][1]


def _timed(token: Word, told: Sequence[int]) -> bool:
    """Whether the sentence has a time of its own."""
    sentence = token.sentence
    at = bisect_left(told, sentence.start_char)
    return at < len(told) and told[at] < sentence.end_char


def _perfect(token: Word) -> bool:
    """Had been killed, has taken: the verb or the one that it hangs on as a noun stands in the perfect."""
    verb = token if token.pos in ("VERB", "AUX") else token.head
    return any(c.low in ("had", "has", "have", "'d", "'ve") for c in verb.under("aux", "aux:pass"))
