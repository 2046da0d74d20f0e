"""Walks a text once and finds time expressions, trying patterns only where one can begin.

The gate is made from the patterns themselves: for every word that may begin one, the words that may come second. The
patterns have no repetition and the nesting is bounded, so the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from variorum.lists import toml
from variorum.mentions.times import readings, readings_lengths
from variorum.mentions.times.admit import admitted
from variorum.mentions.times.attached import attach
from variorum.mentions.times.grammar import ANY, compiled, key, unique
from variorum.mentions.times.meanings import Hit
from variorum.mentions.times.parts import READINGS
from variorum.mentions.times.rows import continued, further_days, led
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.trim import trimmed

__all__ = ["Rule", "gate", "rules", "scan"]

_TOKEN = re.compile(r"'(?=\d)|\w+")
_DEEPEST: int = toml("limits")["times"]["deepest"]
_READ_BY = (readings, readings_lengths)  # importing them registers their readings


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of the rules table, ready to match."""

    name: str
    means: str
    source: str
    starts: frozenset[tuple[str, ...]]
    then: str | None
    nested_only: bool
    ends: str | None

    @property
    def regex(self) -> re.Pattern[str]:
        """Its expression, which is compiled when it is first tried: few rules are, in a short text."""
        return _compiled(self.source)


_compiled = cache(re.compile)


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules of ``data/times_rules.toml`` in their order.

    >>> [r.name for r in rules() if r.name == "noon"]
    ['noon']
    """
    table = toml("times_rules")
    made = []
    for row in table["rule"]:
        pattern = compiled(row["pattern"], table["fragments"])
        closed = "" if row.get("then") else r"(?!\w)"
        regex = f"(?:{unique(pattern.regex)}){closed}"
        only = row.get("only") == "nested"
        made.append(Rule(row["name"], row["means"], regex, pattern.starts, row.get("then"), only, row.get("ends")))
    return tuple(made)


Way = tuple[tuple[Rule, ...], dict[str, tuple[Rule, ...]]]
_NO_WAY: Way = ((), {})


@lru_cache(maxsize=1)
def gate() -> dict[str, Way]:
    """For each word that may begin an expression: the rules to try whatever comes next, and those to try before each
    second word (the former among them), always in the order of the table."""
    always: dict[str, set[int]] = {}
    before: dict[str, dict[str, set[int]]] = {}
    for number, rule in enumerate(rules()):
        for start in rule.starts:
            always.setdefault(start[0], set())
            seconds = before.setdefault(start[0], {})
            if len(start) == 1 or start[1] == ANY:
                always[start[0]].add(number)
            else:
                seconds.setdefault(start[1], set()).add(number)
    return {
        first: (_in_order(always[first]), {w: _in_order(numbers | always[first]) for w, numbers in seconds.items()})
        for first, seconds in before.items()
    }


def _in_order(numbers: set[int]) -> tuple[Rule, ...]:
    return tuple(rules()[number] for number in sorted(numbers))


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
        known, after = self.gate, 0
        for word in _TOKEN.finditer(self.sight.low):
            text = word.group()
            if self.gated and text not in known and text[0] not in "0123456789":
                continue
            start = word.start()
            if start < after:
                continue
            tried = self._tried(text, word.end())
            found = self._top(start, tried) if tried else []
            if found:
                hits += found
                after = found[-1].end
        return hits

    def _tried(self, word: str, end: int) -> tuple[Rule, ...]:
        """The rules that may match where this word begins."""
        if not self.gated:
            return self.rules
        always, before = self.gate.get(key(word), _NO_WAY)
        if not before:
            return always
        following = _TOKEN.search(self.sight.low, end, end + 40)
        return always if following is None else before.get(key(following.group()), always)

    def _top(self, start: int, tried: tuple[Rule, ...]) -> list[Hit]:
        found = led(self.sight, start, self._nested) or self._best(start, tried, 0)
        if not found:
            return []
        return found + continued(self.sight, found[-1])

    def _nested(self, start: int, depth: int) -> list[Hit]:
        word = _TOKEN.match(self.sight.low, start)
        if word is None:
            return []
        if depth == 1 and word.group()[0] in "0123456789":
            listed = led(self.sight, start, self._nested)
            if listed:
                return listed
        found = self._best(start, self._tried(word.group(), word.end()), depth)
        return found + further_days(self.sight, found[0]) if depth == 1 and len(found) == 1 else found

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
