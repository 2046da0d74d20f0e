"""An edition on the disk without a run, and the app on it, for the tests of `variorum.serve`."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import uvicorn
from starlette.testclient import TestClient

import edition_maker
from variorum import site
from variorum.config import Config
from variorum.serve.app import build_app
from variorum.serve.desk import Settings
from variorum.serve.server import Server, addresses, bound

HOST = "testserver"


def edition(folder: Path, tables: Mapping[str, pa.Table] | None = None, key: str = "3f9c1e") -> Path:
    """Writes an edition of these tables (the small ferry story by default) into a folder."""
    tables = tables or edition_maker.small()
    (folder / "tables").mkdir(parents=True)
    assert site.publish(tables, folder, {"title": "Maid of Asker and Tolven", "edition": key}, Config()) == []
    for name, data in tables.items():
        pq.write_table(data, folder / "tables" / f"{name}.parquet")
    manifest = {
        "key": key,
        "whole": True,
        "options": {"title": "Maid of Asker and Tolven"},
        "rows": {n: d.num_rows for n, d in tables.items()},
        "variorum": "0",
    }
    (folder / "edition.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


class Client:
    """A person at the app: a session, its token, and the usual requests."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.token = ""

    def begin(self) -> Client:
        self.token = self.client.get("/api/session").json()["token"]
        return self

    def enter(self, name: str, password: str) -> Any:
        answer = self.client.post("/api/session", json={"name": name, "password": password}, headers=self.head())
        if answer.status_code == 200:
            self.token = answer.json()["token"]
        return answer

    def head(self, **more: str) -> dict[str, str]:
        return {"x-variorum-token": self.token, **more}

    def get(self, path: str, **given: Any) -> Any:
        return self.client.get(path, **given)

    def decide(self, says: str, *rows: tuple[str, str], **more: Any) -> Any:
        body = {"says": says, "rows": [{"table": t, "row": r} for t, r in rows], **more}
        return self.client.post("/api/decisions", json=body, headers=self.head())


@contextmanager
def served(folder: Path, **settings: Any) -> Iterator[Client]:
    """The app on an edition, in this process, as one person on this machine meets it."""
    app = build_app(folder, Settings(**{"me": "Anna", **settings}), {HOST})
    with TestClient(app, base_url=f"http://{HOST}", raise_server_exceptions=False, follow_redirects=False) as client:  # type: ignore[arg-type]
        waiting(client)
        yield Client(client).begin()


def waiting(client: TestClient, seconds: float = 20.0) -> None:
    """Waits until the index is made."""
    end = time.monotonic() + seconds
    while client.get("/api/session").json()["edition"] is None:
        if not (client.app.app.state.desk.is_made):  # type: ignore[attr-defined]
            return
        assert time.monotonic() < end, "no index"
        time.sleep(0.02)


@contextmanager
def listening(folder: Path, **settings: Any) -> Iterator[str]:
    """The app on an edition, on a port of this machine; gives its address."""
    held = bound("127.0.0.1", None)
    port = held.getsockname()[1]
    app = build_app(folder, Settings(**{"me": "Anna", **settings}), addresses("127.0.0.1", port, ()))
    server = Server(uvicorn.Config(app, log_level="error", lifespan="on", timeout_graceful_shutdown=1), app)  # type: ignore[arg-type]
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    end = time.monotonic() + 20
    desk = app.app.state.desk  # type: ignore[attr-defined]
    while not server.started or (desk.is_made and desk.store is None):
        assert time.monotonic() < end
        time.sleep(0.02)
    try:
        yield f"http://localhost:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
