"""The words of the witnesses for one thing: wars, operations and programmes, fronts, and acts.

Wars and operations are names made of a head ("conflict", "operation") and what stands before it. Two are one when their
heads are of one kind, their numbers ("first", "44-day") do not differ, and their names share a word. Acts are what
claims of one type say of one place: "captured", "took", "fell".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from variorum import lists
from variorum.gazetteer import fold
from variorum.lists import toml
from variorum.names.lists import front_words
from variorum.names.referents import Forms, Joined, rows
from variorum.records import Claim, Name

__all__ = ["acts", "names"]

Normal = Callable[[str], str]
"""Turns a word into the one that stands for it: a people's adjective into its country's name."""

_NAME = r"[^\W\d_a-z](?:[\w’']|\.(?=[^\W\d_]))*"


@cache
def _war() -> re.Pattern[str]:
    heads = "|".join(toml("groups")["wars"]["heads"].split("|"))
    over = rf"(?: (?:over|in|between) (?:the )?{_NAME}(?:[- ]{_NAME}){{0,3}}(?: and {_NAME})?)?"
    number = "|".join(sorted(lists.words("groups", "wars", "numbers"))) + r"|\w+[- ]day"
    return re.compile(rf"\b(?:(?:{_NAME}|{number})[ -]){{1,6}}(?:{heads}|{heads.title()})\b{over}")


@cache
def _operation() -> re.Pattern[str]:
    heads = toml("groups")["operations"]["heads"]
    against = r"[Cc]ounter-[\w-]+|[Aa]nti-[\w-]+"
    kinds = "|".join(sorted(lists.words("groups", "operations", "before")))
    before = rf"(?:(?:{_NAME}|{against}|{kinds})[ -]){{1,5}}"
    return re.compile(rf"\bOperation(?: {_NAME}){{1,3}}|\b{before}(?:{heads}|{heads.title()})\b")


@cache
def _front() -> re.Pattern[str]:
    words = "|".join(re.escape(w).replace(r"\ ", r"[ \n]").replace(r"\-", "-") for w in front_words())
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


_RUN = re.compile(rf"\b{_NAME}(?: (?:of |the |on the |to the )?{_NAME}){{1,7}}")


def names(texts: Mapping[str, str], normal: Normal) -> Iterable[Name]:
    """The rows for wars, operations and fronts; ``normal`` gives the word that stands for a word."""
    yield from _told("war", _war(), texts, normal)
    yield from _told("operation", _operation(), texts, normal)
    yield from _programmes(texts)
    forms: Forms = defaultdict(Counter)
    for witness, text in texts.items():
        for match in _front().finditer(text):
            forms["front"][" ".join(match.group(0).split()), witness] += 1
    yield from rows("place", forms, Joined(), {"front": "the front"})


def _told(kind: str, pattern: re.Pattern[str], texts: Mapping[str, str], normal: Normal) -> Iterable[Name]:
    forms: Forms = defaultdict(Counter)
    for witness, text in texts.items():
        for match in pattern.finditer(text):
            form = _trimmed(" ".join(match.group(0).split()))
            if form is not None:
                forms[form.lower()][form, witness] += 1
    joined = Joined()
    signs = {node: _sign(str(node), normal) for node in forms}
    sharing: dict[tuple[str, str, str], object] = {}
    for node in sorted(forms, key=str):
        head, number, words = signs[node]
        for word in words:
            held = sharing.setdefault((head, number, word), node)
            joined.join(node, held)
    return rows(kind, forms, joined, {})


def _trimmed(form: str) -> str | None:
    """The form without a word that only opens the sentence; None when nothing but the head is left."""
    words = form.split()
    skip = toml("groups")["sides"]["skip"].split()
    while words and (words[0] in lists.words("groups", "wars", "openers") or words[0].lower() in skip):
        words.pop(0)
    return " ".join(words) if len(words) > 1 else None


def _sign(form: str, normal: Normal) -> tuple[str, str, frozenset[str]]:
    """Kind of head, number, and the words of the name with peoples turned into countries."""
    table = toml("groups")
    same, ordinals = table["wars"]["same"].split(), set(table["wars"]["ordinals"].split())
    heads = set(table["wars"]["heads"].split("|")) | set(table["operations"]["heads"].split("|"))
    words = [w for w in re.split(r"[\s-]+", form) if w]
    head = next((w for w in words if w in heads), "")
    head = same[0] if head in same else head.rstrip("s")
    numbers = sorted(w for i, w in enumerate(words) if w in ordinals or words[i + 1 : i + 2] == ["day"])
    kept = {w for w in words if w not in heads | ordinals | lists.words("groups", "wars", "inside")}
    against = next((i for i, w in enumerate(words[:-1]) if w in ("counter", "anti")), None)
    if against is not None:
        return head, words[against], frozenset({words[against + 1][:6]})
    return head, " ".join(numbers), frozenset(normal(w) for w in kept if not w.isdigit())


_PROGRAMME = frozenset(["program", "programme", "plan", "initiative"])


def _programmes(texts: Mapping[str, str]) -> Iterable[Name]:
    """Named programmes, and the same name without its head: "Green Shore Programme", "the Green Shore"."""
    found: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for witness, text in texts.items():
        for match in _RUN.finditer(text):
            found[fold(match.group(0))][match.group(0), witness] += 1
            core = _core(fold(match.group(0)))
            inside = _spelt(core, match.group(0)) if core else None
            if core and inside:
                found[core][inside, witness] += 1
    cores: dict[str, str] = {}
    for key in found:
        core = _core(key)
        if core is not None:
            cores[key] = core
    wanted = set(cores.values())
    forms: Forms = defaultdict(Counter)
    for key, counts in found.items():
        bare = key.removeprefix("the ")
        core = cores.get(key) or (bare if bare in wanted else None)
        if core is not None:
            forms[core].update(counts)
    return rows("operation", {k: c for k, c in forms.items() if len(c) > 1}, Joined(), {})


def _spelt(core: str, text: str) -> str | None:
    """The words of a text that are its core, as they are spelt there."""
    size, words = len(core.split()), text.split()
    spelt = (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
    return next((form for form in spelt if fold(form) == core), None)


def _core(key: str) -> str | None:
    """The name of a programme without its head: what stands before a head at the end, or after "program on the"."""
    words = key.split()
    if len(words) > 2 and words[-1] in _PROGRAMME:
        rest = words[1:-1] if words[0] == "the" else words[:-1]
        return " ".join(rest) if len(rest) > 1 else None
    at = next((i for i, w in enumerate(words) if w in _PROGRAMME), None)
    if at is None or words[at + 1 : at + 3] not in (["on", "the"], ["of", "the"], ["for", "the"]):
        return None
    rest = words[at + 3 :]
    if "to" in rest:
        rest = rest[: rest.index("to")]
    return " ".join(rest) if len(rest) > 1 else None


def acts(claims: Sequence[Claim]) -> Iterable[Name]:
    """For each type of claim and place told by two words or more: which witness uses which word.

    A claim of a plain type (``data/groups.toml``: an act of no closer kind, a beginning, an utterance) gives no row:
    its words differ because the doings do, not because the tellers do.
    """
    forms: Forms = defaultdict(Counter)
    plain = lists.words("groups", "doings", "plain")
    for claim in claims:
        if claim.type in plain or not claim.place or ";" in claim.place:
            continue
        forms[f"{claim.type}: {claim.place}"][claim.trigger.lower(), claim.witness] += 1
    several = {node: counts for node, counts in forms.items() if len({form for form, _ in counts}) > 1}
    return rows("act", several, Joined(), {node: str(node) for node in several})
