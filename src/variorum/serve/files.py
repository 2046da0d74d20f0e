"""The edition's own pages as the app gives them: the same files, with the app's style, script, links and bar put in.

Nothing on the disk is changed. No path leads out of the edition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from variorum.serve.ask import Missing

__all__ = ["KINDS", "Cut", "cut", "inside"]

KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".parquet": "application/octet-stream",
}
"""What the app gives of an edition, by the ending of its files."""
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">\n?')
_REFERRER = re.compile(r'<meta name="referrer" content="no-referrer">\n?')
_SEARCH = re.compile(r'href="(?:\.\./)*search\.html"')
HEAD = """<link rel="icon" href="data:,">
<link rel="stylesheet" href="/app/app.css">
<script src="/app/app.js" defer></script>
"""


def inside(edition: Path, path: str) -> Path:
    """The file of an edition at a path of its site; raises `Missing` for everything else.

    >>> inside(Path("nowhere"), "../users.json")
    Traceback (most recent call last):
    ...
    variorum.serve.ask.Missing
    """
    parts = path.split("/")
    if "\\" in path or "\x00" in path or any(part in ("", ".", "..") or part.startswith(".") for part in parts):
        raise Missing
    found = edition.joinpath(*parts)
    if found.suffix not in KINDS or not found.is_file() or not found.resolve().is_relative_to(edition.resolve()):
        raise Missing
    return found


@dataclass(frozen=True, slots=True)
class Cut:
    """A page in pieces: before the end of its links, and between that and its end."""

    first: str
    rest: str
    last: str

    def whole(self, links: str, bar: str) -> str:
        """The page with links and bar put in."""
        return "".join((self.first, links, self.rest, bar, self.last))


def cut(path: Path) -> Cut:
    """A page of the edition, ready for what the app puts in."""
    state = path.stat()
    return _cut(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=96)
def _cut(path: Path, changed: int, size: int) -> Cut:
    text = path.read_text(encoding="utf-8", errors="replace")
    text = _SEARCH.sub('href="/search"', _REFERRER.sub("", _POLICY.sub("", text)))
    head, mark, body = text.partition("</head>")
    nav, nav_mark, after = body.partition("</nav>")
    rest, end_mark, last = after.rpartition("</body>")
    if not (mark and nav_mark and end_mark):
        return Cut(text, "", "")
    return Cut(head + HEAD + mark + nav, nav_mark + rest, end_mark + last)
