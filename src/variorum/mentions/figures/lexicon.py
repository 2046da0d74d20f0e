"""The word lists of the figures, read once from ``data/figures-*.toml`` and laid out for looking up phrases."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from variorum.lists import toml
from variorum.mentions.figures.words import Line, split

__all__ = ["Phrases", "Unit", "excluded", "numbers", "roles", "units"]


class Phrases:
    """Phrases with a value each; ``at`` and ``before`` find the longest one that begins or ends at a word.

    >>> p = Phrases([("more than", "above"), ("more", "x")])
    >>> p.at(Line(split("more than ten"), 0, 13), 0)
    (2, 'above')
    """

    def __init__(self, entries: Iterable[tuple[str, Any]]) -> None:
        self.first: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
        self.last: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
        for phrase, value in entries:
            words = _words(phrase)
            self.first.setdefault(words[0], []).append((words, value))
            self.last.setdefault(words[-1], []).append((words, value))
        for side in (self.first, self.last):
            for listed in side.values():
                listed.sort(key=lambda entry: -len(entry[0]))

    def at(self, line: Line, index: int) -> tuple[int, Any] | None:
        """The end of the longest phrase that begins at word ``index``, and its value."""
        for words, value in self.first.get(line.low(index), ()):
            end = index + len(words)
            if line.lows[index:end] == words:
                return end, value
        return None

    def before(self, line: Line, index: int) -> tuple[int, Any] | None:
        """The start of the longest phrase that ends just before word ``index``, and its value."""
        for words, value in self.last.get(line.low(index - 1), ()):
            start = index - len(words)
            if start >= 0 and line.lows[start:index] == words:
                return start, value
        return None


def _words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as a line has them; those of plain letters are parted at their spaces, which is faster."""
    plain = phrase.isascii() and phrase.replace(" ", "").isalpha()
    return tuple(phrase.lower().split()) if plain else tuple(w.low for w in split(phrase))


class Unit(NamedTuple):
    """What a unit word counts: its ``kind`` (people, settlements ...) and ``group`` (women, homes ...)."""

    kind: str
    group: str


class Verb(NamedTuple):
    """A trigger: the ``act`` it tells and the ``form`` in which it stands (base past participle ing state)."""

    act: str
    form: str


def plural(word: str, irregular: dict[str, str]) -> str:
    """The plural of a unit, by its last word.

    >>> plural("rescue worker", {}), plural("body", {}), plural("border crossing", {}), plural("bus", {})
    ('rescue workers', 'bodies', 'border crossings', 'buses')
    """
    if word in irregular:
        return irregular[word]
    head, _, last = word.rpartition(" ")
    lead = head + " " if head else ""
    if last in irregular:
        return lead + irregular[last]
    if " of " in word:
        first, _, rest = word.partition(" of ")
        return f"{plural(first, irregular)} of {rest}"
    if last.endswith("man"):
        return lead + last[:-3] + "men"
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        return lead + last[:-1] + "ies"
    return lead + last + ("es" if last.endswith(("s", "x", "z", "ch", "sh")) else "s")


KINDS = ("people", "settlements", "buildings", "vehicles", "weapons", "formations", "livestock", "money", "area",
         "distance", "share", "weight", "energy", "events", "time", "heat")  # fmt: skip


class Units:
    """All counted nouns: ``words`` by phrase, ``containers`` (pieces of ...), ``symbols`` of money."""

    def __init__(self) -> None:
        data = toml("figures-units")
        self.words = Phrases(self._entries(data))
        self.containers = {w for c in data["containers"]["words"] for w in (c, plural(c, data["irregular"]))}
        self.symbols: dict[str, str] = {k.lower(): v for k, v in data["symbols"].items()}

    @staticmethod
    def _entries(data: dict[str, Any]) -> list[tuple[str, Unit]]:
        found: dict[str, Unit] = {}
        for kind in KINDS:
            for group, words in data[kind].items():
                of = group if group in ("aircraft", "ships") else kind
                for word in words:
                    for form in {word, plural(word, data["irregular"]), _persons(word)}:
                        found.setdefault(form, Unit(of, group))
        return list(found.items())


def _persons(word: str) -> str:
    return word + "s" if word.endswith("person") else word


def _inflected(entry: str) -> list[tuple[str, str]]:
    """The forms of a verb entry such as "blow blew blown blowing|up"; "-" stands for a base not used."""
    verb, _, tail = entry.partition("|")
    parts = verb.split()
    base, past, done, ing = parts if len(parts) == 4 else _regular(verb)
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    if base.endswith("y") and base[-2] not in "aeiou":
        third = base[:-1] + "ies"
    forms = [
        (ing, "ing"),
        (past, "both" if past == done else "past"),
        (done, "participle"),
        (third, "past"),
        (base, "base"),
    ]
    return [(f"{form} {tail}".strip(), kind) for form, kind in forms if not form.startswith("-")]


DOUBLING = frozenset({"gun", "trap", "gut", "kidnap", "expel", "club", "stab"})


def _regular(verb: str) -> list[str]:
    words = verb.split()
    *lead, last = words
    front = " ".join(lead) + " " if lead else ""
    stem = front + last
    if last in DOUBLING:
        return [stem, stem + last[-1] + "ed", stem + last[-1] + "ed", stem + last[-1] + "ing"]
    if last.endswith("e") and not last.endswith("ee"):
        return [stem, stem + "d", stem + "d", stem[:-1] + "ing"]
    if last.endswith("ee"):
        return [stem, stem + "d", stem + "d", stem + "ing"]
    if last.endswith("y") and last[-2] not in "aeiou":
        return [stem, stem[:-1] + "ied", stem[:-1] + "ied", stem + "ing"]
    return [stem, stem + "ed", stem + "ed", stem + "ing"]


class Roles:
    """All triggers of roles, by the construction they serve."""

    def __init__(self) -> None:
        data = toml("figures-roles")
        self.meaning: dict[str, dict[str, str]] = data["meaning"]
        self.verbs = self._verbs(data["verbs"])
        self.subjects = self._verbs(data["subjects"])
        self.states = Phrases((p, Verb(act, "state")) for act, listed in data["states"].items() for p in listed)
        irregular = toml("figures-units")["irregular"]
        self.units = Phrases(
            (form, act)
            for act, ws in data["units"].items()
            for w in ws
            for form in {w, plural(w, irregular), _persons(w)}
        )
        self.tolls = Phrases((p, act) for act, listed in data["tolls"].items() for p in listed)
        acts: dict[str, list[str]] = {}
        for act, listed in data["acts"].items():
            for phrase in listed:
                acts.setdefault(phrase, []).append(act)
        self.acts = Phrases(acts.items())
        self.among = Phrases((p, p) for p in data["near"]["among"])
        self.lives = frozenset(data["lives"]["words"])
        self.leaving = frozenset(data["leaving"]["words"])
        self.standing: dict[str, dict[str, str]] = data["standing"]
        self.sums = Phrases((p, p) for p in data["sets"]["sum"])
        self.sets: dict[str, frozenset[str]] = {name: frozenset(listed) for name, listed in data["sets"].items()}
        self.breakdown = Phrases((p, p) for p in data["function"]["breakdown"])
        self.is_: dict[str, frozenset[str]] = {k: frozenset(v) for k, v in (data["function"] | data["near"]).items()}
        self.harm = self._harm()
        """Words of which one stands in every line that tells a death, a wound, or a loss of people."""

    def _harm(self) -> frozenset[str]:
        tables = (self.verbs, self.subjects, self.states, self.units, self.tolls, self.acts)
        entries = [(entry[0][-1], entry[1]) for table in tables for listed in table.last.values() for entry in listed]
        told = {word for word, value in entries if any(self._harms(act) for act in _acts(value))}
        return frozenset(told) | self.lives | self.is_["brought_down"]

    def _harms(self, act: str) -> bool:
        return self.meaning.get(act, {}).get("people") in self.sets["harmed"]

    @staticmethod
    def _verbs(table: dict[str, list[str]]) -> Phrases:
        found: dict[str, Verb] = {}
        for act, entries in table.items():
            for entry in entries:
                for form, kind in _inflected(entry):
                    found.setdefault(form, Verb(act, kind))
        return Phrases(found.items())


def _acts(value: Verb | str | list[str]) -> list[str]:
    """The acts that an entry of a table of triggers tells."""
    return value if isinstance(value, list) else [value.act if isinstance(value, Verb) else value]


class Numbers:
    """Number words, vague counts and modifiers."""

    def __init__(self) -> None:
        data = toml("figures-numbers")
        self.cardinals: dict[str, int] = data["cardinals"]
        self.scales: dict[str, int] = data["scales"] | {w + "s": n for w, n in data["scales"].items() if n >= 100_000}
        self.suffixes: dict[str, int] = data["suffixes"]
        self.plurals: dict[str, int] = data["plurals"]
        self.vague = Phrases((p, tuple(v)) for p, v in data["vague"].items())
        self.multiples = Phrases(data["multiples"].items())
        self.in_every = Phrases((p, 0) for p in data["ratio"]["joints"])
        self.wholes = frozenset(data["ratio"]["wholes"])
        self.fractions = Phrases(data["fractions"].items())
        self.shares = Phrases(data["shares"].items())
        self.before = Phrases((p, c) for c, listed in data["before"].items() for p in listed)
        self.verbs = Phrases((p, c) for c, listed in data["verbs"].items() for p in listed)
        self.after = Phrases((p, c) for c, listed in data["after"].items() for p in listed)
        self.change = frozenset(data["change"]["words"])
        zero = data["zero"]
        self.zeros = Phrases((p, 0) for p in zero["words"])
        self.any = Phrases((p, 0) for p in zero["any"])
        self.none = self.zeros.first.keys() | self.any.first.keys()
        """The words with which a number of none may begin."""
        self.no_zero, self.unknown = frozenset(zero["no_zero"]), frozenset(zero["unknown"])
        self.partitive, self.taking = frozenset(zero["partitive"]), frozenset(zero["taking"])
        self.unharmed, self.everyone = frozenset(zero["unharmed"]), frozenset(zero["everyone"])
        self.reach: int = zero["reach"]
        self.openers = {"half", "a", "an", "one", *self.cardinals, *self.plurals}
        self.openers |= self.shares.first.keys() | self.multiples.first.keys() | self.vague.first.keys()
        """The words with which a number in words may begin."""


@cache
def units() -> Units:
    """The units."""
    return Units()


@cache
def roles() -> Roles:
    """The triggers of roles."""
    return Roles()


@cache
def numbers() -> Numbers:
    """The numbers in words."""
    return Numbers()


@cache
def _exclusions() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in toml("figures-exclusions")["sets"].items()}


def excluded(name: str) -> frozenset[str]:
    """A set of ``data/figures-exclusions.toml``.

    >>> "resolution" in excluded("label")
    True
    """
    return _exclusions()[name]
