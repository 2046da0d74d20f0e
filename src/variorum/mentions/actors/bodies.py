"""Bodies with a name of their own: "Merrow Harbour Authority", "Ministry of Ferries", "MHA".

Known by a word of organisation at the end or the start of a capitalised run, by an abbreviation in brackets after such
a run, or by the layer of names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.mentions.actors.lists import lists as actor_lists
from variorum.mentions.places.vocabulary import vocabulary
from variorum.mentions.places.words import Words

__all__ = ["Body", "bodies"]

_INSIDE = frozenset(["of", "the", "and", "for", "&"])
_LONGEST = 10


@dataclass(slots=True)
class Body:
    """An organisation, words ``first`` up to ``last``; an abbreviation refers to the full name."""

    first: int
    last: int
    name: str
    referent: str | None


def bodies(words: Words, taken: Sequence[bool], labels: dict[int, str]) -> list[Body]:
    """The organisations of a text, in order; ``taken`` are words of places, peoples and times, which may be inside."""
    found: list[Body] = []
    index = 0
    while index < len(words):
        if not words.capital[index] or words.forms[index] in vocabulary().titles:
            index += 1
            continue
        last = _run(words, index)
        body = _body(words, index, last, taken, labels)
        if body is not None:
            found.append(body)
        index = last
    short = _abbreviations(words, found)
    seen = {b.first for b in found}
    found += [
        Body(i, i + 1, short[form], short[form])
        for i, form in enumerate(words.forms) if form in short and i not in seen and not taken[i]
    ]  # fmt: skip
    return sorted(found, key=lambda b: b.first)


def _run(words: Words, first: int) -> int:
    """The end of the run of capitalised words; "of", "and", "for the" may stand inside."""
    last = first + 1
    while last < len(words) and words.joined[last] and last - first < _LONGEST:
        if words.capital[last]:
            last += 1
            continue
        inner = last
        while inner < len(words) and words.joined[inner] and words.forms[inner] in _INSIDE and inner - last < 2:
            inner += 1
        if inner == last or inner >= len(words) or not words.joined[inner] or not words.capital[inner]:
            break
        last = inner + 1
    return last


def _body(words: Words, first: int, last: int, taken: Sequence[bool], labels: dict[int, str]) -> Body | None:
    lists = vocabulary()
    while first < last and words.opens[first] and words.forms[first] in lists.common and last - first > 1:
        if words.forms[first] in lists.organisation:
            break
        first += 1
    while first < last and not words.capital[first]:
        first += 1
    inside = range(first, last)
    if all(taken[i] for i in inside):
        return None
    known = actor_lists()
    if words.forms[last - 1] in known.not_last:
        return None
    marked = [i for i in inside if words.forms[i] in lists.organisation and words.forms[i] not in known.weak]
    labelled = [i for i in inside if labels.get(i) == "ORGANISATION"]
    by_word = marked and last - first > 1
    if not by_word and (len(labelled) < (last - first) / 2 or not labelled):
        return None
    name = " ".join(words.text[words.starts[first] : words.ends[last - 1]].split())
    return Body(first, last, name, name)


def _abbreviations(words: Words, found: Sequence[Body]) -> dict[str, str]:
    """Abbreviations that the text explains: "Merrow Harbour Authority (MHA)"."""
    short: dict[str, str] = {}
    for body in found:
        after = body.last
        if after < len(words) and words.gap(after - 1) == " (" and words.forms[after].isupper():
            initials = "".join(words.forms[i][0] for i in range(body.first, body.last) if words.capital[i])
            if words.forms[after].replace(".", "") == initials:
                short[words.forms[after]] = body.name
    return short
