"""Acts: the claims of a story, of one predicate or akin ones, that tell the same doing.

``run`` joins the claims of each story by itself, each story a part that any process works on, and writes two tables for
the step ``events``: ``doings`` (which claim tells which act, in which story) and ``act_links`` (which two claims were
joined, and why).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import pyarrow as pa

from variorum.acts.alike import reasons
from variorum.acts.doings import Doing, doings
from variorum.acts.joining import joined
from variorum.engine import Engine
from variorum.groups import IDENTITIES, hashed
from variorum.lists import toml
from variorum.records import Link, table
from variorum.sentences import gathered, homes, nested, opened, parted

__all__ = ["acts_of", "run"]

TOLD = pa.schema(
    [
        ("part", pa.string()),
        ("number", pa.int64()),
        ("word", pa.string()),
        ("claim", pa.string()),
        ("score", pa.float64()),
    ]
)
MADE = pa.schema(
    [
        ("key", pa.string()),
        pa.field("told", pa.list_(pa.struct(list(TOLD)))),
        pa.field("links", pa.list_(pa.struct(list(Link.schema())))),
    ]
)
DOINGS = """
SELECT t.claim AS claim, i.id AS act, t.part AS story, t.score AS score FROM acts_told t
JOIN acts_named i ON t.part = i.part AND t.number = i.number
"""


def run(engine: Engine) -> None:
    """Reads ``stories``, ``claims`` and what is tied to sentences; writes ``doings`` and ``act_links``."""
    parted(engine, "acts_parts", homes(engine), ("words", "claims"))
    engine.map("acts_made", acts_of, "acts_parts", MADE, keyed=True)
    engine.forget(["acts_parts"])
    made = engine.get("acts_made")
    engine.put("acts_told", gathered(made["told"], TOLD))
    engine.sql("acts_named", IDENTITIES.format(over="acts_told", prefix="a"))
    engine.sql("doings", DOINGS)
    engine.put("act_links", gathered(made["links"], Link.schema()))


def acts_of(batch: pa.Table) -> pa.Table:
    """The acts of some stories, and the links between their claims: the function that engines map over stories."""
    keys, told, links = [], [], []
    for part in opened(batch):
        made, joins = _acts(doings(part.passages(passing=True)))
        rows = [
            (part.name, number, hashed(_words(doing)), doing.claim.claim, score)
            for number, (group, score) in enumerate(made)
            for doing in group
        ]
        keys.append(part.key)
        told.append(pa.table([list(column) for column in zip(*rows, strict=True)] or [[]] * len(TOLD), schema=TOLD))
        links.append(table(Link, joins))
    return pa.table([keys, nested(told, TOLD), nested(links, Link.schema())], schema=MADE)


def _acts(items: Sequence[Doing]) -> tuple[list[tuple[list[Doing], float]], list[Link]]:
    """The doings of each act of a story with the mean of their scores, and the links between them."""
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
        made.append((group, mean))
    return made, links


def _link(a: Doing, b: Doing, score: float, values: tuple[float, ...]) -> Link:
    shared = sorted((a.args & b.args) | ({a.predicate} & {b.predicate}))
    return Link(a.claim.claim, b.claim.claim, round(score, 4), shared, reasons(a, b, values))


def _words(doing: Doing) -> str:
    """The words of a claim and where in its sentence they tell the act; those of a whole sentence may tell two."""
    passage, claim = doing.passage, doing.claim
    return f"{(claim.trigger_start or claim.start) - passage.start} {claim.start - passage.start} {passage.text}"
