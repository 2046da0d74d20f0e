"""Figures against figures: of one role and scope in two witnesses, and by one voice."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, product

from variorum.counted import meet
from variorum.dates import Days, in_words
from variorum.lists import toml, words
from variorum.readings.collation import Collation
from variorum.readings.interval import amounts
from variorum.readings.judge import Row
from variorum.readings.scope import Counted, counted, guard, inside, of_others
from variorum.readings.together import part_of, with_sums
from variorum.records import Figure
from variorum.sentences import Passage, once, stem, stems
from variorum.verdicts import Standing, worst

__all__ = [
    "all_counted",
    "counted_row",
    "counter",
    "figure_rows",
    "grown",
    "judged",
    "of_it",
    "part_rows",
    "scope_words",
    "voice_rows",
]

_SET = toml("readings")["figures"]
MOST: int = _SET["most"]
BESIDE: int = _SET["beside"]


def all_counted(collation: Collation, foreign: bool = False) -> list[Counted]:
    """Every figure of the collection that counts something, with its scope; or those in other languages."""
    items = collation.foreign if foreign else collation.items
    found = (counted(p, f, collation.countries) for p in items for f in p.figures if not left_open(p, f))
    return with_sums([c for c in found if c is not None])


def left_open(passage: Passage, figure: Figure) -> bool:
    """True where nobody says the figure: ``if 12 men died``, ``would not confirm that 12 men had died``.

    The narrowest claim that holds it tells how it is meant.
    """
    holding = [c for c in passage.claims if c.start <= figure.start and figure.end <= c.end]
    return bool(holding) and min(holding, key=lambda c: c.end - c.start).modality == "conditional"


def figure_rows(collation: Collation, figures: Sequence[Counted]) -> Iterator[Row]:
    """Figures of one role whose scopes meet and whose sentences belong together, one row for each group of them."""
    scored: list[tuple[float, int, int]] = []
    parts, beside = part_of(figures), _by_passage(figures)
    several = _several_at_one_place(figures) | collation.several
    for bucket in _buckets(collation, figures):
        for i, j in _neighbours(figures, bucket):
            a, b = figures[i], figures[j]
            if (
                a.passage.witness != b.passage.witness
                and guard(a, b) is None
                and not (of_it(a, b, parts) or _paired(a, b, beside))
            ):
                evidence = _evidence(collation, a, b, several)
                if evidence > 0:
                    scored.append((evidence, i, j))
    grouped = _groups(figures, scored)
    evidence_of = {(i, j): evidence for evidence, i, j in sorted(scored)}
    for group in grouped:
        members = [figures[i] for i in group]
        doubtful = members[0].loose or any(vague(m) for m in members)
        row = counted_row("figure", members)
        told = [evidence_of.get(pair, 0.0) for pair in combinations(group, 2) if _clash(figures, pair)]
        row.sure = (
            "low" if doubtful or (row.verdict == Standing.CONFLICT and max(told, default=0.0) < PLAIN) else "high"
        )
        yield row
    for i, j in _left_over(scored, grouped):
        row = counted_row("figure", [figures[i], figures[j]], "low")
        row.evidence["left over"] = 1.0
        yield row


def of_it(a: Counted, b: Counted, parts: dict[tuple[str, int], list[Counted]]) -> bool:
    """True when the one tells as a part of its number what is the number of the other."""
    return any(
        amounts(x.amount, part.amount) == Standing.AGREE and part.role == x.role
        for x, y in ((a, b), (b, a))
        for part in parts.get((y.passage.witness, y.figure.start), ())
    )


def _by_passage(figures: Sequence[Counted]) -> dict[int, list[Counted]]:
    found: dict[int, list[Counted]] = defaultdict(list)
    for f in figures:
        found[f.passage.number].append(f)
    return found


def _paired(a: Counted, b: Counted, beside: dict[int, list[Counted]]) -> bool:
    """True when two numbers differ, and one of them has its equal beside the other, counting the same kind.

    "17 warehouses, six piers" in both is two equal numbers and no conflict of seventeen with six.
    """
    if a.amount == b.amount:
        return False
    return any(
        g.amount == x.amount and g.role == x.role and g.kind == x.kind and meet(g.group, x.group)
        for x, y in ((a, b), (b, a))
        for g in beside.get(y.passage.number, ())
        if g is not y
    )


def part_rows(collation: Collation, figures: Sequence[Counted]) -> Iterator[Row]:
    """A number that another account tells as a part of its own: "12 drowned in town", "31, 12 of them in town"."""
    parts = part_of(figures)
    whole = [f for f in figures if f.level == "total" and not f.loose and f.figure.part_of is None]
    by_role: dict[tuple[str, float], list[Counted]] = defaultdict(list)
    for f in whole:
        by_role[f.role, f.amount.low].append(f)
    for f in whole:
        for part in parts.get((f.passage.witness, f.figure.start), ()):
            for other in by_role.get((part.role, part.amount.low), ())[:MOST]:
                known = collation.score(f.passage, other.passage) >= LINKED or (
                    f.near & other.near and f.when and other.when
                )
                if other.passage.witness != f.passage.witness and known and other.amount == part.amount:
                    row = counted_row("part", [other, part])
                    row.why = f"{other.said()}; {part.said()} as a part of “{f.figure.text}”: the same number."
                    yield row


def _clash(figures: Sequence[Counted], pair: tuple[int, int]) -> bool:
    a, b = figures[pair[0]], figures[pair[1]]
    return a.passage.witness != b.passage.witness and judged(a, b) == Standing.CONFLICT


def _several_at_one_place(figures: Sequence[Counted]) -> frozenset[tuple[str, str]]:
    """The places, by role, at which dated figures tell of happenings that lie more than `APART` days from each other.

    A figure without a time may belong to any of these.
    """
    told: dict[tuple[str, str], list[float]] = defaultdict(list)
    for f in figures:
        if f.own and f.when is not None and f.when.length <= 1:
            for place in f.places:
                told[f.role, place].append(f.when.first)
    return frozenset(key for key, days in told.items() if max(days) - min(days) > APART)


def _left_over(scored: list[tuple[float, int, int]], grouped: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """The best pair of each figure that did not come into the group of its partner; not a sure one."""
    home = {x: n for n, group in enumerate(grouped) for x in group}
    taken: set[int] = set()
    for _, i, j in sorted(scored, key=lambda t: (-t[0], t[1], t[2])):
        apart = home.get(i) is None or home.get(j) is None or home[i] != home[j]
        if apart and i not in taken and j not in taken:
            taken |= {i, j}
            yield i, j


def _neighbours(figures: Sequence[Counted], bucket: list[int]) -> Iterator[tuple[int, int]]:
    """All pairs of a small bucket; in a large one each figure with the next ones in time: linear."""
    if len(bucket) <= MOST:
        yield from combinations(bucket, 2)
        return
    ordered = sorted(bucket, key=lambda i: (_moment(figures[i]), i))
    for at, i in enumerate(ordered):
        for j in ordered[at + 1 : at + MOST]:
            yield min(i, j), max(i, j)


def _moment(f: Counted) -> float:
    when = f.when or f.context
    return when.first if when else 0.0


def _buckets(collation: Collation, figures: Sequence[Counted]) -> Iterator[list[int]]:
    """Figures that could be one: of one role, unit and event, or role, unit and place, or linked passages."""
    keyed: dict[tuple[str, ...], set[int]] = defaultdict(set)
    by_passage: dict[int, list[int]] = defaultdict(list)
    for i, f in enumerate(figures):
        by_passage[f.passage.number].append(i)
        if event := collation.event_of.get(f.passage.number):
            for role in f.roles:
                keyed[(role, f.kind, "event", event)].add(i)
        if not f.loose:
            for role, place in product(f.roles, f.near):
                keyed[(role, f.kind, "place", place)].add(i)
    for (a, b), link in collation.links.items():
        if link.score >= LINKED and a in by_passage and b in by_passage:
            keyed[("link", str(a), str(b))] = {*by_passage[a], *by_passage[b]}
    for key in sorted(keyed):
        if len(keyed[key]) > 1:
            yield sorted(keyed[key])


LINKED: float = _SET["linked"]
LARGEST: int = _SET["largest"]
OPEN_DAYS: float = _SET["open_days"]
FIRST_DAYS: float = _SET["first_days"]
PLAIN: float = _SET["plain"]
APART: float = _SET["apart"]
RECOUNT_DAYS: float = _SET["recount_days"]
_SINCE = re.compile(r"\bsince\b", re.IGNORECASE)
"""A count since a day goes on: it is of a whole."""
STRONG: float = _SET["strong"]


def _evidence(collation: Collation, a: Counted, b: Counted, several: frozenset[tuple[str, str]]) -> float:
    """How much speaks for one scope, 0 for too little: a link, an event, or a rare place with a time that meets."""
    score = collation.score(a.passage, b.passage)
    if collation.together(a.passage, b.passage):
        score = max(score, 0.3)
    if a.loose:
        return score if score >= 0.3 and a.kind and _same_noun(a, b) else 0.0
    placed = a.near & b.near
    if a.when and b.when:
        return max(score if score >= LINKED else 0.0, _of_times(a, b) if placed else 0.0)
    if _elsewhere(a, b) or _elsewhere(b, a) or any((a.role, place) in several for place in placed):
        return score if score >= STRONG else 0.0
    known = placed and len(collation.shared(a.passage, b.passage, 0.06)) > 1
    return score if score >= LINKED else 0.05 if known else 0.0


def _of_times(a: Counted, b: Counted) -> float:
    """What two times that lie in each other speak for; less where one of them is not said with the figure."""
    closeness = a.when.share(b.when) * (1.0 if a.own and b.own else 0.6) if a.when and b.when else 0.0
    return 0.2 + 0.5 * closeness if closeness >= 0.25 else 0.0


def _elsewhere(a: Counted, b: Counted) -> bool:
    """True where the one says where it counts, and the other has no time and is not near there."""
    return bool(a.own and a.places and b.when is None and not a.places & b.near)


def vague(f: Counted) -> bool:
    """A plural without a number: hundreds, scores."""
    return f.amount.approximate and math.isinf(f.amount.high)


def _same_noun(a: Counted, b: Counted) -> bool:
    """For figures without a role: the same thing is counted: one noun, of people one group, of money one thing."""
    if a.kind == b.kind == "money":
        return bool(_priced(a) & _priced(b))
    if a.kind == b.kind == "people" and a.group and a.group == b.group:
        return True
    return _head(a) == _head(b)


def _priced(f: Counted) -> frozenset[str]:
    """The content words beside a sum of money, but for those of valuing: property and loss, supplies and government."""
    text, at = f.passage.text, f.figure.start - f.passage.start
    beside = [*text[:at].split()[-BESIDE:], *text[f.figure.end - f.passage.start :].split()[:BESIDE]]
    valuing = {stem(word) for word in toml("readings")["words"]["valuing"]}
    return stems(" ".join(beside)) - valuing


def _head(f: Counted) -> str:
    """The noun that bears what is counted: piers of "covered piers"."""
    told = (f.figure.unit or "").lower().split()
    return stem(told[-1]) if told else ""


def _groups(figures: Sequence[Counted], scored: list[tuple[float, int, int]]) -> list[list[int]]:
    """Grows groups from the best pair; groups join when every pair across them has evidence of its own or by an equal.

    Two different numbers of one witness in one group are parts or two voices, so the second stays out.
    """
    known = {(i, j) for _, i, j in scored} | {(j, i) for _, i, j in scored}
    owner: dict[int, list[int]] = {}
    for _, i, j in sorted(scored, key=lambda t: (-t[0], t[1], t[2])):
        left, right = owner.get(i, [i]), owner.get(j, [j])
        if left is right or len(left) + len(right) > LARGEST:
            continue
        if all(_fits(figures, known, x, y, left + right) for x in left for y in right):
            merged = left + right
            for x in merged:
                owner[x] = merged
    unique = {id(g): sorted(g) for g in owner.values()}
    return sorted(unique.values())


def _fits(figures: Sequence[Counted], known: set[tuple[int, int]], x: int, y: int, both: Sequence[int]) -> bool:
    """Evidence for the pair itself, or for one of them and an equal number beside the other."""
    a, b = figures[x], figures[y]
    if a.passage.witness == b.passage.witness:
        return a.amount == b.amount
    if (x, y) in known:
        return True
    if guard(a, b) is not None:
        return False
    equals = [z for z in both if figures[z].amount in (a.amount, b.amount) and z not in (x, y)]
    return any((z, y) in known if figures[z].amount == a.amount else (x, z) in known for z in equals)


def counted_row(rule: str, group: Sequence[Counted], sure: str = "high") -> Row:
    """The row of a group of figures of two witnesses at least, with the reason for the pair farthest apart."""
    pairs = [(judged(a, b), a, b) for a, b in combinations(group, 2) if a.passage.witness != b.passage.witness]
    verdict = worst([v for v, _, _ in pairs])
    a, b = max(((x, y) for v, x, y in pairs if v == verdict), key=lambda p: _difference(*p))
    role = min((c.roles for c in group), key=len)[0]
    return Row(
        rule, role, scope_words(group), verdict, _why(verdict, a, b), [r for c in group for r in c.readings()], sure,
        _difference(a, b), len({c.passage.witness for c in group}), [c.passage for c in group],
        (a.passage, b.passage), {"same noun": float(_same_noun(a, b)), "vague": float(vague(a) or vague(b))},
    )  # fmt: skip


def judged(a: Counted, b: Counted) -> str:
    """The verdict on two figures; a count that rose with the day of counting, or fell for the missing, fits."""
    verdict = amounts(a.amount, b.amount)
    if verdict == Standing.CONFLICT and (_narrower(a, b) or _narrower(b, a)):
        return Standing.COMPATIBLE
    return Standing.COMPATIBLE if verdict == Standing.CONFLICT and grown(a, b) else verdict


def grown(a: Counted, b: Counted) -> bool:
    """True when the later of two counts may be a later state of the other: grown, or fallen for the missing."""
    if a.role not in words("readings", "roles", "grows"):
        return False
    if not a.as_of or not b.as_of:
        return _first_count(a, b) or _first_count(b, a)
    early, late = sorted((a, b), key=lambda c: c.as_of or Days(0, 0))
    if early.as_of == late.as_of or not _still_open(early, late):
        return False
    return a.role == "missing" or late.amount.high >= early.amount.low


def _first_count(a: Counted, b: Counted) -> bool:
    """True when the one was counted in the first days, and the other says more and has no day of counting."""
    when = a.when or b.when or a.context or b.context
    if a.as_of is None or b.as_of is not None or b.passage.published or when is None or when.length > FIRST_DAYS:
        return False
    return a.as_of.first - when.after < FIRST_DAYS and b.amount.high >= a.amount.low


def _narrower(a: Counted, b: Counted) -> bool:
    """The smaller number counts in a place within that of the larger."""
    return inside(a, b) and a.amount.middle < b.amount.middle


def _still_open(early: Counted, late: Counted) -> bool:
    """The earlier count was made within 60 days of what it counts, so that it could still grow.

    Where nobody says when that was, both counts must be made within as many days: a book that is printed decades after
    another holds no later state of a count.
    """
    when = early.when or late.when or early.context or late.context
    if early.as_of is None or late.as_of is None:
        return False
    return early.as_of.first - (when.after if when and when.length < 100 else late.as_of.first - OPEN_DAYS) < OPEN_DAYS


def _difference(a: Counted, b: Counted) -> float:
    low, high = sorted((max(a.amount.middle, 0.5), max(b.amount.middle, 0.5)))
    return min(1.0, math.log2(high / low) / 4) if low < high else 0.0


def scope_words(group: Sequence[Counted]) -> str:
    named = [[p.name for p in c.passage.places if not p.metonym and p.kind != "country"] for c in group]
    every = list(dict.fromkeys(name for names in named for name in names))
    places = [name for name in every if 2 * sum(name in names for names in named) >= len(named)]
    places.sort(key=lambda name: -sum(name in names for names in named))
    dates = sorted({c.edtf for c in group if c.edtf})
    what = group[0].group if group[0].level == "part" else ""
    return ", ".join([*([what] if what else []), *places[:2], *[in_words(d) for d in dates[:2]]])


def _why(verdict: str, a: Counted, b: Counted) -> str:
    said = f"{a.said()}, {b.said()}"
    if verdict == Standing.CONFLICT:
        return f"{said}: the numbers do not meet, and nothing in the words says that they count different things."
    if verdict == Standing.AGREE:
        return f"{said}: the same number{' when rounded' if a.amount != b.amount else ''}."
    if verdict == Standing.COMPATIBLE and (_narrower(a, b) or _narrower(b, a)):
        return f"{said}: the one counts in a place that lies within that of the other."
    if a.as_of and b.as_of and a.as_of != b.as_of and amounts(a.amount, b.amount) == Standing.CONFLICT:
        return f"{said}: counted on different days."
    if grown(a, b) and amounts(a.amount, b.amount) == Standing.CONFLICT:
        return f"{said}: the one was counted in the first days, the other has no day of counting and is larger."
    return f"{said}: both can be right."


def voice_rows(collation: Collation, figures: Sequence[Counted]) -> Iterator[Row]:
    """Different numbers in one role that two witnesses give to one named voice, at one time or one after the other."""
    by_voice: dict[tuple[str, ...], list[Counted]] = defaultdict(list)
    for f in figures:
        if not f.loose and f.level == "total" and (voice := counter(f)):
            by_voice[(f.role, f.kind, voice)].append(f)
    for (_, _, voice), group in sorted(by_voice.items()):
        for a, b in combinations(group[:60], 2):
            if a.passage.witness == b.passage.witness:
                continue
            row = _recounted(a, b) if _counted_anew(a, b) else _one_voice(collation, a, b)
            if row is not None:
                row.why = f"Both name {voice.title()} as the source. {row.why}"
                yield row


@once
def counter(f: Counted) -> str:
    """Who counted, in small letters: the innermost voice, or a body of two words or more before a verb of counting."""
    if f.figure.voice:
        return f.figure.voice[-1].lower()
    told = _puts().search(f.passage.text[: f.figure.start - f.passage.start])
    return told[1].lower() if told else ""


@cache
def _puts() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, toml("readings")["words"]["counts"]))
    return re.compile(rf"((?:[A-Z][\w’'.-]*\s){{1,5}}[A-Z][\w’'.-]*)\s(?:{verbs})\b[^.;]*$")


def _one_voice(collation: Collation, a: Counted, b: Counted) -> Row | None:
    if guard(a, b) is not None or not (a.when and b.when):
        return None
    if collation.score(a.passage, b.passage) < 0.02 and not a.near & b.near:
        return None
    return counted_row("same voice", [a, b])


def _counted_anew(a: Counted, b: Counted) -> bool:
    """True when one voice has counted a toll on two days not far apart: the later count is another state of it."""
    if a.role not in words("readings", "roles", "grows") or of_others(a, b) is not None:
        return False
    if a.amount == b.amount or not (a.when and b.when) or a.when.meets(b.when):
        return False
    whole = a.total or b.total or any(_SINCE.search(f.passage.text) for f in (a, b))
    return whole and a.when.gap(b.when) <= RECOUNT_DAYS


def _recounted(a: Counted, b: Counted) -> Row:
    """The row of two counts by one voice: a course where it grew; a conflict where it fell, but for the missing."""
    row = counted_row("same voice", [a, b])
    early, late = sorted((a, b), key=lambda f: f.when or Days(0, 0))
    if late.amount.high >= early.amount.low or a.role == "missing":
        row.verdict = Standing.COMPATIBLE
        row.why = f"{early.said()}, {late.said()}: counted one after the other, and grown: a course, no conflict."
    return row
