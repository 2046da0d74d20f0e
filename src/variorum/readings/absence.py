"""What one account says there was not, and another tells of: no warning was given, a warning by telephone.

What follows a word of denial (no, without any, no evidence of) is looked for in what another account of the same story
affirms. Denials of an act are those of `variorum.readings.opposites`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from variorum.lists import toml
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.readings.kindred import LINKED, SHARE, act_words, brief, names_of, quiet, supports
from variorum.readings.opposites import not_yet
from variorum.readings.pairs import near_or_kindred
from variorum.sentences import Passage, stem, words_of
from variorum.verdicts import Standing

__all__ = ["Lacking", "absence_rows", "lacking"]

_SET = toml("readings")["absence"]
NEAR_DAYS: float = _SET["near_days"]
AFTER: int = _SET["after"]
FEW: int = _SET["few"]
LONGEST: int = _SET["longest"]


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a sentence says there was not: the stem of its noun, and the place of the words in the text."""

    noun: str
    start: int
    end: int


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """Words after which what is lacking stands, any word that denies, and nouns of which it says nothing."""
    told = sorted(_SET["lacks"], key=len, reverse=True)
    start = re.compile(
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, told))})\s+((?:[\w’'-]+\s*){{1,{AFTER}}})", re.IGNORECASE
    )
    denial = "|".join(toml("readings")["words"]["denial"])
    vague = frozenset(stem(word) for word in _SET["vague"])
    return start, re.compile(rf"\b(?:{denial}|den(?:y|ied|ies))\b|n['’]t\b", re.IGNORECASE), vague


@cache
def _no_longer() -> re.Pattern[str]:
    """Words that say that there was something before."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _SET['no_longer']))})\b", re.IGNORECASE)


def lacking(passage: Passage) -> Iterator[Lacking]:
    """What a sentence says there was not.

    >>> told = Passage(0, "A", 0, 34, "No life-jackets were given to them.", 0)
    >>> [x.noun for x in lacking(told)]
    ['life-jacket']
    """
    start, _, vague = _patterns()
    if len(passage.text.split()) > LONGEST or _no_longer().search(passage.text):
        return
    for match in start.finditer(passage.text):
        for word in re.finditer(r"[\w’'-]+", match[1]):
            nouns = list(words_of(word[0]))
            if word[0].lower() in _SET["ends"] or word[0].lower() in vague or vague & set(nouns):
                break
            if nouns:
                at = passage.start + match.start(1) + word.start()
                yield Lacking(nouns[0], at, at + len(word[0]))
                break


def absence_rows(collation: Collation) -> Iterator[Row]:
    """A row for each noun and two accounts of one story of which the one lacks what the other tells."""
    lacks = {p.number: list(lacking(p)) for p in collation.items}
    told: set[tuple[str, str, str]] = set()
    for one, other in near_or_kindred(collation):
        for a, b in ((one, other), (other, one)):
            for item in lacks[a.number]:
                key = (item.noun, a.witness, b.witness)
                if key not in told and _tells(collation, item, a, b):
                    told.add(key)
                    yield _row(collation, item, a, b)


def _tells(collation: Collation, item: Lacking, a: Passage, b: Passage) -> bool:
    """True where the other sentence affirms what is lacking, of the same people and at a time that meets."""
    _, denial, _ = _patterns()
    nouns = {item.noun, *(act_words(a) & act_words(b))}
    if item.noun not in b.words and _verb_of(item.noun) not in act_words(b):
        return False
    if not_yet(a, b) or _by_another(a, b) or not _doing(b):
        return False
    if (
        denial.search(b.text)
        or len(b.text.split()) > LONGEST
        or quiet(a, b, NEAR_DAYS)
        or not collation.one_story(a, b)
    ):
        return False
    if not (collation.score(a, b) >= LINKED or collation.together(a, b)) and not _more(collation, item, a, b):
        return False
    held = [c for c in b.claims if nouns & words_of(f"{c.trigger or ''} {c.agent or ''} {c.patient or ''}").keys()]
    return not held or any(c.modality in ("happened", "state") for c in held)


def _doing(passage: Passage) -> bool:
    """True where a sentence tells more than what a text is called: "Report on the fire at Tolven" tells nothing."""
    return (
        any(c.type != "act" and (c.agent or c.patient) for c in passage.claims)
        or _verb().search(passage.text) is not None
    )


@cache
def _verb() -> re.Pattern[str]:
    """Words and endings of words of which a sentence that tells something has one."""
    endings = "|".join(map(re.escape, _SET["verb_endings"]))
    return re.compile(rf"\b(?:{'|'.join(_SET['verbs'])})\b|\w(?:{endings})\b", re.IGNORECASE)


def _by_another(a: Passage, b: Passage) -> bool:
    """True where the one says by or on whom there was none, in words that the other does not have.

    "No shots by the guards", "no injuries on his body": of others it says nothing.
    """
    said = re.search(r"\b(?:by|among|on (?:his|her|its|their)) ((?:[\w’'-]+ ?){1,4})", a.text)
    told = words_of(said[1]).keys() if said else set()
    return bool(told) and not told & b.words.keys()


def _more(collation: Collation, item: Lacking, a: Passage, b: Passage) -> bool:
    """True where more than the noun is common to both, or the noun stands in few sentences of short accounts."""
    most = max(FEW, round(SHARE * collation.rarity.size))
    more = {w for w in a.words.keys() & b.words.keys() if collation.rarity.frequency[w] <= most}
    return bool(more - {item.noun} - names_of(a)) or collation.rarity.frequency[item.noun] <= FEW


def _verb_of(noun: str) -> str:
    return next(iter(act_words(Passage(0, "", 0, 0, "", 0, words_of(noun)))), noun)


def _row(collation: Collation, item: Lacking, a: Passage, b: Passage) -> Row:
    first = reading(a, a.start, a.end, "denial", "denied")
    second = reading(b, b.start, b.end, "denial", "affirmed")
    why = f"{cite(first)}, {cite(second)}: the one says that there was none of what the other tells."
    scope = f"“{a.text[item.start - a.start : item.end - a.start]}”"
    row = Row("absence", "denial", scope, Standing.CONFLICT, why, [first, second], "high", 0.5, 2, [a, b])
    few = collation.rarity.frequency[item.noun] <= FEW
    short = few and brief(collation.stories()[collation.story_of[a.number]] if collation.story_of else collation.items)
    row.evidence["told of one"] = float(min(3, supports(collation, a, b) + few + short))
    return row
