"""Of whom a word of a sentence is said: the nearest name, group or pronoun before or behind it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from variorum.lists import rows, toml, words
from variorum.readings.collation import Collation
from variorum.readings.kindred import NAME
from variorum.readings.tales import NONE, tales
from variorum.sentences import Passage, once, stem

__all__ = ["Bearers", "Mention", "bearers", "borne"]

_SET = toml("readings")["fates"]
LEAST: int = _SET["least"]
HELD = frozenset(_SET["held"])
PRONOUNS = frozenset(_SET["pronouns"])
_WORD = re.compile(r"[\w’'-]+")
_OF_IT = re.compile(r"['’]s?(?!\w)")
_GENITIVE = re.compile(r"['’]s?$")
PARTICLES = frozenset(toml("place_words")["person"]["particles"].split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, a group or a pronoun at its place in the text of a passage: ``who`` is the key of the one meant."""

    start: int
    end: int
    who: str
    first: str = ""


@dataclass(slots=True)
class Bearers:
    """Who is named in the sentences of a story: the mentions of each passage, by its number."""

    mentions: dict[int, list[Mention]] = field(default_factory=dict)

    def before(self, passage: Passage, at: int) -> Mention | None:
        """The nearest one before a place of the text who is not held by "of", "by" and the like."""
        told = [m for m in self.mentions.get(passage.number, ()) if m.end <= at]
        free = [m for m in told if not _held(passage.text, m)]
        return free[-1] if free else None

    def behind(self, passage: Passage, at: int, most: int) -> Mention | None:
        """The first one behind a place of the text, within ``most`` words and before a mark of the clause."""
        for m in self.mentions.get(passage.number, ()):
            if m.start >= at:
                gap = passage.text[at : m.start]
                near = len(gap.split()) <= most and not re.search(r"[.;:,()]", gap)
                return m if near and not set(gap.lower().split()) & HELD else None
        return None


@cache
def _titles() -> frozenset[str]:
    """Titles before a name, in small letters, without the stops of short ones."""
    told = {*words("names", "titles"), *words("place_words", "person", "titles")}
    return frozenset(t.lower().rstrip(".") for t in told) | words("readings", "words", "old_titles")


@cache
def _groups() -> dict[str, str]:
    """The group that a word stands for."""
    return {word: f"the {name}" for name, told in _SET["groups"].items() for word in told}


def _held(text: str, m: Mention) -> bool:
    """True where a name only tells something else apart: Orl's men, the army of Orl; but the Count of Tassin."""
    if _OF_IT.match(text, m.end):
        return True
    for word in reversed(_WORD.findall(text, 0, m.start)):
        low = word.lower()
        if low not in _titles() and low not in ("the", "our", "their", "his"):
            return low in HELD
    return False


def bearers(passages: Sequence[Passage]) -> Bearers:
    """The names of a story that stand in it, and who is meant by titles, groups and pronouns.

    A title stands for the one whom some account names with it ("the bailiff Konrad von Stade", "the bailiff"), where
    that is but one. Linear in the words.

    >>> told = [Passage(0, "A", 0, 32, "Count Rainald fell on the field.", 0)]
    >>> [m.who for m in bearers(told).mentions[0]]
    ['rainald']
    """
    named: dict[int, list[Mention]] = {}
    offices: dict[str, Counter[str]] = defaultdict(Counter)
    for p in passages:
        named[p.number] = list(_named(p, offices))
    office = {title: next(iter(told)) for title, told in offices.items() if len(told) == 1}
    found = Bearers()
    last: dict[str, str] = {}
    for p in passages:
        at = {m.start for m in named[p.number]}
        known = [*named[p.number], *_common(p, office, at)]
        found.mentions[p.number] = _meant(p, sorted(known, key=lambda m: m.start), last)
    return found


@once
def borne(collation: Collation) -> list[tuple[list[Passage], Bearers]]:
    """The stories of short accounts (`variorum.readings.tales`), each with those who are named in it."""
    return [(passages, bearers(passages)) for passages in tales(collation)]


def _named(p: Passage, offices: Mapping[str, Counter[str]]) -> Iterable[Mention]:
    """The names of a passage by their last word, and the titles with which they stand."""
    taken = [(t.start - p.start, t.end - p.start) for t in p.times]
    run: list[re.Match[str]] = []
    for m in [*NAME.finditer(p.text), None]:
        if m is not None and any(low <= m.start() < high for low, high in taken):
            continue
        if m is not None and run and _runs_on(p.text[run[-1].end() : m.start()]):
            run.append(m)
            continue
        if run:
            yield from _of_run(p, run, offices)
        run = [m] if m is not None else []


def _runs_on(gap: str) -> bool:
    between = gap.strip().lower()
    return not gap.strip(" ") or (between in PARTICLES and "," not in gap) or between == "of"


def _of_run(p: Passage, run: Sequence[re.Match[str]], offices: Mapping[str, Counter[str]]) -> Iterable[Mention]:
    """One name of one or several words with a capital, with the title before it or in it."""
    plain = [m for m in run if _bare(m[0]) not in _titles()]
    if plain and plain[0].start() == 0 and len(run) == 1 and _common_word(plain[0][0]):
        return
    if not plain:
        return
    key = stem(_bare(plain[-1][0]))
    if len(key) < LEAST or key in NONE:
        return
    before = p.text[: plain[0].start()].rstrip().split()[-1:]
    for title in [*(_bare(m[0]) for m in run if m not in plain), *(w.lower() for w in before)]:
        if title in _titles():
            offices[title][key] += 1
    first = stem(_bare(plain[0][0])) if len(plain) > 1 else ""
    end = plain[-1].end() - (len(plain[-1][0]) - len(_GENITIVE.sub("", plain[-1][0])))
    yield Mention(run[0].start(), end, key, first)


@lru_cache(maxsize=65536)
def _bare(word: str) -> str:
    return _GENITIVE.sub("", word).lower().rstrip(".")


@cache
def _english() -> frozenset[str]:
    return frozenset(row["stem"] for row in rows("english_stems")) | words("sentences", "stopwords")


def _common_word(word: str) -> bool:
    return stem(word.lower()) in _english() or word.lower() in _english()


def _common(p: Passage, office: Mapping[str, str], taken: Iterable[int]) -> Iterable[Mention]:
    """Groups, titles that stand for one name, and pronouns."""
    held, groups = set(taken), _groups()
    for m in _WORD.finditer(p.text):
        low = _bare(m[0])
        if m.start() in held:
            continue
        if low in groups:
            yield Mention(m.start(), m.end(), groups[low])
        elif low in office and p.text[: m.start()].lower().split()[-1:] in (["the"], ["their"], ["our"]):
            yield Mention(m.start(), m.end(), office[low])
        elif low in PRONOUNS:
            yield Mention(m.start(), m.end(), "?")


def _meant(p: Passage, told: Sequence[Mention], last: dict[str, str]) -> list[Mention]:
    """The mentions of a passage, pronouns as the one of whom its account told last."""
    found = []
    for m in told:
        if m.who == "?":
            if p.witness in last:
                found.append(Mention(m.start, m.end, last[p.witness]))
            continue
        if not _held(p.text, m):
            last[p.witness] = m.who
        found.append(m)
    return found
