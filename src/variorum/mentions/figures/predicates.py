"""Reading a word of an act where it stands: is it said of what is to its left, does an object follow, is it real."""

from __future__ import annotations

from typing import NamedTuple

from variorum.mentions.figures import lexicon
from variorum.mentions.figures.lexicon import Verb
from variorum.mentions.figures.words import Line

__all__ = ["Told", "foretold", "is_a", "mixed", "negated", "object_follows", "state_at", "unreal"]

CASUALTIES = frozenset({"kill", "wound", "miss"})
TAKEN = frozenset({"capture"})


class Told(NamedTuple):
    """An act, the pattern that found it, and the word index behind its words (0 if to the left of the figure)."""

    act: str
    why: str
    end: int = 0


def is_a(kind: str, word: str) -> bool:
    """Is the lower-case word in the set ``kind`` of ``[function]`` or ``[near]`` of the table of roles?

    >>> is_a("auxiliary", "were"), is_a("auxiliary", "boat")
    (True, False)
    """
    return word in lexicon.roles().is_[kind]


def state_at(line: Line, at: int, why: str) -> Told | None:
    """The act of a state or passive participle at word ``at``, said of what stands to its left.

    >>> from variorum.mentions.figures.words import split
    >>> state_at(Line(split("ten injured in blast"), 0, 20), 1, "beside")
    Told(act='wound', why='beside', end=2)
    """
    table = lexicon.roles()
    state = table.states.at(line, at)
    active = state is not None and is_a("active", line.low(at)) and not _row_goes_on(line, at, state[0])
    stood = active and line.low(at) == "held" and is_a("stood", line.low(state[0] if state else at))
    if state is not None and not stood and not (active and object_follows(line, state[0])):
        return _told(line, at, state, why) if not _attribute(line, state[0]) else None
    passive = table.verbs.at(line, at)
    if passive is None or passive[1].form not in ("participle", "both") or object_follows(line, passive[0]):
        return None
    if passive[1].act in ("take", "lose") and passive[0] - at == 1 and not _helped(line, at):
        return None
    return _told(line, at, passive, why)


def _row_goes_on(line: Line, at: int, end: int) -> bool:
    """``14 killed 52 wounded``: numbers and states by turns; in ``ten killed 3 guards`` a unit follows."""
    if not (line.words[at - 1].digit and end < len(line.words) and line.words[end].digit):
        return False
    after = lexicon.roles().states.at(line, end + 1)
    return after is not None and after[1].act in CASUALTIES and not _attribute(line, after[0])


def _helped(line: Line, at: int) -> bool:
    """Does an auxiliary stand within four words before? "Two boats lost" is not said of two boats that were lost."""
    return any(is_a("auxiliary", line.low(i)) for i in range(max(0, at - 4), at))


def _told(line: Line, at: int, hit: tuple[int, Verb], why: str) -> Told:
    return Told("mixed" if mixed(line, at, hit[0]) else hit[1].act, why, hit[0])


def mixed(line: Line, start: int, end: int) -> bool:
    """``missing or wounded``, ``hurt and missing``: neither of the two.

    >>> from variorum.mentions.figures.words import split
    >>> mixed(Line(split("40 missing or wounded by mines"), 0, 30), 1, 2)
    True
    """
    at = _listed_state(line, end)
    if line.low(at) not in ("or", "and", "/"):
        return False
    end, at = at, at + 1
    while is_a("between", line.low(at)) and line.low(at) not in ("found", "left", "people"):
        at += 1
    table = lexicon.roles()
    first = table.states.at(line, start) or table.verbs.at(line, start)
    second = table.states.at(line, at) or table.verbs.at(line, at)
    if first is None or second is None or second[1].form not in ("state", "participle", "both"):
        return False
    acts = {first[1].act, second[1].act}
    return len(acts) == 2 and acts <= CASUALTIES | TAKEN and not object_follows(line, second[0])


def _listed_state(line: Line, end: int) -> int:
    """Over the second of three states: ``killed, wounded and captured``, ``killed, wounded or missing``."""
    second = lexicon.roles().states.at(line, end + 1) if line.low(end) == "," else None
    if second is None or second[1].act not in CASUALTIES:
        return end
    return second[0] + (line.low(second[0]) == "," and line.low(second[0] + 1) in ("or", "and"))


def _attribute(line: Line, at: int) -> bool:
    """A noun follows: ``10 wounded soldiers``."""
    unit = lexicon.units().words.at(line, at)
    return unit is not None and unit[1].kind != "time" and line.low(at) not in ("people", "others", "man")


def object_follows(line: Line, at: int) -> bool:
    """Does an object begin at ``at``? A verb with an object is active: ``ten men killed three guards``.

    >>> from variorum.mentions.figures.words import split
    >>> object_follows(Line(split("ten men killed three guards"), 0, 27), 3)
    True
    """
    low = line.low(at)
    if not low or line.words[at].time:
        return False
    if is_a("determiner", low) or low in lexicon.numbers().cardinals or line.words[at].digit:
        return True
    if low in ("more", "over", "up", "as"):
        return line.low(at + 1) in ("than", "to", "many") or (low == "over" and line.low(at + 1)[:1].isdigit())
    if low == "at":
        return line.low(at + 1) == "least"
    if low in lexicon.numbers().plurals or low in (
        "them",
        "him",
        "her",
        "several",
        "many",
        "nearly",
        "about",
        "around",
    ):
        return low not in ("about", "around", "nearly") or line.low(at + 1)[:1].isdigit()
    if (
        line.words[at].name
        and not is_a("preposition", low)
        and not titled(line)
        and low not in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    ):
        return True
    return low not in ("dead", "people") and lexicon.units().words.at(line, at) is not None


def titled(line: Line) -> bool:
    """Is the line a headline in capitals?

    >>> from variorum.mentions.figures.words import split
    >>> titled(Line(split("Ten Killed As Ferry Sinks"), 0, 25))
    True
    """
    listed = [w for w in line.words[:12] if w.alpha]
    return sum(w.name for w in listed) * 3 >= len(listed) * 2


def negated(line: Line, at: int, since: int = 0) -> bool:
    """Does a "not" stand within three words before ``at``, and not before ``since``?"""
    return any(is_a("negation", line.low(i)) for i in range(max(since, at - 3), at))


def unreal(line: Line, start: int, form: str) -> bool:
    """``planned to kill 40``, ``could displace 2,000``, ``could have killed 500``: not said to have happened."""
    at = start - 1
    while at >= 0 and start - at < 5 and is_a("adverb", line.low(at)) and line.low(at) not in ("to", "be", "have"):
        at -= 1
    word = line.low(at)
    if form == "base":
        if word == "to":
            return not is_a("began", line.low(at - 1))
        return is_a("unreal", word) or is_a("negation", word) or word.endswith("n't")
    if form == "ing":
        near = {line.low(at - 1), line.low(at - 2)}
        return word in ("of", "from", "without", "against", "for", "avoid", "avoided") and any(
            is_a("plan", n) or n in ("dreamed", "instead", "purpose", "aim") for n in near
        )
    return (word == "have" and line.low(at - 1) in ("could", "would", "should")) or negated(line, start)


def foretold(line: Line, at: int) -> bool:
    """``the toll could rise to 40``, ``is expected to be 40``: nobody has counted the figure at ``at`` yet.

    ``the toll could be 40`` is an estimate of today's.

    >>> from variorum.mentions.figures.words import split
    >>> [foretold(Line(split(t), 0, 40), 5) for t in ("the toll could rise to 40", "the toll of all rose to 40")]
    [True, False]
    """
    verb = at - 1 - (line.low(at - 1) in ("to", "at"))
    kind = "forecast_of" if line.low(verb) == "be" else "forecast"
    for i in range(verb - 1, max(-1, verb - 5), -1):
        if is_a(kind, line.low(i)) and not line.words[i].time:
            return True
        if not is_a("adverb", line.low(i)):
            return False
    return False
