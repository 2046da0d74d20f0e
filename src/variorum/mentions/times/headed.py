"""The day on which an account says at its head that it was written: "Evening news, 15 March 2021"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.lists import toml
from variorum.mentions.times.meanings import Hit, Point
from variorum.mentions.times.sight import Sight

__all__ = ["written"]

_HEAD: int = toml("limits")["times"]["head_lines"]
_TITLE: int = toml("limits")["times"]["title"]
_LINE = re.compile(r"[^\n]+")
_SET_OFF = re.compile(rf"(?:[,;:|–—-]|\b(?:{'|'.join(toml('dates')['written'])}))[ \t]+(?:on[ \t]+)?$", re.IGNORECASE)


def written(sight: Sight, hits: Sequence[Hit]) -> Point | None:
    """The full date that ends one of the first lines of a text; None where there is none.

    Such a line is short, no sentence, and sets its date off by a sign or by a word ("published", "dated").

    >>> from variorum.mentions.times.options import TimeOptions
    >>> from variorum.mentions.times.scan import scan
    >>> texts = "Hale Radio, evening news, 15 March 2021\\nHe left today.", "He left Hale on 15 March 2021\\nHe wept."
    >>> found = [written(sight, scan(sight)) for sight in (Sight(text, TimeOptions()) for text in texts)]
    >>> found[0].month, found[1]
    (3, None)
    """
    lines = [m for m in _LINE.finditer(sight.text[: _HEAD * _TITLE * 2]) if m[0].strip(" \t#*_=-")][:_HEAD]
    for line in lines:
        if len(line[0].strip()) > _TITLE:
            continue
        for hit in hits:
            inside = line.start() < hit.start and hit.end <= line.end()
            if (
                inside
                and _closes(sight.text[hit.end : line.end()])
                and _SET_OFF.search(sight.text[line.start() : hit.start])
            ):
                return _day(hit)
    return None


def _closes(rest: str) -> bool:
    return not rest.strip(" \t*_)|]")


def _day(hit: Hit) -> Point | None:
    """The day of a full date."""
    meaning = hit.meaning
    if not isinstance(meaning, Point) or None in (meaning.year, meaning.month, meaning.day) or (meaning.year or 0) < 1:
        return None
    return Point(meaning.year, meaning.month, meaning.day)
