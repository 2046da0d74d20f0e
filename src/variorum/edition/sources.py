"""What a module is made of: itself, all that it imports, and the files that lie beside them; hashed, so that what rests
on it is made anew when any of it changes."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

__all__ = ["fingerprint", "imported"]

HERE = Path(__file__).resolve().parents[1]
_IMPORTS = re.compile(
    r"^\s*from (variorum[\w.]*) import ([^\n(]+|\([^)]*\))|^\s*import (variorum[\w.]*)|[\"'](variorum(?:\.\w+)+)[\"']",
    re.MULTILINE,
)
_LEFT_OUT = frozenset(["__pycache__", "example"])


@cache
def fingerprint(*modules: str) -> str:
    """The hash of the sources of some modules, of all they import, of what lies in those folders, and of ``data``."""
    found: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += imported(module)
    files = {_path(module) for module in found} | {file for module in found for file in _beside(_path(module))}
    digest = hashlib.sha256()
    for file in sorted(files | set(_beside(HERE / "data" / "__init__.py"))):
        digest.update(file.relative_to(HERE).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


@cache
def imported(module: str) -> frozenset[str]:
    """The modules of this package that a module imports, also within functions, or names in a string of their own.

    >>> sorted(imported("variorum.groups")), sorted(imported("variorum.verdicts"))
    ([], ['variorum.lists'])
    """
    told: set[str] = set()
    for package, names, plain, named in _IMPORTS.findall(_path(module).read_text(encoding="utf-8")):
        inside = {f"{package}.{name}" for name in re.findall(r"\w+", names)}
        told |= {package, plain, named, *inside}
    return frozenset(name for name in told if name not in ("", "variorum", module) and _exists(name))


def _path(module: str) -> Path:
    inner = HERE.joinpath(*module.split(".")[1:])
    return inner / "__init__.py" if inner.is_dir() else inner.with_suffix(".py")


def _exists(module: str) -> bool:
    return _path(module).is_file()


@cache
def _beside(path: Path) -> tuple[Path, ...]:
    """The files that are no code in the folder of a package: weights, templates, tables."""
    if path.name != "__init__.py" or path.parent == HERE:
        return ()
    files = (file for file in path.parent.rglob("*") if file.is_file() and not file.suffix.startswith(".py"))
    return tuple(file for file in files if not _LEFT_OUT.intersection(file.parts))
