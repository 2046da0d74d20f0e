"""The main job: accounts become an edition. Each step's result is kept, so a killed run goes on where it stopped."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from collections.abc import Iterable
from functools import partial
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import cast

import pyarrow as pa

from variorum import __version__, gazetteer, read
from variorum.config import Config
from variorum.edition.annotating import annotated
from variorum.edition.edition import MANIFEST, Edition
from variorum.edition.run import Progress, Run, Summary, given, hashed, options
from variorum.edition.sources import fingerprint
from variorum.edition.staging import Staging, file_hash, parquet_bytes
from variorum.edition.steps import ANNOTATE, STEPS, Step
from variorum.edition.witnesses import with_cells, with_gazetteer, with_parts, with_title, witnesses_of
from variorum.engine import Engine
from variorum.engine.caching import CachingEngine
from variorum.engine.duckdb import DuckEngine
from variorum.errors import EditionError, InputError, VariorumError
from variorum.records import TABLES, File, Problem, Row, Witness, rows, table
from variorum.review.effects import Review
from variorum.review.log import COPY, log_of
from variorum.review.report import report

__all__ = ["MADE_FROM", "collate"]

MADE_FROM = "accounts.json"
"""The note beside an edition of what it was last made from."""
SITE = ("variorum.site", "variorum.edition.collate")


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
    with Staging(target) as staging:
        run = Run(config, staging, None, progress, summary)  # type: ignore[arg-type]
        staging.note(MADE_FROM, {"accounts": [str(Path(p).absolute()) for p in paths], "options": given(config)})
        run.config = config = with_title(with_gazetteer(config, paths), paths)
        found = _read(run, paths)
        witnesses = _reviewed(run, witnesses_of(found.documents), found.problems)
        summary.words = sum(len(w.text.split()) for w in witnesses)
        known = with_cells(with_parts(witnesses, found.documents), "corrections", run.review.corrections())
        run.files = table(File, found.files)
        key = _key(run, known)
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


def _reviewed(run: Run, witnesses: list[Witness], problems: list[Problem]) -> list[Witness]:
    """The accounts as people know them, without those that they left out."""
    edition = run.staging.edition
    run.review = Review.of(edition, run.config.two_readers)
    kept = run.review.accounts(witnesses)
    if witnesses and not kept:
        advice = f"'variorum review {edition} list' shows why"
        raise InputError(str(log_of(edition)), "leaves out every account", advice)
    run.summary.witnesses, run.summary.decisions = len(kept), len(run.review.decisions)
    said = [Problem("", None, None, "review", message) for message in run.review.problems]
    run.summary.problems = [*problems, *said]
    return kept


def _guard(target: Path, paths: list[str | Path]) -> None:
    if target.exists() and not (target / MANIFEST).is_file() and (not target.is_dir() or any(target.iterdir())):
        raise EditionError(str(target), "is there already and is no edition", "choose another -o, or move it away")
    for path in paths:
        if str(path) != "-" and Path(path).exists() and Path(path).resolve() == target.resolve():
            raise InputError(str(path), "is the folder of the edition itself", "choose another -o")


def _read(run: Run, paths: list[str | Path]) -> read.Found:
    found: list[read.Found] = []

    files = count(1)

    def work() -> bool:
        found.append(read.accounts(paths, run.config, lambda _: run.progress.at(next(files), None)))
        return False

    run.timed("read", work)
    return found[0]


def _key(run: Run, accounts: pa.Table) -> str:
    """The hash of all that an edition is made of; when it was read changes nothing."""
    sources = accounts.drop_columns(["siglum", "text"]).to_pylist() + run.files.drop_columns(["read"]).to_pylist()
    steps = [step.version() for step in (ANNOTATE, *STEPS)] + [fingerprint(*SITE), gazetteer.version()]
    problems = [p.to_dict() for p in run.summary.problems]
    return hashed(__version__, options(run.config), sources, problems, steps, run.review.key())


def _made(target: Path) -> str | None:
    """The key of the edition that stands at ``target``."""
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        return str(manifest["key"]) if manifest["whole"] else None
    except (OSError, json.JSONDecodeError, UnicodeDecodeError, KeyError):
        return None


def _make(run: Run, accounts: pa.Table, key: str, engine: Engine | None) -> None:
    own = DuckEngine(run.config.processes, spill=str(run.staging.folder / "spill")) if engine is None else None
    run.engine = CachingEngine(engine or cast(Engine, own), run.staging)
    run.engine.watch(run.progress.at)
    try:
        run.timed("gazetteer", partial(_gazetteer, run))
        run.put("witnesses", accounts.select(Witness.schema().names))
        annotated(run, accounts)
        run.put("files", run.files)
        run.put("bindings", run.review.bindings())
        for step in STEPS:
            run.timed(step.name, partial(_step, run, step))
        tables = {name: run.engine.get(name) for name in TABLES if run.engine.has(name)}
        tables |= run.review.tables(tables.__getitem__)
    finally:
        run.engine.watch(None)
        if own is not None:
            own.close()
    _publish(run, {name: tables.get(name, kind.schema().empty_table()) for name, kind in TABLES.items()}, key)
    run.staging.forget_steps(run.used)


def _gazetteer(run: Run) -> bool:
    """Builds the index of places where it is not there yet, before work goes to processes."""
    there = gazetteer.is_built()
    done = count(1)
    gazetteer.ensure(lambda *_: run.progress.at(next(done), None))
    return there


def _step(run: Run, step: Step) -> bool:
    reads = {name: run.hashes[name] for name in step.reads if name in run.hashes}
    chosen = {name: getattr(run.config, name) for name in step.options}
    version = hashed(step.version(), chosen, gazetteer.version())
    run.engine.begin(step.name, version[:16])
    key = hashed(step.name, version, reads)
    kept = run.staging.step_tables(key, step.writes)
    if kept is None:
        made, whole = _ran(run, step)
        if whole:
            run.staging.keep_step(key, made)
    run.used.add(key)
    run.engine.clear(run.hashes)
    for name, data in run.review.after(kept or made, run.engine.get).items():
        run.put(name, data)
    return kept is not None


def _ran(run: Run, step: Step) -> tuple[dict[str, pa.Table], bool]:
    """What a step makes, and whether it ended well; one that fails leaves a problem, and its tables as they were."""
    try:
        step.run(run.engine, run.config)
        return {name: _sorted(name, run.engine.get(name)) for name in step.writes}, True
    except (VariorumError, OSError, sqlite3.Error, MemoryError):  # the machine's, not the step's: nothing is published
        raise
    except Exception as error:  # whatever a step stumbles over, the others' results are worth having
        run.whole = False
        message = f"the step {step.name} broke off, so what it makes is missing: {type(error).__name__}: {error}"
        run.summary.problems.append(Problem("", None, None, step.name, message))
        return {name: _before(run, TABLES[name]) for name in step.writes if name in TABLES}, False


def _before(run: Run, kind: type[Row]) -> pa.Table:
    """A table as it was before the step that broke off, which may have had to add to it."""
    return table(kind, rows(kind, run.engine.get(kind.TABLE)) if run.engine.has(kind.TABLE) else [])


def _sorted(name: str, data: pa.Table) -> pa.Table:
    """The table in its schema's column order and in the order of its rows' first plain columns."""
    kind = TABLES.get(name)
    if kind is not None:
        data = data.select(kind.schema().names).cast(kind.schema())
    keys = [(f.name, "ascending") for f in data.schema if not pa.types.is_nested(f.type)]
    return data.sort_by(keys).combine_chunks() if keys and data.num_rows else data


def _publish(run: Run, tables: dict[str, pa.Table], key: str) -> None:
    from variorum import site
    from variorum.site.keeping import Kept

    new = run.staging.new()
    about = {
        "title": run.config.title or f"An edition of {run.summary.witnesses} accounts",
        "edition": key[:12],
        "version": __version__,
        "options": options(run.config),
        "review": list(report(run.review.decisions).lines()) if run.review.decisions else [],
    }

    def pages() -> bool:
        program = hashed(__version__, fingerprint(*SITE), sys.version, *map(version, ("jinja2", "markupsafe")))
        kept = Kept(run.staging.folder / "pages", run.staging.edition, program)
        problems = site.publish(tables, new, about, run.config, run.progress.at, kept)
        run.summary.problems += problems
        tables["problems"] = table(Problem, run.summary.problems)
        return False

    run.timed("site", pages)
    hashes = {name: _written(name, data, new / "tables" / f"{name}.parquet") for name, data in tables.items()}
    if run.review.copy:
        (new / COPY).write_bytes(run.review.copy)
    manifest = {
        "variorum": __version__,
        "decisions": len(run.review.decisions),
        "key": key,
        "whole": run.whole,
        "options": options(run.config),
        "rows": {name: data.num_rows for name, data in tables.items()},
        "sha256": hashes,
    }
    (new / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    shutil.rmtree(run.staging.folder / "old", ignore_errors=True)
    run.staging.publish()


def _written(name: str, data: pa.Table, path: Path) -> str:
    """The SHA-256 of a table's file, which the site has written already, but for the problems that it met itself."""
    return file_hash(path) if name != Problem.TABLE and path.is_file() else parquet_bytes(data, path)
