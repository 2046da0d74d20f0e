"""TimelineJS: the events as a timeline in the JSON of Knight Lab's tool (https://timeline.knightlab.com/docs/json-format.html).

Only events with a date that has a beginning are slides; a vague date becomes a span with the words of its date shown.
Years before our era are counted with a year 0, as the tool's calendar counts them; the words beside them say 329 BC.
"""

from __future__ import annotations

import html
import json
import math
from collections.abc import Mapping
from typing import Any, BinaryIO

import pyarrow as pa

from variorum.dates import calendar, parse
from variorum.export.questions import counted, edition_title
from variorum.export.told import Told, events
from variorum.verdicts import Standing

__all__ = ["write"]


def write(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """Write the timeline; the text of each slide is attributed and escaped, since the tool shows HTML."""
    slides = [slide for told in events(tables) if (slide := _slide(told)) is not None]
    slides.sort(key=lambda s: tuple(s["start_date"].values()))
    data = {
        "title": {"text": {"headline": html.escape(edition_title(tables, options))}},
        "events": slides,
    }
    out.write(json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "replace"))


def _slide(told: Told) -> dict[str, Any] | None:
    when = parse(told.event["date"])
    if when is None or when.low is None:
        return None
    slide: dict[str, Any] = {
        "unique_id": told.event["event"],
        "start_date": _date(when.low),
        "text": {"headline": html.escape(told.event["label"]), "text": _text(told)},
    }
    if when.high is not None and when.days.length > 1:
        slide["end_date"] = _date(math.ceil(when.high) - 1)
    if not when.exact or slide["start_date"]["year"] < 1000:
        slide["display_date"] = html.escape(when.words)
    return slide


def _date(day: float) -> dict[str, int]:
    return dict(zip(("year", "month", "day"), calendar(day), strict=True))


def _text(told: Told) -> str:
    witnesses, lineages = told.event["witnesses"], told.event["lineages"]
    counts = f"{counted(witnesses, 'witness', 'witnesses')} in {counted(lineages, 'lineage')}"
    sigla = f"Told by {html.escape(', '.join(told.sigla))}; {counts}" if told.sigla else counts
    lines = [f"<p>{sigla}.</p>"]
    seen = dict.fromkeys((c["witness"], c["text"]) for c in told.claims)
    lines += [f"<p>{html.escape(witness)}: <q>{html.escape(text)}</q></p>" for witness, text in list(seen)[:12]]
    conflicts = [v["why"] for v in told.verdicts if v["verdict"] == Standing.CONFLICT]
    return "".join(lines + [f"<p>In conflict: {html.escape(why)}</p>" for why in conflicts[:5]])
