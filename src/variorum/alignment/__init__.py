"""Alignment: sentences of accounts in different languages that tell the same, side by side.

Two accounts are compared where they share anchors enough (`anchors`): days, hours, numbers, places, names. Only within
such a pair are sentences put together, in order (`aligned`), by their anchors and, where ``variorum[languages]`` is
installed, by their meaning (`meaning`). A sentence model tells which matter, never which event: it opens no pair.
Nothing is translated.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from variorum.alignment import meaning
from variorum.alignment.aligned import aligned
from variorum.alignment.anchors import Anchor, Unit, keys, units
from variorum.engine import Engine
from variorum.languages import code_of, named
from variorum.lists import toml
from variorum.records import Figure, Parallel, Place, Row, Sentence, Time, Witness, rows, table

__all__ = ["Told", "aligned_rows", "run"]

_SET = toml("alignment")
WEIGHTS: dict[str, float] = _SET["weights"]
LIMITS: Mapping[str, float] = _SET["limits"]
GATE: Mapping[str, float] = _SET["gate"]
LIKE: dict[str, float] = _SET["likeness"]
ANCHORING = ("day", "month", "year", "clock", "number", "place", "name")
"""Kinds of anchors that tell which event; what befell people tells only which matter."""
MODELLED = frozenset(_SET["model_languages"].split())
"""Languages that the sentence model was made for."""
KINDS: tuple[type[Row], ...] = (Sentence, Time, Figure, Place)
Matrix = npt.NDArray[np.float32]


@dataclass(slots=True)
class Told:
    """An account as sentences with their anchors."""

    witness: str
    language: str
    units: list[Unit]

    def anchors(self) -> set[Anchor]:
        """All anchors of the account."""
        return {anchor for unit in self.units for anchor in unit.anchors}


def run(engine: Engine) -> None:
    """Reads ``witnesses``, ``sentences``, ``times``, ``figures``, ``places``; writes ``alignments``.

    Where all accounts are in one language there is nothing to do.
    """
    witnesses = rows(Witness, engine.get("witnesses"))
    several = len({code_of(w.language) or "en" for w in witnesses}) > 1
    found = aligned_rows(_accounts(engine, witnesses)) if several else []
    engine.put("alignments", table(Parallel, found))


def _accounts(engine: Engine, witnesses: Sequence[Witness]) -> list[Told]:
    held = {kind: _by_witness(rows(kind, engine.get(kind.TABLE)) if engine.has(kind.TABLE) else []) for kind in KINDS}
    made = []
    for witness in witnesses:
        sentences, times, figures, places = (held[kind].get(witness.witness, []) for kind in KINDS)
        listed = units(witness.language, sentences[: int(LIMITS["sentences"])], times, figures, places)
        made.append(Told(witness.witness, code_of(witness.language) or "en", listed))
    _settled(made)
    return made


def _settled(accounts: Sequence[Told]) -> None:
    """A name that is a place's in another account, and no other's, is that place here too."""
    known: dict[str, set[str]] = defaultdict(set)
    for told in accounts:
        for unit in told.units:
            for (kind, place), words in unit.anchors.items():
                for key in keys(words, told.language) if kind == "place" and " " not in words else ():
                    known[key].add(place)
    for told in accounts:
        for unit in told.units:
            for anchor in [one for one in unit.anchors if one[0] == "name" and len(known.get(one[1], ())) == 1]:
                (place,) = known[anchor[1]]
                unit.add("place", place, unit.anchors.pop(anchor))


def _by_witness(listed: Sequence[Any]) -> dict[str, list[Any]]:
    made: dict[str, list[Any]] = defaultdict(list)
    for row in listed:
        made[row.witness].append(row)
    return made


def aligned_rows(accounts: Sequence[Told]) -> list[Parallel]:
    """The pairs of sentences in two languages that tell the same, as rows of kind ``rendition``.

    ``score`` is their likeness, 0 to 1; ``anchors`` are what both have, in the words of the first.
    """
    weights = _weights(accounts)
    with_model = meaning.installed()
    made: list[Parallel] = []
    for a, b in _partners(accounts, weights):
        first, second = (a, b) if a.witness < b.witness else (b, a)
        alike = _likeness(first, second, weights, with_model)
        made += [_row(first, second, i, j, float(alike[i, j]), with_model) for i, j in aligned(alike)]
    return sorted(made, key=lambda row: (row.a_witness, row.b_witness, row.a_start, row.b_start))


def _weights(accounts: Sequence[Told]) -> dict[Anchor, float]:
    """The bits of each anchor: those of its kind, more where few sentences have it, none where most accounts do."""
    held = Counter(anchor for told in accounts for unit in told.units for anchor in unit.anchors)
    size = max(2, sum(len(told.units) for told in accounts))
    made = {}
    for anchor, count in held.items():
        rare = min(1.0, max(0.0, math.log2(size / count) / math.log2(size)))
        extra = WEIGHTS["rarest"] * rare if anchor[0] != "role" else 0.0
        made[anchor] = WEIGHTS[anchor[0]] * (0.5 + rare / 2) + extra * rare
    return made


def _partners(accounts: Sequence[Told], weights: Mapping[Anchor, float]) -> Iterator[tuple[Told, Told]]:
    """The pairs of accounts in two languages that share enough to tell one event."""
    having: dict[Anchor, list[int]] = defaultdict(list)
    for number, told in enumerate(accounts):
        for anchor in told.anchors():
            if anchor[0] in ANCHORING and not _small(anchor):
                having[anchor].append(number)
    most = max(LIMITS["few"], LIMITS["shared_by"] * len(accounts))
    shared: dict[tuple[int, int], list[Anchor]] = defaultdict(list)
    for anchor, listed in having.items():
        for pair in combinations(listed, 2) if len(listed) <= most else ():
            shared[pair].append(anchor)
    bits = {pair: math.fsum(sorted(weights[a] for a in common)) for pair, common in shared.items()}
    near = _near(pair for pair in bits if bits[pair] >= GATE["bits"] and _several_kinds(shared[pair]))
    taken: Counter[int] = Counter()
    for x, y in sorted(bits, key=lambda pair: (-bits[pair], pair)):
        linked = y in near[x] or (bits[x, y] >= GATE["weak"] and _linked(near, x, y))
        if linked and accounts[x].language != accounts[y].language and min(taken[x], taken[y]) < LIMITS["partners"]:
            taken.update((x, y))
            yield accounts[x], accounts[y]


def _linked(near: Mapping[int, set[int]], x: int, y: int) -> bool:
    """True where one or two others lie between: each shares enough with the next."""
    return any(other in near[y] or near[other] & near[y] for other in near[x])


def _near(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    """The accounts with which each shares enough, in its own language or another."""
    made: dict[int, set[int]] = defaultdict(set)
    for x, y in pairs:
        made[x].add(y)
        made[y].add(x)
    return made


def _small(anchor: Anchor) -> bool:
    return anchor[0] == "number" and float(anchor[1]) <= WEIGHTS["small"]


def _several_kinds(common: Sequence[Anchor]) -> bool:
    return len({kind for kind, _ in common}) >= GATE["kinds"]


def _likeness(a: Told, b: Told, weights: Mapping[Anchor, float], with_model: bool) -> Matrix:
    """How alike each two sentences are, 0 to 1."""
    years = (_years(a), _years(b))
    counts = [Counter(anchor for unit in told.units for anchor in unit.anchors) for told in (a, b)]
    here = {
        anchor: weights[anchor] / math.sqrt(counts[0][anchor] * counts[1][anchor]) for anchor in counts[0] & counts[1]
    }
    alike = np.zeros((len(a.units), len(b.units)), np.float32)
    for i, left in enumerate(a.units):
        for j, right in enumerate(b.units):
            bits = _bits(left.anchors.keys() & right.anchors.keys(), here)
            alike[i, j] = bits / (bits + LIKE["half"]) - (LIKE["apart"] if _apart(left, right, years) else 0.0)
    if with_model and a.units and b.units:
        cosine = meaning.vectors([u.text for u in a.units]) @ meaning.vectors([u.text for u in b.units]).T
        alike = _with_meaning(alike, cosine)
    return alike


def _with_meaning(alike: Matrix, cosine: Matrix) -> Matrix:
    """Anchors and meaning as two independent chances to be right, the meaning weighed less."""
    said = np.clip((cosine - LIKE["meaning_from"]) / (LIKE["meaning_to"] - LIKE["meaning_from"]), 0, 1)
    return np.asarray(alike + LIKE["meaning"] * said * (1 - alike), np.float32)


def _bits(common: set[Anchor], weights: Mapping[Anchor, float]) -> float:
    """The bits of what two sentences share; several forms of one name count once."""
    names = max((weights[anchor] for anchor in common if anchor[0] == "name"), default=0.0)
    return names + math.fsum(sorted(weights[anchor] for anchor in common if anchor[0] != "name"))


def _years(told: Told) -> frozenset[str]:
    """The year that an account names in most sentences."""
    counts = Counter(key for unit in told.units for kind, key in unit.anchors if kind == "year")
    most = max(counts.values(), default=0)
    return frozenset(year for year, count in counts.items() if count == most)


def _apart(left: Unit, right: Unit, years: tuple[frozenset[str], frozenset[str]]) -> bool:
    """True where both have names, places or years and none in common; a sentence may have its year from its account."""
    for kind in ("name", "place", "year"):
        ours, theirs = ({key for k, key in unit.anchors if k == kind} for unit in (left, right))
        if kind == "year" and (ours or theirs):
            ours, theirs = ours or set(years[0]), theirs or set(years[1])
        if ours and theirs and not ours & theirs:
            return True
    return False


def _row(a: Told, b: Told, i: int, j: int, score: float, with_model: bool) -> Parallel:
    left, right = a.units[i], b.units[j]
    common = sorted(left.anchors.keys() & right.anchors.keys())
    shared = list(dict.fromkeys(left.anchors[anchor] for anchor in common))
    by = ", ".join(f"“{words}”" for words in shared) or "their neighbours alone"
    strange = " and ".join(named(one.language) for one in (a, b) if one.language not in MODELLED)
    also = f" and by a sentence model that does not know {strange}" if strange else " and by meaning"
    why = f"in two languages, joined by {by}{also if with_model else ''}; doubtful, as no words are shared"
    return Parallel(
        a.witness, left.start, left.end, left.text, b.witness, right.start, right.end, right.text, "rendition",
        round(score, 2), why=why, anchors=shared, across=True,
    )  # fmt: skip
