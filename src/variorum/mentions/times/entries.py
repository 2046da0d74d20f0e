"""Entries: lines, cells, headings or beginnings of lines that are only a date, and the text that each governs.

Diaries, chronicles, timelines and live pages date what they tell by such lines. An entry governs up to the next one of
its rank or a higher one: year, month, week, day, clock time. One pass over the lines; linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from variorum.lists import toml
from variorum.mentions.times.meanings import Hit, Meaning, NthDay, Point, Unit
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.unmarked import Loose, loose, settled
from variorum.records import Structure

__all__ = ["DAY", "MONTH", "MOMENT", "WEEK", "YEAR", "Entries", "Entry", "entries"]

YEAR, MONTH, WEEK, DAY, MOMENT = 1, 2, 3, 4, 5
"""Ranks, the highest first: an entry governs up to the next of its own rank or of a lower number."""

_LINE = re.compile(r"(?m)^(?P<lead>[ \t#>|*_=+•·▪◦‣~\[(–—-]{0,12})(?=[^\s#>|*_=+•·▪◦‣~\[(–—-])[^\n]*")
_ONLY = re.compile(r"[ \t]*(?:\([^()\d\n]{1,24}\))?[ \t*_=#~\]).:;,|–—-]*(?=\n|$)")
_MARKED = re.compile(
    r"[*_\])]{0,4}(?:[ \t]*:(?!\d)|[ \t]+-{1,2}(?=\s)|[ \t]*[–—]|\.?-{2,3}|\.[ \t]?[-–—]|[.,]?\][:.]?(?=\s)"
    r"|\.(?=[*_]{0,3} +[*_]{0,3}[A-ZÀ-ÖØ-ÞЀ-Я“„«\"'(—])|[ \t]*\|)[ \t*_|–—-]{0,6}(?=\S)"
)
_PLAIN = re.compile(r"[*_]{0,3}[ \t]+[*_]{0,3}(?=[A-ZÀ-ÖØ-ÞЀ-Я“„«\"'(—])")
_GLUE = re.compile(r"[ ,(]{1,3}|\)?[ ]?[-–—/,:][ ]?|[ ](?:to|and|at|until)[ ]|, ?at ")
_BULLET = re.compile(r"[ \t]{0,8}[*•·▪◦‣+–—-][ \t]+")
_CLOSED = re.compile(r"[.!?:;)\]\"”’—–|-][ \t]*$")
_LONG_LINE: int = toml("limits")["times"]["long_line"]
_PLAIN_LINES: int = toml("limits")["times"]["plain_lines"]
_HEAD: int = toml("limits")["times"]["head_lines"]
_MOST_COLUMNS: int = toml("limits")["times"]["columns"]
_TITLE: int = toml("limits")["times"]["title"]


@dataclass(slots=True)
class Entry:
    """A date line: its words, its rank, which of the hits has its date, and where what it governs ends.

    ``governs`` is False for the day on which the account itself was written: it says what "today" is and dates nothing
    else. ``parent`` is the entry of a higher rank that it stands in.
    """

    start: int
    end: int
    rank: int
    hit: int
    until: int
    whole: bool
    governs: bool = True
    parent: int | None = None
    members: list[int] = field(default_factory=list)
    """All hits of the line: both ends of a range, the weekday in brackets."""


class Entries:
    """The entries of a text, asked by offset.

    >>> from variorum.mentions.times.options import TimeOptions
    >>> from variorum.mentions.times.scan import scan
    >>> sight = Sight("3 May 1911\\nThe ferry left.\\n4 May\\nIt sank.", TimeOptions())
    >>> _, found = entries(sight, scan(sight), None)
    >>> [(sight.text[e.start : e.end], e.until) for e in found.listed]
    [('3 May 1911', 27), ('4 May', 41)]
    >>> found.at(30)[0].start
    27
    """

    def __init__(self, listed: Sequence[Entry] = ()) -> None:
        self.listed = list(listed)
        self._starts = [entry.start for entry in listed]
        self.by_hit = {hit: number for number, entry in enumerate(listed) for hit in entry.members}

    def at(self, offset: int) -> list[Entry]:
        """The entries that govern an offset, the finest first."""
        number: int | None = bisect_right(self._starts, offset) - 1
        if number is None or number < 0:
            return []
        chain: list[Entry] = []
        while number is not None:
            entry = self.listed[number]
            if offset < entry.until:
                chain.append(entry)
            number = entry.parent
        return chain


def entries(
    sight: Sight, hits: Sequence[Hit], published: Point | None, parts: Sequence[Structure] = ()
) -> tuple[list[Hit], Entries]:
    """The hits with those that only stand at the beginning of lines ("Day 3", "874."), and the entries; ``parts`` are
    the headings and cells that are known of the text.
    """
    found = list(_lines(sight, hits))
    known = [(line.start, line.meaning) for line in found if isinstance(line.meaning, Point)]
    added = settled([line.loose for line in found if line.loose], known)
    dated = [line for line in found if line.meaning is not None or line.start in added]
    ranks = {line.start: _rank(added[line.start].meaning if line.start in added else line.meaning) for line in dated}
    lines = _believed(dated, ranks)
    if not lines:
        return list(hits), Entries()
    merged = _merged(hits, [added[line.start] for line in lines if line.start in added])
    made = [_entry(line, merged) for line in lines]
    _bound(sight, made, lines)
    _bound_by_parts(made, parts)
    return merged, Entries(_judged(sight, merged, made, published))


@dataclass(slots=True)
class _Line:
    """A line that begins with a date: where its words begin and end, how they are set off, and the line's own end."""

    start: int
    end: int
    sign: str  # "only", "marked" or "plain"
    match: re.Match[str]
    meaning: Meaning | None = None
    loose: Loose | None = None


def _lines(sight: Sight, hits: Sequence[Hit]) -> Iterator[_Line]:
    begins = {hit.start: index for index, hit in enumerate(hits)}
    for line in _LINE.finditer(sight.text):
        start = line.end("lead")
        special, index = loose(sight, start), begins.get(start)
        dated = index is not None and _datelike(hits[index])
        if special is None and not dated:
            continue
        ends = [one.end for one in (special, hits[index] if index is not None and dated else None) if one]
        end = _further(sight, hits, bisect_right(hits, start, key=lambda h: h.start), max(ends))
        sign = _sign(sight, end)
        if sign and not _goes_on(sight, line):
            yield _Line(start, end, sign, line, hits[index].meaning if index is not None and dated else None, special)


def _datelike(hit: Hit) -> bool:
    meaning = hit.meaning
    if isinstance(meaning, Unit):
        return meaning.weekday is not None and meaning.which == ""
    return isinstance(meaning, (Point, NthDay)) and hit.rule not in ("ancient year", "spoken decade")


def _further(sight: Sight, hits: Sequence[Hit], index: int, end: int) -> int:
    """Where the date ends that goes on after a comma, a dash or in brackets: "19 March (Saturday), 13:20"."""
    while index < len(hits) and hits[index].start <= end + 5:
        nxt = hits[index]
        if nxt.start >= end:
            if not _GLUE.fullmatch(sight.text, end, nxt.start) or not (_datelike(nxt) or nxt.joined):
                break
            end = nxt.end
        index += 1
    return end


def _sign(sight: Sight, end: int) -> str:
    if _ONLY.match(sight.text, end):
        return "only"
    if _MARKED.match(sight.text, end):
        return "marked"
    return "plain" if _PLAIN.match(sight.text, end) else ""


def _goes_on(sight: Sight, line: re.Match[str]) -> bool:
    """Whether the line continues the prose of the line right above it, as in a text wrapped at a fixed width."""
    before = sight.text[max(0, line.start() - 400) : line.start()].split("\n")
    above = before[-2].rstrip() if len(before) > 1 else ""
    return len(above) > _LONG_LINE and not _CLOSED.search(above) and not line.group("lead").strip()


def _believed(found: Sequence[_Line], ranks: Mapping[int, int]) -> list[_Line]:
    """Without the lines whose date no sign sets off, unless several lines begin with a date of that rank."""
    counts = Counter(ranks[line.start] for line in found if line.sign != "only" or ranks[line.start] == MOMENT)
    return [line for line in found if line.sign != "plain" or counts[ranks[line.start]] >= _PLAIN_LINES]


def _merged(hits: Sequence[Hit], added: Sequence[Hit]) -> list[Hit]:
    """The hits in order, the added ones in place of those that they cover."""
    if not added:
        return list(hits)
    ends = {hit.start: hit.end for hit in added}
    starts = sorted(ends)

    def covered(hit: Hit) -> bool:
        at = bisect_right(starts, hit.end - 1) - 1
        return at >= 0 and starts[at] < hit.end and ends[starts[at]] > hit.start

    return sorted([*(h for h in hits if not covered(h)), *added], key=lambda h: h.start)


def _entry(line: _Line, hits: Sequence[Hit]) -> Entry:
    first = bisect_right(hits, line.start - 1, key=lambda h: h.start)
    members = []
    while first < len(hits) and hits[first].start < line.end:
        members.append(first)
        first += 1
    chief = min(members, key=lambda i: (_dayless(hits[i]), i))
    return Entry(
        line.start,
        line.end,
        min(_rank(hits[i].meaning) for i in members),
        chief,
        0,
        line.sign == "only",
        True,
        None,
        members,
    )


def _dayless(hit: Hit) -> int:
    """0 for a day of the calendar, 1 for another date, 2 for a weekday or a count of days."""
    meaning = hit.meaning
    if isinstance(meaning, Point):
        return 0 if meaning.day else 1
    return 2


def _rank(meaning: Meaning | None) -> int:
    if not isinstance(meaning, Point):
        return MOMENT if isinstance(meaning, Unit) and meaning.part and not meaning.weekday else DAY
    if meaning.day or meaning.feast or meaning.weekday:
        return DAY
    if meaning.clock or meaning.part:
        return MOMENT
    if meaning.month or meaning.season or meaning.quarter or meaning.half:
        return MONTH
    return WEEK if meaning.week else YEAR


def _bound(sight: Sight, made: list[Entry], lines: Sequence[_Line]) -> None:
    """Gives every entry its end and its parent."""
    opened: list[int] = []
    for number, entry in enumerate(made):
        while opened and made[opened[-1]].rank >= entry.rank:
            made[opened.pop()].until = lines[number].match.start()
        entry.parent = opened[-1] if opened else None
        opened.append(number)
    for number in opened:
        made[number].until = len(sight.text)
    for entry, line in zip(made, lines, strict=True):
        entry.until = min(entry.until, _closed(sight, entry, line))


def _closed(sight: Sight, entry: Entry, line: _Line) -> int:
    """Where what an entry governs ends for another reason: the end of a table's row, of a list, of a section."""
    text = sight.text
    if "|" in text[entry.end : entry.end + 3] or (not entry.whole and text.startswith("|", line.match.start())):
        return line.match.end()
    level = len(line.match.group("lead").strip()) if line.match.group("lead").startswith("#") else 0
    if level:
        below = re.compile(rf"(?m)^#{{1,{level}}}[ \t]").search(text, line.match.end(), entry.until)
        return below.start() if below else entry.until
    if _BULLET.fullmatch(line.match.group("lead")):
        after = re.compile(r"\n[ \t]*\n(?![ \t]*[*•·▪◦‣+–—-])").search(text, line.match.end(), entry.until)
        return after.end() if after else entry.until
    return _title_end(sight, entry, line)


def _bound_by_parts(made: Sequence[Entry], parts: Sequence[Structure]) -> None:
    """A date in a heading governs its section, one in a cell its row."""
    known = {part.start: part for part in parts if part.kind in ("heading", "cell")}
    cells = [part for part in parts if part.kind == "cell"]
    for entry in made:
        part = known.get(entry.start)
        if part is None:
            continue
        if part.kind == "heading" and part.until is not None:
            entry.until = min(entry.until, part.until)
        elif part.kind == "cell":
            first = bisect_right(cells, part.start, key=lambda c: c.start)
            later = cells[first : first + _MOST_COLUMNS]
            row = next((n for n, c in enumerate(later) if (c.level or 0) <= (part.level or 0)), len(later))
            entry.until = max(entry.end, min(entry.until, later[row - 1].end if row else part.end))


def _title_end(sight: Sight, entry: Entry, line: _Line) -> int:
    """A title that begins with a date ("1914: The fire") governs up to the next title."""
    told = line.match.group().strip()
    if entry.whole or len(told) > _TITLE or told[-1] in '.!?,;:"”' or sight.text[line.match.end() :].strip() == "":
        return entry.until
    at = line.match.end()
    while (at := sight.text.find("\n", at)) >= 0 and at < entry.until:
        end = sight.text.find("\n", at + 1)
        below = sight.text[at + 1 : end if end >= 0 else len(sight.text)].strip()
        if below and len(below) <= _TITLE and below[0].isupper() and below[-1] not in '.!?,;:"”)':
            return at + 1
        at += 1
    return entry.until


def _judged(sight: Sight, hits: Sequence[Hit], made: list[Entry], published: Point | None) -> list[Entry]:
    """Without what only looks like an entry: one date on every page; the day of publication below a headline."""
    told = {" ".join(sight.low[e.start : e.end].split()) for e in made}
    if len(made) > 1 and len(told) == 1 and made[0].rank <= DAY:
        return []
    if len(made) == 1 and (not made[0].whole or made[0].rank == MOMENT):
        return []  # one line alone that merely begins with a date is a sentence like others
    if len(made) == 1 and made[0].rank == DAY and _of_publication(sight, made[0], hits[made[0].hit], published):
        made[0].governs = False
    return made


def _of_publication(sight: Sight, entry: Entry, hit: Hit, published: Point | None) -> bool:
    """A lone date at the head is the day the text was written on: that of publication, or one below a title."""
    above = [line for line in sight.text[: entry.start].split("\n") if line.strip(" \t#*_=-")]
    if len(above) >= _HEAD:
        return False
    meaning = hit.meaning
    if published is not None and isinstance(meaning, Point):
        same = (meaning.month, meaning.day) == (published.month, published.day)
        return same and meaning.year in (None, published.year)
    return bool(above)
