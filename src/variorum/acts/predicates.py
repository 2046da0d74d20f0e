"""Predicates: what word tells an act, and which words tell the same (kill, killing, killed; quake and earthquake).

A noun goes with the verb from which it is derived (``data/act_nouns.csv``), a form with its stem. Which predicates
accounts use of one act was counted on marked news (``data/act_pairs.csv``).
"""

from __future__ import annotations

import math
from functools import cache, lru_cache

from variorum.language.inflection import noun_forms
from variorum.lists import rows, toml
from variorum.sentences import stem

__all__ = ["akin", "likely", "predicate", "usual"]


@lru_cache(maxsize=65536)
def predicate(trigger: str) -> str:
    """The stem of a trigger's verb, or of its noun where it has none.

    >>> [predicate(word) for word in ("killed", "killing", "explosion", "exploded", "Earthquakes")]
    ['kill', 'kill', 'explod', 'explod', 'earthquak']
    """
    low = trigger.lower().split()[-1].strip("'’-") if trigger.split() else ""
    return stem(_verbs().get(low) or low)


@cache
def _verbs() -> dict[str, str]:
    """The verb of each form of a noun that tells acts."""
    found: dict[str, str] = {}
    for row in rows("act_nouns"):
        if row["verb"]:
            for form in noun_forms(row["noun"]):
                found.setdefault(form, row["verb"])
    return found


def likely(a: str, b: str) -> float:
    """How likely two predicates that one story tells are of one act, 0 to 1, by what was counted; 0 where nothing was.

    >>> likely("kill", "applaud")
    0.0
    """
    return _pairs().get((a, b), 0.0) if a < b else _pairs().get((b, a), 0.0)


def akin(word: str) -> frozenset[str]:
    """The predicates with which a predicate was counted together often enough."""
    return _akin().get(word, frozenset())


@cache
def _pairs() -> dict[tuple[str, str], float]:
    table = toml("acts")["thesaurus"]
    prior, least = float(table["prior"]), float(table["least"])
    found = {}
    for row in rows("act_pairs"):
        share = int(row["together"]) / (int(row["stories"]) + prior)
        if share >= least:
            found[row["a"], row["b"]] = share
    return found


@cache
def _akin() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for a, b in _pairs():
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return {word: frozenset(others) for word, others in found.items()}


def usual(word: str) -> float:
    """How likely a predicate that two accounts of a story use is of one act, as log odds against the mean of all."""
    return _usual().get(word, 0.0)


@cache
def _usual() -> dict[str, float]:
    table = toml("acts")["thesaurus"]
    prior, mean = float(table["prior"]), float(table["mean"])
    found = {}
    for row in rows("act_pairs"):
        if row["a"] == row["b"]:
            share = (int(row["together"]) + prior * mean) / (int(row["stories"]) + prior)
            found[row["a"]] = math.log(share / (1 - share)) - math.log(mean / (1 - mean))
    return found
