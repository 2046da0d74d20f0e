"""Numbers in digits and words, ranges and vague plurals: ``93``, ``1.2 million``, ``two or three``, ``dozens``."""

from __future__ import annotations

from typing import NamedTuple

from variorum.lists import toml
from variorum.mentions.figures import lexicon
from variorum.mentions.figures.counts import Count, plain
from variorum.mentions.figures.words import Line

__all__ = ["Number", "read", "scan"]


SPREAD: float = toml("figures-numbers")["range"]["spread"]

TOO_LONG = 1e16
"""Stands for a number with more digits than anything counted."""


class Number(NamedTuple):
    """A number at words ``start:end`` with its least and greatest value; None is an open end."""

    start: int
    end: int
    low: float | None
    high: float | None
    vague: bool = False
    ratio: bool = False


def _digits(text: str) -> float:
    cleaned = "".join(c for c in text if c.isdecimal() or (c == "." and text.count(".") == 1))
    return plain(float(cleaned)) if len(cleaned) < 16 else TOO_LONG


def _pointed(line: Line, at: int, value: float) -> tuple[float, int]:
    """``one point two``: the digits behind the point, to the word behind them."""
    digits, cardinals = "", lexicon.numbers().cardinals
    while at < len(line.words) and cardinals.get(line.low(at), 10) < 10:
        digits, at = digits + str(cardinals[line.low(at)]), at + 1
    return plain(value + float(f"0.{digits}")), at


def _comma(line: Line, at: int) -> tuple[float, int] | None:
    """``12,8 million``: a comma for the decimal point, before a scale only."""
    glued = line.low(at + 1) == "," and line.glued(at + 1) and line.glued(at + 2)
    if not glued or line.low(at + 3) not in lexicon.numbers().scales or not line.low(at + 2).isdecimal():
        return None
    return _scaled(line, at + 3, float(f"{line.low(at)}.{line.low(at + 2)}")) if line.low(at).isdecimal() else None


def _below_hundred(line: Line, at: int) -> tuple[float, int] | None:
    cardinals = lexicon.numbers().cardinals
    value = cardinals.get(line.low(at))
    if value is None or line.words[at].time:
        return None
    if value < 20 or value % 10:
        return value, at + 1
    step = at + 2 if line.low(at + 1) == "-" and line.glued(at + 1) else at + 1
    scored = line.low(at).endswith("score")  # threescore and ten
    step = at + 2 if scored and line.low(at + 1) == "and" else step
    more = cardinals.get(line.low(step))
    if more is not None and 0 < more < (20 if scored else 10):
        return value + more, step + 1
    return value, at + 1


def _scaled(line: Line, at: int, value: float) -> tuple[float, int]:
    """Hundreds, thousands, millions after a value, with the rest that follows: "two hundred and five"."""
    scales = lexicon.numbers().scales
    total: float = 0
    current = value
    used = False
    while at < len(line.words):
        word = line.low(at)
        if word == "-" and line.glued(at) and line.low(at + 1) in scales:
            at += 1
            continue
        if word in scales:
            size = scales[word]
            if current * size + total > TOO_LONG:
                break
            if size in (12, 100):
                current *= size
            else:
                total += current * size
                current = 0
            used, at = True, at + 1
            continue
        if (
            used
            and line.low(at - 1) == "thousand"
            and word.isdecimal()
            and int(word[:4]) < 1000
            and not line.words[at].time
        ):
            return plain(total + current + int(word)), at + 1
        step = at + 1 if word == "and" else at
        more = _below_hundred(line, step) if used else None
        if more is None or (current and current % 100):
            break
        if word == "and" and not _rest_of_number(line, at, total, current):
            break
        current += more[0]
        at = more[1]
    return plain(total + current), at


def _rest_of_number(line: Line, at: int, total: float, current: float) -> bool:
    """Does "and" join parts of one number ("two hundred and five"), not two counts?"""
    return line.low(at - 1) in ("hundred", "thousand") and (total > 0 or current >= 100)


def _half(line: Line, at: int) -> tuple[float, int] | None:
    """``half a million``, ``a quarter of a million``, ``half a dozen``, ``half-million``."""
    scales = lexicon.numbers().scales
    found = lexicon.numbers().fractions.at(line, at)
    if found is None:
        return None
    end, share = found
    end += line.low(end) == "-" and line.glued(end)
    return (plain(share * scales[line.low(end)]), end + 1) if line.low(end) in scales else None


def read(line: Line, at: int) -> tuple[float, int] | None:
    """The value of the exact number that begins at word ``at`` and where it ends, or None.

    >>> from variorum.mentions.figures.words import split
    >>> words = split("two hundred and five crates, one and a half million bricks")
    >>> read(Line(words, 0, 60), 0), read(Line(words, 0, 60), 6)
    ((205, 4), (1500000, 11))
    """
    if at >= len(line.words) or line.words[at].time:
        return None
    word = line.words[at]
    if word.digit:
        return _from_digits(line, at)
    if found := _half(line, at):
        return found
    scales = lexicon.numbers().scales
    if word.low in ("a", "an", "one") and line.low(at + 1) in scales:
        return _scaled(line, at + 1, 1)
    small = _below_hundred(line, at)
    if small is None:
        return None
    if line.low(small[1]) == "point" and line.low(small[1] + 1) in lexicon.numbers().cardinals:
        small = _pointed(line, small[1] + 1, small[0])
    value, at = _and_a_half(line, *small)
    return _of_plural(line, *_scaled(line, at, value), 1)


def _of_plural(line: Line, value: float, at: int, least: float) -> tuple[float, int]:
    """``ten thousands``, ``40 millions``: a plural of at least that size next to an exact number multiplies it."""
    size = lexicon.numbers().plurals.get(line.low(at), 0)
    if size < least or line.words[at].time or value * size > TOO_LONG:
        return value, at
    return plain(value * size), at + 1


def _and_a_half(line: Line, value: float, at: int) -> tuple[float, int]:
    if [line.low(at + i) for i in range(3)] == ["and", "a", "half"]:
        return value + 0.5, at + 3
    return value, at


def _from_digits(line: Line, at: int) -> tuple[float, int]:
    if decimal := _comma(line, at):
        return decimal
    value = _digits(line.words[at].text)
    suffix = lexicon.numbers().suffixes
    at += 1
    letter = line.low(at) in suffix and not (line.low(at) in ("m", "b") and value >= 1000)
    if letter and line.glued(at) and not (line.glued(at + 1) and line.low(at + 1).isalnum()):
        return plain(value * suffix[line.low(at)]), at + 1
    if line.low(at) in ("m", "mn", "bn") and line.words[at - 2].low[-1:] in "$€£":
        return plain(value * suffix[line.low(at)]), at + 1
    value, at = _and_a_half(line, value, at)
    if line.low(at) in lexicon.numbers().scales or line.low(at) == "-":
        return _scaled(line, at, value)
    return _of_plural(line, value, at, 1_000_000)  # in "on day 44 thousands fled" the two numbers are apart


def _range(line: Line, first: tuple[float, int], start: int) -> Number | None:
    """``100 to 150``, ``two or three``, ``3-4 million``, ``between 10 and 12``."""
    value, at = first
    joint = line.low(at)
    after = line.low(start - 1)
    wanted = {"to", "or", "-", "–", "—"} | ({"and"} if after in ("between", "either") else set())
    if joint not in wanted or (after == "from" and _changes(line, start - 1)):
        return None
    more = lexicon.numbers().before.at(line, at + 1)
    open_ = more is not None and joint == "to" and more[1] in ("above", "from")
    behind = more[0] if more is not None and open_ else at + 1
    second = read(line, behind)
    if second is None:
        return None
    if joint in "-–—" and line.words[at + 1].digit != line.words[start].digit:
        return None
    top, end = second
    scale = _shared_scale(line, behind, end, value, top)
    low = plain(value * scale)
    if low >= top or (joint == "or" and low + 1 < top and low * 3 < top):
        return None
    opening = start - 1 if after in ("between", "from") else start
    return Number(opening, end, low, None if open_ else top)


def _shared_scale(line: Line, start: int, end: int, low: float, top: float) -> float:
    """In "2 to 3 million" the million serves both ends."""
    table = lexicon.numbers()
    word = line.low(end - 1)
    size = (table.plurals | table.suffixes | table.scales).get(word, 1)
    if end - start > 1 and size > 1 and low < 1000 and low * size < top:
        return size
    return _thousands(line, start, low, top) if end - start == 1 else 1


def _thousands(line: Line, at: int, low: float, top: float) -> float:
    """``3-4,000``, ``20 to 30,000``: the thousands serve both ends where these then lie near each other."""
    told = line.words[at].text
    if "," not in told or top % 1000 or low >= 1000 or low * 1000 >= top or low * SPREAD * 1000 < top:
        return 1
    return 1000


def _changes(line: Line, at: int) -> bool:
    change = lexicon.numbers().change
    return any(line.low(i) in change for i in range(max(0, at - 8), at))


def _vague(line: Line, at: int) -> Number | None:
    """``dozens``, ``tens of thousands``, ``several hundred``, ``a few``."""
    table = lexicon.numbers()
    if line.words[at].time:
        return None
    if line.low(at) in table.plurals:
        value, end = table.plurals[line.low(at)], at + 1
        while line.low(end) == "of" and line.low(end + 1) in table.plurals:
            value, end = value * table.plurals[line.low(end + 1)], end + 2
        return Number(at, end, value, None, True)
    multiple = table.multiples.at(line, at)
    if multiple is not None:
        return Number(at, multiple[0], None, None, True)
    few = table.vague.at(line, at)
    if few is None:
        return None
    end, (low, high) = few
    if line.low(end) in table.scales:
        size = table.scales[line.low(end)]
        return Number(at, end + 1, low * size, high * size or None, True)
    return Number(at, end, low, high or None, True)


def _share(line: Line, at: int) -> Number | None:
    """``two thirds of the town``: the share in percent."""
    found = lexicon.numbers().shares.at(line, at)
    if found is None or line.low(found[0]) not in ("of", "the", "its", "their", "his") or line.words[at].time:
        return None
    return Number(at, found[0], found[1], found[1])


def scan(line: Line) -> list[Count]:
    """All numbers of a line, in order, without overlaps; what they count is not asked yet.

    >>> from variorum.mentions.figures.words import split
    >>> text = "Two or three boats and dozens of huts burned; 1.2 million crates were lost."
    >>> [(c.low, c.high) for c in scan(Line(split(text), 0, len(text)))]
    [(2, 3), (12, None), (1200000, 1200000)]
    """
    found: list[Count] = []
    openers = lexicon.numbers().openers
    at = 0
    while at < len(line.words):
        number = _number(line, at) if line.words[at].low in openers or line.words[at].digit else None
        if number is None:
            at += 1
            continue
        start, end, low, high, vague, ratio = number
        found.append(Count(line, start, start, end, low, high, vague, vague=vague, ratio=ratio))
        if line.low(number.start) in ("between", "from"):
            found[-1].number += 1
        at = number.end
    return found


def _vague_to(line: Line, vague: Number | None) -> Number | None:
    """``a few hundred to over a thousand``: from the least of the first."""
    if vague is None or not vague.low or line.low(vague.end) != "to":
        return vague
    more = lexicon.numbers().before.at(line, vague.end + 1)
    second = read(line, more[0] if more else vague.end + 1)
    if second is None or second[0] <= vague.low:
        return vague
    return Number(vague.start, second[1], vague.low, None if more else second[0])


def _ratio(line: Line, at: int) -> Number | None:
    """``one in five``, ``4 out of every ten``: the share in percent; ``275 to one``: as it stands."""
    first = read(line, at)
    if first is None or first[1] - at > 3:
        return None
    value, end = first
    if line.low(end) == "to" and line.low(end + 1) in ("one", "1") and value > 2:
        return Number(at, end + 2, value, value, ratio=True)
    joint = lexicon.numbers().in_every.at(line, end)
    second = read(line, joint[0]) if joint is not None else None
    if second is None or not 0 < value < second[0] or not _round_ratio(line, value, *second):
        return None
    share = plain(round(100 * value / second[0], 1))
    return Number(at, second[1], share, share, ratio=True)


def _round_ratio(line: Line, value: float, whole: float, end: int) -> bool:
    """``One in 75``, or so many in one of the wholes that shares are told of; not ``three in 12 attacks``."""
    unit = lexicon.units().words.at(line, end)
    if unit is not None and unit[1].kind in ("time", "events"):
        return False
    return value == 1 or (value < 10 and whole in lexicon.numbers().wholes)


def _number(line: Line, at: int) -> Number | None:
    if (ratio := _ratio(line, at)) is not None:
        return ratio
    share = _share(line, at) if not line.words[at].digit and _half(line, at) is None else None
    if share is not None:
        return share
    exact = read(line, at)
    if exact is None:
        return _vague_to(line, _vague(line, at))
    return _range(line, exact, at) or Number(at, exact[1], exact[0], exact[0])
