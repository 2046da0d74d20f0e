"""What speaks for and against two claims of a story telling one act: features, weighed by a table of learned weights.

A disagreement of date is no incompatibility: days that do not meet count against, but never bar.
"""

from __future__ import annotations

import math
from functools import cache
from operator import mul

from variorum.acts.doings import Doing, Told
from variorum.acts.predicates import likely, usual
from variorum.lists import toml

__all__ = ["FEATURES", "compare", "probability", "reasons"]

FEATURES = (
    "same word", "usual", "thesaurus", "type", "agents", "other agents", "patients", "other patients", "crossed",
    "day", "days apart", "place", "other place", "sentence", "one account", "one sentence", "repeated", "share",
    "leads", "passing", "polarity", "modality",
)  # fmt: skip
NEAR: float = toml("acts")["pairs"]["near"]
LEAD: int = toml("acts")["pairs"]["lead"]


def compare(told: Told, a: Doing, b: Doing) -> tuple[float, ...]:
    """The features of two doings of a story, in the order of `FEATURES`."""
    same = a.predicate == b.predicate
    often = told.often[a.predicate] if same else max(told.often[a.predicate], told.often[b.predicate])
    return (
        float(same),
        usual(a.predicate) if same else 0.0,
        0.0 if same else likely(a.predicate, b.predicate),
        float(a.claim.type == b.claim.type and a.claim.type not in ("act", "other")),
        *_shared(told, a.agent, b.agent),
        *_shared(told, a.patient, b.patient),
        max(_shared(told, a.agent, b.patient)[0], _shared(told, a.patient, b.agent)[0]),
        *_days(a, b),
        float(bool(a.places & b.places)),
        float(bool(a.places and b.places) and not a.places & b.places),
        told.cosine(a.passage, b.passage),
        float(a.claim.witness == b.claim.witness),
        float(a.passage.number == b.passage.number),
        often,
        min(told.tellers[a.predicate], told.tellers[b.predicate]) / told.accounts,
        float(a.lead < LEAD and b.lead < LEAD),
        float(a.claim.in_passing + b.claim.in_passing) / 2,
        float(a.claim.polarity != b.claim.polarity),
        float(a.claim.modality != b.claim.modality),
    )


def probability(values: tuple[float, ...]) -> float:
    """The probability that a pair with these features tells one act."""
    weights, intercept = _weights()
    logit = intercept + sum(map(mul, weights, values))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))


@cache
def _weights() -> tuple[tuple[float, ...], float]:
    table = toml("acts")
    return tuple(float(table["weights"][name]) for name in FEATURES), float(table["join"]["intercept"])


def _shared(told: Told, a: frozenset[str], b: frozenset[str]) -> tuple[float, float]:
    """The share of the poorer side's rarity that both have, and 1 where both have words and none in common."""
    if not a or not b:
        return 0.0, 0.0
    common = a & b
    if not common:
        return 0.0, 1.0
    return told.weight(common) / min(told.weight(a), told.weight(b)), 0.0


def _days(a: Doing, b: Doing) -> tuple[float, float]:
    """1 where both tell the same day or days that meet; and 1 where they lie apart, less where nearly."""
    if a.days is None or b.days is None:
        return 0.0, 0.0
    if a.days.meets(b.days):
        return a.days.share(b.days), 0.0
    return 0.0, 0.5 if a.days.gap(b.days) <= NEAR else 1.0


def reasons(a: Doing, b: Doing, values: tuple[float, ...]) -> str:
    """Why two doings were joined, in words."""
    told = dict(zip(FEATURES, values, strict=True))
    both = f"“{a.claim.trigger}” and “{b.claim.trigger}” "
    parts = [both + ("are of one word" if told["same word"] else "are told of one act in other news")]
    for name, words in toml("acts")["reasons"].items():
        if told[name] > 0:
            parts.append(words)
    return "; ".join(parts)
