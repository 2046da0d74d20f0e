"""What keeps two sentences of one long account apart: a history tells many acts in the same words.

Acts were learned on short news. In an account of many sentences words in common speak for one happening only where
both sentences tell an act in common; they may still meet on the card of another account's sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from variorum.events.assign import Doing
from variorum.events.link import Joined
from variorum.lists import toml
from variorum.sentences import Passage

__all__ = ["scored"]


def scored(
    pairs: Iterable[Joined], items: Sequence[Passage], doings: Mapping[str, Doing]
) -> Iterator[tuple[int, int, float]]:
    """The scores of pairs by number of their sentences, but for two of one long account that tell no act in common.

    A sentence that tells no act at all says nothing of this. Linear in the pairs.

    >>> from variorum.records import Claim
    >>> told = [Claim("A", n, n + 9, "", f"c{n}", "other", "marched", "1") for n in range(80)]
    >>> items = [Passage(n, "A", n, n + 9, "", 0, claims=[c]) for n, c in enumerate(told)]
    >>> pairs = [Joined(items[0], items[n], 0.5, (), "") for n in (1, 2)]
    >>> acts = {"c0": Doing("a", "s", 1.0, True), "c1": Doing("a", "s", 1.0, True), "c2": Doing("b", "s", 1.0, True)}
    >>> list(scored(pairs, items, acts)), len(list(scored(pairs, items[:9], acts)))
    ([(0, 1, 0.5)], 2)
    """
    least = int(toml("events")["cluster"]["long"])
    size = Counter(passage.witness for passage in items)
    acts = {p.number: {doings[c.claim].act for c in p.claims if c.claim in doings} for p in items}
    for pair in pairs:
        a, b = pair.a.number, pair.b.number
        long = pair.a.witness == pair.b.witness and size[pair.a.witness] >= least
        if not (long and acts[a] and acts[b] and acts[a].isdisjoint(acts[b])):
            yield a, b, pair.score
