"""A Frictionless Data Package (https://specs.frictionlessdata.io/data-package/): the CSV tables with their schemas.

Every column has its type, every table its meaning and key, and references between tables are foreign keys.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from variorum import __version__
from variorum import records as r
from variorum.export.csv_tables import write_table
from variorum.export.questions import edition_title
from variorum.lists import toml

__all__ = ["descriptor", "folder", "write"]

DESCRIPTOR = "datapackage.json"


def descriptor(tables: Mapping[str, pa.Table], options: Mapping[str, Any]) -> dict[str, Any]:
    """The package's description; a table that the edition has not is not listed.

    >>> made = descriptor({"silences": r.table(r.Silence, [])}, {})
    >>> [resource["path"] for resource in made["resources"]]
    ['tables/silences.csv']
    """
    about = options.get("about") or {}
    return {
        "name": "variorum-edition",
        "title": edition_title(tables, options),
        "description": "What several accounts say of the same events: who says so, in which words, and who otherwise.",
        "version": str(about.get("key", ""))[:12] or __version__,
        "resources": [_resource(name, data, set(tables)) for name, data in tables.items()],
    }


def _resource(name: str, data: pa.Table, listed: set[str]) -> dict[str, Any]:
    keys = toml("exports")["keys"]
    schema: dict[str, Any] = {"fields": [_field(f) for f in data.schema], "missingValues": [""]}
    if name in keys:
        schema["primaryKey"] = [keys[name]]
    schema["foreignKeys"] = [
        {"fields": [column], "reference": {"resource": target, "fields": [keys[target]]}}
        for column, target in toml("exports")["references"].get(name, {}).items()
        if target in listed and column in data.column_names
    ]
    kind = r.TABLES.get(name)
    return {
        "name": name,
        "path": f"tables/{name}.csv",
        "profile": "tabular-data-resource",
        "description": " ".join((kind.__doc__ or "").split()) if kind else "",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {k: v for k, v in schema.items() if v},
    }


def _field(field: pa.Field) -> dict[str, str]:
    kinds = {pa.int64(): "integer", pa.float64(): "number", pa.bool_(): "boolean"}
    kind = "array" if pa.types.is_list(field.type) else kinds.get(field.type, "string")
    return {"name": field.name, "type": kind}


def write(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """The package as a zip."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr(zipfile.ZipInfo(DESCRIPTOR, (1980, 1, 1, 0, 0, 0)), _json(tables, options))
        for name, data in tables.items():
            with pack.open(zipfile.ZipInfo(f"tables/{name}.csv", (1980, 1, 1, 0, 0, 0)), "w") as stream:
                held = io.BytesIO()
                write_table(data, held, encoding="utf-8")
                stream.write(held.getvalue())


def folder(tables: Mapping[str, pa.Table], out: Path, options: Mapping[str, Any]) -> None:
    """The package as a folder."""
    (out / "tables").mkdir(parents=True, exist_ok=True)
    (out / DESCRIPTOR).write_bytes(_json(tables, options))
    for name, data in tables.items():
        with (out / "tables" / f"{name}.csv").open("wb") as stream:
            write_table(data, stream, encoding="utf-8")


def _json(tables: Mapping[str, pa.Table], options: Mapping[str, Any]) -> bytes:
    text = json.dumps(descriptor(tables, options), ensure_ascii=False, indent=1)
    return (text + "\n").encode("utf-8", "replace")
