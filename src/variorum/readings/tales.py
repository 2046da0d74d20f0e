"""Stories as short accounts tell them: those of a small collection that have names in common are one.

Accounts of different kinds (an encyclopaedia, a letter, a log) have few words in common, and stand in stories of their
own; in a folder of few of them, two names that both have say that they tell one happening.
"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.dates import Days, hull
from variorum.lists import toml, words
from variorum.readings.collation import Collation
from variorum.readings.kindred import brief, names_of
from variorum.sentences import Passage, once, stem

__all__ = ["NONE", "joined", "plain_names", "tales"]

_SET = toml("histories")["tales"]
ACCOUNTS: int = _SET["accounts"]
NAMES: int = _SET["names"]
SEVERAL: int = _SET["several"]
APART: float = _SET["apart"]
NONE = frozenset(
    stem(w) for w in (*words("sentences", "stopwords"), *toml("figures-numbers")["cardinals"], *_SET["none"])
)


@once
def plain_names(passage: Passage) -> frozenset[str]:
    """The names of a sentence, without words of grammar, numbers and months that only begin it."""
    return names_of(passage) - NONE


@once
def tales(collation: Collation) -> list[list[Passage]]:
    """The passages of each story of short accounts, told by two of them at least, in the order of the stories."""
    stories = list(collation.stories().values())
    if len({p.witness for p in collation.items}) <= ACCOUNTS:
        stories = _merged(stories)
    held = (passages for passages in stories if brief(passages) and _histories(passages))
    return [sorted(passages, key=lambda p: p.number) for passages in held]


def _histories(passages: Sequence[Passage]) -> bool:
    """True for two accounts at least, of which half have no day of publication: news of a day has one."""
    known = {p.witness: p.published for p in passages}
    undated = [witness for witness, day in known.items() if day is None]
    return len(known) > 1 and 2 * len(undated) >= len(known)


def joined(collation: Collation) -> list[str]:
    """The story of each passage; in a few short accounts stories with several names in common are one."""
    told = collation.story_of
    if not told or not brief(collation.items) or len({p.witness for p in collation.items}) > ACCOUNTS:
        return told
    joining = {}
    for passages in _merged(list(collation.stories().values()), SEVERAL):
        ids = sorted({told[p.number] for p in passages})
        joining.update(dict.fromkeys(ids, ids[0]))
    return [joining.get(story, story) for story in told]


def _merged(stories: Sequence[list[Passage]], least: int = NAMES) -> list[list[Passage]]:
    """Stories that have names in common as one, where no days say that they lie far from each other."""
    found: list[tuple[list[Passage], set[str]]] = []
    for passages in stories:
        names = {name for p in passages for name in plain_names(p) | _placed(p)}
        told = (list(passages), names)
        for other in [o for o in found if len(o[1] & names) >= least and not _apart(o[0], passages)]:
            found.remove(other)
            told = (other[0] + told[0], other[1] | told[1])
        found.append(told)
    return [passages for passages, _ in found]


def _placed(passage: Passage) -> frozenset[str]:
    """The words of names of places: of a ship or a person, as often as not."""
    texts = (passage.text[x.start - passage.start : x.end - passage.start] for x in passage.places)
    return frozenset(stem(word) for text in texts for word in text.split() if word[:1].isupper()) - NONE


def _apart(a: Sequence[Passage], b: Sequence[Passage]) -> bool:
    one, other = _span(a), _span(b)
    return one is not None and other is not None and one.gap(other) > APART


def _span(passages: Sequence[Passage]) -> Days | None:
    """From the first to the last day that a story tells."""
    return hull(t.days for p in passages for t in p.times if t.days.length <= 1)
