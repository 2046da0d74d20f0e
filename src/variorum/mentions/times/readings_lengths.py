"""Readings of how long and how often, of so many units from somewhere, and of what is only vaguely placed."""

from __future__ import annotations

from variorum.mentions.times.lexicon import amount, ordinal, words
from variorum.mentions.times.meanings import Every, Hit, Length, Meaning, Shift, Unit, Vague
from variorum.mentions.times.parts import READINGS, Parts, code_of, number_of, quantifier, reading

__all__: list[str] = []

_SIZE = "TS TM TH D W M Y"  # units in the order of their length


@reading
def away(parts: Parts, nested: Hit | None) -> Meaning | None:
    """Two days later, a year ago, a few weeks before."""
    sense = code_of("AGO", parts["ago"]) or "later"
    direction = 1 if sense in ("later", "hence") else -1
    unit = unit_of(parts)
    many = amount(parts["amount"]) if "amount" in parts else None
    if many is not None and ("more" in parts or "part" in parts):
        many, unit = _joined(many, unit, parts)
    if unit is None:
        return None
    return Shift(many, unit, direction, deictic=sense in ("ago", "hence"), mod=quantifier(parts))


def _joined(many: float, unit: str | None, parts: Parts) -> tuple[float | None, str | None]:
    """Two hours and forty minutes, an hour and a half: as so many of the smaller unit, or of the one with its part."""
    if "part" in parts:
        return amount(f"{many:g} and a {parts['part']}"), unit
    small = code_of("UNITS", parts["moreunit"]) or code_of("UNIT", parts["moreunit"])
    size, further = SMALLER.get((unit or "", small or "")), amount(parts["more"])
    return (None, None) if size is None or further is None else (many * size + further, small)


SMALLER = {("TH", "TM"): 60, ("TM", "TS"): 60, ("D", "TH"): 24, ("W", "D"): 7, ("Y", "M"): 12}
"""How many of a smaller unit a larger one has, for the pairs that are told together."""


@reading
def weekdays_ago(parts: Parts, nested: Hit | None) -> Meaning | None:
    many = amount(parts["amount"])
    return Shift(many, f"WD{number_of('WEEKDAYS', parts['weekdays'])}", -1, deictic=True) if many else None


@reading
def weekend(parts: Parts, nested: Hit | None) -> Meaning | None:
    return Unit("", unit="WE")


@reading
def year_end(parts: Parts, nested: Hit | None) -> Meaning | None:
    return Unit("this", unit=code_of("UNIT", parts["unit"]), mod="END")


@reading
def year_ago(parts: Parts, nested: Hit | None) -> Meaning | None:
    return Shift(1, "Y", -1, deictic=True)


@reading
def units_time(parts: Parts, nested: Hit | None) -> Meaning | None:
    """In four weeks' time."""
    many, unit = amount(parts["amount"]), unit_of(parts)
    return Shift(many, unit, 1, deictic=True) if unit else None


@reading
def these_days(parts: Parts, nested: Hit | None) -> Meaning | None:
    return Vague("PRESENT_REF")


def unit_of(parts: Parts) -> str | None:
    word = parts.get("un") or parts.get("units") or parts.get("unit") or ""
    return code_of("UNITS", word) or code_of("UNIT", word)


@reading
def time_away(parts: Parts, nested: Hit | None) -> Meaning | None:
    word = parts.get("ago", "afterwards")
    past = code_of("AGO", word) in ("ago", "earlier")
    return Vague("PAST_REF" if past else "FUTURE_REF")


@reading
def length(parts: Parts, nested: Hit | None) -> Meaning | None:
    unit = unit_of(parts)
    many = amount(parts["amount"]) if "amount" in parts else None
    if unit is None:
        return Length(1, _whole_unit(parts["_text"]))
    extra = None
    if "more" in parts:
        further = amount(parts["more"])
        small = code_of("UNITS", parts.get("moreunit")) or code_of("UNIT", parts.get("moreunit"))
        if further is None or small is None or _SIZE.find(small) >= _SIZE.find(unit):
            return None
        extra = (further, small)
    if "amount" not in parts and "units" not in parts:
        many = 1
    return Length(many, unit, mod=quantifier(parts), more=extra)


def _whole_unit(text: str) -> str:
    """The unit of "all day", "the whole year"."""
    return next((str(words()["UNIT"][w]) for w in text.split() if w in words()["UNIT"]), "D")


@reading
def bare_units(parts: Parts, nested: Hit | None) -> Meaning | None:
    unit = unit_of(parts)
    return Length(None, unit) if unit else None


@reading
def every(parts: Parts, nested: Hit | None) -> Meaning | None:
    if "weekday" in parts:
        return Every(f"XXXX-WXX-{number_of('WEEKDAY', parts['weekday'])}")
    if "month" in parts:
        return Every(f"XXXX-{number_of('MONTH', parts['month']):02d}")
    if "season" in parts:
        return Every(f"XXXX-{code_of('SEASON', parts['season'])}")
    if "part" in parts and "unit" not in parts:
        return Every(f"XXXX-XX-XXT{code_of('PART', parts['part'])}")
    many = amount(parts["amount"]) if "amount" in parts else ordinal(parts["nth"]) if "nth" in parts else 1
    unit = unit_of(parts)
    return Every(_period(many, unit)) if unit else None


def _period(many: float | None, unit: str) -> str:
    number = "X" if many is None else f"{many:g}"
    return f"PT{number}{unit[1:]}" if unit.startswith("T") else f"P{number}{unit}"


@reading
def frequent(parts: Parts, nested: Hit | None) -> Meaning | None:
    return Every(code_of("FREQUENT", parts["frequent"]) or "P1D")


@reading
def per(parts: Parts, nested: Hit | None) -> Meaning | None:
    unit = unit_of(parts)
    return Every(_period(1, unit)) if unit else None


READINGS["times_a"] = per


@reading
def weekdays(parts: Parts, nested: Hit | None) -> Meaning | None:
    return Every(f"XXXX-WXX-{number_of('WEEKDAYS', parts['weekdays'])}")


@reading
def vague(parts: Parts, nested: Hit | None) -> Meaning | None:
    return Vague(code_of("VAGUE", parts["vague"]) or "PRESENT_REF")


@reading
def former(parts: Parts, nested: Hit | None) -> Meaning | None:
    return Vague("PAST_REF")


@reading
def future_adjective(parts: Parts, nested: Hit | None) -> Meaning | None:
    return Vague("FUTURE_REF")


@reading
def that_time(parts: Parts, nested: Hit | None) -> Meaning | None:
    return Vague("PRESENT_REF")


@reading
def recent_units(parts: Parts, nested: Hit | None) -> Meaning | None:
    """In recent weeks, in the coming days."""
    return Vague("PAST_REF" if parts["sense"] == "recent" else "FUTURE_REF")


@reading
def some_day(parts: Parts, nested: Hit | None) -> Meaning | None:
    """One day it would end: a day that is not told."""
    return Vague("XXXX-XX-XX")
