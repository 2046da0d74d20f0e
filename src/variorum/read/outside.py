"""Files that a program on the machine turns into others: DOC by antiword, catdoc or LibreOffice, XLS by LibreOffice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from variorum.read.document import Document, Found, Source, clean_id, unreadable
from variorum.read.text import lines

__all__ = ["read_doc", "read_xls"]

SECONDS = 120
"""Seconds that a program may take for one file; LibreOffice begins in ten."""


def read_doc(source: Source) -> Found:
    """The document of a DOC file (Word 6 to 2003)."""
    problems = []
    for program, convert in (("antiword", _by_antiword), ("catdoc", _by_catdoc)):
        if shutil.which(program):
            text = convert(source)
            if text and text.strip():
                return Found([Document(clean_id(source.stem), text, source.name)])
            problems.append(program)
    if made := _by_office(source, ".doc", "docx"):
        return made
    if problems or _office():
        programs = ", ".join([*problems, *(["LibreOffice"] if _office() else [])])
        return unreadable(source, f"could not be read by {programs}; save it as DOCX")
    return unreadable(
        source, "is a DOC file, which only antiword or LibreOffice can read; install one of them, or save it as DOCX"
    )


def read_xls(source: Source) -> Found:
    """The tables of an XLS file (Excel to 2003)."""
    if made := _by_office(source, ".xls", "xlsx"):
        return made
    if _office():
        return unreadable(source, "could not be read by LibreOffice; save it as XLSX or CSV")
    return unreadable(
        source, "is an XLS file, which only LibreOffice can read; install it, or save the file as XLSX or CSV"
    )


def _office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def _by_antiword(source: Source) -> str | None:
    made = _ran(["antiword", "-m", "UTF-8.txt", "-w", "0", "in.doc"], source.data, "in.doc")
    return None if made is None else lines(made.decode("utf-8", "replace"))


def _by_catdoc(source: Source) -> str | None:
    made = _ran(["catdoc", "-d", "utf-8", "-w", "in.doc"], source.data, "in.doc")
    return None if made is None else lines(made.decode("utf-8", "replace"))


def _by_office(source: Source, ending: str, into: str) -> Found | None:
    """The file as another that is read here, made by LibreOffice in a folder of its own, without macros."""
    program = _office()
    if program is None:
        return None
    command = [
        program,
        "-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--norestore",
        "--convert-to",
        into,
        f"in{ending}",
    ]
    data = _ran(command, source.data, f"in{ending}", f"in.{into}")
    return Found(inside=[_turned(source, data, into)]) if data else None


def _turned(source: Source, data: bytes, into: str) -> Source:
    inner = source.inner(f"as {into.upper()}", source.stem, data)
    inner.name, inner.kind = source.name, into
    return inner


def _ran(command: Sequence[str], data: bytes, given: str, taken: str | None = None) -> bytes | None:
    """What a program makes of a file, on its output or as the file ``taken``; None where it fails or takes too long."""
    with tempfile.TemporaryDirectory(prefix="variorum-") as name:
        folder = Path(name)
        (folder / given).write_bytes(data)
        command = [part.replace("{folder}", name) for part in command]
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": name, "LANG": "C.UTF-8", "TMPDIR": name}
        try:
            with subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            ) as running:
                out = _waited(running)
        except OSError:
            return None
        if out is None or taken is None:
            return out or None
        made = folder / taken
        return made.read_bytes() if made.is_file() else None


def _waited(running: subprocess.Popen[bytes]) -> bytes | None:
    try:
        out, _ = running.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        return None
    return out if running.returncode == 0 else None
