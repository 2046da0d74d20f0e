"""The parts that the lines of a plain text show: headings, items, datelines, bylines, captions, counters.

Every rule looks at one line and its neighbours; all are linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from variorum.lists import toml, words
from variorum.structure.boilerplate import is_page_line

__all__ = ["derived"]

Derived = tuple[int, int, str, int | None]


class Line(NamedTuple):
    """A line without the blanks at its ends; ``above`` and ``below`` say whether it stands next to another one."""

    start: int
    end: int
    text: str
    above: bool
    below: bool

    @property
    def alone(self) -> bool:
        """True between blank lines or at the edge of the text."""
        return not (self.above or self.below)


def derived(text: str, shaped: bool = False) -> Iterator[Derived]:
    """Start, end, kind and level of every part; with ``shaped`` headings and items are known already.

    >>> list(derived("By Ana Hale\\n\\nThe ferry sank.\\n\\n- ten men\\n- two boys"))
    [(0, 11, 'byline', None), (30, 39, 'item', 1), (40, 50, 'item', 1)]
    """
    listed = _lines(text)
    flowing = _flowing(listed)
    told: set[int] = set()
    paged = _page_lines(listed)
    for number, line in enumerate(listed):
        kind = furniture(line.text) or (
            "byline" if is_byline(line.text) else "boilerplate" if number in paged else None
        )
        if kind:
            told.add(number)
            yield line.start, line.end, kind, None
        elif size := _dateline(listed, number, flowing):
            yield line.start, line.start + size, "dateline", None
    if shaped:
        return
    items = dict(_items(listed))
    for number, level in items.items():
        yield listed[number].start, _item_end(listed, number, items), "item", level
    for number, level in _headings(listed, {*told, *items}, flowing):
        yield listed[number].start, listed[number].end, "heading", level


LINE = re.compile(r"[^\n\f]+")


def _lines(text: str) -> list[Line]:
    """The lines that are not blank."""
    spans = []
    for match in LINE.finditer(text):
        line = match[0]
        if stripped := line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            spans.append((start, start + len(stripped), match.start(), match.end()))
    found = []
    for number, (start, end, opens, closes) in enumerate(spans):
        above = number > 0 and spans[number - 1][3] + 1 == opens and text[opens - 1] == "\n"
        below = number + 1 < len(spans) and spans[number + 1][2] == closes + 1 and text[closes] == "\n"
        found.append(Line(start, end, text[start:end], above, below))
    return found


def _flowing(listed: Sequence[Line]) -> bool:
    """True where a line is a whole paragraph: one line in twenty is longer than any line that is wrapped."""
    lengths = sorted(len(line.text) for line in listed)
    return bool(lengths) and lengths[int(len(lengths) * 0.95)] > 130


# --- what belongs to the page ------------------------------------------------------------------------------------

COUNTER = re.compile(
    r"(?:views?|reads?|viewed|hits|visits|comments?|shares?|likes?|visitors?)\s*[:\-–]?\s*\d[\d., ]{0,12}(?:times?)?"
    r"|\d[\d., ]{0,12}\s*(?:views?|reads|hits|visits|comments?|shares?|likes?|times? (?:read|viewed))"
    r"|(?:page|p\.)\s*\d{1,5}(?:\s*(?:of|/)\s*\d{1,5})?",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"(?:photo|image|picture|video|map|illustration|caption|credit)s?\s?(?:by|credit|source)?\s?[:—|]", re.IGNORECASE
)


PAGE = re.compile(r"(?<=[.\s])(?:\d{1,4}|[ivxlc]{1,6})$")
LEADER = re.compile(r"[. \u00a0]*(?:\.[ \u00a0]?){4}[. \u00a0]*")


def furniture(line: str) -> str | None:
    """The kind of a line that belongs to the page and not to the account, or None.

    >>> furniture("Views: 1204"), furniture("Photo: the quay"), furniture("31 people died")
    ('counter', 'caption', None)
    >>> furniture("The night . . . . . . . . 24"), furniture("He waited ..... 24 men came")
    ('boilerplate', None)
    """
    if len(line) <= 60 and COUNTER.fullmatch(line):
        return "counter"
    if PAGE.search(line[-7:]) and LEADER.fullmatch(PAGE.sub("", line[-30:])[-12:]):
        return "boilerplate"  # a line of a table of contents
    return "caption" if len(line) <= 300 and CAPTION.match(line) else None


def _page_lines(listed: Sequence[Line]) -> set[int]:
    """The lines whose words are a page's; one of a single word only beside another one."""
    found = {
        number for number, line in enumerate(listed) if any(map(str.isalpha, line.text)) and is_page_line(line.text)
    }
    return {n for n in found if " " in listed[n].text or n - 1 in found or n + 1 in found}


# --- who wrote it, and from where --------------------------------------------------------------------------------

PARTED = re.compile(
    r"\s*(?:,|;|\||/|&|\band\b|\bin\b|\bat\b|\bfor\b|\bof\b|\bthe\b|\bour\b|\ba\b|\bstaff\b)\s*|\s+", re.IGNORECASE
)


@cache
def _openings() -> re.Pattern[str]:
    listed = (re.escape(words_.strip()) for words_ in toml("structure")["byline"]["openings"].split("|"))
    return re.compile(rf"(?:{'|'.join(listed)})\s*:?\s+(?=\S)", re.IGNORECASE)


def is_byline(line: str) -> bool:
    """Whether a line says who wrote the account, and nothing else.

    >>> is_byline("By Ana Hale and Tom Reed in Port Asker"), is_byline("By ANA HALE, Staff Writer")
    (True, True)
    >>> is_byline("By Friday the ferry had sunk."), is_byline("By the Harbour")
    (False, False)
    """
    opening = _openings().match(line)
    if not opening or len(line) > toml("structure")["byline"]["longest"]:
        return False
    rest = line[opening.end() :].rstrip(" .")
    first = rest.split(None, 1)[0].strip(",.;|").lower() if rest else ""
    if (
        not rest
        or first in words("structure", "byline", "calendar")
        or (first in ("the", "a", "an") and not _office(rest))
    ):
        return False
    if re.search(r"[!?:]|\.\s+[a-z]", rest):
        return False
    return all(_of_name(word) for word in PARTED.split(rest) if word)


def _office(rest: str) -> bool:
    return any(word.strip(",.;").lower() in words("structure", "byline", "offices") for word in rest.split())


def _of_name(word: str) -> bool:
    bare = word.strip(".,()'’-")
    if not bare or bare.lower() in words("structure", "byline", "offices") or bare.isdigit():
        return True
    return bare[0].isupper() or bare.lower() in words("structure", "byline", "particles")


MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
DAY = rf"(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)? {MONTH})(?:,? \d{{4}})?"
AGENCY = r"[(/\[][A-Za-z][\w .&/'’-]{1,40}[)/\]]"
DATELINE = re.compile(
    r"(?P<place>[A-Z][\w'’.-]*(?: [\w'’.-]+){0,4}(?:, (?:[A-Z][\w'’.]+)(?: [A-Z][\w'’.]+){0,3}){0,2})?"
    rf"(?:(?P<sign>,|:|\.|;)? ?\(?(?P<day>(?i:{DAY}))\)?)?"
    rf"[,.;:]? ?(?P<agency>{AGENCY})?"
    r"[.:]? ?(?:[-–—―]{1,3}|:(?= ))[ ]?(?=\S)"
)


def _dateline(listed: Sequence[Line], number: int, flowing: bool) -> int:
    """The length of the dateline with which a line begins, or 0."""
    line = listed[number]
    early = number < toml("structure")["dateline"]["within"]
    if (line.above and not flowing) or not (early or _after_rule(listed, number)):
        return 0
    return dateline(line.text)


def _after_rule(listed: Sequence[Line], number: int) -> bool:
    """True below a line of stars or dashes, which parts the reports of a file."""
    return any(re.fullmatch(r"[*=_#~ -]{3,}", listed[at].text) for at in range(max(0, number - 3), number))


def dateline(line: str) -> int:
    """The length of the dateline with which a line begins, or 0: a place in capitals, or one with a day or an agency.

    >>> [dateline(line) for line in ("PORT ASKER, 18 Nov (SPA) - The ferry sank.", "Port Asker, Nov. 18.—The ferry",
    ...     "(SPA) - The ferry sank.", "The ferry - a new one - sank.", "Asker - The ferry sank.")]
    [26, 21, 7, 0, 0]
    """
    match = DATELINE.match(line[: toml("structure")["dateline"]["longest"]])
    if not match or not ((place := match["place"] or "") or match["agency"]):
        return 0
    capitals = sum(c.isupper() for c in place) > 0.6 * sum(c.isalpha() for c in place) and len(place) > 2
    if not (match["day"] or match["agency"] or (capitals and not match[0].rstrip().endswith(":"))):
        return 0
    return len(match[0].rstrip())


# --- headings and items ------------------------------------------------------------------------------------------

CLOSED = (".", "!", "?", ";", ",", ":", '"', "”", "’")
MARKDOWN = re.compile(r"(#{1,6})\s+\S")
NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4}|\d{1,2}(?=\.))\.?\s+[A-Z]")
UNDER = re.compile(r"(?:=|-|~|\*|_){3,}")


@cache
def _chapters() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{'|'.join(toml('structure')['heading']['chapters'].split())})\s+(?:[IVXLC]+|\d{{1,3}}|[A-Z])\b",
        re.IGNORECASE,
    )


def _headings(listed: Sequence[Line], but: set[int], flowing: bool) -> Iterator[tuple[int, int]]:
    """The lines that are headings, each with its level; many short lines after each other are a list or an address."""
    run: list[tuple[int, int]] = []
    for number in range(len(listed)):
        level = 0 if number in but else _heading(listed, number, flowing)
        if level:
            run.append((number, level))
        else:
            if len(run) <= toml("structure")["heading"]["together"] and _prose(listed[number].text):
                yield from run
            run = []


def _prose(line: str) -> bool:
    """True for a line that may stand below a heading: not one more short line without an end."""
    ends = line.endswith(CLOSED) and not line.endswith(",")
    return len(line) >= 80 or ends or line[0] in toml("structure")["item"]["bullets"] or bool(UNDER.fullmatch(line))


def _heading(listed: Sequence[Line], number: int, flowing: bool) -> int:
    """The level of a line that is a heading, or 0."""
    line, known = listed[number], toml("structure")["heading"]
    if match := MARKDOWN.match(line.text):
        return len(match[1])
    if (
        number + 1 == len(listed)
        or listed[number + 1].text[0].islower()
        or len(line.text) > known["longest"]
        or len(line.text.split()) > known["words"]
    ):
        return 0
    under = UNDER.fullmatch(listed[number + 1].text) if line.below else None
    if under and not UNDER.fullmatch(line.text):
        return 1 if under[0][0] == "=" else 2
    if not (line.alone or (flowing and not _short_beside(listed, number))) or line.text.endswith(CLOSED):
        return 0
    return _level(line.text, number)


def _short_beside(listed: Sequence[Line], number: int) -> bool:
    """True where a line stands among short lines, as in a list or an address."""
    beside = [listed[at].text for at in (number - 1, number + 1) if 0 <= at < len(listed)]
    return all(len(text) < 60 for text in beside)


def _level(line: str, number: int) -> int:
    """The level by the words of a line that may be a heading, 0 where it looks like none."""
    letters = [c for c in line if c.isalpha()]
    if len(letters) < 3 or not (line[0].isalnum() or line[0] in "\"“‘'"):
        return 0
    if _chapters().match(line):
        return 1
    if match := NUMBERED.match(line):
        return min(6, match[1].count(".") + 2)
    if sum(c.isupper() for c in letters) > 0.8 * len(letters):
        return 2
    if number == 0 and line[0].isupper():
        return 1
    small = words("structure", "heading", "small")
    large = [word for word in line.split() if word.lower() not in small and word[0].isalpha()]
    titled = len(large) > 1 and all(word[0].isupper() for word in large)
    return 3 if titled else 0


MARKER = re.compile(r"(?:(\d{1,3})[.)]|\((\d{1,3}|[a-z])\)|([a-z])\))\s+(?=\S)")


def _items(listed: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The lines that begin an item, each with its depth."""
    bullets = toml("structure")["item"]["bullets"]
    before: tuple[int, str] | None = None
    for number, line in enumerate(listed):
        if line.text[0] in bullets and line.text[1:2] in (" ", "\t", "\u00a0"):
            yield number, 1
        elif match := MARKER.match(line.text):
            sign = match[1] or match[2] or match[3]
            following = before is not None and _next(before[1]) == sign
            if following and before is not None and _next(before[1]):
                if before[0] >= 0:
                    yield before[0], 1
                yield number, 1
                before = (-1, sign)
            else:
                before = (number, sign)


def _next(sign: str) -> str:
    return str(int(sign) + 1) if sign.isdigit() else chr(ord(sign) + 1)


def _item_end(listed: Sequence[Line], number: int, items: dict[int, int]) -> int:
    """Where an item ends that goes on over lines."""
    last = number
    while listed[last].below and last + 1 not in items and last - number < 40:
        last += 1
    return listed[last].end
