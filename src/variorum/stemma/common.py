"""Pairs of accounts that go back to one source, neither of them to the other: agency copy, two renderings, one saying.

Four things show it: both credit the same agency or paper for what they share; they render one text in other words
throughout, as two translations do; one author tells the same twice, and nobody knows which came first; both give the
word of one person who is no account here, on the same matter.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from variorum.credits import Credit
from variorum.dates import interval
from variorum.lists import toml
from variorum.records import UNDECIDED, Actor, Parallel, Sentence, Stemma, Witness

__all__ = ["Saying", "common_sources", "sayings"]

_SET = toml("stemma")["common"]
RENDERED: int = _SET["rendered"]
COVERED: float = _SET["covered"]
LIKE: float = _SET["like"]
SHARED: int = _SET["shared"]
TELLERS: int = _SET["tellers"]
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence that gives something on the word of a person: where it stands, and its words without the name."""

    witness: str
    start: int
    end: int
    words: frozenset[str]


def sayings(actors: Iterable[Actor], sentences: Iterable[Sentence]) -> dict[str, list[Saying]]:
    """By the name of a person, the sentences that give something on that person's word."""
    spans: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        spans[sentence.witness].append(sentence)
    found: dict[str, list[Saying]] = defaultdict(list)
    by_witness: dict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        if actor.kind == "person" and len((actor.referent or actor.name).split()) > 1:
            by_witness[actor.witness].append(actor)
    for witness, named in by_witness.items():
        ordered = iter(sorted(spans.get(witness, ()), key=lambda s: s.start))
        here = next(ordered, None)
        for actor in sorted(named, key=lambda a: a.start):
            while here is not None and here.end <= actor.start:
                here = next(ordered, None)
            if here is None:
                break
            if here.start <= actor.start and _cites(here.text, actor.text):
                name = actor.referent or actor.name
                words = frozenset(_content(here.text)) - {w.lower() for w in WORD.findall(name)}
                found[name].append(Saying(witness, here.start, here.end, words))
    return found


@cache
def _citing() -> re.Pattern[str]:
    words = sorted(toml("stemma")["words"]["cites"], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def _cites(text: str, name: str) -> bool:
    """True when a sentence that names somebody has a word of citing."""
    return name in text and _citing().search(text.replace(name, " ")) is not None


def _content(text: str) -> Iterator[str]:
    """The longer words and the numbers of a text, lower case, cut to their first letters."""
    for match in WORD.finditer(text):
        word = match[0].lower()
        if word[0].isdigit() or (len(word) > 3 and word not in toml("stemma")["words"]["plain"]):
            yield word if word[0].isdigit() else word[:6]


def common_sources(
    rows: Sequence[Parallel],
    witnesses: Sequence[Witness],
    credits: Mapping[str, Sequence[Credit]],
    said: Mapping[str, Sequence[Saying]] | None = None,
) -> list[Stemma]:
    """One edge of the kind "common source" for each pair of accounts that has one, with the name of it where known."""
    by_name = {w.witness: w for w in witnesses}
    pairs: dict[Pair, list[Parallel]] = defaultdict(list)
    for row in rows:
        if row.a_witness != row.b_witness and row.a_witness in by_name and row.b_witness in by_name:
            pairs[row.a_witness, row.b_witness].append(row)
    found: dict[Pair, Stemma] = {}
    for pair, listed in sorted(pairs.items()):
        a, b = (by_name[name] for name in pair)
        told = _agency(listed, credits) or _renderings(listed, a, b) or _one_author(listed, a, b)
        if told:
            found[pair] = _edge(pair, listed, *told)
    for pair, name, held in _words_of_one(said or {}, by_name):
        if pair not in found:
            size = sum(s.end - s.start for s in held) // 2
            why = f"both give it on the word of {name}"
            found[pair] = Stemma(*pair, "common source", len(held) // 2, size, False, why, name)
    return [found[pair] for pair in sorted(found)]


def _edge(pair: Pair, listed: Sequence[Parallel], source: str | None, why: str) -> Stemma:
    size = sum(max(row.a_end - row.a_start, row.b_end - row.b_start) for row in listed)
    return Stemma(*pair, "common source", len(listed), size, False, why, source)


def _agency(listed: Sequence[Parallel], credits: Mapping[str, Sequence[Credit]]) -> tuple[str, str] | None:
    """The source outside that both credit for most of what they share."""
    count: Counter[str] = Counter()
    for row in listed:
        sides = ((row.a_witness, row.a_start, row.a_end), (row.b_witness, row.b_start, row.b_end))
        named = [
            {c.source for c in credits.get(w, ()) if c.outside and c.covers(start, end)} for w, start, end in sides
        ]
        count.update(named[0] & named[1])
    for source, n in sorted(count.items(), key=lambda item: (-item[1], item[0])):
        if 2 * n >= len(listed):
            return source, f"both credit {source}"
    return None


def _renderings(listed: Sequence[Parallel], a: Witness, b: Witness) -> tuple[None, str] | None:
    """Two renderings of one text: much of both is shared, in other words throughout."""
    if len(listed) < RENDERED:
        return None
    if any(_covered(listed, side) < COVERED * len(w.text.strip()) for side, w in (("a", a), ("b", b))):
        return None
    size = sum(row.a_end - row.a_start for row in listed)
    same = sum((row.a_end - row.a_start) * _likeness(row.a_text, row.b_text) for row in listed)
    return (None, f"{len(listed)} passages in other words: two renderings of one text") if same < LIKE * size else None


def _covered(listed: Sequence[Parallel], side: str) -> int:
    """How many characters of a side lie in some parallel."""
    total, reached = 0, 0
    for start, end in sorted((getattr(row, f"{side}_start"), getattr(row, f"{side}_end")) for row in listed):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def _likeness(a: str, b: str) -> float:
    """Common words over all words of both, 0 to 1."""
    x, y = (Counter(w.lower() for w in WORD.findall(text)) for text in (a, b))
    return sum((x & y).values()) / max(1, sum((x | y).values()))


def _one_author(listed: Sequence[Parallel], a: Witness, b: Witness) -> tuple[str, str] | None:
    """One author or publisher of both, where no days tell which came first."""
    if not a.publisher or a.publisher != b.publisher or any(row.direction != UNDECIDED for row in listed):
        return None
    days = [interval(w.published) for w in (a, b)]
    if days[0] and days[1] and not days[0].meets(days[1]):
        return None
    return a.publisher, f"both are by {a.publisher}"


def _words_of_one(
    said: Mapping[str, Sequence[Saying]], witnesses: Mapping[str, Witness]
) -> Iterator[tuple[Pair, str, list[Saying]]]:
    """Pairs of accounts that give the word of one person on the same matter; nobody who is an account's own maker."""
    owners = " ".join(f"{w.title or ''} {w.publisher or ''}" for w in witnesses.values()).lower()
    for name in sorted(said):
        by_witness: dict[str, list[Saying]] = defaultdict(list)
        for saying in said[name]:
            by_witness[saying.witness].append(saying)
        if name.split()[-1].lower() in owners or not 1 < len(by_witness) <= TELLERS:
            continue
        for a, b in combinations(sorted(by_witness), 2):
            held = [s for x in by_witness[a] for y in by_witness[b] if len(x.words & y.words) >= SHARED for s in (x, y)]
            if held:
                yield (a, b), name, held
