"""Linked records: schema.org Claims, FollowTheMoney entities, and passim's JSON Lines."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

import pyarrow as pa

from variorum import records as r
from variorum.citing import address, clean, web_address
from variorum.dates import bounds
from variorum.errors import ConfigError
from variorum.export.questions import accounts, in_batches, records

__all__ = ["claims", "ftm", "passim"]

Tables = Mapping[str, pa.Table]
Row = dict[str, Any]


def _lines(rows: Iterable[Row], out: BinaryIO) -> None:
    for row in rows:
        out.write((json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "replace"))


def _known(row: Row) -> Row:
    return {key: value for key, value in row.items() if value not in (None, "", [], {})}


def claims(tables: Tables, out: BinaryIO, options: Mapping[str, Any]) -> None:
    """Every claim that tells an event as a schema.org Claim, as JSON-LD; none is rated."""
    known, events = accounts(tables), {e.event: e for e in records(tables, r.Event)}
    of_claim = defaultdict(list)
    for tell in records(tables, r.Tells):
        if tell.event in events:
            of_claim[tell.claim].append(events[tell.event])
    out.write(b'{"@context": "https://schema.org", "@graph": [')
    mark = "\n"
    for c in in_batches(tables, r.Claim):
        if c.witness in known and of_claim.get(c.claim):
            made = json.dumps(_claim(c, known[c.witness], of_claim[c.claim]), ensure_ascii=False)
            out.write((mark + made).encode("utf-8", "replace"))
            mark = ",\n"
    out.write(b"\n]}\n")


def _claim(c: r.Claim, w: r.Witness, events: list[r.Event]) -> Row:
    link = web_address(w.source)
    appearance = {
        "@type": "CreativeWork", "name": clean(w.title or w.witness),
        "url": address(link, w.text, c.start, c.end) or None, "datePublished": _day(w.published),
        "inLanguage": w.language,
        "publisher": {"@type": "Organization", "name": clean(w.publisher)} if w.publisher else None,
    }  # fmt: skip
    return _known(
        {
            "@type": "Claim",
            "@id": f"urn:variorum:claim:{hashlib.sha256(c.claim.encode('utf-8', 'replace')).hexdigest()[:16]}",
            "text": clean(c.text),
            "author": [{"@type": "Thing", "name": clean(v)} for v in c.voice],
            "appearance": _known(appearance),
            "about": [_known({"@type": "Event", "name": clean(e.label), "startDate": _day(e.date)}) for e in events],
        }
    )


def _day(edtf: str | None) -> str | None:
    """A date of ISO 8601 where it is one day."""
    span = bounds(edtf)
    return span.first if span and span.precision == 1 else None


def ftm(tables: Tables, out: BinaryIO, options: Mapping[str, Any]) -> None:
    """FollowTheMoney, one record a line: accounts as Article, events as Event, people and bodies with their forms.

    ``as=entities`` (if not said), or ``as=statements``: then each value stands for itself, and its dataset says which
    account has it; what the edition alone says, such as the label of an event, is of the dataset ``variorum``.
    """
    kind = str(options.get("as", "entities"))
    if kind not in ("entities", "statements"):
        raise ConfigError(f"option as={kind}", "there is no such form", "it is entities or statements")
    if kind == "statements":
        _lines(_statements(tables), out)
        return
    known, told = accounts(tables), _tellers(tables)
    _lines((_article(w) for w in known.values()), out)
    _lines((_event(e, sorted(told[e.event])) for e in records(tables, r.Event)), out)
    _lines((_name(*one) for one in _forms(tables).items()), out)


def _tellers(tables: Tables) -> dict[str, set[str]]:
    """The accounts that tell each event."""
    known, told = accounts(tables), defaultdict(set)
    witness = {c.claim: c.witness for c in records(tables, r.Claim)}
    for tell in records(tables, r.Tells):
        if witness.get(tell.claim) in known:
            told[tell.event].add(witness[tell.claim])
    return told


OURS = "variorum"
"""The dataset of what the edition says, and no account."""


def _statements(tables: Tables) -> Iterable[Row]:
    """Every value of every entity as a statement of the account that has it."""
    known, told, forms = accounts(tables), _tellers(tables), _forms(tables)
    for w in known.values():
        yield from _stated(_article(w), w.witness)
    for e in records(tables, r.Event):
        entity = _event(e, [])
        yield from _stated(entity, None)
        for teller in sorted(told[e.event]):
            yield from _stated({**entity, "properties": {"proof": [_id("Article", teller)]}}, teller)
    for (kind, referent), by in forms.items():
        entity = _name((kind, referent), by)
        yield from _stated({**entity, "properties": {"name": entity["properties"].get("name", [])}}, None)
        for form, witnesses in sorted(by.items()):
            for bearer in sorted(witnesses):
                yield from _stated({**entity, "properties": {"alias": [form]}}, bearer)


def _dataset(witness: str) -> str:
    """The dataset of an account: small letters, digits and _, with a hash where its id has other signs.

    >>> _dataset("courier"), len(_dataset("Бюро")), _dataset("a-b") == _dataset("a b")
    ('variorum_courier', 17, False)
    """
    plain = re.sub(r"[^a-z0-9]+", "_", witness).strip("_")
    mark = hashlib.sha1(witness.encode("utf-8", "replace")).hexdigest()[:8] if plain != witness else ""
    return "_".join(part for part in (OURS, plain, mark) if part)


def _stated(entity: Row, witness: str | None) -> Iterable[Row]:
    dataset = _dataset(witness) if witness else OURS
    for name, values in entity["properties"].items():
        for value in values:
            key = f"{dataset}.{entity['id']}.{name}.{value}"
            yield {
                "id": hashlib.sha1(key.encode("utf-8", "replace")).hexdigest(), "entity_id": entity["id"],
                "canonical_id": entity["id"], "schema": entity["schema"], "prop": name, "value": value,
                "dataset": dataset, "lang": None, "original_value": None, "external": False, "first_seen": None,
                "last_seen": None, "origin": witness,
            }  # fmt: skip


def _id(kind: str, key: str) -> str:
    return f"variorum-{hashlib.sha1(f'{kind}:{key}'.encode('utf-8', 'replace')).hexdigest()}"


def _entity(schema: str, key: str, properties: Mapping[str, Iterable[str | None]]) -> Row:
    kept = {name: [v for v in values if v] for name, values in properties.items()}
    return {"id": _id(schema, key), "schema": schema, "properties": {name: v for name, v in kept.items() if v}}


def _article(w: r.Witness) -> Row:
    told: dict[str, list[str | None]] = {
        "title": [clean(w.title or w.witness)], "author": [clean(w.author or "")],
        "publisher": [clean(w.publisher or "")], "publishedAt": [_day(w.published)],
        "sourceUrl": [web_address(w.source)],
    }  # fmt: skip
    return _entity("Article", w.witness, told)


def _event(e: r.Event, witnesses: list[str]) -> Row:
    span = bounds(e.date)
    dates = {"startDate": [span.first], "endDate": [span.last]} if span else {}
    told = {
        "name": [clean(e.label)],
        "location": [clean(p) for p in e.places],
        "proof": [_id("Article", w) for w in witnesses],
    }
    return _entity("Event", e.event, {**told, **dates})


SCHEMAS = {"person": "Person", "organisation": "Organization", "group": "LegalEntity"}


def _forms(tables: Tables) -> dict[tuple[str, str], dict[str, set[str]]]:
    """The forms of each name, each with the accounts in which it stands."""
    found: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for n in records(tables, r.Name):
        if n.kind in SCHEMAS:
            found[n.kind, n.referent][clean(n.form)].add(n.witness)
    return found


def _name(key: tuple[str, str], forms: Mapping[str, set[str]]) -> Row:
    kind, referent = key
    return _entity(
        SCHEMAS[kind], referent, {"name": [clean(referent)], "alias": sorted(forms.keys() - {clean(referent)})}
    )


def passim(tables: Tables, out: BinaryIO, options: Mapping[str, Any]) -> None:
    """Passim's JSON Lines: ``as=clusters`` (if not said) the passages that accounts share, ``as=input`` accounts."""
    kind = str(options.get("as", "clusters"))
    if kind not in ("clusters", "input"):
        raise ConfigError(f"option as={kind}", "there is no such form", "it is clusters or input")
    known = accounts(tables)
    if kind == "input":
        _lines(({**_head(w), "text": w.text} for w in known.values()), out)
        return
    groups: dict[str, list[r.Shared]] = defaultdict(list)
    for s in records(tables, r.Shared):
        if s.witness in known:
            groups[s.lineage].append(s)
    for number, lineage in enumerate(sorted(groups)):
        members = groups[lineage]
        _lines(
            (
                {
                    "cluster": number, "size": len(members), **_head(known[s.witness]), "begin": s.start, "end": s.end,
                    "text": known[s.witness].text[s.start : s.end],
                }
                for s in members
            ),
            out,
        )  # fmt: skip


def _head(w: r.Witness) -> Row:
    return {"id": w.witness, "series": w.publisher or w.witness, "date": w.published or ""}
