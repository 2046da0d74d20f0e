"""From seeds to pieces: chain the seeds of a pair, align the words around a chain, keep the stretches that weigh.

A piece begins and ends with a word that both sides share. It scores the bits of its shared words, less `MISMATCH`
bits for every word that only one side has.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import Levenshtein

from variorum.lists import toml
from variorum.reuse.seeds import GAP, SHIFT, Seeds
from variorum.reuse.weights import Context, Floats
from variorum.reuse.words import Ints

__all__ = ["LEAST", "Chain", "Piece", "Scale", "align", "chains", "find_pieces"]

_SET = toml("reuse")["align"]
WIDEN: int = _SET["widen"]
MISMATCH: float = _SET["mismatch"]
LEAST: float = _SET["least"]
LONGEST: int = _SET["longest"]
OPEN_CHAINS: int = _SET["open_chains"]
DROP: float = _SET["drop"]
MOST: int = _SET["most"]
SEED_BITS: float = _SET["seed_bits"]
ROUNDED: float = _SET["rounded"]

Run = tuple[int, int, int]
Chain = list[tuple[int, int]]
"""Seeds that follow each other on both sides."""


@dataclass(slots=True)
class Piece:
    """A stretch of words of both documents: ``a_start:a_end`` and ``b_start:b_end``, its bits and its shared words."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    bits: float
    shared: int


@dataclass(slots=True)
class Scale:
    """What weighs the words of a pair: the bits of every word, those of ``a`` added up from its first word on, the
    factor of each word of ``a`` (a name 0.3; None is 1 for all), and the bits that the best piece needs."""

    bits: Floats
    running: list[float]
    needed: float
    light: Floats | None = None

    def plain(self, start: int, end: int) -> float:
        """The bits of the words ``start:end`` of ``a`` without their context, the most that they can weigh."""
        return self.running[end] - self.running[start]


def chains(seeds: Seeds) -> list[Chain]:
    """The chains of two or more seeds: each seed goes on the one whose diagonal is nearest, of equals the longest.

    >>> import numpy as np
    >>> close = Seeds(0, 1, np.array([3, 4, 90], np.int32), np.array([7, 8, 2], np.int32))
    >>> chains(close)
    [[(3, 7), (4, 8)]]
    """
    done: list[Chain] = []
    reached: list[Chain] = []
    for a, b in zip(seeds.at_a.tolist(), seeds.at_b.tolist(), strict=True):
        reached = [chain for chain in reached if a - chain[-1][0] <= GAP + 2][-OPEN_CHAINS:]
        best, least = None, SHIFT + 1
        for chain in reached:
            last_a, last_b = chain[-1]
            over = b - last_b
            shift = abs(a - last_a - over)
            if -2 <= over <= GAP + 2 and (shift < least or (best and shift == least and len(chain) > len(best))):
                best, least = chain, shift
        if best is None:
            reached.append([(a, b)])
            done.append(reached[-1])
        else:
            best.append((a, b))
    return [chain for chain in done if len(chain) > 1]


def _windows(chain: Chain, lengths: tuple[int, int], own: bool) -> list[tuple[int, int, int, int]]:
    """The stretches of words to align: the chain and `WIDEN` words around it, cut at seeds where it is long."""
    (a, b), (last_a, last_b) = chain[0], chain[-1]
    start_a, start_b = max(0, a - WIDEN), max(0, b - WIDEN)
    end_a, end_b = min(lengths[0], last_a + 3 + WIDEN), min(lengths[1], last_b + 3 + WIDEN)
    if own:  # the two places of one document must not run into each other
        middle = (last_a + 3 + b) // 2
        end_a, start_b = min(end_a, middle), max(start_b, middle)
    cuts = [(start_a, start_b)]
    for at_a, at_b in chain:
        if at_a - cuts[-1][0] > LONGEST and at_b > cuts[-1][1]:
            cuts.append((at_a, at_b))
    cuts.append((end_a, end_b))
    return [(x, z, y, w) for (x, y), (z, w) in pairwise(cuts)]


def align(chain: Chain, a: Ints, b: Ints, own: bool = False) -> list[Run]:
    """The runs of words that both sides share along a chain: (place in ``a``, place in ``b``, length), in order."""
    runs: list[Run] = []
    for a_start, a_end, b_start, b_end in _windows(chain, (len(a), len(b)), own):
        edits = Levenshtein.editops(a[a_start:a_end].tolist(), b[b_start:b_end].tolist())
        blocks = edits.as_matching_blocks()
        runs += [(a_start + block.a, b_start + block.b, block.size) for block in blocks if block.size]
    return runs


def _stretches(runs: list[Run], weights: list[float]) -> list[Piece]:
    """The stretches of runs that weigh `LEAST` bits or more, each at its greatest; linear in the runs.

    A stretch is over where what follows takes away all that it had, or `DROP` bits; the search goes on after its end.
    """
    found: list[Piece] = []
    at = 0
    while at < len(runs):
        best, end, here = 0.0, at, 0.0
        for i in range(at, len(runs)):
            if i > at:
                before, run = runs[i - 1], runs[i]
                here -= MISMATCH * max(run[0] - before[0] - before[2], run[1] - before[1] - before[2])
            if here < max(0.0, best - DROP):
                break
            here += weights[i]
            if here > best:
                best, end = here, i
        if best >= LEAST:
            first, last = runs[at], runs[end]
            shared = sum(run[2] for run in runs[at : end + 1])
            found.append(Piece(first[0], last[0] + last[2], first[1], last[1] + last[2], best, shared))
            at = end + 1
        else:
            at += 1
    return found


def find_pieces(seeds: Seeds, sides: tuple[Ints, Ints], scale: Scale) -> list[Piece]:
    """The pieces of a pair of documents, heaviest first; none when the best weighs less than the scale needs."""
    a, b = sides
    own = seeds.a == seeds.b
    aligned = []
    for chain in chains(seeds):
        if _seed_bits(chain, scale) >= SEED_BITS and not (own and chain[-1][0] + 3 > chain[0][1]):
            runs = align(chain, a, b, own)
            aligned.append((runs, [scale.plain(run[0], run[0] + run[2]) for run in runs]))
    # the words' bits without their context, and all of a chain together, are the most that they can weigh
    aligned = [(runs, plain) for runs, plain in aligned if sum(plain) >= LEAST - ROUNDED]
    if max((sum(plain) for _, plain in aligned), default=0.0) < scale.needed - ROUNDED:
        return []
    most = [max((piece.bits for piece in _stretches(runs, plain)), default=0.0) for runs, plain in aligned]
    if max(most) < scale.needed:
        return []
    kept = [runs for bits, (runs, _) in zip(most, aligned, strict=True) if bits >= LEAST]
    context = Context.of(scale.bits, [a] if own else [a, b])
    pieces: list[Piece] = []
    for runs, weights in zip(kept, _weighed(context, a, kept, scale.light), strict=True):
        pieces += _stretches(runs, weights)
    return _apart(pieces) if max((piece.bits for piece in pieces), default=0.0) >= scale.needed else []


def _seed_bits(chain: Chain, scale: Scale) -> float:
    """The bits of the words of ``a`` that a chain's seeds cover."""
    bits, reach = 0.0, 0
    for place, _ in chain:
        bits += scale.plain(max(place, reach), place + 3) if place + 3 > reach else 0.0
        reach = max(reach, place + 3)
    return bits


def _apart(pieces: list[Piece]) -> list[Piece]:
    """The pieces, heaviest first, each with the bits of what no heavier one has; at most `MOST` of a pair."""
    pieces.sort(key=lambda piece: (-piece.bits, piece.a_start, piece.b_start))
    kept: list[Piece] = []
    for piece in pieces[:MOST]:
        outside = 1 - max((_inside(piece, other) for other in kept), default=0.0)
        if piece.bits * outside >= LEAST:
            kept.append(replace(piece, bits=piece.bits * outside, shared=round(piece.shared * outside)))
    return kept


def _weighed(context: Context, a: Ints, listed: list[list[Run]], light: Floats | None) -> list[list[float]]:
    """The bits of each run of some lists of runs, all words of all runs being weighed at once."""
    at = np.concatenate([np.arange(run[0], run[0] + run[2]) for runs in listed for run in runs])
    bits = context.weigh(a, at)
    if light is not None:
        bits = bits * light[at]
    made: list[list[float]] = []
    done = 0
    for runs in listed:
        made.append([])
        for run in runs:
            made[-1].append(float(bits[done : done + run[2]].sum()))
            done += run[2]
    return made


def _inside(piece: Piece, other: Piece) -> float:
    """The share of the piece that lies in the other, on both sides, 0 to 1."""
    over_a = min(piece.a_end, other.a_end) - max(piece.a_start, other.a_start)
    over_b = min(piece.b_end, other.b_end) - max(piece.b_start, other.b_start)
    return max(0.0, min(over_a / (piece.a_end - piece.a_start), over_b / (piece.b_end - piece.b_start)))
