"""One typed row per table of an edition, each with its Arrow schema.

The dataclasses are the single definition: JSON, Parquet, DuckDB and Spark all take their columns from them.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, ClassVar, TypeVar, Union

import pyarrow as pa

__all__ = ["OF_REVIEW", "TABLES", "Row", "rows", "table"]

R = TypeVar("R", bound="Row")


def _arrow(hint: Any) -> tuple[pa.DataType, bool]:
    """The Arrow type of a type hint, and whether it may be null."""
    plain = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    if hint in plain:
        return plain[hint], False
    if typing.get_origin(hint) in (Union, types.UnionType):
        inner = next(a for a in typing.get_args(hint) if a is not type(None))
        return _arrow(inner)[0], True
    if typing.get_origin(hint) is list:
        return pa.list_(pa.field("element", _arrow(typing.get_args(hint)[0])[0])), False  # Parquet's own name for it
    raise TypeError(f"no Arrow type for {hint}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; the subclasses say which.

    >>> Time("A", 3, 7, "1998", "DATE", "1998", None, "1998", None).to_dict()["value"]
    '1998'
    >>> Time.schema().field("start").type
    DataType(int64)
    """

    TABLE: ClassVar[str] = ""

    @classmethod
    @cache
    def schema(cls) -> pa.Schema:
        """The table's Arrow schema; columns that may be unknown are nullable."""
        hints = typing.get_type_hints(cls)
        return pa.schema([pa.field(f.name, *_arrow(hints[f.name])) for f in fields(cls)])

    @classmethod
    def from_dict(cls: type[R], data: Mapping[str, Any]) -> R:
        """A row from a mapping with the columns' names; unknown keys are left out."""
        return cls(**{name: data[name] for name in _columns(cls) if name in data})

    def to_dict(self) -> dict[str, Any]:
        """The row as plain Python values, in the order of the columns."""
        return {name: getattr(self, name) for name in _columns(type(self))}


def _columns(kind: type[Row]) -> tuple[str, ...]:
    """The names of a kind's columns, in order."""
    known = _COLUMNS.get(kind)
    if known is None:
        known = _COLUMNS[kind] = tuple(f.name for f in fields(kind))
    return known


_COLUMNS: dict[type[Row], tuple[str, ...]] = {}


@dataclass(frozen=True, slots=True)
class Witness(Row):
    """One account: its text as read and what is known of it.

    A later capture of an address is a ``version_of`` the first.
    """

    TABLE: ClassVar[str] = "witnesses"
    witness: str
    siglum: str
    title: str | None
    publisher: str | None
    party: str | None
    published: str | None
    language: str | None
    source: str
    sha256: str
    text: str
    author: str | None = None
    version_of: str | None = None


@dataclass(frozen=True, slots=True)
class File(Row):
    """A file as it was read, or a part of one, and what became of it: an account, metadata, a container, or nothing.

    ``file`` is its path below the folder of accounts, ``member`` its place in a file that holds several, ``sha256`` and
    ``bytes`` are of the bytes as they lay there. ``modified``, ``captured`` and ``read`` are times in Greenwich.
    """

    TABLE: ClassVar[str] = "files"
    file: str
    member: str | None
    witness: str | None
    became: str
    format: str
    sha256: str
    bytes: int
    encoding: str | None = None
    modified: str | None = None
    address: str | None = None
    captured: str | None = None
    read: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence(Row):
    """A sentence, numbered within its witness, with the number of its paragraph; a date line is none."""

    TABLE: ClassVar[str] = "sentences"
    witness: str
    start: int
    end: int
    text: str
    sentence: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Tied(Sentence):
    """A sentence with all that is tied to it: mentions by their start, claims by their id.

    ``words`` are its content words as stems, in order. ``times`` are those that have a place in time; where there is
    none and a date line governs it, that of the line, which stands outside it. ``borrowed`` is the start of the time
    last told before it, for a sentence without one, and ``weight`` what that counts. ``yearly`` are days of every year
    (MM-DD), ``near`` the places told last in the paragraph, ``lineages`` those of the passages (table ``shared``) that
    hold half of it.
    """

    TABLE: ClassVar[str] = "sentences"
    words: list[str] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    borrowed: int | None = None
    weight: float = 1.0
    durations: list[int] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    quotes: list[int] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    yearly: list[str] = field(default_factory=list)
    near: list[str] = field(default_factory=list)
    lineages: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Structure(Row):
    """A part that an account's form tells apart, of a ``kind`` of `variorum.structure.KINDS`.

    ``until`` ends the stretch that it governs; ``at`` is the place to which a note or withdrawn words belong.
    """

    TABLE: ClassVar[str] = "structure"
    witness: str
    start: int
    end: int
    text: str
    kind: str
    level: int | None = None
    until: int | None = None
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Repair(Row):
    """Words of the text as read that the finders read as ``new``, and the rule by which they were mended."""

    TABLE: ClassVar[str] = "repairs"
    witness: str
    start: int
    end: int
    text: str
    new: str
    rule: str


@dataclass(frozen=True, slots=True)
class Time(Row):
    """A time expression: TIMEX3 ``type``, ``value``, ``mod``, its EDTF form, and what it was resolved from.

    ``passing`` is True for a year in passing ("the worst since 1993"), which dates nothing that is told.
    """

    TABLE: ClassVar[str] = "times"
    witness: str
    start: int
    end: int
    text: str
    type: str
    value: str
    mod: str | None = None
    edtf: str | None = None
    anchor: str | None = None
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Place(Row):
    """A place name; ``precision`` is point, area, near or none, ``radius_km`` the reach of an area."""

    TABLE: ClassVar[str] = "places"
    witness: str
    start: int
    end: int
    text: str
    name: str
    kind: str
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    within: str | None = None
    precision: str = "none"
    radius_km: float | None = None
    metonym: bool = False
    alternatives: list[str] = field(default_factory=list)
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Actor(Row):
    """A person, organisation or group; ``referent`` is open (None) where the text does not settle it."""

    TABLE: ClassVar[str] = "actors"
    witness: str
    start: int
    end: int
    text: str
    name: str
    kind: str
    referent: str | None = None


@dataclass(frozen=True, slots=True)
class Figure(Row):
    """A count as an interval; None is an open end. ``part_of`` is the start offset of the whole's figure."""

    TABLE: ClassVar[str] = "figures"
    witness: str
    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    approximate: bool
    unit: str | None
    role: str
    part_of: int | None = None
    place: str | None = None
    date: str | None = None
    voice: list[str] = field(default_factory=list)
    kind: str = "other"
    group: str | None = None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Voice(Row):
    """Whose words a stretch is: ``chain`` outermost first, ``how`` what shows it, ``level`` in how many it stands."""

    TABLE: ClassVar[str] = "voices"
    witness: str
    start: int
    end: int
    text: str
    speaker: str | None
    speaker_start: int | None
    speaker_end: int | None
    chain: list[str]
    cue_start: int | None
    cue_end: int | None
    tier: str = "says"
    how: str = "clause"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Quote(Row):
    """Words that a speaker utters (``tier`` says) or a stance that one is said to take (``tier`` stance)."""

    TABLE: ClassVar[str] = "quotes"
    witness: str
    start: int
    end: int
    text: str
    speaker: str | None
    speaker_start: int | None
    speaker_end: int | None
    cue_start: int | None
    cue_end: int | None
    direct: bool
    date: str | None = None
    tier: str = "says"
    chain: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mark(Row):
    """A string in quotation marks that nobody utters: scare, title, name or slogan."""

    TABLE: ClassVar[str] = "marks"
    witness: str
    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Claim(Row):
    """What one witness says happened, anchored in its words; an empty ``voice`` is the witness itself."""

    TABLE: ClassVar[str] = "claims"
    PASSING: ClassVar[str] = "act"
    witness: str
    start: int
    end: int
    text: str
    claim: str
    type: str
    trigger: str
    agent: str | None = None
    patient: str | None = None
    place: str | None = None
    date: str | None = None
    polarity: str = "affirmed"
    modality: str = "happened"
    voice: list[str] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)
    trigger_start: int | None = None
    trigger_end: int | None = None
    sentence: int | None = None

    @property
    def in_passing(self) -> bool:
        """True for an act that is only named, or told by the way: it only serves to join accounts."""
        return self.type == self.PASSING


@dataclass(frozen=True, slots=True)
class Story(Row):
    """A stretch of a witness that tells one main happening with others; ``score`` is how sure it is that it belongs."""

    TABLE: ClassVar[str] = "stories"
    story: str
    witness: str
    start: int
    end: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Act(Row):
    """What claims of one predicate tell alike, as a part of an event; ``words`` are those that its tellers share.

    ``agent`` and ``patient`` are the words that most give for who does it and to whom. ``score`` is the mean
    probability of its joins, 1 where one claim tells it.
    """

    TABLE: ClassVar[str] = "acts"
    act: str
    event: str
    type: str
    label: str
    date: str | None
    place: str | None
    agent: str | None
    patient: str | None
    witnesses: int
    lineages: int
    score: float
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tells(Row):
    """Which claim tells which event, and how: tells, part, whole, cause, recalls or denies, and which act."""

    TABLE: ClassVar[str] = "tells"
    claim: str
    event: str
    relation: str
    act: str | None = None


@dataclass(frozen=True, slots=True)
class Link(Row):
    """Two claims that belong together, with the score, the shared words and the reason.

    ``kind`` is "retelling" where the sentences of two accounts are each other's nearest and share no wording, or empty.
    """

    TABLE: ClassVar[str] = "links"
    claim_a: str
    claim_b: str
    score: float
    shared: list[str]
    why: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Event(Row):
    """A happening told by one or more claims; ``lineages`` counts independent tellers, ``doubt`` a doubtful join.

    ``date_told`` says whether a sentence that tells it has the date in its own words; where it has not, the date is
    inherited from a date line, or from a sentence before. False, too, where there is no date.
    """

    TABLE: ClassVar[str] = "events"
    event: str
    label: str
    kind: str
    type: str
    date: str | None
    places: list[str]
    part_of: str | None
    witnesses: int
    lineages: int
    doubt: str | None = None
    date_told: bool = False


@dataclass(frozen=True, slots=True)
class Reading(Row):
    """What one witness says on one attribute, with its scope and its interval."""

    TABLE: ClassVar[str] = "readings"
    witness: str
    start: int
    end: int
    text: str
    reading: str
    event: str | None
    attribute: str
    role: str | None = None
    group: str | None = None
    level: str = "total"
    place: str | None = None
    date: str | None = None
    as_of: str | None = None
    voice: list[str] = field(default_factory=list)
    value: str | None = None
    low: float | None = None
    high: float | None = None
    tie: str = "sentence"
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict(Row):
    """How the readings of one attribute and scope stand, by which rule and why; ``weight`` ranks the telling first.

    Where a person's verdict stands over the rule's, ``by_rule`` is the rule's; ``reviewed`` says whose it is.
    ``chance``, 0 to 1, is how often rows on such evidence compare what is to be compared; ``sure`` is high from .5 on.
    ``topic`` is the question that it answers (table ``tolls``); ``repeats`` the verdict that says it more fully.
    """

    TABLE: ClassVar[str] = "verdicts"
    verdict_id: str
    event: str | None
    attribute: str
    scope: str
    verdict: str
    rule: str
    why: str
    readings: list[str]
    weight: float = 0.0
    sure: str = "high"
    by_rule: str | None = None
    chance: float | None = None
    topic: str | None = None
    repeats: str | None = None


@dataclass(frozen=True, slots=True)
class Toll(Row):
    """A figure of people among all that answer one question (``topic``, in words ``label``), in order of value.

    ``counted_by`` is who counted, None where nobody is named; the witness printed it. ``as_of`` is the day up to which
    it counts. ``course`` says that the figures of the topic only grow with that day. ``verdict`` is of the topic and
    ``verdict_id`` the row that stands for it; ``repeats`` an earlier row with the same number from the same source.
    """

    TABLE: ClassVar[str] = "tolls"
    witness: str
    start: int
    end: int
    text: str
    toll: str
    topic: str
    label: str
    parent: str | None
    event: str | None
    role: str
    group: str | None
    place: str | None
    scope: str
    low: float | None
    high: float | None
    as_of: str | None
    counted_by: str | None
    reading: str | None
    position: int
    course: bool
    verdict: str
    verdict_id: str | None
    repeats: str | None


A_TO_B, B_TO_A, UNDECIDED = "a to b", "b to a", "undecided"
"""The directions of a parallel: b has it from a, a has it from b, nobody can tell."""


@dataclass(frozen=True, slots=True)
class Parallel(Row):
    """Two spans with the same wording or the same utterance; ``direction`` is "a to b", "b to a" or "undecided".

    ``across`` is true for sentences of two languages that tell the same, whose ``score`` is a likeness from 0 to 1;
    ``anchors`` are the days, numbers, places and names that both have, in the words of the first.
    """

    TABLE: ClassVar[str] = "parallels"
    a_witness: str
    a_start: int
    a_end: int
    a_text: str
    b_witness: str
    b_start: int
    b_end: int
    b_text: str
    kind: str
    score: float
    direction: str = UNDECIDED
    why: str = ""
    direct: bool = False
    anchors: list[str] = field(default_factory=list)
    across: bool = False


@dataclass(frozen=True, slots=True)
class Stemma(Row):
    """An edge of the stemma: ``target`` has ``passages`` from ``source``, which may lie outside the collection.

    The kind "common source" has no direction: both go back to ``shared_source``, an agency or somebody's word, None
    where nobody names it. ``words`` and ``edits`` (words that differ) are of the passages; ``dated``: days are known.
    """

    TABLE: ClassVar[str] = "stemma"
    source: str
    target: str
    kind: str
    passages: int
    characters: int
    outside: bool
    why: str
    shared_source: str | None = None
    words: int = 0
    edits: int = 0
    dated: bool = False

    @property
    def directed(self) -> bool:
        """False where nothing decides which of the two had it first, or where both have it from a third."""
        return not self.kind.startswith("undecided") and self.kind != "common source"


@dataclass(frozen=True, slots=True)
class Shared(Row):
    """A passage that belongs to a lineage: claims inside passages of one lineage count as one source."""

    TABLE: ClassVar[str] = "shared"
    witness: str
    start: int
    end: int
    lineage: str


@dataclass(frozen=True, slots=True)
class Agency(Row):
    """An account that credits a news agency, where it first does so; those of one ``agency`` are its texts."""

    TABLE: ClassVar[str] = "agencies"
    witness: str
    start: int
    end: int
    text: str
    agency: str


@dataclass(frozen=True, slots=True)
class Name(Row):
    """A form that a referent bears in a witness, and how often."""

    TABLE: ClassVar[str] = "names"
    referent: str
    kind: str
    form: str
    witness: str
    count: int


@dataclass(frozen=True, slots=True)
class Silence(Row):
    """An event in a witness's scope that it does not tell, and why it was to be expected."""

    TABLE: ClassVar[str] = "silences"
    event: str
    witness: str
    why: str


@dataclass(frozen=True, slots=True)
class Check(Row):
    """Where a witness's own figures or dates do not add up; ``spans`` are its [start, end] pairs."""

    TABLE: ClassVar[str] = "checks"
    witness: str
    kind: str
    expected: str
    stated: str
    why: str
    spans: list[list[int]]


@dataclass(frozen=True, slots=True)
class Problem(Row):
    """What a step could not do, where, and what it did instead; ``witness`` may be a file that never became one."""

    TABLE: ClassVar[str] = "problems"
    witness: str
    start: int | None
    end: int | None
    step: str
    message: str


@dataclass(frozen=True, slots=True)
class Binding(Row):
    """What a person decided of two stretches of text, for the steps to obey; an account as a whole is a stretch 0, 0.

    ``kind`` is "must" or "must not" (be told as one happening); "none", "a to b", "b to a", "common source" (with
    ``source``) or "unknown" of a parallel or an edge; "agency" of an account; "not known" (``a`` to the writer of
    ``b``). ``whole`` says that the two are whole events and not two claims.
    """

    TABLE: ClassVar[str] = "bindings"
    kind: str
    a_witness: str
    a_start: int
    a_end: int
    b_witness: str
    b_start: int
    b_end: int
    source: str | None
    decision: str
    by: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Decided(Row):
    """A decision of a person, and what became of it: obeyed, beside others, replaced, undone, orphan, kept, not obeyed.

    ``about``, ``value`` and ``was`` are JSON; ``table`` and ``rows`` say which rows of the edition it is about.
    """

    TABLE: ClassVar[str] = "decisions"
    decision: str
    number: int
    at: str
    by: str
    kind: str
    says: str
    value: str
    why: str
    about: str
    state: str
    effect: str
    table: str
    rows: list[str]
    replaces: list[str]


@dataclass(frozen=True, slots=True)
class Orphan(Row):
    """A decision whose words are not in the accounts any more, with what it said and the words it was about."""

    TABLE: ClassVar[str] = "orphans"
    decision: str
    by: str
    kind: str
    says: str
    value: str
    why: str
    witness: str
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class Reviewed(Row):
    """That people have seen a row of a table, and what they said of it; ``row`` is its key there.

    ``checked`` is true when a person has judged it (two with ``two_readers``) and none differs; ``standing`` is kept,
    corrected, beside, seen or asked; ``shown`` is publish, hide, highlight or empty.
    """

    TABLE: ClassVar[str] = "reviewed"
    table: str
    row: str
    checked: bool
    standing: str
    by: list[str]
    said: str
    was: str
    shown: str
    decisions: list[str]


ROWS: tuple[type[Row], ...] = (
    Witness, File, Structure, Repair, Tied, Time, Place, Actor, Figure, Voice, Quote, Mark, Claim, Story, Act, Tells,
    Link, Event, Reading, Verdict, Toll, Parallel, Stemma, Shared, Agency, Name, Silence, Check, Problem, Binding,
    Decided, Orphan, Reviewed,
)  # fmt: skip

TABLES: dict[str, type[Row]] = {row.TABLE: row for row in ROWS}
"""Every table of an edition by its name, in the order in which the steps make them."""
OF_REVIEW = ("decisions", "orphans", "bindings")
"""Tables that belong to the log of decisions, which stays with the edition that was reviewed."""


def table(kind: type[R], items: Iterable[R]) -> pa.Table:
    """The rows as an Arrow table with the schema of ``kind``.

    >>> table(Silence, [Silence("e1", "A", "others tell it")]).num_rows
    1
    """
    listed = list(items)
    schema = kind.schema()
    return pa.table(
        {n: pa.array([getattr(i, n) for i in listed], type=schema.field(n).type) for n in schema.names}, schema
    )


def rows(kind: type[R], data: pa.Table) -> list[R]:
    """The rows of an Arrow table as records of ``kind``.

    >>> rows(Silence, table(Silence, [Silence("e1", "A", "others tell it")]))[0].witness
    'A'
    """
    names = _columns(kind)
    if not set(names) <= set(data.column_names):
        return [kind.from_dict(item) for item in data.to_pylist()]
    return list(map(kind, *(data.column(name).to_pylist() for name in names)))
