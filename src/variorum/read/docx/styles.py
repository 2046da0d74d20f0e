"""The styles of a DOCX file: which are headings of which level, which are lists, which are tables of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from variorum.read.trees import number_in

__all__ = ["Style", "Styles", "named", "on", "value"]

HEADING = re.compile(r"(?:heading|überschrift|titre|título|заголовок|titolo|kop)\s?(\d)", re.IGNORECASE)


def named(element: Any) -> str:
    """The name of an element without its namespace: both editions of the format have the same names."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: Any, name: str = "val") -> str | None:
    """An attribute by its name without the namespace."""
    for key, told in element.items():
        if key.rpartition("}")[2] == name:
            return str(told)
    return None


def on(element: Any) -> bool:
    """True for a switch of a property, which is on where it has no value."""
    return (value(element) or "true").lower() not in ("0", "false", "off", "none")


@dataclass(slots=True)
class Style:
    """What a style says of a paragraph: level of a heading (0: none), depth of a list (0: none), contents."""

    level: int = 0
    depth: int = 0
    contents: bool = False


class Styles:
    """The styles of paragraphs by their ids; what a style does not say, the one it is based on says."""

    def __init__(self, tree: Any) -> None:
        self.known: dict[str, Any] = {}
        self.language: str | None = None
        for element in tree if tree is not None else ():
            if named(element) == "style" and (told := value(element, "styleId")):
                self.known.setdefault(told, element)
            elif named(element) == "docDefaults":
                language = next((value(one) for one in element.iter("{*}lang") if value(one)), None)
                self.language = (language or "").split("-")[0].lower() or None
        self.read: dict[str, Style] = {}

    def of(self, name: str | None) -> Style:
        """The style of that id; one that is unknown says nothing."""
        if name is None:
            return Style()
        if name not in self.read:
            self.read[name] = self._of(name)
        return self.read[name]

    def _of(self, name: str) -> Style:
        made, seen = Style(), set[str]()
        at: str | None = name
        while at is not None and at not in seen and len(seen) < 20:
            seen.add(at)
            element = self.known.get(at)
            below = None
            title = at
            for child in element if element is not None else ():
                tag = named(child)
                if tag == "name":
                    title = value(child) or at
                elif tag == "basedOn":
                    below = value(child)
                elif tag == "pPr":
                    _properties(child, made)
            self._by_name(title, made)
            at = below
        return made

    def _by_name(self, title: str, made: Style) -> None:
        plain = " ".join(title.lower().split())
        if not made.level:
            match = HEADING.match(plain)
            made.level = int(match[1]) if match else 1 if plain == "title" else 2 if plain == "subtitle" else 0
        if not made.depth and plain.startswith("list ") and plain != "list paragraph":
            made.depth = number_in(plain[-1:], 1)
        made.contents = made.contents or plain.startswith(("toc ", "table of figures", "index "))


def _properties(element: Any, made: Style) -> None:
    for child in element:
        tag = named(child)
        if tag == "outlineLvl" and not made.level:
            level = number_in(value(child), 9)
            made.level = level + 1 if level < 9 else 0
        elif tag == "numPr" and not made.depth:
            made.depth = depth_of(child)


def depth_of(numbering: Any) -> int:
    """The depth of a list by its numbering, 0 where that is taken away."""
    level, number = 0, "1"
    for child in numbering:
        told = value(child) or ""
        if named(child) == "ilvl":
            level = number_in(told, 0)
        elif named(child) == "numId":
            number = told
    return 0 if number == "0" else level + 1
