"""Wikidata QuickStatements (version 1): the dead and wounded of events, each reading a statement of its own.

https://www.wikidata.org/wiki/Help:QuickStatements. All statements keep the normal rank: which account is right is for
Wikidata's editors. Nothing is written for an event without an item: ``items`` names a table that says which is which.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from variorum import records as r
from variorum.citing import web_address
from variorum.citing.items import clean
from variorum.dates import calendar, parse
from variorum.errors import ConfigError
from variorum.export.questions import Question, accounts, questions, records
from variorum.lists import toml
from variorum.verdicts import Standing

__all__ = ["quantity", "time", "write"]

LONGEST = 400
"""Characters of a reading in which its figure is looked for."""
_ITEM = re.compile(r"Q[1-9]\d*")


@dataclass(frozen=True, slots=True)
class Given:
    """What every line needs: items by id, the accounts, the readings that are about right, whether items are made."""

    items: Mapping[str, str]
    known: Mapping[str, r.Witness]
    vague: frozenset[str]
    create: bool


def write(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """Write the statements of each event, with what is left out as comments.

    ``items`` is a CSV file with the columns ``id`` (an event's or a witness's) and ``item`` (Q and a number);
    ``create=yes`` makes new items for events that have none.
    """
    items, known = _items(options.get("items")), accounts(tables)
    words = toml("wikidata")
    create = str(options.get("create", "no")).lower() in ("yes", "true", "1")
    out.write(b"/* made by Variorum; all ranks are normal; look at every line before you run it */\n")
    about = {(f.witness, f.start) for f in records(tables, r.Figure) if f.approximate}
    vague = frozenset(x.reading for x in records(tables, r.Reading) if _holds(x, about))
    of_event: dict[str, list[Question]] = {}
    for q in questions(tables, unsure=False) + _single(tables):
        if q.event and q.verdict.attribute in words["counts"]:
            of_event.setdefault(q.event.event, []).append(q)
    for event, asked in of_event.items():
        lines = list(_event(event, asked, Given(items, known, vague, create)))
        out.write(("\n".join(lines) + "\n").encode("utf-8", "replace"))


def _single(tables: Mapping[str, pa.Table]) -> list[Question]:
    """The questions that one account alone answers."""
    rows = [v for v in records(tables, r.Verdict) if v.verdict == Standing.SINGLE and v.sure != "low"]
    held = {x.reading: x for x in records(tables, r.Reading)}
    events = {e.event: e for e in records(tables, r.Event)}
    return [Question(v, events.get(v.event or ""), [held[x] for x in v.readings if x in held]) for v in rows]


def _items(path: Any) -> dict[str, str]:
    if not path:
        return {}
    try:
        with Path(str(path)).open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row.get("id")]
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"option items={path}", f"cannot be read ({error})", "give a CSV file with id, item"
        ) from error
    wrong = [row["item"] for row in rows if not _ITEM.fullmatch((row.get("item") or "").strip())]
    if wrong:
        raise ConfigError(f"option items={path}", f"{wrong[0]} is no item", "an item is Q and a number")
    return {row["id"].strip(): row["item"].strip() for row in rows}


def _holds(x: r.Reading, about: set[tuple[str, int]]) -> bool:
    """True where the words of a reading hold a figure that the account itself calls about right."""
    return x.low != x.high and any((x.witness, at) in about for at in range(x.start, min(x.end, x.start + LONGEST)))


def _event(event: str, asked: list[Question], given: Given) -> Iterable[str]:
    row = asked[0].event
    label = clean(row.label if row else event)
    yield f"/* {event}: {label.replace('*/', '* /')} */"
    subject = given.items.get(event)
    if subject is None:
        if not given.create:
            yield f"/* left out: no item is known for {event.replace('*/', '* /')} */"
            return
        yield "CREATE"
        yield f"LAST\tLen\t{_string(label)}"
        subject = "LAST"
    when = time(row.date) if row else None
    if when and subject == "LAST":
        yield f"{subject}\tP585\t{when}"
    for q in asked:
        yield from _statements(subject, q, given)


def _statements(subject: str, q: Question, given: Given) -> Iterable[str]:
    words = toml("wikidata")
    others = [x for x in q.readings if x.level == "total"] if q.verdict.verdict == Standing.CONFLICT else []
    for x in q.readings:
        value = quantity(x.low, x.high) if x.level == "total" else None
        if value is None or x.witness not in given.known:
            continue
        parts = [subject, words["counts"][q.verdict.attribute], value]
        if when := time(x.as_of):
            parts += ["P585", when]
        parts += [part for code in _circumstances(x, given.vague) for part in ("P1480", words["circumstances"][code])]
        for other in dict.fromkeys(o.witness for o in others if _apart(x, o)):
            parts += ["P1310", given.items.get(other, "somevalue")]
        yield "\t".join(parts + list(_source(given.known[x.witness], x, given.items)))


def _apart(x: r.Reading, other: r.Reading) -> bool:
    """True where two readings do not meet."""
    low, high = max(a for a in (x.low, other.low, 0) if a is not None), [x.high, other.high]
    return other.witness != x.witness and any(h is not None and h < low for h in high)


def _circumstances(x: r.Reading, vague: frozenset[str]) -> Iterable[str]:
    if x.high is None:
        yield "minimum"
    elif not x.low and x.high:
        yield "maximum"
    elif x.reading in vague:
        yield "circa"


def _source(w: r.Witness, x: r.Reading, items: Mapping[str, str]) -> Iterable[str]:
    """The reference: the account's item where one is known, its address, its title, date and words."""
    if w.witness in items:
        yield from ("S248", items[w.witness])
    if link := web_address(w.source):
        yield from ("S854", _string(link))
    language = w.language if w.language and re.fullmatch(r"[a-z]{2,3}", w.language) else "und"
    yield from ("S1476", f"{language}:{_string(clean(w.title or w.witness))}")
    if when := time(w.published):
        yield from ("S577", when)
    yield from ("S1683", f"{language}:{_string(clean(x.text)[:400])}")


def _string(text: str) -> str:
    return '"' + text.replace('"', "”").replace("\t", " ") + '"'


def quantity(low: float | None, high: float | None) -> str | None:
    """An interval as a quantity: exact, with bounds, or its known end where the other is open.

    >>> quantity(31, 31), quantity(90, 110), quantity(34, None), quantity(None, None), quantity(2.5, 2.5)
    ('31', '100[90,110]', '34', None, None)
    """
    ends = [x for x in (low or None, high) if x is not None]
    if not ends or any(x != int(x) if abs(x) < 1e15 else True for x in ends):
        return None
    if len(ends) == 1 or low == high:
        return str(int(ends[-1]))
    return f"{int((ends[0] + ends[1]) // 2)}[{int(ends[0])},{int(ends[1])}]"


def time(edtf: str | None) -> str | None:
    """A date as a time of Wikidata: a day (11), month (10), year (9) or decade (8); None for all else.

    >>> time("1998-11-17"), time("1998-11~"), time("198X")
    ('+1998-11-17T00:00:00Z/11', '+1998-11-00T00:00:00Z/10', '+1980-00-00T00:00:00Z/8')
    >>> time("-0327"), time("1998-24"), time("1998/1999")
    ('-0328-00-00T00:00:00Z/9', None, None)
    """
    when = parse(edtf)
    found = re.fullmatch(r"(-?\d{3}[\dX])(?:(-(?:0[1-9]|1[0-2]))(-\d\d)?)?(?:T[\d:.Z+-]*)?[~?%]?", edtf or "")
    if when is None or when.low is None or found is None:
        return None
    year = calendar(when.low)[0]
    sign, number = ("+", year) if year > 0 else ("-", 1 - year)
    precision = 8 if "X" in found[1] else 9 + bool(found[2]) + bool(found[3])
    return f"{sign}{number:04d}{found[2] or '-00'}{found[3] or '-00'}T00:00:00Z/{precision}"
