"""The words of a sentence as the figures see them: plain, lower-cased, with their offsets.

Figures are found on words rather than on a parse, so that a headline, a list and a full sentence are read alike.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from variorum.lists import toml
from variorum.spans import Span

__all__ = ["Line", "Word", "lines", "split"]

_WORD = re.compile(
    r"(?:US|A|C|NZ|HK)?[$€£¥₽₼₾₴₺₹₩₪₦₫₱₸฿֏]"  # a sign of money
    r"|\d{1,3}(?:[,\u00a0\u202f\u2009 ]\d{3})+(?!\d)(?:\.\d+)?"  # 12,500 and 12 500
    r"|\d{1,3}(?:,\s{1,2}\d{3}){2,6}(?![\d,])"  # 1, 250, 000 as printed or read by a machine
    r"|\d{1,3},\s{1,2}000(?:,\s{0,2}000){0,4}(?![\d,]\d)"  # 12, 000
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)"  # 12,34,567
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)"  # 1.250.000
    r"|\d+(?:\.\d+)?"
    r"|(?:[A-Z]\.){2,}"  # U.S.
    r"|['’]s\b"
    r"|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*"
    r"|[^\s]"
)
_STOP = re.compile(
    r"(?<![.!?])[.!?]++[\"'”’)\]]*+(?=\s+[\"'“‘(\[]*[A-Z0-9])|\n[ \t]*\n|\n(?=[ \t]*(?:[-•*–—·]|\d+[.)])[ \t])"
)
_SHORT = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Maj|Lt|Capt|Sgt|St|No|Gov|Sen|Rep|Prof|vs|approx|ca|c|sq))$")


class Word(NamedTuple):
    """One word, number or mark with its offsets in the text; ``time`` if it belongs to a date or duration."""

    text: str
    low: str
    start: int
    end: int
    time: bool = False

    @property
    def digit(self) -> bool:
        """True for a number written in digits."""
        return self.text[0].isdecimal()

    @property
    def name(self) -> bool:
        """True for a word that begins with a capital."""
        return self.text[0].isupper()

    @property
    def alpha(self) -> bool:
        """True for a word of letters."""
        return self.text[0].isalpha()


@dataclass(slots=True)
class Line:
    """A sentence as words; ``lead`` is the line that introduces the list it stands in, by its place in the text."""

    words: list[Word]
    start: int
    end: int
    item: bool = False
    lead: Line | None = field(default=None, repr=False)
    lows: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.lows = tuple([word.low for word in self.words])

    def low(self, index: int) -> str:
        """The lower-case word at ``index``, or "" outside the sentence."""
        return self.lows[index] if 0 <= index < len(self.lows) else ""

    def phrase(self, start: int, end: int) -> str:
        """The words ``start:end`` as text, gaps of any width as one space."""
        parts = []
        for i in range(start, end):
            parts.append((" " if i > start and not self.glued(i) else "") + self.words[i].text)
        return "".join(parts)

    def glued(self, index: int) -> bool:
        """True where no space stands between the word at ``index`` and the one before it."""
        return 0 < index < len(self.words) and self.words[index - 1].end == self.words[index].start


def split(text: str, start: int = 0, end: int | None = None, times: Sequence[Span] = ()) -> list[Word]:
    """The words of ``text[start:end]``; those inside ``times`` (sorted, apart from each other) are marked.

    >>> [w.low for w in split("Some 12,500 people fled Port Asker's two camps.")]
    ['some', '12,500', 'people', 'fled', 'port', 'asker', "'s", 'two', 'camps', '.']
    """
    found = []
    at = bisect_right(times, start, key=lambda s: s.start) - 1
    following = times[at + 1].start if at + 1 < len(times) else len(text)
    until = times[at].end if at >= 0 else 0
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        word, (begin, stop) = match.group(), match.span()
        while following <= begin:
            at += 1
            following = times[at + 1].start if at + 1 < len(times) else len(text)
            until = times[at].end
        low = word.lower()
        found.append(Word(word, low.replace("’", "'") if "’" in low else low, begin, stop, until > begin))
    return found


def sentence_spans(text: str) -> list[Span]:
    """Sentences by punctuation and line ends, for texts that no parser has read.

    >>> [s.of("Ten died. Gen. Hale left.") for s in sentence_spans("Ten died. Gen. Hale left.")]
    ['Ten died.', 'Gen. Hale left.']
    """
    spans, start = [], 0
    for match in _STOP.finditer(text):
        if match.group()[0] == "." and _SHORT.search(text[max(start, match.start() - 8) : match.start()]):
            continue
        spans.append(Span(start, match.end()))
        start = match.end()
    spans.append(Span(start, len(text)))
    return [_trimmed(text, s) for s in spans if text[s.start : s.end].strip()]


def _trimmed(text: str, span: Span) -> Span:
    inner = span.of(text)
    start = span.start + len(inner) - len(inner.lstrip())
    return Span(start, start + len(inner.strip()))


_ITEM = re.compile(r"[-•*–—·]|\d+[.)]\s")


LABELLED: int = toml("figures-roles")["reach"]["label"]
"""Characters of a number behind its label."""

LONGEST: int = toml("limits")["figures"]["line"]
"""Words in one line; longer sentences, which nobody writes, are cut so that the work stays linear."""


def lines(text: str, sentences: Iterable[Span], times: Sequence[Span]) -> list[Line]:
    """The sentences as lines of words; items of a list know the line that leads it in.

    A lead ends in a colon; its items begin with a bullet, or follow it as short lines that begin with a number.
    """
    made: list[Line] = []
    lead: Line | None = None
    for span in _parted(text, sentences, sorted([*_paragraph_ends(text), *_telegram_stops(text)])):
        for line in _cut(split(text, span.start, span.end, times)):
            line.item = bool(_ITEM.match(text, line.start))
            gap = text[made[-1].end : line.start] if made else "\n"
            if "\n" in gap and not line.item and not (lead and gap.count("\n") == 1 and line.words[0].digit):
                lead = None
            line.lead = lead
            if line.words[-1].low == ":":
                lead = line
            made.append(line)
    return made


def _cut(words: list[Word]) -> list[Line]:
    parts = (words[at : at + LONGEST] for at in range(0, len(words), LONGEST))
    return [Line(part, part[0].start, part[-1].end) for part in parts]


def _paragraph_ends(text: str) -> list[int]:
    """Where a line ends for good: after a full stop, colon or semicolon, before a blank line or a bullet."""
    hard = re.compile(r"(?<=[.:;!?])[ \t]*\n|\n(?=[ \t]*\n)|\n(?=[ \t]*(?:[-•*–—·]|\d+[.)])[ \t])")
    return [m.end() for m in hard.finditer(text)]


_TELEGRAM = re.compile(r"(?<=[A-Z\d] )STOP(?=\s|$)")


def _telegram_stops(text: str) -> list[int]:
    """Both edges of each STOP of a telegram; one STOP alone may be a verb."""
    found = list(_TELEGRAM.finditer(text))
    return [edge for match in found for edge in match.span()] if len(found) > 1 else []


def _parted(text: str, sentences: Iterable[Span], stops: list[int]) -> list[Span]:
    """The sentences, cut where a paragraph ends inside one."""
    out = []
    for span in sentences:
        at = span.start
        for stop in stops[bisect_right(stops, span.start) : bisect_left(stops, span.end)]:
            out.append(_trimmed(text, Span(at, stop)))
            at = stop
        out.append(_trimmed(text, Span(at, span.end)))
    return _labels_joined(text, [s for s in out if s.end > s.start])


def _labels_joined(text: str, spans: list[Span]) -> list[Span]:
    """``Missing: 2`` is one line, though a parser may begin a sentence at the number."""
    out: list[Span] = []
    for span in spans:
        after = (
            out and text[out[-1].end - 1] == ":" and text[span.start].isdecimal() and span.end - span.start < LABELLED
        )
        if after and "\n" not in text[out[-1].end : span.start]:
            span = Span(out.pop().start, span.end)
        out.append(span)
    return out
