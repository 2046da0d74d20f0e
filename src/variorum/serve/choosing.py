"""A part of the edition by words, as `variorum show` and `variorum export` choose it: as a page, as JSON, as a file."""

from __future__ import annotations

import json
import os
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyarrow as pa
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from variorum.bags import FORMATS
from variorum.edition import Edition
from variorum.errors import InputError
from variorum.export import write
from variorum.export.questions import Question, Sigla, accounts, attribute, edition_title, records
from variorum.export.selecting import fitting, selected
from variorum.records import Event
from variorum.redact import Finder, read_names, redacted
from variorum.review.log import log_of
from variorum.serve.ask import Ask
from variorum.serve.views import page
from variorum.site.addresses import file_name
from variorum.verdicts import ranked

__all__ = ["chosen", "exported", "select"]

SIZE = 50
"""Rows on a page."""
LEFT_OUT = ("embed", "svg")
"""Formats that show one thing, and not a part."""


@lru_cache(maxsize=1)
def _tables(edition: Path, key: str) -> dict[str, pa.Table]:
    """The tables that a choice is made from; those of the edition that was asked last are kept."""
    opened = Edition(edition)
    return {name: opened.table(name) for name in ("witnesses", "events", "readings", "verdicts", "reviewed")}


def _rows(ask: Ask, where: str) -> list[dict[str, str]]:
    """The verdicts that fit, in the order of the terminal; none where nothing is asked."""
    tables = _tables(ask.desk.edition, ask.desk.open_store().edition)
    if not where.strip():
        return []
    events = {e.event: e for e in records(tables, Event)}
    sigla = Sigla({key: w.siglum for key, w in accounts(tables).items()})
    kept = fitting(tables, where)
    kept.sort(key=lambda v: (ranked(v.verdict), v.sure != "high", -v.weight, v.verdict_id))
    return [_row(Question(v, events.get(v.event or ""), []), sigla) for v in kept]


def _row(q: Question, sigla: Sigla) -> dict[str, str]:
    v = q.verdict
    about = f"{attribute(v.attribute)}: {q.about}".rstrip(": ")
    return {"key": v.verdict_id, "verdict": v.verdict, "about": about, "why": sigla(v.why), "sure": v.sure}


def chosen(ask: Ask) -> Any:
    """The questions that fit ``where``, the conflicts first."""
    found, after = _rows(ask, ask.query("where")), ask.number("after", 0)
    return {"total": len(found), "rows": found[after : after + min(500, ask.number("most", 100))]}


def select(ask: Ask) -> Response:
    """The page of a choice, with what it can be exported as; a filter that cannot be read is said on it."""
    where, after, said = ask.query("where"), ask.number("after", 0), ""
    try:
        found = _rows(ask, where)
    except InputError as error:
        found, said = [], str(error)
    turn = f"/select?{urlencode({'where': where})}&after="
    return page(
        ask, "select.html", title="Select", current="select", where=where, said=said, total=len(found), after=after,
        rows=found[after : after + SIZE], before=turn + str(max(0, after - SIZE)), further=turn + str(after + SIZE),
        formats=sorted((f.name, f.text) for f in FORMATS.values() if f.name not in LEFT_OUT),
    )  # fmt: skip


def exported(ask: Ask) -> Response:
    """The choice in a format, as a file; with ``redact`` the names hidden to which the review gives pseudonyms."""
    form, where = ask.query("to"), ask.query("where").strip()
    if form not in FORMATS or form in LEFT_OUT:
        raise InputError("to", "there is no such format", f"there are {', '.join(sorted(FORMATS))}")
    opened = Edition(ask.desk.edition)
    tables = selected(opened.tables(), where) if where else opened.tables()
    about: dict[str, Any] = {**opened.manifest, "where": where}
    if ask.query("redact"):
        made = redacted(tables, Finder(read_names(log_of(ask.desk.edition))))
        tables, about = made.tables, json.loads(made.finder.replaced(json.dumps(about, ensure_ascii=False)))
    handle, name = tempfile.mkstemp(suffix=FORMATS[form].ending)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            write(tables, form, out, {}, about, FORMATS)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    called = file_name(edition_title(tables, {"about": about})) + FORMATS[form].ending
    gone = BackgroundTask(path.unlink, missing_ok=True)
    return FileResponse(path, media_type="application/octet-stream", filename=called, background=gone)
