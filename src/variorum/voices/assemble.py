"""Join marks, reports and speeches to one list of quotes, without two rows for the same words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

from variorum.language.tree import Tree
from variorum.mentions import Found
from variorum.records import Mark, Quote
from variorum.spans import Span
from variorum.voices.accords import find_accords
from variorum.voices.beside import Direct, Places, attach, climb, standing_alone
from variorum.voices.chains import Told
from variorum.voices.kinds import kind_of
from variorum.voices.marks import Marked, find_marked, paragraphs
from variorum.voices.reports import Report, find_reports
from variorum.voices.speakers import Speakers
from variorum.voices.speeches import find_speech, find_transcript

__all__ = ["assemble"]

SENTENCE_END = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\b[A-Z])(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bGen)(?<!\bCol)[.!?]\s"
)
LONGEST_INTERRUPTION = 240  # characters between two strings that one cue joins


def assemble(doc: Tree, found: Found) -> tuple[list[Quote], list[Mark]]:
    """Quotes and set-aside marks of a document."""
    text = doc.text
    blocks = paragraphs(text)
    marked = find_marked(text)
    places = Places(doc, [Span(mark.start, mark.end) for mark in marked])
    speakers = Speakers(doc, found)
    places.people = places.tokens_of((person.start, person.end) for person in speakers.people)
    places.names = frozenset(person.name for person in speakers.people)
    parsed = doc.parsed
    reports = [*find_reports(doc), *find_accords(doc)] if parsed else []
    reports = outside_marks(reports, places)
    layers = sorted((r for r in reports if r.tier == "says" and r.frame == "clause"), key=lambda r: (r.start, -r.end))
    direct, marks = utterances(text, marked, blocks, places, reports, found.witness)
    direct = join(direct, text)
    for item in direct:
        with_that(item, text)
    fill_speakers(direct, places, blocks)
    rows = merge(reports, direct, text)
    rows += unmarked(text, blocks, marked, rows)
    rows.sort(key=lambda row: (row.start, -row.end))
    told = Told(places, found, speakers, layers)
    quotes = [told.quote(row) for row in rows]
    return [quote for quote in quotes if quote.text.strip()], marks


def outside_marks(reports: list[Report], places: Places) -> list[Report]:
    """Reports whose cue stands outside marks: what is reported inside a quotation is the quoted one's affair."""
    return [report for report in reports if not places.in_marks(report.cue.start)]


def utterances(
    text: str, marked: list[Marked], blocks: list[Span], places: Places, reports: list[Report], witness: str
) -> tuple[list[Direct], list[Mark]]:
    """Strings that somebody utters, with their cues; and those set aside, with their kinds."""
    starts = [block.start for block in blocks]
    says = sorted((r.start, r.end) for r in reports if r.tier == "says")
    reach = list(accumulate((end for _, end in says), max))  # how far the reports up to each one reach
    direct: list[Direct] = []
    aside: list[Mark] = []
    for mark in marked:
        words = mark.words(text)
        if words.start >= words.end:
            continue
        number = max(0, bisect_right(starts, mark.start) - 1)
        item = Direct(mark.start, mark.end, words, number)
        last = max(0, bisect_right(starts, max(mark.start, mark.end - 1)) - 1)
        attach(item, places, Span(blocks[number].start, blocks[last].end))
        before = bisect_right(says, mark.start, key=lambda report: report[0])
        held = before > 0 and mark.end <= reach[before - 1] + 1
        kind = kind_of(text, words, item.cue is not None or held)
        if kind is None:
            direct.append(item)
        else:
            aside.append(Mark(witness, words.start, words.end, words.of(text), kind))
    return direct, aside


def join(direct: list[Direct], text: str) -> list[Direct]:
    """Strings of one paragraph parted by one cue become one: ``"A," Hale said. "B."``"""
    joined: list[Direct] = []
    for item in direct:
        last = joined[-1] if joined else None
        if last is not None and interrupted(last, item, text):
            last.end = item.end
            last.words = Span(last.words.start, item.words.end)
        else:
            joined.append(item)
    return joined


def interrupted(last: Direct, item: Direct, text: str) -> bool:
    """True when only the cue of ``last`` stands between it and ``item``."""
    gap = text[last.end : item.start].strip("'’`")
    if last.cue is not None and last.cue == item.cue and last.side == item.side == "before" and len(gap) < 60:
        return "\n" not in gap and not SENTENCE_END.search(gap)
    if len(gap) > LONGEST_INTERRUPTION or "\n" in gap.strip(" ") or last.cue is None or last.side != "after":
        return False
    if not last.end <= last.cue.start < item.start:
        return False
    own = item.cue is not None and item.cue != last.cue and item.side == "before" and item.cue.start > last.cue.end
    ends = gap.rstrip()[-1:]
    return not own and ends in (".", ",", ":", ";", "—", "–", "…", "") and len(SENTENCE_END.findall(gap)) <= 1


THAT = re.compile(r"\bthat,?\s+$")


def with_that(item: Direct, text: str) -> None:
    """``that`` before a string belongs to it."""
    if match := THAT.search(text, max(0, item.start - 8), item.start):
        item.words = Span(match.start(), item.words.end)


def fill_speakers(direct: list[Direct], places: Places, blocks: list[Span]) -> None:
    """A string without a speaker: the paragraph's first string with one, the paragraph before, else up the parse."""
    for index, item in enumerate(direct):
        if item.speaker is not None:
            continue
        last = direct[index - 1] if index else None
        if item.cue is None and last is not None and last.speaker and goes_on(last, item, blocks):
            item.speaker, item.cue = last.speaker, last.cue
            continue
        item.speaker = climb(places, item, blocks[item.paragraph]) or standing_alone(places, item, blocks)


def goes_on(last: Direct, item: Direct, blocks: list[Span]) -> bool:
    """True when a string opens the paragraph after one that was closed with a quotation, or shares its paragraph."""
    if item.paragraph == last.paragraph:
        return True
    opens = item.start == blocks[item.paragraph].start
    return opens and item.paragraph == last.paragraph + 1


def merge(reports: list[Report], direct: list[Direct], text: str) -> list[Report]:
    """Reports and strings as one list: a string inside a report makes it mixed, a report inside a string is dropped."""
    begins = [item.start for item in direct]
    for report in reports:
        first = bisect_left(begins, report.start)
        take_in(report, direct[first : first + 4], text)
    kept = without_nested(reports)
    rows: list[Report] = []
    used: set[int] = set()
    starts = [item.start for item in direct]
    for report in kept:
        first = max(0, bisect_left(starts, report.start) - 1)
        inside, beaten = [], False
        for index in range(first, len(direct)):
            item = direct[index]
            if item.start >= report.end:
                break
            if item.end <= report.start:
                continue
            shared = min(item.end, report.end) - max(item.start, report.start)
            if shared >= 0.8 * (item.end - item.start):
                inside.append(index)
            else:
                beaten = True
                item.speaker = item.speaker or report.speaker
                item.cue = item.cue or report.cue
        if beaten:
            continue
        if len(inside) == 1 and (direct[inside[0]].end - direct[inside[0]].start) >= 0.8 * (report.end - report.start):
            item = direct[inside[0]]
            item.speaker = report.speaker or item.speaker
            item.cue, item.tier = report.cue, "says"
            continue
        if (
            inside
            and (last := direct[inside[-1]]).side == "after"
            and last.cue == report.cue
            and report.end <= last.end + 1
        ):
            last.speaker = report.speaker or last.speaker
            continue
        used.update(inside)
        share = sum(direct[i].end - direct[i].start for i in inside)
        if inside and report.tier == "stance":
            report.tier = "says"
        report.frame = "direct" if share >= 0.5 * (report.end - report.start) else report.frame
        rows.append(report)
    rows += [
        Report(d.words.start, d.words.end, d.cue or Span(-1, -1), d.speaker, d.tier, "direct", -1)
        for index, d in enumerate(direct)
        if index not in used
    ]
    return rows


def take_in(report: Report, direct: list[Direct], text: str) -> None:
    """Let a report run on over a string that its own cue brings and that begins right after it."""
    for item in direct:
        if item.start > report.end + 30 or item.side != "before" or item.cue != report.cue:
            continue
        if item.start >= report.end and re.search(r"[.!?:]", text[report.end - 1 : item.start]):
            continue
        if item.start >= report.end - 1 and not item.words.end < report.end:
            report.end = item.end
            return
        if item.start < report.end < item.end:
            report.end = item.end


def without_nested(reports: list[Report]) -> list[Report]:
    """Outermost reports only: what a reported clause reports in turn belongs to its chain, not to a row of its own."""
    ordered = sorted(reports, key=lambda r: (r.start, -r.end))
    kept: list[Report] = []
    for report in ordered:
        if kept and report.start < kept[-1].end:
            if outdone(kept[-1], report):
                kept[-1] = report
            continue
        kept.append(report)
    return kept


def free(words: Span, taken: list[tuple[int, int]]) -> bool:
    """True when none of the sorted rows overlaps the words; rows do not overlap one another by much."""
    index = bisect_left(taken, (words.end, -1))
    return not any(end > words.start for _, end in taken[max(0, index - 4) : index])


def outdone(outer: Report, inner: Report) -> bool:
    """True when a reported clause stands in something that is no clause itself, or runs on past a stance."""
    if inner.tier != "says":
        return False
    if inner.frame == "clause" and outer.frame == "object":
        return True
    return inner.end > outer.end and outer.tier == "stance"


def unmarked(text: str, blocks: list[Span], marked: list[Marked], rows: list[Report]) -> list[Report]:
    """A speech without marks, and transcripts, where no other row stands."""
    extra: list[Report] = []
    if speech := find_speech(text, blocks, marked):
        body, line = speech
        rows[:] = [row for row in rows if row.end <= body.start or row.start >= body.end]
        extra.append(Report(body.start, body.end, line or Span(-1, -1), line, "says", "speech", -1))
    taken = sorted((row.start, row.end) for row in (*rows, *extra))
    for name, cue, words in find_transcript(text, blocks):
        if free(words, taken):
            extra.append(Report(words.start, words.end, cue, name, "says", "transcript", -1))
    return extra
