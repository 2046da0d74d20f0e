"""TimelineJS: the events as a timeline in the JSON of Knight Lab's tool (https://timeline.knightlab.com/docs/json-format.html).

Only events with a date that has a beginning are slides; a vague date becomes a span with the words of its date shown.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from typing import Any, BinaryIO

import pyarrow as pa

from variorum.export.dates import bounds
from variorum.export.told import Told, events

__all__ = ["write"]


def write(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """Write the timeline; the text of each slide is attributed and escaped, since the tool shows HTML."""
    slides = [slide for told in events(tables) if (slide := _slide(told)) is not None]
    slides.sort(key=lambda s: (s["start_date"]["year"], s["start_date"].get("month", 0), s["start_date"].get("day", 0)))
    data = {
        "title": {"text": {"headline": html.escape(str(options.get("title", "An edition of several accounts")))}},
        "events": slides,
    }
    out.write(json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "replace"))


def _slide(told: Told) -> dict[str, Any] | None:
    span = bounds(told.event["date"])
    if span is None or span.first is None:
        return None
    slide: dict[str, Any] = {
        "unique_id": told.event["event"],
        "start_date": _date(span.first),
        "text": {"headline": html.escape(told.event["label"]), "text": _text(told)},
    }
    if span.last is not None and span.last != span.first:
        slide["end_date"] = _date(span.last)
        slide["display_date"] = html.escape(told.event["date"])
    return slide


def _date(iso: str) -> dict[str, int]:
    year, month, day = (int(x) for x in iso.split("-"))
    return {"year": year, "month": month, "day": day}


def _text(told: Told) -> str:
    lines = [
        f"<p>Told by {html.escape(', '.join(told.sigla))}; {told.event['witnesses']} witnesses "
        f"in {told.event['lineages']} lineages.</p>"
    ]
    seen = dict.fromkeys((c["witness"], c["text"]) for c in told.claims)
    lines += [f"<p>{html.escape(witness)}: <q>{html.escape(text)}</q></p>" for witness, text in list(seen)[:12]]
    conflicts = [v["why"] for v in told.verdicts if v["verdict"] == "conflict"]
    return "".join(lines + [f"<p>In conflict: {html.escape(why)}</p>" for why in conflicts[:5]])
