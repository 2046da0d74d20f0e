"""Retellings: sentences of two accounts that are each other's nearest and share no passage, the surest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from variorum import records as r

__all__ = ["Retelling", "retellings"]

KIND = "retelling"


@dataclass(frozen=True, slots=True)
class Retelling:
    """A link of the kind, with the claim at each end."""

    link: r.Link
    a: r.Claim
    b: r.Claim


def retellings(links: pa.Table | None, claims: Mapping[str, r.Claim]) -> list[Retelling]:
    """The retellings among links, the surest first; without those that lead to no claim. No other link is read.

    >>> told = {w: r.Claim(w, 0, 9, "", w, "accident", "sank") for w in "AB"}
    >>> rows = [r.Link("A", "B", 0.4, [], "both have “ferry”", kind) for kind in ("", "retelling")]
    >>> [x.link.kind for x in retellings(r.table(r.Link, rows), told)], retellings(None, told)
    (['retelling'], [])
    """
    if links is None or "kind" not in links.column_names:
        return []
    listed = [r.Link.from_dict(row) for row in links.filter(pc.field("kind") == KIND).to_pylist()]
    found = [
        Retelling(link, claims[link.claim_a], claims[link.claim_b])
        for link in listed
        if link.claim_a in claims and link.claim_b in claims
    ]
    return sorted(found, key=lambda x: (-x.link.score, x.link.claim_a, x.link.claim_b))
