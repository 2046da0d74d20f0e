"""The app as a whole: its pages, the API, the edition's files, and the guard before all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from importlib.resources import files as resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from variorum.edition import MANIFEST, Edition
from variorum.serve import api, choosing, views
from variorum.serve.ask import Ask, Missing, Route, mounted
from variorum.serve.desk import Desk, Settings
from variorum.serve.guards import Guard, TooLarge, broken, policy, too_large

__all__ = ["build_app"]

SMALL = 1_000_000
"""Bytes that a request without files may have."""
OWN = {"app.css": "text/css", "app.js": "text/javascript", "variorum.css": "text/css"}
"""Files of the app itself."""


def own(ask: Ask) -> Response:
    """The app's style and script."""
    name = ask.path("name")
    if name not in OWN:
        raise Missing
    room = "site" if name == "variorum.css" else "serve"
    path = Path(str(resources("variorum") / room / "static" / name))
    return FileResponse(path, headers={"content-type": f"{OWN[name]}; charset=utf-8", "cache-control": "no-cache"})


PAGES: tuple[Route, ...] = (
    Route("GET", "/app/{name}", "The app's style and script", own, "all"),
    Route("GET", "/login", "Log in", views.login, "all"),
    Route("POST", "/login", "Log in", views.enter, "all"),
    Route("POST", "/logout", "Log out", views.leave, "all"),
    Route("GET", "/queue", "What is to be checked", views.queue),
    Route("GET", "/search", "Search", views.find),
    Route("GET", "/search.html", "Search", views.find),
    Route("GET", "/select", "A part of the edition by words", choosing.select),
    Route("GET", "/export", "A part of the edition as a file", choosing.exported, "make"),
    Route("GET", "/decisions", "Decisions", views.decisions),
    Route("POST", "/decide", "Take a decision", views.decide, "decide"),
    Route("GET", "/rows/{table}", "A table", views.table),
    Route("GET", "/rows/{table}/{key:path}", "A row and its history", views.row),
    Route("GET", "/mark", "Add a mention that was missed", views.mark, "decide"),
    Route("GET", "/start", "Add accounts", views.start),
    Route("POST", "/accounts", "Add accounts", views.accounts, "make", files=True),
    Route("POST", "/make", "Make the pages anew", views.make, "make"),
)
FILES: tuple[Route, ...] = (
    Route("GET", "/", "The edition", views.file),
    Route("GET", "/{path:path}", "The edition", views.file),
)


async def _too_large(request: Request, error: Exception) -> Response:
    return too_large()


async def _broken(request: Request, error: Exception) -> Response:
    return broken(request.url.path, error)


def build_app(edition: Path, settings: Settings, hosts: Collection[str]) -> Guard:
    """The app that serves an edition; ``hosts`` are the addresses that it answers to."""
    desk = Desk(edition, settings)

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        await desk.begin()
        try:
            yield
        finally:
            await desk.end()

    listed = [mounted(route, desk, views.failed) for route in (*PAGES, *api.ROUTES, *FILES)]
    inner = Starlette(routes=listed, lifespan=life, exception_handlers={TooLarge: _too_large, Exception: _broken})
    inner.state.desk = desk
    tiles = Edition(edition).manifest.get("options", {}).get("tiles") if (edition / MANIFEST).is_file() else None
    upload = settings.upload_mb * 1_000_000 * 4

    def large(path: str) -> int:
        return upload if path == "/accounts" else SMALL

    return Guard(inner, hosts, large, policy(tiles))
