"""Accounts in other languages with their gold: marked texts of tests/tongues, and how what is found is scored."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "tongues"
HEAD = re.compile(r"^=== (\w+) \| (open|kept) \|(.*)$", re.MULTILINE)
MARK = re.compile(r"\{|\}|<|>|\(\(|\)\)")


@dataclass
class Told:
    """An account with what a reader finds in it: (start, end, what)."""

    name: str
    half: str
    published: str | None
    text: str = ""
    times: list[tuple[int, int, str]] = field(default_factory=list)
    figures: list[tuple[int, int, str, str]] = field(default_factory=list)
    quotes: list[tuple[int, int, str]] = field(default_factory=list)


def accounts(code: str, half: str | None = None) -> list[Told]:
    """The accounts of a language, or those of one half."""
    parts = HEAD.split((FOLDER / f"{code}.txt").read_text("utf-8"))[1:]
    made = [
        _unmarked(Told(name, which, published.strip() or None), body.strip())
        for name, which, published, body in zip(parts[::4], parts[1::4], parts[2::4], parts[3::4], strict=True)
    ]
    return [one for one in made if half in (None, one.half)]


def _unmarked(told: Told, body: str) -> Told:
    """Takes the marks out of a text and keeps what they say."""
    out: list[str] = []
    open_: list[tuple[str, int]] = []
    at = size = 0
    while at < len(body):
        two = body[at : at + 2]
        if two == "((" or body[at] in "{<":
            mark = two if two == "((" else body[at]
            open_.append((mark, size))
            at += len(mark)
        elif body[at] == "|" and open_:
            mark, start = open_.pop()
            close = {"{": "}", "<": ">", "((": "))"}[mark]
            end = body.index(close, at)
            _keep(told, mark, start, size, body[at + 1 : end])
            at = end + len(close)
            if mark == "<" and (words := _echo(out, start)):
                size = len(out)
                told.figures[-1] = (size - words, size, *told.figures[-1][2:])
        else:
            out.append(body[at])
            size += 1
            at += 1
    told.text = "".join(out)
    return told


def _echo(out: list[str], start: int) -> int:
    """A figure written again after its words ("no one died <no one died|killed|0>") is taken out; how long it is."""
    text = "".join(out)
    words, before = text[start:], text[:start].rstrip()
    if not before.lower().endswith(words.lower()):
        return 0
    del out[len(before) :]
    return len(words)


def _keep(told: Told, mark: str, start: int, end: int, said: str) -> None:
    if mark == "{":
        told.times.append((start, end, said))
    elif mark == "((":
        told.quotes.append((start, end, said))
    else:
        role, _, value = said.partition("|")
        told.figures.append((start, end, role, value))


def overlaps(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
