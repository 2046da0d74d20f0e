"""One request as a handler sees it: who asks, in which session, with what; and how answers and errors go out.

Handlers are plain functions from an `Ask` to an answer. What they may be asked by whom is said where they are listed
(`Route`), and nothing else reaches them: not without a session's token where something is changed, not without a role.
"""

from __future__ import annotations

import hmac
import inspect
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route as Mount

from variorum.errors import EditionError, InputError, VariorumError
from variorum.serve.desk import Desk
from variorum.serve.guards import TooLarge
from variorum.serve.sessions import Session
from variorum.serve.users import User

__all__ = ["Ask", "Missing", "Route", "mounted"]

Handler = Callable[["Ask"], Any]
TOKEN = "x-variorum-token"
CHANGES = ("POST", "DELETE", "PUT")


class Missing(Exception):
    """There is nothing at this address."""


@dataclass(frozen=True, slots=True)
class Route:
    """An address: its method, what it is for, who may ask, what it reads, and its handler.

    ``may`` is a right of `variorum.serve.users.MAY`, or ``all`` for those who have not logged in. ``query`` has the
    names of parameters with their meaning, ``body`` the model of a JSON body, ``answer`` says what comes back.
    """

    method: str
    path: str
    text: str
    handler: Handler
    may: str = "read"
    query: dict[str, str] = field(default_factory=dict)
    body: type[BaseModel] | None = None
    answer: str = "JSON"
    files: bool = False

    @property
    def is_json(self) -> bool:
        """True for addresses of the JSON API."""
        return self.path.startswith("/api/") or self.path == "/openapi.json"


@dataclass
class Ask:
    """A request: the desk, who asks, the session, and what came with it."""

    desk: Desk
    request: Request
    user: User | None
    session: Session | None
    cookie: str | None = None
    form: FormData | None = None
    data: Any = None

    @property
    def name(self) -> str:
        """Who asks."""
        return self.user.name if self.user is not None else ""

    @property
    def token(self) -> str:
        """The token that forms of this session carry."""
        return self.session.token if self.session is not None else ""

    def query(self, name: str, usual: str = "") -> str:
        """A parameter of the address, at most 2000 letters of it."""
        return self.request.query_params.get(name, usual)[:2000]

    def number(self, name: str, usual: int) -> int:
        """A number in the address, never below 0; raises `InputError` where it is none."""
        text = self.query(name) or str(usual)
        if not text.isdigit() or len(text) > 9:
            raise InputError(name, f"{text[:20]!r} is no number")
        return int(text)

    def path(self, name: str) -> str:
        """A part of the address."""
        return str(self.request.path_params[name])

    def fields(self) -> list[tuple[str, str]]:
        """The fields of a form, files left out."""
        return [(name, value) for name, value in (self.form or FormData()).multi_items() if isinstance(value, str)]

    def field(self, name: str) -> str:
        """A field of a form."""
        return next((value for key, value in self.fields() if key == name), "")


def mounted(route: Route, desk: Desk, failed: Callable[[Ask, str, int], Response]) -> Mount:
    """A route as Starlette takes it; ``failed`` makes the page of an error."""

    async def endpoint(request: Request) -> Response:
        ask = _asked(route, desk, request)
        try:
            answer = await _answered(route, ask)
        except TooLarge:
            raise
        except Exception as error:
            told = _told(error)
            if told is None:
                raise
            answer = _error(route, ask, told, failed)
        if ask.cookie is not None:
            _set_cookie(answer, ask)
        return answer

    return Mount(route.path, endpoint, methods=[route.method])


def cookie_name(desk: Desk) -> str:
    """The name of the cookie: of this edition, as cookies of all ports of a machine lie together."""
    return f"variorum-{abs(hash_of(str(desk.edition))):08x}"


def hash_of(text: str) -> int:
    """A small number that is the same in every run."""
    number = 0
    for sign in text:
        number = (number * 131 + ord(sign)) & 0xFFFFFFFF
    return number


def _asked(route: Route, desk: Desk, request: Request) -> Ask:
    session = desk.sessions.get(request.cookies.get(cookie_name(desk)))
    cookie = None
    if session is None and request.method == "GET" and (not route.is_json or route.path == "/api/session"):
        cookie, session = desk.sessions.begin(None)
    user: User | None = User(desk.settings.me, "editor")
    if desk.users is not None:
        user = desk.users.get(session.user) if session is not None and session.user else None
    return Ask(desk, request, user, session, cookie)


async def _answered(route: Route, ask: Ask) -> Response:
    if route.may != "all" and ask.user is None:
        if route.is_json:
            return JSONResponse({"error": "log in first: POST /api/session"}, 401)
        back = ask.request.url.path + (f"?{ask.request.url.query}" if ask.request.url.query else "")
        return RedirectResponse(f"/login?next={quote(back)}", 303)
    if route.may != "all" and ask.user is not None and not ask.user.may(route.may):
        raise PermissionError(f"{ask.user.name} is a {ask.user.role} here, and that is for others")
    if route.method in CHANGES:
        await _read(route, ask)
    answer = await _called(route.handler, ask)
    return answer if isinstance(answer, Response) else JSONResponse(answer)


async def _called(handler: Handler, ask: Ask) -> Any:
    if inspect.iscoroutinefunction(handler):
        made: Awaitable[Any] = handler(ask)
        return await made
    return await run_in_threadpool(handler, ask)


async def _read(route: Route, ask: Ask) -> None:
    """The body of a request that changes something; it must carry the session's token."""
    given = ask.request.headers.get(TOKEN, "")
    if given or route.is_json:
        _check_token(ask, given)
    if not route.is_json:
        limits = {"max_files": 1000 if route.files else 0, "max_fields": 1000, "max_part_size": 1_000_000}
        ask.form = await ask.request.form(**limits)
        _check_token(ask, given or ask.field("token"))
        return
    body = await ask.request.body()
    try:
        ask.data = json.loads(body) if body else {}
    except (ValueError, RecursionError):
        raise InputError("the request", "is not JSON") from None


def _check_token(ask: Ask, given: str) -> None:
    if not ask.token or not hmac.compare_digest(given.encode(), ask.token.encode()):
        raise PermissionError("this form is of another session or too old: load the page again")


def _told(error: Exception) -> tuple[str, int] | None:
    """The sentence and the status of an error that is for the person who asks; None for all others."""
    if isinstance(error, Missing):
        return "There is nothing at this address.", 404
    if isinstance(error, PermissionError) and not error.errno:
        return str(error), 403
    if isinstance(error, InputError):
        return str(error), 404 if "there is no such" in error.what else 400
    if isinstance(error, EditionError):
        return str(error), 503
    if isinstance(error, VariorumError):
        return str(error), 400
    return None


def _error(route: Route, ask: Ask, told: tuple[str, int], failed: Callable[[Ask, str, int], Response]) -> Response:
    sentence, status = told
    return JSONResponse({"error": sentence}, status) if route.is_json else failed(ask, sentence, status)


def _set_cookie(answer: Response, ask: Ask) -> None:
    answer.set_cookie(
        cookie_name(ask.desk), ask.cookie or "", max_age=14 * 86400, path="/", httponly=True, samesite="lax",
        secure=ask.desk.settings.secure,
    )  # fmt: skip
