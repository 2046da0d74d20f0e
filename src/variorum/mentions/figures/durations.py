"""How long: the durations that the times step found, as figures with the role ``duration``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from variorum.lists import toml
from variorum.mentions import Found
from variorum.mentions.figures import modifiers, numbers
from variorum.mentions.figures.counts import plain
from variorum.mentions.figures.words import Line, split
from variorum.records import Figure, Time
from variorum.voices import Voices

__all__ = ["durations"]

REACH: int = toml("figures-roles")["reach"]["range"]
_ISO = re.compile(r"PT?(\d+(?:\.\d+)?)[YMWDHS]")


def durations(found: Found, voices: Voices, text: str = "") -> Iterator[Figure]:
    """The durations of a text that say how long in numbers, with the unit as worded; not set ones ("a while").

    With the ``text`` a range reaches back to its lower end: "between five and twelve years".

    >>> time = Time("A", 10, 21, "ten minutes", "DURATION", "PT10M")
    >>> [(f.text, f.low, f.unit, f.role) for f in durations(Found("A", times=[time]), Voices([]))]
    [('ten minutes', 10, 'minutes', 'duration')]
    """
    for time in found.times:
        bounds = _bounds(time) if time.type == "DURATION" else None
        if bounds is not None:
            low, high, approximate = bounds
            half = "half" in time.text.lower() and (time.value or "").startswith("PT") and time.value[-1:] == "M"
            unit = "minutes" if half else time.text.split()[-1].strip(".,;")
            voice = list(voices.at(time.start, time.end))
            start, least = _lower_end(text, time.start) or (time.start, low)
            if least is None or low != high or low is None or least >= low:
                start, least = time.start, low
            words = text[start : time.end] if start < time.start else time.text
            yield Figure(
                found.witness, start, time.end, words, least, high, approximate, unit, "duration",
                voice=voice, kind="duration",
            )  # fmt: skip


def _lower_end(text: str, end: int) -> tuple[int, float] | None:
    """Where a range begins that a duration at ``end`` closes, and with what: ``between five and``, ``five to``."""
    start = max(0, end - REACH)
    words = split(text[start:end])
    line, joint = Line(words, 0, end - start), len(words) - 1
    for at in range(max(0, joint - 3), joint):
        number = numbers.read(line, at)
        if number is not None and number[1] == joint:
            between = line.low(at - 1) == "between"
            if line.low(joint) in ("to", "or", "-", "–") or (between and line.low(joint) == "and"):
                return start + words[at - between].start, plain(number[0])
    return None


def _bounds(time: Time) -> tuple[float | None, float | None, bool] | None:
    """Least and greatest value, and whether it is approximate; of half an hour by its value."""
    told = numbers.scan(Line(split(time.text), 0, len(time.text)))
    if len(told) == 1 and not (told[0].vague and (told[0].low or 0) < 10):
        modifiers.modify(told[0])
        return told[0].low, told[0].high, told[0].approximate
    value = _ISO.fullmatch(time.value or "") if "half" in time.text.lower() else None
    return (plain(float(value[1])), plain(float(value[1])), False) if value and not told else None
