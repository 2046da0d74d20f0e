"""A text as the scanner sees it: in lower case, with plain dashes, apostrophes and spaces, character for character."""

from __future__ import annotations

import re
from functools import cached_property

from variorum.lists import toml
from variorum.mentions.times.cues import ENGLISH, Cues
from variorum.mentions.times.grammar import tree
from variorum.mentions.times.lexicon import words
from variorum.mentions.times.options import TimeOptions
from variorum.mentions.times.wordlists import any_of

__all__ = ["Sight"]

_PLAIN = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "–": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\t": " ",
}
_WORD_BEFORE = re.compile(r"([\w.$£€'-]+)\W{0,3}$")
_WORD_AFTER = re.compile(r"[ \n]{0,2}([a-zà-ÿA-Z]+)")
_ANCIENT = re.compile(r"(?<![\d,.])(\d{1,4})(?:-\d{1,4})? ?(?:b\.?c\.?(?:e\.?)?)(?!\w)")
_LOOK_BACK: int = toml("limits")["times"]["look_back"]
_EARLY = re.compile(
    rf"(?:{tree(w for w in words()['MONTH'] if len(w) > 3)})\.?,? [1-9][0-9]{{2}}(?![\w%]|[.,:][0-9]| ?-)"
    r"|\bthe year [1-9][0-9]{2}(?!\w)|\ba\.?d\.? [1-9][0-9]{0,2}(?!\w)"
    r"|(?<!\w)[1-9][0-9]{1,2} (?:a\.?d|b?\.?c\.?e)(?!\w)"
)
_IN_YEAR = re.compile(rf"\bin [1-9][0-9]{{2}}(?=[,.;:)]|\s(?:{any_of('after_early_year')})\b)")


class Sight:
    """The text and its plain form, equally long.

    >>> Sight("On 4–5 May", TimeOptions()).low
    'on 4-5 may'
    """

    def __init__(self, text: str, options: TimeOptions, cues: Cues = ENGLISH) -> None:
        self.text, self.options, self.cues = text, options, cues
        low = text.lower()
        if len(low) != len(text):
            low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        if not low.isascii():
            for sign, plain in _PLAIN.items():
                low = low.replace(sign, plain)
        self.low = low.replace("\t", " ")

    def before(self, start: int) -> str:
        """The word before, with its sign ("$", "no."); empty at the beginning of a line."""
        stretch = self.low[max(0, start - _LOOK_BACK) : start]
        line = stretch.rpartition("\n")[2] if stretch.rstrip(" ").endswith("\n") else stretch
        found = _WORD_BEFORE.search(line)
        return found.group(1) if found else ""

    def names_month_before(self, start: int) -> bool:
        """Whether a month or a year stands before the last word: "from October to"."""
        found = re.search(r"([a-z]+\.?|[0-9]{4}) \w+\W*$", self.low[max(0, start - _LOOK_BACK) : start])
        return found is not None and (found.group(1) in words()["MONTH"] or found.group(1).isdigit())

    def after(self, end: int) -> str:
        """The word that follows without a sign between, as it is written; else empty."""
        found = _WORD_AFTER.match(self.text, end)
        return found.group(1) if found else ""

    def next_sign(self, end: int) -> str:
        """The character that follows, or an empty string."""
        return self.low[end : end + 1]

    def capital(self, start: int) -> bool:
        """Whether the character is a capital letter."""
        return self.text[start : start + 1].isupper()

    @cached_property
    def early_years(self) -> bool:
        """Whether the text tells of the first nine centuries: it names such a year with its month or its era, or many
        such years after "in"."""
        if _EARLY.search(self.low):
            return True
        return len({m.group() for m in _IN_YEAR.finditer(self.low)}) > 2

    @cached_property
    def ancient_years(self) -> frozenset[int]:
        """The years before our era that the text names as such."""
        if not any(sign in self.low for sign in ("bc", "b.c")):
            return frozenset()
        return frozenset(int(m.group(1)) for m in _ANCIENT.finditer(self.low))
