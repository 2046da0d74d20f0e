"""W3C Web Annotation: claims, readings and parallels as JSON-LD with text position and text quote selectors.

https://www.w3.org/TR/annotation-model/. Positions count code points, as the model asks. The target is the witness's
source where that is a web address, else ``urn:variorum:`` and the witness's id.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO
from urllib.parse import quote

import pyarrow as pa

from variorum import __version__
from variorum.export.json_tables import plain
from variorum.export.told import Row, rows

__all__ = ["write"]

CONTEXT = 32
"""Characters before and after the words, so that they are found again in a changed copy."""


def write(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """Write an AnnotationCollection with one page, one annotation a line."""
    witnesses = {w["witness"]: w for w in rows(tables, "witnesses")}
    head = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationCollection",
        "label": "An edition by Variorum",
        "generator": {"type": "Software", "name": f"Variorum {__version__}"},
    }
    out.write((json.dumps(head)[:-1] + ', "first": {"type": "AnnotationPage", "startIndex": 0, "items": [').encode())
    for number, made in enumerate(_annotations(tables, witnesses)):
        out.write(
            ((",\n" if number else "\n") + json.dumps(plain(made), ensure_ascii=False)).encode("utf-8", "replace")
        )
    out.write(b"\n]}}\n")


def _annotations(tables: Mapping[str, pa.Table], witnesses: Mapping[str, Row]) -> Iterable[Row]:
    events: dict[str, list[str]] = {}
    for tell in rows(tables, "tells"):
        events.setdefault(tell["claim"], []).append(tell["event"])
    for c in rows(tables, "claims"):
        body = {k: c[k] for k in ("type", "agent", "patient", "place", "date", "polarity", "modality", "voice")} | {
            "events": events.get(c["claim"], [])
        }
        yield _annotation(
            f"claim/{c['claim']}", "describing", body, [_target(witnesses, c["witness"], c["start"], c["end"])]
        )
    for x in rows(tables, "readings"):
        body = {
            k: x[k]
            for k in (
                "event",
                "attribute",
                "role",
                "group",
                "level",
                "value",
                "low",
                "high",
                "date",
                "place",
                "as_of",
                "voice",
            )
        }
        yield _annotation(
            f"reading/{x['reading']}", "classifying", body, [_target(witnesses, x["witness"], x["start"], x["end"])]
        )
    for n, p in enumerate(rows(tables, "parallels")):
        targets = [
            _target(witnesses, p["a_witness"], p["a_start"], p["a_end"]),
            _target(witnesses, p["b_witness"], p["b_start"], p["b_end"]),
        ]
        yield _annotation(f"parallel/{n}", "linking", {k: p[k] for k in ("kind", "score", "direction", "why")}, targets)


def _annotation(key: str, motivation: str, body: Row, targets: list[Row]) -> Row:
    value = {k: v for k, v in body.items() if v not in (None, [], "")}
    return {
        "id": f"urn:variorum:{quote(key, safe='/', errors='replace')}",
        "type": "Annotation",
        "motivation": motivation,
        "body": {
            "type": "TextualBody",
            "format": "application/json",
            "value": json.dumps(plain(value), ensure_ascii=False),
        },
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _target(witnesses: Mapping[str, Row], witness: str, start: int, end: int) -> Row:
    row = witnesses.get(witness)
    text = row["text"] if row else ""
    source = (
        row["source"]
        if row and re.fullmatch(r"https?://[^\s<>\"]+", row["source"] or "")
        else f"urn:variorum:witness/{quote(witness, safe='', errors='replace')}"
    )
    quoted = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(start - CONTEXT, 0) : start],
        "suffix": text[end : end + CONTEXT],
    }
    return {"source": source, "selector": [{"type": "TextPositionSelector", "start": start, "end": end}, quoted]}
