"""Types and labels of events: a type only where it is sure, the words that its tellers share, where and when.

The words stand in quotation marks with how many accounts have them; words that take a side are left out. A place is
that of the act, not one that a sentence only passes by. No label stands twice in an edition.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from variorum.dates import in_words
from variorum.events.label import Drawn
from variorum.events.words import phrases, shared_words
from variorum.lists import toml, words
from variorum.records import Claim
from variorum.sentences import content, stem

__all__ = ["UNTYPED", "labels_of", "type_of", "unique"]

UNTYPED = "other"
"""The type of an event whose type is not sure."""


def type_of(claims: Sequence[Claim]) -> str:
    """The type of what some claims tell, where it is sure, else `UNTYPED`.

    It is sure where most of the accounts tell, as having happened, by a word that has hardly another sense, and no
    other type as often, and where a third of all that they claim is of it. Who was killed has died, by whatever it was.

    >>> sank = [Claim(w, 0, 9, "", f"{w}.c0", "accident", "sank") for w in "AB"]
    >>> struck = [Claim(w, 0, 9, "", f"{w}.c0", "assault", "struck") for w in "AB"]
    >>> killed = [Claim(w, 0, 9, "", f"{w}.c0", "assault", "killed") for w in "AB"]
    >>> type_of(sank), type_of(struck), type_of(killed)
    ('accident', 'other', 'death')
    """
    table = toml("events")["types"]
    told = [(kind, claim) for claim in claims if (kind := _type(claim)) != UNTYPED]
    tellers: dict[str, set[str]] = defaultdict(set)
    for kind, claim in told:
        if (
            stem(claim.trigger) not in _stems("ambiguous")
            and claim.polarity == "affirmed"
            and claim.modality in HAPPENED
        ):
            tellers[kind].add(claim.witness)
    ranked = sorted(tellers, key=lambda t: (-len(tellers[t]), t))
    witnesses = len({claim.witness for claim in claims})
    if not ranked or len(tellers[ranked[0]]) < float(table["accounts"]) * witnesses:
        return UNTYPED
    number = sum(kind == ranked[0] for kind, _ in told)
    if number < max(float(table["claims"]) * len(told), float(table["share"]) * len(claims)):
        return UNTYPED
    return ranked[0] if len(ranked) < 2 or len(tellers[ranked[1]]) < len(tellers[ranked[0]]) else UNTYPED


HAPPENED = ("happened", "")


def _type(claim: Claim) -> str:
    """The type of a claim, as far as its word is neutral about it."""
    if claim.type in (UNTYPED, "", "act"):
        return UNTYPED
    return "death" if stem(claim.trigger) in _stems("deaths") else claim.type


@cache
def _stems(name: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words("events", "types", name))


@dataclass(slots=True)
class _Shared:
    """What the accounts of an event share: words in their rank, each with how many have it."""

    type: str
    words: list[tuple[str, int]]
    tellers: int
    place: str | None
    date: str | None
    texts: Sequence[str]

    def label(self, count: int) -> str:
        """The label with so many of the words."""
        parts = [toml("events")["labels"].get(self.type)] if self.type != UNTYPED else []
        common = sum(n > 1 for _, n in self.words[:count])
        taken = self.words[: common if common and count == int(toml("events")["words"]["least"]) else count]
        if taken:
            quoted = ", ".join(f"“{phrase}”" for phrase in phrases([word for word, _ in taken], self.texts))
            parts.append(quoted + _by(min(n for _, n in taken), self.tellers))
        if len(taken) == 1 < self.tellers and len(self.words) > 1:
            parts.append(f"“{self.words[1][0]}”")
        parts += [self.place, in_words(self.date) if self.date else None]
        return ", ".join(part for part in parts if part) or str(toml("events")["words"]["nameless"])


def _by(number: int, of: int) -> str:
    if of < 2 or number < 2:
        return ""
    if number == of == 2:
        return " (both accounts)"
    return f" (all {of} accounts)" if number == of else f" ({number} of {of} accounts)"


def labels_of(one: Drawn, rarity: Mapping[str, float]) -> tuple[str, list[str]]:
    """The type of an event, and its labels, each with one more of its words than the one before."""
    table = toml("events")["words"]
    shared, least = _shared(one, rarity), int(table["least"])
    return shared.type, [shared.label(least + more) for more in range(int(table["most"]) + 1)]


def unique(labels: Sequence[Sequence[str]], ids: Sequence[str]) -> list[str]:
    """A label for each event; where two would have one, they get one of more words, and at last a number.

    >>> unique([["“fire”", "“fire”, “mill”"], ["“fire”", "“fire”, “barn”"], ["“flood”"] * 2], ["e2", "e1", "e3"])
    ['“fire”, “mill”', '“fire”, “barn”', '“flood”']
    """
    count = [0] * len(labels)
    for _ in range(len(labels[0]) - 1 if labels else 0):
        often = Counter(listed[n] for listed, n in zip(labels, count, strict=True))
        count = [n + (often[listed[n]] > 1) for listed, n in zip(labels, count, strict=True)]
    made = [listed[n] for listed, n in zip(labels, count, strict=True)]
    often, seen = Counter(made), Counter[str]()
    for n in sorted(range(len(made)), key=lambda n: ids[n]):
        label = made[n]
        seen[label] += 1
        if often[label] > 1:
            made[n] = f"{label} ({seen[label]})"
    return made


def _shared(one: Drawn, rarity: Mapping[str, float]) -> _Shared:
    claims = [c for c in one.claims if not c.in_passing]
    place = _place(one, claims)
    said = frozenset(content(f"{place or ''} {in_words(one.event.date) if one.event.date else ''}"))
    kind = type_of(claims)
    typed = {word for c in claims if _type(c) == kind != UNTYPED for word in content(c.trigger)}
    told = shared_words(one.passages, claims, rarity, typed, said)
    texts = [p.text for p in sorted(one.passages, key=lambda p: (p.witness, p.start))]
    return _Shared(kind, told, len({c.witness for c in claims}), place, one.event.date, texts)


def _place(one: Drawn, claims: Sequence[Claim]) -> str | None:
    """The place that claims give their act; else the one that at least half of the sentences name, and no other."""
    given = Counter(place for c in claims if c.place for place in dict.fromkeys(c.place.split("; ")[:1]))
    if given:
        place = min(given, key=lambda p: (-given[p], p))
        if 3 * given[place] >= len({c.witness for c in claims}):
            return place
    told = Counter(
        name for p in one.passages for name in {x.name for x in p.places if not x.metonym and x.kind != "country"}
    )
    half = [name for name, count in told.items() if 2 * count >= len(one.passages)]
    return half[0] if len(half) == 1 else None
