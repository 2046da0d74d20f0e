"""The words of a label: those that tell the doing and that most accounts share; words side by side are one phrase.

Left out are words that take a side, adverbs and prepositions, numbers, days and months, and verbs that say little.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from variorum.claims.lexicon import noun_trigger, verb_trigger
from variorum.language.inflection import irregular, noun_forms, verb_forms
from variorum.lists import rows, toml, words
from variorum.records import Claim
from variorum.sentences import Passage, content, written

__all__ = ["doing", "phrases", "shared_words"]

NAME: int = toml("events")["words"]["name"]
MARKS = ".,;:!?()[]\"'“”‘’"
POSSESSIVE = re.compile(r"['’]s?$")


def shared_words(
    passages: Iterable[Passage],
    claims: Sequence[Claim],
    rarity: Mapping[str, float],
    typed: Collection[str],
    said: Collection[str],
) -> list[tuple[str, int]]:
    """The words for a label in their rank, each with how many accounts have it; those of two accounts go first.

    ``typed`` are the stems of the words that give the event its type, ``said`` those that the label has already.
    """
    accounts = {claim.witness for claim in claims}
    tellers: dict[str, set[str]] = defaultdict(set)
    forms: dict[str, str] = {}
    for witness, text in _told(passages, claims, accounts):
        found = [word for word in content(text) if word not in said]
        for word, form in zip(found, written(text, found), strict=True):
            form = POSSESSIVE.sub("", form)
            if tells(form):
                tellers[word].add(witness)
                forms[word] = min(forms.get(word, form), form, key=_capitals)
    claimed: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for word in content(claim.trigger):
            claimed[word].add(claim.witness)
    act = {word for word in tellers if word in typed or (word in claimed and doing(forms[word]))}
    weight = _weights(claims, forms, act)
    power = float(toml("events")["words"]["tellers"])

    def rank(word: str) -> tuple[float, str]:
        return (-(len(tellers[word]) ** power) * (1.0 + rarity.get(word, 0.0)) * weight[word], word)

    def first(word: str) -> tuple[bool, int, float, str]:
        return (word not in typed, -len(tellers[word]), *rank(word))

    head = sorted(act, key=first)[:1]
    rest = [word for word in sorted(tellers, key=rank) if word not in head]
    least = min(2, len(accounts))
    common = [word for word in (*head, *rest) if len(tellers[word]) >= least] or (head or rest)[:1]
    more = [word for word in (*head, *rest) if word not in common]
    return [(forms[word], len(tellers[word])) for word in (*common, *more)]


def _weights(claims: Iterable[Claim], forms: Mapping[str, str], act: Collection[str]) -> dict[str, float]:
    """What words count beside the doing: of who did it and to whom, and names; alike where no word tells the doing."""
    if not act:
        return dict.fromkeys(forms, 1.0)
    table = toml("events")["words"]
    whom = {word for claim in claims for text in (claim.agent, claim.patient) if text for word in content(text)}
    found = {}
    for word, form in forms.items():
        named = form[:1].isupper() and not form.isupper()
        kind = "named" if named and word in whom else "whom" if named or word in whom else ""
        found[word] = float(table[kind]) if kind and word not in act else 1.0
    return found


def _told(passages: Iterable[Passage], claims: Sequence[Claim], accounts: Collection[str]) -> list[tuple[str, str]]:
    """The words of each account: of one alone its claims, of several their sentences."""
    if len(accounts) < 2:
        return [(c.witness, c.text) for c in sorted(claims, key=lambda c: (c.witness, c.start))]
    return [(p.witness, p.text) for p in sorted(passages, key=lambda p: (p.witness, p.start)) if p.witness in accounts]


def _capitals(form: str) -> int:
    """Of the forms of a word that in small letters goes first, that in capitals, as of a headline, last."""
    return 0 if form.islower() else 2 if form.isupper() else 1


def tells(form: str) -> bool:
    """True for a word that may stand in a label.

    >>> [tells(word) for word in ("collision", "alongside", "deliberately", "Thursday", "family")]
    [True, False, False, False, True]
    """
    low = form.lower()
    if low in _kept():
        return True
    return not (low in _bare() or low in _loaded() or (low.endswith("ly") and len(low) > len("only")))


def doing(form: str) -> bool:
    """True for a verb, and for a noun that tells an act more often than not.

    >>> [doing(word) for word in ("collided", "shooting", "boat", "alongside")]
    [True, True, False, False]
    """
    low = form.lower()
    return low in _acts() or verb_trigger(low) is not None or noun_trigger(low) is not None


def phrases(chosen: Sequence[str], texts: Iterable[str]) -> list[str]:
    """Some words, in their order; two that first stand side by side in a text are one phrase, and names are whole.

    >>> phrases(["call", "sank", "distress"], ["A distress call came.", "She sank."])
    ['distress call', 'sank']
    >>> phrases(["Quay", "fire"], ["The fire on Salt Quay was out.", "All Salt Quay lay in a cloud."])
    ['Salt Quay', 'fire']
    """
    listed = list(texts)
    found = list(dict.fromkeys(_name_of(word, listed) for word in chosen))
    chosen = list(found)
    for a in chosen:
        for b in chosen:
            if a in found and b in found and a != b and any(f" {a} {b}" in f" {text}" for text in listed):
                found = [f"{a} {b}" if word == min(a, b, key=found.index) else word for word in found]
                found = [word for word in found if word not in (a, b)]
    return found


def _name_of(word: str, texts: Iterable[str]) -> str:
    """The name of several words that a capitalised word mostly stands in, else the word itself."""
    if not word[:1].isupper() or word.isupper():
        return word
    found: Counter[str] = Counter()
    for text in texts:
        said = text.split()
        for at in (n for n, one in enumerate(said) if _bared(one) == word):
            low, high = at, at + 1
            while low > 1 and at - low < NAME and _named(said[low - 1], said[low - 1]):
                low -= 1
            while high < len(said) and high - at < NAME and _named(said[high], said[high - 1]):
                high += 1
            found[" ".join(map(_bared, said[low:high]))] += 1
    name, often = min(found.items(), key=lambda item: (-item[1], item[0]), default=(word, 0))
    return name if 2 * often > sum(found.values()) else word


def _named(word: str, before: str) -> bool:
    """True for a word of a name that goes on from the word before it, which no mark ends."""
    return word[0].isupper() and not word.isupper() and before[-1].isalpha() and tells(_bared(word))


def _bared(word: str) -> str:
    return POSSESSIVE.sub("", word.strip(MARKS))


@cache
def _acts() -> frozenset[str]:
    """The forms of nouns that are more often acts than not, and of the verbs from which nouns of acts are derived."""
    least = int(toml("events")["words"]["act"])
    verbs = {row["verb"] for row in rows("act_nouns") if row["verb"]} | set(irregular())
    nouns = {form for row in rows("act_nouns") if int(row["act"]) >= least for form in noun_forms(row["noun"])}
    return frozenset(nouns | {form for verb in verbs for form in verb_forms(verb) if form != verb})


@cache
def _bare() -> frozenset[str]:
    return words("events", "words", "plain") | words("events", "words", "bare")


@cache
def _kept() -> frozenset[str]:
    return words("events", "words", "ly")


@cache
def _loaded() -> frozenset[str]:
    return frozenset(word for group in toml("loaded-words")["words"].values() for word in group)
