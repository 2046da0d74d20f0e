"""An edition to hand on: of its own, with its pages, or in a bag (BagIt, RFC 8493); and all formats by name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from variorum import __version__, embeds, export, site
from variorum.citing import clean
from variorum.config import Config
from variorum.export import Format
from variorum.export.questions import edition_title
from variorum.export.rocrate import zipped
from variorum.records import OF_REVIEW, TABLES

__all__ = ["FORMATS", "bag", "edition"]

Tables = Mapping[str, pa.Table]


def edition(tables: Tables, out: Path, options: Mapping[str, Any]) -> None:
    """An edition of its own: tables, pages and manifest, which opens, is shown, served and verified like any other."""
    (out / "tables").mkdir(parents=True, exist_ok=True)
    empty = {name: kind.schema().empty_table() for name, kind in TABLES.items()}
    held = {**empty, **tables, **{name: empty[name] for name in OF_REVIEW}}
    given, title = options.get("about") or {}, edition_title(tables, options)
    about = {
        "title": title,
        "edition": str(given.get("key", ""))[:12],
        "version": __version__,
        "options": {},
        "review": [],
    }
    site.publish(held, out, about, Config(title=title))
    hashes = {}
    for name, data in held.items():
        path = out / "tables" / f"{name}.parquet"
        pq.write_table(data.cast(TABLES[name].schema()), path, compression="zstd", write_statistics=False)
        hashes[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    rows = {name: data.num_rows for name, data in held.items()}
    manifest = {"variorum": __version__, "decisions": 0, "key": str(given.get("key", "")), "whole": True}
    manifest |= {"options": {"title": title}, "rows": rows, "sha256": hashes}
    (out / "edition.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def bag(tables: Tables, out: Path, options: Mapping[str, Any]) -> None:
    """The edition in a bag, with the hash of every file, for archives."""
    edition(tables, out / "data", options)
    payload = sorted(p for p in (out / "data").rglob("*") if p.is_file())
    size = sum(p.stat().st_size for p in payload)
    about = options.get("about") or {}
    info = {
        "External-Description": clean(edition_title(tables, options)),
        "External-Identifier": str(about.get("key", "")) or "none",
        "Bag-Software-Agent": f"Variorum {__version__}",
        "Payload-Oxum": f"{size}.{len(payload)}",
    }
    (out / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", encoding="utf-8")
    (out / "bag-info.txt").write_text(
        "".join(f"{k}: {v}\n" for k, v in info.items()), encoding="utf-8", errors="replace"
    )
    (out / "manifest-sha256.txt").write_text(_hashes(payload, out), encoding="utf-8")
    tags = [out / name for name in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt")]
    (out / "tagmanifest-sha256.txt").write_text(_hashes(tags, out), encoding="utf-8")


def _hashes(files: list[Path], root: Path) -> str:
    return "".join(f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(root).as_posix()}\n" for p in files)


FORMATS: dict[str, Format] = {
    **export.FORMATS,
    "edition": Format("edition", "an edition of its own: a folder, or a zip", ".zip", zipped(edition), edition),
    "embed": Format(
        "embed",
        "one event, question, toll or parallel as one HTML file to embed",
        ".html",
        embeds.page,
        options=embeds.OPTIONS,
    ),
    "svg": Format(
        "svg", "one event, question, toll or parallel as a drawing", ".svg", embeds.drawing, options=embeds.OPTIONS
    ),
    "bagit": Format("bagit", "the edition in a bag, with hashes: a folder, or a zip", ".zip", zipped(bag), bag),
}
"""The formats of `variorum.export`, and these, which print pages too."""
