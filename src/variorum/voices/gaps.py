"""Sources whose verb is left out: ``The ministry said 12 had died, the Red Cross 30``.

A report that runs on over such a clause ends before it, also where the clause has a verb of saying of its own
("admitted 23 dead, the opposition claims 80").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from variorum.language.tree import Tree, Word
from variorum.spans import Span
from variorum.voices.cues import cue_of, says
from variorum.voices.reports import Report, made
from variorum.voices.subjects import trimmed
from variorum.voices.titles import titles
from variorum.voices.words import limit, listed

__all__ = ["Gap", "find_gaps", "part"]

SOURCES = listed("speaking") | listed("documents")
NAMING = frozenset({"NOUN", "PROPN", "ADJ", "DET"})
SMALL = frozenset({"ADV", "ADP", "NUM", "PART", "SCONJ", "CCONJ", "ADJ", "PRON"})
TURNS = listed("turns") | listed("contrasts") | {"and"}


@dataclass(slots=True)
class Gap:
    """``before`` ends what was said before, ``first`` to ``last`` are the words of the number, ``cue`` its verb."""

    before: Word
    first: Word
    last: Word
    cue: Word
    speaker: Span | None


def find_gaps(tree: Tree) -> Iterator[Gap]:
    """The clauses of a parsed text that give another source's number after a number that was said.

    >>> from variorum.language import parse
    >>> from variorum.language.tree import tree_of
    >>> text = "The ministry said 12 people had died, the Red Cross 30."
    >>> [(gap.speaker.of(text), gap.last.text) for gap in find_gaps(tree_of(next(parse([text]))))]
    [('the Red Cross', '30')]
    >>> list(find_gaps(tree_of(next(parse(["The mayor said the police killed 12 men, the army 30."])))))
    []
    """
    for sentence in tree.sentences if tree.parsed else ():
        words = tree.words[sentence.start : sentence.end]
        numbers = [word for word in words if word.pos == "NUM"]
        cue = next((word for word in words if _counts(word)), None) if len(numbers) > 1 else None
        if cue is None:
            continue
        for word in numbers[1:]:
            gap = _gap(tree, word, cue, sentence.start)
            spoken = [other for other in numbers if cue.i < other.i <= (gap.before.i if gap else 0)]
            if gap is not None and spoken and not _of_a_doer(spoken[-1], cue):
                yield gap


def _counts(word: Word) -> bool:
    cue = cue_of(word)
    return cue is not None and cue.pos == "verb" and cue.tier == "says" and (says(word) or "count" in cue.frames)


def _of_a_doer(number: Word, cue: Word) -> bool:
    """In ``the mayor said the police killed 12, the army 30`` the second verb is left out, and its doer no source."""
    noun = number.head if number.dep == "nummod" else number
    verb = noun.head
    if verb is cue or verb.pos != "VERB" or noun.dep not in ("obj", "obl"):
        return False
    return any(c.low in SOURCES or c.low in titles() or c.pos == "PROPN" for c in verb.under("nsubj"))


def _gap(tree: Tree, number: Word, cue: Word, start: int) -> Gap | None:
    """The clause that ends in a number alone."""
    after = number.i + 1
    if after < number.sentence.end and not tree[after].punct and tree[after].pos not in ("CCONJ", "SCONJ"):
        return None
    at = number.i - 1
    while at > start and number.i - at < limit("gap") and _small(tree[at]):
        at -= 1
    own = says(tree[at]) and at > start
    noun = at - own
    first = noun
    while first > start and tree[first - 1].pos in NAMING and tree[first - 1].low not in TURNS:
        first -= 1
    joint = _joint(tree, first - 1)
    if joint is None or joint <= cue.i or not _source(tree[noun], tree[first]):
        return None
    speaker = None if own else trimmed(tree, first, noun, noun)
    return Gap(tree[joint], tree[at + 1], number, cue, speaker)


def _small(word: Word) -> bool:
    return word.pos in SMALL and word.text not in ",;" and word.low not in ("anybody", "nobody")


def _joint(tree: Tree, at: int) -> int | None:
    """The last word before a comma, semicolon or "and" that ends at a word; None where no clause can begin."""
    joined = tree[at].low in TURNS
    at -= joined
    comma = tree[at].text in (",", ";")
    return at - comma if joined or comma else None


def _source(noun: Word, opener: Word) -> bool:
    """Somebody who can give a number: ``the police``, ``organisers``, ``the Red Cross``; not ``the bus``."""
    return noun.low in SOURCES or noun.low in titles() or (noun.text[0].isupper() and opener.pos == "DET")


def part(tree: Tree, reports: list[Report], counted: list[Report]) -> list[Report]:
    """Ends all reports before the gaps that they run over; ``counted`` with the numbers behind the gaps."""
    for gap in find_gaps(tree):
        end = gap.before.end
        for report in (*reports, *counted):
            if report.cue.start < end < report.end and report.start < end:
                report.end = end
        if gap.speaker is not None:
            counted = [r for r in counted if not (r.cue.start < end <= r.start and r.end >= gap.first.start)]
            item = made(tree, gap.first.i, gap.last.i, gap.cue, "says", "count", gap.speaker)
            counted += [item] if item is not None else []
    return counted
