"""Dates in the Extended Date/Time Format (ISO 8601-2): written, read, compared as intervals of days, put in words.

The calendar is Gregorian throughout, with a year 0, which is 1 BC. A clock time is the minute (or the hour, or the
second) that it names, as told, in whatever zone. Open ends are infinite. Dates are never filled in: ``2015-03`` is the
whole month.
"""

from variorum.dates.days import Days, calendar, hull, iso, iso_day, iso_year, number
from variorum.dates.when import Bounds, When, bounds, interval, month_day, order, parse
from variorum.dates.words import in_words
from variorum.dates.writing import between, gregorian, lasting, write

__all__ = [
    "Bounds",
    "Days",
    "When",
    "between",
    "bounds",
    "calendar",
    "gregorian",
    "hull",
    "in_words",
    "interval",
    "iso",
    "iso_day",
    "iso_year",
    "lasting",
    "month_day",
    "number",
    "order",
    "parse",
    "write",
]
