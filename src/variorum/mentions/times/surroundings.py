"""What surrounds an expression and bears on its resolution: headings, paragraphs, sentences, quotations, clauses."""

from __future__ import annotations

import re
from bisect import bisect_right

from variorum.lists import toml
from variorum.mentions.times.wordlists import wordlist

__all__ = ["Surroundings"]

_LINE = re.compile(r"[^\n]+")
_YEARS = re.compile(r"(?<![\d,.])[12]\d{3}(?![\d,]|\.\d)")
_MARKS = re.compile(r"[“”„«»\"\n]")
_SENTENCE_END = re.compile(r"[.!?:]['\"”)\]]? |\n")
_WORDS = re.compile(r"[\w']+")
_LONGEST_HEADING: int = toml("limits")["times"]["heading"]


class Surroundings:
    """Looked up by offset; found once in one pass over the text.

    >>> around = Surroundings("The raid of 1921\\n\\nOn 4 May the ferry sank.")
    >>> around.paragraph(20), around.heading_year(20)
    (1, 1921)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] = []
        self._headings: list[bool] = []
        self._years: list[int | None] = []
        self._lines()
        self._marks, self._inside = _quotations(text)

    def _lines(self) -> None:
        year: int | None = None
        for line in _LINE.finditer(self.text):
            told = line.group().strip()
            heading = _is_heading(told)
            if heading:
                named = {int(y) for y in _YEARS.findall(told)}
                year = named.pop() if len(named) == 1 else None
            self._starts.append(line.start())
            self._headings.append(heading)
            self._years.append(year)

    def paragraph(self, offset: int) -> int:
        """The number of the line that holds the offset, headings counted."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def in_heading(self, offset: int) -> bool:
        """Whether the line is a heading: short, and without a full stop."""
        return bool(self._headings) and self._headings[self.paragraph(offset)]

    def heading_year(self, offset: int) -> int | None:
        """The year of the heading above, when it names exactly one."""
        return self._years[self.paragraph(offset)] if self._years else None

    def quotation(self, offset: int) -> int | None:
        """Where the quotation that holds the offset begins, else None."""
        index = bisect_right(self._marks, offset) - 1
        return self._marks[index] if index >= 0 and self._inside[index] else None

    def lead(self, start: int, far: int = 60) -> str:
        """The words of the sentence before the offset, at most ``far`` characters, in lower case."""
        stretch = self.text[max(0, start - far) : start].lower()
        ends = [m.end() for m in _SENTENCE_END.finditer(stretch)]
        return stretch[ends[-1] :] if ends else stretch

    def opens_sentence(self, start: int) -> bool:
        """Whether no more than three words of its sentence come before."""
        if start < 60 and "." not in self.text[:start]:
            return len(_WORDS.findall(self.lead(start))) <= 3
        stretch = self.text[max(0, start - 60) : start]
        return bool(_SENTENCE_END.search(stretch)) and len(_WORDS.findall(self.lead(start))) <= 3

    def signalled(self, start: int, signs: str, far: int = 60) -> bool:
        """Whether a word of the list stands before the offset in its sentence."""
        return not wordlist(signs).isdisjoint(_WORDS.findall(self.lead(start, far)))


def _is_heading(line: str) -> bool:
    if not line or len(line) > _LONGEST_HEADING or line[-1] in '.!?,;:"”' or line[0] in '-*•"“':
        return False
    return line[0].isupper() or line[0].isdigit()


def _quotations(text: str) -> tuple[list[int], list[bool]]:
    """Offsets where a quotation opens or closes, and whether text after each is inside one."""
    marks, inside = [0], [False]
    within = False
    for mark in _MARKS.finditer(text):
        sign = mark.group()
        now = {"“": True, "„": True, "«": True, "”": False, "»": False, "\n": False}.get(sign, not within)
        if now != within:
            marks.append(mark.end() if now else mark.start())
            inside.append(now)
            within = now
    return marks, inside
