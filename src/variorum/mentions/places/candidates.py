"""Candidates: every stretch of a text that might name a place, with what the gazetteer has for it.

The longest name that the gazetteer knows from each capitalised word on; names with a word of kind ("Hale River", "Lake
Asker"); and capitalised words that no gazetteer knows but that stand where places stand ("in Merrow").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.gazetteer import Finding, Gazetteer, exact_key, fold, kind_bit
from variorum.lists import toml
from variorum.mentions.places.vocabulary import Vocabulary, vocabulary
from variorum.mentions.places.words import Words

__all__ = ["Candidate", "candidates"]

LONGEST: int = toml("limits")["places"]["name"]
"""No name of a place in the gazetteer is looked for that has more words than this."""

_INSIDE = vocabulary().inside
_OF = frozenset({"street", "building", "bay", "strait", "sea", "river", "lake", "mountain", "island"})
_PEOPLE, _COUNTRY = kind_bit("people"), kind_bit("country")
_EMPTY = Finding((), 0, 0)
_REPORTED = frozenset(",(-–—:")
"""What stands behind the place that opens a report: "PARIS (AP)", "MIAMI, 3 May"."""


@dataclass(slots=True)
class Candidate:
    """Words ``first`` up to ``last``; ``finding`` is what the gazetteer has for words ``first_named:last_named``.

    ``typed`` is the kind that a capitalised word of kind gives, ``told`` the one that a common word beside it gives
    ("the village of X", "X district"); ``listed`` is that word when it is a plural, -1 before and 1 after the name.
    """

    first: int
    last: int
    finding: Finding
    named: tuple[int, int]
    typed: str | None = None
    told: str | None = None
    listed: int = 0

    @property
    def is_people(self) -> bool:
        """True when the only thing it may mean is a people."""
        return self.finding.kinds == _PEOPLE


def candidates(words: Words, gazetteer: Gazetteer, taken: Sequence[bool]) -> list[Candidate]:
    """The candidates, in order and apart from each other; ``taken`` marks words that are part of something else."""
    lists = vocabulary()
    found: list[Candidate] = []
    index, size, listed, kind = 0, len(words), 0, None
    while index < size:
        if not words.capital[index] or taken[index]:
            index += 1
            continue
        if index >= listed:
            listed, kind = _list_end(words, lists, index)
        candidate = _at(words, gazetteer, index, taken)
        if candidate is None and (kind or _follows(words, found, index)):
            last = min(_run(words, index, taken), index + 3)
            candidate = Candidate(index, last, _EMPTY, (index, last))
        if candidate is None:
            index += 1
            continue
        candidate = _with_kind_words(words, lists, candidate, found[-1].last if found else 0)
        _tell(words, lists, candidate)
        _tell_along(words, found, candidate, kind)
        found.append(candidate)
        index = candidate.last
    return found


def _at(words: Words, gazetteer: Gazetteer, index: int, taken: Sequence[bool]) -> Candidate | None:
    """What begins at a word: a name of the gazetteer, one with a word of kind, one that stands where places stand."""
    lists = vocabulary()
    typed, known = _typed_of(words, lists, index, taken), _known(words, gazetteer, index, taken)
    if typed and not (known and known.finding.numbers and known.last >= typed.last):
        return typed
    return known or _typed(words, lists, index, taken) or _unknown(words, lists, index, taken)


def _tell_along(words: Words, found: Sequence[Candidate], candidate: Candidate, kind: str | None) -> None:
    """Gives a name in a list of "villages" that kind, unless it has one of its own or is a country."""
    if candidate.told or candidate.typed or candidate.finding.kinds & _COUNTRY:
        return
    if kind is not None:
        candidate.told, candidate.listed = kind, 1
    elif found and found[-1].listed == -1 and _follows(words, found, candidate.first):
        candidate.told, candidate.listed = found[-1].told, -1


def _known(words: Words, gazetteer: Gazetteer, first: int, taken: Sequence[bool]) -> Candidate | None:
    """The longest name in the gazetteer that begins at a word."""
    last = first + 1
    while last < len(words) and last - first < LONGEST and words.goes_on(last) and not taken[last]:
        if not words.capital[last] and words.keys[last] not in _INSIDE:
            break
        last += 1
    for end in range(last, first, -1):
        if end - first > 1 and not words.capital[end - 1]:
            continue
        finding = _finding(words, gazetteer, first, end)
        if finding is not None:
            return Candidate(first, end, finding, (first, end))
    return None


def _finding(words: Words, gazetteer: Gazetteer, first: int, last: int) -> Finding | None:
    form = words.forms[first]
    if last - first > 1:
        if words.text[words.starts[first] : words.ends[last - 1]].isupper() and last - first == 2 and len(form) <= 2:
            return None
        key = words.key(first, last)
        finding = gazetteer.find(key)
        return gazetteer.find(key + "s") if finding is None and words.possessive[last - 1] else finding
    if form[-1] == "." or (form.isupper() and len(form) <= 4):
        exact = gazetteer.find(exact_key(form))
        if exact is not None or form[-1] == "." or len(form) <= 3:
            return exact
    finding = gazetteer.find(words.keys[first]) if len(form) > 1 else None
    return finding if finding is not None and _may_mean(words, gazetteer, first, finding) else None


def _may_mean(words: Words, gazetteer: Gazetteer, first: int, finding: Finding) -> bool:
    """False for what reads as an abbreviation (NATO is no town) or a word of kind ("Island" is no Iceland)."""
    form = words.forms[first]
    short = form.isupper() and len(form) <= 5
    if short and not _shouted(words, first) and not any(map(gazetteer.added, finding.numbers)):
        return False
    if short or form in vocabulary().last:
        return _is_name(words, gazetteer, first, finding)
    return True


def _is_name(words: Words, gazetteer: Gazetteer, first: int, finding: Finding) -> bool:
    """True where something is called so itself, and not only by another name, or was added by the user."""
    numbers = finding.numbers[:50]
    return any(gazetteer.added(n) or fold(gazetteer.entry(n).name) == words.keys[first] for n in numbers)


def _shouted(words: Words, first: int) -> bool:
    """True where a word in capitals is no sign of an abbreviation: beside others, and where a report says its place."""
    near = [n for n in (first - 1, first + 1) if 0 <= n < len(words)]
    if any(len(words.forms[n]) > 1 and words.forms[n].isupper() for n in near):
        return True
    return words.opens[first] and words.gap(first).lstrip()[:1] in _REPORTED


def _run(words: Words, first: int, taken: Sequence[bool]) -> int:
    """The end of the unbroken run of capitalised words from a word on."""
    last = first + 1
    while last < len(words) and words.joined[last] and words.capital[last] and not taken[last] and last - first < 12:
        last += 1
    return last


def _typed(words: Words, lists: Vocabulary, first: int, taken: Sequence[bool]) -> Candidate | None:
    """A name unknown to the gazetteer that ends or begins with a word of kind."""
    if words.keys[first] in lists.opening:
        return None
    last = _run(words, first, taken)
    for end in range(first + 2, min(last, first + 4) + 1):
        if words.keys[end - 2] in lists.opening - lists.inside:
            break
        if words.forms[end - 1] in lists.last:
            return Candidate(first, end, _EMPTY, (first, end - 1), lists.last[words.forms[end - 1]])
    if words.forms[first] in lists.first and last - first >= 2:
        end = min(last, first + 3)
        return Candidate(first, end, _EMPTY, (first + 1, end), lists.first[words.forms[first]])
    return None


def _typed_of(words: Words, lists: Vocabulary, first: int, taken: Sequence[bool]) -> Candidate | None:
    """A name that is a word of kind and what follows "of": "Bay of Merrow", "Square of the Fountains"."""
    if lists.last.get(words.forms[first]) not in _OF or words.form(first + 1) != "of" or first + 2 >= len(words):
        return None
    start = first + 3 if words.forms[first + 2] == "the" else first + 2
    if start >= len(words) or not words.capital[start] or taken[start] or not all(words.joined[first + 1 : start + 1]):
        return None
    end = min(_run(words, start, taken), start + 3)
    return Candidate(first, end, _EMPTY, (first, end), lists.last[words.forms[first]])


def _unknown(words: Words, lists: Vocabulary, first: int, taken: Sequence[bool]) -> Candidate | None:
    """A name unknown to the gazetteer that stands where places stand."""
    if words.keys[first] in lists.opening:
        return None
    last = min(_run(words, first, taken), first + 3)
    if last - first > 1 and words.keys[first] in lists.compass:
        return None
    before = words.form(first - 1)
    if words.keys[first - 1] in lists.compass and first > 1 and words.joined[first - 1]:
        before = words.form(first - 2)
    placed = first > 0 and words.joined[first] and before in lists.locative
    followed = _kind_after(words, lists, last) is not None
    if placed or followed or _kind_before(words, lists, first):
        return Candidate(first, last, _EMPTY, (first, last))
    return None


_LONGEST_LIST: int = toml("limits")["places"]["listed"]


def _list_end(words: Words, lists: Vocabulary, first: int) -> tuple[int, str | None]:
    """The end of the list of capitalised names that begins at a word, and the kind of a plural ("villages") after it.

    A list has commas or "and" between names of at most three words; anything else is a list of one.
    """
    index, run, parts = first, 0, 1
    while index < len(words) and index - first < _LONGEST_LIST:
        if words.capital[index] and (index == first or words.joined[index] or words.gap(index - 1) in (", ", ",\n")):
            run = run + 1 if index == first or words.joined[index] else 1
            parts += run == 1 and index > first
            if run > 4:
                return index, None
        elif words.forms[index] == "and" and (words.joined[index] or words.gap(index - 1) in (", ", ",\n")):
            run, parts = 0, parts + 1
        else:
            break
        index += 1
    ends = index < len(words) and words.joined[index] and words.forms[index] in lists.kinds
    plural = parts > 1 and ends and words.forms[index].endswith("s")
    return max(index, first + 1), lists.kinds[words.forms[index]] if plural else None


def _follows(words: Words, found: Sequence[Candidate], first: int) -> bool:
    """True after a name and a comma or "and", so that a list of places may go on."""
    if not found or (found[-1].told is None and not found[-1].finding.kinds):
        return False
    gap, last = words.gap(first - 1), found[-1].last
    return (last == first and gap in (", ", ",\n")) or (last == first - 1 and words.forms[first - 1] == "and")


def _with_kind_words(words: Words, lists: Vocabulary, candidate: Candidate, floor: int) -> Candidate:
    """The candidate with the capitalised words of kind around it: "Hale" + "River", "Lake" + "Asker"."""
    last = candidate.last
    if _is_saints(words, candidate) and last < len(words) and words.goes_on(last) and words.capital[last]:
        candidate.typed = lists.last.get(words.forms[last], "building")
        candidate.last = last + 1
    if last < len(words) and words.joined[last] and words.forms[last] in lists.last and not candidate.typed:
        candidate.typed = lists.last[words.forms[last]]
        candidate.last = last + 1
    first = candidate.first
    if first > floor and words.joined[first] and words.forms[first - 1] in lists.first and not candidate.typed:
        candidate.typed = lists.first[words.forms[first - 1]]
        candidate.first = first - 1
    return candidate


def _is_saints(words: Words, candidate: Candidate) -> bool:
    """St Mary's, before what bears her name: the church, the hospital, the school."""
    return words.keys[candidate.first].rstrip(".") == "st" and words.possessive[candidate.last - 1]


def _kind_before(words: Words, lists: Vocabulary, first: int) -> str | None:
    """The kind that "the village of" or "villages" before a name gives."""
    if first >= 2 and words.joined[first] and words.forms[first - 1] == "of" and words.joined[first - 1]:
        return lists.kinds.get(words.keys[first - 2])
    if first >= 2 and words.forms[first - 1] == "state" and words.forms[first - 2] == "of":
        return None  # the secretary of state
    if first >= 1 and words.joined[first] and not words.capital[first - 1]:
        return lists.kinds.get(words.forms[first - 1])
    return None


def _kind_after(words: Words, lists: Vocabulary, last: int) -> str | None:
    """The word of kind after a name, also past one word in brackets: "Hale district", "Hale (Merrow) village"."""
    if last < len(words) and words.joined[last] and words.forms[last] in lists.kinds:
        return words.forms[last]
    if last + 1 < len(words) and words.gap(last - 1) == " (" and words.gap(last) == ") ":
        return words.forms[last + 1] if words.forms[last + 1] in lists.kinds else None
    return None


def _tell(words: Words, lists: Vocabulary, candidate: Candidate) -> None:
    """Fills in the kind that a common word gives; "villages of X" without a list speaks of what lies in X."""
    last = candidate.last
    after = _kind_after(words, lists, last)
    if after is not None:
        candidate.told, candidate.listed = lists.kinds[after], int(after.endswith("s"))
        return
    kind = _kind_before(words, lists, candidate.first)
    of = words.form(candidate.first - 1) == "of"
    plural = kind is not None and words.form(candidate.first - (2 if of else 1)).endswith("s")
    if not plural or (last < len(words) and words.gap(last - 1) in (", ", " ") and _lists_on(words, last)):
        candidate.told, candidate.listed = kind, -int(plural)


def _lists_on(words: Words, index: int) -> bool:
    """True when a list goes on at a word: ", Hale" or "and Hale"."""
    if words.forms[index] == "and":
        return index + 1 < len(words) and words.capital[index + 1]
    return words.capital[index] and not words.joined[index]
