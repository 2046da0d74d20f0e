"""What a text itself says of a place: what it lies in, and of which kind it is.

"Hale, Teverin" and "Hale (Teverin)"; "the village of Hale in the Asker district of Teverin"; "Merrow and Hale villages
of Asker district", where the first takes kind and container from the last; "Teverin's Hale".
"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.gazetteer import Gazetteer, kind_bit
from variorum.lists import words as words_of
from variorum.mentions.places.candidates import Candidate
from variorum.mentions.places.readings import entries_of
from variorum.mentions.places.resolve import contains
from variorum.mentions.places.vocabulary import vocabulary
from variorum.mentions.places.words import Words

__all__ = ["containers", "neighbours"]

_LARGER = kind_bit("country", "province", "district", "region")
_LARGER_KINDS = frozenset({"country", "province", "district", "region"})
_COUNTRY = kind_bit("country")


def containers(words: Words, kept: Sequence[Candidate], gazetteer: Gazetteer) -> list[int | None]:
    """For each candidate the index of the one that the text says it lies in; ``told`` is filled in along a list.

    In a list of names ("Hale, Asker and Merrow") a comma says so only where the gazetteer agrees.
    """
    inside = [_one(words, kept, n) for n in range(len(kept))]
    for n in _in_lists(words, kept):
        outer = inside[n]
        if outer == n + 1 and kept[n].finding.numbers and not holds(kept[n], kept[outer], gazetteer):
            inside[n] = None
    for n in range(len(kept) - 2, -1, -1):
        this, after = kept[n], kept[n + 1]
        if after.listed == 1 and this.listed == 1 and _listed(words, this, after):
            inside[n] = inside[n] if inside[n] is not None else inside[n + 1]
    for n in range(len(kept) - 2, -1, -1):
        if kept[n].listed == -1 and kept[n + 1].listed == -1 and inside[n] is None:
            inside[n] = inside[n + 1]
    return inside


def _in_lists(words: Words, kept: Sequence[Candidate]) -> list[int]:
    """The candidates that stand in a list: three names or more, or two with "and" between them."""
    found, run = [], [0] if kept else []
    for n in range(1, len(kept) + 1):
        if n < len(kept) and _listed(words, kept[n - 1], kept[n]):
            run.append(n)
            continue
        together = len(run) == 2 and words.forms[kept[run[0]].last : kept[run[1]].first]
        if len(run) > 2 or together:
            found += run
        run = [n]
    return found


def holds(inner: Candidate, outer: Candidate, gazetteer: Gazetteer) -> bool:
    """Whether what one candidate may mean lies in an area that the other may mean."""
    around = [e for e in entries_of(outer, gazetteer) if e.is_area]
    return any(contains(a, e) for a in around for e in entries_of(inner, gazetteer))


def neighbours(words: Words, kept: Sequence[Candidate]) -> list[int | None]:
    """For each candidate the index of the one that it is told to lie near: "Hale, near Asker", "Hale outside Asker"."""
    near = vocabulary().near
    found: list[int | None] = [None] * len(kept)
    for n in range(len(kept) - 1):
        between = words.forms[kept[n].last : kept[n + 1].first]
        if 0 < len(between) < 6 and any(w in near for w in between) and _beside(words, kept[n], kept[n + 1]):
            found[n] = n + 1
    return found


def _beside(words: Words, this: Candidate, after: Candidate) -> bool:
    """True when only a comma and words of nearness stand between two places."""
    between = words.text[words.ends[this.last - 1] : words.starts[after.first]]
    plain = vocabulary().near | vocabulary().kinds.keys() | words_of("place_words", "beside", "between")
    inner = words.forms[this.last : after.first]
    return set(between) & set(".;:!?()") == set() and all(w in plain or w[0].isdigit() for w in inner)


def _one(words: Words, kept: Sequence[Candidate], n: int) -> int | None:
    if n and _possesses(words, kept[n - 1], kept[n]):
        return n - 1
    if n + 1 >= len(kept) or not _is_larger(kept[n + 1]):
        return None
    this, after = kept[n], kept[n + 1]
    if this.finding.kinds & after.finding.kinds & _COUNTRY:
        return None
    gap = words.gap(this.last - 1)
    if after.first == this.last and (gap in (", ", ",\n") or (gap == " (" and _closes(words, after))):
        return n + 1
    return n + 1 if _of_or_in(words, this.last, after.first) else None


def _is_larger(candidate: Candidate) -> bool:
    """True for what may contain a town; a bare town may, when a word beside it makes it a district."""
    kind = candidate.typed or candidate.told
    return bool(candidate.finding.kinds & _LARGER) or kind in _LARGER_KINDS


def _closes(words: Words, candidate: Candidate) -> bool:
    return words.gap(candidate.last - 1).startswith(")")


def _of_or_in(words: Words, first: int, last: int) -> bool:
    """True when between two places there is only (a kind word and) "of" or "in" (and "the", a compass word, a kind)."""
    lists = vocabulary()
    between = words.forms[first:last]
    if not between or len(between) > 5 or not all(words.joined[first : last + 1]):
        return False
    link = [i for i, w in enumerate(between) if w in ("of", "in")]
    if not link or link[0] > 1 or (link[0] == 1 and between[0] not in lists.kinds):
        return False
    rest = [w for w in between[link[0] + 1 :] if w not in ("the", "of") and w not in lists.compass]
    return all(w in lists.kinds for w in rest)


def _possesses(words: Words, outer: Candidate, inner: Candidate) -> bool:
    """True for "Teverin's Hale" and "Teverin's northern Hale"."""
    if not words.possessive[outer.last - 1] or not _is_larger(outer) or outer.last > inner.first:
        return False
    if words.gap(outer.last - 1)[2:] != " ":
        return False
    between = words.forms[outer.last : inner.first]
    lists = vocabulary()
    return len(between) <= 2 and all(w in lists.compass or w in lists.kinds for w in between)


def _listed(words: Words, one: Candidate, other: Candidate) -> bool:
    """True when only a comma or "and" stands between two candidates."""
    between = [w for w in words.forms[one.last : other.first] if w != "the"]
    if not between:
        return words.gap(one.last - 1) in (", ", ",\n", "/")
    return between in (["and"], ["or"]) and words.gap(other.first - 1) == " "
