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

from variorum.dates import calendar, in_words, parse
from variorum.export.questions import Around, Sigla, accounts, called, counted, edition_title
from variorum.export.told import Told, events
from variorum.verdicts import Standing

__all__ = ["write"]


def write(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """Write the timeline; the text of each slide is attributed and escaped, since the tool shows HTML."""
    around, told = Around(tables), Sigla({key: w.siglum for key, w in accounts(tables).items()})
    slides = [slide for one in events(tables) if (slide := _slide(one, around, told)) is not None]
    slides.sort(key=lambda s: tuple(s["start_date"].values()))
    data = {
        "title": {"text": {"headline": html.escape(edition_title(tables, options))}},
        "events": slides,
    }
    out.write(json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "replace"))


def _slide(told: Told, around: Around, sigla: Sigla) -> dict[str, Any] | None:
    when = parse(told.event["date"])
    if when is None or when.low is None:
        return None
    slide: dict[str, Any] = {
        "unique_id": told.event["event"],
        "start_date": _date(when.low),
        "text": {"headline": html.escape(_headline(told.event)), "text": _text(told, around, sigla)},
    }
    if when.high is not None and when.days.length > 1:
        slide["end_date"] = _date(math.ceil(when.high) - 1)
    if not when.exact or slide["start_date"]["year"] < 1000:
        slide["display_date"] = html.escape(when.words)
    return slide


def _headline(event: dict[str, Any]) -> str:
    """The label without its date, which the tool shows above it; without the words of accounts where more is left."""
    date = in_words(event["date"])
    plain = called(event["label"]).removesuffix(date).rstrip(", ")
    return plain or event["label"].removesuffix(date).rstrip(", ") or event["label"]


def _date(day: float) -> dict[str, int]:
    return dict(zip(("year", "month", "day"), calendar(day), strict=True))


def _text(told: Told, around: Around, sigla: Sigla) -> str:
    witnesses, lineages = told.event["witnesses"], told.event["lineages"]
    counts = f"{counted(witnesses, 'witness', 'witnesses')} in {counted(lineages, 'lineage')}"
    tellers = f"Told by {html.escape(', '.join(told.sigla))}; {counts}" if told.sigla else counts
    lines = [f"<p>{tellers}.</p>"]
    seen = dict.fromkeys(
        (c["witness"], around.whole(c["witness"], c["start"], c["end"], c["text"])) for c in told.claims
    )
    lines += [f"<p>{html.escape(sigla(witness))}: <q>{html.escape(text)}</q></p>" for witness, text in list(seen)[:12]]
    conflicts = [sigla(v["why"]) for v in told.verdicts if v["verdict"] == Standing.CONFLICT]
    return "".join(lines + [f"<p>In conflict: {html.escape(why)}</p>" for why in conflicts[:5]])
