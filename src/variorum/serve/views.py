"""The app's own pages: the queue, search, rows with their history, decisions, adding accounts, logging in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response

from variorum.errors import InputError
from variorum.records import TABLES
from variorum.review.report import report
from variorum.review.subjects import KIND_OF
from variorum.serve import files
from variorum.serve.answers import answers
from variorum.serve.ask import Ask, Missing
from variorum.serve.cards import Card, card, marking
from variorum.serve.saying import from_form
from variorum.serve.search import COUNTED, Query, search
from variorum.serve.uploads import received
from variorum.serve.words import (
    KINDS,
    QUEUED,
    RUNNING,
    SEARCHED,
    STATES,
    STEPS,
    run_words,
    waiting_words,
)
from variorum.site.frame import pages_in
from variorum.verdicts import Standing

__all__ = ["bar", "failed", "page"]

SIZE = 50
"""Rows on a page of a list."""
COLUMNS = 9
"""Columns of a table that its page shows."""


@lru_cache(maxsize=1)
def _templates() -> Environment:
    env = Environment(
        loader=PackageLoader("variorum.serve"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    env.globals.update(kinds=KINDS, states=STATES, steps=STEPS)
    return env


def _base(ask: Ask) -> dict[str, Any]:
    """What every page has."""
    desk = ask.desk
    waiting = desk.docket.waiting()
    return {
        "ask": ask, "edition": desk.title, "made": desk.is_made, "pages": pages_in(desk.edition), "current": "",
        "team": desk.users is not None, "waiting": waiting, "waiting_words": waiting_words(waiting),
        "run": desk.runs.state,
        "run_words": run_words(desk.runs.state), "key": desk.store.edition if desk.store is not None else "",
    }  # fmt: skip


def page(ask: Ask, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page, or a part of one."""
    base = _base(ask)
    held = {**base, "next": ask.request.url.path, **context, "bar": Markup(bar(ask, base))}
    return HTMLResponse(_templates().get_template(template).render(**held), status, {"cache-control": "no-store"})


def bar(ask: Ask, base: Mapping[str, Any] | None = None) -> str:
    """The bar at the foot of every page: what waits, who is here."""
    if ask.user is None:
        return ""
    return _templates().get_template("bar.html").render(**(base or _base(ask)))


def failed(ask: Ask, said: str, status: int) -> Response:
    """The page of an error; its sentence is all that it says. A script gets it as JSON."""
    if "application/json" in ask.request.headers.get("accept", ""):
        return JSONResponse({"error": said}, status)
    again = (
        {"refresh": "2"} if status == 503 and ask.desk.is_made and ask.desk.store is None and not ask.desk.fault else {}
    )
    heading = {403: "Not for you", 404: "Nothing here", 503: "Not yet"}.get(status, "That did not work")
    made = page(ask, "error.html", status, title=heading, heading=heading, said=said)
    made.headers.update(again)
    return made


def _local(address: str, usual: str = "/") -> str:
    """An address within the app; anything else is the usual one.

    >>> _local("/queue?after=3"), _local("//elsewhere.example"), _local("https://elsewhere.example")
    ('/queue?after=3', '/', '/')
    """
    fine = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if fine and "\\" not in address else usual


# --- the edition's own pages ----------------------------------------------------------------------------------------


def file(ask: Ask) -> Response:
    """A file of the edition; its pages with the app's links and bar."""
    if not ask.desk.is_made:
        return RedirectResponse("/start", 303)
    path = files.inside(ask.desk.edition, str(ask.request.path_params.get("path") or "index.html"))
    kind = files.KINDS[path.suffix]
    if path.suffix != ".html":
        headers = {"cache-control": "no-cache", "content-type": kind}
        if path.suffix in (".csv", ".parquet", ".jsonl"):
            headers["content-disposition"] = f'attachment; filename="{path.name}"'
        return FileResponse(path, headers=headers)
    cut = files.cut(path)
    links = _templates().get_template("links.html").render()
    return HTMLResponse(cut.whole(links, bar(ask)), headers={"cache-control": "no-store"})


# --- rows -----------------------------------------------------------------------------------------------------------


def row(ask: Ask) -> Response:
    """The page of a row: its words, what can be said of it, its history; with ``part`` for a dialog."""
    made = card(ask.desk.open_store(), ask.desk.docket, ask.path("table"), ask.path("key"))
    here = f"/rows/{quote(made.table)}/{quote(made.key)}"
    part = bool(ask.query("part"))
    context: dict[str, Any] = {"card": made, "place": 0, "left": 0, "question": "", "part": part, "title": made.title}
    back = _local(ask.query("back"), here)
    return page(ask, "dialog.html" if part else "row.html", **context, next=back if part else here)


def mark(ask: Ask) -> Response:
    """The form for words that were marked as a missed mention."""
    kind, witness = ask.query("kind"), ask.query("witness")
    start, end = ask.number("start", 0), ask.number("end", 0)
    made = marking(ask.desk.open_store(), kind, witness, start, end)
    template = "marking.html" if ask.query("part") else "mark.html"
    back = _local(ask.query("back"), f"/{made.words[0].href}")
    return page(ask, template, card=made, words=f"{kind} {start} {end} {witness}", title=made.title, next=back)


def table(ask: Ask) -> Response:
    """A table of the edition as a list; parameters of the address are columns with a value."""
    name = ask.path("table")
    if name not in TABLES:
        raise Missing
    wanted = {k: v for k, v in ask.request.query_params.items() if k not in ("after", "most")}
    after = ask.number("after", 0)
    try:
        found = ask.desk.open_store().rows(name, wanted, SIZE, after)
    except KeyError as error:
        columns = ", ".join(TABLES[name].schema().names)
        raise InputError(f"column {error.args[0][:40]}", f"is none of {name}", f"it has {columns}") from None
    path = f"/rows/{name}"
    before = f"{path}?{urlencode({**wanted, 'after': max(0, after - SIZE)})}" if after else None
    further = f"{path}?{urlencode({**wanted, 'after': after + SIZE})}" if after + SIZE < found.total else None
    text = (TABLES[name].__doc__ or "").split("\n")[0].replace("``", "")
    shown = [c for c in TABLES[name].schema().names if c not in ("text", "sha256") or name != "witnesses"][:COLUMNS]
    return page(
        ask, "table.html", title=name, name=name, text=text, page=found, wanted=wanted, columns=shown, before=before,
        after=further, can=name in KIND_OF, address=f"{path}?{urlencode(wanted)}" if wanted else path,
    )  # fmt: skip


# --- the queue ------------------------------------------------------------------------------------------------------


def queue(ask: Ask) -> Response:
    """The next row to be checked after a place in the queue; with ``part`` alone, for the script."""
    name, after = ask.query("table"), ask.number("after", 0)
    found = next_in_queue(ask, name, after, ask.number("at", 0))
    template = "queued.html" if ask.query("part") else "queue.html"
    context: dict[str, Any] = {"title": "To be checked", "current": "queue", "tables": QUEUED, "table": name}
    context |= {
        "part": True,
        "after": after,
        "before": 0,
        "last": _last(ask),
        "here": f"/queue?table={quote(name)}&after={after}",
    }
    if found is None:
        return page(ask, template, **context, card=None, place=0, left=0, question="", answers=[])
    made, place, question, left = found
    context |= {"card": made, "place": place, "left": left, "question": question, "before": max(0, place - 1)}
    store = ask.desk.open_store()
    listed = [(a.says, a.key, a.label, a) for a in answers(store, made, question)]
    return page(ask, template, **context, answers=listed, next=f"/queue?table={quote(name)}&after={place}")


def next_in_queue(ask: Ask, table: str, after: int, at: int = 0) -> tuple[Card, int, str, int] | None:
    """The card, the place, the question and how many are left; None where there is no further row.

    Rows that somebody has judged are passed over (with two readers those that the person has), but for the one at the
    place ``at``.
    """
    store = ask.desk.open_store()
    judged = ask.desk.docket.judged(ask.name if ask.desk.two_readers else None)
    listed = store.queue(table)
    left = len(listed) - sum(place in store.queued for place in judged if not table or place[0] == table)
    first = bisect_left(listed, at or after + 1, key=lambda one: one.place)
    for one in listed[first:]:
        if (one.table, one.key) not in judged or one.place == at:
            return card(store, ask.desk.docket, one.table, one.key), one.place, one.ask, left
    return None


def _last(ask: Ask) -> dict[str, Any] | None:
    """What the person decided last, where it stands."""
    one = ask.desk.docket.last(ask.name)
    return None if one is None else {"id": one.id, "said": ask.desk.docket.told(one)["said"]}


# --- deciding -------------------------------------------------------------------------------------------------------


async def decide(ask: Ask) -> Response:
    """Takes a decision from a form, and goes on to where the form says."""
    assert ask.user is not None
    user = ask.user
    made = await run_in_threadpool(lambda: ask.desk.decide(from_form(ask.fields()), user))
    ask.desk.tell(made)
    going = _local(ask.field("next"))
    if "application/json" in ask.request.headers.get("accept", ""):
        return JSONResponse({"decision": made.id, "said": ask.desk.docket.told(made)["said"], "next": going})
    return RedirectResponse(going, 303)


def decisions(ask: Ask) -> Response:
    """All decisions, the latest first, with the report."""
    docket = ask.desk.docket
    by, state, after = ask.query("by"), ask.query("state"), ask.number("after", 0)
    rows = docket.all()
    found = [r for r in reversed(rows) if by in ("", r["by"]) and state in ("", r["state"])]
    shown = [{**r, "places": docket.places(r["decision"])} for r in found[after : after + SIZE]]
    return page(
        ask, "decisions.html", title="Decisions", current="decisions", rows=shown, by=by, state=state,
        people=sorted({r["by"] for r in rows}), problems=docket.problems(), told=f"{len(found):,} decisions",
        report=list(report(docket.log.decisions).lines()), before=max(0, after - SIZE) if after else None,
        after=after + SIZE if after + SIZE < len(found) else None,
    )  # fmt: skip


# --- search ---------------------------------------------------------------------------------------------------------


def query_of(ask: Ask) -> Query:
    """The query of an address."""
    names = ("kind", "witness", "place", "verdict", "since", "until")
    return Query(ask.query("q"), *(ask.query(name).strip() for name in names))


def find(ask: Ask) -> Response:
    """The page of a search."""
    store, query, after = ask.desk.open_store(), query_of(ask), ask.number("after", 0)
    hits, total = search(store, query, SIZE, after)
    asked = query != Query()
    told = f"{total:,} found" if total <= COUNTED else f"more than {COUNTED:,} found"
    given = {k: v for k, v in ask.request.query_params.items() if k != "after" and v}
    turn = f"/search?{urlencode(given)}&after="
    places = store.all("SELECT place FROM found_places GROUP BY place ORDER BY COUNT(*) DESC, place LIMIT 200")
    return page(
        ask, "search.html", title="Search", current="search.html", query=query, hits=hits, after=after,
        told=told if asked else "Over all words of all accounts, events, names and titles.",
        sigla=store.sigla if len(store.sigla) <= 400 else {}, places=[p["place"] for p in places],
        verdicts=[s.value for s in Standing], search_kinds=SEARCHED, search_kinds_one={k: v for k, v in SEARCHED if k},
        page_before=turn + str(max(0, after - SIZE)), page_after=turn + str(after + SIZE), more=after + SIZE < total,
    )  # fmt: skip


# --- accounts and runs ----------------------------------------------------------------------------------------------


def start(ask: Ask, said: list[str] | None = None) -> Response:
    """The page to drop files on, with how far the reading is."""
    folder = ask.desk.uploads
    held = sorted(p.name for p in folder.iterdir()) if folder.is_dir() else []
    state = ask.desk.runs.state
    return page(
        ask, "start.html", title="Accounts", files=held, folder=str(folder), said=said or [],
        target=str(ask.desk.edition), going=state.state == RUNNING,
    )  # fmt: skip


async def accounts(ask: Ask) -> Response:
    """Takes dropped files in and reads them."""
    assert ask.form is not None
    kept, refused = await run_in_threadpool(received, ask.form, ask.desk.uploads, ask.desk.settings.upload_mb)
    if kept:
        _begin(ask)
    if "application/json" in ask.request.headers.get("accept", ""):
        return JSONResponse({"kept": kept, "refused": refused, "run": ask.desk.runs.state.to_dict()})
    return await run_in_threadpool(start, ask, refused) if refused else RedirectResponse("/start", 303)


async def make(ask: Ask) -> Response:
    """Makes the pages anew with all decisions."""
    _begin(ask)
    if "application/json" in ask.request.headers.get("accept", ""):
        return JSONResponse({"run": ask.desk.runs.state.to_dict()})
    return RedirectResponse(_local(ask.field("next"), "/start"), 303)


def _begin(ask: Ask) -> None:
    if not ask.desk.runs.begin(ask.desk.job(), ask.name):
        raise InputError("making", "is under way already", "wait for it; what you decided since comes with the next")


# --- logging in -----------------------------------------------------------------------------------------------------


def login(ask: Ask) -> Response:
    """The page to log in."""
    if ask.desk.users is None or ask.user is not None:
        return RedirectResponse(_local(ask.query("next")), 303)
    return page(ask, "login.html", title="Log in", said="", next=_local(ask.query("next")))


def enter(ask: Ask) -> Response:
    """Logs somebody in; a new session begins."""
    going = _local(ask.field("next"))
    said, status = enter_as(ask, ask.field("name"), ask.field("password"))
    if said:
        return page(ask, "login.html", status, title="Log in", said=said, next=going)
    return RedirectResponse(going, 303)


def enter_as(ask: Ask, name: str, password: str) -> tuple[str, int]:
    """Logs somebody in; gives a sentence and a status where that does not work, else nothing."""
    desk = ask.desk
    if desk.users is None:
        return "This edition is served to one person; there is nobody to log in.", 400
    client = ask.request.client.host if ask.request.client is not None else ""
    who = (f"name {name[:80]}", f"address {client}")
    wait = desk.sessions.wait(*who)
    if wait:
        return f"Too many attempts. Wait {wait} seconds and try again.", 429
    with_password = desk.users.check(name[:80], password[:1000])
    if with_password is None:
        desk.sessions.failed(*who)
        return "No user of that name has that password.", 403
    desk.sessions.succeeded(*who)
    if ask.session is not None:
        desk.sessions.end(ask.session)
    ask.cookie, ask.session = desk.sessions.begin(with_password.name)
    ask.user = with_password
    return "", 200


def leave(ask: Ask) -> Response:
    """Logs out."""
    if ask.session is not None:
        ask.desk.sessions.end(ask.session)
    ask.cookie, ask.session = ask.desk.sessions.begin(None)
    return RedirectResponse("/login", 303)
