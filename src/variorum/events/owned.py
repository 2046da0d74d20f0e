"""Claims of responsibility: who says that he did it tells the same happening as those who tell what was done."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from variorum.events.assign import Doing
from variorum.lists import toml
from variorum.records import Claim
from variorum.sentences import Passage, content

__all__ = ["owned"]

TABLE = toml("events")["owning"]
OWNING = re.compile(TABLE["words"], re.IGNORECASE)


def owned(
    owner: Sequence[int], items: Sequence[Passage], claims: Iterable[Claim], doings: Mapping[str, Doing]
) -> list[int]:
    """The clusters of sentences, ``owner``, with each claim of responsibility where the deed that it names is told.

    "Claimed responsibility for the bombing of the hall" goes to the cluster that tells that bombing, of several to the
    one with most of the words; what else is in its cluster goes with it where most of that is of the kind and goes to
    one deed. "Took responsibility for the children" names no deed. Linear in the claims.
    """
    listed = list(claims)
    deeds = _deeds(items, listed, doings)
    if not deeds:
        return list(owner)
    telling: dict[str, set[int]] = defaultdict(set)
    held: dict[int, list[Passage]] = defaultdict(list)
    for passage in items:
        held[owner[passage.number]].append(passage)
    at = {(p.witness, c.sentence): p.number for p in items for c in p.claims[:1] if p.number not in deeds}
    for claim in listed:
        if claim.claim in doings and (claim.witness, claim.sentence) in at:
            telling[doings[claim.claim].act].add(owner[at[claim.witness, claim.sentence]])
    made = list(owner)
    for number, (acts, words) in sorted(deeds.items()):
        found = set[int]().union(*(telling[act] for act in acts)) - {owner[number]}
        if found:
            made[number] = min(found, key=lambda name: (-_shared(words, held[name]), name))
    return _followed(owner, made, held)


def _deeds(
    items: Sequence[Passage], claims: Iterable[Claim], doings: Mapping[str, Doing]
) -> dict[int, tuple[set[str], set[str]]]:
    """The acts that stand right behind words of owning up, and all words behind these, by number of the sentence."""
    at = {(p.witness, c.sentence): (p, m) for p in items for c in p.claims[:1] if (m := OWNING.search(p.text))}
    found: dict[int, tuple[set[str], set[str]]] = {}
    for claim in claims:
        if (claim.witness, claim.sentence) not in at or claim.claim not in doings or claim.trigger_start is None:
            continue
        passage, match = at[claim.witness, claim.sentence]
        first = claim.trigger_start - passage.start
        if match.end() <= first and len(passage.text[match.end() : first].split()) <= int(TABLE["between"]):
            acts = found.setdefault(passage.number, (set(), set(content(passage.text[match.end() :]))))[0]
            acts.add(doings[claim.claim].act)
    return found


def _shared(words: set[str], told: Sequence[Passage]) -> int:
    return len(words & {word for passage in told for word in passage.words})


def _followed(owner: Sequence[int], made: list[int], held: Mapping[int, Sequence[Passage]]) -> list[int]:
    """The clusters with those sentences too whose cluster mostly went to one other."""
    for told in held.values():
        went = Counter(made[p.number] for p in told if made[p.number] != owner[p.number])
        if len(went) == 1 and went.total() >= float(TABLE["share"]) * len(told):
            for passage in (p for p in told if not OWNING.search(p.text)):
                made[passage.number] = next(iter(went))
    return made
