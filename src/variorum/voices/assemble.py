"""Join marks, reports and speeches to one list of voices, without two rows for the same words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from variorum.records import Mark
from variorum.spans import Span
from variorum.voices.accords import find_accords
from variorum.voices.beside import Direct, attach, climb, standing_alone
from variorum.voices.counted import find_counted
from variorum.voices.gaps import part
from variorum.voices.kinds import kind_of
from variorum.voices.lines import find_lines
from variorum.voices.reports import Report, find_reports
from variorum.voices.setting import Setting
from variorum.voices.speeches import find_speech
from variorum.voices.words import limit, share

__all__ = ["assemble", "set_aside"]

NOWHERE = Span(-1, -1)
SENTENCE_END = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\b[A-Z])(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bGen)(?<!\bCol)[.!?]\s"
)
THAT = re.compile(r"\bthat,?\s+$")


def assemble(setting: Setting) -> tuple[list[Report], list[Report], list[Mark]]:
    """The reports that stand on their own, in order; those inside others; the strings in marks that nobody utters."""
    tree = setting.tree
    found = [*find_reports(tree), *find_accords(tree)] if tree.parsed else []
    counted = part(tree, found, list(find_counted(tree)))
    reports = [report for report in found if not setting.in_marks(report.cue.start)]
    direct, marks = utterances(setting, reports)
    direct = join(direct, setting.text)
    for item in direct:
        with_that(item, setting.text)
    fill_speakers(direct, setting)
    inner = [report for report in found if setting.in_marks(report.cue.start)] + counted
    rows, nested = merge(reports, direct, setting.text)
    rows += unmarked(setting, rows)
    rows.sort(key=lambda row: (row.start, -row.end))
    return rows, inner + nested, marks


# --- strings in marks ---


def utterances(setting: Setting, reports: Sequence[Report]) -> tuple[list[Direct], list[Mark]]:
    """Strings that somebody utters, with their cues; and those set aside, with their kinds."""
    text, blocks = setting.text, setting.blocks
    says = sorted((r.start, r.end) for r in reports if r.tier == "says")
    reach = list(accumulate((end for _, end in says), max))  # how far the reports up to each one reach
    direct: list[Direct] = []
    aside = [set_aside(setting, mark.words(text), "name") for mark in setting.nicknames]
    for mark in setting.marked:
        words = mark.words(text)
        if words.start >= words.end:
            continue
        number, last = setting.block_of(mark.start), setting.block_of(max(mark.start, mark.end - 1))
        item = Direct(mark.start, mark.end, words, number)
        attach(item, setting, Span(blocks[number].start, blocks[last].end))
        before = bisect_right(says, mark.start, key=lambda report: report[0])
        held = before > 0 and mark.end <= reach[before - 1] + 1
        kind = kind_of(text, words, item.cue is not None or held)
        if kind is None:
            direct.append(item)
        else:
            aside.append(set_aside(setting, words, kind))
    return direct, aside


def set_aside(setting: Setting, words: Span, kind: str) -> Mark:
    """The row of a string that nobody utters."""
    return Mark(setting.witness, words.start, words.end, words.of(setting.text), kind)


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
    if last.cue is None:
        return False
    if last.cue == item.cue and last.side == item.side == "before" and len(gap) < limit("enumeration"):
        return "\n" not in gap and not SENTENCE_END.search(gap)
    if len(gap) > limit("interruption") or "\n" in gap.strip(" ") or last.side != "after":
        return False
    if not last.end <= last.cue.start < item.start or brings_own(item, last.cue):
        return False
    ends = gap.rstrip()[-1:]
    if ends == ":" and SENTENCE_END.search(gap):
        return False  # "A," Hale said. Another: "B."
    return ends in (".", ",", ":", ";", "—", "–", "…", "") and len(SENTENCE_END.findall(gap)) <= 1


def brings_own(item: Direct, cue: Span) -> bool:
    """True for a string that a cue of its own leads to, after another cue."""
    return item.cue is not None and item.cue != cue and item.side == "before" and item.cue.start > cue.end


def with_that(item: Direct, text: str) -> None:
    """``that`` before a string belongs to it."""
    if match := THAT.search(text, max(0, item.start - 8), item.start):
        item.words = Span(match.start(), item.words.end)


def fill_speakers(direct: list[Direct], setting: Setting) -> None:
    """A string without a speaker: that of its own sentence, of the string before it, or of the paragraph before."""
    blocks = setting.blocks
    for index, item in enumerate(direct):
        if item.speaker is not None:
            continue
        last, block = direct[index - 1] if index else None, blocks[item.paragraph]
        if inside_sentence(item, setting):
            item.speaker = climb(setting, item, block)
        if item.speaker is not None:
            continue
        if last is not None and item.cue is None and last.speaker and goes_on(last, item, blocks):
            item.speaker, item.cue = last.speaker, last.cue
        else:
            item.speaker = climb(setting, item, block) or standing_alone(setting, item, blocks)


def inside_sentence(item: Direct, setting: Setting) -> bool:
    """True for a string with words of its sentence before it."""
    tree = setting.tree
    index = tree.first_at(item.start)
    return (
        tree.parsed and index < len(tree) and any(not w.punct for w in tree.words[tree[index].sentence.start : index])
    )


def goes_on(last: Direct, item: Direct, blocks: Sequence[Span]) -> bool:
    """True when a string opens the paragraph after one that was closed with a quotation, or shares its paragraph."""
    opens = item.start == blocks[item.paragraph].start
    return item.paragraph == last.paragraph or (opens and item.paragraph == last.paragraph + 1)


# --- reports and strings ---


@dataclass(slots=True)
class Meeting:
    """A report with the strings in marks that it meets: those ``inside`` it, and those that it ``cuts``."""

    report: Report
    inside: list[Direct]
    cuts: list[Direct]


def merge(reports: list[Report], direct: list[Direct], text: str) -> tuple[list[Report], list[Report]]:
    """Reports and strings as one list, and the reports that stand inside others.

    What becomes of a report that meets strings is the deed of the first of ``MEETINGS`` whose test it passes.
    """
    begins = [item.start for item in direct]
    for report in reports:
        first = bisect_left(begins, report.start)
        take_in(report, direct[first : first + 4], text)
    kept, nested = without_nested(reports)
    rows: list[Report] = []
    used: set[int] = set()
    for report in kept:
        meeting = met(report, direct, begins)
        if next(deed for test, deed in MEETINGS if test(meeting))(meeting):
            rows.append(report)
            used.update(map(id, meeting.inside))
    rows += [
        Report(d.words.start, d.words.end, d.cue or NOWHERE, d.speaker, d.tier, "marks", -1)
        for d in direct
        if id(d) not in used
    ]
    return rows, nested


def met(report: Report, direct: list[Direct], begins: list[int]) -> Meeting:
    """The strings that a report meets."""
    meeting = Meeting(report, [], [])
    for item in direct[max(0, bisect_left(begins, report.start) - 1) :]:
        if item.start >= report.end:
            break
        shared = min(item.end, report.end) - max(item.start, report.start)
        if item.end > report.start:
            whole = shared >= share("inside") * (item.end - item.start)
            (meeting.inside if whole else meeting.cuts).append(item)
    return meeting


def cuts_a_string(meeting: Meeting) -> bool:
    """The report ends in the middle of a string: the string is the better row."""
    return bool(meeting.cuts)


def lend(meeting: Meeting) -> bool:
    """The strings take its speaker and cue where they have none."""
    for item in meeting.cuts:
        item.speaker, item.cue = item.speaker or meeting.report.speaker, item.cue or meeting.report.cue
    return False


def is_one_string(meeting: Meeting) -> bool:
    """The report is hardly more than one string."""
    report, inside = meeting.report, meeting.inside
    return len(inside) == 1 and inside[0].end - inside[0].start >= share("inside") * (report.end - report.start)


def give(meeting: Meeting) -> bool:
    """The string takes its speaker and cue."""
    [item] = meeting.inside
    item.speaker, item.cue, item.tier = meeting.report.speaker or item.speaker, meeting.report.cue, "says"
    return False


def closes_a_string(meeting: Meeting) -> bool:
    """The report ends with a string after which its own cue stands."""
    last = meeting.inside[-1] if meeting.inside else None
    return (
        last is not None
        and last.side == "after"
        and last.cue == meeting.report.cue
        and meeting.report.end <= last.end + 1
    )


def give_last(meeting: Meeting) -> bool:
    """That string takes its speaker."""
    last = meeting.inside[-1]
    last.speaker = meeting.report.speaker or last.speaker
    return False


def stands(meeting: Meeting) -> bool:
    """Any other report."""
    return True


def hold(meeting: Meeting) -> bool:
    """The report is a row of its own with its strings inside; in marks for the most part it is a direct quotation."""
    report, inside = meeting.report, meeting.inside
    if inside and report.tier == "stance":
        report.tier = "says"
    if sum(item.end - item.start for item in inside) >= share("direct") * (report.end - report.start):
        report.how = "marks"
    return True


MEETINGS: tuple[tuple[Callable[[Meeting], bool], Callable[[Meeting], bool]], ...] = (
    (cuts_a_string, lend),
    (is_one_string, give),
    (closes_a_string, give_last),
    (stands, hold),
)
"""Tests of a report that meets strings, in order, each with what is done; True where the report stays a row."""


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


def without_nested(reports: list[Report]) -> tuple[list[Report], list[Report]]:
    """The outermost reports, and those that stand inside them."""
    kept: list[Report] = []
    nested: list[Report] = []
    for report in sorted(reports, key=lambda r: (r.start, -r.end)):
        if kept and report.start < kept[-1].end:
            if outdone(kept[-1], report):
                kept[-1], report = report, kept[-1]
            nested.append(report)
        else:
            kept.append(report)
    return kept, nested


def outdone(outer: Report, inner: Report) -> bool:
    """True when a reported clause stands in something that is no clause itself, or runs on past a stance."""
    if inner.tier != "says":
        return False
    return (inner.how == "clause" and outer.how in ("object", "charge")) or (
        inner.end > outer.end and outer.tier == "stance"
    )


# --- words without marks ---


def unmarked(setting: Setting, rows: list[Report]) -> list[Report]:
    """A speech without marks, and labelled lines, where no other row stands; a speech takes the place of rows in it."""
    extra: list[Report] = []
    if speech := find_speech(setting.text, setting.blocks, setting.marked):
        body, line = speech
        rows[:] = [row for row in rows if row.end <= body.start or row.start >= body.end]
        extra.append(Report(body.start, body.end, line or NOWHERE, line, "says", "speech", -1))
    taken = sorted((row.start, row.end) for row in (*rows, *extra))
    for label, name, words in find_lines(setting):
        if free(words, taken):
            colon = Span(label.end, label.end + 1)
            extra.append(Report(words.start, words.end, colon, name, "says", "label", -1))
    return extra


def free(words: Span, taken: list[tuple[int, int]]) -> bool:
    """True when none of the sorted rows overlaps the words; rows do not overlap one another by much."""
    index = bisect_left(taken, (words.end, -1))
    return not any(end > words.start for _, end in taken[max(0, index - 4) : index])
