"""The parts in which events are drawn: groups of stories that strong links or people's decisions join.

Which sentences are compared at all, an index over the whole collection says, made by SQL. Pairs across stories are
compared first, each beside the story of its first sentence, and the strong ones join stories into groups. A small
collection is one group.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from variorum.engine import Engine
from variorum.events.link import POSTED, POSTINGS, candidates, joined, posted_parts
from variorum.groups import Groups
from variorum.lists import toml
from variorum.records import Binding, Claim, Link, Parallel, Sentence, Shared, Story, Tied, rows
from variorum.sentences import Collection, Part, counts, emptied, gathered, homes, nested, opened, parted, tied_to

__all__ = ["cut", "linked_across", "numbered_pairs", "stories_of"]

WHOLE: int = toml("limits")["parts"]["whole"]
MASS: float = toml("limits")["parts"]["mass"]
STRONG: float = toml("limits")["parts"]["strong"]
DOINGS = pa.schema([(name, pa.string()) for name in ("claim", "act", "story")] + [("score", pa.float64())])
READ = (Sentence, Story, Binding, Claim, Parallel, Shared)
FOUND_BY = ("words", "times", "figures", "places")
COMPARED = (*FOUND_BY, "borrowed", "yearly", "claims")
TIES = tuple(name for name in Tied.schema().names if name not in (*Sentence.schema().names, "weight"))
ACROSS = pa.schema([("a_story", pa.string()), ("b_story", pa.string()), ("strength", pa.float64()), *Link.schema()])
MADE = pa.schema([("key", pa.string()), pa.field("across", pa.list_(pa.struct(list(ACROSS))))])

NUMBERED = """
SELECT p.item AS item, n.number AS passage, p.idf AS idf FROM event_posted p
JOIN event_places n ON p.witness = n.witness AND p.start = n.start
"""
PAIRED = """
SELECT a.witness AS a_witness, a.start AS a_start, a.part AS a_story, b.witness AS b_witness, b.start AS b_start,
b.part AS b_story, p.mass AS mass FROM {pairs} p
JOIN event_places a ON p.a = a.number JOIN event_places b ON p.b = b.number
"""
TOLD = """
SELECT c.item AS claim, p.witness AS witness, p.start AS start, coalesce(g.grp, p.part) AS part FROM event_claims c
JOIN event_places p ON c.witness = p.witness AND c.start = p.start LEFT JOIN event_groups g ON p.part = g.story
"""
GROUPED = """
SELECT p.witness AS witness, p.start AS start, coalesce(g.grp, p.part) AS part, p.part AS story FROM event_places p
LEFT JOIN event_groups g ON p.part = g.story
"""
MORE = {
    "pairs": """
SELECT x.part AS part, p.number AS number FROM event_numbered_pairs p
JOIN event_homes x ON p.a_witness = x.witness AND p.a_start = x.start
JOIN event_homes y ON p.b_witness = y.witness AND p.b_start = y.start AND x.part = y.part""",
    "doings": """
SELECT c.part AS part, d.number AS number FROM event_numbered_doings d JOIN event_told c ON d.claim = c.claim""",
    "act_links": """
SELECT c.part AS part, l.number AS number FROM event_numbered_act_links l JOIN event_told c ON l.claim_a = c.claim""",
    Shared.TABLE: """
SELECT x.part AS part, s.number AS number FROM event_numbered_shared s
JOIN event_accounts x ON s.witness = x.witness""",
    Parallel.TABLE: """
SELECT x.part AS part, p.number AS number FROM event_numbered_parallels p
JOIN event_accounts x ON p.a_witness = x.witness
JOIN event_accounts y ON p.b_witness = y.witness AND x.part = y.part""",
    Binding.TABLE: """
SELECT DISTINCT x.part AS part, b.number AS number FROM event_numbered_bindings b
JOIN event_accounts x ON b.a_witness = x.witness OR b.b_witness = x.witness""",
}
"""Which rows of a table belong to which parts, by their number."""
WHERE = ("witness", "start", "end")
UNASKED = {Parallel.TABLE: [name for name in Parallel.schema().names if name[2:] not in WHERE]}
"""What nothing asks of a row: where accounts share wording says enough."""


def cut(engine: Engine) -> None:
    """Stores the parts as ``events_parts``, and links across them as ``events_across``."""
    for kind in READ:
        if not engine.has(kind.TABLE):
            engine.put(kind.TABLE, kind.schema().empty_table())
    home = homes(engine).sort_by([("witness", "ascending"), ("start", "ascending")])
    whole = home.num_rows <= WHOLE
    engine.put("event_places", home.append_column("number", pa.array(range(home.num_rows), pa.int64())))
    _pair(engine, home.set_column(2, "part", pa.array([""] * home.num_rows, pa.string())) if whole else home)
    if not whole:
        _compare_across(engine)
    _group(engine, home, whole)
    members = engine.get("event_homes").sort_by([(name, "ascending") for name in ("part", "witness", "start")])
    engine.put("event_accounts", members.select(["part", "witness"]).group_by(["part", "witness"]).aggregate([]))
    engine.put("act_links", engine.get("act_links") if engine.has("act_links") else Link.schema().empty_table())
    more = {name: _of_parts(engine, name) for name in MORE}
    more["homes"] = members
    more |= counts(engine, members)
    engine.forget(["event_homes", "event_told", "event_claims", "event_pairs"])
    parted(engine, "events_parts", members.drop_columns(["story"]), TIES, more)


def _pair(engine: Engine, home: pa.Table) -> None:
    """Stores the pairs of sentences to compare, by their places."""
    parted(engine, "event_stories", home, FOUND_BY, counts(engine, home))
    engine.map("event_keys", posted_parts, "event_stories", POSTINGS, keyed=True)
    engine.put("event_posted", gathered(engine.get("event_keys")["posted"], POSTED))
    engine.sql("event_postings", NUMBERED)
    engine.forget(["event_stories", "event_keys", "event_posted"])
    engine.sql("event_paired", PAIRED.format(pairs=candidates(engine, "event_postings", home.num_rows)))
    pairs = engine.get("event_paired")
    pairs = pairs.filter(pc.or_(pc.equal(pairs["a_story"], pairs["b_story"]), pc.greater_equal(pairs["mass"], MASS)))
    columns = ("a_witness", "a_start", "b_witness", "b_start")
    engine.put("event_pairs", pairs.drop_columns(["mass"]).sort_by([(name, "ascending") for name in columns]))
    engine.forget(["event_postings", "event_best", "event_paired"])


def _compare_across(engine: Engine) -> None:
    """Stores the links of pairs in two stories."""
    pairs = engine.get("event_pairs")
    pairs = pairs.filter(pc.not_equal(pairs["a_story"], pairs["b_story"]))
    told = pairs.append_column("part", pairs["a_story"])
    sides = [
        told.select([f"{side}_witness", f"{side}_start", f"{side}_story", "part"]).rename_columns(
            ["witness", "start", "story", "part"]
        )
        for side in "ab"
    ]
    members = pa.concat_tables(sides).group_by(["witness", "start", "story", "part"]).aggregate([])
    members = members.sort_by([(name, "ascending") for name in ("part", "witness", "start")])
    more = {"pairs": told, "homes": members, **counts(engine, members, engine.get("event_places"))}
    parted(engine, "event_crossing", members.drop_columns(["story"]), COMPARED, more)
    engine.map("event_crossed", linked_across, "event_crossing", MADE, keyed=True)
    engine.put("events_across", gathered(engine.get("event_crossed")["across"], ACROSS))
    engine.forget(["event_crossing", "event_crossed"])


def linked_across(batch: pa.Table) -> pa.Table:
    """The links of pairs of sentences in two stories: the function that engines map over parts with such pairs."""
    parts = list(opened(batch))
    made = [pa.Table.from_pylist(list(_across(part)), schema=ACROSS) for part in parts]
    return pa.table([[part.key for part in parts], nested(made, ACROSS)], schema=MADE)


def _across(part: Part) -> Iterator[dict[str, object]]:
    items = part.passages()
    story = stories_of(part)
    collection = Collection(items, part.counts())
    for one in joined(collection, numbered_pairs(part), story, {}):
        link = Link("", "", round(one.score, 4), list(one.shared), one.why)
        for a, b in zip(one.a.claims[:1], one.b.claims[:1], strict=False):
            link = Link(a.claim, b.claim, link.score, link.shared, link.why)
        yield {
            "a_story": story[one.a.number],
            "b_story": story[one.b.number],
            "strength": one.score,
            **link.to_dict(),
        }


def stories_of(part: Part) -> list[str]:
    """The story of each sentence of a part, by witness and start."""
    homes = part.tables["homes"].sort_by([("witness", "ascending"), ("start", "ascending")])
    return [str(story) for story in homes["story"].to_pylist()]


def numbered_pairs(part: Part) -> list[tuple[int, int]]:
    """The pairs of sentences to compare in a part, by their numbers."""
    homes = part.tables["homes"].sort_by([("witness", "ascending"), ("start", "ascending")]).to_pylist()
    at = {(row["witness"], row["start"]): number for number, row in enumerate(homes)}
    return [
        (at[row["a_witness"], row["a_start"]], at[row["b_witness"], row["b_start"]])
        for row in part.tables["pairs"].to_pylist()
    ]


def _group(engine: Engine, home: pa.Table, whole: bool) -> None:
    """Stores the group of each sentence, named by the first of its stories."""
    stories = sorted(home["part"].unique().to_pylist())
    together = Groups[str]()
    if whole:
        engine.put("events_across", ACROSS.empty_table())
    else:
        across = engine.get("events_across")
        strong = across.filter(pc.greater_equal(across["strength"], STRONG))
        for a, b in zip(strong["a_story"].to_pylist(), strong["b_story"].to_pylist(), strict=True):
            together.join(a, b)
        for a, b in _bound(engine, home):
            together.join(a, b)
    first: dict[str, str] = {}
    grouped = ["" if whole else first.setdefault(together.find(story), story) for story in stories]
    schema = pa.schema([("story", pa.string()), ("grp", pa.string())])
    engine.put("event_groups", pa.table([stories, grouped], schema=schema))
    engine.sql("event_homes", GROUPED)
    engine.put("event_claims", tied_to(engine.get("sentences"), "claims"))
    engine.sql("event_told", TOLD)


def _bound(engine: Engine, home: pa.Table) -> Iterator[tuple[str, str]]:
    """The pairs of stories that people joined."""
    for one in rows(Binding, engine.get("bindings")):
        if one.kind == "must":
            told = [
                home.filter(pc.and_(pc.equal(home["witness"], witness), pc.less(home["start"], end)))[
                    "part"
                ].to_pylist()
                for witness, end in ((one.a_witness, one.a_end), (one.b_witness, one.b_end))
            ]
            if all(told):
                yield told[0][-1], told[1][-1]


def _of_parts(engine: Engine, name: str) -> pa.Table:
    """The rows of a table with their part, in their order."""
    table = "event_pairs" if name == "pairs" else name
    data = engine.get(table) if engine.has(table) else DOINGS.empty_table()
    data = emptied(data, UNASKED.get(name, ()))
    numbered = data.append_column("number", pa.array(range(data.num_rows), pa.int64()))
    engine.put(f"event_numbered_{name}", numbered)
    engine.sql(f"event_of_{name}", MORE[name])
    found = engine.get(f"event_of_{name}").sort_by([("part", "ascending"), ("number", "ascending")])
    engine.forget([f"event_of_{name}", f"event_numbered_{name}"])
    return data.take(found["number"]).append_column("part", found["part"])
