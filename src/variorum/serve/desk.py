"""The app's state: one edition, its index, its decisions, its users, and what goes on with it."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from variorum.edition import MANIFEST, Edition
from variorum.edition.collate import MADE_FROM
from variorum.edition.staging import beside
from variorum.errors import ConfigError, EditionError, InputError, VariorumError
from variorum.review.grammar import Decision
from variorum.review.log import Draft
from variorum.review.subjects import about_rows, about_words
from variorum.serve.docket import Docket
from variorum.serve.hub import Hub
from variorum.serve.index import build, is_fresh
from variorum.serve.runs import Runs, State, worker
from variorum.serve.saying import Said
from variorum.serve.sessions import Sessions
from variorum.serve.store import Store
from variorum.serve.users import User, Users

__all__ = ["Desk", "Settings"]


log = logging.getLogger("variorum.serve")
FEW = 20_000
"""Rows of an edition up to which its index is made at once, in this process."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the app is served: who may come in, from where, and what it may read."""

    users: Path | None = None
    me: str = "somebody"
    addresses: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    upload_mb: int = 500
    secure: bool = False


class Desk:
    """Everything that requests ask for; made once, before the first."""

    def __init__(self, edition: Path, settings: Settings) -> None:
        self.edition = edition.absolute()
        self.settings = settings
        self.hub = Hub()
        self.users = Users(settings.users) if settings.users is not None else None
        self.folder, self.writable = _folder(self.edition)
        self.sessions = Sessions(self.folder / "app.sqlite")
        self.index = self.folder / "index.sqlite"
        self.runs = Runs(self._heard, self._made)
        self.store: Store | None = None
        self.docket = Docket(self.edition)
        self.title, self.fault = "", ""
        self.two_readers = False
        self._building: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None

    # --- its life ---

    async def begin(self) -> None:
        """Opens the edition that is there, and watches the log for what others write."""
        await self.open()
        self._watching = asyncio.create_task(self._watch())

    async def end(self) -> None:
        """Ends what was begun."""
        self.hub.close()
        for task in (self._watching, self._building):
            if task is not None:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
        await self.runs.stop()
        self.sessions.close()

    @property
    def is_made(self) -> bool:
        """True when there is an edition."""
        return (self.edition / MANIFEST).is_file()

    async def open(self) -> None:
        """Opens the index of the edition as it stands; where it is stale it is made beside, and the old one serves."""
        if not self.is_made:
            return
        edition = Edition(self.edition)
        self.title = _title(self.edition)
        self.two_readers = bool(edition.manifest.get("options", {}).get("two_readers"))
        self.docket.reopen()
        fresh = await asyncio.to_thread(is_fresh, self.index, edition)
        if fresh:
            self.store = Store(self.index)
        elif self._building is None or self._building.done():
            self._building = asyncio.create_task(self._build(edition))

    async def _build(self, edition: Edition) -> None:
        try:
            if sum(edition.manifest.get("rows", {}).values()) < FEW:
                await asyncio.to_thread(build, edition, self.index)
            else:  # in a process of its own, which keeps this one small and quick
                await _built({"edition": str(self.edition), "index": str(self.index)})
            self.store, self.fault = Store(self.index), ""
        except (VariorumError, OSError, sqlite3.Error, ValueError, KeyError) as error:
            advice = "collate it again with this version of the program"
            self.fault = f"cannot be searched and reviewed ({error}); {advice}"
            log.error("the edition %s", self.fault)
            return
        self.hub.tell("edition", key=self.store.edition)

    async def _made(self) -> None:
        await self.open()
        self.hub.tell("edition", key=str(Edition(self.edition).manifest.get("key", "")))
        self.hub.tell("waiting", count=self.docket.waiting())

    async def _heard(self, state: State) -> None:
        self.hub.tell("run", **state.to_dict())

    async def _watch(self) -> None:
        """Hears of decisions that the command line or another app wrote."""
        while True:
            await asyncio.sleep(1.0)
            with suppress(EditionError):
                for one in await asyncio.to_thread(self.docket.refresh):
                    self.tell(one)

    # --- decisions ---

    def about(self, said: Said) -> dict[str, Any]:
        """What a decision is about, in words, from the rows or stretches that it names."""
        if said.decision:
            self.docket.get(said.decision)
            return {"kind": "decision", "decision": said.decision}
        store = self.open_store()
        if said.rows:
            rows = [(one.table, one.row) for one in said.rows]
            about = about_rows(store, said.says, rows, said.off)
            return _with_forms(about, said.forms)
        if said.words:
            spans = [(one.witness, one.start, one.end) for one in said.words]
            return about_words(store, said.words[0].kind, spans)
        raise InputError("decision", "is about nothing", "name a row, words, or a decision")

    def decide(self, said: Said, user: User) -> Decision:
        """Takes a decision; it is on the disk when it is given back."""
        if not self.writable:
            raise EditionError(str(self.edition.parent), "cannot be written, so nothing can be decided here")
        key = self.store.edition if self.store is not None else ""
        if said.says == "undo":
            target = self.docket.get(said.decision)
            if target.by != user.name and not user.may("make"):
                raise PermissionError("a decision of another person is taken back by an editor")
        draft = Draft(user.name, self.about(said), said.says, said.value, said.why, said.replaces, key)
        [made] = self.docket.add([draft])
        return made

    def tell(self, one: Decision) -> None:
        """Tells everybody of a decision; from the event loop."""
        rows = [list(place) for place in self.docket.places(one.id)]
        told = self.docket.told(one)
        self.hub.tell("decision", decision=one.id, by=one.by, said=told["said"], rows=rows)
        self.hub.tell("waiting", count=self.docket.waiting())

    def open_store(self) -> Store:
        """The index; raises `EditionError` in a sentence while there is none."""
        if self.store is None:
            what = "is being made; look again in a moment" if self.is_made else "is not there yet: add accounts first"
            raise EditionError("the edition", self.fault or what)
        return self.store

    # --- making ---

    def accounts(self) -> list[str]:
        """The files and folders that the edition is made of: those that are known, and those that were added here."""
        known = list(self.settings.accounts) or [str(p) for p in made_from(self.edition).get("accounts", [])]
        own = self.uploads
        if own.is_dir() and any(own.iterdir()) and str(own) not in known:
            known.append(str(own))
        return known

    @property
    def uploads(self) -> Path:
        """Where files that were dropped on the page go."""
        return self.edition.parent / f"{self.edition.name}.accounts"

    def job(self) -> dict[str, Any]:
        """What the worker is to do; raises `EditionError` where it is not known from what."""
        accounts = self.accounts()
        missing = [path for path in accounts if not Path(path).exists()]
        if not accounts or missing:
            what = (
                f"its accounts are not where they were ({', '.join(missing[:3])})" if missing else "has no accounts yet"
            )
            advice = f"start again with: variorum serve {self.edition.name} --accounts PATH" if missing else "add some"
            raise EditionError(self.edition.name, what, advice)
        options = {**made_from(self.edition).get("options", {}), **self.settings.options}
        return {
            "accounts": accounts, "edition": str(self.edition), "index": str(self.index), "options": options,
        }  # fmt: skip


async def _built(job: dict[str, str]) -> None:
    child = await worker(job)
    told, _ = await child.communicate()
    last = json.loads(told.decode().splitlines()[-1] if told else "{}")
    if "error" in last or child.returncode:
        raise ValueError(last.get("error", "the process that makes the index was ended"))


def _with_forms(about: dict[str, Any], forms: Iterable[str]) -> dict[str, Any]:
    """The names of a decision with some forms told apart: they come after those that stay."""
    apart = list(forms)
    if not apart or "names" not in about:
        return about
    kind = about["names"][0]["kind"]
    stay = [name for name in about["names"] if name["form"] not in apart][:1]
    if not stay:
        raise InputError("names", "some forms stay and some go", "leave one of them")
    return {**about, "names": [*stay, *({"form": form, "kind": kind} for form in apart)]}


def made_from(edition: Path) -> dict[str, Any]:
    """The accounts and options that an edition was made with, as the run has noted them beside it."""
    try:
        held = json.loads((beside(edition) / MADE_FROM).read_text(encoding="utf-8"))
        return held if isinstance(held, dict) else {}
    except (OSError, ValueError):
        return {}


def _folder(edition: Path) -> tuple[Path, bool]:
    """The folder for the app's own files, beside the edition or, where that cannot be written, elsewhere."""
    folder = beside(edition)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder, True
    except OSError:
        if not (edition / MANIFEST).is_file():
            raise ConfigError(
                str(edition.parent), "cannot be written", "choose another place for the edition"
            ) from None
        return Path(tempfile.mkdtemp(prefix="variorum-")), False


def _title(edition: Path) -> str:
    manifest = Edition(edition).manifest
    given = manifest.get("options", {}).get("title")
    count = manifest.get("rows", {}).get("witnesses", 0)
    return str(given) if given else f"An edition of {count} accounts"
