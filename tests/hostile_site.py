"""An edition whose every cell comes from one hostile input, and what must hold for its pages."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import types
import typing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from itertools import cycle
from pathlib import Path
from typing import Any

import pyarrow as pa
from jinja2 import Environment

from test_site import Reader
from variorum import records as r
from variorum import site
from variorum.config import Config
from variorum.site.render import Renderer

KNOWN: dict[str, tuple[Any, ...]] = {
    "event": ("e1", "e2"),
    "claim": ("c1", "c2"),
    "claim_a": ("c1", "c2"),
    "claim_b": ("c2", "c1"),
    "reading": ("r1", "r2"),
    "verdict_id": ("v1", "v2"),
    "verdict": ("conflict", "agree", "unjudged"),
    "date": ("1998-11-17", "1998-11~", "../1998", "198X"),
    "published": ("1998-11-18", None),
    "edtf": ("1998-11-17",),
    "attribute": ("killed", "date", "place"),
    "relation": ("tells", "part", "denies"),
    "kind": ("act", "verbatim", "rendition", "person", "sum", "name"),
    "precision": ("point", "area", "near", "none"),
    "lat": (57.9, None, 91.0, float("nan")),
    "lon": (-6.9, None, -181.0, float("inf")),
    "low": (31, None, float("inf")),
    "high": (None, 40, float("nan")),
    "sure": ("high", "low"),
}
"""Values that lead on into the pages; every other one is taken from the input."""


KEYS = {
    "events": ("event",),
    "claims": ("claim",),
    "readings": ("reading",),
    "verdicts": ("verdict_id",),
    "stemma": ("source", "target", "kind"),
}
"""What tells the rows of a table apart."""


class Cells:
    """Takes the cells of an edition out of one text."""

    def __init__(self, data: bytes) -> None:
        self.text = data.decode("utf-8", "replace") or "x"
        parts = [p for p in re.split("[\x1e\n]", self.text) if p] or ["x"]
        self.words = cycle(parts)
        self.numbers = cycle(data or b"\1")
        self.ids = ["A", parts[0][:200]]
        self.texts = {"A": "The ferry sank.\n\nNobody was told.", self.ids[1]: self.text}

    def flag(self) -> bool:
        """One of two."""
        return bool(next(self.numbers) & 1)

    def span(self, row: dict[str, Any], names: tuple[str, str, str, str]) -> None:
        """A witness, and words of it."""
        key = self.ids[next(self.numbers) & 1]
        text = self.texts[key]
        start = next(self.numbers) * 7 % (len(text) + 1)
        end = min(len(text), start + next(self.numbers) % 90)
        row |= dict(zip(names, (key, start, end, text[start:end]), strict=True))

    def value(self, name: str, hint: Any) -> Any:
        """A cell of a column."""
        if name in KNOWN and (next(self.numbers) & 7):
            pool = KNOWN[name]
            return pool[next(self.numbers) % len(pool)]
        if typing.get_origin(hint) is list:
            inner = typing.get_args(hint)[0]
            return [self.value(name.rstrip("s"), inner) for _ in range(next(self.numbers) % 3)]
        if typing.get_origin(hint) in (typing.Union, types.UnionType):
            kinds = [a for a in typing.get_args(hint) if a is not type(None)]
            return self.value("", kinds[0]) if self.flag() else None
        if hint is str:
            return next(self.words)
        return self.flag() if hint is bool else hint(next(self.numbers)) if hint in (int, float) else None

    def row(self, kind: type[r.Row]) -> r.Row:
        """A row of a table with a cell for each column."""
        hints = typing.get_type_hints(kind)
        names = [f.name for f in fields(kind)]
        made: dict[str, Any] = {n: self.value(n, hints[n]) for n in names}
        for names4 in (
            ("witness", "start", "end", "text"),
            ("a_witness", "a_start", "a_end", "a_text"),
            ("b_witness", "b_start", "b_end", "b_text"),
        ):
            if names4[0] in names:
                self.span(made, names4)
        return kind(**{n: made[n] for n in names})

    def witnesses(self) -> list[r.Row]:
        """Two witnesses: a plain one, and one whose every cell is hostile."""
        plain = r.Witness("A", "A", "A log", None, None, "1998-11-18", "en", "a.txt", "", self.texts["A"])
        w = self.words
        key = self.ids[1]
        if key == "A":
            return [plain]
        date = self.value("published", str | None)
        return [plain, r.Witness(key, next(w), next(w), next(w), next(w), date, next(w), next(w), next(w), self.text)]

    def tables(self) -> dict[str, pa.Table]:
        """An edition with a few rows in every table; the keys of a table are different."""
        made = {"witnesses": r.table(r.Witness, self.witnesses())}
        for name, kind in r.TABLES.items():
            if name != "witnesses":
                rows = [self.row(kind) for _ in range(1 + next(self.numbers) % 3)]
                keys = KEYS.get(name)
                kept = {tuple(getattr(x, key) for key in keys): x for x in rows} if keys else dict(enumerate(rows))
                made[name] = r.table(kind, list(kept.values()))
        return made


@contextmanager
def quick() -> Iterator[None]:
    """Leaves out what nothing of the input can change: files that ship with the package, templates compiled before."""
    static, compile = Renderer.copy_static, Environment.compile

    def remembered(self: Environment, source: Any, name: Any = None, filename: Any = None) -> Any:
        if name not in COMPILED:
            COMPILED[name] = compile(self, source, name, filename)
        return COMPILED[name]

    Renderer.copy_static = lambda self: None  # type: ignore[method-assign]
    Environment.compile = remembered  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        Renderer.copy_static, Environment.compile = static, compile  # type: ignore[method-assign]


COMPILED: dict[str, Any] = {}


def check(data: bytes) -> None:
    """Publish the edition of an input and look at every page and script of it."""
    folder = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    try:
        with quick():
            problems = site.publish(Cells(data).tables(), folder / "site", {"title": "x"}, Config())
        assert not problems, problems
        assert [p.name for p in folder.iterdir()] == ["site"], "something was written outside the folder"
        for fault in faults(folder / "site"):
            raise AssertionError(fault)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def faults(folder: Path) -> Iterator[str]:
    """What is wrong with the pages and scripts of a site: mark-up, handlers, scripts and links that the input made."""
    for file in folder.rglob("*"):
        name = file.relative_to(folder).as_posix()
        if not re.fullmatch(r"[a-z0-9_./-]+", name):
            yield f"{name!r} is no safe name"
        elif file.suffix == ".html":
            yield from (f"{name}: {fault}" for fault in page_faults(file.read_text(encoding="utf-8")))
        elif file.suffix == ".js" and "static" not in file.parts:
            yield from (f"{name}: {fault}" for fault in script_faults(file.read_text(encoding="utf-8")))


def page_faults(text: str) -> Iterator[str]:
    """What is wrong with one page."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    if reader.unclosed or reader.open:
        yield f"elements that do not close: {reader.unclosed[:2]} {reader.open[:2]}"
    if reader.handlers:
        yield f"a handler or style: {reader.handlers[:2]}"
    if reader.inline:
        yield f"a script in the page: {reader.inline[:2]}"
    if len(reader.ids) != len(set(reader.ids)):
        yield "an id twice"
    for link in reader.links + reader.sources:
        if re.match(r"\s*[a-z+.-]+:|//|/|\\", link, re.IGNORECASE) or "../../.." in link:
            yield f"a link that leads out: {link!r}"


def script_faults(text: str) -> Iterator[str]:
    """What is wrong with one file of data."""
    if "<" in text[text.index("]=") :] or "\u2028" in text or not text.isascii():
        yield "signs that could end a script"
    for line in text.splitlines():
        try:
            json.loads(line[line.index("]=") + 2 :].rstrip(";"))
        except ValueError as error:
            yield f"no JSON: {error}"
