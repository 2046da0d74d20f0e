"""Which sentences of two accounts may tell one matter, and how much speaks for that."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from variorum.lists import rows, toml
from variorum.readings.collation import Collation
from variorum.sentences import Passage, once, small, stem, stems

__all__ = ["act_words", "brief", "english", "kindred", "names_of", "quiet", "supports", "told_in"]

_SET = toml("readings")["kindred"]
RARE: int = _SET["rare"]
SHARE: float = _SET["share"]
LINKED: float = _SET["linked"]
GROUP: int = _SET["group"]
BRIEF: float = _SET["brief"]
NAME = re.compile(r"(?<![\w’'-])[A-Z][\w’'-]+")


@once
def kindred(collation: Collation) -> list[tuple[Passage, Passage]]:
    """Pairs of sentences of two accounts that share a rare word within one short story, in a fixed order.

    In long accounts like words are of many matters, and only links and events tell which belong together. A word
    that more than `group` sentences of a story have makes no pairs; so the work grows with the sentences.
    """
    found: dict[tuple[int, int], tuple[Passage, Passage]] = {}
    for passages in filter(brief, collation.stories().values()):
        having: dict[str, list[Passage]] = defaultdict(list)
        for p in passages:
            for word in act_words(p):
                having[word].append(p)
        most = min(GROUP, max(RARE, round(SHARE * len(passages))))
        for word in sorted(having):
            if len(having[word]) > most:
                continue
            for i, a in enumerate(having[word]):
                for b in having[word][i + 1 :]:
                    if a.witness != b.witness:
                        found.setdefault((a.number, b.number), (a, b))
    return list(found.values())


def brief(passages: Sequence[Passage]) -> bool:
    """True where the accounts of a story have few sentences each, so that most of these tell one happening."""
    return len(passages) <= BRIEF * len({p.witness for p in passages})


def told_in(passage: Passage, text: str | None) -> frozenset[str]:
    """The content words of a name that its sentence has; none of one that a pronoun was read as."""
    return stems(text) if text and text.lower() in small(passage) else frozenset()


@cache
def english() -> frozenset[str]:
    """The stems of the commonest English words."""
    return frozenset(row["stem"] for row in rows("english_stems"))


@cache
def _verbs() -> dict[str, str]:
    """The stems of the verbs to which nouns of acts belong, by the stems of these nouns."""
    return {stem(row["noun"]): stem(row["verb"]) for row in rows("act_nouns") if row["verb"]}


@once
def act_words(passage: Passage) -> frozenset[str]:
    """The content words of a sentence, nouns of acts by their verbs: complaint as complain."""
    verbs = _verbs()
    return frozenset(verbs.get(word, word) for word in passage.words)


@once
def names_of(passage: Passage) -> frozenset[str]:
    """The words with a capital of a sentence that stand for persons and things, but for places and times.

    The first word counts only where it is a part of a name of several words, or no word of the language.
    """
    spans = [*((t.start, t.end) for t in passage.times), *((p.start, p.end) for p in passage.places)]
    taken = [(start - passage.start, end - passage.start) for start, end in spans]
    found = set()
    for m in NAME.finditer(passage.text):
        first = not passage.text[: m.start()].strip("“”\"'’‘( ")
        alone = first and not re.match(r" [A-Z]", passage.text[m.end() :]) and stem(m[0].lower()) in english()
        if not alone and not any(low <= m.start() < high for low, high in taken):
            found.add(stem(m[0].lower()))
    return frozenset(found)


def supports(collation: Collation, a: Passage, b: Passage) -> int:
    """How much speaks for one matter, 0 to 3: a link or an event, a name in common, rare words in common.

    0 where the two lie in stories of two happenings and nothing links them.
    """
    tied = collation.score(a, b) >= LINKED or collation.together(a, b) or collation.one_act(a, b)
    if not tied and not collation.one_story(a, b):
        return 0
    names = bool(names_of(a) & names_of(b))
    most = max(RARE, round(SHARE * collation.rarity.size))
    common = [w for w in a.words.keys() & b.words.keys() if collation.rarity.frequency[w] <= most]
    return tied + names + (len(common) > 1)


def quiet(a: Passage, b: Passage, days: float) -> bool:
    """True where the times of two sentences lie more than ``days`` from each other: two matters, or two states."""
    return bool(a.times and b.times) and not any(t.days.gap(u.days) <= days for t in a.times for u in b.times)
