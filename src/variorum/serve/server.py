"""The server: where it listens, whom it lets in, and how it begins and ends."""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn

from variorum.errors import ConfigError, EditionError
from variorum.serve.app import build_app
from variorum.serve.desk import Settings
from variorum.serve.guards import Guard
from variorum.serve.users import Users

__all__ = ["Server", "addresses", "bound", "run"]

FIRST = 8765
"""The port that is taken where it is free."""
NAMES = ("127.0.0.1", "localhost", "[::1]")


def is_loopback(host: str) -> bool:
    """True for names and addresses that only this machine reaches.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def addresses(host: str, port: int, given: tuple[str, ...]) -> frozenset[str]:
    """The hosts that requests may name: loopback, the one it listens on, and those of the addresses given.

    >>> sorted(addresses("127.0.0.1", 8765, ("https://edition.example.org",)))[-2:]
    ['edition.example.org', 'localhost:8765']
    """
    found = {f"{name}:{port}" for name in NAMES}
    if port == 80:
        found |= set(NAMES)
    for address in given:
        netloc = urlsplit(address if "//" in address else f"//{address}").netloc
        if not netloc or "@" in netloc:
            raise ConfigError(f"--address {address}", "is no address", "write https://edition.example.org")
        found.add(netloc.lower())
    if host not in ("0.0.0.0", "::") and not is_loopback(host):
        found.add(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    return frozenset(found)


def bound(host: str, port: int | None) -> socket.socket:
    """A socket that listens: on the port given, or else on the first that is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for wanted in [port] if port else [FIRST, *range(FIRST + 1, FIRST + 20), 0]:
        held = socket.socket(family)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            held.bind((host, wanted or 0))
            return held
        except OSError as error:
            held.close()
            if port:
                reason = error.strerror or str(error)
                raise ConfigError(
                    f"port {port} on {host}", f"cannot be had ({reason})", "choose another --port"
                ) from error
    raise ConfigError(host, "has no free port", "give one with --port")


def run(
    edition: Path,
    settings: Settings,
    host: str = "127.0.0.1",
    port: int | None = None,
    *,
    said: Callable[[str], None] = print,
    browser: bool = False,
) -> None:
    """Serves an edition until it is ended; ``said`` hears the address, ``browser`` opens it.

    Raises `ConfigError` where another host than loopback is asked for without users, and `EditionError` where another
    app serves the edition already.
    """
    _checked(host, settings)
    held = bound(host, port)
    number = held.getsockname()[1]
    hosts = addresses(host, number, settings.addresses)
    app = build_app(edition, settings, hosts)
    url = (
        settings.addresses[0]
        if settings.addresses
        else f"http://{'localhost' if is_loopback(host) else host}:{number}/"
    )
    with _alone(edition, url):
        logging.basicConfig(format="variorum: %(message)s")
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, lifespan="on", server_header=False, proxy_headers=False,
            timeout_graceful_shutdown=2, h11_max_incomplete_event_size=65_536,
        )  # fmt: skip
        Server(config, app, lambda: _told(edition, url, said, browser)).run(sockets=[held])


class Server(uvicorn.Server):
    """A server that says when it can be reached, and lets those go who listen to what goes on before it ends."""

    def __init__(self, config: uvicorn.Config, app: Guard, begun: Callable[[], None] = lambda: None) -> None:
        super().__init__(config)
        self._begun, self._desk = begun, app.app.state.desk  # type: ignore[attr-defined]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._begun()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._desk.hub.close()
        await super().shutdown(sockets)


def _told(edition: Path, url: str, said: Callable[[str], None], browser: bool) -> None:
    said(f"{edition.name} is served at {url} (Ctrl+C ends it)")
    if browser:
        threading.Thread(target=webbrowser.open, args=[url], daemon=True).start()


def _checked(host: str, settings: Settings) -> None:
    if is_loopback(host):
        return
    if settings.users is None:
        advice = "make a file with 'variorum users add NAME --users FILE' and give it with --users FILE"
        raise ConfigError(f"--host {host}", "lets others in, so it needs users", advice)
    if not Users(settings.users).all():
        advice = f"add one: variorum users add NAME --role editor --users {settings.users}"
        raise ConfigError(str(settings.users), "has no users", advice)


@contextlib.contextmanager
def _alone(edition: Path, url: str):  # type: ignore[no-untyped-def]
    """Holds the lock of the app on an edition; whoever comes second is told where the first is."""
    from variorum.edition.staging import beside, lock_file

    path = beside(edition) / "app.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    except OSError:  # nothing can be written here, so nothing can be decided twice
        yield
        return
    with file:
        try:
            lock_file(file.fileno())
        except OSError as error:
            file.seek(0)
            there = file.read(300).strip() or "another process"
            raise EditionError(str(edition), f"is served already, at {there}", "open that, or end it first") from error
        file.seek(0)
        file.truncate()
        file.write(url)
        file.flush()
        yield
