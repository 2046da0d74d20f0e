"""Firefox as Debian has it, driven by WebDriver BiDi over its own port: no driver program and no other build is needed."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import connect

__all__ = ["FIREFOX", "Firefox", "firefox"]

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
KEYS = {"Enter": "\ue006", "Escape": "\ue00c", "Tab": "\ue004"}


class Firefox:
    """One window: open, evaluate, press, wait."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.call("session.new", {"capabilities": {}})
        self.call("session.subscribe", {"events": ["log.entryAdded"]})
        self.said: list[str] = []
        self._window = self.call("browsingContext.getTree", {})["contexts"][0]["context"]

    def call(self, method: str, params: dict[str, Any]) -> Any:
        """One command and its answer; what the console says meanwhile is kept."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            told = json.loads(self._socket.recv(timeout=60))
            if told.get("method") == "log.entryAdded" and told["params"]["level"] in ("error", "warn"):
                self.said.append(str(told["params"]["text"]))
            if told.get("id") == number:
                assert told["type"] == "success", told
                return told["result"]

    def open(self, address: str) -> None:
        """Goes to a page and waits for it."""
        self.call("browsingContext.navigate", {"context": self._window, "url": address, "wait": "complete"})
        self.call("browsingContext.activate", {"context": self._window})

    def evaluate(self, script: str) -> Any:
        """The value of an expression on the page: text, a number, true or false."""
        params = {"expression": script, "target": {"context": self._window}, "awaitPromise": True}
        told = self.call("script.evaluate", params)
        assert told["type"] == "success", told
        return told["result"].get("value")

    def until(self, script: str, seconds: float = 20) -> None:
        """Waits until an expression is true."""
        end = time.monotonic() + seconds
        while not self.evaluate(f"Boolean({script})"):
            assert time.monotonic() < end, script
            time.sleep(0.05)

    def press(self, keys: str) -> None:
        """Types keys, one after the other; a name (Enter, Escape, Tab) is one key."""
        listed = [KEYS[keys]] if keys in KEYS else list(keys)
        actions = [{"type": kind, "value": key} for key in listed for kind in ("keyDown", "keyUp")]
        pressed = [{"type": "key", "id": "keyboard", "actions": actions}]
        self.call("input.performActions", {"context": self._window, "actions": pressed})


@contextmanager
def firefox() -> Iterator[Firefox]:
    """A running Firefox without a screen, with a profile of its own."""
    assert FIREFOX is not None
    with tempfile.TemporaryDirectory() as profile:
        command = [FIREFOX, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]
        running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            assert running.stderr is not None
            found = next(m for line in running.stderr if (m := re.search(r"BiDi listening on (ws://\S+)", line)))
            with connect(f"{found[1]}/session", max_size=None, compression=None) as socket:
                yield Firefox(socket)
        finally:
            running.terminate()
            running.wait(20)
