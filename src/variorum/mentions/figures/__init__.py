"""Figures: every count that a witness claims, as an interval, with what it counts and what happened to it.

The steps, one file each: `numbers` reads numbers, `modifiers` makes them intervals, `exclusions` sets aside what
counts nothing, `units` names what is counted, `roles` what happened to it, `breakdown` which figure is part of which,
`scope` where and when it holds. Whose figure it is, the voices of the witness say (`variorum.voices`).
"""

from __future__ import annotations

from variorum.mentions.figures.finder import find, find_plain

__all__ = ["find", "find_plain"]
