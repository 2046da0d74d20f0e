"""Figures in a language of a pack: how many were killed, wounded, missing, captured, displaced, arrested.

A number (digits, words, "about thirty") that counts people is given the role of the nearest word that says what became
of them: after it up to the next number, else before it in the same clause. A number whose noun is not known, or to
which no such word belongs, makes no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from variorum.languages import sentences
from variorum.lists import toml
from variorum.mentions import Found
from variorum.mentions.packs.lexicon import lexicon, spread
from variorum.mentions.times.grammar import tree
from variorum.records import Figure

__all__ = ["find", "numbers"]

_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f.]\d{3}){1,2}(?![\d,.]\d)|\d{1,7}(?![\d%])(?![.,]\d)"
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NO_COUNT = re.compile(r"[-–/:]?\d|[-’'][^\W\d_]|\s?%|[.,]\d")
_CLAUSE = re.compile(r"[,;:.()!?]|[—–] ")
_ABOUT: float = toml("languages")["packs"]["about"]
"""The share by which a vague number may be off, for what stands as one number."""


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with what bounds it."""

    start: int
    end: int
    low: float
    high: float | None
    approximate: bool


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a pack for figures, ready to match."""

    number: re.Pattern[str]
    values: dict[str, float]
    bounds: dict[str, str]
    before: re.Pattern[str]
    roles: tuple[tuple[str, str], ...]
    people: tuple[str, ...]
    things: tuple[str, ...]
    zero: tuple[tuple[re.Pattern[str], str], ...]
    between: frozenset[str]
    apart: frozenset[str]
    either: frozenset[str]
    vague: frozenset[str]
    parts: re.Pattern[str]
    of: re.Pattern[str]


@cache
def _words(code: str) -> _Words:
    table = toml(f"{code}/figures")
    lex = lexicon(code).words
    values = {**lex.get("TENSONLY", {}), **lex["TENS"], **lex["NUM"], **spread(table["numbers"])}
    told = {word: float(value) for word, value in values.items() if isinstance(value, (int, float))}
    one = tree(sorted(told))
    glue = table["glue"]
    part = rf"\d{{1,4}},\d{{1,2}}(?=[ ](?:{one})(?!\w))"
    number = re.compile(rf"(?<![\w.,№-])(?:{part}|{_DIGITS}|(?:{one})(?!\w))(?:(?:{glue})(?:{one})(?!\w)){{0,5}}")
    bounds = spread(table["bounds"])
    before = re.compile(rf"(?<!\w)({tree(sorted(bounds))})[ \n]?$")
    return _Words(
        number,
        told,
        bounds,
        before,
        tuple((stem, role) for role, stems in table["roles"].items() for stem in stems.split()),
        tuple(table["people"].split()),
        tuple(table["things"].split()),
        tuple((re.compile(pattern), role) for role, some in table["zero"].items() for pattern in some),
        frozenset(table["between"].split()),
        frozenset(table["apart"].split()),
        frozenset(table["either"].split()),
        frozenset(table["vague"].split()),
        re.compile(rf"(?<!\w)(?:{table['parts']})(?!\w)"),
        re.compile(rf" (?:{table['of']}) "),
    )


def find(text: str, found: Found, code: str) -> list[Figure]:
    """The figures of a text, in order; what the account's times cover is no figure.

    >>> figures = find("Погибли более 30 человек, ещё двое ранены. Никто не пропал.", Found("a"), "ru")
    >>> [(f.text, f.low, f.high, f.role) for f in figures][:2]
    [('более 30 человек', 31.0, None, 'killed'), ('двое ранены', 2.0, 2.0, 'wounded')]
    >>> [(f.text, f.low, f.high, f.role) for f in figures][2:]
    [('Никто не пропал', 0.0, 0.0, 'missing')]
    """
    low = _lowered(text)
    if len(low) != len(text):
        return []
    words = _words(code)
    times = [(t.start, t.end) for t in found.times]
    made: list[Figure] = []
    for start, end in sentences(text):
        made += _of_sentence(text, low, (start, end), times, words, found.witness)
    return sorted(made, key=lambda f: f.start)


def numbers(sentence: str, code: str) -> list[tuple[int, int, float]]:
    """The exact numbers of a sentence in digits and words, whatever they count, each with its span.

    >>> [value for _, _, value in numbers("Капитан спас одиннадцать матросов и 2 лодки.", "ru")]
    [11.0, 2.0]
    """
    low = _lowered(sentence)
    if len(low) != len(sentence):
        return []
    found = _numbers(low, (0, len(low)), _words(code))
    return [(one.start, one.end, one.low) for one in found if one.low == one.high]


def _lowered(text: str) -> str:
    return text.lower().replace("ё", "е").replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")


def _of_sentence(
    text: str, low: str, span: tuple[int, int], times: Sequence[tuple[int, int]], words: _Words, witness: str
) -> Iterator[Figure]:
    zeros = list(_zeros(low, span, words))
    for start, end, none in zeros:
        yield Figure(witness, start, end, text[start:end], 0.0, 0.0, False, None, none)
    numbers = [n for n in _numbers(low, span, words) if not _within(n, times)]
    counted = list(_counted(low, span, numbers, zeros, words))
    whole: _Number | None = None
    counted = list(_of_wholes(low, counted, words))
    for place, ((number, unit, role), joined) in enumerate(zip(counted, _joined(low, counted, words), strict=True)):
        gap = low[counted[place - 1][0].end : number.start] if place else ""
        whole = (whole or counted[place - 1][0]) if words.parts.search(gap) or (whole and "," not in gap) else None
        if (settled := role or joined) is not None:
            told = text[number.start : unit[1] if unit[0] == "people" else number.end]
            end = number.start + len(told)
            bounds = number.low, number.high, number.approximate
            part_of = whole.start if whole is not None else None
            yield Figure(witness, number.start, end, told, *bounds, _noun(told, unit), settled, part_of)


_Counted = tuple[_Number, tuple[str, int], str | None]


def _counted(
    low: str,
    span: tuple[int, int],
    numbers: Sequence[_Number],
    zeros: Sequence[tuple[int, int, str]],
    words: _Words,
) -> Iterator[_Counted]:
    """The numbers of a sentence that may count people, each with its own role where it has one."""
    for place, number in enumerate(numbers):
        ends = [z[0] for z in zeros if z[0] > number.end]
        after = min([span[1], *ends, *(n.start for n in numbers[place + 1 : place + 2])])
        before = numbers[place - 1].end if place else span[0]
        unit = _unit(low, number.end, after, words)
        if unit is None or any(start < number.end and number.start < end for start, end, _ in zeros):
            continue
        yield number, unit, _role(low, number, unit, (before, after), words)


def _of_wholes(low: str, counted: Sequence[_Counted], words: _Words) -> Iterator[_Counted]:
    """The numbers without those of which another is a part: "twenty of the hundred miners died" tells of twenty."""
    whole = False
    for place, (number, unit, role) in enumerate(counted):
        after = counted[place + 1] if place + 1 < len(counted) else None
        part = after is not None and words.of.fullmatch(low, number.end, after[0].start) is not None
        if not whole:
            yield number, unit, (after[2] if part and after is not None else role)
        whole = part


def _joined(low: str, counted: Sequence[_Counted], words: _Words) -> list[str | None]:
    """The role that a number without one shares with the next, or the one before: "three guards and a child died"."""
    given: list[str | None] = []
    for place, (number, _, _) in enumerate(counted):
        role = None
        following = counted[place + 1] if place + 1 < len(counted) else None
        if following and (
            _goes_on(low, number.end, following[0], words) or _interrupted(low, number.end, following[0].start, words)
        ):
            role = following[2]
        gap = low[counted[place - 1][0].end : number.start] if place else ""
        if (
            role is None
            and place
            and (_goes_on(low, counted[place - 1][0].end, number, words) or words.parts.search(gap))
        ):
            role = counted[place - 1][2] or given[-1]
        given.append(role)
    return given


def _noun(told: str, unit: tuple[str, int]) -> str | None:
    return told.split()[-1] if unit[0] == "people" else None


def _within(number: _Number, times: Sequence[tuple[int, int]]) -> bool:
    return any(start < number.end and number.start < end for start, end in times)


def _zeros(low: str, span: tuple[int, int], words: _Words) -> Iterator[tuple[int, int, str]]:
    """Nobody was killed, no losses."""
    taken = -1
    for pattern, role in words.zero:
        for match in pattern.finditer(low, *span):
            if match.start() >= taken:
                taken = match.end()
                yield match.start(), match.end(), role


def _numbers(low: str, span: tuple[int, int], words: _Words) -> Iterator[_Number]:
    held: _Number | None = None
    for match in words.number.finditer(low, *span):
        if _NO_COUNT.match(low, match.end()) and not re.match(r"[-–]\d", low[match.end() : match.end() + 2]):
            continue
        value = _value(match.group(), words)
        if value is None:
            continue
        one = _bounded(low, match.start(), match.end(), value, span[0], words)
        if held is not None and _range(low, held, match.start(), words) and held.low < value:
            yield _Number(held.start, match.end(), held.low, value, False)
            held = None
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held


def _range(low: str, held: _Number, start: int, words: _Words) -> bool:
    gap = low[held.end : start]
    return len(gap) < 8 and gap.strip() in words.between


def _value(told: str, words: _Words) -> float | None:
    """The number that digits and words give together: "двадцать два", "2 тысячи", "trente et une"."""
    total = part = 0.0
    for piece in _pieces(told, words):
        digits = re.sub(r"[^\d,]", "", piece).strip(",")
        value = float(digits.replace(",", ".")) if digits else words.values[piece]
        if part == 1 and 10 <= value < 1000 and not digits:
            part = 0.0  # "une trentaine"
        if value >= 1000 and not digits:
            total, part = total + (part or 1) * value, 0.0
        elif value == 100 and 1 < part < 10:
            part *= 100
        else:
            part += value
    return total + part or None


def _pieces(told: str, words: _Words) -> Iterator[str]:
    """The digits and words of a number; one written with a hyphen is one word where the list has it."""
    for piece in re.findall(r"\d[\d, .\u00a0\u202f]*|[^\W\d_](?:[\w'-]*[\w.])?", told):
        if piece[0].isdigit() or piece in words.values:
            yield piece
        else:
            yield from (part for part in piece.split("-") if part in words.values)


def _bounded(low: str, start: int, end: int, value: float, begin: int, words: _Words) -> _Number:
    """The number with the words that bound it: more than, at least, up to, about."""
    found = words.before.search(low, max(begin, start - 30), start)
    vague = bool(set(_WORD.findall(low, start, end)) & words.vague)
    if found is None:
        return _Number(start, end, value, value, False) if not vague else _about(start, end, value)
    kind, start = words.bounds[found.group(1)], found.start()
    if kind == "exact":
        return _Number(start, end, value, value, False)
    if kind == "above":
        return _Number(start, end, value + 1, None, False)
    if kind == "from":
        return _Number(start, end, value, None, False)
    if kind == "below":
        return _Number(start, end, 0.0, value, True)
    return _about(start, end, value)


def _about(start: int, end: int, value: float) -> _Number:
    return _Number(start, end, float(round(value * (1 - _ABOUT))), float(round(value * (1 + _ABOUT))), True)


def _unit(low: str, end: int, stop: int, words: _Words) -> tuple[str, int] | None:
    """What is counted: people with the end of their noun, or "none" where the number stands alone; None for a thing."""
    at = end
    for _ in range(4):
        match = _WORD.match(low, at + 1) if low[at : at + 1] in " \n" else None
        if match is None or match.end() > stop:
            return "none", end
        word = match.group()
        if any(_begins(low, match, stem) for stem in words.things):
            return None
        if word.startswith(words.people) or any(_begins(low, match, s) for s, _ in words.roles if len(s) > 3):
            return "people", match.end()
        at = match.end()
        if word in words.apart:
            return "none", end
    return None


def _role(low: str, number: _Number, unit: tuple[str, int], around: tuple[int, int], words: _Words) -> str | None:
    """What became of those counted: by the noun itself, by a word after it, by one before it in its clause."""
    after = _clause(low, number.end, around[1])
    right = _triggers(low, number.end, after, words)
    if right and (first := _verb_first(low, number, right[0][0], around[0], words)):
        return first
    if right:
        return _done_to(low, number, right, words) or _settled(right, words, low)
    before = _lead(low, around[0], number.start)
    left = _triggers(low, before, number.start, words)
    if left:
        return _settled(left[-2:], words, low, last=True)
    beyond = _triggers(low, after, around[1], words) if unit[0] == "people" else []
    return _settled(beyond, words, low) if beyond and beyond[0][0] - number.end < 60 else None


def _verb_first(low: str, number: _Number, right: int, begin: int, words: _Words) -> str | None:
    """The role of a word at once before a number, where "and" follows: "there died seven and fled two"."""
    between = set(_WORD.findall(low, number.end, right))
    lead = _lead(low, begin, number.start)
    left = _triggers(low, lead, number.start, words)
    if not left or not between & words.either or len(low[left[-1][1] : number.start].split()) > 1:
        return None
    return left[-1][2]


def _done_to(low: str, number: _Number, right: Sequence[tuple[int, int, str]], words: _Words) -> str | None:
    """Prisoners, wounded and refugees who were killed, told at once before them: "shot 12 prisoners"."""
    if right[0][0] - number.end > 1 or right[0][2] == "killed":
        return None
    lead = low[max(0, number.start - 40) : number.start].rstrip()
    last = _triggers(lead, 0, len(lead), words)
    return "killed" if last and last[-1][2] == "killed" and last[-1][1] == len(lead) else None


def _settled(found: list[tuple[int, int, str]], words: _Words, low: str, last: bool = False) -> str | None:
    """The role of the nearest word; killed or wounded together are neither."""
    if len(found) > 1 and found[0][2] != found[1][2]:
        gap = low[found[0][1] : found[1][0]].split()
        if len(gap) < 3 and set(gap) & words.either:
            return None
    return found[-1 if last else 0][2]


def _triggers(low: str, start: int, end: int, words: _Words) -> list[tuple[int, int, str]]:
    found = []
    for match in _WORD.finditer(low, start, end):
        for stem, role in words.roles:
            if _begins(low, match, stem):
                found.append((match.start(), match.end(), role))
                break
    return found


def _begins(low: str, match: re.Match[str], stem: str) -> bool:
    """Whether a word begins like a stem; ``=`` ends a whole word, ``_`` parts two that follow one another."""
    first, _, second = stem.partition("_")
    if first.endswith("="):
        return match.group() == first[:-1]
    return match.group().startswith(first) and (not second or low.startswith(second, match.end() + 1))


def _clause(low: str, start: int, stop: int) -> int:
    found = _CLAUSE.search(low, start, stop)
    return found.start() if found else stop


def _lead(low: str, begin: int, start: int) -> int:
    """Where the clause of an offset begins."""
    close = len(low[begin:start].rstrip(" \n—–:-")) + begin  # "wounded: 120" is one clause
    ends = [match.end() for match in _CLAUSE.finditer(low, begin, close)]
    return ends[-1] if ends else begin


def _interrupted(low: str, before: int, after: int, words: _Words) -> bool:
    """Whether parts are told between a number and its verb: "23 people, among them 4 women, were arrested"."""
    gap = low[before:after]
    return len(gap) < 40 and gap.count(",") == 1 and words.parts.search(gap) is not None


def _goes_on(low: str, before: int, number: _Number, words: _Words) -> bool:
    """Whether a number continues the one before it: "thirty passengers and two of the crew"."""
    gap = low[before : number.start]
    return len(gap) < 40 and bool(set(_WORD.findall(gap)) & words.either) and not _CLAUSE.search(gap)
