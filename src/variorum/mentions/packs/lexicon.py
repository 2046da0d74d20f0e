"""The words and patterns of a pack, ready to match.

A class is a table of word = meaning. A word may be written as a stem with its endings (``"січ/ень/ня/ні"``); an empty
ending is the stem itself. A pattern names classes in capitals; a space is one break between words, the rest is a
regular expression without repetition, so that every pattern matches a bounded stretch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from variorum.lists import toml
from variorum.mentions.times.grammar import tree, unique

__all__ = ["BREAK", "Lexicon", "Meaning", "Rule", "forms", "lexicon", "spread"]

Meaning = int | float | str

BREAK = r"(?: {1,2}|[ \t]?\r?\n[ \t]?)"
_CLASS = re.compile(r"(?:(?P<name>[a-z]+\d?)=)?(?P<upper>[A-Z]{2,}[0-9]?)")
_GROUP = re.compile(r"(?<!\\)\((?!\?)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of a pack: what it means, and the expression that finds it."""

    name: str
    means: str
    regex: re.Pattern[str]
    fixed: dict[str, Any]


def forms(written: str) -> list[str]:
    """The forms of a word that is written as a stem with its endings.

    >>> forms("січ/ень/ня"), forms("годин/а/"), forms("зараз")
    (['січень', 'січня'], ['година', 'годин'], ['зараз'])
    """
    stem, slash, endings = written.partition("/")
    return [stem + ending for ending in endings.split("/")] if slash else [stem]


def spread(table: dict[str, Any]) -> dict[str, Any]:
    """A class with every form of its words.

    >>> spread({"р/ік/оку": "Y"})
    {'рік': 'Y', 'року': 'Y'}
    """
    return {form: meaning for written, meaning in table.items() for form in forms(written)}


class Lexicon:
    """The table of times of a pack: classes, shapes of digits, rules, and the words around an expression."""

    def __init__(self, code: str) -> None:
        table = toml(f"{code}/times")
        self.words: dict[str, dict[str, Meaning]] = {name: spread(one) for name, one in table["words"].items()}
        for name, (first, second) in table.get("combined", {}).items():
            self.words[name] = _combined(self.words[first], self.words[second])
        self.shapes: dict[str, str] = {**toml("languages")["shapes"], **table.get("shapes", {})}
        self.fragments: dict[str, str] = table.get("fragments", {})
        self.around: dict[str, str] = table["around"]
        self.cues: dict[str, str] = table["cues"]
        self.fold = str.maketrans(table.get("fold", {}))
        self.rules = tuple(self._rule(row) for row in table["rule"])
        self.begins = self._begins(table["rule"])

    def _rule(self, row: dict[str, Any]) -> Rule:
        regex = re.compile(f"(?:{unique(self.compiled(row['pattern']))})(?!\\w)")
        fixed = {key: value for key, value in row.items() if key not in ("name", "means", "pattern")}
        return Rule(row["name"], row["means"], regex, fixed)

    def compiled(self, pattern: str) -> str:
        """A pattern as a regular expression whose groups bear the names of the classes."""
        parts, at = [], 0
        for match in _CLASS.finditer(pattern):
            parts += [_plain(pattern[at : match.start()]), self._class(match["upper"], match["name"])]
            at = match.end()
        return "".join([*parts, _plain(pattern[at:])])

    def _class(self, upper: str, name: str | None) -> str:
        if upper in self.fragments:
            inner = self.compiled(self.fragments[upper])
            return f"(?P<{name}>{inner})" if name else f"(?:{inner})"
        kind = upper.rstrip("0123456789")
        regex = self.shapes.get(kind) or f"{tree(self.words[kind])}(?!\\w)"
        return f"(?P<{name or upper.lower()}>{regex})"

    def _begins(self, rows: list[dict[str, Any]]) -> frozenset[str]:
        """Every first word of a form, and the words that patterns name: at no other word can an expression begin."""
        listed = [form for table in self.words.values() for form in table]
        listed += [row["pattern"] for row in rows] + list(self.fragments.values())
        return frozenset(word for one in listed for word in re.findall(r"[^\W\d_]+", one))

    def roman(self, word: str) -> bool:
        """Whether a word may be a number in Roman digits, Latin or Cyrillic letters."""
        return len(word) < 8 and re.match(self.shapes["ROMAN"], word) is not None

    def value(self, name: str, word: str | None) -> Any:
        """What a word of a class stands for; None where it is no word of it."""
        return self.words.get(name, {}).get(" ".join(word.split())) if word else None

    def listed(self, name: str) -> frozenset[str]:
        """The words of a list of those around an expression."""
        return frozenset(form for written in self.around.get(name, "").split() for form in forms(written))


def _plain(pattern: str) -> str:
    """What stands between classes: brackets take no name, a space is a break."""
    return _GROUP.sub("(?:", pattern).replace(" ", BREAK)


def _combined(first: dict[str, Meaning], second: dict[str, Meaning]) -> dict[str, Meaning]:
    """Two classes written as one word: "дво" and "річний"; the meanings stand side by side."""
    return {a + b: f"{first[a]} {second[b]}" for a, b in product(first, second)}


@cache
def lexicon(code: str) -> Lexicon:
    """The table of times of a pack, read once.

    >>> lexicon("uk").value("MONTH", "травня")
    5
    """
    return Lexicon(code)
