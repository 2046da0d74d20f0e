"""A total beside the parts of it that the same witness, or another, counts one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from variorum.lists import toml
from variorum.readings.figures import scope_words
from variorum.readings.judge import Row, cite
from variorum.readings.scope import Counted
from variorum.verdicts import Standing

__all__ = ["sum_rows"]

_SET = toml("readings")["sums"]
MOST: int = _SET["most"]
PART_DAYS: float = _SET["part_days"]
WITHIN_SENTENCES: int = _SET["within_sentences"]
Key = tuple[str, ...]


def sum_rows(figures: Sequence[Counted]) -> Iterator[Row]:
    """Rows of a total and two or more parts: the same place, days apart, inside the total's time if it has one.

    Parts that add up to more than the total are a conflict; to as much, they agree; to less, the rest is said.
    """
    index: dict[Key, list[Counted]] = defaultdict(list)
    exact = [
        f for f in figures if not f.loose and f.level == "total" and not f.parts and 0 < f.amount.low == f.amount.high
    ]
    for f in exact:
        if f.when and f.when.length <= PART_DAYS and _tied(f):
            index[(f.role, f.kind, "witness", f.passage.witness)].append(f)
            for place in f.near:
                index[(f.role, f.kind, "place", place)].append(f)
    for total in exact:
        if total.total or (total.when and total.when.length > 1):
            for witness, parts in _parts(total, index):
                yield _sum(total, witness, parts)


def _tied(f: Counted) -> bool:
    """Its day is told in its sentence, or in its paragraph."""
    return f.own or (f.passage.borrowed is not None and f.passage.borrowed.weight >= 0.5)


def _parts(total: Counted, index: dict[Key, list[Counted]]) -> Iterator[tuple[str, list[Counted]]]:
    keys: list[Key] = [(total.role, total.kind, "place", place) for place in sorted(total.near)]
    if not total.near and total.when:
        keys = [(total.role, total.kind, "witness", total.passage.witness)]
    found: dict[str, list[Counted]] = defaultdict(list)
    for f in (f for key in keys for f in index.get(key, ())[:MOST]):
        taken = found[f.passage.witness]
        if f is not total and _fits(f, total) and all(_apart(f, g) for g in taken):
            taken.append(f)
    for witness, parts in sorted(found.items()):
        if len(parts) > 1 and (witness == total.passage.witness or total.when):
            yield witness, parts


def _fits(f: Counted, total: Counted) -> bool:
    if f.when is None or f.amount.low > total.amount.high or (total.when and not f.when.inside(total.when)):
        return False
    before = total.passage.number - f.passage.number
    return f.passage.witness != total.passage.witness or 0 < before < WITHIN_SENTENCES


def _apart(f: Counted, g: Counted) -> bool:
    """Two parts on other days or at other places, so that nothing is counted twice."""
    return f is not g and (not (f.when and g.when and f.when.meets(g.when)) or not f.near & g.near)


def _sum(total: Counted, witness: str, parts: Sequence[Counted]) -> Row:
    added = sum(p.amount.low for p in parts)
    terms = " + ".join(f"{p.amount.low:g}" for p in parts)
    left = total.amount.low - added
    own = witness == total.passage.witness
    if left < 0:
        verdict, words = Standing.CONFLICT, f"its parts add up to {added:g}, more than that"
    elif left == 0:
        verdict, words = Standing.AGREE, "its parts add up to the same"
    else:
        verdict, words = (
            Standing.COMPATIBLE,
            f"its parts add up to {added:g}, and {left:g} are left for what is not counted apart",
        )
    who = f"{witness} has {terms}" if own else f"{witness} counts {terms} one by one"
    why = f"{cite(total.reading())} in all; {who}: {words}."
    members = [*parts, total]
    return Row(
        "sum", total.role, scope_words(members), verdict, why, [c.reading() for c in members],
        "high" if own or verdict != Standing.CONFLICT else "low", 0.2, 1 if own else 2, [c.passage for c in members],
    )  # fmt: skip
