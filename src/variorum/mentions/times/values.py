"""TIMEX3 values of what was found: 1936-04-05, 1936-SP, 195, BC0330, 1916-02-26TNI, P3D, XXXX-WXX-5."""

from __future__ import annotations

from variorum.mentions.times.meanings import Length, Point

__all__ = ["length_value", "point_value", "year_value"]

_HALVES = {"TH": "PT30M", "Y": "P6M", "D": "PT12H", "DE": "P5Y", "CE": "P50Y"}


def year_value(year: int | None) -> str:
    """A year in four digits, with BC before our era, XXXX when it is open.

    >>> year_value(1936), year_value(-330), year_value(None)
    ('1936', 'BC0330', 'XXXX')
    """
    if year is None:
        return "XXXX"
    return f"BC{-year:04d}" if year < 0 else f"{year:04d}"


def point_value(point: Point) -> str:
    """The value of a calendar point, its open parts as X.

    >>> point_value(Point(1916, 2, 26, part="NI")), point_value(Point(decade=195)), point_value(Point(century=-3))
    ('1916-02-26TNI', '195', 'BC02')
    >>> point_value(Point(month=10, day=4)), point_value(Point(weekday=5))
    ('XXXX-10-04', 'XXXX-WXX-5')
    """
    date = _date(point)
    if not (point.part or point.clock):
        return date
    if point.day is None and point.weekday is None:
        date = f"{year_value(point.year)}-{point.month:02d}-XX" if point.month else f"{year_value(point.year)}-XX-XX"
    if point.clock:
        clock = point.clock if len(point.clock) > 2 else point.clock + ":00"
        return f"{date}T{clock}{point.zone}"
    return f"{date}T{point.part}"


def _date(point: Point) -> str:
    if point.decade is not None:
        return f"BC{-point.decade:03d}" if point.decade < 0 else f"{point.decade:03d}"
    if point.century is not None:
        return f"BC{-point.century - 1:02d}" if point.century < 0 else f"{point.century - 1:02d}"
    if point.millennium is not None:
        return f"BC{-point.millennium - 1}" if point.millennium < 0 else f"{point.millennium - 1}"
    year = year_value(point.year)
    if point.week is not None:
        return f"{year}-W{point.week:02d}" + ("-WE" if point.weekday == 6 else "")
    if point.month is not None:
        return f"{year}-{point.month:02d}" + (f"-{point.day:02d}" if point.day else "-XX" if point.open_day else "")
    if point.weekday is not None:
        return f"{year}-WXX-{point.weekday}"
    if point.day is not None:
        return f"{year}-XX-{point.day:02d}"
    for finer in (point.season, point.quarter and f"Q{point.quarter}", point.half and f"H{point.half}"):
        if finer:
            return f"{year}-{finer}"
    return f"{year}-XX-XX" if point.open_day else year


def length_value(length: Length) -> str:
    """The value of a length of time.

    >>> length_value(Length(31, "D")), length_value(Length(None, "TH")), length_value(Length(26.5, "Y"))
    ('P31D', 'PTXH', 'P26.5Y')
    >>> length_value(Length(0.5, "TH")), length_value(Length(2, "Y", more=(6, "M")))
    ('PT30M', 'P2Y6M')
    """
    if length.amount == 0.5 and length.unit in _HALVES:
        return _HALVES[length.unit]
    if length.unit == "TH" and length.amount in (0.25, 0.75):
        return f"PT{length.amount * 60:.0f}M"
    told = _period(length.amount, length.unit)
    if length.more:
        further = _period(*length.more)
        if further.startswith("PT"):
            return told + further[2:] if told.startswith("PT") else told + further[1:]
        return told + further[1:]
    return told


def _period(amount: float | None, unit: str) -> str:
    if unit == "2W":
        amount, unit = (None if amount is None else amount * 2), "W"
    if unit == "H":
        amount, unit = (None if amount is None else amount * 6), "M"
    number = "X" if amount is None else f"{amount:.2f}".rstrip("0").rstrip(".") if amount % 1 else f"{amount:.0f}"
    return f"PT{number}{unit[1:]}" if unit.startswith("T") else f"P{number}{unit}"
