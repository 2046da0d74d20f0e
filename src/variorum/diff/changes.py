"""A change between two editions, as data."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ["KINDS", "Change"]

KINDS = ("accounts", "events", "questions", "readings")
"""What may change, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: of what ``kind``, ``how`` (added, dropped, changed, turned), of which row, and ``why``.

    ``was`` and ``now`` say what changed in words; ``why`` are reasons, the surest first.

    >>> Change("accounts", "added", "gull", "Gull").to_dict()["how"]
    'added'
    """

    kind: str
    how: str
    row: str
    label: str
    was: str = ""
    now: str = ""
    why: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """The change as plain values."""
        return asdict(self)
