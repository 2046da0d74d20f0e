"""Where two texts differ, word by word: by sentences first, then by the words within those that differ.

The time stays bounded for any text: sentences, and long stretches, are compared by the longest common subsequence in
bits (rapidfuzz), short stretches by their longest common blocks (difflib), which read better. What was moved stands as
left out at one place and added at another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from rapidfuzz.distance import Indel

from variorum.lists import toml

__all__ = ["Step", "steps"]

Step = tuple[int, int, int, int]
"""A stretch of words that differs: from and to in the one text, from and to in the other."""

_SET = toml("differing")
BLOCKS: int = _SET["blocks"]
MOST: float = _SET["most"]
LEAST: float = _SET["least"]
_ENDS = re.compile(r"[.!?:;]['\"”’)\]]*$")


def steps(one: Sequence[str], two: Sequence[str]) -> list[Step]:
    """The stretches at which two lists of words differ, in order; none overlap.

    At most about a second and 60 MB for any two texts: what is too long and too unlike is one stretch.

    >>> steps("Nine died . It rained".split(), "Eleven died . It rained hard".split())
    [(0, 1, 0, 1), (5, 5, 5, 6)]
    """
    a, b = _sentences(one), _sentences(two)
    starts = [[0, *accumulate(map(len, listed))] for listed in (a, b)]
    found: list[Step] = []
    for i, j, k, m in _by_bits([" ".join(x) for x in a], [" ".join(x) for x in b]):
        low, high, first, last = starts[0][i], starts[0][j], starts[1][k], starts[1][m]
        inner = _words(one[low:high], two[first:last])
        found += [(low + p, low + q, first + x, first + y) for p, q, x, y in inner]
    return found


def _words(one: Sequence[str], two: Sequence[str]) -> list[Step]:
    """Where two stretches differ; long ones that have little in common are one change."""
    if one and two and max(len(one), len(two)) <= BLOCKS:
        listed = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
        return [step[1:] for step in listed if step[0] != "equal"]
    return _by_bits(one, two, LEAST)


def _by_bits(one: Sequence[str], two: Sequence[str], least: float = 0.0) -> list[Step]:
    """Where two lists differ by their longest common subsequence; less alike than ``least``, they are one change."""
    whole = [(0, len(one), 0, len(two))]
    if not one or not two or len(one) * len(two) > MOST or Indel.normalized_similarity(one, two) < least:
        return whole if one or two else []
    found: list[Step] = []
    for step in Indel.opcodes(one, two):
        if step.tag == "equal":
            continue
        new = (step.src_start, step.src_end, step.dest_start, step.dest_end)
        if found and found[-1][1] == new[0] and found[-1][3] == new[2]:
            new = (found[-1][0], new[1], found.pop()[2], new[3])
        found.append(new)
    return found


def _sentences(words: Sequence[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for word in words:
        found[-1].append(word)
        if _ENDS.search(word):
            found.append([])
    return [x for x in found if x]
