"""Guards of months, weekdays, days, years, seasons, quarters and parts of the day."""

from __future__ import annotations

import re

from variorum.lists import toml
from variorum.mentions.times.guards import guard, noun_like, plural, said
from variorum.mentions.times.lexicon import words
from variorum.mentions.times.meanings import Hit, Point
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.wordlists import wordlist

__all__: list[str] = []

_STREET = re.compile(
    r" (?:[NSEW]\.? )?(?:[A-Z][\w.]{0,20} ){1,3}(?:" + "|".join(sorted(w.title() for w in wordlist("street"))) + r")\b"
)
_OF_YEAR = re.compile(
    r" of (?:that|this|the same|the following|the next|the previous|last|next|the|each|every) (?:fiscal )?year\b"
)
_ANCIENT: int = toml("limits")["times"]["ancient"]
_EARLIEST: int = toml("limits")["times"]["bare_earliest"]
_LATEST: int = toml("limits")["times"]["bare_latest"]
_MONTH_OF = "the month of "


@guard("month year", "month short year")
def _month(sight: Sight, hit: Hit, depth: int) -> bool:
    """A month alone needs its capital and must not be a name, a verb or an auxiliary."""
    text = said(sight, hit)
    at = hit.start + (len(_MONTH_OF) if text.startswith(_MONTH_OF) else 0)
    if not sight.capital(at):
        return False
    if not isinstance(hit.meaning, Point) or hit.meaning.year is not None or depth or at != hit.start:
        return True
    if text == "may":
        return _may(sight, hit)
    if text == "march":
        return _march(sight, hit)
    if len(text) < 4:
        return False
    before, after = sight.before(hit.start), sight.after(hit.end)
    personal = text in ("april", "june", "august") and after[:1].isupper() and after.lower() not in words()["MONTH"]
    return (
        not personal
        or before in wordlist("before_season")
        or before in wordlist("determiners")
        or before.endswith("'s")
    )


def _may(sight: Sight, hit: Hit) -> bool:
    before, after = sight.before(hit.start), sight.after(hit.end).lower()
    if after in wordlist("verbs_of_may"):
        return False
    if before in wordlist("before_time") or before in wordlist("months_before") or before in words()["MONTH"]:
        return True
    return after in words()["MONTH"] or sight.next_sign(hit.end) in ("-", "/")


def _march(sight: Sight, hit: Hit) -> bool:
    before, after = sight.before(hit.start), sight.after(hit.end)
    if before == "to" and sight.names_month_before(hit.start):
        return True
    if before == "a" and noun_like(after):
        return True
    if (
        before in wordlist("before_march")
        or after in ("on", "onto", "for")
        or (after == "to" and sight.low.startswith(" the", hit.end + 3))
    ):
        return False
    return before != "the" or noun_like(after)


@guard(
    "day month year",
    "month day year",
    "ordinal of month",
    "month the ordinal",
    "day month short year",
    "month day year era",
    "day month year era",
    "month year era",
)
def _day_month(sight: Sight, hit: Hit, depth: int) -> bool:
    text = said(sight, hit)
    name = next((w for w in text.replace(",", " ").replace("-", " ").split() if w in words()["MONTH"]), "")
    if name and not sight.capital(hit.start + text.find(name)):
        return False
    if sight.after(hit.end) in wordlist("street_names") and not text[-4:].isdigit():
        return False
    if hit.rule == "month the ordinal" and " the " in text and sight.capital(hit.start + text.rfind(" ") + 1):
        return False
    point = hit.meaning
    if isinstance(point, Point) and point.year is None and text[-1].isdigit() and plural(sight.after(hit.end)):
        return name not in ("march", "may")
    return sight.before(hit.start)[-1:] not in ("$", "£", "€")


@guard("roman month")
def _roman(sight: Sight, hit: Hit, depth: int) -> bool:
    return all(c.isupper() for c in sight.text[hit.start : hit.end] if c.isalpha())


@guard("weekday")
def _weekday(sight: Sight, hit: Hit, depth: int) -> bool:
    if not sight.capital(hit.start) or said(sight, hit).endswith("."):
        return False
    return sight.before(hit.start) not in wordlist("names_before_weekday") and sight.after(hit.end) not in wordlist(
        "names_after_weekday"
    )


@guard("weekdays")
def _weekdays(sight: Sight, hit: Hit, depth: int) -> bool:
    return sight.capital(hit.start)


@guard("year")
def _year(sight: Sight, hit: Hit, depth: int) -> bool:
    """A bare number of four digits is a year unless it counts, costs or numbers something."""
    text = said(sight, hit)
    if not text[0].isdigit():
        return True
    before, after = sight.before(hit.start), sight.after(hit.end)
    if not _year_signs(sight, hit, before) and not (
        before in wordlist("before_time") and sight.next_sign(hit.end) == "-"
    ):
        return False
    if before in wordlist("not_before_year") or after in wordlist("units") or after in wordlist("not_after_year"):
        return False
    if after in ("were", "are", "have") and before not in wordlist("years_follow"):
        return bool(depth)
    if before in ("of", "and", "or") and plural(after) and int(text) % 10 == 0:
        return False
    if before in wordlist("years_follow") or sight.low[max(0, hit.start - 1) : hit.start] in ("(", "["):
        return True
    if plural(after):
        return before in wordlist("determiners") and int(text) % 10 != 0
    return (_EARLIEST <= int(text) <= _LATEST and not _STREET.match(sight.text, hit.end)) or bool(depth)


def _year_signs(sight: Sight, hit: Hit, before: str) -> bool:
    last, sign = sight.low[max(0, hit.start - 1) : hit.start], sight.next_sign(hit.end)
    if last == "/":
        return before.rstrip("/")[-4:].isdigit()
    if (last and last in "$£€#.,:+°@&=_*") or sign in ("%", "°", "/", "_", "@", "="):
        return sign == "/" and sight.low[hit.end + 1 : hit.end + 2].isdigit()
    if sign == "-" and sight.low[hit.end + 1 : hit.end + 2].isalpha():
        return (
            sight.low.startswith(("-era", "-born", "-style"), hit.end) or sight.low[hit.end + 1 : hit.end + 4].istitle()
        )
    if last == "-" and before[-2:-1].isdigit():
        return False  # the end of a range stands with its beginning; alone it is a telephone number, or pages
    if last == "-" and before.rstrip("-")[-1:].isalpha():
        return before.rstrip("-") in ("mid", "pre", "post", "early", "late") or before.rstrip("-") in words()["MONTH"]
    return True


@guard("ancient year")
def _ancient(sight: Sight, hit: Hit, depth: int) -> bool:
    """A bare number is a year before our era only in a text that names such years near it."""
    if not isinstance(hit.meaning, Point) or not hit.meaning.year or not sight.ancient_years:
        return False
    if not depth and sight.before(hit.start) not in wordlist("years_follow"):
        return False
    near = any(abs(hit.meaning.year + year) <= _ANCIENT for year in sight.ancient_years)
    return near and not _counts(sight, hit.end)


def _counts(sight: Sight, end: int) -> bool:
    after = sight.after(end)
    if plural(after) or after in wordlist("units") or sight.next_sign(end) in ("%", "-", ":"):
        return True
    return after.islower() and after not in wordlist("after_time")


@guard("circa year")
def _circa(sight: Sight, hit: Hit, depth: int) -> bool:
    after = sight.after(hit.end)
    if plural(after) or after in wordlist("units") or after in wordlist("not_after_year"):
        return False
    return sight.before(hit.start) not in ("was", "were", "with", "killed", "by", "had", "of") or "ad" in said(
        sight, hit
    )


@guard("short year", "short decade")
def _short(sight: Sight, hit: Hit, depth: int) -> bool:
    return not said(sight, hit)[0].isdigit() and not sight.low[max(0, hit.start - 1) : hit.start].isalnum()


@guard("season", "season era")
def _season(sight: Sight, hit: Hit, depth: int) -> bool:
    """ "Fall" and "spring" are verbs and waters too; other seasons stand where a preposition or an article is."""
    point, text = hit.meaning, said(sight, hit)
    if not isinstance(point, Point) or point.year is not None or depth:
        return True
    after, before, the = sight.after(hit.end), sight.before(hit.start), text.startswith("the ")
    if after == "of" and not _OF_YEAR.match(sight.low, hit.end):
        return False
    if after.lower() in wordlist("not_after_season") or (the and sight.capital(hit.start + 4)):
        return False
    if after in wordlist("after_season"):
        return before not in ("to", "will", "would")
    if text.endswith("fall"):
        placed = before in wordlist("before_season")
        return (
            (placed and after not in ("of", "from", "to", "back"))
            if the
            else before in ("in", "this", "since", "last", "next")
        )
    if text.endswith("spring") and not the:
        return before in wordlist("before_season") and before != "of"
    return (
        the or before in wordlist("before_time") or (not sight.capital(hit.start) and before not in ("hot", "a", "to"))
    )


@guard("spoken decade")
def _spoken(sight: Sight, hit: Hit, depth: int) -> bool:
    return sight.before(hit.start) in wordlist("before_time") and sight.after(hit.end) != "of"


@guard("feast")
def _feast(sight: Sight, hit: Hit, depth: int) -> bool:
    which, _, _ = said(sight, hit).partition(" ")
    led = isinstance(hit.meaning, Point) and hit.meaning.within is not None
    named = hit.start + len(which) + 1 if led else hit.start
    if not sight.capital(named):
        return False
    after = sight.after(hit.end)
    if isinstance(hit.meaning, Point) and hit.meaning.within is not None:
        return not after[:1].isupper()
    return not (after[:1].isupper() and said(sight, hit) in ("christmas", "easter")) and after not in wordlist(
        "after_feast"
    )


@guard("quarter")
def _quarter(sight: Sight, hit: Hit, depth: int) -> bool:
    known = isinstance(hit.meaning, Point) and hit.meaning.year is not None
    return (
        known
        or bool(_OF_YEAR.match(sight.low, hit.end))
        or sight.after(hit.end) not in ("of", "mile", "finals", "final")
    )


@guard("weekday of")
def _weekday_of(sight: Sight, hit: Hit, depth: int) -> bool:
    point = hit.meaning
    within = point.within if isinstance(point, Point) else None
    at = said(sight, hit).find(next((w for w in said(sight, hit).split() if w in words()["WEEKDAY"]), ""))
    return within is not None and sight.capital(hit.start + at)


@guard("numeric")
def _numeric(sight: Sight, hit: Hit, depth: int) -> bool:
    if sight.before(hit.start) in wordlist("not_before_year"):
        return False
    return sight.low[max(0, hit.start - 1) : hit.start] not in ("$", ".", "/", "-", ",", "£", "€")


@guard("day month early year")
def _early_year(sight: Sight, hit: Hit, depth: int) -> bool:
    """24 August 410, and in 410 where the text names such years; a number of three digits mostly counts something."""
    point, after = hit.meaning, sight.after(hit.end)
    if not isinstance(point, Point) or plural(after) or after in wordlist("units"):
        return False
    ends = not after or after[:1].isupper() or after in wordlist("early_year_goes_on")
    if point.month:
        name = re.search("[a-z]{3,}", said(sight, hit).removeprefix("the "))
        return ends and name is not None and sight.capital(hit.start + said(sight, hit).find(name.group()))
    if said(sight, hit).startswith(("the year", "in the year")):
        return ends
    placed = sight.before(hit.start) in wordlist("years_follow") or depth
    return bool(placed and ends and sight.early_years and sight.next_sign(hit.end) != "-")


@guard("the part", "bare part")
def _part(sight: Sight, hit: Hit, depth: int) -> bool:
    """ "In the morning" is a time; "at night" is one only where it is asked for."""
    text, before = said(sight, hit), sight.before(hit.start)
    if hit.rule == "bare part" and not depth:
        if text.endswith(("night", "night-time", "nighttime", "daytime")):
            return bool(sight.options.bare_night)
        return text in wordlist("edges_of_day") and before in (
            "at",
            "by",
            "before",
            "until",
            "after",
            "since",
            "from",
            "till",
        )
    if depth:
        return True
    return (
        before in wordlist("before_part")
        and sight.after(hit.end) not in ("of", "sky", "light", "air")
        and not sight.capital(hit.start + 4)
    )
