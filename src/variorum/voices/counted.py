"""Who gives a count: ``put the toll at 704``, ``reported 12 deaths``, ``speaks of 800 killed``.

What a verb of saying has as object is a thing that is spoken of, and no words of anybody; its number is the speaker's.
"""

from __future__ import annotations

from collections.abc import Iterator

from variorum.language.tree import Tree, Word
from variorum.spans import Span
from variorum.voices.cues import Cue, cue_of
from variorum.voices.reports import Report, made, prepositional, unsaid
from variorum.voices.subjects import speaker_of, trimmed
from variorum.voices.words import listed

__all__ = ["find_counted"]

TALLIES = listed("tallies")
NAMING = frozenset({"NOUN", "PROPN", "ADJ", "DET"})


def find_counted(tree: Tree) -> Iterator[Report]:
    """The reports of a parsed text that only give a number."""
    for verb in tree.words if tree.parsed else ():
        cue = cue_of(verb)
        if cue is None or cue.pos != "verb" or verb.dep in ("aux", "cop") or unsaid(verb, cue):
            continue
        found = extent(verb, cue)
        if found is None or not has_count(tree.words[found[0] : found[1] + 1], "weak" in cue.flags):
            continue
        gap = gapped(tree, *found)
        if gap is not None:
            yield from _report(verb, cue, (gap[1], found[1]), trimmed(tree, gap[0], gap[1] - 1, gap[1] - 1))
            found = found[0], gap[0] - 1
        yield from _report(verb, cue, found, speaker_of(verb))


def _report(verb: Word, cue: Cue, extent: tuple[int, int], speaker: Span | None) -> Iterator[Report]:
    """The report of a number by its speaker, where there is one."""
    if speaker is not None and (report := made(verb.tree, *extent, verb, cue.tier, "count", speaker)):
        yield report


def gapped(tree: Tree, first: int, last: int) -> tuple[int, int] | None:
    """``put the toll at 241, Western diplomats at 2,600``: where those stand who give the second number, and "at"."""
    for word in tree.words[first + 1 : last]:
        if word.low != "at" or tree[word.i + 1].pos != "NUM":
            continue
        start = word.i
        while start > first + 1 and tree[start - 1].pos in NAMING:
            start -= 1
        noun = tree[word.i - 1]
        if (
            start < word.i
            and noun.pos in ("NOUN", "PROPN")
            and noun.low not in TALLIES
            and tree[start - 1].text in ",;"
        ):
            return start, word.i
    return None


def has_count(words: list[Word], weak: bool) -> bool:
    """True for words with a number; after a weak cue only beside a word such as toll."""
    return any(word.pos == "NUM" for word in words) and (not weak or any(word.low in TALLIES for word in words))


def extent(verb: Word, cue: Cue) -> tuple[int, int] | None:
    """The words of an object or prepositional object in which a number is the speaker's."""
    if "count" not in cue.frames:
        return None
    if cue.prepositions and (found := prepositional(verb, cue)):
        return found[0], found[1]
    return _all_after(verb)


def _all_after(verb: Word) -> tuple[int, int] | None:
    """The object and all that follows it up to the next clause: ``put the toll at 704``."""
    parts = [c for c in verb.children if c.i > verb.i and c.dep in ("obj", "obl", "obl:arg", "xcomp", "nmod")]
    if not parts:
        return None
    first, last = min(c.first for c in parts), max(c.last for c in parts)
    clause = (c.first - 1 for part in parts for c in part.subtree() if c.dep == "acl:relcl" and c.first > first)
    return first, min([last, *clause])
