"""Annotation: the sentences, mentions and claims of one witness at a time, with offsets in its text as read.

Each finder sees the repaired text; what it finds is led back through the map of the repairs. A finder that fails on a
witness leaves a problem row, and the others go on.
"""

from __future__ import annotations

import gc
import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple

import pyarrow as pa
from spacy.tokens import Doc

from variorum import language, languages, structure, unread
from variorum.config import Config
from variorum.errors import VariorumError
from variorum.governing import Governing
from variorum.language.tree import tree_of
from variorum.lists import toml
from variorum.mentions import Found, packs, times
from variorum.records import Problem, Repair, Row, Sentence, Structure, Time, Witness, rows
from variorum.repair import repair
from variorum.review import corrections
from variorum.review.corrections import Correction
from variorum.spans import Edit, OffsetMap, Span
from variorum.structure import BESIDE, HIDDEN, Part

__all__ = ["LINES", "TABLES", "Annotation", "annotate", "annotate_batch", "lines", "rarely_collected"]

TABLES = (
    "structure",
    "repairs",
    "sentences",
    "times",
    "places",
    "actors",
    "figures",
    "voices",
    "quotes",
    "marks",
    "claims",
    "problems",
)
"""The tables that one witness alone gives."""

FINDERS = (
    ("places", "variorum.mentions.places"),
    ("actors", "variorum.mentions.actors"),
    ("voices", "variorum.voices"),
    ("quotes", "variorum.mentions.quotes"),
    ("figures", "variorum.mentions.figures"),
    ("claims", "variorum.claims"),
)
"""What is found in a parsed text, in order; later ones use what was found before."""

WORD = re.compile(r"\w+")
PAIRS = (("speaker_start", "speaker_end"), ("cue_start", "cue_end"), ("trigger_start", "trigger_end"))


@dataclass(slots=True)
class Annotation:
    """What was found in one witness: rows by the name of their table, offsets in the text as read."""

    witness: str
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The annotation as ``variorum annotate`` writes it, one JSON object."""
        return {"witness": self.witness} | {name: [row.to_dict() for row in self.tables[name]] for name in TABLES}


MADE: int = toml("limits")["annotate"]["made"]


@contextmanager
def rarely_collected() -> Iterator[None]:
    """While this lasts, Python looks for garbage in circles more rarely; afterwards as before.

    An account makes some hundred thousand small objects that stay until it is done.

    >>> with rarely_collected():
    ...     gc.get_threshold()[0]
    5000
    """
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], MADE) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


LINES = pa.schema([("witness", pa.string()), ("line", pa.large_string())])


def annotate_batch(batch: pa.Table, config: Config) -> Iterator[Annotation]:
    """The annotation of each row of a table of witnesses, in order.

    A column ``parts`` holds what their readers know of their structure (`variorum.structure.packed`), a column
    ``edits`` how they are mended, a column ``corrections`` what people said of their mentions
    (`variorum.review.corrections.packed`).
    """
    columns = set(batch.column_names)
    known = batch["parts"].to_pylist() if "parts" in columns else []
    parts = {w: structure.unpacked(cell) for w, cell in zip(batch["witness"].to_pylist(), known, strict=False)}
    told = batch["edits"].to_pylist() if "edits" in columns else []
    edits = {w: _edits(cell) for w, cell in zip(batch["witness"].to_pylist(), told, strict=False)}
    said = batch["corrections"].to_pylist() if "corrections" in columns else []
    right = {w: corrections.loaded(cell) for w, cell in zip(batch["witness"].to_pylist(), said, strict=False)}
    return annotate(rows(Witness, batch), config, parts, right, edits)


def _edits(cell: str | None) -> list[Edit]:
    return [Edit(*one) for one in json.loads(cell)] if cell else []


def lines(batch: pa.Table, config: Config) -> pa.Table:
    """The annotations of a batch of witnesses, each as a line of JSON: the function that engines map over witnesses."""
    made = list(annotate_batch(batch, config))
    told = [json.dumps(one.to_dict(), ensure_ascii=False) for one in made]
    return pa.table([[one.witness for one in made], told], schema=LINES)


class _Known(NamedTuple):
    """What is known of a witness before it is read: its parts, the corrections of people, how it is mended."""

    parts: Sequence[Part]
    right: Sequence[Correction]
    edits: Sequence[Edit]


@dataclass(slots=True)
class _Prepared:
    witness: Witness
    map: OffsetMap
    text: str
    found: Found
    parts: list[Part]
    sentences: list[Sentence] | None = None  # of a language that is not read
    right: Sequence[Correction] = ()
    language: str | None = None

    def offers(self, table: str) -> bool:
        """Whether the pack of its language offers the finder of a table; voices are what quotes rest on."""
        return languages.offers(self.language, "quotes" if table == "voices" else table)


def annotate(
    witnesses: Iterable[Witness],
    config: Config | None = None,
    parts: Mapping[str, Sequence[Part]] | None = None,
    right: Mapping[str, Sequence[Correction]] | None = None,
    edits: Mapping[str, Sequence[Edit]] | None = None,
) -> Iterator[Annotation]:
    """The annotation of each witness, in order; ``parts`` are what their readers know of their structure, by witness.

    ``right`` are the corrections of people, by witness: what is found later rests on them. ``edits`` mend what a
    machine misread (`variorum.ocr`).

    >>> text = "The ferry sank on 17 November 1998."
    >>> ferry = Witness("A", "A", None, None, None, "1998-11-18", "en", "a.txt", "", text)
    >>> [annotation] = annotate([ferry])
    >>> annotation.tables["times"][0].value
    '1998-11-17'
    """
    config = config or Config()
    waiting: list[_Prepared] = []
    for witness in witnesses:
        name = witness.witness
        known = _Known((parts or {}).get(name, ()), (right or {}).get(name, ()), (edits or {}).get(name, ()))
        waiting.append(_prepared(witness, config, known))
        if sum(len(one.text) for one in waiting) > 150_000:
            yield from _parsed(waiting, config)
            waiting = []
    yield from _parsed(waiting, config)


@rarely_collected()
def _prepared(witness: Witness, config: Config, known: _Known) -> _Prepared:
    tongue = witness.language or languages.identify(witness.text)
    read = languages.offers(tongue, "parse")
    foreign = list(languages.foreign_paragraphs(witness.text, languages.code_of(tongue) or "en")) if read else []
    parts = structure.parts(witness.text, [*known.parts, *(Part(a, b, "foreign") for a, b, _ in foreign)])
    map = repair(witness.text, structure.hidden(parts), known.edits)
    text = map.apply(witness.text)
    found = Found(witness.witness, witness.published)
    found.structure = [_repaired(part, map, text, witness.witness) for part in parts if part.kind not in BESIDE]
    prepared = _Prepared(witness, map, text, found, parts, right=known.right, language=tongue)
    if foreign:
        found.problems.append(unread.foreign_part(witness.witness, foreign, len(witness.text)))
    options = times.TimeOptions.told(config.times_mode, config.times_numeric_order, config.times_also)
    if not read:
        prepared.sentences = unread.fill(found, text, tongue)
        _by_pack(prepared, options)
        return prepared
    _guarded(found, "times", lambda: _timed(found, text, options))
    found.times = _corrected(prepared, "times", found.times)
    return prepared


def _by_pack(one: _Prepared, options: times.TimeOptions) -> None:
    """What the rules of a pack find in an account that no parser reads, table by table."""
    code = languages.code_of(one.language) or ""
    for table, find in packs.FINDERS.items():
        if languages.offers(code, table):
            whole = partial(find, one.text, one.found, code, options)
            _guarded(one.found, table, partial(_settled, one, table, whole))


def _corrected(one: _Prepared, table: str, found: Iterable[Any]) -> list[Any]:
    """What a finder gave as people corrected it."""
    return corrections.corrected(table, list(found), one.right, one.text, one.map)


def _timed(found: Found, text: str, options: times.TimeOptions) -> list[Time]:
    """The times of a text; its date lines join its structure."""
    told, lines = times.read(text, found.published, options, found.structure, found.witness)
    found.structure = sorted([*found.structure, *lines], key=lambda part: (part.start, -part.end))
    return told


RESTING = ("times", "figures")
"""Tables of which no row may rest on words that may have been read wrongly."""


def _sure(found: Found, table: str, listed: Iterable[Any]) -> list[Any]:
    """What a finder gave, without rows that rest on doubtful words; how many these were is said."""
    doubtful = [row for row in found.structure if row.kind == "doubtful"] if table in RESTING else []
    rows = list(listed)
    if not doubtful:
        return rows
    starts = [row.start for row in doubtful]

    def rests(row: Any) -> bool:
        at = bisect_left(starts, row.end)
        return at > 0 and doubtful[at - 1].end > row.start

    kept = [row for row in rows if not rests(row)]
    if gone := len(rows) - len(kept):
        what = table if gone > 1 else table[:-1]
        were = "were" if gone > 1 else "was"
        message = f"{gone} {what} rested on words that may have been read wrongly, and {were} left out"
        found.problems.append(Problem(found.witness, None, None, "annotate", message))
    return kept


def _repaired(part: Part, map: OffsetMap, text: str, witness: str) -> Structure:
    """A part of the text as read as a row whose offsets are those of the repaired text."""
    start, end = map.forward(part.start, part.end)
    until = part.until and map.forward(part.until - 1, part.until).end
    at = None if part.at is None else map.forward(part.at, part.at).start
    return Structure(witness, start, end, text[start:end], part.kind, part.level, until, at)


def _parsed(waiting: list[_Prepared], config: Config) -> Iterator[Annotation]:
    docs = iter(_docs([one for one in waiting if one.sentences is None], config))
    for one in waiting:
        if one.sentences is not None:
            yield _finished(one, one.sentences)
            continue
        yield _annotated(one, next(docs), config)


@rarely_collected()
def _annotated(one: _Prepared, doc: Doc, config: Config) -> Annotation:
    for table, module in ((table, module) for table, module in FINDERS if one.offers(table)):
        find: Callable[[Doc, Found, Config], list[Row]] = import_module(module).find
        _guarded(one.found, table, partial(_settled, one, table, partial(find, doc, one.found, config)))
    return _finished(one, list(_sentences(one.found.witness, doc)))


def _settled(one: _Prepared, table: str, find: Callable[[], list[Any]]) -> list[Any]:
    """What a finder gives that rests on words read for sure, as people corrected it."""
    return _corrected(one, table, _sure(one.found, table, find()))


@rarely_collected()
def _docs(waiting: list[_Prepared], config: Config) -> list[Doc]:
    """The parsed texts; where they fail together each is tried alone, and one that fails has no sentences."""
    if not waiting:
        return []
    try:
        return list(language.parse(((one.text, _words_of_time(one.found)) for one in waiting), config.language_model))
    except VariorumError:
        raise
    except Exception as error:  # whatever a parser stumbles over in one text, the others are worth having
        if len(waiting) > 1:
            return [doc for one in waiting for doc in _docs([one], config)]
        message = f"the text could not be parsed: {type(error).__name__}: {error}"
        waiting[0].found.problems.append(Problem(waiting[0].found.witness, None, None, "annotate", message))
        return [Doc(language.load(config.language_model).vocab)]


def _words_of_time(found: Found) -> list[Time]:
    """The times that a parser reads as one word each; "former" and "future" before a noun stay what they are."""
    return [time for time in found.times if time.text.lower() not in times.ADJECTIVES]


def _guarded(found: Found, table: str, find: Callable[[], list[Any]]) -> None:
    """Keeps what a finder gives; where it fails, says so in a problem row and keeps nothing of it."""
    try:
        setattr(found, table, list(find()))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        message = f"{table} could not be found: {type(error).__name__}: {error}"
        found.problems.append(Problem(found.witness, None, None, "annotate", message))


def _finished(one: _Prepared, sentences: list[Sentence]) -> Annotation:
    found = one.found
    found.times = _sure(found, "times", found.times)  # not before: the numbers of a doubtful date are no figures
    listed: Mapping[str, list[Any]] = {
        name: getattr(found, name) for name in TABLES if name not in ("sentences", "repairs")
    }
    governing = Governing(found.structure, found.times)
    sentences = [s for s in sentences if not governing.is_line(s.start, s.end)]
    tables = {"sentences": sentences, "repairs": [], **listed}
    back = {name: _led_back(tables[name], one) for name in TABLES}
    made = {name: corrections.corrected(name, back[name], one.right, one.witness.text) for name in TABLES}
    made["structure"] = sorted([*made["structure"], *_beside(one)], key=lambda row: (row.start, -row.end))  # type: ignore[attr-defined]
    made["repairs"] = list(_repairs(one))
    return Annotation(found.witness, made)


def _repairs(one: _Prepared) -> Iterator[Repair]:
    """The words that the finders read otherwise than they stand."""
    for edit in one.map.edits:
        words = one.witness.text[edit.start : edit.end]
        if edit.rule not in HIDDEN and WORD.findall(words) != WORD.findall(edit.new):
            yield Repair(one.found.witness, edit.start, edit.end, words, edit.new, edit.rule)


def _beside(one: _Prepared) -> Iterator[Structure]:
    """The rows of the parts that no finder knows of."""
    for part in one.parts:
        if part.kind in BESIDE:
            start, end, kind, level, until, at = part
            yield Structure(one.found.witness, start, end, one.witness.text[start:end], kind, level, until, at)


def _sentences(witness: str, doc: Doc) -> Iterator[Sentence]:
    whole = tree_of(doc).text
    paragraph = at = 0
    number = 0
    for sentence in tree_of(doc).sentences:
        start, end = sentence.start_char, sentence.end_char
        text = whole[start:end]
        start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
        if start >= end:
            continue
        paragraph += "\n" in whole[at:start]
        yield Sentence(witness, start, end, whole[start:end], number, paragraph)
        number, at = number + 1, end


def _led_back(listed: list[Any], one: _Prepared) -> list[Row]:
    rows = [_back(row, one) for row in listed]
    return sorted(rows, key=lambda row: (getattr(row, "start", 0) or 0, getattr(row, "end", 0) or 0))


def _back(row: Any, one: _Prepared) -> Row:
    """The row with every offset, and its words, in the text as read."""
    if row.start is None or not one.map.edits:
        return replace(row, witness=one.found.witness) if row.start is None else _checked(row, one)
    changes: dict[str, Any] = _pair(row, "start", "end", one.map)
    if hasattr(row, "text"):
        changes["text"] = one.witness.text[changes["start"] : changes["end"]]
    for start, end in PAIRS:
        if getattr(row, start, None) is not None:
            changes |= _pair(row, start, end, one.map)
    if getattr(row, "part_of", None) is not None:
        changes["part_of"] = _first(row.part_of, one.map)
    if getattr(row, "figures", None):
        changes["figures"] = [_first(start, one.map) for start in row.figures]
    if getattr(row, "until", None):
        changes["until"] = one.map.back(row.until - 1, row.until).end
    if getattr(row, "at", None) is not None:
        changes["at"] = one.map.back(row.at, row.at).start
    made: Row = replace(row, **changes)
    return made


def _checked(row: Any, one: _Prepared) -> Row:
    """Without repairs the offsets stay; the words are cut anew, so that they are what the offsets say."""
    if not hasattr(row, "text"):
        return row  # type: ignore[no-any-return]
    exact = one.witness.text[row.start : row.end]
    return row if row.text == exact else replace(row, text=exact)  # type: ignore[no-any-return]


def _pair(row: Any, start: str, end: str, map: OffsetMap) -> dict[str, int]:
    span: Span = map.back(getattr(row, start), getattr(row, end))
    return {start: span.start, end: span.end}


def _first(offset: int, map: OffsetMap) -> int:
    return map.back(offset, offset + 1).start
