"""What a candidate may mean: the gazetteer's entries that fit the kind the text gives it, gathered by name."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.gazetteer import TOWNS, Entry, Gazetteer, fold
from variorum.lists import toml
from variorum.mentions.places.candidates import Candidate
from variorum.mentions.places.resolve import Naming, contains
from variorum.mentions.places.vocabulary import vocabulary
from variorum.mentions.places.words import Words

__all__ = ["entries_of", "gather", "towns_first"]

_FITTING = {
    "district": frozenset({"district", "province"}), "province": frozenset({"province", "country"}),
    "country": frozenset({"country", "province"}), "city": TOWNS, "town": TOWNS, "village": TOWNS,
    "region": frozenset({"region", "province", "district", "continent", "mountain"}),
}  # fmt: skip
_STRICT = frozenset(
    {"river", "lake", "sea", "bay", "strait", "canal", "mountain", "street", "building", "island", "place"}
)
_MOST: int = toml("limits")["places"]["entries"]
_LARGE: int = toml("limits")["places"]["large"]


def entries_of(candidate: Candidate, gazetteer: Gazetteer) -> list[Entry]:
    """The entries a candidate may mean; peoples are none.

    A word of kind in the name ("Hale River") leaves out what is of another kind; a common word beside it ("the river
    Hale") only where something of that kind is left.
    """
    entries = [gazetteer.entry(n) for n in candidate.finding.numbers[:_MOST]]
    entries = [e for e in entries if e.kind != "people"]
    kind = candidate.typed or candidate.told
    if kind is None:
        return towns_first(entries)
    whole = candidate.named == (candidate.first, candidate.last)
    fitting = [e for e in entries if e.kind in _FITTING.get(kind, frozenset({kind}))]
    if fitting:
        return fitting
    if kind in _STRICT and not (candidate.typed and whole):
        return [] if candidate.typed or kind in ("street", "building") else entries
    return entries


def towns_first(entries: list[Entry]) -> list[Entry]:
    """Without the divisions that bear the name of a town in them: "Aleppo" alone is the city."""
    towns = {(fold(e.name), e.division) for e in entries if e.kind in TOWNS}
    return [e for e in entries if e.kind not in ("province", "district") or (fold(e.name), e.division) not in towns]


def gather(
    words: Words, kept: Sequence[Candidate], inside: Sequence[int | None], gazetteer: Gazetteer
) -> tuple[list[Naming], list[int]]:
    """The names of a text, and for each candidate the index of its name.

    A name that the text puts into two containers is two; where it stands without one it is the first of them.
    """
    namings: list[Naming] = []
    numbers: dict[tuple[str, str], int] = {}
    first_of: dict[str, int] = {}
    which: list[int] = []
    outer_keys = [_key(words, kept[n]) if n is not None else "" for n in inside]
    for candidate, outer in zip(kept, outer_keys, strict=True):
        key = _key(words, candidate)
        if outer and (key, outer) not in numbers and key not in first_of:
            first_of[key] = numbers[key, outer] = _new(namings, key, candidate, gazetteer)
    for candidate, outer, container in zip(kept, outer_keys, inside, strict=True):
        key = _key(words, candidate)
        known = numbers.get((key, outer)) if outer else first_of.get(key)
        if known is None:
            known = numbers[key, outer] = _new(namings, key, candidate, gazetteer)
            namings[known].street = _is_street(words, candidate)
            first_of.setdefault(key, known)
        namings[known].count += 1
        if container is not None and not namings[known].within:
            namings[known].within = _around(kept[container], gazetteer)
        which.append(known)
    for naming in namings:
        _held_to(naming)
    return namings, which


def _is_street(words: Words, candidate: Candidate) -> bool:
    """Whether a name of several words ends in a word for a street or square."""
    last = candidate.last - 1
    parted = last > candidate.first and words.gap(last - 1) == " "
    return parted and vocabulary().last.get(words.forms[last]) == "street"


def _held_to(naming: Naming) -> None:
    """A small place that the text puts into a country or province where no gazetteer has it is none of its namesakes.

    A large one is not moved by such words. A street or square is the one of a town only where the text names the town.
    """
    if naming.street and not naming.within:
        naming.readings = []
        return
    outer = [e for e in naming.within if e.kind in ("country", "province")]
    if not outer or any(contains(o, e) for o in naming.within for e in naming.readings):
        return
    if any(e.population >= _LARGE or e.is_area for e in naming.readings):
        naming.within = []
    else:
        naming.readings = []


def _around(candidate: Candidate, gazetteer: Gazetteer) -> list[Entry]:
    """What a candidate may mean as a container: areas, and towns only where it means no area."""
    entries = entries_of(candidate, gazetteer)[:_MOST]
    return [e for e in entries if e.is_area] or entries


def _key(words: Words, candidate: Candidate) -> str:
    kind = candidate.typed or ("" if candidate.told not in ("district", "province") else candidate.told)
    return words.key(*candidate.named) + (f"#{kind}" if kind else "")


def _new(namings: list[Naming], key: str, candidate: Candidate, gazetteer: Gazetteer) -> int:
    namings.append(Naming(key, entries_of(candidate, gazetteer), count=0))
    return len(namings) - 1
