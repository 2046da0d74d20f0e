"""Reads the named parts of a matched pattern as a meaning: one small function for each ``means`` of the rules.

A function returns None when the words cannot mean a time (a 31st of June, a 27th month). This file reads what lies on
the calendar or in the row of days; `readings_lengths` how long and how often.
"""

from __future__ import annotations

import re

from variorum.mentions.times.lexicon import amount, ordinal
from variorum.mentions.times.meanings import Every, Hit, Length, Meaning, NthDay, Point, Shift, Unit, Vague
from variorum.mentions.times.parts import READINGS, Parts, code_of, number_of, quantifier, reading

__all__: list[str] = []


def _digits(word: str | None) -> int | None:
    found = re.match(r"\d+", word.replace(",", "")) if word else None
    return int(found.group()) if found else None


def _year(parts: Parts) -> tuple[int | None, bool]:
    """The year with its era, and whether only its last two digits are given."""
    if "short" in parts:
        return int(parts["short"]), True
    year = _digits(parts.get("year") or parts.get("anyyear") or parts.get("thousands"))
    era = number_of("ERA", parts.get("era")) or 1
    return (year * era if year else None), False


@reading
def point(parts: Parts, nested: Hit | None) -> Meaning | None:
    year, short = _year(parts)
    month = number_of("MONTH", parts.get("month")) or number_of("ROMAN", parts.get("roman"))
    day = _digits(parts.get("day") or parts.get("dayth")) or (ordinal(parts["nth"]) if "nth" in parts else None)
    if day is not None and (month is None or day > 31):
        return None
    if ("anyyear" in parts or "thousands" in parts) and not year:
        return None
    half = number_of("HALF", parts.get("half")) or number_of("HALFCODE", parts.get("halfcode"))
    mod = "APPROX" if "mod" in parts else None
    weekday = number_of("WEEKDAY", parts.get("weekday"))
    return Point(year=year, month=month, day=day, weekday=weekday, half=half, mod=mod, short=short)


@reading
def ancient(parts: Parts, nested: Hit | None) -> Meaning | None:
    year = _digits(parts.get("anyyear"))
    return Point(year=-year) if year and 10 <= year <= 999 else None


@reading
def iso(parts: Parts, nested: Hit | None) -> Meaning | None:
    numbers = [int(n) for n in re.findall(r"\d+", parts.get("isodate") or parts["yearfirst"])]
    year, month, day = numbers[0], numbers[1], (numbers[2] if len(numbers) > 2 else None)
    if day is None and "isodate" in parts and month > year % 100:
        return None  # "1904-05" is more often a range of years than a month
    clock = parts.get("isotime")
    return Point(year=year, month=month, day=day, clock=clock.upper() if clock else None)


@reading
def numeric(parts: Parts, nested: Hit | None) -> Meaning | None:
    """12.5.1998 and 5/12/98: which number is the day is settled later where both could be."""
    sign = parts["numeric_sign"]
    first, second, last = (int(n) for n in parts["numeric"].split(sign))
    if not (0 < first < 32 and 0 < second < 32 and min(first, second) < 13):
        return None
    short = len(parts["numeric"].split(sign)[2]) == 2
    if short and sign in ".-" and len(parts["numeric"]) < 8:
        return None  # 3.2.15 is the number of a section, 15.06.44 a day
    ambiguous = (sign == "/" or short) and first < 13 and second < 13 and first != second
    if not ambiguous:
        day, month = (first, second) if second < 13 and (first > 12 or sign != "/") else (second, first)
        return Point(year=last, month=month, day=day, short=short) if month < 13 else None
    return Point(year=last, month=first, day=second, short=short, style="ambiguous")


@reading
def weekday(parts: Parts, nested: Hit | None) -> Meaning | None:
    return Unit("", weekday=number_of("WEEKDAY", parts["weekday"]))


@reading
def season(parts: Parts, nested: Hit | None) -> Meaning | None:
    year, _ = _year(parts)
    return Point(year=year, season=code_of("SEASON", parts["season"]), south="southern" in parts)


@reading
def decade(parts: Parts, nested: Hit | None) -> Meaning | None:
    mod = code_of("EARLY", parts.get("early"))
    if "decadeword" in parts:
        return Point(decade=number_of("DECADEWORD", parts["decadeword"]), short=True, mod=mod)
    if "shortdecade" in parts:
        return Point(decade=int(parts["shortdecade"][0]), short=True)
    number = _digits(parts.get("decade") or parts.get("olddecade"))
    era = number_of("ERA", parts.get("era")) or 1
    return None if not number else Point(decade=era * (number // 10))


@reading
def century(parts: Parts, nested: Hit | None) -> Meaning | None:
    number = ordinal(parts["nth"])
    era = number_of("ERA", parts.get("era")) or 1
    if not number or number > (30 if "ages" not in parts else 9):
        return None
    return Point(millennium=era * number) if "ages" in parts else Point(century=era * number)


@reading
def feast(parts: Parts, nested: Hit | None) -> Meaning | None:
    """Christmas, Easter: days that a year fixes."""
    which = code_of("WHICH", parts.get("which"))
    return Point(year=_year(parts)[0], feast=code_of("FEAST", parts["feast"]), within=Unit(which) if which else None)


@reading
def anniversary(parts: Parts, nested: Hit | None) -> Meaning | None:
    """The tenth anniversary of the fire: the day that the narrative has come to."""
    return Vague("XXXX-XX-XX")


@reading
def new_year(parts: Parts, nested: Hit | None) -> Meaning | None:
    """Before the new year: the first day of the next one."""
    return Point(feast="01-01", within=Unit("next"))


@reading
def century_of_list(parts: Parts, nested: Hit | None) -> Meaning | None:
    """The 19th and 20th centuries: the first has its noun from the last."""
    number = ordinal(parts["nth"])
    if nested is None or not number or not isinstance(nested.meaning, Point) or nested.meaning.century is None:
        return None
    era = 1 if nested.meaning.century > 0 else -1
    return Point(century=era * number, mod=code_of("EARLY", parts.get("early")))


@reading
def quarter(parts: Parts, nested: Hit | None) -> Meaning | None:
    number = number_of("QUARTERCODE", parts.get("quartercode")) or (ordinal(parts["nth"]) if "nth" in parts else None)
    return Point(year=_year(parts)[0], quarter=number) if number and number < 5 else None


def _with_mod(meaning: Meaning, mod: str | None) -> Meaning | None:
    if isinstance(meaning, (Every, Length)):
        return None
    if isinstance(meaning, Point) and meaning.clock:
        return None
    meaning.mod = mod or meaning.mod
    return meaning


@reading
def modified(parts: Parts, nested: Hit | None) -> Meaning | None:
    """A stage of something: early 1911, the end of May, the first half of the year."""
    if nested is None or isinstance(nested.meaning, (Every, Length, Vague)):
        return None
    meaning = nested.meaning
    if "half" in parts:
        half = number_of("HALF", parts["half"]) or 1
        whole_year = isinstance(meaning, Point) and not (meaning.month or meaning.season or meaning.decade)
        if (isinstance(meaning, Point) and whole_year and meaning.year) or (
            isinstance(meaning, Unit) and meaning.unit == "Y"
        ):
            meaning.half = half
        else:
            return _with_mod(meaning, "START" if half == 1 else "END")
        return meaning
    return _with_mod(meaning, code_of("EARLY", parts.get("early")) or code_of("STAGE", parts.get("stage")))


@reading
def parted(parts: Parts, nested: Hit | None) -> Meaning | None:
    """A part of a day that is told: the night of 3 May, the night from 11 to 12 March."""
    if nested is None:
        return None
    meaning, part = nested.meaning, code_of("PART", parts.get("part")) or ("MO" if "early" in parts else "DT")
    if isinstance(meaning, Point) and meaning.month and meaning.day:
        if "day" in parts:
            until = (meaning.year, meaning.month, meaning.day)
            first = number_of("MONTH", parts.get("month")) or meaning.month
            return Point(year=meaning.year, month=first, day=_digits(parts["day"]), part=part, until=until)
        meaning.part = part
        return meaning
    if isinstance(meaning, (Unit, Shift, NthDay)) and "day" not in parts:
        meaning.part = part
        return meaning
    return None


@reading
def early_year(parts: Parts, nested: Hit | None) -> Meaning | None:
    """A year of three digits, alone or with its day."""
    day, month = _digits(parts.get("day")), number_of("MONTH", parts.get("month"))
    return Point(year=int(parts["early"]), month=month, day=day)


@reading
def weekday_of(parts: Parts, nested: Hit | None) -> Meaning | None:
    """The third Friday of March: counted once the month has its year."""
    number = ordinal(parts["nth"]) if "nth" in parts else -1
    weekday = number_of("WEEKDAY", parts["weekday"])
    if nested is None or number is None or weekday is None or number > 5:
        return None
    inner = nested.meaning
    monthly = (isinstance(inner, Unit) and inner.unit == "M") or (isinstance(inner, (Point, Unit)) and inner.month)
    if not monthly or (isinstance(inner, (Point, Unit)) and inner.day) or not isinstance(inner, (Point, Unit)):
        return None
    return Point(nth=(number, weekday), within=inner)


@reading
def units_from(parts: Parts, nested: Hit | None) -> Meaning | None:
    """Three days after 5 May 1945."""
    many, unit = amount(parts["amount"]), code_of("UNITS", parts.get("un")) or code_of("UNIT", parts.get("un"))
    if nested is None or many is None or unit is None or not isinstance(nested.meaning, (Point, Unit, Shift)):
        return None
    if isinstance(nested.meaning, Point) and nested.meaning.season and not nested.meaning.year:
        return None  # "four days after the fall" of something
    direction = -1 if parts["sense"] in ("before", "preceding", "prior to") else 1
    return Shift(many, unit, direction, base=nested.meaning, mod=quantifier(parts))


@reading
def shifted(parts: Parts, nested: Hit | None) -> Meaning | None:
    """The day after a date."""
    if nested is None or not isinstance(nested.meaning, (Point, Unit, Shift)):
        return None
    if "part" in parts:
        return Shift(1, "D", _direction(parts["sense"]), base=nested.meaning, part=code_of("PART", parts["part"]))
    return Shift(1, code_of("UNIT", parts.get("unit")) or "D", _direction(parts["sense"]), base=nested.meaning)


def _direction(sense: str) -> int:
    return -1 if sense in ("before", "preceding", "previous") else 1


@reading
def day_of(parts: Parts, nested: Hit | None) -> Meaning | None:
    """The 23rd of that month."""
    day = _digits(parts.get("dayth")) or (ordinal(parts["nth"]) if "nth" in parts else None)
    if nested is None or not day or day > 31 or not isinstance(nested.meaning, Unit) or nested.meaning.unit != "M":
        return None
    nested.meaning.day = day
    return nested.meaning


@reading
def named_unit(parts: Parts, nested: Hit | None) -> Meaning | None:
    return Unit("the", unit=code_of("UNIT", parts["unit"]))


@reading
def which(parts: Parts, nested: Hit | None) -> Meaning | None:
    sense = code_of("WHICH", parts["which"]) or "that"
    unit = code_of("UNIT", parts.get("unit"))
    if "same" in parts or parts["which"] == "very":
        sense = "same"
    part = code_of("PART", parts.get("part"))
    if parts.get("unit") == "night":
        unit, part = None, "NI"
    return Unit(
        sense,
        unit=unit,
        weekday=number_of("WEEKDAY", parts.get("weekday")),
        month=number_of("MONTH", parts.get("month")),
        season=code_of("SEASON", parts.get("season")),
        part=part,
    )


@reading
def weekday_next(parts: Parts, nested: Hit | None) -> Meaning | None:
    """Monday last, the Sunday following."""
    return Unit(parts["sense"], weekday=number_of("WEEKDAY", parts["weekday"]))


@reading
def weekday_week(parts: Parts, nested: Hit | None) -> Meaning | None:
    """Thursday week, tomorrow fortnight: so many weeks after the next one."""
    weeks = 2 if parts["span"] == "fortnight" else 1
    if "day" in parts:
        return Shift(7 * weeks + (parts["day"] == "tomorrow"), "D", 1, deictic=True)
    return Shift(7 * weeks, "D", 1, base=Unit("next", weekday=number_of("WEEKDAY", parts["weekday"])))


@reading
def month_last(parts: Parts, nested: Hit | None) -> Meaning | None:
    """March last, the 14th of May last."""
    day = _digits(parts.get("day")) or (ordinal(parts["nth"]) if "nth" in parts else None)
    return Unit("next" if parts["sense"] == "next" else "last", month=number_of("MONTH", parts["month"]), day=day)


@reading
def instant(parts: Parts, nested: Hit | None) -> Meaning | None:
    """The 4th inst., the 30th ult.: of this month, of the last."""
    which = {-1: "last", 0: "this", 1: "next"}[number_of("INSTANT", parts["sense"]) or 0]
    return Unit(which, unit="M", day=_digits(parts["dayth"]))


@reading
def weekday_beside(parts: Parts, nested: Hit | None) -> Meaning | None:
    """The Tuesday before Easter."""
    inner = nested.meaning if nested else None
    if not isinstance(inner, Point) or inner.clock or inner.part or not (inner.day or inner.feast):
        return None
    return Shift(1, f"WD{number_of('WEEKDAY', parts['weekday'])}", _direction(parts["sense"]), base=inner)


@reading
def beside(parts: Parts, nested: Hit | None) -> Meaning | None:
    """The day before, the year after, the morning after."""
    sense = "previous" if _direction(parts["sense"]) < 0 else "following"
    if "part" in parts:
        return Unit(sense, part=code_of("PART", parts["part"]))
    unit = code_of("UNIT", parts["unit"])
    return Unit(sense, part="NI") if parts["unit"] == "night" else Unit(sense, unit=unit)


@reading
def deictic(parts: Parts, nested: Hit | None) -> Meaning | None:
    days = number_of("DEICTIC", parts["deictic"]) or 0
    if "sense" in parts:
        days += _direction(parts["sense"])
    part = code_of("PART", parts.get("part"))
    return Shift(abs(days), "D", -1 if days < 0 else 1, deictic=True, part=part)


@reading
def tonight(parts: Parts, nested: Hit | None) -> Meaning | None:
    return Shift(0, "D", 1, deictic=True, part="NI")


@reading
def nth_day(parts: Parts, nested: Hit | None) -> Meaning | None:
    number = ordinal(parts["nth"]) if "nth" in parts else 0
    return None if number is None else NthDay(number, part=code_of("PART", parts.get("part")))


@reading
def bare_day(parts: Parts, nested: Hit | None) -> Meaning | None:
    return Unit("that", unit="M", day=_digits(parts["dayth"]))


@reading
def clock(parts: Parts, nested: Hit | None) -> Meaning | None:
    """A time of the clock; "12 a.m." is midnight."""
    if "hundredhours" in parts:
        told = f"{parts['hundredhours'][:2]}:{parts['hundredhours'][2:]}"
        return Point(clock=told, zone="Z" if "zulu" in parts else "", mod=quantifier(parts))
    hour = _digits(parts.get("hour")) or number_of("HOURWORD", parts.get("hourword"))
    half = code_of("MERIDIEM", parts.get("meridiem"))
    hour = int(parts["hour"]) if "hour" in parts else hour
    if hour is None or (half and not 0 < hour < 13):
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    told = "".join(f":{parts[p]}" for p in ("minutes", "sec") if p in parts)
    told = f":{number_of('MINUTEWORD', parts['minuteword']):02d}" if "minuteword" in parts else told
    return Point(clock=f"{hour:02d}{told}", mod=quantifier(parts))


@reading
def half_past(parts: Parts, nested: Hit | None) -> Meaning | None:
    hour = number_of("HOURWORD", parts.get("hourword")) or _digits(parts.get("hour")) or 12
    text = parts["_text"]
    spoken = {"twenty-five": 25, "half": 30, "quarter": 15, "ten": 10, "five": 5, "twenty": 20}
    before = re.split(r"\b(?:past|to|after)\b", text)[0]
    minutes = next((n for w, n in spoken.items() if re.search(rf"\b{w}\b", before)), None)
    if "minutes" in parts:
        told = amount(parts["minutes"])
        minutes = int(told) if told else None
    if minutes is None or not 0 < minutes < 60 or hour > 24:
        return None
    if re.search(r"\bto\b", text):
        hour, minutes = (hour - 1) or 12, 60 - minutes
    return Point(clock=f"{hour:02d}:{minutes:02d}", mod=quantifier(parts))


@reading
def noon(parts: Parts, nested: Hit | None) -> Meaning | None:
    return Point(clock="24:00" if "midnight" in parts["_text"] else "12:00", mod=quantifier(parts))


@reading
def the_part(parts: Parts, nested: Hit | None) -> Meaning | None:
    return Unit("that", part=code_of("PART", parts["part"]))


READINGS["bare_part"] = the_part
