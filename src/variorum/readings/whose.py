"""On whose order it was done, and what caused it: who says whom, or what.

Read are set phrases of order and of cause (``data/readings.toml``, ``whose``). Two accounts of one story stand against
each other where they name others for the order to one act, or for the cause of one happening. A title ("the
magistrate") is read as the name that its account gives it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from variorum.lists import toml, words
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.readings.kindred import brief, supports
from variorum.records import Reading
from variorum.sentences import Passage, folded, stems
from variorum.verdicts import Standing

__all__ = ["Said", "said_of", "whose_rows"]

_SET = toml("readings")["whose"]
NAME_WORDS: int = _SET["name_words"]
MOST: int = _SET["most"]
LONGEST: int = _SET["longest"]
PRONOUNS = frozenset(words("readings", "whose", "pronouns"))
TITLES = frozenset(words("readings", "whose", "honorifics"))


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence names as the order-giver or the cause: the words of it, of what, and the reading."""

    kind: str
    who: frozenset[str]
    of: frozenset[str]
    passage: Passage
    reading: Reading


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The phrases of order and of cause as patterns; NAME is who or what is named, OF what it is of."""
    name = rf"(?P<who>(?:[\w’'-]+\.? ){{0,{NAME_WORDS}}}[\w’'-]+)"
    of = r"(?: (?:to|for) (?P<of>(?:[\w’'-]+ ?){1,3}?))?"
    happening = "|".join(_SET["happenings"])
    found = []
    for kind in _SET["reasons"]:
        for phrase in _SET[kind]:
            told = phrase.replace("NAME", name).replace("OF", of).replace("HAPPENING", rf"(?P<of>{happening})")
            found.append((kind, re.compile(told, re.IGNORECASE)))
    return tuple(found)


def said_of(passage: Passage, account: str = "") -> Iterator[Said]:
    """What a sentence says of who gave an order or what was the cause; ``account`` is searched for the names of titles.

    >>> told = Passage(0, "A", 0, 47, "The order to fire was given by Major Rost Hale.", 0)
    >>> [(s.kind, sorted(s.who), sorted(s.of)) for s in said_of(told)]
    [('order', ['hale', 'rost'], ['fire'])]
    """
    if len(passage.text.split()) > LONGEST:
        return
    low = folded(passage.text)
    for kind, pattern in _patterns():
        if not any(word in low for word in _SET["in_each"][kind]):
            continue
        match = pattern.search(passage.text)
        if match is None or _denies().search(re.split("[;:]", passage.text[: match.end()])[-1]):
            continue
        start, end = _trimmed(passage.text, *match.span("who"))
        told = passage.text[start:end]
        if not told or told.split()[0].lower() in PRONOUNS:
            continue
        item = reading(passage, passage.start + start, passage.start + end, "responsibility", told)
        item.voice.extend(next((c.voice for c in passage.claims if c.start <= item.start < c.end and c.voice), ()))
        yield Said(kind, _named(told, account), stems(match.groupdict().get("of") or ""), passage, item)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The name without what follows it: "Colonel Haas, who is dead", "the magistrate on that day"."""
    start = max((m.end() for m in _begins().finditer(text, start, end)), default=start)
    after = _ends().search(text, start, end)
    told = text[start : after.start() if after is not None else end].rstrip()
    return start, start + len(told)


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(_SET['ends'])})\b|,", re.IGNORECASE)


@cache
def _begins() -> re.Pattern[str]:
    """Words before a name in one clause that are no part of it: "found that Quint"."""
    return re.compile(rf"(?:\b(?:{'|'.join(_SET['begins'])})|[,;:]) ", re.IGNORECASE)


@cache
def _denies() -> re.Pattern[str]:
    told = toml("readings")["words"]
    return re.compile(rf"\b(?:{'|'.join([*told['denial'], *told['denies'], *_SET['open']])})\b|n['’]t\b", re.IGNORECASE)


def _named(told: str, account: str) -> frozenset[str]:
    """The content words of a name; of a title without a name those of the name that the account gives it."""
    found = stems(told) - TITLES
    if account and not re.search(r"[A-Z]", told[1:]) and len(told.split()) <= len(("the", "title")):
        title = re.escape(told.split()[-1])
        full = re.search(rf"\b(?i:{title}),? ((?:[A-Z][\w’'.-]+ ?){{1,4}})", account)
        if full is not None:
            return found | (stems(full[1]) - TITLES)
    return found


def whose_rows(collation: Collation) -> Iterator[Row]:
    """A row for each story of short accounts of which two name who gave the order, or what was the cause."""
    for passages in collation.stories().values():
        if not brief(passages):
            continue
        whole: dict[str, list[str]] = defaultdict(list)
        for p in passages:
            whole[p.witness].append(p.text)
        texts = {w: " ".join(told) for w, told in whole.items()}
        found: dict[str, list[Said]] = defaultdict(list)
        for p in passages:
            for said in said_of(p, texts[p.witness]):
                found[said.kind].append(said)
        for kind, told in sorted(found.items()):
            yield from _rows(collation, kind, told[:MOST])


def _other_shooters(x: Said, y: Said) -> bool:
    """True where the words of two tell two kinds of people, as soldiers and a crowd."""
    one, other = (
        {kind for kind, told in _SET["shooters"].items() if set(told) & set(re.findall(r"\w+", s.reading.text.lower()))}
        for s in (x, y)
    )
    return bool(one and other and not one & other)


def _pairs(kind: str, told: Sequence[Said]) -> tuple[list[tuple[Said, Said]], list[tuple[Said, Said]]]:
    """The pairs of two accounts that are of one act, and of these the ones that name others."""
    pairs = [(x, y) for i, x in enumerate(told) for y in told[i + 1 :] if x.passage.witness != y.passage.witness]
    pairs = [(x, y) for x, y in pairs if not (x.of and y.of) or x.of & y.of]
    if kind != "first":
        return pairs, [(x, y) for x, y in pairs if not x.who & y.who]
    apart = [(x, y) for x, y in pairs if _other_shooters(x, y)]
    return apart or [(x, y) for x, y in pairs if x.who & y.who], apart


def _rows(collation: Collation, kind: str, told: Sequence[Said]) -> Iterator[Row]:
    """One row of the first two that name others, with all that are of the same act; else one in which they agree."""
    pairs, apart = _pairs(kind, told)
    if not pairs:
        return
    x, y = max(apart or pairs, key=lambda pair: (bool(pair[0].of & pair[1].of), -pair[0].passage.number))
    held = [s for s in told if not (s.of and x.of | y.of) or s.of & (x.of | y.of)]
    said = f"{cite(x.reading)}, {cite(y.reading)}"
    why = f"{said}: {_SET['reasons'][kind]}." if apart else f"{said}: the same is named."
    row = Row(
        "responsibility", "responsibility", "", Standing.CONFLICT if apart else Standing.AGREE, why,
        [s.reading for s in held], "high", 0.5, len({s.passage.witness for s in held}),
        [s.passage for s in held], (x.passage, y.passage),
    )  # fmt: skip
    row.evidence["told of one"] = float(min(3, 2 + bool(x.of & y.of) + supports(collation, x.passage, y.passage)))
    yield row
