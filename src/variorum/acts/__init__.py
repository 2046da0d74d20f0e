"""Acts: the claims of a story, of one predicate or akin ones, that tell the same doing.

``run`` joins the claims of each story by itself and writes two tables for the step ``events``: ``doings`` (which claim
tells which act, in which story) and ``act_links`` (which two claims were joined, and why).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import pyarrow as pa

from variorum.acts.alike import reasons
from variorum.acts.doings import Doing, doings
from variorum.acts.joining import joined
from variorum.engine import Engine
from variorum.groups import identities
from variorum.lists import toml
from variorum.records import Link, Story, table
from variorum.sentences import Passage, passages, read, stories

__all__ = ["DOINGS", "run"]

DOINGS = pa.schema([("claim", pa.string()), ("act", pa.string()), ("story", pa.string()), ("score", pa.float64())])


def run(engine: Engine) -> None:
    """Reads ``stories``, ``claims`` and what is tied to sentences; writes ``doings`` and ``act_links``."""
    links: list[Link] = []
    told: list[tuple[str, list[Doing], float]] = []
    for story, listed in sorted(_by_story(passages(engine, passing=True), read(engine, Story)).items()):
        made, joins = _acts(doings(listed))
        told += [(story, group, score) for group, score in made]
        links += joins
    names = identities("a", [[_words(doing) for doing in group] for _, group, _ in told])
    rows = [
        (doing.claim.claim, name, story, score)
        for name, (story, group, score) in zip(names, told, strict=True)
        for doing in group
    ]
    engine.put("doings", pa.table([list(column) for column in zip(*rows, strict=True)] or [[]] * 4, schema=DOINGS))
    engine.put("act_links", table(Link, links))


def _by_story(items: Sequence[Passage], told: Sequence[Story]) -> Mapping[str, list[Passage]]:
    """The passages of each story."""
    found: dict[str, list[Passage]] = defaultdict(list)
    for passage, story in zip(items, stories(items, told), strict=True):
        found[story].append(passage)
    return found


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
