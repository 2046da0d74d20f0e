"""What every request passes: the address it came to, the page it came from, its size; and what every answer carries.

A page of another origin cannot write here: requests that change something must come from a page of this app
(``Origin``, ``Sec-Fetch-Site``) and carry its session's token. A name that somebody points at this machine (DNS
rebinding) is not one of the addresses that are answered.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Guard", "TooLarge", "broken", "policy", "too_large"]

log = logging.getLogger("variorum.serve")
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))


class TooLarge(Exception):
    """A request is larger than is read."""


def policy(tiles: str | None = None) -> str:
    """The content security policy of every answer: nothing from elsewhere, no script or style in a page.

    >>> "unsafe" in policy(), "connect-src 'self'" in policy()
    (False, True)
    """
    images = "'self' data:" + (" " + "/".join(tiles.split("/")[:3]) if tiles else "")
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src {images}; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    )


def too_large() -> PlainTextResponse:
    """The answer to a request that is larger than is read."""
    return PlainTextResponse("This is larger than is read here.", 413, {"connection": "close"})


def broken(path: str, error: Exception) -> PlainTextResponse:
    """The answer where something went wrong here: a number, under which it is noted on standard error."""
    number = secrets.token_hex(4)
    log.error("request %s to %s failed", number, path, exc_info=error)
    return PlainTextResponse(f"Something went wrong here. It is noted as {number} where the app was started.", 500)


class Guard:
    """The outermost layer of the app.

    ``hosts`` are the addresses (host or host:port) that are answered; ``large`` says for a path how many bytes a
    request may have.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str], large: Callable[[str], int], policy: str) -> None:
        self.app, self.hosts, self.large = app, frozenset(h.lower() for h in hosts), large
        self.carried = {
            "content-security-policy": policy,
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "referrer-policy": "same-origin",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        begun = False  # an answer has begun: nothing else can be said

        async def sending(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                carried = MutableHeaders(scope=message)
                for name, value in self.carried.items():
                    carried.setdefault(name, value)
            await send(message)

        refused = self._refused(scope, headers)
        try:
            if refused is not None:
                await refused(scope, receive, sending)
                return
            await self.app(scope, self._counted(receive, self.large(scope["path"])), sending)
        except Exception as error:  # told and noted already where an answer has begun
            if not begun:
                await broken(scope["path"], error)(scope, receive, sending)

    def _refused(self, scope: Scope, headers: Headers) -> PlainTextResponse | None:
        """The answer to a request that does not come in; None where it does."""
        if headers.get("host", "").lower() not in self.hosts or len(headers.getlist("host")) != 1:
            return PlainTextResponse("The edition is not served at this address.", 421)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.large(scope["path"]):
            return too_large()
        if scope["method"] in SAFE:
            return None
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and urlsplit(origin).netloc.lower() not in self.hosts:
            return PlainTextResponse("This was sent from a page of another origin, which cannot write here.", 403)
        if site is not None and site not in ("same-origin", "none"):
            return PlainTextResponse("This was sent from a page of another origin, which cannot write here.", 403)
        return None

    @staticmethod
    def _counted(receive: Receive, most: int) -> Receive:
        read = 0

        async def counting() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise TooLarge
            return message

        return counting
