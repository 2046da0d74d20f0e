"""Acts: the claims of a story, of one predicate or akin ones, that tell the same doing.

``run`` joins the claims of each story by itself and writes two tables for the step ``events``: ``doings`` (which claim
tells which act, in which story) and ``act_links`` (which two claims were joined, and why).
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import pyarrow as pa

from variorum.acts.alike import reasons
from variorum.acts.doings import Doing, doings
from variorum.acts.joining import joined
from variorum.engine import Engine
from variorum.lists import toml
from variorum.records import Link, Story, table
from variorum.sentences import Passage, passages, read, stories

__all__ = ["DOINGS", "run"]

DOINGS = pa.schema([("claim", pa.string()), ("act", pa.string()), ("story", pa.string()), ("score", pa.float64())])


def run(engine: Engine) -> None:
    """Reads ``stories``, ``claims`` and what is tied to sentences; writes ``doings`` and ``act_links``."""
    rows: dict[str, list[object]] = {name: [] for name in DOINGS.names}
    links: list[Link] = []
    for story, listed in sorted(_by_story(passages(engine, passing=True), read(engine, Story)).items()):
        items = doings(listed)
        made = _acts(items)
        for doing, act, score in made[0]:
            for name, value in zip(DOINGS.names, (doing.claim.claim, act, story, score), strict=True):
                rows[name].append(value)
        links += made[1]
    engine.put("doings", pa.table(rows, schema=DOINGS))
    engine.put("act_links", table(Link, links))


def _by_story(items: Sequence[Passage], told: Sequence[Story]) -> Mapping[str, list[Passage]]:
    """The passages of each story."""
    found: dict[str, list[Passage]] = defaultdict(list)
    for passage, story in zip(items, stories(items, told), strict=True):
        found[story].append(passage)
    return found


def _acts(items: Sequence[Doing]) -> tuple[list[tuple[Doing, str, float]], list[Link]]:
    """The doings of a story with the ids of their acts, and the links between them."""
    owner, pairs = joined(items)
    groups: dict[int, list[Doing]] = defaultdict(list)
    for doing in items:
        groups[owner[doing.number]].append(doing)
    total: dict[int, float] = defaultdict(float)
    links = []
    kept: Counter[int] = Counter()
    table = toml("acts")["join"]
    for a, b, score, values in sorted(pairs, key=lambda pair: (-pair[2], pair[:2])):
        if owner[a] == owner[b]:
            total[owner[a]] += score
        if score >= table["link"] and min(kept[a], kept[b]) < table["links"]:
            kept.update((a, b))
            links.append(_link(items[a], items[b], score, values))
    made = []
    for name, group in groups.items():
        size = len(group)
        mean = round(total[name] / (size * (size - 1) / 2), 4) if size > 1 else 1.0
        made += [(doing, _identity(group), mean) for doing in group]
    return made, links


def _link(a: Doing, b: Doing, score: float, values: tuple[float, ...]) -> Link:
    shared = sorted((a.args & b.args) | ({a.predicate} & {b.predicate}))
    return Link(a.claim.claim, b.claim.claim, round(score, 4), shared, reasons(a, b, values))


def _identity(group: Sequence[Doing]) -> str:
    """The act's id, of the words of a claim and its account's, not of its order in the collection."""
    told = min((d.claim.witness, d.claim.start, d.claim.trigger_start or 0, d.claim.text) for d in group)
    return "a" + hashlib.blake2b(repr(told).encode(), digest_size=5).hexdigest()
