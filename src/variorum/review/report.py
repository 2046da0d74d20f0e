"""How far people agree, and how many of the machine's rows they kept, by rule: a measure on the user's own texts."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations
from typing import Any

from variorum.review.grammar import MENTIONS, Decision
from variorum.review.standing import live

__all__ = ["Agreement", "Kept", "Report", "kappa", "report", "wilson"]

Thing = tuple[Any, ...]
KEPT = "right"
SAYS_NOTHING = frozenset(("missed",))
"""What is said of rows that the machine did not have."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two people agree on the rows that both judged: share of the same answers, and Cohen's kappa.

    ``kappa`` is None where it is not defined: both gave one and the same answer everywhere.
    """

    one: str
    other: str
    rows: int
    same: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Kept:
    """Of the rows of a rule that people judged, how many they kept; those on which they differ count neither way.

    ``low`` and ``high`` are the 95 % interval of the share by Wilson's formula.
    """

    kind: str
    rule: str
    judged: int
    kept: int
    differ: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Report:
    """A review in numbers."""

    decisions: int
    people: dict[str, int] = field(default_factory=dict)
    agreements: list[Agreement] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    missed: dict[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """The report in sentences."""
        if not self.decisions:
            yield "Nobody has decided anything yet."
            return
        yield f"{self.decisions} decisions stand: " + ", ".join(f"{who} {n}" for who, n in self.people.items()) + "."
        for one in self.agreements:
            yield (
                f"{one.one} and {one.other} judged {one.rows} of the same rows and agree on {one.same} "
                f"({one.same / one.rows:.0%}); Cohen's kappa {_number(one.kappa)}."
            )
        if not self.agreements:
            yield "No row was judged by two people, so how far they agree cannot be told."
        for row in self.kept:
            differ = f", and differ on {row.differ}" if row.differ else ""
            yield (
                f"{row.kind}, {row.rule}: people judged {row.judged} and kept {row.kept} "
                f"({row.low:.0%} to {row.high:.0%} of such rows, 95 %){differ}."
            )
        for name, count in self.missed.items():
            yield f"{name}: people added {count} that the machine had missed."


def _number(value: float | None) -> str:
    return "is not defined: all answers are one" if value is None else f"{value:.2f}"


def report(decisions: Mapping[str, Decision]) -> Report:
    """The report on the decisions that were not taken back."""
    standing, _ = live(decisions)
    judged: dict[Thing, dict[str, Decision]] = defaultdict(dict)
    for one in sorted(standing.values(), key=lambda d: (d.n, d.id)):
        if one.aspect and one.aspect != "shown" and one.about.kind != "decision":
            judged[_thing(one)][one.by] = one
    people = Counter(one.by for one in standing.values() if one.says != "undo")
    return Report(
        sum(people.values()),
        dict(sorted(people.items(), key=lambda item: (-item[1], item[0]))),
        list(_agreements(judged.values())),
        list(_kept(judged.values())),
        dict(sorted(Counter(MENTIONS[d.about.kind] for d in standing.values() if d.says == "missed").items())),
    )


def _thing(one: Decision) -> Thing:
    """What a decision is about and asks, the same for all who decide on it."""
    about = one.about
    words = sorted((a.witness, a.sha256, a.start, a.end) for a in (*about.words, *about.other))
    accounts = [ref.witness for ref in about.accounts]
    names = sorted((n.kind, n.form) for n in about.names)
    return about.kind, one.aspect, about.attribute, str(words), str(accounts), str(names)


def _answer(one: Decision) -> str:
    """The answer as a category: another verdict is one by its name, a wrong mention is wrong whatever is right."""
    return f"{one.says} {one.value['verdict']}" if "verdict" in one.value else one.says


def _agreements(judged: Iterable[Mapping[str, Decision]]) -> Iterator[Agreement]:
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for by in judged:
        for one, other in combinations(sorted(by), 2):
            pairs[one, other].append((_answer(by[one]), _answer(by[other])))
    for (one, other), answers in sorted(pairs.items(), key=lambda item: (-len(item[1]), item[0])):
        yield Agreement(one, other, len(answers), sum(a == b for a, b in answers), kappa(answers))


def kappa(answers: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of pairs of answers: the agreement beyond that of chance; None where chance alone would agree.

    Source: J. Cohen, A coefficient of agreement for nominal scales, 1960.

    >>> kappa([("right", "right")] * 4 + [("wrong", "wrong")] * 4 + [("right", "wrong"), ("wrong", "right")])
    0.6
    >>> kappa([("right", "right")]) is None
    True
    """
    size = len(answers)
    first, second = Counter(a for a, _ in answers), Counter(b for _, b in answers)
    chance = sum(first[name] * second[name] for name in first) / (size * size)
    if chance >= 1:
        return None
    seen = sum(a == b for a, b in answers) / size
    return round((seen - chance) / (1 - chance), 4)


def _kept(judged: Iterable[Mapping[str, Decision]]) -> Iterator[Kept]:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for by in judged:
        one = next(iter(by.values()))
        answers = {_answer(decision) for decision in by.values()}
        if one.about.kind in ("account", "name") or answers & SAYS_NOTHING:
            continue
        if one.about.kind == "pair":
            if "joined" not in one.about.was:
                continue
            answers = {KEPT if (answer == "same") == one.about.was["joined"] else answer for answer in answers}
        rule = str(one.about.was.get("rule") or one.about.was.get("kind") or "all")
        counts[one.about.kind, rule if one.about.kind == "comparison" else "all"][_fate(answers)] += 1
    for (kind, rule), count in sorted(counts.items()):
        size = count["kept"] + count["changed"]
        low, high = wilson(count["kept"], size)
        yield Kept(kind, rule, size, count["kept"], count["differ"], low, high)


def _fate(answers: set[str]) -> str:
    if KEPT in answers and len(answers) > 1:
        return "differ"
    return "kept" if answers == {KEPT} else "changed"


def wilson(kept: int, size: int) -> tuple[float, float]:
    """The 95 % interval of a share, by E. B. Wilson (1927); 0 to 1 where nothing was judged.

    >>> wilson(8, 10)
    (0.4902, 0.9433)
    """
    if not size:
        return 0.0, 1.0
    z, share = 1.959964, kept / size
    middle = share + z * z / (2 * size)
    spread = z * math.sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    whole = 1 + z * z / size
    return round(max(0.0, (middle - spread) / whole), 4), round(min(1.0, (middle + spread) / whole), 4)
