"""The log of decisions: a text file beside the edition, one JSON object a line, that is only ever added to.

A decision is confirmed when it is on the disk (fsync). A line that was torn by a crash was never confirmed: it stays in
the file, is said, and harms nothing. Several programs may write at once; each takes the file's lock and first reads
what the others wrote. The order is that of the numbers ``n``, not of the clocks.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from variorum import __version__
from variorum.errors import EditionError, InputError
from variorum.review.grammar import GRAMMAR, Decision, checked, in_words

__all__ = ["COPY", "Draft", "Log", "log_of"]

COPY = "review.jsonl"
"""The name of the copy inside an edition."""
LONGEST = 4_000_000
"""Bytes of the longest line that is read."""


def log_of(edition: Path) -> Path:
    """The log beside an edition.

    >>> log_of(Path("out/ferry/")).as_posix()
    'out/ferry.review.jsonl'
    """
    folder = edition if edition.name not in ("", ".", "..") else edition.resolve()
    return folder.parent / f"{folder.name}.review.jsonl"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person says, before it has its number: the log adds id, number and time."""

    by: str
    about: Mapping[str, Any]
    says: str
    value: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""
    replaces: Sequence[str] = ()
    edition: str = ""


@dataclass
class Log:
    """A log on the disk and what is known of it; ``path`` need not exist: then nothing was decided yet.

    ``decisions`` are its decisions by id, in the order of their numbers; ``problems`` the lines that are none, each
    in a sentence.
    """

    path: Path
    decisions: dict[str, Decision] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    _raw: dict[str, bytes] = field(default_factory=dict)
    _read: int = 0
    _line: int = 0
    _file: tuple[int, int] | None = None
    _ended: bool = True

    def __post_init__(self) -> None:
        self.refresh()

    @property
    def highest(self) -> int:
        """The highest number so far."""
        return max((one.n for one in self.decisions.values()), default=0)

    def refresh(self) -> bool:
        """Reads what was added since; True where something was. Raises `EditionError` where the file cannot be read."""
        try:
            with self.path.open("rb") as file:
                return self._catch_up(file.fileno())
        except FileNotFoundError:
            gone = self._file is not None
            self._forget()
            return gone
        except OSError as error:
            raise EditionError(str(self.path), f"cannot be read ({error.strerror})") from error

    def add(self, drafts: Iterable[Draft]) -> list[Decision]:
        """Writes decisions down and gives them back once they are on the disk.

        What is wrong with one raises `InputError`, and none of them is written; a disk that is full raises
        `EditionError`, and the log is as it was.
        """
        with self._held() as handle:
            made: list[Decision] = []
            for number, draft in enumerate(drafts, self.highest + 1):
                made.append(_numbered(draft, number))
            self._append(handle, [one.line().encode() for one in made])
            return made

    def merge(self, other: Path) -> list[Decision]:
        """Adds the lines of another log that are not here yet, as they stand there, and gives back its decisions.

        Merging twice changes nothing, and the order of merging does not matter.
        """
        theirs = Log(other)
        if theirs._file is None:
            raise InputError(str(other), "there is no such log", "give the path of a NAME.review.jsonl")
        with self._held() as handle:
            known = set(self._raw.values())
            new = [key for key, line in theirs._raw.items() if line not in known]
            self._append(handle, [theirs._raw[key] for key in new])
        return [theirs.decisions[key] for key in new if key in theirs.decisions]

    def copy(self) -> bytes:
        """The lines as they were read, for the copy inside an edition."""
        return b"".join(line + b"\n" for line in self._raw.values())

    def clock(self, now: datetime | None = None) -> str | None:
        """A sentence where the clock stands before the last decision, else None."""
        last = max((one.at for one in self.decisions.values()), default="")
        if last > _stamp(now or datetime.now(UTC)):
            return f"the clock stands before the last decision ({last}): the order of the log counts, not the clock"
        return None

    # --- on the disk ---

    @contextmanager
    def _held(self) -> Iterator[int]:
        """The file, open and locked, with all that others wrote read."""
        try:
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
        except OSError as error:
            raise EditionError(
                str(self.path), f"cannot be written ({error.strerror})", "nothing was decided; mend it and try again"
            ) from error
        try:
            _lock(handle)
            new = os.fstat(handle).st_size == 0
            self._catch_up(handle)
            yield handle
            if new:
                _sync_folder(self.path.parent)
        finally:
            os.close(handle)

    def _append(self, handle: int, lines: list[bytes]) -> None:
        if not lines:
            return
        size = os.fstat(handle).st_size
        data = (b"" if self._ended else b"\n") + b"".join(line + b"\n" for line in lines)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            os.fsync(handle)
        except OSError as error:
            os.ftruncate(handle, size)
            advice = "nothing was decided and nothing was lost; make room and try again"
            raise EditionError(str(self.path), f"could not be written ({error.strerror})", advice) from error
        self._catch_up(handle)

    def _catch_up(self, handle: int) -> bool:
        state = os.fstat(handle)
        if (state.st_dev, state.st_ino) != self._file or state.st_size < self._read:
            self._forget()
            self._file = (state.st_dev, state.st_ino)
        if state.st_size == self._read:
            return False
        self.problems = [said for said in self.problems if not said.startswith(self._torn)]
        data = _from(handle, self._read, state.st_size)
        whole, mark, rest = data.rpartition(b"\n")
        for line in whole.split(b"\n") if mark else ():
            self._take(line.rstrip(b"\r"))
        self._read += len(whole) + len(mark)
        self._ended = not rest
        if rest:
            self._unended(rest)
        self._order()
        return True

    def _order(self) -> None:
        """Sorts the decisions by their numbers, where they do not stand so already."""
        keys = [(one.n, one.at, key) for key, one in self.decisions.items()]
        if any(a > b for a, b in pairwise(keys)):
            self.decisions = dict(sorted(self.decisions.items(), key=lambda kv: (kv[1].n, kv[1].at, kv[0])))

    def _unended(self, rest: bytes) -> None:
        """A last line without its end: torn by a crash, or written by hand."""
        self.problems.append(
            f"{self._torn} ({len(rest)} bytes): it was torn while it was written and was never confirmed; it stays in "
            "the file and is not obeyed"
        )

    @property
    def _torn(self) -> str:
        return f"{self.path.name}: its last line has no end"

    def _forget(self) -> None:
        self.decisions, self.problems, self._raw = {}, [], {}
        self._read = self._line = 0
        self._file, self._ended = None, True

    def _take(self, line: bytes) -> None:
        self._line += 1
        if not line.strip():
            return
        where = f"{self.path.name}, line {self._line}"
        try:
            if len(line) > LONGEST:
                raise ValueError(f"longer than {LONGEST:,} bytes")
            data = json.loads(line.decode("utf-8"))
            key = str(data["id"]) if isinstance(data, dict) and "id" in data else ""
            if not key:
                raise ValueError("it has no id")
        except (ValueError, RecursionError) as error:
            why = "torn or not JSON" if isinstance(error, json.JSONDecodeError | UnicodeDecodeError) else str(error)
            self.problems.append(f"{where}: is no decision ({why}); it stays in the file and is not obeyed")
            return
        self._known(key, line, data, where)

    def _known(self, key: str, line: bytes, data: dict[str, Any], where: str) -> None:
        if key in self._raw:
            if self._raw[key] != line:
                self._raw[f"{key} {hashlib.sha256(line).hexdigest()}"] = line
                self.problems.append(f"{where}: the decision {key} stands there twice and differs; the first is obeyed")
            return
        self._raw[key] = line
        version = data.get("v", 1)
        if isinstance(version, int) and version > GRAMMAR:
            why = f"was written by a later program (grammar {version}, this one knows {GRAMMAR})"
            self.problems.append(f"{where}: the decision {key} {why}; it is kept and not obeyed")
            return
        try:
            self.decisions[key] = Decision.model_validate(data)
        except ValidationError as error:
            self.problems.append(f"{where}: the decision {key} does not fit ({in_words(error)}); it is not obeyed")


def _numbered(draft: Draft, number: int) -> Decision:
    return checked(
        {
            "id": secrets.token_hex(6),
            "n": number,
            "at": _stamp(datetime.now(UTC)),
            "by": draft.by,
            "about": draft.about,
            "says": draft.says,
            "value": dict(draft.value),
            "why": draft.why,
            "replaces": tuple(draft.replaces),
            "edition": draft.edition,
            "program": __version__,
        }
    )


def _stamp(now: datetime) -> str:
    return now.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _from(handle: int, start: int, end: int) -> bytes:
    os.lseek(handle, start, os.SEEK_SET)
    parts = []
    while start < end and (part := os.read(handle, min(1 << 20, end - start))):
        parts.append(part)
        start += len(part)
    return b"".join(parts)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)


def _sync_folder(folder: Path) -> None:
    """So that the name of a new file is on the disk too."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
