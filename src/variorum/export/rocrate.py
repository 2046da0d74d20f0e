"""The tables as a research object (RO-Crate 1.1, https://www.researchobject.org/ro-crate/), and folders as zips."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from variorum import __version__
from variorum.citing import clean, web_address
from variorum.export import csv_tables
from variorum.export.questions import accounts, edition_title
from variorum.records import TABLES

__all__ = ["crate", "zipped"]

Tables = Mapping[str, pa.Table]
Folder = Callable[[Tables, Path, Mapping[str, Any]], None]


def crate(tables: Tables, out: Path, options: Mapping[str, Any]) -> None:
    """The CSV tables with a description after RO-Crate 1.1 (https://www.researchobject.org/ro-crate/)."""
    csv_tables.folder(tables, out, options)
    files = [
        {
            "@id": f"{name}.csv", "@type": "File", "name": name, "encodingFormat": "text/csv",
            "contentSize": str((out / f"{name}.csv").stat().st_size),
            "description": " ".join((TABLES[name].__doc__ or "").split()) if name in TABLES else "",
        }
        for name in tables
    ]  # fmt: skip
    known = accounts(tables)
    sources = [
        {
            "@id": web_address(w.source) or f"#account-{n}", "@type": "CreativeWork", "name": clean(w.title or key),
            **({"publisher": clean(w.publisher)} if w.publisher else {}),
            **({"datePublished": w.published} if w.published else {}),
        }
        for n, (key, w) in enumerate(known.items(), 1)
    ]  # fmt: skip
    sources = list({s["@id"]: s for s in sources}.values())
    program = {
        "@id": "https://pypi.org/project/variorum/",
        "@type": "SoftwareApplication",
        "name": "Variorum",
        "version": __version__,
    }
    made = {
        "@id": "#collation", "@type": "CreateAction", "name": "Accounts were collated to an edition",
        "instrument": {"@id": program["@id"]},
        "object": [{"@id": s["@id"]} for s in sources], "result": [{"@id": "./"}],
    }  # fmt: skip
    root = {
        "@id": "./", "@type": "Dataset", "name": edition_title(tables, options),
        "description": "What several accounts say of the same events: who says so, in which words, and who otherwise.",
        "hasPart": [{"@id": f["@id"]} for f in files], "mentions": [{"@id": "#collation"}],
    }  # fmt: skip
    head = {
        "@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    }  # fmt: skip
    graph = [head, root, *files, *sources, program, made]
    text = json.dumps(
        {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}, ensure_ascii=False, indent=1
    )
    (out / "ro-crate-metadata.json").write_bytes((text + "\n").encode("utf-8", "replace"))


def zipped(folder: Folder) -> Callable[[Tables, BinaryIO, Mapping[str, Any]], None]:
    """The writer of one zip file, of what is else a folder."""

    def write(tables: Tables, out: BinaryIO, options: Mapping[str, Any]) -> None:
        with tempfile.TemporaryDirectory() as held, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
            folder(tables, Path(held), options)
            for path in sorted(p for p in Path(held).rglob("*") if p.is_file()):
                name = zipfile.ZipInfo(path.relative_to(held).as_posix(), (1980, 1, 1, 0, 0, 0))
                pack.writestr(name, path.read_bytes(), zipfile.ZIP_DEFLATED)

    return write
