"""The main job: accounts become an edition. Each step's result is kept, so a killed run goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, cast

import pyarrow as pa

from variorum import __version__, gazetteer, passages, read, structure
from variorum.config import Config
from variorum.edition import MANIFEST, Edition
from variorum.engine import Engine
from variorum.engine.duckdb import DuckEngine
from variorum.engine.keeping import KeepingEngine
from variorum.errors import EditionError, InputError, VariorumError
from variorum.read.document import Document
from variorum.records import TABLES, Problem, Witness, rows, table
from variorum.steps import ANNOTATE, STEPS, Step, fingerprint
from variorum.workshop import Workshop, parquet_bytes

__all__ = ["Progress", "Summary", "collate", "with_parts", "witnesses_of"]

SITE = ("site", "edition.py", "collate.py")
BATCH = 500
"""Witnesses whose annotations are made rows of tables at a time."""


class Progress:
    """What a run tells of its way; the default says nothing."""

    def begin(self, step: str) -> None:
        """A step begins."""

    def at(self, done: int, total: int | None) -> None:
        """So many parts of the step's work are done, of so many where that is known; may come from any thread."""

    def end(self, step: str, seconds: float, kept: bool) -> None:
        """The step is done; ``kept`` says that its result was there from an earlier run."""


@dataclass(slots=True)
class Summary:
    """What a run did: witnesses, words, problems, and seconds for each step."""

    witnesses: int = 0
    words: int = 0
    unchanged: bool = False
    annotated: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Run:
    config: Config
    workshop: Workshop
    engine: KeepingEngine
    progress: Progress
    summary: Summary
    hashes: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    whole: bool = True

    def timed(self, name: str, work: Callable[[], bool]) -> None:
        """Runs one step between ``begin`` and ``end``; ``work`` says whether its result was kept from before."""
        start = time.perf_counter()
        self.progress.begin(name)
        kept = work()
        self.summary.seconds[name] = time.perf_counter() - start
        self.progress.end(name, self.summary.seconds[name], kept)


def collate(
    accounts: str | Path | Iterable[str | Path],
    edition: str | Path,
    config: Config | None = None,
    *,
    engine: Engine | None = None,
    progress: Progress | None = None,
    summary: Summary | None = None,
) -> Edition:
    """Makes an edition of accounts (files, folders, tables) in the folder ``edition``, and gives it back opened.

    With nothing changed it does nothing; with one account more it annotates only that one. Until the new edition is
    whole the old one stays as it was. Raises `InputError` where no account can be read, `EditionError` where the folder
    cannot be written or another run holds it.

    ``collate("accounts", "edition").events()`` is the table of events.
    """
    config, progress, summary = config or Config(), progress or Progress(), summary or Summary()
    paths = [accounts] if isinstance(accounts, str | Path) else list(accounts)
    target = Path(edition)
    _guard(target, paths)
    with Workshop(target) as workshop:
        run = _Run(config, workshop, None, progress, summary)  # type: ignore[arg-type]
        run.config = config = with_title(with_gazetteer(config, paths), paths)
        found = _read(run, paths)
        witnesses = witnesses_of(found.documents)
        summary.witnesses, summary.problems = len(witnesses), list(found.problems)
        summary.words = sum(len(w.text.split()) for w in witnesses)
        known = with_parts(witnesses, found.documents)
        key = _key(config, known, found.problems)
        if _made(target) == key:
            summary.unchanged = True
            return Edition(target)
        try:
            _make(run, known, key, engine)
        except (OSError, sqlite3.Error) as error:
            reason = getattr(error, "strerror", None) or error
            advice = "nothing was lost: make room and run again, and it goes on where it stopped"
            raise EditionError(str(target), f"could not be written ({reason})", advice) from error
    return Edition(target)


def _guard(target: Path, paths: list[str | Path]) -> None:
    if target.exists() and not (target / MANIFEST).is_file() and (not target.is_dir() or any(target.iterdir())):
        raise EditionError(str(target), "is there already and is no edition", "choose another -o, or move it away")
    for path in paths:
        if str(path) != "-" and Path(path).exists() and Path(path).resolve() == target.resolve():
            raise InputError(str(path), "is the folder of the edition itself", "choose another -o")


def with_title(config: Config, paths: list[str | Path]) -> Config:
    """The options with a title: the one given, else the name of the only folder of accounts.

    >>> with_title(Config(), ["ferry_1998"]).title, with_title(Config(), ["-"]).title
    ('Ferry 1998', None)
    """
    name = Path(paths[0]).resolve().name if len(paths) == 1 and str(paths[0]) != "-" else ""
    words = " ".join(Path(name).stem.replace("_", " ").replace("-", " ").split())
    return config if config.title or not words else config.replaced(title=words[0].upper() + words[1:])


def with_gazetteer(config: Config, paths: Iterable[str | Path]) -> Config:
    """The options with the ``places.csv`` that stands beside the accounts, where none is named and one is there."""
    if config.gazetteer_table is None:
        for path in map(Path, paths):
            beside = (path if path.is_dir() else path.parent) / "places.csv"
            if beside.is_file() and str(path) != "-":
                return config.replaced(gazetteer_table=str(beside))
    return config


def witnesses_of(documents: Iterable[Document]) -> list[Witness]:
    """Documents as witnesses, in the order of their ids, with sigla A ... Z, Aa, Ab ...

    >>> [w.siglum for w in witnesses_of([Document("b", "x", "b.txt"), Document("a", "y", "a.txt")])]
    ['A', 'B']
    """
    listed = sorted(documents, key=lambda d: d.id)
    return [
        Witness(d.id, siglum(n), d.title, d.publisher, d.party, d.published, d.language, d.source, _sha(d.text), d.text)
        for n, d in enumerate(listed)
    ]


def siglum(number: int) -> str:
    """The siglum of the n-th witness, counted from 0.

    >>> siglum(0), siglum(25), siglum(26), siglum(52), siglum(702)
    ('A', 'Z', 'Aa', 'Ba', 'Aaa')
    """
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    if number < 26:
        return letters[number]
    return siglum(number // 26 - 1) + letters[number % 26].lower()


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _hash(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def _read(run: _Run, paths: list[str | Path]) -> read.Found:
    found: list[read.Found] = []

    files = count(1)

    def work() -> bool:
        found.append(read.accounts(paths, run.config, lambda _: run.progress.at(next(files), None)))
        return False

    run.timed("read", work)
    return found[0]


def _key(config: Config, accounts: pa.Table, problems: list[Problem]) -> str:
    sources = accounts.drop_columns(["siglum", "text"]).to_pylist()
    steps = [step.version() for step in (ANNOTATE, *STEPS)] + [fingerprint(SITE), gazetteer.version()]
    return _hash(__version__, _options(config), sources, [p.to_dict() for p in problems], steps)


def _options(config: Config, *but: str) -> dict[str, Any]:
    """The options that can change a result, files by what they hold; how many processes work changes nothing."""
    options = {name: value for name, value in asdict(config).items() if name not in ("processes", *but)}
    if config.gazetteer_table:
        table = Path(config.gazetteer_table)
        options["gazetteer_table"] = _hash(table.read_bytes().hex())[:12] if table.is_file() else str(table)
    return options


def _made(target: Path) -> str | None:
    """The key of the edition that stands at ``target``."""
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        return str(manifest["key"]) if manifest["whole"] else None
    except (OSError, json.JSONDecodeError, UnicodeDecodeError, KeyError):
        return None


def _make(run: _Run, accounts: pa.Table, key: str, engine: Engine | None) -> None:
    own = DuckEngine(run.config.processes, spill=str(run.workshop.folder / "spill")) if engine is None else None
    run.engine = KeepingEngine(engine or cast(Engine, own), run.workshop)
    run.engine.watch(run.progress.at)
    try:
        run.timed("gazetteer", partial(_gazetteer, run))
        _put(run, "witnesses", accounts.select(Witness.schema().names))
        _annotate(run, accounts)
        for step in STEPS:
            run.timed(step.name, partial(_step, run, step))
        tables = {name: run.engine.get(name) for name in TABLES if run.engine.has(name)}
    finally:
        passages.release(run.engine)
        run.engine.watch(None)
        if own is not None:
            own.close()
    _publish(run, {name: tables.get(name, kind.schema().empty_table()) for name, kind in TABLES.items()}, key)
    run.workshop.forget_steps(run.used)


def _gazetteer(run: _Run) -> bool:
    """Builds the index of places where it is not there yet, before work goes to processes."""
    there = gazetteer.is_built()
    done = count(1)
    gazetteer.ensure(lambda *_: run.progress.at(next(done), None))
    return there


def _put(run: _Run, name: str, data: pa.Table) -> None:
    run.engine.put(name, data)
    run.hashes[name] = _table_hash(data)


def _table_hash(data: pa.Table) -> str:
    sink = hashlib.sha256(str(data.schema).encode())
    for batch in data.combine_chunks().to_batches():
        sink.update(batch.serialize())
    return sink.hexdigest()


KEYED = pa.schema([*Witness.schema(), pa.field("parts", pa.string()), pa.field("key", pa.string())])
ANNOTATED = pa.schema([("key", pa.string()), ("rows", pa.binary())])


def with_parts(witnesses: list[Witness], documents: Iterable[Document]) -> pa.Table:
    """The witnesses as a table, with a column ``parts``: what their readers know of their structure."""
    parts = {document.id: structure.packed(document.parts) for document in documents}
    column = pa.array([parts.get(w.witness, "") for w in witnesses], pa.string())
    return table(Witness, witnesses).append_column(KEYED.field("parts"), column)


def _annotate(run: _Run, accounts: pa.Table) -> None:
    run.engine.begin(ANNOTATE.name, _hash(ANNOTATE.version(), _options(run.config, "title"), gazetteer.version()))
    by = ("witness", "published", "title", "language", "sha256", "parts")
    keys = [_hash(*row) for row in zip(*(accounts[name].to_pylist() for name in by), strict=True)]

    def work() -> bool:
        keyed = accounts.append_column(KEYED.field("key"), pa.array(keys, pa.string()))
        run.engine.put("to_annotate", keyed)
        run.engine.map("annotated", partial(annotate_rows, config=run.config), "to_annotate", ANNOTATED, keyed=True)
        run.summary.annotated = run.engine.new
        made = run.engine.get("annotated")
        run.engine.clear(("witnesses",))
        packed = dict(zip(made["key"].to_pylist(), made["rows"].to_pylist(), strict=True))
        for name, data in _unpacked([packed[key] for key in keys]).items():
            if name == "problems":
                run.summary.problems += rows(Problem, data)
                data = table(Problem, run.summary.problems)
            _put(run, name, data)
        return run.summary.annotated == 0

    run.timed("annotate", work)


def _unpacked(packed: list[bytes]) -> dict[str, pa.Table]:
    """The annotations of all witnesses, in their order, as tables; some witnesses at a time are Python objects."""
    parts: dict[str, list[pa.Table]] = {name: [TABLES[name].schema().empty_table()] for name in ANNOTATE.writes}
    for start in range(0, len(packed), BATCH):
        made = [json.loads(zlib.decompress(one)) for one in packed[start : start + BATCH]]
        for name, tables in parts.items():
            kind = TABLES[name]
            tables.append(table(kind, [kind.from_dict(row) for one in made for row in one.get(name, ())]))
    return {name: pa.concat_tables(tables).combine_chunks() for name, tables in parts.items()}


def annotate_rows(data: pa.Table, config: Config) -> pa.Table:
    """Annotations of a batch of witnesses, each as packed JSON: the function that engines map over witnesses."""
    from variorum.annotate import lines  # the language model is loaded only where something is annotated

    packed = [zlib.compress(line.encode(), 1) for line in lines(data, config)["line"].to_pylist()]
    return pa.table([data["key"].combine_chunks(), pa.array(packed, pa.binary())], schema=ANNOTATED)


def _step(run: _Run, step: Step) -> bool:
    reads = {name: run.hashes[name] for name in step.reads if name in run.hashes}
    version = _hash(step.version(), _options(run.config, "title"))
    run.engine.begin(step.name, version[:16])
    key = _hash(step.name, version, reads)
    kept = run.workshop.step_tables(key, step.writes)
    if kept is None:
        made, whole = _ran(run, step)
        if whole:
            run.workshop.keep_step(key, made)
    run.used.add(key)
    run.engine.clear(run.hashes)
    for name, data in (kept or made).items():
        _put(run, name, data)
    return kept is not None


def _ran(run: _Run, step: Step) -> tuple[dict[str, pa.Table], bool]:
    """What a step makes, and whether it came to its end; one that fails leaves a problem and empty tables."""
    try:
        step.run(run.engine, run.config)
        return {name: _sorted(name, run.engine.get(name)) for name in step.writes}, True
    except (VariorumError, OSError, sqlite3.Error, MemoryError):  # the machine's, not the step's: nothing is published
        raise
    except Exception as error:  # whatever a step stumbles over, the others' results are worth having
        run.whole = False
        message = f"the step {step.name} broke off, so what it makes is missing: {type(error).__name__}: {error}"
        run.summary.problems.append(Problem("", None, None, step.name, message))
        return {name: TABLES[name].schema().empty_table() for name in step.writes if name in TABLES}, False


def _sorted(name: str, data: pa.Table) -> pa.Table:
    """The table in its schema's column order and in the order of its rows' first plain columns."""
    kind = TABLES.get(name)
    if kind is not None:
        data = data.select(kind.schema().names).cast(kind.schema())
    keys = [(f.name, "ascending") for f in data.schema if not pa.types.is_nested(f.type)]
    return data.sort_by(keys).combine_chunks() if keys and data.num_rows else data


def _publish(run: _Run, tables: dict[str, pa.Table], key: str) -> None:
    from variorum import site

    new = run.workshop.new()
    about = {
        "title": run.config.title or f"An edition of {run.summary.witnesses} accounts",
        "edition": key[:12],
        "version": __version__,
        "options": _options(run.config),
    }

    def pages() -> bool:
        problems = site.publish(tables, new, about, run.config, run.progress.at)
        run.summary.problems += problems
        tables["problems"] = table(Problem, run.summary.problems)
        return False

    run.timed("site", pages)
    hashes = {name: parquet_bytes(data, new / "tables" / f"{name}.parquet") for name, data in tables.items()}
    manifest = {
        "variorum": __version__,
        "key": key,
        "whole": run.whole,
        "options": _options(run.config),
        "rows": {name: data.num_rows for name, data in tables.items()},
        "sha256": hashes,
    }
    (new / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    shutil.rmtree(run.workshop.folder / "old", ignore_errors=True)
    run.workshop.publish()
