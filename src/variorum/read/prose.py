"""Whether a text is one that somebody wrote to be read: source code, encoded data and rows of numbers are not."""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import cache
from typing import Any

from variorum import lists
from variorum.structure import Part

__all__ = ["foreign", "objection"]

SAMPLE = 60_000


@cache
def _table() -> dict[str, Any]:
    return lists.toml("prose")


def objection(text: str) -> str | None:
    """Why a text is no account, or None where it may be one.

    >>> objection("The ferry sank in the strait; 31 people died (see the report).")
    >>> objection("VGhlIGZlcnJ5IHNhbmsgaW4gdGhlIHN0cmFpdC4gVGhlIGZlcnJ5IHNhbms=\\n" * 9)
    'holds encoded data (base64 or the like) and no words'
    """
    head = text[:SAMPLE]
    listed = [line for line in (line.strip() for line in head.split("\n")) if line]
    for mark, reason in KNOWN.items():
        if head.lstrip().startswith(mark):
            return reason
    if _encoded(head):
        return "holds encoded data (base64 or the like) and no words"
    if _code(listed) or _dense(head):
        return "looks like source code"
    return "holds hardly any words" if _wordless(head) else None


KNOWN = {
    "-----BEGIN PGP MESSAGE": "is encrypted with PGP",
    "-----BEGIN": "holds a key or a certificate",
    "begin 644 ": "holds encoded data (uuencode)",
    "@article{": "is a list of works in BibTeX (export it as CSL-JSON or RIS)",
    "@book{": "is a list of works in BibTeX (export it as CSL-JSON or RIS)",
    "@misc{": "is a list of works in BibTeX (export it as CSL-JSON or RIS)",
}
"""How files begin that are text and no account."""

RUN = re.compile(r"[A-Za-z0-9+/=_-]{32,}|(?:[0-9a-fA-F]{2,8}[ \t:|-]{1,3}){8,}")


def _encoded(head: str) -> bool:
    runs = [match[0] for match in RUN.finditer(head) if _is_code(match[0])]
    if sum(len(word) > 2 for word in WORD.findall(RUN.sub(" ", head))) >= _table()["encoded"]["words"]:
        return False
    return bool(sum(map(len, runs)) > _table()["encoded"]["lines"] * max(1, len("".join(head.split()))))


def _is_code(run: str) -> bool:
    """True for a run with digits or with capitals inside, as no word has them; a rule of dashes is none."""
    digits = sum(c.isdigit() for c in run)
    inner = sum(a.islower() and b.isupper() for a, b in itertools.pairwise(run))
    return (digits > 2 or inner > 2) and len(set(run)) > 8


@cache
def _openings() -> re.Pattern[str]:
    return re.compile("|".join(part for part in _table()["code"]["openings"].replace("\n", "").split("|") if part))


STATEMENT = re.compile(r"[\w.\[\]'\"$@%]+(?:: [\w\[\], |.]+)? ?[-+|*/]?= ?\S|[\w.$>-]+\(.*\)[;,]?$|[}\])]+[;,]?$")
"""A value that is set, a call, or a bracket alone on its line."""


def _code(listed: list[str]) -> bool:
    known = _table()["code"]
    endings = tuple(known["endings"].split("|"))
    seen = sum(bool(_openings().match(line) or STATEMENT.match(line)) or _ends(line, endings) for line in listed)
    share = known["dense_lines"] if _signs("".join(listed)) > known["signs"] else known["lines"]
    return bool(seen >= known["least"] and seen > share * len(listed))


def _ends(line: str, endings: tuple[str, ...]) -> bool:
    """True for a line that ends as code does; a semicolon alone ends an item of a list as well."""
    if line.endswith(";") and not any(sign in line for sign in "(){}=<>[]"):
        return False
    return line.endswith(endings) and not _sentence(line)


def _signs(text: str) -> float:
    """The share of signs that code is full of and prose is not."""
    return sum(text.count(sign) for sign in "(){}[]=<>_;\\*#&|+$@^~`") / max(1, len(text) - text.count(" "))


def _sentence(line: str) -> bool:
    """True for a line of words, such as one part of a list that ends with a semicolon."""
    words = [word for word in line.split() if word.strip(".,;:!?()[]\"'“”‘’«»").isalpha()]
    return len(words) > 2 and len(words) > 0.7 * len(line.split())


def _dense(head: str) -> bool:
    """Minified code, and JSON or CSS that nobody took for such."""
    signs = sum(head.count(sign) for sign in "{};=()<>")
    return head.count("{") + head.count("(") > 8 and signs > _table()["code"]["dense"] * max(
        1, len("".join(head.split()))
    )


WORD = re.compile(r"[^\W\d_]+(?:[-'’.·][^\W\d_]+)*")


def _wordless(head: str) -> bool:
    known = _table()["words"]
    head = RUN.sub(lambda run: " " if _is_code(run[0]) else run[0], head)
    signs = len("".join(head.split()))
    if signs < known["enough"]:
        return False
    words = (word for word in WORD.findall(head) if len(word) > 1)
    letters = sum(len(word) for word in words if len(word) <= known["longest"] or not word.isascii())
    letters += sum(
        unicodedata.category(c)[0] in "LM" for c in head if c > "\u08ff"
    )  # scripts that write vowels as marks
    return bool(letters < known["least"] * signs)


WIKI = re.compile(r"\[\[[^\]\n]{1,200}\]\]|\{\{[^}\n]{1,200}\}\}|'''")


def foreign(text: str) -> tuple[list[Part], str | None]:
    """Blocks of encoded data in a text, as parts that no finder reads, and what is to be said of them.

    >>> code = "VGhlIGZlcnJ5IHNhbmsgaW4gdGhlIHN0cmFpdC4gVGhlIGZlcnJ5IHNhbms="
    >>> parts, said = foreign("The ferry sank.\\n" + "\\n".join([code] * 5))
    >>> parts[0].kind, said
    ('boilerplate', 'holds 5 lines of encoded data, which were left out')
    """
    parts: list[Part] = []
    count = at = 0
    start, run = 0, 0
    for line in [*text.split("\n"), ""]:
        bare = line.strip()
        if len(bare) >= 40 and RUN.fullmatch(bare) and _is_code(bare):
            start, run = (at if not run else start), run + 1
        elif run:
            if run >= _table()["encoded"]["block"]:
                parts.append(Part(start, min(len(text), at - 1), "boilerplate"))
                count += run
            run = 0
        at += len(line) + 1
    if count:
        return parts, f"holds {count} lines of encoded data, which were left out"
    if len(WIKI.findall(text[:SAMPLE])) >= _table()["wiki"]["least"]:
        return [], "holds wiki markup, which is read as it stands; save the page as HTML"
    return [], None
