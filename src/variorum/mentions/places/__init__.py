"""Places: the names of places in a text, and which place each means.

Found by the gazetteer, by words of kind and by where words stand; weighed fact by fact (`facts`); settled together
(`resolve`). Peoples ("the Askerans") are not places, though they speak for their country when names are settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from variorum.gazetteer import Gazetteer, open_gazetteer
from variorum.mentions.places.candidates import Candidate, candidates
from variorum.mentions.places.containers import containers
from variorum.mentions.places.facts import Sight, facts
from variorum.mentions.places.metonymy import is_metonym
from variorum.mentions.places.readings import gather
from variorum.mentions.places.resolve import Naming, settle
from variorum.mentions.places.rows import Settled, row
from variorum.mentions.places.weights import likelihood
from variorum.mentions.places.words import Words, covered, labels_of, split
from variorum.records import Place
from variorum.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from variorum.config import Config
    from variorum.mentions import Found

__all__ = ["THRESHOLD", "find", "find_in_text"]

THRESHOLD = -0.4
"""Log odds above which a candidate is taken for a place; below 0, since a missed place costs a reader more."""


def find(doc: Doc, found: Found, config: Config) -> list[Place]:
    """The places of a parsed text; the layer of names, where there is one, is one fact more."""
    layer = doc.spans.get("names", None)
    labelled = None if layer is None else [(Span(s.start_char, s.end_char), s.label_) for s in layer]
    times = [Span(t.start, t.end) for t in found.times]
    return find_in_text(doc.text, found.witness, times, labelled, config.gazetteer_table)


def find_in_text(
    text: str,
    witness: str = "",
    times: Iterable[Span] = (),
    labelled: Iterable[tuple[Span, str]] | None = None,
    table: str | None = None,
) -> list[Place]:
    """The places of a plain text, in order; ``times`` are spans that name times ("March"), never places.

    ``table`` is a gazetteer for this run alone, asked first.
    """
    gazetteer, words = open_gazetteer(table=table), split(text)
    every = candidates(words, gazetteer, covered(words, times))
    labels = None if labelled is None else labels_of(words, labelled)
    sight = Sight(words, every, labels)
    named = labels is not None
    kept = [c for c in every if not c.is_people and likelihood(facts(sight, c), named) > THRESHOLD]
    settled = _settled(witness, words, kept, [c for c in every if c.is_people], gazetteer)
    rows = (row(settled, n, False) for n in range(len(kept)))
    return [
        Place.from_dict({**place.to_dict(), "metonym": True}) if is_metonym(words, candidate, place.kind) else place
        for candidate, place in zip(kept, rows, strict=True)
    ]


def _settled(
    witness: str, words: Words, kept: Sequence[Candidate], peoples: Sequence[Candidate], gazetteer: Gazetteer
) -> Settled:
    inside = containers(words, kept)
    namings, which = gather(words, kept, inside, gazetteer)
    settle([*namings, *_voting(words, peoples, gazetteer)])
    return Settled(witness, words, kept, inside, namings, which, gazetteer)


def _voting(words: Words, peoples: Sequence[Candidate], gazetteer: Gazetteer) -> list[Naming]:
    """The peoples that a text names, as names that vote for their country and mean no place."""
    counted: dict[str, Naming] = {}
    for people in peoples:
        key = words.key(people.first, people.last)
        if key not in counted:
            entries = [gazetteer.entry(n) for n in people.finding.numbers[:5]]
            counted[key] = Naming(key, entries, count=0, votes_only=True)
        counted[key].count += 1
    return list(counted.values())
