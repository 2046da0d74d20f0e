"""Bodies with a name of their own: "Merrow Harbour Authority", "Ministry of Ferries", "MHA".

Known by a word of organisation at the end or the start of a capitalised run, by an abbreviation in brackets after such
a run, or by the layer of names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from variorum.lists import toml
from variorum.mentions.actors.lists import lists as actor_lists
from variorum.mentions.places.vocabulary import vocabulary
from variorum.mentions.places.words import Words

__all__ = ["Body", "bodies", "shorter_forms"]

_INSIDE = frozenset(["of", "the", "and", "for", "&"])
_ARTICLES = frozenset(["the", "a", "an"])
_LONGEST: int = toml("limits")["actors"]["body"]


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
    others: list[tuple[int, int]] = []
    index = 0
    while index < len(words):
        if not words.capital[index] or words.forms[index] in vocabulary().titles:
            index += 1
            continue
        last = _run(words, index)
        body = _body(words, index, last, taken, labels)
        if body is not None:
            found.append(body)
        elif last - index > 1:
            others.append((index + (words.keys[index] in _ARTICLES), last))
        index = last
    found += _again(words, others, found)
    short = _abbreviations(words, found) | _first_words(words, found)
    inside = {i for b in found for i in range(b.first, b.last)}
    alone = {b.first for b in found if b.last - b.first == 1}
    found = [b for b in found if b.last - b.first > 1 or words.forms[b.first] not in short]
    found += [
        Body(i, i + 1, short[form], short[form])
        for i, form in enumerate(words.forms) if form in short and (i in alone or i not in inside) and not taken[i]
    ]  # fmt: skip
    _lengthen(found)
    return sorted(found, key=lambda b: b.first)


def _again(words: Words, others: Sequence[tuple[int, int]], found: Sequence[Body]) -> list[Body]:
    """Capitalised runs that are a shorter form of a body found elsewhere in the text."""
    short = {form for name in {body.name for body in found} for form in shorter_forms(name)}
    again = []
    for first, last in others:
        for start in (i for i in range(first, last - 1) if words.capital[i]):
            name = " ".join(words.text[words.starts[start] : words.ends[last - 1]].split())
            if name in short:
                again.append(Body(start, last, name, name))
                break
    return again


def _run(words: Words, first: int) -> int:
    """The end of the run of capitalised words; "of", "and", "for the" may stand inside."""
    last = first + 1
    while last < len(words) and words.joined[last] and last - first < _LONGEST:
        if words.capital[last]:
            if words.forms[last] in vocabulary().titles and words.forms[last] not in vocabulary().organisation:
                break
            last += 1
            continue
        inner = last
        while inner < len(words) and words.joined[inner] and words.forms[inner] in _INSIDE and inner - last < 2:
            inner += 1
        if inner == last or inner >= len(words) or not words.joined[inner] or not words.capital[inner]:
            break
        if words.forms[last] == "and" and (inner - last > 1 or _is_head(words, last - 1)):
            break
        last = inner + 1
    return last


def _body(words: Words, first: int, last: int, taken: Sequence[bool], labels: dict[int, str]) -> Body | None:
    lists, first = vocabulary(), _past_openers(words, first, last)
    if last - first > 2 and words.forms[last - 1] == "".join(words.forms[i][0] for i in range(first, last - 1)):
        last -= 1
    inside = range(first, last)
    if all(taken[i] for i in inside if words.capital[i]):
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


def _past_openers(words: Words, first: int, last: int) -> int:
    """The first word of a run that is neither a common word at the start of a sentence nor an article."""
    lists = vocabulary()
    while first < last and words.opens[first] and words.forms[first] in lists.common and last - first > 1:
        if words.forms[first] in lists.organisation:
            break
        first += 1
    while first < last and (not words.capital[first] or words.keys[first] in _ARTICLES):
        first += 1
    return first


def _is_head(words: Words, index: int) -> bool:
    """Whether a word is one with which the name of a body may end."""
    return words.forms[index] in vocabulary().organisation and words.forms[index] not in actor_lists().weak


def _abbreviations(words: Words, found: Sequence[Body]) -> dict[str, str]:
    """The full name of each abbreviation in a text: the one body that has its initials.

    Abbreviations of two letters must be explained: "Harbour Authority (HA)".
    """
    meant: dict[str, set[str]] = defaultdict(set)
    for body in found:
        initials = "".join(words.forms[i][0] for i in range(body.first, body.last) if words.capital[i])
        after = body.last
        told = after < len(words) and words.gap(after - 1) == " (" and words.forms[after].replace(".", "") == initials
        if len(initials) > 2 or told:
            meant[initials].add(body.name)
    short: dict[str, str] = {}
    for form in {f for f in words.forms if f.isupper() and len(f) > 1}:
        names = meant.get(form.replace(".", ""), ())
        if len(names) == 1:
            short[form] = next(iter(names))
    return short


def _first_words(words: Words, found: Sequence[Body]) -> dict[str, str]:
    """Names of one word with a capital inside that stand for a longer one: "MerrowCare" for "MerrowCare Foundation"."""
    short: dict[str, str] = {}
    for body in found:
        form = words.forms[body.first]
        if body.last - body.first == 2 and any(c.isupper() for c in form[1:]) and not form.isupper():
            short[form] = body.name
    return short


def shorter_forms(name: str) -> list[str]:
    """The shorter forms of the name of a body: its last words, or all but a last word that tells its kind.

    >>> shorter_forms("Merrow Blue Cross Society")
    ['Blue Cross Society', 'Cross Society', 'Merrow Blue Cross']
    """
    parts = name.split()
    found = [" ".join(parts[at:]) for at in range(1, len(parts) - 1)]
    if len(parts) > 2 and parts[-1] in vocabulary().organisation:
        found.append(" ".join(parts[:-1]))
    return found


def _lengthen(found: Sequence[Body]) -> None:
    """Gives a shorter form of a name the one longer name of the text that has it."""
    longer: dict[str, set[str]] = defaultdict(set)
    for name in {b.name for b in found}:
        for short in shorter_forms(name):
            longer[short].add(name)
    for body in found:
        names = longer.get(body.name, set())
        longest = max(names, key=lambda n: (len(n), n), default=None)
        if longest is not None and all(name in longest for name in names):
            body.name = body.referent = longest
