"""Numbers that count nothing: years, ages, clock times, resolutions, types of weapons, scores, pages, ordinals."""

from __future__ import annotations

import re
from functools import cache

from variorum.lists import rows, toml
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.lexicon import excluded, roles, units
from variorum.mentions.figures.predicates import titled
from variorum.mentions.figures.words import Line

__all__ = ["OLDEST", "TESTS", "persons", "why_not"]

OLDEST: int = toml("limits")["figures"]["oldest"]
"""Ages above this are none, in years."""


def why_not(count: Count) -> str | None:
    """The reason why a number is no figure, or None.

    >>> from variorum.mentions.figures.numbers import scan
    >>> from variorum.mentions.figures.words import split
    >>> text = "Hale, 43, cited Resolution 817 and 12 graves."
    >>> [why_not(c) for c in scan(Line(split(text), 0, len(text)))]
    ['age', 'label', None]
    """
    for reason, test in TESTS.items():
        if test(count, count.line):
            return reason
    return None


def _time(count: Count, line: Line) -> bool:
    return any(w.time for w in line.words[count.number : count.last])


def _too_long(count: Count, line: Line) -> bool:
    return any(v is not None and v > 1e15 for v in (count.low, count.high))


def _broken(count: Count, line: Line) -> bool:
    """``000``: the rest of a number whose beginning is lost, no zero."""
    text = line.words[count.number].text
    return len(text) > 1 and not text.strip("0, .\u00a0\u202f\u2009") and text[0] == "0"


def _ordinal(count: Count, line: Line) -> bool:
    return line.glued(count.last) and line.low(count.last) in excluded("ordinal")


def _glued(count: Count, line: Line) -> bool:
    """T-72, M16, 9/11, 24/7, 3:15, @10, version 2.0.1."""
    digits = line.words[count.number].digit
    if digits and line.glued(count.number) and _glued_left(count, line):
        return True
    after = line.low(count.last)
    if not line.glued(count.last):
        return False
    if after in ("/", ":", "°", "_") and line.glued(count.last + 1):
        return after != ":" or line.words[count.last + 1].digit
    if after in ("-", "–") and line.glued(count.last + 1):
        return line.words[count.last + 1].digit
    return digits and after[:1].isalpha() and after not in excluded("glued_unit")


def _glued_left(count: Count, line: Line) -> bool:
    before = line.low(count.number - 1)
    if before in ("-", "–", "/"):
        return line.glued(count.number - 1)
    return before in ("/", ":", "#", "№", "@", "_", ".") or (before[:1].isalpha() and before[-1] not in "$€£")


def _compound(count: Count, line: Line) -> bool:
    """17-year-old, 44-day, two-storey, three-way; but a 15-kilometre zone is a length."""
    if line.low(count.last) != "-" or not line.glued(count.last) or not line.glued(count.last + 1):
        return False
    return line.low(count.last + 1) not in excluded("length")


def _age(count: Count, line: Line) -> bool:
    value, before, after = count.low, line.low(count.number - 1), line.low(count.last)
    if before in ("aged", "age", "ages") or (after, line.low(count.last + 1)) == ("years", "old"):
        return True
    if _of_ages(count, line):
        return True
    if value is None or value != count.high or not 1 <= value <= OLDEST or not line.words[count.number].digit:
        return False
    held = (before == "," and after in (",", ".", "")) or (before == "(" and after == ")")
    return held and count.number >= 2 and _one_person(line, count.number - 2, line.low(count.last + 1))


def _of_ages(count: Count, line: Line) -> bool:
    """``aged between 20 and 31``, ``aged 20, 31 and 40``: only numbers and what joins them lead back to the word.

    In ``aged 60, and 12 others`` the others are counted.
    """
    unit = units().words.at(line, count.last)
    if unit is not None and unit[1].kind == "people":
        return False
    at = count.number - 1
    while at > 0 and (line.words[at].digit or line.low(at) in excluded("between_ages")):
        at -= 1
    return at >= 0 and line.low(at) in ("aged", "ages")


def _one_person(line: Line, at: int, verb: str) -> bool:
    """``John Smith, 46,`` and ``the driver, 23, was``; but ``the crew, 46, were`` counts many."""
    word = line.words[at]
    joined = any(line.low(i) == "and" for i in range(max(0, at - 2), at))  # "two boys and the captain, 52, were"
    if word.digit or word.time or (verb in excluded("plural_verb") and not joined):
        return False
    return word.name or line.low(at) in excluded("kin") or line.low(at) in persons()


@cache
def persons() -> frozenset[str]:
    """Words for one person: nouns of people in the singular, offices and ranks; none that also names a body of them."""
    nouns = (noun.split()[-1] for group in toml("figures-units")["people"].values() for noun in group)
    return frozenset((*nouns, *(row["title"] for row in rows("titles")))) - excluded("bodies")


def _label(count: Count, line: Line) -> bool:
    """Resolution 817, Room 12, Group of Seven, No. 5, articles 3, 4 and 5."""
    at, before = count.number, line.low(count.number - 1)
    if at != count.first and before not in excluded("strict_label"):
        return False
    if before == "." and line.low(at - 2) in excluded("abbreviated_label"):
        return True
    if before in excluded("strict_label"):
        return before != "number" or not line.low(count.last).isalpha() or line.low(at - 2) == ""
    if before in excluded("label") and line.words[at].digit and (_named(line, at) or _part_of(line, at)):
        return True
    if before == "of" and line.low(at - 2) in ("group", "big", "council") and line.words[at].name:
        return True
    return before in (",", "and", "or") and _in_row(count, line)


def _named(line: Line, at: int) -> bool:
    """``in Unit 12``: the noun is written as a name, and does not begin the sentence."""
    return line.words[at - 1].name and at > 1


def _part_of(line: Line, at: int) -> bool:
    """``in cell 17 of the prison``: a bare noun with its number is one part of what follows, which is no people."""
    determiners = roles().is_["determiner"]
    if line.low(at + 1) != "of" or line.low(at - 2) in determiners:
        return False
    after = at + 2
    while line.low(after) in determiners:
        after += 1
    counted = units().words.at(line, after)
    return line.low(after) not in ("them", "whom", "these", "those") and (
        counted is None or counted[1].kind != "people"
    )


def _in_row(count: Count, line: Line) -> bool:
    near = {line.low(i) for i in range(max(0, count.number - 9), count.number)}
    return (
        bool(near & excluded("row_of_labels"))
        and line.words[count.number].digit
        and (not line.low(count.last).isalpha() or line.low(count.last) in ("and", "or"))
    )


def _address(count: Count, line: Line) -> bool:
    """``12 Harbour Street``, ``341 S. Main``, ``the 100 block of``, ``Route 9``, ``U.S. 40``."""
    at = count.last
    if not line.words[count.number].digit or count.first != count.number:
        return False
    if (line.low(at), line.low(at + 1)) == ("block", "of"):
        return True
    if line.low(at) in ("n", "s", "e", "w") and line.words[at].name:
        return True
    if line.low(at) in excluded("street") and line.low(at + 1) == "of" and line.words[at].name:
        return True
    end = at
    while end < min(at + 5, len(line.words)) and line.words[end].name:
        if end > at and line.low(end) in excluded("street"):
            return True
        end += 1
    return _road_number(count, line) and (line.low(at) in excluded("after_road") or end > at)


def _road_number(count: Count, line: Line) -> bool:
    before = line.words[count.number - 1] if count.number else None
    shouted = before is not None and all(w.text.isupper() for w in line.words if w.alpha)
    if before is None or shouted:
        return False
    return (before.text.endswith(".") and len(before.text) > 2) or (
        before.text.isupper() and before.alpha and 2 <= len(before.text) <= 3
    )


def _name(count: Count, line: Line) -> bool:
    """``the battle of Five Forks``: a number in capitals within a sentence belongs to a name."""
    at, word = count.number, line.words[count.number]
    if not word.name or at == 0 or count.first != at or titled(line) or not line.words[at - 1].alpha:
        return False
    return count.last < len(line.words) and line.words[count.last].name


def _phone(count: Count, line: Line) -> bool:
    """``440-2795``."""
    parts = [w.text for w in line.words[count.number : count.last] if w.digit]
    return len(parts) == 2 and [len(p) for p in parts] == [3, 4] and all(p.isdecimal() for p in parts)


def _year(count: Count, line: Line) -> bool:
    """A bare year that no time expression covers: ``the 2008 collapse``, ``(1998)``."""
    word = line.words[count.number].text
    if count.last - count.number != 1 or not re.fullmatch(r"1[5-9]\d\d|20\d\d", word) or count.first != count.number:
        return False
    before, after = line.low(count.number - 1), line.low(count.last)
    if before in excluded("before_year"):
        return not after.endswith("s") or before in ("(", "©")
    return before == "" and after in (",", ":", ".", "")


def _bullet(count: Count, line: Line) -> bool:
    """The number of a list item or of a page at the beginning of a line."""
    if count.number != 0 or not line.words[0].digit:
        return False
    after, second = line.low(count.last), line.low(count.last + 1)
    return (
        after in (")", ".", "]") or (after == "" and not line.item) or (after in ("/", "of") and second[:1].isdigit())
    )


def _relation(count: Count, line: Line) -> bool:
    """father of seven, mother of two; one of the; for one; no one; one another."""
    before, after = line.low(count.number - 1), line.low(count.last)
    if before == "of" and line.low(count.number - 2) in excluded("kin"):
        return True
    if line.low(count.number) not in ("one", "two", "half") or count.last - count.number != 1:
        return False
    if after == "-" and line.glued(count.last):
        return True
    return line.low(count.number) == "one" and (before in excluded("before_one") or after in excluded("after_one"))


def _score(count: Count, line: Line) -> bool:
    """A game: 3-2; the second number of any pair that is joined by a hyphen and is no range."""
    before, after = line.low(count.number - 1), line.low(count.last)
    if before in excluded("game") and after in ("-", "–"):
        return True
    return before == "-" and line.words[count.number].digit and count.number >= 2 and line.words[count.number - 2].digit


def _magnitude(count: Count, line: Line) -> bool:
    """5.7 on the Richter scale; magnitude 6.1; a 7.2 quake."""
    if count.low is None or count.low >= 10:
        return False
    near = {line.low(i) for i in range(max(0, count.number - 4), min(len(line.words), count.last + 5))}
    if "." in line.words[count.number].text:
        return bool(near & excluded("scale"))
    return "richter" in near and line.low(count.last) == "on"


TESTS = {
    "time": _time,
    "too long": _too_long,
    "broken": _broken,
    "ordinal": _ordinal,
    "part of a name": _glued,
    "compound": _compound,
    "age": _age,
    "label": _label,
    "address": _address,
    "telephone": _phone,
    "name": _name,
    "year": _year,
    "bullet": _bullet,
    "relation": _relation,
    "score": _score,
    "magnitude": _magnitude,
}
"""Every reason not to count a number, with its test."""
