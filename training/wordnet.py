"""Reads the files of Princeton WordNet 3.0 (Debian's wordnet-base): kinds of nouns, and the verbs that nouns come from.

The recipes keep two facts of a word: how much of its use is of acts and happenings, and which verb it belongs to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

__all__ = ["KINDS", "WordNet"]

KINDS = (
    "tops", "act", "animal", "artifact", "attribute", "body", "cognition", "communication", "event", "feeling", "food",
    "group", "location", "motive", "object", "person", "phenomenon", "plant", "possession", "process", "quantity",
    "relation", "shape", "state", "substance", "time",
)  # fmt: skip
"""The kinds of nouns, in the order of their file numbers, from 3 on."""
HAPPENING = frozenset(
    {"act", "event", "phenomenon", "process", "communication", "state", "possession", "cognition", "feeling"}
)
"""Kinds whose nouns may name what the verb does; a person, group or thing that comes from a verb is none."""


@dataclass(frozen=True, slots=True)
class Synset:
    """The kind and words of a set of synonyms, and its derivational pointers: target, own word, other's word."""

    kind: str
    words: tuple[str, ...]
    derived: tuple[tuple[str, int, int], ...]


class WordNet:
    """The nouns and verbs of WordNet, read from its folder."""

    def __init__(self, folder: Path) -> None:
        self._nouns, self._verbs = _synsets(folder / "data.noun"), _synsets(folder / "data.verb")
        self._noun_senses, self.verbs = _senses(folder / "index.noun"), _senses(folder / "index.verb")
        self.counts = _counts(folder / "cntlist.rev")

    @property
    def nouns(self) -> list[str]:
        """All nouns of one word."""
        return [noun for noun in self._noun_senses if noun.isalpha()]

    def is_name(self, noun: str) -> bool:
        """True for a noun that has a capital in every sense."""
        spelt = {word for at in self._noun_senses[noun] for word in self._nouns[at].words if word.lower() == noun}
        return noun not in spelt

    def used(self, noun: str) -> int:
        """How often the noun stands in the texts whose senses are marked."""
        return sum(self.counts.get(("1", noun), {}).values())

    def kinds(self, noun: str) -> dict[str, float]:
        """The share of each kind in the uses of a noun; the first of senses that were never met counts most."""
        counts = self.counts.get(("1", noun), {})
        found: Counter[str] = Counter()
        for number, offset in enumerate(self._noun_senses.get(noun, ()), 1):
            found[self._nouns[offset].kind] += counts.get(number, 0) + 0.3 / number  # type: ignore[assignment]
        whole = sum(found.values())
        return {kind: value / whole for kind, value in found.items()}

    def verbs_of(self, noun: str) -> list[str]:
        """The verbs that a noun of happening is derived from, the likeliest first."""
        found: Counter[str] = Counter()
        counts = self.counts.get(("1", noun), {})
        for number, offset in enumerate(self._noun_senses.get(noun, ()), 1):
            own = self._nouns[offset]
            for target, mine, theirs in own.derived:
                if own.kind in HAPPENING and (not mine or own.words[mine - 1].lower() == noun):
                    others = self._verbs[target].words
                    for verb in others[theirs - 1 : theirs] if theirs else others:
                        found[verb.lower()] += 1 + counts.get(number, 0)
        alike = {verb: _common(noun, verb) for verb in found if verb.isalpha()}
        ranked = sorted(alike, key=lambda verb: (-(alike[verb] >= 3), -found[verb], -alike[verb], verb))
        return ranked or [verb for verb in _without_ending(noun) if verb in self.verbs]


def _without_ending(noun: str) -> list[str]:
    """What the noun may come from by its spelling, where no pointer says so: ``appointment``, ``robbery``.

    >>> _without_ending("appointment")[:2]
    ['appointment', 'appoint']
    """
    found = [noun]
    for ending in ("ment", "ation", "ion", "ing", "al", "ery", "y", "ure", "ance", "ence"):
        if noun.endswith(ending) and len(noun) > len(ending) + 2:
            found += [noun[: -len(ending)] + more for more in ("", "e", "ate" if ending == "ation" else "")]
    return list(dict.fromkeys(found))


def _common(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _synsets(path: Path) -> dict[str, Synset]:
    found = {}
    for line in path.read_text(encoding="latin-1").splitlines():
        if line.startswith("  "):
            continue
        parts = line.split("|")[0].split()
        number = int(parts[3], 16)
        words = tuple(parts[4 + 2 * i] for i in range(number))
        at = 4 + 2 * number
        derived = []
        for i in range(int(parts[at])):
            symbol, target, pos, which = parts[at + 1 + 4 * i : at + 5 + 4 * i]
            if symbol == "+" and pos == "v":
                derived.append((target, int(which[:2], 16), int(which[2:], 16)))
        kind = KINDS[int(parts[1]) - 3] if path.suffix == ".noun" else "verb"
        pointers = tuple(p for p in derived if path.suffix == ".noun")
        found[parts[0]] = Synset(kind, words, pointers)
    return found


def _senses(path: Path) -> dict[str, list[str]]:
    found = {}
    for line in path.read_text(encoding="latin-1").splitlines():
        if not line.startswith("  "):
            parts = line.split()
            found[parts[0]] = parts[6 + int(parts[3]) :]
    return found


def _counts(path: Path) -> dict[tuple[str, str], dict[int, int]]:
    found: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for line in path.read_text(encoding="latin-1").splitlines():
        key, sense, count = line.split()
        lemma, rest = key.split("%")
        found[rest[0], lemma][int(sense)] = int(count)
    return found
