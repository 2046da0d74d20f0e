"""The fixed weights of the facts, from ``data/place_weights.csv`` (fitted by ``training/places.py``)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

__all__ = ["likelihood", "weights"]


@cache
def weights() -> dict[str, float]:
    """The weight of each fact; "always" is the constant."""
    lines = files("variorum").joinpath("data", "place_weights.csv").read_text(encoding="utf-8").splitlines()
    return {r["fact"]: float(r["weight"]) for r in csv.DictReader(line for line in lines if not line.startswith("#"))}


def likelihood(held: Iterable[str]) -> float:
    """The sum of the weights of facts: above 0 a place is likelier than not (log odds).

    >>> likelihood(["is_country", "after_locative"]) > likelihood(["common_word", "opens_sentence"])
    True
    """
    table = weights()
    return table["always"] + sum(table.get(fact, 0.0) for fact in held)
