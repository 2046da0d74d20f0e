"""Stories: which accounts, and which stretches of a long account, tell one main happening; settled before acts.

``run`` compares stretches by what they share of rare names, words, days, places, figures and wording, joins them by
average linkage, and writes the table ``stories``. A story of one stretch is a story too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from variorum.engine import Engine
from variorum.groups import identities
from variorum.linkage import clusters
from variorum.lists import toml
from variorum.records import Actor, Parallel, Story, Structure, table
from variorum.sentences import passages, read, written
from variorum.stories.likeness import Likeness
from variorum.stories.pairs import candidates
from variorum.stories.strays import taken_in
from variorum.stories.stretches import Stretch, stretches

__all__ = ["run"]


def run(engine: Engine) -> None:
    """Reads ``sentences`` with their ties, ``actors`` and ``parallels``; writes ``stories``.

    Time grows with the stretches, as each is compared with its thirty likeliest only.
    """
    items = stretches(passages(engine), read(engine, Actor), read(engine, Structure))
    like = Likeness(items, read(engine, Parallel))
    scores = [(a, b, like.score(items[a], items[b])) for a, b in candidates(engine, items, like)]
    joined = taken_in(clusters(len(items), scores, float(toml("stories")["join"]["threshold"])), scores)
    owner = _homes(items, joined)
    engine.put("stories", table(Story, _stories(items, owner, scores, like)))


def _homes(items: Sequence[Stretch], owner: Sequence[int]) -> list[int]:
    """The stories, without those in which no account is at home: their stretches go home.

    An account is at home in that of its stories which most accounts tell, of equals in that in which most of it lies.
    So an aftermath that two long histories tell at length is no story apart from what all the others tell of both.
    """
    tellers: dict[int, set[str]] = defaultdict(set)
    for item in items:
        tellers[owner[item.number]].add(item.witness)
    length: dict[str, Counter[int]] = defaultdict(Counter)
    for item in items:
        length[item.witness][owner[item.number]] += item.end - item.start
    main = {w: min(n, key=lambda s: (-len(tellers[s]), -n[s], s)) for w, n in length.items()}
    kept = set(main.values())
    return [name if name in kept else main[item.witness] for item, name in zip(items, owner, strict=True)]


def _stories(
    items: Sequence[Stretch], owner: Sequence[int], scores: Sequence[tuple[int, int, float]], like: Likeness
) -> Iterator[Story]:
    groups: dict[int, list[Stretch]] = defaultdict(list)
    for item in items:
        groups[owner[item.number]].append(item)
    sure: dict[int, float] = defaultdict(float)
    for a, b, score in scores:
        if owner[a] == owner[b]:
            sure[a] += score
            sure[b] += score
    listed = list(groups.values())
    names = identities("s", [[item.text for item in group] for group in listed])
    labels = _numbered(names, [_label(group, like) for group in listed])
    for name, label, group in zip(names, labels, listed, strict=True):
        for item in group:
            mean = sure[item.number] / (len(group) - 1) if len(group) > 1 else 1.0
            yield Story(name, item.witness, item.start, item.end, label, round(min(1.0, mean), 4))


def _numbered(names: Sequence[str], labels: Sequence[str]) -> list[str]:
    """The labels, a number behind those that stand twice, in the order of the names.

    >>> _numbered(["s2", "s1", "s3"], ["“ferry”", "“ferry”", "“quake”"])
    ['“ferry” (2)', '“ferry” (1)', '“quake”']
    """
    often, seen, found = Counter(labels), Counter[str](), list(labels)
    for n in sorted(range(len(names)), key=lambda n: names[n]):
        seen[labels[n]] += 1
        if often[labels[n]] > 1:
            found[n] = f"{labels[n]} ({seen[labels[n]]})"
    return found


def _label(group: Sequence[Stretch], like: Likeness) -> str:
    """The three words that most of its stretches share, of equals the rarest, in quotation marks; none takes a side."""
    count: dict[str, int] = defaultdict(int)
    for item in group:
        for word in item.words:
            count[word] += 1
    table = toml("stories")["label"]
    ranked = sorted(count, key=lambda w: (-count[w] * like.idf[w], w))[: int(table["tried"])]
    spelled: dict[str, str] = {}
    for item in sorted(group, key=lambda one: one.text):
        if len(spelled) == len(ranked):
            break
        for word, form in zip(ranked, written(item.text, ranked), strict=True):
            if word in item.words:
                spelled.setdefault(word, form)
    forms = [form for word in ranked if (form := spelled.get(word, word)).lower() not in _loaded()]
    return ", ".join(f"“{form}”" for form in forms[: int(table["words"])])


@cache
def _loaded() -> frozenset[str]:
    return frozenset(word for group in toml("loaded-words")["words"].values() for word in group)
