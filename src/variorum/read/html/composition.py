"""The text of a page and the parts of it, from blocks with their choice."""

from __future__ import annotations

from dataclasses import dataclass, field

from variorum.lists import toml
from variorum.read.html.blocks import Block
from variorum.read.html.choice import Chosen
from variorum.structure import Part

__all__ = ["Composed", "composed"]

KINDS = {"heading": "heading", "item": "item", "byline": "byline"}
BETWEEN = "\n\n"


@dataclass(slots=True)
class Composed:
    """The text of a page, its parts, and what may be prose and was left out.

    ``beside`` counts the words of longer pieces that were left out for where they stand (comments, related stories),
    by the zone, where they are many.
    """

    text: str
    parts: list[Part] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    beside: dict[str, int] = field(default_factory=dict)


def composed(listed: list[Chosen]) -> Composed:
    """The text of the blocks that stay, in order, with struck-out words at its end, and the parts of all."""
    pieces: list[str] = []
    parts: list[Part] = []
    marks: dict[str, int] = {}
    struck: list[tuple[int, str]] = []
    size = 0
    before: Block | None = None
    for one in (c for c in listed if c.part in ("prose", "page")):
        block = one.block
        gap = "" if before is None else "\n" if before.kind == block.kind == "row" else BETWEEN
        pieces += [gap, block.text]
        start = size + len(gap)
        size = start + len(block.text)
        for at, note in block.marks:
            marks.setdefault(note, start + at)
        struck += [(start + at, words) for at, words in block.struck]
        parts += _of(one, start, size, marks)
        before = block
    for at, words in struck if pieces else ():
        pieces += [BETWEEN, words]
        parts.append(Part(size + 2, size + 2 + len(words), "withdrawn", at=at))
        size += 2 + len(words)
    return Composed("".join(pieces), parts, _lost(listed), _beside(listed))


def _of(one: Chosen, start: int, end: int, marks: dict[str, int]) -> list[Part]:
    """The parts that one block is, or has."""
    block = one.block
    if one.part == "page":
        return [Part(start, end, "caption" if block.kind == "caption" else "boilerplate")]
    note = next((marks[name] for name in block.ids if name in marks), None)
    if note is not None:
        return [Part(start, end, "note", at=note)]
    if block.kind == "row":
        cells = [(start + a, start + b) for a, b in block.cells if b > a]
        return [Part(a, b, "cell", n, end if n == 1 else None) for n, (a, b) in enumerate(cells, 1)]
    if block.kind in KINDS:
        return [Part(start, end, KINDS[block.kind], block.level or None)]
    return []


def _beside(listed: list[Chosen]) -> dict[str, int]:
    """The words of longer pieces in menus, comments and the like, where they are many beside those that were kept."""
    weights = toml("boilerplate")["weights"]
    kept = sum(one.block.words for one in listed if one.part == "prose")
    found: dict[str, int] = {}
    for one in listed:
        block = one.block
        told = one.part == "left" and block.zone and block.words >= weights["prose"]
        if told and 2 * block.links < len(block.text):
            found[block.zone] = found.get(block.zone, 0) + block.words
    return {zone: words for zone, words in found.items() if words >= weights["many"] and words > weights["wide"] * kept}


def _lost(listed: list[Chosen]) -> list[str]:
    """What may be prose and was left out, where that is much of what is neither a menu nor the like."""
    weights = toml("boilerplate")["weights"]
    lost = [one.block.text for one in listed if one.part == "lost"]
    kept = sum(one.block.words for one in listed if one.part == "prose")
    words = sum(len(text.split()) for text in lost)
    much = words >= weights["least"] and words > weights["dropped"] * (words + kept)
    return lost if much else []
