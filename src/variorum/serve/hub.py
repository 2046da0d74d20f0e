"""What the app tells all who look at it, as server-sent events: decisions, who is where, how far a run is."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

__all__ = ["Hub"]

BEHIND = 200
"""Events that a reader may be behind; one that is further behind is let go, and asks anew."""
STAYS = 45.0
"""Seconds that somebody counts as here after the last sign."""


class Hub:
    """Readers of events, and who is here."""

    def __init__(self) -> None:
        self._readers: set[asyncio.Queue[str | None]] = set()
        self._here: dict[str, dict[str, tuple[float, str]]] = {}

    def tell(self, event: str, **data: Any) -> None:
        """Tells everybody, from the event loop."""
        message = f"event: {event}\ndata: {json.dumps(data)}\n\n"
        for reader in list(self._readers):
            if reader.qsize() >= BEHIND:
                self._readers.discard(reader)
                reader.put_nowait(None)
            else:
                reader.put_nowait(message)

    async def read(self) -> AsyncIterator[str]:
        """The events from now on; a comment now and then keeps the line open."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._readers.add(queue)
        try:
            yield "retry: 3000\n\n"
            while True:
                try:
                    message = await asyncio.wait_for(queue.get(), 15)
                except TimeoutError:
                    message = ": here\n\n"
                if message is None:
                    return
                yield message
        finally:
            self._readers.discard(queue)

    def close(self) -> None:
        """Lets all readers go."""
        for reader in self._readers:
            reader.put_nowait(None)
        self._readers.clear()

    # --- who is here ---

    def here(self, session: str, user: str, row: str) -> None:
        """Notes that somebody looks at a row (or at a page)."""
        before = self.people()
        self._here.setdefault(user, {})[session] = (time.monotonic(), row)
        if self.people() != before:
            self.tell("here", people=self.people())

    def people(self) -> dict[str, list[str]]:
        """Who is here, and at which rows."""
        late = time.monotonic() - STAYS
        made: dict[str, list[str]] = {}
        for user, sessions in list(self._here.items()):
            for session in [s for s, (at, _) in sessions.items() if at < late]:
                del sessions[session]
            if sessions:
                made[user] = sorted({row for _, row in sessions.values()})
            else:
                del self._here[user]
        return dict(sorted(made.items()))
