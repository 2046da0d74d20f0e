"""Runs the steps of the figures over one text and makes the rows."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from spacy.attrs import SENT_START

from variorum.config import Config
from variorum.language import tree as parsed
from variorum.language.tree import tree_of
from variorum.lists import toml
from variorum.mentions import Found
from variorum.mentions.figures import (
    breakdown,
    denials,
    exclusions,
    lexicon,
    modifiers,
    numbers,
    roles,
    shots,
    singles,
    units,
    zero,
)
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.durations import durations
from variorum.mentions.figures.predicates import is_a, titled
from variorum.mentions.figures.scope import Scopes
from variorum.mentions.figures.words import Line, lines, sentence_spans
from variorum.records import Figure, Problem
from variorum.spans import Span
from variorum.voices import Voices

__all__ = ["find", "find_plain"]

THINGS = ("weapons", "vehicles", "aircraft", "ships")
"""Kinds of things of which "one" counts one where its act is told: one bomb was dropped."""


def find_plain(text: str, found: Found | None = None) -> list[Figure]:
    """The figures of a text without a parse: numbers, intervals, units and roles by the words alone.

    >>> text = "The ferry Maid of Asker sank off Port Asker, killing more than 40 passengers."
    >>> [(f.text, f.low, f.high, f.unit, f.role) for f in find_plain(text)]
    [('more than 40', 41, None, 'passengers', 'killed')]
    """
    found = found or Found("text")
    counts = _counts(text, sentence_spans(text), found)
    return [_row(text, c, found.witness) for c in counts]


def find(doc: Any, found: Found, config: Config) -> list[Figure]:
    """The figures of a parsed text (a spaCy ``Doc``), in order; the times of ``found`` are no figures."""
    text = tree_of(doc).text
    voices, scopes = Voices(found.voices), Scopes(text, found)

    def voiced(_: Line, counts: Sequence[Count]) -> None:
        for count in counts:
            count.voice = list(voices.at(count.start_offset, count.end_offset))

    counts = _counts(text, _sentences(doc), found, _verbs(doc), (voiced, scopes.give))
    rows = [*(_row(text, c, found.witness) for c in counts), *durations(found, voices, text)]
    return sorted(rows, key=lambda row: (row.start, row.end))


EVENT = re.compile(r"\s(?:after|before|following|prior to)\s(?!.*(?:\d{4}|\d\s(?:of\s)?[A-Z]|[A-Z]\w+\s\d))", re.DOTALL)
"""From here an expression of time holds what happened, with figures of its own: "a day after gunmen shot 12 men"."""


def _sentences(doc: Any) -> list[Span]:
    if doc.to_array(SENT_START).any():
        return [Span(s.start_char, s.end_char) for s in tree_of(doc).sentences]
    return sentence_spans(tree_of(doc).text)


def _times(found: Found) -> list[Span]:
    spans, last = [], 0
    for time in sorted(found.times, key=lambda t: t.start):
        if time.start >= last:
            tail = EVENT.search(time.text) if time.edtf is None else None
            last = time.start + tail.start() if tail else time.end
            spans.append(Span(time.start, last))
    return spans


def _verbs(doc: Any) -> list[int]:
    """Where the finite verbs of a parsed text begin."""
    return [word.start for word in tree_of(doc).words if word.pos in ("VERB", "AUX") and _finite(word)]


def _finite(word: parsed.Word) -> bool:
    if word.low.endswith("ing") or word.dep in ("amod", "compound"):
        return False
    return "VerbForm=Part" not in word.morph


Giver = Callable[[Line, Sequence[Count]], None]


def _counts(
    text: str, sentences: Iterable[Span], found: Found, verbs: Sequence[int] = (), givers: Sequence[Giver] = ()
) -> list[Count]:
    kept: list[Count] = []
    toll: Count | None = None
    last: Sequence[Count] = ()
    leads: dict[int, tuple[list[Count], Line]] = {}
    for line in lines(text, sentences, _times(found)):
        try:
            counts = line_counts(line, _verbs_of(line, verbs))
            for give in givers:
                give(line, counts)
        except Exception as error:  # one sentence must not cost the text its figures
            found.problems.append(Problem(found.witness, line.start, line.end, "figures", f"left out: {error}"))
            continue
        if line.lead is not None and id(line.lead) in leads:
            breakdown.join_list([counts], *leads[id(line.lead)])
        leads[id(line)] = (counts, line)
        toll = _carry(counts, toll)
        given = _given(counts, last)
        shots.not_all_died(last, given)
        kept += given
        last = given
    shots.not_all_died(last, ())
    roles.stand(kept)
    return kept


def _carry(counts: Sequence[Count], told: Count | None) -> Count | None:
    """``The number of 379 is too low`` counts what was counted last; the last count of people is handed on."""
    handed = lexicon.roles().sets["harmed"] | _personal()
    for count in counts:
        if count.why == "numbered" and count.role == "other" and told is not None:
            count.kind, count.group, count.act, count.role = told.kind, told.group, told.act, told.role
        elif count.role in handed and count.standing is None:
            told = count
    return told


SHARED: int = toml("limits")["figures"]["shared"]
BARE = ("given", "gap")
"""Why a number alone counts what was told of before."""


def _given(counts: list[Count], last: Sequence[Count]) -> list[Count]:
    """The counts of a line without bare numbers that count nothing told of in it or in the line before.

    ``Eighty marched. The police counted 50.``: the 50 marched too.
    """
    kept: list[Count] = []
    told = next((c for c in reversed(last) if c.why not in BARE), None)
    for count in counts:
        if count.why == "gap":
            if told is None or told.line is not count.line or told.kind == "none" or told.standing is not None:
                continue
            count.kind, count.group, count.act, count.role = told.kind, told.group, told.act, told.role
        elif count.why != "given":
            told = count
        elif told is None or told.kind != "people" or told.standing is not None or told.role == "other":
            continue
        else:
            count.kind, count.group, count.act, count.role = told.kind, told.group, told.act, told.role
        kept.append(count)
    return kept


def _personal() -> frozenset[str]:
    """Roles that only people have, but for lost ships and planes."""
    return lexicon.roles().sets["personal"]


def _verbs_of(line: Line, starts: Sequence[int]) -> frozenset[int]:
    inside = set(starts[bisect_left(starts, line.start) : bisect_left(starts, line.end)])
    return frozenset(i for i, w in enumerate(line.words) if w.start in inside) if inside else frozenset()


def line_counts(line: Line, verbs: frozenset[int] = frozenset()) -> list[Count]:
    """The figures of one line, with interval, unit and role."""
    counts = numbers.scan(line)
    for count in counts:
        modifiers.modify(count)
        count.dropped = exclusions.why_not(count)
    aside = [_set_aside(c) for c in counts if c.dropped in ASIDE]
    counts = _with_units([c for c in counts if c.dropped is None], verbs)
    roles.assign_all(counts, verbs)
    counts = singles.added(line, counts)
    for count in counts:
        if count.kind == "none" and (count.role in _personal() or count.act == "need"):
            count.kind, count.group = "people", "people"
    for count in counts:
        roles.apposed(count)
    breakdown.join_parts(counts)
    _sum_up(counts)
    for first, second in itertools.pairwise(counts):
        _lend_unit(first, second)
    _share_modifiers(counts)
    for count in counts:
        count.standing = denials.standing(count, counts)
    kept = _with_wholes([c for c in counts if _counts_something(c)])
    none = zero.scan_none(line, {c.first: c for c in counts}, verbs)
    kept = [c for c in kept if not any(z.first < c.first < z.last for z in none)]  # "not a single one"
    zero.free_wholes(none, kept)
    return sorted([*kept, *none, *aside], key=lambda c: c.first) if none or aside else kept


def _with_units(counts: list[Count], verbs: frozenset[int]) -> list[Count]:
    """The counts with what they count, apart from each other; those of times and degrees are left out."""
    for count in counts:
        units.name_unit(count, verbs)
        modifiers.dotted(count)
        if count.vague and count.kind == "none" and count.last in verbs and (count.low or 0) > 2:
            count.kind, count.group = "people", "people"  # hundreds leapt
        modifiers.restep(count)
    counts = [c for c in counts if c.kind not in ("time", "heat")]
    for first, second in itertools.pairwise(counts):
        _lend_back(first, second)
    _part_spans(counts)
    return counts


ASIDE = {"age": "years", "magnitude": "magnitude"}
"""Numbers of whole kinds that count nobody, with their unit."""


def _set_aside(count: Count) -> Count:
    """``Hale, 43``, ``magnitude 6.1``: a figure of its own role."""
    count.kind = count.role = str(count.dropped)
    count.unit = ASIDE[count.kind]
    return count


def _lend_back(first: Count, second: Count) -> None:
    """In ``75 armed and 100 unarmed constables`` the first counts constables too."""
    between = [first.line.low(i) for i in range(first.last, second.first)]
    if first.kind != "none" or second.kind in ("none", "other") or not 1 <= len(between) <= 2:
        return
    if between[-1] in ("and", "or") and (len(between) == 1 or between[0].isalpha()):
        first.kind, first.group = second.kind, second.group
        first.unit = (second.unit or "").rpartition(" ")[2] or None


def _part_spans(counts: Sequence[Count]) -> None:
    """No figure's span runs into another's: what both claim as unit or modifier is left to the later."""
    for first, second in itertools.pairwise(counts):
        second.first = max(second.first, first.last)
        first.end = max(first.last, min(first.end, second.first))


def _with_wholes(counts: list[Count]) -> list[Count]:
    """Parts of a figure that was left out are parts of what that was a part of, or of nothing."""
    kept = {id(count) for count in counts}
    for count in counts:
        while count.whole is not None and id(count.whole) not in kept:
            count.whole = count.whole.whole
    return counts


def _sum_up(counts: Sequence[Count]) -> None:
    """``killed 1,259 and injured 4,146, 5,405 in total``: the sum of two roles is of neither."""
    for at, count in enumerate(counts):
        before = {c.role for c in counts[:at]} & lexicon.roles().sets["harmed"]
        if len(before) > 1 and lexicon.roles().sums.at(count.line, count.last) is not None:
            count.act, count.kind, count.group = "mixed", "people", count.group or "people"
            count.role = roles.role_of("mixed", "people")


def _lend_unit(first: Count, second: Count) -> None:
    """In ``13 people were killed and 48 injured`` the second counts people too."""
    if second.unit is not None or second.act is None:
        return
    if second.role in _personal():
        if first.kind == "people" and first.unit is not None:
            same = first.role == second.role
            second.unit, second.group = (first.unit, first.group) if same else ("people", "people")
    elif first.kind not in ("none", "people") and second.first - first.edge <= SHARED:
        second.kind, second.unit, second.group = first.kind, first.unit, first.group
        second.role = roles.role_of(second.act, second.kind)


def _share_modifiers(counts: Sequence[Count]) -> None:
    for first, second in itertools.pairwise(counts):
        between = {second.line.low(i) for i in range(first.edge, second.first)}
        if second.unit not in (None, first.unit, "people"):
            continue
        if (
            first.role == second.role != "other"
            and first.kind == second.kind
            and "and" in between
            and second.first - first.edge <= SHARED
            and not between & {",", ";", "including"}
        ):
            modifiers.share_modifier(first, second)


def _counts_something(count: Count) -> bool:
    if count.line.low(count.number) == "one" and count.last - count.number == 1:
        return _one_counts(count)
    if count.act in ("harm", "need"):
        return True
    if count.whole is not None and count.whole.kind == "people" and count.kind == "none":
        count.kind, count.group, count.unit = "people", count.whole.group, count.whole.unit
    if count.line.low(count.number) == "both" and count.unit is None:
        return False
    if count.why == "numbered" or count.why in BARE:
        return True
    if count.kind in ("none", "other") and count.why in ("", "predicate", "followed") and _named(count):
        return False
    if count.vague and (count.low is None or count.low < 10) and count.kind not in modifiers.STEPLESS:
        return count.role != "other"
    return count.kind != "none" or count.role != "other"


def _one_counts(count: Count) -> bool:
    """``one man was killed``, ``one bomb was dropped``: the act of one person or thing is told."""
    return count.role in lexicon.roles().sets["single"] or (count.kind in THINGS and bool(count.act))


def _named(count: Count) -> bool:
    """``Task Force 20``, ``Expo 70``: the number belongs to the name before it."""
    line, at = count.line, count.number
    before = line.words[at - 1] if at else None
    if before is None or count.first != at or not before.name or not before.alpha or titled(line):
        return False
    return not any(is_a(kind, before.low) for kind in ("determiner", "preposition", "conjunction", "adverb", "pronoun"))


def _row(text: str, count: Count, witness: str) -> Figure:
    start, end = count.start_offset, count.end_offset
    return Figure(
        witness, start, end, text[start:end], count.low, count.high, count.approximate, count.unit, count.role,
        count.whole.start_offset if count.whole else None, count.place, count.date, count.voice,
        "other" if count.kind == "none" else count.kind, count.group, count.was,
    )  # fmt: skip
