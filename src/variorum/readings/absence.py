"""What one account says there was not, and another tells of: no warning was given, a warning by telephone.

What follows a word of denial (no, without any, no evidence of) is looked for in what another account of the same story
affirms. Denials of an act are those of `variorum.readings.opposites`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, zip_longest

from variorum.lists import toml
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.readings.kindred import GROUP, LINKED, SHARE, act_words, brief, names_of, quiet, supports
from variorum.readings.opposites import TOLD, not_yet
from variorum.readings.pairs import near_or_kindred
from variorum.sentences import Passage, Sought, runs, stem, stems, words_of
from variorum.verdicts import Standing

__all__ = ["Lacking", "absence_rows", "lacking"]

_SET = toml("readings")["absence"]
NEAR_DAYS: float = _SET["near_days"]
AFTER: int = _SET["after"]
FEW: int = _SET["few"]
LONGEST: int = _SET["longest"]


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a sentence says there was not: the stem of its noun, and the place of the words in the text.

    ``doing`` where nobody did what is told ("no boat came"), ``many`` where the noun is a plural, ``narrowed`` the
    stem of a word before it that narrows it ("no opposing votes").
    """

    noun: str
    start: int
    end: int
    doing: bool = False
    many: bool = False
    narrowed: str | None = None


@cache
def _patterns() -> tuple[Sought, re.Pattern[str], frozenset[str]]:
    """Words after which what is lacking stands, any word that denies, and nouns of which it says nothing."""
    told = sorted(_SET["lacks"], key=len, reverse=True)
    start = re.compile(
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, told))})\s+((?:[\w’'-]+\s*){{1,{AFTER}}})", re.IGNORECASE
    )
    denial = "|".join(toml("readings")["words"]["denial"])
    vague = frozenset(stem(word) for word in _SET["vague"])
    return Sought(start, told), re.compile(rf"\b(?:{denial}|den(?:y|ied|ies))\b|n['’]t\b", re.IGNORECASE), vague


@cache
def _no_longer() -> Sought:
    """Words that say that there was something before."""
    told = _SET["no_longer"]
    return Sought(re.compile(rf"\b(?:{'|'.join(map(re.escape, told))})\b", re.IGNORECASE), told)


def lacking(passage: Passage) -> Iterator[Lacking]:
    """What a sentence says there was not.

    >>> told = Passage(0, "A", 0, 34, "No life-jackets were given to them.", 0)
    >>> [x.noun for x in lacking(told)]
    ['life-jacket']
    """
    start, _, vague = _patterns()
    if not start.may(runs(passage)) or len(passage.text.split()) > LONGEST or _no_longer().search(passage):
        return
    for match in start.finditer(passage):
        listed = list(re.finditer(r"[\w’'-]+", match[1]))
        for word, behind in zip_longest(listed, listed[1:]):
            nouns = list(words_of(word[0]))
            if word[0].lower() in _SET["ends"] or word[0].lower() in vague or vague & set(nouns):
                break
            if nouns:
                noun = behind if behind is not None and _many(behind[0]) and not _many(word[0]) else word
                at = passage.start + match.start(1) + noun.start()
                told = next(iter(words_of(noun[0])), nouns[0])
                before = nouns[0] if noun is behind else None
                yield Lacking(told, at, at + len(noun[0]), _doer(passage, noun[0]), _many(noun[0]), before)
                break


def _many(word: str) -> bool:
    """True for the plural of a word: of "enemy fighters" the fighters are lacking."""
    low = word.lower()
    return low.endswith("s") and low not in _SET["ends"] and stem(low[:-1]) == stem(low)


def _doer(passage: Passage, noun: str) -> bool:
    """True where what is lacking is told to do nothing: the doer of a claim that names nobody to whom it was done."""
    return any(
        c.agent and not c.patient and c.agent.split()[-1] == noun and c.agent.split()[0].lower() == "no"
        for c in passage.claims
    )


def _does(passage: Passage, noun: str) -> bool:
    """True where a sentence tells of such a one who does something, or of whom something is told."""
    return any(noun in words_of(f"{c.agent or ''} {c.patient if not c.agent else ''}") for c in passage.claims)


def _one_doing(a: Passage, b: Passage) -> bool:
    """True where both have the word of one act."""
    return bool({stem(c.trigger) for c in a.claims if c.trigger} & {stem(c.trigger) for c in b.claims if c.trigger})


def _of_another_word(text: str, match: re.Match[str], item: Lacking) -> bool:
    """True where a form stands for no such thing: "light airs" are no lights, "a light" is one of them."""
    if not item.many or match[0].lower().endswith("s"):
        return False
    return _one().search(text[: match.start()]) is None


@cache
def _one() -> re.Pattern[str]:
    """A word for one thing shortly before its noun: a, the, its, one."""
    return re.compile(
        rf"(?<![\w’'-])(?:{'|'.join(_SET['singles'])})\s(?:[\w’'-]+\s){{0,2}}$|[’']s\s(?:[\w’'-]+\s){{0,2}}$",
        re.IGNORECASE,
    )


def _clause(text: str, at: int) -> str:
    """The clause of a place in a text."""
    cuts = [m.end() for m in _CUT.finditer(text, 0, at)]
    behind = _CUT.search(text, at)
    return text[cuts[-1] if cuts else 0 : behind.start() if behind else len(text)]


_CUT = re.compile("|".join(_SET["cuts"]))


def absence_rows(collation: Collation) -> Iterator[Row]:
    """A row for each noun and two accounts of one story of which the one lacks what the other tells."""
    lacks = _lacks(collation)
    told: set[tuple[str, str, str]] = set()
    for one, other in chain(near_or_kindred(collation), _of_families(collation, lacks)):
        for a, b in ((one, other), (other, one)):
            for item in lacks[a.number]:
                key = (item.noun, a.witness, b.witness)
                if key not in told and _tells(collation, item, a, b):
                    told.add(key)
                    yield _row(collation, item, a, b)


def _lacks(collation: Collation) -> dict[int, list[Lacking]]:
    """What each sentence says there was not; where its account tells of other such doers, only what they did not do."""
    found = {p.number: list(lacking(p)) for p in collation.items}
    doers = {item.noun for items in found.values() for item in items if item.doing}
    often = Counter((p.witness, noun) for p in collation.items for noun in doers & p.words.keys()) if doers else {}
    return {
        p.number: [replace(i, doing=i.doing and often.get((p.witness, i.noun), 0) > 1) for i in found[p.number]]
        for p in collation.items
    }


def _of_families(collation: Collation, lacks: Mapping[int, Sequence[Lacking]]) -> Iterator[tuple[Passage, Passage]]:
    """Pairs of sentences of one short story of which the one lacks what the other tells in a word of one family."""
    for passages in collation.stories().values():
        if not brief(passages):
            continue
        lacking_it: dict[str, list[Passage]] = defaultdict(list)
        for a in passages:
            for name in sorted({name for item in lacks[a.number] for name in _family_of(a, item)}):
                lacking_it[name].append(a)
        for name, _, pattern in _families():
            having = [p for p in passages if pattern.search(p.text)] if name in lacking_it else []
            if len(having) <= GROUP:
                yield from ((a, b) for a in lacking_it[name] for b in having if a.witness != b.witness)


@cache
def _families() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Each family of words for one thing or doing: what is lacking where it is denied, and what tells of it."""
    return tuple(
        (
            name,
            *(
                re.compile(rf"(?<![\w’'-])(?:{'|'.join(told[part])})(?![\w’'-])", re.IGNORECASE)
                for part in ("no", "yes")
            ),
        )
        for name, told in sorted(_SET["families"].items())
    )


def _family_of(passage: Passage, item: Lacking) -> list[str]:
    """The families of which a word is lacking: a thing by its noun, a doing by what nobody did."""
    text = (
        passage.text[item.start - passage.start :]
        if item.doing
        else passage.text[item.start - passage.start : item.end - passage.start]
    )
    return [name for name, lacks, _ in _families() if lacks.search(text)]


def _found(passage: Passage, a: Passage, item: Lacking) -> re.Match[str] | None:
    """Where a sentence has a word of a family that the other lacks."""
    held = _family_of(a, item)
    return next((m for name, _, told in _families() if name in held and (m := told.search(passage.text))), None)


def _tells(collation: Collation, item: Lacking, a: Passage, b: Passage) -> bool:
    """True where the other sentence affirms what is lacking, of the same people and at a time that meets."""
    of_family = _found(b, a, item)
    if of_family is None and item.noun not in b.words and _verb_of(item.noun) not in act_words(b):
        return False
    if not_yet(a, b) or _by_another(a, item, b) or not _doing(b):
        return False
    if len(b.text.split()) > LONGEST or quiet(a, b, NEAR_DAYS) or not collation.one_story(a, b):
        return False
    if not _means_it(item, a, b, of_family):
        return False
    if not (collation.score(a, b) >= LINKED or collation.together(a, b)) and not _more(collation, item, a, b):
        return False
    return _happened(item, a, b, of_family)


def _means_it(item: Lacking, a: Passage, b: Passage, of_family: re.Match[str] | None) -> bool:
    """True where the word that both have stands for one thing or doing, and is not denied in its clause."""
    _, denial, _ = _patterns()
    if item.narrowed and item.narrowed not in b.words:
        return False
    if item.doing and not (_does(b, item.noun) and (of_family or _one_doing(a, b))):
        return False
    if of_family is not None:
        return denial.search(_clause(b.text, of_family.start())) is None
    told = [m for m in re.finditer(r"[\w’'-]+", b.text) if item.noun in words_of(m[0])]
    if told and all(_of_another_word(b.text, m, item) for m in told):
        return False
    return denial.search(_clause(b.text, told[0].start()) if told else b.text) is None


def _happened(item: Lacking, a: Passage, b: Passage, of_family: re.Match[str] | None) -> bool:
    """True where what is told of it happened, and was not only planned, feared or asked for."""
    if of_family is not None:
        start, end = b.start + of_family.start(), b.start + of_family.end()
        held = [c for c in b.claims if c.trigger_start is not None and start <= c.trigger_start < end]
    else:
        nouns = {item.noun, *(act_words(a) & act_words(b))}
        held = [c for c in b.claims if nouns & stems(f"{c.trigger or ''} {c.agent or ''} {c.patient or ''}")]
    return not held or any(c.modality in TOLD for c in held)


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


def _by_another(a: Passage, item: Lacking, b: Passage) -> bool:
    """True where the one says by or on whom there was none, in words that the other does not have.

    "No shots by the guards", "no injuries on his body": of others it says nothing.
    """
    said = re.search(
        r"\b(?:by|among|on (?:his|her|its|their)) ((?:[\w’'-]+ ?){1,4})", _clause(a.text, item.start - a.start)
    )
    told = stems(said[1]) if said else frozenset[str]()
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
