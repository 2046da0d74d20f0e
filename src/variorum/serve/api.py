"""The JSON API: every table, row and decision at the addresses of the pages, under ``/api``; all of it is listed here.

What a handler reads and gives is said in its `Route`, from which the OpenAPI document is made.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response, StreamingResponse

from variorum import __version__
from variorum.errors import InputError
from variorum.records import TABLES
from variorum.review.grammar import KINDS, in_words
from variorum.review.report import report
from variorum.review.subjects import KIND_OF
from variorum.serve import choosing, views
from variorum.serve.ask import Ask, Missing, Route
from variorum.serve.cards import card
from variorum.serve.openapi import document
from variorum.serve.saying import Said, said
from variorum.serve.search import search

__all__ = ["ROUTES"]

MOST = 500


class LogIn(BaseModel):
    """A name and a password."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(max_length=80)]
    password: Annotated[str, Field(max_length=1000)]


class Here(BaseModel):
    """The row or page that somebody looks at: ``verdicts/v12ab34``."""

    model_config = ConfigDict(extra="forbid")
    row: Annotated[str, Field(max_length=300)] = ""


class Undo(BaseModel):
    """Why a decision is taken back."""

    model_config = ConfigDict(extra="forbid")
    why: Annotated[str, Field(max_length=4000)] = ""


def session(ask: Ask) -> Any:
    """Who asks, and the token for changes."""
    user = ask.user
    return {
        "name": user.name if user is not None else None,
        "role": user.role if user is not None else None,
        "token": ask.token,
        "edition": ask.desk.store.edition if ask.desk.store is not None else None,
    }


def enter(ask: Ask) -> Any:
    """Logs in."""
    given = _body(LogIn, ask)
    sentence, status = views.enter_as(ask, given.name, given.password)
    return JSONResponse({"error": sentence}, status) if sentence else session(ask)


def tables(ask: Ask) -> Any:
    """The tables, with their columns, and what can be said of their rows."""
    return {
        name: {
            "columns": {f.name: str(f.type) for f in kind.schema()},
            "says": {says: one.text for says, one in KINDS[KIND_OF[name]].items()} if name in KIND_OF else {},
        }
        for name, kind in TABLES.items()
    }


def rows(ask: Ask) -> Any:
    """Rows of a table."""
    name = ask.path("table")
    if name not in TABLES:
        raise Missing
    wanted = {k: v for k, v in ask.request.query_params.items() if k not in ("after", "most")}
    try:
        page = ask.desk.open_store().rows(name, wanted, min(MOST, ask.number("most", 100)), ask.number("after", 0))
    except KeyError as error:
        raise InputError(f"column {error.args[0][:40]}", f"is none of {name}") from None
    return {"table": name, "total": page.total, "rows": [_keyed(row) for row in page.rows]}


def _keyed(row: dict[str, Any]) -> dict[str, Any]:
    key = row.pop("_key", "")
    return {"key": key, **row}


def row(ask: Ask) -> Any:
    """A row with its words, its history and what can be said of it."""
    made = card(ask.desk.open_store(), ask.desk.docket, ask.path("table"), ask.path("key")).to_dict()
    made["row"] = {name: value for name, value in made["row"].items() if name != "_key"}
    return made


def mentions(ask: Ask) -> Any:
    """The mentions that touch some words."""
    store = ask.desk.open_store()
    return store.mentions(ask.query("witness"), ask.number("start", 0), ask.number("end", 0))


def states(ask: Ask) -> Any:
    """What people say of some rows: their decisions that stand."""
    name = ask.query("table")
    keys = ask.request.query_params.getlist("key")[:300]
    found = ask.desk.docket.states((name, key) for key in keys)
    return {
        key: [{n: d[n] for n in ("decision", "by", "says", "said", "state", "effect")} for d in listed]
        for (_, key), listed in found.items()
    }


def queue(ask: Ask) -> Any:
    """The next row to be checked."""
    found = views.next_in_queue(ask, ask.query("table"), ask.number("after", 0))
    if found is None:
        return {"place": None, "left": 0}
    made, place, question, left = found
    return {"place": place, "left": left, "asks": question, "card": made.to_dict()}


def find(ask: Ask) -> Any:
    """A search."""
    hits, total = search(
        ask.desk.open_store(), views.query_of(ask), min(200, ask.number("most", 50)), ask.number("after", 0)
    )
    return {"total": total, "hits": [hit.to_dict() for hit in hits]}


def decisions(ask: Ask) -> Any:
    """All decisions."""
    listed = ask.desk.docket.all()
    wanted = {name: ask.query(name) for name in ("by", "state", "kind") if ask.query(name)}
    found = [d for d in listed if all(d[name] == value for name, value in wanted.items())]
    after = ask.number("after", 0)
    most = min(MOST, ask.number("most", MOST))
    return {"total": len(found), "problems": ask.desk.docket.problems(), "decisions": found[after : after + most]}


def decision(ask: Ask) -> Any:
    """One decision, as the log has it and with what became of it."""
    one = ask.desk.docket.get(ask.path("decision"))
    return {**ask.desk.docket.told(one), "line": one.model_dump(mode="json", exclude_defaults=True)}


async def decide(ask: Ask) -> Any:
    """Takes a decision."""
    return await _decided(ask, said(ask.data))


async def undo(ask: Ask) -> Any:
    """Takes a decision back."""
    given = _body(Undo, ask)
    return await _decided(ask, Said(says="undo", decision=ask.path("decision"), why=given.why))


async def _decided(ask: Ask, given: Said) -> Any:
    assert ask.user is not None
    made = await run_in_threadpool(ask.desk.decide, given, ask.user)
    ask.desk.tell(made)
    return JSONResponse(ask.desk.docket.told(made), 201)


def orphans(ask: Ask) -> Any:
    """Decisions whose words are gone, or that could not be obeyed."""
    return [d for d in ask.desk.docket.all() if d["state"] in ("orphan", "not obeyed")]


def reported(ask: Ask) -> Any:
    """How far people agree, and how many of the program's rows they kept."""
    return report(ask.desk.docket.log.decisions).to_dict()


def run(ask: Ask) -> Any:
    """How far a run is."""
    return {**ask.desk.runs.state.to_dict(), "waiting": ask.desk.docket.waiting()}


async def make(ask: Ask) -> Any:
    """Makes the pages anew."""
    if not ask.desk.runs.begin(ask.desk.job(), ask.name):
        return JSONResponse({"error": "a run is under way already"}, 409)
    return JSONResponse(run(ask), 202)


async def here(ask: Ask) -> Any:
    """Says at which row one is."""
    given = _body(Here, ask)
    ask.desk.hub.here(ask.session.key if ask.session is not None else "", ask.name, given.row)
    return {"people": ask.desk.hub.people()}


async def live(ask: Ask) -> Response:
    """What goes on, as server-sent events."""
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(ask.desk.hub.read(), media_type="text/event-stream", headers=headers)


def log(ask: Ask) -> Response:
    """The log of decisions, line by line."""
    headers = {"content-disposition": 'attachment; filename="decisions.review.jsonl"', "cache-control": "no-store"}
    return Response(ask.desk.docket.log.copy(), media_type="application/x-ndjson", headers=headers)


def described(ask: Ask) -> Any:
    """This description."""
    return document(ROUTES, __version__)


def _body(model: type[Any], ask: Ask) -> Any:
    try:
        return model.model_validate(ask.data)
    except ValidationError as error:
        raise InputError("the request", f"does not fit ({in_words(error)})") from None


PAGED = {"after": "how many rows to leave out", "most": "how many rows at most, 500 at the highest"}
LOOKED = {
    "q": "words, \"phrases\", begin*, a NEAR/5 b, a OR b, -without", "kind": "words, event, name or account",
    "witness": "an account's id", "place": "a place's name", "verdict": "a verdict", "since": "EDTF date",
    "until": "EDTF date",
}  # fmt: skip

CHOSEN = {"where": "words as of variorum show: killed and conflict and checked"}
ASKED = {"table": "a table", "key": "a key; repeatable"}
STRETCH = {"witness": "an account's id", "start": "first character", "end": "after the last character"}
QUEUED = {"after": "a place in the queue", "table": "only rows of this table"}
TAKEN = {"by": "a person", "state": "a state", "kind": "a kind"}

ROUTES: tuple[Route, ...] = (
    Route("GET", "/api/session", "Who you are, and the token for changes", session, "all"),
    Route("POST", "/api/session", "Log in", enter, "all", body=LogIn),
    Route("GET", "/api/rows", "The tables", tables),
    Route("GET", "/api/rows/{table}", "Rows of a table; any column may be asked for by its value", rows, query=PAGED),
    Route("GET", "/api/rows/{table}/{key:path}", "A row, its words, its history, what can be said of it", row),
    Route("GET", "/api/mentions", "The mentions that touch some words", mentions, query=STRETCH),
    Route("GET", "/api/states", "What people say of some rows", states, query=ASKED),
    Route("GET", "/api/queue", "The next row to be checked", queue, query=QUEUED),
    Route("GET", "/api/search", "Search", find, query={**LOOKED, **PAGED}),
    Route("GET", "/api/select", "The questions that fit a filter", choosing.chosen, query={**CHOSEN, **PAGED}),
    Route("GET", "/api/decisions", "Decisions", decisions, query={**TAKEN, **PAGED}),
    Route("POST", "/api/decisions", "Take a decision", decide, "decide", body=Said),
    Route("GET", "/api/decisions/{decision}", "One decision", decision),
    Route("POST", "/api/decisions/{decision}/undo", "Take a decision back", undo, "decide", body=Undo),
    Route("GET", "/api/orphans", "Decisions whose words are gone, or that could not be obeyed", orphans),
    Route("GET", "/api/report", "How far people agree, and how many rows they kept", reported),
    Route("GET", "/api/make", "How far a run is", run),
    Route("POST", "/api/make", "Make the pages anew with all decisions", make, "make"),
    Route("POST", "/api/here", "Say at which row you are", here, body=Here),
    Route("GET", "/api/live", "What goes on, as server-sent events", live, answer="text/event-stream"),
    Route("GET", "/decisions.jsonl", "The log of decisions", log, answer="application/x-ndjson"),
    Route("GET", "/openapi.json", "This description", described),
)  # fmt: skip
"""Every address of the API."""
