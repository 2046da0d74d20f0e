"""Learns which nouns tell acts, and which verb each belongs to: makes src/variorum/data/act_nouns.csv.

    python training/act_words.py WORDNET_FOLDER ARTICLES MENTIONS > src/variorum/data/act_nouns.csv

A noun's probability is that of a logistic regression over the kinds of its senses in WordNet 3.0 (``apt-get install
wordnet-base``), fitted on the nouns of the annotated sentences of ECB+ train; where ECB+ has the
noun itself, its share of marked uses counts as one observation a topic, against four of the regression. ``--check``
prints how well that does on topics left out. Half a minute on one core; nothing is drawn at random.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from logistic import fit, probabilities
from marked_events import Account, accounts
from spacy.tokens import Doc
from wordnet import KINDS, WordNet

from variorum import language

PRIOR = 4.0
"""How many topics the regression's word is worth against what ECB+ shows of the noun itself."""
LEAST = 0.2
"""Nouns below this probability are left out of the table."""
UNMET = 0.6
"""The same for rare nouns, which neither WordNet's marked texts nor ECB+ have: only their kinds speak for them."""
SHORT = 3
"""A rare noun of so few letters is an abbreviation."""
RIDGE = 3.0


@dataclass(frozen=True, slots=True)
class Seen:
    """A noun in an annotated sentence: is it the head of a marked event?"""

    noun: str
    topic: int
    marked: bool


def singular(form: str, nouns: frozenset[str]) -> str:
    """The noun of a form, by WordNet's list.

    >>> [singular(form, frozenset({"strike", "body", "news"})) for form in ("strikes", "bodies", "news", "quakes")]
    ['strike', 'body', 'news', 'quake']
    """
    low = form.lower()
    if low in nouns or not low.endswith("s"):
        return low
    tried = [low[:-3] + "y"] if low.endswith("ies") else [low[:-1], low[:-2]]
    return next((word for word in tried if word in nouns), low[:-1])


def seen(found: Sequence[Account], words: WordNet) -> Iterator[Seen]:
    """The common nouns of the annotated sentences."""
    nouns = frozenset(words.nouns)
    for account, doc in zip(found, language.parse((a.text, []) for a in found), strict=True):
        heads = {head for head in (_head(doc, m["start"], m["end"]) for m in account.events) if head is not None}
        for token in doc:
            if token.pos_ == "NOUN" and token.is_alpha and account.is_annotated(token.idx):
                yield Seen(singular(token.text, nouns), account.topic, token.i in heads)


def _head(doc: Doc, start: int, end: int) -> int | None:
    span = doc.char_span(start, end, alignment_mode="expand")
    return None if span is None else span.root.i


def features(words: WordNet, noun: str) -> list[float]:
    """The shares of the kinds of a noun's senses, whether any is an act or an event, and whether it has a verb."""
    kinds = words.kinds(noun)
    return [
        *(kinds.get(kind, 0.0) for kind in KINDS),
        *(float(kind in kinds) for kind in ("act", "event")),
        float(bool(words.verbs_of(noun))),
    ]


class Learned:
    """The probability that a noun tells an act, learned from some of the nouns seen."""

    def __init__(self, words: WordNet, items: Sequence[Seen]) -> None:
        self.words = words
        self.weights = fit([features(words, s.noun) for s in items], [s.marked for s in items], RIDGE)
        by_topic: dict[tuple[str, int], list[bool]] = defaultdict(list)
        for s in items:
            by_topic[s.noun, s.topic].append(s.marked)
        self.shares: dict[str, list[float]] = defaultdict(list)
        for (noun, _), marked in by_topic.items():
            self.shares[noun].append(sum(marked) / len(marked))

    def of(self, noun: str) -> float:
        """The probability for one noun."""
        guess = float(probabilities(self.weights, [features(self.words, noun)])[0])
        shares = self.shares.get(noun, [])
        return (sum(shares) + PRIOR * guess) / (len(shares) + PRIOR)


def check(words: WordNet, items: Sequence[Seen]) -> None:
    """Precision at some recalls, each topic judged by what the others teach."""
    told: list[tuple[float, bool]] = []
    for topic in sorted({s.topic for s in items}):
        learned = Learned(words, [s for s in items if s.topic != topic])
        told += [(learned.of(s.noun), s.marked) for s in items if s.topic == topic]
    told.sort(key=lambda pair: -pair[0])
    right = np.cumsum([marked for _, marked in told])
    for recall in (0.6, 0.7, 0.75, 0.8, 0.85, 0.9):
        at = int(np.searchsorted(right, recall * right[-1]))
        print(f"recall {recall:.2f}: precision {right[at] / (at + 1):.2f} from {told[at][0]:.2f} on")


def main(wordnet: str, articles: str, mentions: str, *options: str) -> None:
    """Prints the table, or with ``--check`` how good it is."""
    words = WordNet(Path(wordnet))
    items = list(seen(accounts(Path(articles), Path(mentions)), words))
    if "--check" in options:
        check(words, items)
        return
    learned = Learned(words, items)
    print("# source: kinds and derivations of nouns after WordNet 3.0 (Princeton University, WordNet licence); shares")
    print("# of marked uses counted in training topics of ECB+ 1.0 (annotations CC BY 3.0) by training/act_words.py;")
    print("# act: how likely the noun tells an act, in hundredths; verb: the verb that it belongs to. No text is kept.")
    print("noun,act,verb")
    for noun in sorted(words.nouns):
        known = words.used(noun) or noun in learned.shares or noun in words.verbs
        likely = learned.of(noun)
        if likely >= LEAST if known else likely >= UNMET and len(noun) > SHORT and not words.is_name(noun):
            print(f"{noun},{round(100 * likely)},{next(iter(words.verbs_of(noun)), '')}")


if __name__ == "__main__":
    main(*sys.argv[1:])
