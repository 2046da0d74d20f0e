"""The tables that tell of the review: decisions with what became of them, orphans, and the rows that people saw."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from variorum.records import Decided, Orphan, Reviewed, table
from variorum.review.anchors import Place
from variorum.review.corrections import is_one
from variorum.review.grammar import KINDS, Decision
from variorum.review.keys import span_key
from variorum.review.standing import Court, Found
from variorum.spans import Span

__all__ = ["at_words", "said", "tables"]


def tables(
    decisions: Mapping[str, Decision], court: Court, found: Iterable[Found], two_readers: bool
) -> dict[str, pa.Table]:
    """The tables ``decisions``, ``orphans`` and ``reviewed``."""
    listed = sorted(decisions.values(), key=lambda d: (d.n, d.at, d.id))
    return {
        "decisions": table(Decided, [_decided(one, court) for one in listed]),
        "orphans": table(Orphan, [_orphan(one, court) for one in listed if court.states.get(one.id) == "orphan"]),
        "reviewed": table(Reviewed, _reviewed(listed, court, two_readers)),
    }


def _decided(one: Decision, court: Court) -> Decided:
    on = court.rows.get(one.id, [])
    names = list(dict.fromkeys(name for name, _ in on))
    return Decided(
        one.id, one.n, one.at, one.by, one.about.kind, one.says, _json(one.value), one.why,
        _json(one.about.model_dump(mode="json", exclude_defaults=True)), court.states.get(one.id, "kept"),
        court.whys.get(one.id, ""), ", ".join(names), [row for _, row in on], list(one.replaces),
    )  # fmt: skip


def _orphan(one: Decision, court: Court) -> Orphan:
    words = [*one.about.words, *one.about.other]
    witness = words[0].witness if words else next((a.witness for a in one.about.accounts), "")
    text = " … ".join(anchor.text for anchor in words[:3]) or ", ".join(n.form for n in one.about.names)
    return Orphan(
        one.id, one.by, one.about.kind, one.says, _json(one.value), one.why, witness, text, court.whys.get(one.id, "")
    )


def _reviewed(listed: Sequence[Decision], court: Court, two_readers: bool) -> list[Reviewed]:
    by_row: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for one in listed:
        if court.states.get(one.id) not in ("undone", "replaced"):
            for place in court.rows.get(one.id, ()):
                by_row[place].append(one)
    return [_row(*place, group, court, two_readers) for place, group in sorted(by_row.items())]


def _row(name: str, row: str, group: list[Decision], court: Court, two_readers: bool) -> Reviewed:
    states = {one.id: court.states.get(one.id, "kept") for one in group}
    judged = [one for one in group if _judges(one)]
    beside = "beside" in states.values()
    shown = [one.says for one in group if one.aspect == "shown" and states[one.id] == "obeyed"]
    was = next((one.about.was for one in reversed(group) if one.about.was), {})
    return Reviewed(
        name, row, not beside and _checked(judged, states, two_readers), _standing(group, judged, beside),
        list(dict.fromkeys(one.by for one in group)), "; ".join(said(one) for one in group),
        _json(was) if was else "", shown[-1] if shown else "", [one.id for one in group],
    )  # fmt: skip


def _judges(one: Decision) -> bool:
    """True for a decision on what a row says, not only on whether it is shown."""
    return one.says == "checked" or bool(one.aspect and one.aspect != "shown")


def _checked(judged: list[Decision], states: Mapping[str, str], two_readers: bool) -> bool:
    """True where as many people as are asked for have judged, and nothing of it was not obeyed."""
    again = any(states[one.id] == "not obeyed" for one in judged)
    return len({one.by for one in judged}) >= (2 if two_readers else 1) and not again


def _standing(group: list[Decision], judged: list[Decision], beside: bool) -> str:
    if beside:
        return "beside"
    if any(one.says not in ("right", "checked") for one in judged):
        return "corrected"
    if judged:
        return "kept"
    return "asked" if any(one.says == "question" for one in group) else "seen"


def said(one: Decision) -> str:
    """What a decision says, in a few words, with who says it.

    >>> from variorum.review.grammar import About
    >>> about = About(kind="account", accounts=({"witness": "courier"},))
    >>> said(Decision(id="a1b2", n=1, at="2024-05-01T10:00:00Z", by="Anna", says="leave out", about=about, why="twice"))
    'Anna: to be left out (twice)'
    """
    text = KINDS[one.about.kind][one.says].text
    values = _values(one.value)
    why = f" ({' '.join(one.why.split())})" if one.why.strip() else ""
    return f"{one.by}: {text}{': ' + values if values else ''}{why}"


def _values(given: Mapping[str, object]) -> str:
    """The fields of a value; one that stands alone needs no name, and two ends that are one number are said once.

    >>> _values({"title": "The collision"}), _values({"low": 40.0, "high": 40.0, "role": "killed"})
    ('The collision', '40, role killed')
    """
    fields = dict(given)
    parts = []
    if "low" in fields and "high" in fields:
        low, high = fields.pop("low"), fields.pop("high")
        parts.append(_word(low) if low == high else f"{_end(low)} to {_end(high)}")
    if len(given) == 1 and set(given) <= _PLAIN:
        return _word(next(iter(given.values())))
    return ", ".join([*parts, *(f"{name} {_word(value)}" for name, value in fields.items())])


_PLAIN = frozenset(("title", "date", "places", "name", "because", "verdict", "accounts"))
"""Fields that what is said names already."""


def _end(value: object) -> str:
    return "open" if value is None else _word(value)


def _word(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, float):
        return f"{value:g}"
    return "none" if value is None else str(value)


def _json(data: Mapping[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, default=list) if data else ""


def at_words(name: str, place: Place, data: pa.Table, there: set[str]) -> str:
    """The key of the row of a table at some words: of the row that a mention there has now, or of the words."""
    own = span_key(place.witness, place.start, place.end)
    if own in there:
        return own
    here = Span(place.start, place.end)
    for row in data.filter(pc.equal(data["witness"], place.witness)).to_pylist():
        if is_one(Span(row["start"], row["end"]), here):
            return str(row["claim"]) if name == "claims" else span_key(row["witness"], row["start"], row["end"])
    return own
