"""Persons: by titles and given names, by surnames a text has introduced, by the layer of names.

The first pass takes what is surely a person ("Minister Ana Teverin", "Ana Teverin"); the second what bears a name that
the first has met ("Teverin"). A bare surname is the one person of the text who bears it; where two do, the one named
last, and where neither was named close before, it stays open.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from variorum.gazetteer import fold
from variorum.lists import toml
from variorum.mentions.actors.lists import lists
from variorum.mentions.actors.runs import Run, family, is_bare, runs
from variorum.mentions.places.vocabulary import vocabulary
from variorum.mentions.places.words import Words

__all__ = ["Person", "persons"]

NEAR: int = toml("limits")["actors"]["near"]
"""How many characters back the bearer of a surname that two persons share may have been named."""


ALONE: int = toml("limits")["actors"]["alone"]


@dataclass(slots=True)
class Person:
    """A name of a person, words ``first`` up to ``last`` without titles; ``referent`` is the full name or None."""

    first: int
    last: int
    name: str
    referent: str | None = None


@dataclass(frozen=True, slots=True)
class _Signs:
    """What a text says of its names: labels of words, words that alone name a person, names told like places."""

    labels: dict[int, str]
    alone: frozenset[str]
    sited: frozenset[str]


def persons(words: Words, taken: Sequence[bool], labels: dict[int, str], tags: Sequence[str] = ()) -> list[Person]:
    """The persons named in a text; ``taken`` are words of places and times, ``labels`` those of the names layer."""
    listed = list(runs(words, taken, tags))
    signs = _Signs(labels, _alone(words, listed, labels), _sited(words, listed))
    sure = [run for run in listed if _is_person(words, run, signs)]
    called = {words.keys[family(words, r.first, r.last)] for r in sure if _names_surname(words, r)}
    called |= {words.keys[r.first] for r in sure if _given_name(words, r, labels)}
    found = {r.first for r in sure}
    found |= {r.first for r in listed if words.keys[r.last - 1] in called and _plain(words, r)}
    people = [Person(r.first, r.last, _name(words, r)) for r in listed if r.first in found]
    _refer(words, people)
    return people


def _given_name(words: Words, run: Run, labels: dict[int, str]) -> bool:
    """Whether the first word of a full name may stand for its bearer elsewhere in the text."""
    known, form = vocabulary(), words.forms[run.first]
    if is_bare(words, run.first, run.last) or form in known.common or form.endswith("."):
        return False
    return form in known.given or labels.get(run.first) == "PERSON"


def _names_surname(words: Words, run: Run) -> bool:
    return not is_bare(words, run.first, run.last) or _titled(words, run.first)


def _titled(words: Words, first: int) -> bool:
    if first == 0 or not words.joined[first]:
        return False
    before = words.forms[first - 1]
    return before in vocabulary().titles or (words.capital[first - 1] and words.keys[first - 1] in lists().titles)


def _plain(words: Words, run: Run) -> bool:
    """False for a run with a word of an organisation or of a kind of place in it."""
    lists_ = vocabulary()
    inside = words.forms[run.first : run.last]
    return not any((w in lists_.organisation or w in lists_.last) and w not in lists_.surnames for w in inside)


def _alone(words: Words, listed: Sequence[Run], labels: dict[int, str]) -> frozenset[str]:
    """Single words that the layer of names takes for persons amid a sentence, where only a name has a capital."""
    known, found = vocabulary(), set()
    for run in listed:
        if run.last - run.first > 1 or words.opens[run.first] or not run.first or words.capital[run.first - 1]:
            continue
        form = words.forms[run.first]
        if labels.get(run.first) == "PERSON" and form not in known.common and not form.isupper():
            found.add(words.keys[run.first])
    small = {words.keys[i] for i in range(len(words)) if words.forms[i].islower()}
    return frozenset(found - small)


def _sited(words: Words, listed: Sequence[Run]) -> frozenset[str]:
    """Names that stand behind "in" and "at" more often than not, as those of places do."""
    total: Counter[str] = Counter()
    sited: Counter[str] = Counter()
    for run in listed:
        key = words.key(run.first, run.last)
        total[key] += 1
        before = run.first - 1 - (words.keys[run.first - 1] == "the" if run.first else 0)
        sited[key] += before >= 0 and words.keys[before] in vocabulary().locative
    return frozenset(key for key, count in sited.items() if 2 * count >= total[key])


def _is_person(words: Words, run: Run, signs: _Signs) -> bool:
    first, last = run.first, run.last
    lists_ = vocabulary()
    if not _plain(words, run):
        return False
    if last < len(words) and words.joined[last] and words.forms[last] in lists_.organisation:
        return False
    form, length = words.forms[first], sum(1 for i in range(first, last) if len(words.forms[i].strip(".")) > 1)
    if _titled(words, first) and (form not in lists_.common or form in lists_.surnames):
        return True
    if length < 2:
        return words.keys[first] in signs.alone
    return _told_by_words(words, first, last) or (
        words.key(first, last) not in signs.sited and _labelled(words, run, signs)
    )


def _told_by_words(words: Words, first: int, last: int) -> bool:
    """A given name or an initial, an age behind, a family name in small letters: "Ana Hale, 41"."""
    lists_, form = vocabulary(), words.forms[first]
    if form in lists_.given or (len(form) == 2 and form.endswith(".") and words.forms[last - 1] not in lists_.common):
        return True
    return _aged(words, last) or (words.forms[last - 1].islower() and family(words, first, last) == first)


def _labelled(words: Words, run: Run, signs: _Signs) -> bool:
    """What the layer of names says, where no common word stands in the name."""
    first, last = run.first, run.last
    capitals = [i for i in range(first, last) if words.capital[i] and i not in run.nickname]
    enough = any if _particle(words, run) else all
    labelled = enough(signs.labels.get(i) == "PERSON" for i in capitals)
    return labelled and len(capitals) <= 4 and not any(f in vocabulary().common for f in words.forms[first:last])


def _particle(words: Words, run: Run) -> bool:
    """Whether a small particle stands inside, so that the layer of names may have parted the name there."""
    return any(words.forms[i] in vocabulary().particles for i in range(run.first + 1, run.last - 1))


def _aged(words: Words, last: int) -> bool:
    """True before an age between commas: "Ana Teverin, 45,"."""
    if last >= len(words) or words.gap(last - 1) != ", ":
        return False
    form = words.forms[last].rstrip(",")
    return form.isdigit() and len(form) == 2 and words.text[words.ends[last] - 1 : words.ends[last] + 1].count(",") > 0


def _name(words: Words, run: Run) -> str:
    """The name as it stands, in one line and without a nickname inside."""
    if not run.nickname:
        return " ".join(words.text[words.starts[run.first] : words.ends[run.last - 1]].split())
    before = words.text[words.starts[run.first] : words.ends[run.nickname.start - 1]]
    return " ".join(f"{before} {words.text[words.starts[run.nickname.stop] : words.ends[run.last - 1]]}".split())


def _refer(words: Words, people: list[Person]) -> None:
    """Fills in the referents: a full name its fullest form, a surname or a given name alone its bearer."""
    surnamed, given = _bearers(words, people)
    latest: dict[str, Person] = {}
    earlier = _known_alone(words, people)
    for person in people:
        if not is_bare(words, person.first, person.last):
            surname = words.keys[family(words, person.first, person.last)]
            person.referent = next((b for b in surnamed[surname] if _is_short_for(person.name, b)), person.name)
            latest[surname] = person
            continue
        key = words.keys[person.last - 1]
        bearers = surnamed.get(key) or given.get(key, [])
        if key in earlier:
            person.referent = person.name
        elif len(bearers) == 1:
            person.referent = bearers[0]
        elif not bearers:
            person.referent = person.name
        elif key in latest and words.starts[person.first] - words.ends[latest[key].last - 1] <= NEAR:
            person.referent = latest[key].referent


def _known_alone(words: Words, people: Sequence[Person]) -> frozenset[str]:
    """Surnames that a text uses for somebody well known before it names a bearer, who is then another: his daughter."""
    alone: Counter[str] = Counter()
    full: set[str] = set()
    for person in people:
        key = words.keys[family(words, person.first, person.last)]
        if is_bare(words, person.first, person.last):
            alone[key] += key not in full
        else:
            full.add(key)
    return frozenset(key for key, count in alone.items() if count >= ALONE)


def _bearers(words: Words, people: Sequence[Person]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The full names of a text by surname, and by given name where it is nobody's surname."""
    full: dict[str, set[str]] = defaultdict(set)
    first: dict[str, set[str]] = defaultdict(set)
    for person in people:
        if not is_bare(words, person.first, person.last):
            surname = words.keys[family(words, person.first, person.last)]
            full[surname].add(person.name)
            first[words.keys[person.first]].add(surname)
    surnamed = {key: _fullest(names) for key, names in full.items()}
    given = {
        key: [name for surname in sorted(surnames) for name in surnamed[surname] if fold(name.split()[0]) == key]
        for key, surnames in first.items()
    }
    return surnamed, given


def _fullest(names: set[str]) -> list[str]:
    """The names that are no shorter form of another: without "A. Teverin" beside "Ana Teverin"."""
    ordered = sorted(names, key=lambda n: (-len(n), n))
    kept: list[str] = []
    for name in ordered[:200]:
        if not any(_is_short_for(name, k) for k in kept):
            kept.append(name)
    return kept


def _is_short_for(short: str, full: str) -> bool:
    """True when each word of the short name, or its initial, stands in the full name in order.

    >>> _is_short_for("A. Teverin", "Ana Maria Teverin"), _is_short_for("Bela Teverin", "Ana Teverin")
    (True, False)
    """
    rest = iter(full.split())
    return all(any(w == f or (w.endswith(".") and f.startswith(w[0])) for f in rest) for w in short.split())
