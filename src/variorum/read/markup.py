"""Blocks of a text in XML: which elements are paragraphs, headings, items, notes and rows, and which hold no words."""

from __future__ import annotations

from functools import cache

from variorum import lists
from variorum.read.blocks import Blocks, squeezed
from variorum.read.trees import Element, all_words, local

__all__ = ["Walk", "words"]


@cache
def words() -> dict[str, frozenset[str]]:
    """The names of elements by what they are."""
    return {name: frozenset(listed.split()) for part in lists.toml("xml").values() for name, listed in part.items()}


class Walk:
    """One walk through elements of text: blocks in their order, notes at the end."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.notes: list[tuple[int, str]] = []
        self.loose: list[str] = []
        self.speaker = ""

    def inside(self, element: Element, depth: int = 1) -> None:
        """The blocks of an element; words that stand loose between blocks are blocks too."""
        self.loose.append(element.text or "")
        for child in element:
            self._block(child, depth)
            self.loose.append(child.tail or "")
        self._end_loose()

    def _end_loose(self) -> None:
        text, self.loose = squeezed("".join(self.loose)), []
        self.blocks.add(text)

    def end(self) -> None:
        """The notes, after all else."""
        for at, note in self.notes:
            self.blocks.add(note, "note", at=min(at, self.blocks.size))

    def _block(self, element: Element, depth: int) -> None:
        name, known = local(element), words()
        if name in known["skipped"] or not name:
            return
        if name in known["note"]:
            self.notes.append((self.blocks.size, squeezed(all_words(element))))
        elif name == "row":
            self._end_loose()
            self.blocks.row([self._line(cell)[0] for cell in element if local(cell) in ("cell", "entry", "td", "th")])
        elif self._is_line(element):
            if name in known["heading"] or name in known["paragraph"] or _alone(element):
                self._end_loose()
                self._put(element, name, depth)
            else:
                self.loose.append(self._line(element)[0])
        else:
            self._end_loose()
            self.inside(element, depth + (name.startswith("div") or name in ("sec", "section", "chapter")))

    def _is_line(self, element: Element) -> bool:
        """True where an element holds words and no blocks."""
        known = words()
        return not any(
            local(child) in known["paragraph"] or local(child) in known["heading"] or local(child) in known["line"]
            for child in element.iterdescendants()
        )  # fmt: skip

    def _put(self, element: Element, name: str, depth: int) -> None:
        text, notes = self._line(element)
        if name == "speaker":
            self.speaker = f"{text.rstrip('.:')}: " if text else ""
            return
        text, self.speaker = self.speaker + text, ""
        start = self.blocks.size + (2 if self.blocks.size else 0)
        known = words()
        kind = (
            "heading"
            if name in known["heading"]
            else "item"
            if name in ("item", "li")
            else "verse"
            if name == "l"
            else ""
        )
        self.blocks.add(text, kind, min(6, depth) if kind == "heading" else 1 if kind == "item" else None)
        self.notes += [(start + at, note) for at, note in notes]

    def _line(self, element: Element) -> tuple[str, list[tuple[int, str]]]:
        """The words of an element on one line, and its notes with their places."""
        notes: list[tuple[int, str]] = []
        pieces: list[str] = []
        _inline(element, pieces, notes)
        text = squeezed("".join(pieces))
        return text, [(min(at, len(text)), note) for at, note in notes]


def _alone(element: Element) -> bool:
    """True where an element stands among blocks and not in a line of words."""
    parent = element.getparent()
    if parent is None:
        return True
    return not (parent.text or "").strip() and not any((child.tail or "").strip() for child in parent)


def _inline(element: Element, pieces: list[str], notes: list[tuple[int, str]]) -> None:
    known = words()
    pieces.append(element.text or "")
    chosen = local(element) in known["instead"]
    taken = False
    for child in element:
        name = local(child)
        if name in known["note"]:
            notes.append((len(squeezed("".join(pieces))), squeezed(all_words(child))))
        elif name in known["broken"] or name in known["new_page"]:
            if child.get("break") == "no":
                pieces[-1] = pieces[-1].rstrip().removesuffix("-")
            else:
                pieces.append(" ")
        elif name == "gap":
            pieces.append("[...]")
        elif name not in known["skipped"] and name and not (chosen and taken):
            taken = True
            _inline(child, pieces, notes)
        tail = child.tail or ""
        pieces.append(tail.lstrip() if child.get("break") == "no" else tail)
