"""Names of accounts in reasons: where an id is no word but a hash or a number, its title or publisher stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from variorum.lists import toml
from variorum.records import Reading, Verdict

__all__ = ["named"]

SHORT: int = toml("readings")["judge"]["short_name"]
_CODE = re.compile(r"(?=[^g-zG-Z]*$)(?=.*\d)[0-9a-fA-F_.:-]{8,}")
"""A hash or a long number."""


def named(verdicts: Iterable[Verdict], readings: Iterable[Reading], titles: Mapping[str, str]) -> list[Verdict]:
    """The verdicts, with the titles of accounts in their reasons where the ids are codes; other ids stay as they are.

    >>> row = Verdict("v", None, "killed", "", "conflict", "figure", "70258ca1396281d7 has “six”", ["r"])
    >>> item = Reading("70258ca1396281d7", 0, 3, "six", "r", None, "killed")
    >>> named([row], [item], {"70258ca1396281d7": "The Islander"})[0].why
    'The Islander has “six”'
    """
    codes = {w: _short(title) for w, title in titles.items() if title != w and _CODE.fullmatch(w)}
    if not codes:
        return list(verdicts)
    by = {r.reading: r.witness for r in readings}
    return [_one(v, list(dict.fromkeys(by[r] for r in v.readings if by.get(r) in codes)), codes) for v in verdicts]


def _short(title: str) -> str:
    flat = " ".join(title.split())
    return flat if len(flat) <= SHORT else flat[: SHORT - 1].rstrip() + "…"


def _one(v: Verdict, held: Sequence[str], codes: Mapping[str, str]) -> Verdict:
    why = v.why
    for code in held:
        why = why.replace(code, codes[code])
    return v if why == v.why else replace(v, why=why)
