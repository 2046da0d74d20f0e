"""Why something changed: a new account, another text, a decision of a person, a new version, other options."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from variorum import records as r
from variorum.edition import Edition

__all__ = ["Reasons"]

UNKNOWN = "no reason of its own: it follows from other changes"

OUTWARD = {"title", "interface", "address", "tiles"}
"""Options that change how an edition looks, and nothing that it says."""


@dataclass
class Reasons:
    """What differs between two editions as a whole, against which single changes are explained."""

    added: set[str] = field(default_factory=set)
    dropped: set[str] = field(default_factory=set)
    rewritten: set[str] = field(default_factory=set)
    decided: dict[str, list[str]] = field(default_factory=dict)
    general: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, old: Edition, new: Edition) -> Reasons:
        """The reasons that may explain the changes from ``old`` to ``new``."""
        before = {w.witness: w.sha256 for w in old.records(r.Witness)}
        after = {w.witness: w.sha256 for w in new.records(r.Witness)}
        both = before.keys() & after.keys()
        rewritten = {w for w in both if before[w] != after[w]}
        made = cls(after.keys() - before.keys(), before.keys() - after.keys(), rewritten)
        made.decided, made.general = _decided(old, new), list(_general(old, new))
        return made

    def why(self, rows: Iterable[str], before: set[str], after: set[str]) -> list[str]:
        """The reasons of one change: of the rows that it is about, told by accounts ``before`` and ``after``."""
        said = [f"new account {w}" for w in sorted(after & self.added)]
        said += [f"account {w} is not there any more" for w in sorted(before & self.dropped)]
        said += [f"the text of {w} changed" for w in sorted((before | after) & self.rewritten)]
        said += [told for row in rows for told in self.decided.get(row, [])]
        return list(dict.fromkeys(said)) or self.general or [UNKNOWN]


def _decided(old: Edition, new: Edition) -> dict[str, list[str]]:
    """The decisions that only one edition has, or whose state changed, by the rows that they are about."""
    before = {d.decision: d for d in old.records(r.Decided)}
    after = {d.decision: d for d in new.records(r.Decided)}
    found: dict[str, list[str]] = {}
    for key in [*after, *(k for k in before if k not in after)]:
        one = after.get(key) or before[key]
        if key in before and key in after and before[key].state == after[key].state:
            continue
        gone = "" if key in after else " was taken back"
        for row in one.rows:
            found.setdefault(row, []).append(f"a decision of {one.by}{gone}: {one.says} {_value(one.value)}".rstrip())
    return found


def _value(value: str) -> str:
    """A decision's value in words.

    >>> _value('{"verdict": "compatible"}'), _value('{"low": 3, "high": null}'), _value("{}")
    ('compatible', 'low 3, high none', '')
    """
    try:
        told = json.loads(value or "{}")
    except json.JSONDecodeError:
        return value
    if not isinstance(told, dict):
        return str(told)
    if len(told) == 1:
        return str(next(iter(told.values())))
    return ", ".join(f"{name} {'none' if one is None else one}" for name, one in told.items())


def _general(old: Edition, new: Edition) -> Iterable[str]:
    was, now = str(old.manifest.get("variorum", "")), str(new.manifest.get("variorum", ""))
    if was != now:
        yield f"another version of the program ({was or 'not known'}, then {now or 'not known'})"
    before, after = old.manifest.get("options", {}), new.manifest.get("options", {})
    for name in sorted((before.keys() | after.keys()) - OUTWARD):
        if before.get(name) != after.get(name):
            yield f"the option {name} ({before.get(name)}, then {after.get(name)})"
