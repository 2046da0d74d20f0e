"""Numbers that count nothing: years, ages, clock times, resolutions, types of weapons, scores, pages, ordinals."""

from __future__ import annotations

import re

from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.predicates import titled
from variorum.mentions.figures.words import Line

__all__ = ["why_not"]

LABELS = frozenset(
    "article articles section sections chapter chapters resolution resolutions paragraph paragraphs clause page pages p pp vol "
    "volume no nos number numbers nr room flight route highway interstate road line channel gate figure fig table item items "
    "appendix annex protocol decree law bill act boeing airbus group phase stage level category class grade type model mark "
    "version part round unit division brigade regiment battalion company squadron army corps fleet district ward precinct "
    "block building apartment house platform track area zone sector camp site point station school hospital "
    "psalm verse canto book scene season episode series chapter order form apollo soyuz windows formula magnitude "
    "isbn issn doi tel telephone phone fax code zip postcode box version file case lot exhibit rule code kilo "
    "under-secretary size volume opus op stanza ".split()
)
STRICT = frozenset(
    "article articles section chapter resolution resolutions paragraph page pages no no. nos number nr room flight "
    "route highway interstate figure fig protocol decree boeing airbus magnitude isbn issn tel telephone fax code "
    "apollo soyuz verse psalm clause annex appendix vol volume phase".split()
)
BODIES = frozenset("un unsc united nations security council general assembly resolution resolutions".split())


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


def _ordinal(count: Count, line: Line) -> bool:
    after = line.low(count.last)
    return line.glued(count.last) and after in ("st", "nd", "rd", "th", "s", "'s", "x", "d")


def _glued(count: Count, line: Line) -> bool:
    """T-72, M16, 9/11, 24/7, 3:15, @10, version 2.0.1."""
    before, after = line.low(count.number - 1), line.low(count.last)
    start = line.words[count.number]
    if start.digit and line.glued(count.number):
        if before in ("-", "–", "/") and line.glued(count.number - 1):
            return True
        if before in ("/", ":", "#", "№", "@", "_", ".") or (before[:1].isalpha() and before not in ("$",)):
            return not before.endswith(("$", "€", "£"))
    if line.glued(count.last) and after in ("/", ":", "°", "_") and line.glued(count.last + 1):
        return after != ":" or line.words[count.last + 1].digit
    if line.glued(count.last) and after in ("-", "–") and line.glued(count.last + 1):
        return line.words[count.last + 1].digit
    return start.digit and line.glued(count.last) and after[:1].isalpha() and after not in _GLUED_UNITS


_GLUED_UNITS = frozenset(
    "km m kg ha cm mm ft mi mph kph kmh mw gw g lb lbs lakh crore million billion thousand pc pct percent "
    "km2 sq tons tonnes euros usd eur acres hectares people".split()
)


def _compound(count: Count, line: Line) -> bool:
    """17-year-old, 44-day, two-storey, three-way; but a 15-kilometre zone is a length."""
    if line.low(count.last) != "-" or not line.glued(count.last) or not line.glued(count.last + 1):
        return False
    return line.low(count.last + 1) not in _LENGTHS


_LENGTHS = frozenset(
    "kilometre kilometer km mile meter metre foot yard hectare acre strong odd plus percent ton tonne dollar euro pound "
    "million billion thousand hundred dozen square".split()
)


_STREETS = frozenset(
    "street st avenue ave road rd drive dr lane ln boulevard blvd highway hwy court ct square place plaza terrace "
    "way parkway pkwy crescent alley route block quay".split()
)


def _address(count: Count, line: Line) -> bool:
    """``12 Harbour Street``, ``341 S. Main``, ``the 100 block of``, ``Route 9``, ``U.S. 40``."""
    at = count.last
    if not line.words[count.number].digit or count.first != count.number:
        return False
    if line.low(at) == "block" and line.low(at + 1) == "of":
        return True
    if line.low(at) in ("n", "s", "e", "w") and at < len(line.words) and line.words[at].name:
        return True
    end = at
    while end < min(at + 5, len(line.words)) and line.words[end].name:
        if end > at and line.low(end) in _STREETS:
            return True
        end += 1
    before = line.words[count.number - 1] if count.number else None
    initials = before is not None and before.text.endswith(".") and len(before.text) > 2
    code = before is not None and before.text.isupper() and before.alpha and 2 <= len(before.text) <= 3
    return (initials or code) and (line.low(at) in (",", ".", "", "and", "in", "near", "at", "toward", "towards") or end > at)


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


def _age(count: Count, line: Line) -> bool:
    value = count.low
    before, after = line.low(count.number - 1), line.low(count.last)
    if before in ("aged", "age", "ages"):
        return True
    if [line.low(count.last), line.low(count.last + 1)] == ["years", "old"]:
        return True
    if line.low(count.number - 2) in ("aged", "ages", "between") and before in ("from", "between") and "age" in before:
        return True
    if value is None or value != count.high or value > 115 or value < 1 or not line.words[count.number].digit:
        return False
    if before == "," and after in (",", ".", "") and count.number >= 2 and line.words[count.number - 2].name:
        return not line.words[count.number - 2].digit
    if before == "(" and after == ")" and count.number >= 2 and line.words[count.number - 2].name:
        return True
    return before in ("to", "and", "or") and line.low(count.number - 3) in ("aged", "ages")


def _label(count: Count, line: Line) -> bool:
    """Resolution 817, Room 12, Group of Seven, No. 5; "Unit 731" but "the unit 12 men strong" is read as a label too."""
    before = line.low(count.number - 1)
    word = line.words[count.number - 1] if count.number else None
    if count.number != count.first and before not in STRICT:
        return False
    if before == "." and line.low(count.number - 2) in ("no", "nos", "art", "vol", "p", "pp", "fig", "res", "op", "ch", "sec"):
        return True
    if before in STRICT:
        return before not in ("number", "numbers") or not line.low(count.last).isalpha() or line.low(count.number - 2) == ""
    if word is not None and before in LABELS and word.name and count.number >= 2 and line.words[count.number].digit:
        return True
    if before == "of" and line.low(count.number - 2) in ("group", "big", "council") and line.words[count.number].name:
        return True
    if before in (",", "and", "or") and set(line.low(i) for i in range(max(0, count.number - 9), count.number)) & {
        "resolution", "resolutions", "articles", "paragraphs", "chapters"
    }:  # fmt: skip
        return line.words[count.number].digit and not line.low(count.last).isalpha() or before == "," and line.low(count.last) in ("and", "or")
    return False


def _year(count: Count, line: Line) -> bool:
    """A bare year that no time expression covers: ``the 2008 collapse``, ``(1998)``."""
    word = line.words[count.number].text
    if count.last - count.number != 1 or not re.fullmatch(r"1[5-9]\d\d|20\d\d", word) or count.first != count.number:
        return False
    before, after = line.low(count.number - 1), line.low(count.last)
    if before in ("in", "since", "until", "by", "of", "(", "from", "during", "year", "spring", "summer", "autumn", "fall", "winter", "early", "late", "mid", "to", "and", "-", "–", "the", "before", "after", "till", "through", "around", "that", "'s", "s", "his", "its", "their", "ad", "©", "a"):
        return not after.endswith("s") or before in ("(", "©")
    return before == "" and after in (",", ":", ".", "")


def _bullet(count: Count, line: Line) -> bool:
    """The number of a list item or of a page at the beginning of a line."""
    if count.number != 0 or not line.words[0].digit:
        return False
    after = line.low(count.last)
    return after in (")", ".", "]") or (after == "" and not line.item) or (after in ("/", "of") and line.words[min(count.last + 1, len(line.words) - 1)].digit)


def _relation(count: Count, line: Line) -> bool:
    """father of seven, mother of two; one of the; for one; no one; one another."""
    before, second = line.low(count.number - 1), line.low(count.number - 2)
    if before == "of" and second in _KIN:
        return True
    one = line.low(count.number) in ("one", "two", "half") and count.last - count.number == 1
    if not one:
        return False
    after = line.low(count.last)
    if after == "-" and line.glued(count.last):
        return True
    if line.low(count.number) == "one":
        return (
            before in ("no", "any", "some", "every", "each", "this", "that", "the", "for", "number", "which", "another", "everyone", "anyone", "day", "only", "as", "square")
            or after in ("of", "another", "day", "thing", "who", "'s", "that", "which", "way", "side", "hand", "more", "can", "must", "should", "may", "might", "another", "reason", "such", "time", "point", "another")
        )
    return False


_KIN = frozenset("father mother parents parent dad mum mom grandfather grandmother brother sister husband family son wife age ages aged".split())


def _score(count: Count, line: Line) -> bool:
    """A vote or a game: 3-2, 14 to 1, 12 votes are kept."""
    before, after = line.low(count.number - 1), line.low(count.last)
    if before in ("won", "lost", "beat", "drew", "led", "score", "defeated") and after in ("-", "–"):
        return True
    return before == "-" and line.words[count.number].digit and count.number >= 2 and line.words[count.number - 2].digit


def _decimal_scale(count: Count, line: Line) -> bool:
    """5.7 on the Richter scale; magnitude 6.1; a 7.2 quake."""
    near = {line.low(i) for i in range(max(0, count.number - 4), min(len(line.words), count.last + 5))}
    number = line.words[count.number].text
    if "." in number and count.low is not None and count.low < 10:
        return bool(near & {"richter", "magnitude", "scale", "quake", "earthquake", "temblor", "tremor"})
    return bool({"richter"} & near) and count.low is not None and count.low < 10 and line.low(count.last) == "on"


def _place_size(count: Count, line: Line) -> bool:
    """``a city of 50,000``: how many live there."""
    at = count.first
    return line.low(at - 1) == "of" and line.low(at - 2) in (
        "city", "town", "village", "population", "community", "nation", "country", "settlement", "capital", "suburb", "state",
    ) and line.low(count.last) in (",", ".", "", "people", "inhabitants", "residents", "souls", "some", "about", "in", "near", "on", ")")  # fmt: skip


TESTS = {
    "time": _time,
    "too long": _too_long,
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
    "magnitude": _decimal_scale,
    "size of a place": _place_size,
}
"""Every reason not to count a number, with its test."""
