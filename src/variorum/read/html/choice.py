"""Which blocks of a page are the account: by what holds them, by their links, by their words, and by trafilatura.

A block that stands in a menu, a share bar or the like, or whose line is one of ``data/boilerplate.toml``, is none. Of
the others those are prose that stand in the element which holds the account, or that trafilatura takes for text.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Any

import trafilatura

from variorum.lists import toml, words
from variorum.read.html.blocks import Block
from variorum.structure.boilerplate import is_page_line

__all__ = ["Chosen", "chosen"]

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

LETTERS = re.compile(r"\w+")
KEY, LEAST = 60, 20
"""Letters of a block by which it is known again in what trafilatura gives, and how many it must have."""


@dataclass(slots=True)
class Chosen:
    """A block with its part: ``prose``, ``page`` (no prose, but inside the account), ``left`` out, or ``lost``."""

    block: Block
    part: str


def chosen(listed: list[Block], page: str) -> list[Chosen]:
    """Every block with its part."""
    taken = _letters(_main_text(page))
    voted = [len(key := _key(block)) >= LEAST and key in taken for block in listed]
    noise = [_is_noise(block, vote) for block, vote in zip(listed, voted, strict=True)]
    holder = _holder(listed, voted, noise)
    prose = [
        not odd and (vote or holder is None or any(up is holder for up in block.path))
        for block, vote, odd in zip(listed, voted, noise, strict=True)
    ]
    _with_head(listed, prose, noise)
    if not any(take and block.kind != "heading" for take, block in zip(prose, listed, strict=True)):
        prose = [not block.zone and not is_page_line(block.text) for block in listed]  # lists of links, or captions
    if not any(prose):
        prose = [True] * len(listed)
    return _parts(listed, prose, noise)


def _with_head(listed: list[Block], prose: list[bool], noise: list[bool]) -> None:
    """Takes in what stands between the page's last heading of the first level and the account below it."""
    if True not in prose:
        return
    first = prose.index(True)
    heads = [n for n in range(first) if listed[n].kind == "heading" and listed[n].level == 1 and not noise[n]]
    if heads and not any(
        listed[n].kind == "heading" and listed[n].level == 1 for n in range(first, len(listed)) if prose[n]
    ):
        for number in range(heads[-1], first):
            prose[number] = not noise[number]


def _parts(listed: list[Block], prose: list[bool], noise: list[bool]) -> list[Chosen]:
    first = prose.index(True) if True in prose else 0
    last = len(prose) - 1 - prose[::-1].index(True) if True in prose else -1
    made = []
    for number, block in enumerate(listed):
        if prose[number]:
            part = "prose"
        elif first <= number <= last or (block.kind == "caption" and first - 2 <= number <= last + 2):
            part = "page"
        elif noise[number] or block.words < toml("boilerplate")["weights"]["prose"]:
            part = "page" if number == last + 1 and block.zone in ("", "legal") and is_page_line(block.text) else "left"
        else:
            part = "lost"
        made.append(Chosen(block, part))
    return made


def _main_text(page: str) -> str:
    """The text without menus and the like; empty where the library finds none, or stumbles over the page."""
    try:
        return trafilatura.extract(page, include_comments=False, include_tables=True, deduplicate=False) or ""
    except Exception:  # whatever it stumbles over, all the page's text is still to be had
        return ""


def _letters(text: str) -> str:
    return "".join(LETTERS.findall(text.lower()))


def _key(block: Block) -> str:
    """The letters of a block's beginning up to its first note mark or struck word, which the library may render."""
    ends = [at for at, _ in (*block.marks, *block.struck) if at > 20]
    return _letters(block.text[: min([200, *ends])])[:KEY]


def _is_noise(block: Block, voted: bool) -> bool:
    """True for a block that is surely no prose of the account."""
    weights = toml("boilerplate")["weights"]
    if block.kind == "caption" or block.zone not in ("", "byline", "caption") or is_page_line(block.text):
        return True
    letters = sum(c.isalnum() for c in block.text)
    linked = block.links > weights["links"] * max(1, letters)
    if not linked or block.kind == "heading" or block.words >= weights["short"]:
        return False
    return not voted or (block.words < weights["prose"] and not block.text.endswith((".", "!", "?")))


def _holder(listed: list[Block], voted: list[bool], noise: list[bool]) -> Any:
    """The smallest element that holds nearly all that is prose for sure; None for the page itself.

    Sure is what trafilatura takes for text; where that is little of what might be prose, all that might be.
    """
    weights = toml("boilerplate")["weights"]
    may_be = [not odd and block.words >= weights["prose"] for block, odd in zip(listed, noise, strict=True)]
    sure = [vote and may for vote, may in zip(voted, may_be, strict=True)]
    size = [len(block.text) for block in listed]
    if sum(n for n, may in zip(size, sure, strict=True) if may) < 0.5 * sum(
        n for n, may in zip(size, may_be, strict=True) if may
    ):
        return None
    inside: dict[Any, int] = {}
    whole = 0
    for block, count, may in zip(listed, size, sure, strict=True):
        if may:
            whole += count
            for up in block.path:
                inside[up] = inside.get(up, 0) + count
    deep = [(len(list(up.iterancestors())), up) for up, count in inside.items() if count >= weights["main"] * whole]
    deep = [(depth, up) for depth, up in deep if up.tag not in words("html", "elements", "small")]
    if not deep:
        return None
    holder = max(deep, key=lambda one: one[0])[1]
    return next((up for up in (holder, *holder.iterancestors()) if up.tag in ("article", "main")), holder)
