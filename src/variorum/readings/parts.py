"""The parts that are collated by themselves: stories that share events, and what lies across such groups of stories.

A small collection is one part. A larger one is cut into groups of stories that an event or a strong link joins. Across
groups only sentences meet that a weaker link, a parallel, or figures at one place and day bring together; such
sentences, as far as they hang together, are parts of their own (bridges), of which only rows across groups are kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from variorum.dates import interval
from variorum.engine import Engine
from variorum.groups import Groups
from variorum.languages import offers
from variorum.lists import toml, words
from variorum.readings.scope import plain
from variorum.records import (
    Event,
    Figure,
    Link,
    Name,
    Parallel,
    Place,
    Row,
    Sentence,
    Story,
    Tells,
    Tied,
    Time,
    Witness,
)
from variorum.sentences import counts, emptied, homes, parted, tied_to

__all__ = ["cut"]

WHOLE: int = toml("limits")["parts"]["whole"]
STRONG: float = toml("limits")["parts"]["strong"]
WEAK: float = toml("limits")["parts"]["weak"]
DAYS: float = toml("limits")["parts"]["days"]
APART: float = toml("readings")["figures"]["apart"]
READ = (Witness, Sentence, Story, Link, Tells, Event, Parallel, Name, Figure, Place, Time)
UNASKED: dict[type[Row], tuple[str, ...]] = {
    Parallel: ("direction", "why", "direct", "anchors"),
    Event: tuple(name for name in Event.schema().names if name not in ("event", "label")),
    Link: ("shared", "kind"),
}
"""What the rules ask of no row."""
TIES = tuple(name for name in Tied.schema().names if name not in (*Sentence.schema().names, "weight"))
Node = tuple[str, int]

TOLD = """
SELECT c.item AS claim, h.witness AS witness, h.start AS start, h.part AS story FROM parts_claims c
JOIN parts_homes h ON c.witness = h.witness AND c.start = h.start
"""
EVENTS = """
SELECT DISTINCT node, story FROM (
    SELECT concat('e', t.event) AS node, c.story AS story FROM tells t JOIN parts_told c ON t.claim = c.claim
    UNION ALL
    SELECT concat('a', t.act) AS node, c.story AS story FROM tells t JOIN parts_told c ON t.claim = c.claim
    WHERE t.act IS NOT NULL
) AS told
"""
LINKS = """
SELECT DISTINCT x.story AS a, y.story AS b FROM links l JOIN parts_told x ON l.claim_a = x.claim
JOIN parts_told y ON l.claim_b = y.claim WHERE l.score >= {strong} AND x.story <> y.story
"""
AT = """
SELECT h.witness AS witness, h.start AS start, s."end" AS until, h.part AS story, coalesce(g.grp, h.part) AS grp
FROM parts_homes h JOIN sentences s ON h.witness = s.witness AND h.start = s.start
LEFT JOIN parts_groups g ON h.part = g.story
"""
OVER = """
SELECT p.number AS number, '{side}' AS side, a.witness AS witness, a.start AS start, a.grp AS grp FROM parts_parallels p
JOIN parts_at a ON p.{side}_witness = a.witness AND a.start < p.{side}_end AND a.until > p.{side}_start
"""
HELD = """
SELECT DISTINCT x.number AS number, x.grp AS part FROM parts_over_a x
JOIN parts_over_b y ON x.number = y.number AND x.grp = y.grp
"""
ACROSS = """
SELECT 'p' AS kind, o.number AS number, o.witness AS witness, o.start AS start FROM (
    SELECT * FROM parts_over_a UNION ALL SELECT * FROM parts_over_b
) AS o LEFT JOIN parts_held h ON o.number = h.number WHERE h.number IS NULL
"""
WEAKLY = """
SELECT x.witness AS a_witness, x.start AS a_start, y.witness AS b_witness, y.start AS b_start FROM links l
JOIN parts_told x ON l.claim_a = x.claim JOIN parts_told y ON l.claim_b = y.claim
JOIN parts_at a ON a.witness = x.witness AND a.start = x.start
JOIN parts_at b ON b.witness = y.witness AND b.start = y.start
WHERE l.score >= {weak} AND a.grp <> b.grp AND x.witness <> y.witness
"""
COUNTED = """
SELECT DISTINCT f.role AS role, p.name AS place, d.day AS day, p.named AND d.told AS own, a.witness AS witness,
a.start AS start, a.grp AS grp FROM parts_at a JOIN parts_figures f ON a.witness = f.witness AND a.start = f.start
JOIN parts_places p ON a.witness = p.witness AND a.start = p.start
JOIN parts_days d ON a.witness = d.witness AND a.start = d.start
"""
BUCKETS = """
SELECT c.role AS role, c.place AS place, c.day AS day, c.witness AS witness, c.start AS start FROM parts_counted c
JOIN (
    SELECT role, place, day FROM parts_counted GROUP BY role, place, day
    HAVING count(DISTINCT grp) > 1 AND count(DISTINCT witness) > 1
) AS b ON c.role = b.role AND c.place = b.place AND c.day = b.day
"""
FAR = """
SELECT DISTINCT m.part AS part, c.role AS role, c.place AS place FROM parts_counted c
JOIN parts_members m ON c.witness = m.witness AND c.start = m.start
JOIN (
    SELECT role, place FROM parts_counted WHERE own GROUP BY role, place HAVING max(day) - min(day) > {apart}
) AS f ON c.role = f.role AND c.place = f.place
"""
MEMBERS = """
SELECT witness, start, grp AS part, story, grp FROM parts_at
UNION ALL
SELECT a.witness AS witness, a.start AS start, b.part AS part, a.story AS story, a.grp AS grp FROM parts_at a
JOIN parts_bridges b ON a.witness = b.witness AND a.start = b.start
"""
HELD_CLAIMS = """
SELECT c.claim AS claim, m.part AS part FROM parts_told c
JOIN parts_members m ON c.witness = m.witness AND c.start = m.start
"""
MORE = {
    Link.TABLE: """
SELECT x.part AS part, l.number AS number FROM parts_links l JOIN parts_held_claims x ON l.claim_a = x.claim
JOIN parts_held_claims y ON concat(l.claim_b, ' ', x.part) = concat(y.claim, ' ', y.part)""",
    Tells.TABLE: """
SELECT x.part AS part, t.number AS number FROM parts_tells t JOIN parts_held_claims x ON t.claim = x.claim""",
    Event.TABLE: """
SELECT DISTINCT x.part AS part, e.number AS number FROM parts_events e JOIN tells t ON e.event = t.event
JOIN parts_held_claims x ON t.claim = x.claim""",
    Parallel.TABLE: """
SELECT part, number FROM parts_held UNION ALL
SELECT DISTINCT b.part AS part, o.number AS number FROM parts_across o
JOIN parts_bridges b ON o.witness = b.witness AND o.start = b.start""",
    Name.TABLE: """
SELECT x.part AS part, n.number AS number FROM parts_names n
JOIN (SELECT DISTINCT part, witness FROM parts_members) AS x ON n.witness = x.witness""",
}
"""Which rows of a table belong to which parts, by their number."""


def cut(engine: Engine) -> None:
    """Stores the parts as ``readings_parts``."""
    for kind in READ:
        if not engine.has(kind.TABLE):
            engine.put(kind.TABLE, kind.schema().empty_table())
    home = homes(engine)
    whole = home.num_rows <= WHOLE
    engine.put("parts_homes", _stacked(home, _foreign(engine)))
    for kind in (Link, Tells, Event, Parallel, Name):
        data = _asked(kind, engine.get(kind.TABLE))
        numbered = data.append_column("number", pa.array(range(data.num_rows), pa.int64()))
        engine.put(f"parts_{kind.TABLE}", numbered)
    if not whole:
        _group(engine)
        _bridge(engine)
    members = _members(engine, whole)
    more = {name: _of_parts(engine, name, whole, members) for name in MORE}
    known = members.join(home.select(["witness", "start"]), ["witness", "start"], join_type="inner")
    more |= counts(engine, known.select(["part", "witness", "start"]), times=False)
    more |= {
        "homes": members,
        "titles": _titles(engine, members),
        "countries": _countries(engine, members, whole),
        "several": _several(engine, whole),
    }
    engine.forget([*(f"parts_{name}" for name in MORE), "parts_told", "parts_claims", "parts_held_claims", "parts_at"])
    parted(engine, "readings_parts", members.select(["witness", "start", "part"]), TIES, more)


def _asked(kind: type[Row], data: pa.Table) -> pa.Table:
    """The rows of a table as rules ask for them: what none asks for is empty, so that it changes no part."""
    if kind is Name:
        known = data.select(["referent", "form"]).group_by("referent").aggregate([("form", "count_distinct")])
        several = known.filter(pc.greater(known["form_count_distinct"], 1))["referent"]
        data = data.filter(pc.or_(pc.equal(data["kind"], "person"), pc.is_in(data["referent"], several)))
    if kind is Parallel:
        scores = pc.if_else(data["across"], data["score"], 0.0)
        data = data.set_column(data.column_names.index("score"), data.schema.field("score"), scores)
    return emptied(data, UNASKED.get(kind, ()))


def _stacked(*tables: pa.Table) -> pa.Table:
    """Tables of the same columns below each other, whether their columns may be null or not."""
    schema = pa.schema([(field.name, field.type) for field in tables[0].schema])
    return pa.concat_tables([one.cast(schema) for one in tables])


def _foreign(engine: Engine) -> pa.Table:
    """The sentences in languages that are not read, each account a story of its own, where some stand beside others."""
    sentences = engine.get("sentences").select(["witness", "start"])
    if not pc.any(engine.get("parallels")["across"]).as_py():
        sentences = sentences.slice(0, 0)
    told = zip(*(engine.get("witnesses")[name].to_pylist() for name in ("witness", "language")), strict=True)
    unread = pa.array([w for w, code in told if not offers(code, "sentences")], pa.string())
    held = sentences.filter(pc.is_in(sentences["witness"], unread))
    return held.append_column("part", pc.binary_join_element_wise("~", held["witness"], ""))


def _group(engine: Engine) -> None:
    """Stores the group of each story, named by the first of them."""
    engine.put("parts_claims", tied_to(engine.get("sentences"), "claims"))
    engine.sql("parts_told", TOLD)
    engine.sql("parts_nodes", EVENTS)
    engine.sql("parts_linked", LINKS.format(strong=STRONG))
    nodes, linked = engine.get("parts_nodes"), engine.get("parts_linked")
    pairs = zip(nodes["node"].to_pylist(), nodes["story"].to_pylist(), strict=True)
    joined = Groups([(("node", node), ("story", story)) for node, story in pairs])
    for a, b in zip(linked["a"].to_pylist(), linked["b"].to_pylist(), strict=True):
        joined.join(("story", a), ("story", b))
    stories = sorted(engine.get("parts_homes")["part"].unique().to_pylist())
    first: dict[tuple[str, str], str] = {}
    grouped = [first.setdefault(joined.find(("story", story)), story) for story in stories]
    names = pa.schema([("story", pa.string()), ("grp", pa.string())])
    engine.put("parts_groups", pa.table([stories, grouped], schema=names))
    engine.sql("parts_at", AT)


def _bridge(engine: Engine) -> None:
    """Stores the sentences that meet across groups, each with the name of its bridge."""
    for side in "ab":
        engine.sql(f"parts_over_{side}", OVER.format(side=side))
    engine.sql("parts_held", HELD)
    engine.sql("parts_across", ACROSS)
    engine.sql("parts_weak", WEAKLY.format(weak=WEAK))
    _put_counted(engine)
    engine.sql("parts_counted", COUNTED)
    engine.sql("parts_buckets", BUCKETS)
    joined = Groups[Node]()
    nodes: set[Node] = set()
    for a, b in _meeting(engine):
        joined.join(a, b)
        nodes |= {a, b}
    named = ((f"~{min(group)[0]} {min(group)[1]}", group) for group in joined.groups(sorted(nodes)))
    rows = [(*node, name) for name, group in named for node in group]
    schema = pa.schema([("witness", pa.string()), ("start", pa.int64()), ("part", pa.string())])
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], []]
    engine.put("parts_bridges", pa.table(columns, schema=schema))


def _meeting(engine: Engine) -> Iterator[tuple[Node, Node]]:
    """The pairs of sentences that bring what they tell together across groups; enough of each lot to connect it."""
    weak = engine.get("parts_weak").to_pydict()
    yield from zip(
        zip(weak["a_witness"], weak["a_start"], strict=True),
        zip(weak["b_witness"], weak["b_start"], strict=True),
        strict=True,
    )
    for name, by in (("parts_across", ("kind", "number")), ("parts_buckets", ("role", "place", "day"))):
        data = engine.get(name)
        data = data.sort_by([(column, "ascending") for column in (*by, "witness", "start")]).to_pydict()
        listed = list(zip(*(data[column] for column in (*by, "witness", "start")), strict=True))
        yield from ((a[-2:], b[-2:]) for a, b in pairwise(listed) if a[:-2] == b[:-2])


def _put_counted(engine: Engine) -> None:
    """Stores what is counted in each sentence, and the places and days that it names or has near."""
    sentences = engine.get("sentences")
    figures = engine.get("figures")
    loose = pa.array(sorted(words("readings", "roles", "loose")), pa.string())
    figures = figures.filter(pc.invert(pc.is_in(figures["role"], loose)))
    held = tied_to(sentences, "figures").join(
        figures.select(["witness", "start", "role"]), ["witness", "item"], ["witness", "start"], join_type="inner"
    )
    engine.put("parts_figures", held.select(["witness", "start", "role"]))
    places = engine.get("places")
    places = places.filter(pc.and_(pc.not_equal(places["kind"], "country"), pc.invert(places["metonym"])))
    named = tied_to(sentences, "places").join(
        places.select(["witness", "start", "name"]), ["witness", "item"], ["witness", "start"], join_type="inner"
    )
    near = tied_to(sentences, "near").rename_columns(["witness", "start", "name"])
    every = _told(named.select(near.column_names), near, "named")
    names = every["name"].unique()
    same = pa.table([names, pa.array([plain(name) for name in names.to_pylist()], pa.string())], ["name", "plain"])
    every = every.join(same, "name", join_type="inner").drop_columns(["name"]).rename_columns({"plain": "name"})
    engine.put("parts_places", every)
    engine.put("parts_days", _days(sentences, engine.get("times")))


def _told(own: pa.Table, other: pa.Table, name: str) -> pa.Table:
    """What a sentence tells itself and what it borrows below each other, told apart by a column."""
    flags = pa.array([True] * own.num_rows + [False] * other.num_rows, pa.bool_())
    return _stacked(own, other).append_column(name, flags)


def _days(sentences: pa.Table, times: pa.Table) -> pa.Table:
    """The days of the short times that each sentence tells or borrows; ``told`` are single days in its words."""
    whens = {edtf: interval(edtf) for edtf in times["edtf"].unique().to_pylist()}
    told = [
        (edtf, day, when.length <= 1)
        for edtf, when in whens.items()
        if when is not None and when.length <= DAYS
        for day in range(math.floor(when.first), math.ceil(when.after))
    ]
    schema = pa.schema([("edtf", pa.string()), ("day", pa.int64()), ("single", pa.bool_())])
    days = pa.table([list(column) for column in zip(*told, strict=True)] or [[], [], []], schema=schema)
    times = times.select(["witness", "start", "edtf"]).join(days, "edtf", join_type="inner")
    own, other = (
        tied_to(sentences, tie).join(times, ["witness", "item"], ["witness", "start"], join_type="inner")
        for tie in ("times", "borrowed")
    )
    columns = ["witness", "start", "day"]
    single = own.filter(own["single"])
    longer = _stacked(other.select(columns), own.filter(pc.invert(own["single"])).select(columns))
    return _told(single.select(columns), longer, "told")


def _members(engine: Engine, whole: bool) -> pa.Table:
    """The sentences of each part, with their story and its group."""
    if not whole:
        engine.sql("parts_members", MEMBERS)
        engine.sql("parts_held_claims", HELD_CLAIMS)
        found = engine.get("parts_members")
        alone = pc.and_(pc.starts_with(found["part"], "~"), pc.equal(found["part"], found["grp"]))
        found = found.filter(pc.invert(alone))  # what is not read is compared only with what is
    else:
        home = engine.get("parts_homes").rename_columns({"part": "story"})
        same = pa.array([""] * home.num_rows, pa.string())
        found = home.append_column("part", same).append_column("grp", same)
    return found.sort_by([(name, "ascending") for name in ("part", "witness", "start")])


def _of_parts(engine: Engine, name: str, whole: bool, members: pa.Table) -> pa.Table:
    """The rows of a table with their part, in their order."""
    data = engine.get(f"parts_{name}").drop_columns(["number"])
    if whole:
        size = data.num_rows if members.num_rows else 0
        return data.slice(0, size).append_column("part", pa.array([""] * size, pa.string()))
    engine.sql(f"parts_of_{name}", MORE[name])
    found = engine.get(f"parts_of_{name}").sort_by([("part", "ascending"), ("number", "ascending")])
    engine.forget([f"parts_of_{name}"])
    return data.take(found["number"]).append_column("part", found["part"])


def _titles(engine: Engine, members: pa.Table) -> pa.Table:
    """Title, publisher or siglum of each account of a part."""
    data = engine.get("witnesses")
    none = pa.scalar(None, pa.string())
    named = (pc.if_else(pc.equal(data[name], ""), none, data[name]) for name in ("title", "publisher", "siglum"))
    called = pc.coalesce(*named, data["witness"])
    known = pa.table([data["witness"], called], ["witness", "title"])
    once = members.select(["part", "witness"]).group_by(["part", "witness"]).aggregate([])
    return once.join(known, "witness", join_type="inner").sort_by([("part", "ascending"), ("witness", "ascending")])


def _several(engine: Engine, whole: bool) -> pa.Table:
    """The roles and places of a part for which far days are told, be it in another part."""
    if whole:
        return pa.table([pa.array([], pa.string())] * 3, ["part", "role", "place"])
    engine.sql("parts_several", FAR.format(apart=APART))
    return engine.get("parts_several").sort_by([(name, "ascending") for name in ("part", "role", "place")])


def _countries(engine: Engine, members: pa.Table, whole: bool) -> pa.Table:
    """The countries of the collection that a part names too, be it as something else."""
    if whole:
        return pa.table([pa.array([], pa.string())] * 2, ["part", "name"])
    places, sentences = engine.get("places"), engine.get("sentences")
    wide = places.filter(pc.is_in(places["kind"], pa.array(["country", "continent"])))["name"].unique()
    held = places.select(["witness", "start", "name", "within"])
    tied = tied_to(sentences, "places").join(held, ["witness", "item"], ["witness", "start"], join_type="inner")
    named = [
        tied.select(["witness", "start", "name"]),
        tied.select(["witness", "start", "within"]).rename_columns(["witness", "start", "name"]),
        tied_to(sentences, "near").rename_columns(["witness", "start", "name"]),
    ]
    told = _stacked(*named)
    told = told.filter(pc.is_in(told["name"], wide))
    found = members.select(["part", "witness", "start"]).join(told, ["witness", "start"], join_type="inner")
    found = found.select(["part", "name"]).group_by(["part", "name"]).aggregate([])
    return found.sort_by([("part", "ascending"), ("name", "ascending")])
