"""Walks a text once and finds time expressions, trying patterns only where one can begin.

The gate is made from the patterns themselves: for every word that may begin one, the words that may come second. The
patterns have no repetition and the nesting is bounded, so the time is linear in the length of the text.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from variorum.mentions.times import readings, readings_lengths
from variorum.mentions.times.admit import admitted
from variorum.mentions.times.attached import attach
from variorum.mentions.times.grammar import ANY, DIGIT, compiled, key, unique
from variorum.mentions.times.meanings import Hit
from variorum.mentions.times.parts import READINGS
from variorum.mentions.times.rows import continued, led
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.trim import trimmed

__all__ = ["Rule", "gate", "rules", "scan"]

_TOKEN = re.compile(r"'(?=\d)|\w+")
_DEEPEST = 3
_READ_BY = (readings, readings_lengths)  # importing them registers their readings


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of the rules table, ready to match."""

    name: str
    means: str
    regex: re.Pattern[str]
    starts: frozenset[tuple[str, ...]]
    then: str | None
    nested_only: bool
    ends: str | None


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules of ``data/times_rules.toml`` in their order.

    >>> [r.name for r in rules() if r.name == "noon"]
    ['noon']
    """
    table = tomllib.loads(files("variorum.data").joinpath("times_rules.toml").read_text(encoding="utf-8"))
    made = []
    for row in table["rule"]:
        pattern = compiled(row["pattern"], table["fragments"])
        closed = "" if row.get("then") else r"(?!\w)"
        regex = re.compile(f"(?:{unique(pattern.regex)}){closed}")
        only = row.get("only") == "nested"
        made.append(Rule(row["name"], row["means"], regex, pattern.starts, row.get("then"), only, row.get("ends")))
    return tuple(made)


@lru_cache(maxsize=1)
def gate() -> dict[str, tuple[frozenset[str] | None, tuple[Rule, ...]]]:
    """For each word that may begin an expression: the words that may come next (None: any), and the rules to try."""
    seconds: dict[str, set[str]] = {}
    wanted: dict[str, list[Rule]] = {}
    for rule in rules():
        for start in rule.starts:
            first = start[0]
            if rule not in wanted.setdefault(first, []):
                wanted[first].append(rule)
            seconds.setdefault(first, set()).add(start[1] if len(start) > 1 else ANY)
    openers = frozenset(seconds)
    for rule in rules():
        for start in rule.starts:
            if len(start) == 1 and rule.then:
                seconds[start[0]] = seconds[start[0]] | openers
    return {w: (None if ANY in s else frozenset(s), tuple(wanted[w])) for w, s in seconds.items()}


_NEVER: tuple[None, tuple[Rule, ...]] = (None, ())


def scan(sight: Sight, gated: bool = True) -> list[Hit]:
    """All time expressions of a text from left to right, none overlapping; ``gated=False`` tries every word.

    >>> from variorum.mentions.times.options import TimeOptions
    >>> [h.rule for h in scan(Sight("On 4 May 1921 the ferry sank.", TimeOptions()))]
    ['day month year']
    """
    return _Scanner(sight, gated).run()


class _Scanner:
    def __init__(self, sight: Sight, gated: bool) -> None:
        self.sight, self.gated = sight, gated
        self.gate = gate()
        self.rules = rules()

    def run(self) -> list[Hit]:
        hits: list[Hit] = []
        low, known, after = self.sight.low, self.gate, 0
        for word in _TOKEN.finditer(low):
            start = word.start()
            if start < after:
                continue
            if self.gated:
                text = word.group()
                entry = known.get(text)
                if entry is None:
                    if text[0] not in "0123456789":
                        continue
                    entry = known.get(key(text), _NEVER)
                elif entry[0] is not None and not self._second(word.end(), entry[0]):
                    continue
                tried = entry[1]
            else:
                tried = self.rules
            found = self._top(start, tried)
            if found:
                hits += found
                after = found[-1].end
        return hits

    def _second(self, end: int, allowed: frozenset[str]) -> bool:
        following = _TOKEN.search(self.sight.low, end, end + 40)
        if following is None:
            return False
        return key(following.group()) in allowed

    def _top(self, start: int, tried: tuple[Rule, ...]) -> list[Hit]:
        found = led(self.sight, start, self._nested) or self._best(start, tried, 0)
        if not found:
            return []
        return found + continued(self.sight, found[-1])

    def _nested(self, start: int, depth: int) -> list[Hit]:
        word = _TOKEN.match(self.sight.low, start)
        if word is None:
            return []
        begins = key(word.group())
        entry = self.gate.get(begins) if self.gated else (None, self.rules)
        if entry is None:
            return []
        if depth == 1 and begins.startswith(DIGIT):
            listed = led(self.sight, start, self._nested)
            if listed:
                return listed
        return self._best(start, entry[1], depth)

    def _best(self, start: int, tried: tuple[Rule, ...], depth: int) -> list[Hit]:
        best: list[Hit] = []
        for rule in tried:
            if rule.nested_only and not depth:
                continue
            match = rule.regex.match(self.sight.low, start)
            if match is None or match.end() == start or (rule.then and depth >= _DEEPEST):
                continue
            found = self._read(rule, match, depth)
            if found and (not best or found[-1].end > best[-1].end):
                best = found
        return best

    def _read(self, rule: Rule, match: re.Match[str], depth: int) -> list[Hit]:
        parts = {k.partition("__")[0]: v for k, v in match.groupdict().items() if v is not None}
        parts["_text"] = match.group()
        rest: list[Hit] = []
        if rule.then:
            rest = self._nested(match.end(), depth + 1)
            if not rest:
                return []
        meaning = READINGS[rule.means](parts, rest[0] if rest else None)
        if meaning is None:
            return []
        if rule.ends and rest:
            first = Hit(match.start(), match.end(rule.ends), meaning, rule.name, "list")
            return [first, *rest]
        hit = Hit(match.start(), rest[0].end if rest else match.end(), meaning, rule.name)
        if not admitted(self.sight, hit, depth):
            return []
        if not depth:
            hit = trimmed(self.sight, hit)
        if not rest[1:]:
            hit = attach(self.sight, hit, depth, self._nested)
        return [hit, *rest[1:]]
