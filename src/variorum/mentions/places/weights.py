"""The fixed weights of the facts, from ``data/place_weights.csv`` (fitted by ``training/places.py``).

There are two columns: ``weight`` for a text alone, ``with_names`` for one whose names a parser has labelled too.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from variorum.lists import rows

__all__ = ["likelihood", "weights"]


@cache
def weights(with_names: bool = False) -> dict[str, float]:
    """The weight of each fact; "always" is the constant."""
    column = "with_names" if with_names else "weight"
    return {row["fact"]: float(row[column] or 0.0) for row in rows("place_weights")}


def likelihood(held: Iterable[str], with_names: bool = False) -> float:
    """The sum of the weights of facts: above 0 a place is likelier than not (log odds).

    >>> likelihood(["is_country", "after_locative"]) > likelihood(["common_word", "opens_sentence"])
    True
    """
    table = weights(with_names)
    return table["always"] + sum(table.get(fact, 0.0) for fact in held)
