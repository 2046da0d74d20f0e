"""What the parts of a match mean: the named classes of a pattern become a meaning of the calendar, or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from variorum.mentions.packs.lexicon import Lexicon
from variorum.mentions.times.almanac import moved
from variorum.mentions.times.meanings import Every, Length, Meaning, NthDay, Point, Shift, Unit, Vague

__all__ = ["READINGS", "Parts", "amount_of", "number_of"]

Parts = Mapping[str, Any]
"""The words of the classes that matched, by name in lower case, and what the rule itself says."""
Reading = Callable[[Parts, Lexicon], Meaning | None]
READINGS: dict[str, Reading] = {}
_DIGITS = re.compile(r"\d+")
_ROMAN = {"i": 1, "і": 1, "v": 5, "x": 10, "х": 10, "l": 50, "c": 100, "с": 100, "m": 1000, "м": 1000}
"""Roman digits, and the Cyrillic letters that stand for them."""
_LAST_MONTH, _LAST_DAY, _HOURS, _NOON, _MINUTES = 12, 31, 24, 12, 60


def reading(function: Reading) -> Reading:
    READINGS[function.__name__] = function
    return function


def number_of(word: str | None) -> int | None:
    """The digits at the head of a word as a number."""
    found = _DIGITS.search(word) if word else None
    return int(found.group()) if found else None


def _roman(word: str) -> int:
    """Roman digits as a number; zero for what is none."""
    values = [_ROMAN.get(letter, 0) for letter in word]
    if not all(values):
        return 0
    return sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


def _ordinal(parts: Parts, lex: Lexicon, name: str = "ord") -> int | None:
    word = parts.get(name)
    value = lex.value("ORD", word)
    if value is None:
        return number_of(word) or (_roman(word) if word else None)
    return int(value) + int(lex.value("TENS", parts.get("tens")) or 0)


def amount_of(parts: Parts, lex: Lexicon) -> float | str | None:
    """How many units: a number, None for a vague amount, the empty text where none is told."""
    if "some" in parts:
        return None if (value := lex.value("SOME", parts["some"])) == "X" else float(value)
    if "digits" in parts:
        return float(re.sub(r"\s", "", parts["digits"]).replace(",", "."))
    if "tensonly" in parts:
        return float(lex.value("TENSONLY", parts["tensonly"]))
    if "num" in parts:
        half = 0.5 if parts.get("half") else 0.0
        return half + float(lex.value("NUM", parts["num"])) + float(lex.value("TENS", parts.get("tens")) or 0)
    return ""


def _mod(parts: Parts, lex: Lexicon) -> str | None:
    if "mod" in parts:
        return str(lex.value("MOD", parts["mod"]))
    if "stage" in parts:
        return str(lex.value("STAGE", parts["stage"]))
    return "APPROX" if "about" in parts else None


def _year(parts: Parts, lex: Lexicon) -> int | None:
    year = number_of(parts.get("year") or parts.get("anyyear"))
    if year is not None and "era" in parts:
        return year * int(lex.value("ERA", parts["era"]) or 1)
    return year


@reading
def point(parts: Parts, lex: Lexicon) -> Meaning | None:
    """A stretch of the calendar."""
    day = number_of(parts.get("day")) or (_ordinal(parts, lex) if "ord" in parts else None)
    month = lex.value("MONTH", parts.get("month")) or (_roman(parts["rom"]) if "rom" in parts else None)
    if (day or 0) > _LAST_DAY or (month or 0) > _LAST_MONTH or ("rom" in parts and not month):
        return None
    found = Point(_year(parts, lex), month, day, mod=_mod(parts, lex))
    found.weekday = lex.value("WEEKDAY", parts.get("weekday"))
    found.season = lex.value("SEASON", parts.get("season"))
    found.part = parts.get("is") or lex.value("PART", parts.get("part"))
    found.half = lex.value("HALF", parts.get("half"))
    found.quarter = lex.value("QUARTER", parts.get("quarter")) or None
    return _clocked(found, parts, lex) if {"hour", "hourword", "clockpart"} & parts.keys() else found


def _clocked(found: Point, parts: Parts, lex: Lexicon) -> Meaning | None:
    hour = number_of(parts.get("hour"))
    if hour is None:
        hour = lex.value("HOURWORD", parts.get("hourword"))
    if hour is None:
        return None
    if (half := lex.value("DAYHALF", parts.get("dayhalf"))) == "pm" and hour < _NOON:
        hour += _NOON
    elif half == "am" and hour == _NOON:
        hour = 0
    minute = parts.get("minute") or (lex.value("MINUTEWORD", parts.get("minuteword")))
    if hour > _HOURS:
        return None
    found.clock = f"{hour:02d}" + (f":{int(number_of(str(minute)) or 0):02d}" if minute is not None else "")
    found.part = None
    return found


@reading
def part_of_hour(parts: Parts, lex: Lexicon) -> Meaning | None:
    """Half of the fifth hour, a quarter to five: so many minutes before the hour that is named."""
    hour = lex.value("HOURNTH", parts.get("hournth")) or lex.value("HOURWORD", parts.get("hourword"))
    if not hour:
        return None
    told = parts.get("minutes")
    left = int(lex.value("NUM", told) or number_of(told) or parts["part"])
    if not 0 < left < _MINUTES:
        return None
    hour = (int(hour) - 2) % _NOON + 1
    if (half := lex.value("DAYHALF", parts.get("dayhalf"))) == "pm" and hour < _NOON:
        hour += _NOON
    elif half == "am" and hour == _NOON:
        hour = 0
    found = point(_after(parts), lex) if "month" in parts else Point()
    if not isinstance(found, Point):
        return None
    found.clock, found.weekday = f"{hour:02d}:{_MINUTES - left:02d}", None
    return found


@reading
def day_alone(parts: Parts, lex: Lexicon) -> Meaning | None:
    """On the 13th: of the month that was told."""
    return Point(day=number_of(parts.get("day")), within=Unit("that", "M", day=number_of(parts.get("day"))))


@reading
def short_year(parts: Parts, lex: Lexicon) -> Meaning | None:
    """1914-18: the last two digits of a year."""
    return Point(int(parts["shortyear"]), short=True)


@reading
def numeric(parts: Parts, lex: Lexicon) -> Meaning | None:
    """14.03.1939: the day first, as it is written in these languages."""
    day, month, year = (int(one) for one in _DIGITS.findall(parts["_text"]))
    if not 0 < month <= _LAST_MONTH or not 0 < day <= _LAST_DAY:
        return None
    short = len(_DIGITS.findall(parts["_text"])[2]) <= 2
    return Point(year, month, day, short=short)


@reading
def iso(parts: Parts, lex: Lexicon) -> Meaning | None:
    """1939-03-14"""
    year, month, *day = (int(one) for one in _DIGITS.findall(parts["_text"])[:3])
    return Point(year, month, day[0] if day else None)


@reading
def decade(parts: Parts, lex: Lexicon) -> Meaning | None:
    """The 1990s, the 90s, the 90s of a century, the nineties."""
    told = lex.value("DECADEWORD", parts.get("decadeword"))
    number = told if told is not None else number_of(parts.get("decade") or parts.get("shortdecade"))
    if number is None:
        return None
    hundred = _hundred(parts, lex) if "century" in parts or "rom" in parts or "ord" in parts else None
    if hundred is not None and number < 100:
        return Point(decade=((hundred - 1) * 100 + int(number)) // 10, mod=_mod(parts, lex))
    return Point(decade=int(number) // 10, short=number < 100, mod=_mod(parts, lex))


def _hundred(parts: Parts, lex: Lexicon) -> int | None:
    if "rom" in parts:
        return _roman(parts["rom"]) or None
    return number_of(parts.get("nth")) or _ordinal(parts, lex)


@reading
def century(parts: Parts, lex: Lexicon) -> Meaning | None:
    """The 19th century, the third millennium, before our era too."""
    number = _hundred(parts, lex)
    if not number or number > 40:
        return None
    number *= int(lex.value("ERA", parts.get("era")) or 1)
    whole = {"millennium": number} if parts.get("unit") == "ML" else {"century": number}
    return Point(mod=_mod(parts, lex) or lex.value("HALFMOD", parts.get("halfmod")), **whole)  # type: ignore[arg-type]


@reading
def night(parts: Parts, lex: Lexicon) -> Meaning | None:
    """The night from one day to the next: it is that of the first, and reaches to the second."""
    first, last = number_of(parts.get("day")), number_of(parts.get("day2"))
    month = lex.value("MONTH", parts.get("month2") or parts.get("month"))
    year = _year(parts, lex)
    if not last or not month or last > _LAST_DAY:
        return None
    before = lex.value("MONTH", parts["month"]) if "month2" in parts and "month" in parts else None
    if first is None:
        return _eve(year, month, last)
    if first > last and before is None:
        before = month - 1 or _LAST_MONTH
        return Point(year and (year if month > 1 else year - 1), before, first, part="NI", until=(year, month, last))
    return Point(year, before or month, first, part="NI", until=(year, month, last))


def _eve(year: int | None, month: int, day: int) -> Meaning:
    """The night before a day, which reaches to it."""
    if day > 1:
        return Point(year, month, day - 1, part="NI", until=(year, month, day))
    before = moved(Point(year, month, 1), -1, "D")
    if before is None:
        return Shift(1, "D", -1, base=Point(year, month, day), part="NI")
    return replace(before, part="NI", until=(year, month, day))


@reading
def night_of_week(parts: Parts, lex: Lexicon) -> Meaning | None:
    """The night from Tuesday to Wednesday: that before the second."""
    return Shift(1, "D", -1, base=Unit("", weekday=lex.value("WEEKDAY", parts["weekday2"])), part="NI")


@reading
def day_after(parts: Parts, lex: Lexicon) -> Meaning | None:
    """The day after, the eve: counted from a date that follows, else from the one told before."""
    days = int(lex.value("DAYAFTER", parts["dayafter"]))
    base = point(_after(parts), lex) if "month" in parts else None
    return Shift(abs(days), "D", -1 if days < 0 else 1, base=base)


@reading
def unit(parts: Parts, lex: Lexicon) -> Meaning | None:
    """That year, the next day, last Friday, this morning."""
    told = parts.get("is") or lex.value("WHICH", parts.get("which")) or lex.value("DEICTIC", parts.get("deictic"))
    found = Unit(str(told or ""), lex.value("UNIT", parts.get("unit")), mod=_mod(parts, lex))
    found.weekday = lex.value("WEEKDAY", parts.get("weekday"))
    found.month = lex.value("MONTH", parts.get("month"))
    found.season = lex.value("SEASON", parts.get("season"))
    found.part = lex.value("PART", parts.get("part"))
    found.half = lex.value("HALF", parts.get("half"))
    found.day = number_of(parts.get("day"))
    if found.part and found.unit == "D":
        found.unit = None
    return found if any((found.unit, found.weekday, found.month, found.season, found.part)) else None


@reading
def within(parts: Parts, lex: Lexicon) -> Meaning | None:
    """In May of the same year, on the 5th of that month."""
    outer = Unit(
        str(parts.get("whichword") or lex.value("WHICH", parts.get("which"))),
        lex.value("UNIT", parts.get("unit")) or parts.get("unitof"),
    )
    month, season = lex.value("MONTH", parts.get("month")), lex.value("SEASON", parts.get("season"))
    day = number_of(parts.get("day"))
    if day and not month:
        outer.day = day
        return outer
    return Point(month=month, day=day, season=season, half=lex.value("HALF", parts.get("half")), within=outer)


@reading
def deictic(parts: Parts, lex: Lexicon) -> Meaning | None:
    """Yesterday, today, tomorrow, with a part of the day."""
    days = int(lex.value("DEICTIC", parts["deictic"]))
    part = lex.value("PART", parts.get("part"))
    return Shift(abs(days), "D", -1 if days < 0 else 1, deictic=True, part=part)


@reading
def shift(parts: Parts, lex: Lexicon) -> Meaning | None:
    """Two days later, a year ago, three days before a date."""
    if "lengthword" in parts:
        whole = re.fullmatch(r"P(\d+)([DMY])", str(lex.value("LENGTHWORD", parts["lengthword"])))
        return Shift(float(whole[1]), whole[2], int(parts.get("way") or 1)) if whole else None
    amount = amount_of(parts, lex)
    sense = parts.get("sense") if isinstance(parts.get("sense"), str) else None
    way = int(parts.get("way") or lex.value("SENSE", sense) or 1)
    told = str(lex.value("UNIT", parts["unit"]))
    base = point(_after(parts), lex) if any(name in parts for name in ("year", "month", "month2")) else None
    far = 1.0 if amount == "" else amount
    if told == "TH" and isinstance(far, float) and not far % 24:
        far, told = far / 24, "D"
    return Shift(far, told, way, deictic=bool(parts.get("ago")), base=base, mod=_quantifier(parts, lex))  # type: ignore[arg-type]


def _after(parts: Parts) -> Parts:
    """The parts of the date that units are counted from, without the amount of these."""
    return {name: word for name, word in parts.items() if name in ("day", "month", "year", "season")}


def _quantifier(parts: Parts, lex: Lexicon) -> str | None:
    value: str | None = lex.value("QUANT", parts.get("quant"))
    return value


@reading
def length(parts: Parts, lex: Lexicon) -> Meaning | None:
    """How long: two weeks, several months, a ten-year."""
    if "lengthword" in parts:
        return Vague(str(lex.value("LENGTHWORD", parts["lengthword"])), "DURATION", mod=_quantifier(parts, lex))
    if "lengthadj" in parts:
        number, told = str(lex.value("LENGTHADJ", parts["lengthadj"])).split()
        return Length(float(number), told)
    told = lex.value("UNIT", parts.get("unit")) or lex.value("UNITADJ", parts.get("unitadj"))
    amount = amount_of(parts, lex)
    far = None if parts.get("vague") else 1.0 if amount == "" else amount
    return Length(far, str(told), _quantifier(parts, lex), _more(parts, lex))  # type: ignore[arg-type]


def _more(parts: Parts, lex: Lexicon) -> tuple[float, str] | None:
    """A second part: two years and six months."""
    if "unit2" not in parts:
        return None
    told = parts.get("num2")
    further = lex.value("NUM", told) if told else number_of(parts.get("digits2"))
    return (float(further), str(lex.value("UNIT", parts["unit2"]))) if further else None


@reading
def every(parts: Parts, lex: Lexicon) -> Meaning | None:
    """Daily, every year, every two days, on Fridays."""
    if "frequent" in parts:
        return Every(str(lex.value("FREQUENT", parts["frequent"])))
    if "weekday" in parts:
        return Every(f"XXXX-WXX-{lex.value('WEEKDAY', parts['weekday'])}")
    if "part" in parts:
        return Every(f"XXXX-XX-XXT{lex.value('PART', parts['part'])}")
    if "season" in parts:
        return Every(f"XXXX-{lex.value('SEASON', parts['season'])}")
    amount = amount_of(parts, lex)
    told = str(lex.value("UNIT", parts["unit"]))
    many = "X" if amount is None else "1" if amount == "" else f"{amount:.0f}"
    return Every(f"PT{many}{told[1:]}" if told.startswith("T") else f"P{many}{told}")


@reading
def vague(parts: Parts, lex: Lexicon) -> Meaning | None:
    """Now, recently, soon; a time of day of no day."""
    return Vague(str(lex.value("VAGUE", parts["vague"])))


@reading
def that_time(parts: Parts, lex: Lexicon) -> Meaning | None:
    """At that time: where the narrative stands."""
    return Vague("PAST_REF")


@reading
def nth_day(parts: Parts, lex: Lexicon) -> Meaning | None:
    """On the third day, in the second night."""
    number = _ordinal(parts, lex)
    part = lex.value("PART", parts.get("part"))
    return NthDay(number, "D", part) if number else None


@reading
def which_ordinal(parts: Parts, lex: Lexicon) -> Meaning | None:
    """The fifth of that month, told by "the same" and a month left out."""
    return within(parts, lex)
