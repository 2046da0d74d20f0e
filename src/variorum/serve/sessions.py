"""Sessions and attempts to log in, in SQLite beside the edition: who is in, and who has to wait.

Only hashes of the cookies are kept. A login begins a new session, so that a cookie that somebody else set is worth
nothing. Failed attempts slow the next ones down, for a name and for an address.
"""

from __future__ import annotations

import hashlib
import math
import secrets
import sqlite3
import threading
import time
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Session", "Sessions"]

LASTS = 14 * 86400
"""Seconds that a session lasts without being used."""
FREE = 5
"""Failed attempts before one has to wait."""
LONGEST = 900
"""Seconds that one has to wait at most."""
FORGIVEN = 3600
"""Seconds after which failed attempts are forgotten."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session: whose it is (None: nobody has logged in), and the token that its forms carry."""

    key: str
    user: str | None
    token: str


class Sessions:
    """The sessions of one app."""

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, Session] = {}
        self._base = sqlite3.connect(path, check_same_thread=False)
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = NORMAL")
        with self._base:
            self._base.execute(
                "CREATE TABLE IF NOT EXISTS sessions (key TEXT PRIMARY KEY, user TEXT, token TEXT, seen REAL)"
            )
            self._base.execute("CREATE TABLE IF NOT EXISTS attempts (who TEXT PRIMARY KEY, failed INTEGER, at REAL)")
            self._base.execute("DELETE FROM sessions WHERE seen < ?", (time.time() - LASTS,))

    def get(self, cookie: str | None) -> Session | None:
        """The session of a cookie, or None where there is none or it has run out."""
        if not cookie or len(cookie) > 200:
            return None
        key = _hash(cookie)
        with self._lock:
            held = self._held.get(key)
            if held is not None:
                return held
            row = self._base.execute("SELECT user, token, seen FROM sessions WHERE key = ?", (key,)).fetchone()
            if row is None or row[2] < time.time() - LASTS:
                return None
            with self._base:
                self._base.execute("UPDATE sessions SET seen = ? WHERE key = ?", (time.time(), key))
            self._held[key] = Session(key, row[0], row[1])
            return self._held[key]

    def begin(self, user: str | None) -> tuple[str, Session]:
        """A new session with its cookie."""
        cookie = secrets.token_urlsafe(32)
        session = Session(_hash(cookie), user, secrets.token_urlsafe(24))
        with self._lock, self._base:
            row = (session.key, user, session.token, time.time())
            self._base.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", row)
            if len(self._held) > 10_000:
                self._held.clear()
            self._held[session.key] = session
        return cookie, session

    def end(self, session: Session) -> None:
        """Ends a session."""
        with self._lock, self._base:
            self._base.execute("DELETE FROM sessions WHERE key = ?", (session.key,))
            self._held.pop(session.key, None)

    # --- attempts ---

    def wait(self, *who: str) -> int:
        """Seconds until the next attempt of these may be made; 0 when it may be made now."""
        with self._lock:
            return max((self._wait(one) for one in who), default=0)

    def _wait(self, who: str) -> int:
        row = self._base.execute("SELECT failed, at FROM attempts WHERE who = ?", (who,)).fetchone()
        if row is None or row[0] < FREE:
            return 0
        until = float(row[1]) + min(LONGEST, 1 << min(20, int(row[0]) - FREE + 1))
        return max(0, math.ceil(until - time.time()))

    def failed(self, *who: str) -> None:
        """Counts a failed attempt."""
        now = time.time()
        with self._lock, self._base:
            self._base.execute("DELETE FROM attempts WHERE at < ?", (now - FORGIVEN,))
            for one in who:
                self._base.execute(
                    "INSERT INTO attempts VALUES (?, 1, ?) ON CONFLICT (who) DO UPDATE SET failed = failed + 1, at = ?",
                    (one, now, now),
                )

    def succeeded(self, *who: str) -> None:
        """Forgets failed attempts."""
        with self._lock, self._base:
            self._base.executemany("DELETE FROM attempts WHERE who = ?", ((one,) for one in who))

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._base.close()


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
