"""Scope: what a figure counts, where and when, and which figures may be compared at all.

Only like is compared with like: one role, one kind of unit, one level, groups that do not exclude each other, times
that meet, places that meet. Parts, wholes and the time a figure belongs to decide most false conflicts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from variorum.counted import across, meet, part
from variorum.dates import Days, hull, interval, iso
from variorum.lists import toml, words
from variorum.readings.camps import camps, two_camps
from variorum.readings.interval import Amount
from variorum.readings.judge import cite
from variorum.records import Figure, Place, Reading
from variorum.sentences import Dated, Passage, once, stem

__all__ = ["PART_OF_WHOLE", "Counted", "counted", "guard", "inside", "of_others", "plain"]

_SET = toml("readings")["scope"]
PART_OF_WHOLE: float = _SET["part_of_whole"]


LONGER: float = _SET["longer"]
YEAR: float = _SET["year"]
PERIOD_DAYS: float = _SET["period_days"]
SAME_PARAGRAPH: float = _SET["same_paragraph"]
FAR_DAYS: float = _SET["far_days"]
SIDE: int = _SET["side"]
MEN = frozenset(words("readings", "words", "all_men"))


@dataclass(slots=True)
class Counted:
    """A figure with its scope: ``when`` None is unknown; ``own`` says that its sentence gives that time itself.

    ``spot`` is the place of its sentence at which it counts; ``parts`` are the figures of which it is the sum.
    """

    figure: Figure
    passage: Passage
    amount: Amount
    kind: str
    group: str
    level: str
    when: Days | None
    edtf: str | None
    own: bool
    total: bool
    places: frozenset[str]
    near: frozenset[str]
    as_of: Days | None = None
    context: Days | None = None
    spot: Place | None = None
    parts: tuple[Counted, ...] = ()
    kept: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def role(self) -> str:
        """The role, or for a figure without one what it counts."""
        return self.figure.role

    @property
    @once
    def roles(self) -> tuple[str, ...]:
        """The roles in which it is compared: no casualties are none killed and none wounded; hostages are held."""
        if self.role == "casualties" and self.amount.high == 0:
            return (self.role, "killed", "wounded")
        if self.role in ("captured", "arrested") and _pattern("hostages").search(self.passage.text):
            return (self.role, "held hostage")
        if self.loose and _lost().match(self.passage.text):
            return (self.role, "destroyed")
        return (self.role,)

    @property
    def loose(self) -> bool:
        """Whether nothing is told of those counted, or it is a measure: compared only where one noun is counted."""
        return self.role in words("readings", "roles", "loose")

    def _place(self) -> str | None:
        """The first of its places that the sentence names."""
        named = (p.name for p in self.passage.places if plain(p.name) in self.places)
        return next(named, self.figure.place if self.places else None)

    def readings(self) -> list[Reading]:
        """The figure, or those of which it is the sum, as readings."""
        return [part.reading() for part in self.parts] or [self.reading()]

    def said(self) -> str:
        """The words of the figure, or of those of which it is the sum, with their witness."""
        if not self.parts:
            return cite(self.reading())
        told = " and ".join(f"“{' '.join(part.figure.text.split())}” {part.group}".rstrip() for part in self.parts)
        return f"{self.figure.witness} has {told}, {self.amount.low:g} together"

    def reading(self) -> Reading:
        """The figure as a reading of its role."""
        f = self.figure
        claim = next((c.claim for c in self.passage.claims if c.start <= f.start < c.end), None)
        return Reading(
            f.witness, f.start, f.end, f.text, "", None, f.role, f.role, self.group or None, self.level,
            self._place(), self.edtf, iso(self.as_of), list(f.voice), f.text, f.low, f.high,
            "sentence" if self.own else "inherited", claim,
        )  # fmt: skip


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = sorted(toml("readings")["words"][name], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(w) for w in words) + r")\b", re.IGNORECASE)


@cache
def _lost() -> re.Pattern[str]:
    """The participle that opens a list of what was lost, a sentence without a verb."""
    told, verb = ("|".join(toml("readings")["words"][name]) for name in ("opens_losses", "goes_on"))
    return re.compile(rf"\W*(?:{told})\b(?!\s+(?:{verb})\b)", re.IGNORECASE)


def counted(passage: Passage, figure: Figure, countries: frozenset[str] = frozenset()) -> Counted | None:
    """The figure with its scope; None for durations, and for figures without a bound.

    ``countries`` are names too wide to tell two places apart.
    """
    if figure.was is not None:  # denied or withdrawn: no claim of the witness
        return None
    if figure.kind in ("time", "duration", "date", "age") or (figure.low is None and figure.high is None):
        return None
    at = figure.start - passage.start
    if _earlier(passage, figure) or _CUT.match(passage.text, figure.end - passage.start):
        return None
    total = bool(_pattern("total").search(passage.text[max(0, at - 60) : figure.end - passage.start + 40]))
    total = total or bool(_pattern("total").match(passage.text))
    when, edtf, own = _when(passage, figure, total)
    own_places, near_places = _places(passage, figure, countries)
    return Counted(
        figure, passage, Amount.of(figure.low, figure.high, figure.approximate), _kind(figure), _group(passage, figure),
        "part" if _part(passage, figure, at) else "total", when, edtf, own, total, own_places, near_places,
        _as_of(passage, figure, when), _context(passage, figure), _spot(passage, figure),
    )  # fmt: skip


_CUT = re.compile(r"[,.]{2}|,?\s+000\b|,\s+\d{3}(?!\d)|,\s*$")
"""What follows a number that goes on behind a break: "$25,000,." or "$20," before "000,000", or at a sentence's end."""


def _earlier(passage: Passage, figure: Figure) -> bool:
    """The first number of "from 18 to 14", which holds no longer."""
    before = passage.text[max(0, figure.start - passage.start - 5) : figure.start - passage.start].lower()
    after = passage.text[figure.end - passage.start : figure.end - passage.start + 6].lower()
    return before == "from " and re.match(r" to \S", after) is not None


def _part(passage: Passage, figure: Figure, at: int) -> bool:
    """A part of a whole of its own role: said to be, of a group that cuts across, or after "including" and the like."""
    if figure.part_of is not None and all(f.role == figure.role for f in passage.figures if f.start == figure.part_of):
        return True
    if across(_group(passage, figure)) or figure.text.lower() in words("readings", "words", "one"):
        return True
    before = passage.text[max(0, at - 60) : max(0, at)]
    rest = (figure.unit or "").lower() in words("histories", "words", "rest")
    if (rest and _beside_one().search(before)) or _body().search(before):
        return True
    if _AMONG.search(passage.text[max(0, at - 60) : max(0, at)]) or _of_told().match(passage.text[max(0, at) :], 0):
        return True
    if figure.role == "wounded" and _pattern("still_there").search(passage.text[max(0, at) : max(0, at) + 60]):
        return True
    return any(
        m.end() >= min(at, 14) - 2 for m in _pattern("part").finditer(passage.text[max(0, at - 14) : max(0, at)])
    )


@cache
def _beside_one() -> re.Pattern[str]:
    """Before "eight others" that are a part beside one who is named, not all of whom the role is told."""
    whom = "|".join(sorted(words("histories", "words", "whom")))
    return re.compile(rf"\b(?:[A-Z][\w’'-]*|{whom}),? (?:and|with) (?:\w+ ){{0,2}}$")


@cache
def _body() -> re.Pattern[str]:
    """\"Of the regiment" before a number, at the beginning of a clause: a part of that body."""
    before = "|".join(map(re.escape, words("histories", "words", "barely")))
    whose = "|".join(words("histories", "words", "whose"))
    return re.compile(rf"(?:^|[.;:,]\s+|\band\s)of (?:{whose}) (?:[\w’'-]+ ){{1,3}}(?:(?:{before}) )?$", re.IGNORECASE)


def _group(passage: Passage, figure: Figure) -> str:
    """The group that is counted; "men" of whom no women or children are told apart are all there were."""
    told = (figure.unit or "").lower().split()
    if figure.group in MEN and told[-1:] == [figure.group]:
        beside = (f.group for f in passage.figures if f is not figure)
        return figure.group if any(across(group) for group in beside) else "people"
    return figure.group or ""


def _kind(figure: Figure) -> str:
    if figure.kind not in ("", "other", None):
        return figure.kind
    if figure.role in toml("readings")["roles"]["people"]:
        return "people"
    return stem((figure.unit or "").split()[-1]) if (figure.unit or "").split() else ""


def _when(passage: Passage, figure: Figure, total: bool) -> tuple[Days | None, str | None, bool]:
    """The figure's time: the days listed beside it together, its own date, or an inherited one unless it is a total.

    Only the paragraph's time is inherited, and never the day of speaking or publishing.
    """
    years = all(t.days.length > YEAR for t in passage.times)
    single = sorted((t for t in passage.times if years or t.days.length <= 1), key=lambda t: t.days)
    if len(single) > 1 and _one_list(passage, single):
        span = hull(t.days for t in single)
        return span, f"{iso(single[0].days)}/{iso(single[-1].days)}", True
    when = interval(figure.date)
    if when is not None and any(t.days.meets(when) for t in passage.times):
        return when, figure.date, True
    if passage.times:
        nearest = min(passage.times, key=lambda t: min(abs(t.start - figure.end), abs(figure.start - t.end)))
        return nearest.days, nearest.edtf, True
    borrowed = passage.borrowed
    if (
        total
        or borrowed is None
        or borrowed.weight < SAME_PARAGRAPH
        or any(borrowed.days == interval(d) for d in _said_on(passage, figure))
    ):
        return None, None, False
    return borrowed.days, borrowed.edtf, False


def _said_on(passage: Passage, figure: Figure) -> list[str]:
    """The days of the speech in which the figure stands, and of publication: they date the words, not what happened."""
    spoken = [q.date for q in passage.quotes if q.start <= figure.start < q.end and q.date]
    return [*spoken, *([passage.published] if passage.published else [])]


def _context(passage: Passage, figure: Figure) -> Days | None:
    """The time of the telling around a figure that has no time of its own; it bounds, but never dates."""
    return passage.borrowed.days if passage.borrowed else interval(figure.date)


def _as_of(passage: Passage, figure: Figure, when: Days | None) -> Days | None:
    """The day up to which is counted: the end of a period told, the day of the speech, or that of publication.

    Whether the count was still open on that day is for the comparison to say.
    """
    if when is not None and PERIOD_DAYS < when.length <= 400 and passage.times:
        return Days(when.after - 1, when.after)
    for told in _said_on(passage, figure):
        day = interval(told)
        if day is not None and day.length <= 1 and (when is None or day.first - when.after >= -1):
            return day
    return None


def _one_list(passage: Passage, times: Sequence[Dated]) -> bool:
    """True when the days stand in one list, with nothing but commas and "and" between them."""
    ordered = sorted(times, key=lambda t: t.start)
    gaps = (passage.text[a.end - passage.start : b.start - passage.start] for a, b in pairwise(ordered))
    return all(len(gap) < 20 and not set(re.findall(r"[^\s,;/&]+", gap)) - {"and", "on", "the"} for gap in gaps)


def _places(passage: Passage, figure: Figure, countries: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The places that the sentence names, and with them the one inherited for the figure; no countries in either."""
    own = {p.name for p in passage.places if not p.metonym and p.name not in countries}
    told = {part.strip() for part in re.split(r",| and ", figure.place or "") if part.strip()} - countries
    own |= {name for name in told if name in passage.text}
    inside = {p.within for p in passage.places if p.within and not p.metonym and p.within not in countries}
    near = told or (frozenset() if own else passage.near)
    return frozenset(map(plain, own | inside)), frozenset(map(plain, own | inside | near))


def _spot(passage: Passage, figure: Figure) -> Place | None:
    """The place of the sentence that the figure is tied to, else the only one that it names."""
    named = [p for p in passage.places if not p.metonym]
    told = [p for p in named if figure.place and p.name == figure.place]
    if told:
        return min(told, key=lambda p: abs(p.start - figure.end))
    return named[0] if len({p.name for p in named}) == 1 else None


def inside(a: Counted, b: Counted) -> bool:
    """True when what the one counts lies in a place within that of the other: a town in its province, a country."""
    x, y = a.spot, b.spot
    if x is None or y is None or x.kind in _AREAS:
        return False
    if y.kind in ("country", "continent"):
        return x.country == y.name or x.country is None
    return y.kind in _AREAS and (x.within == y.name or (x.name != y.name and y.name.startswith(x.name)))


_AMONG = re.compile(
    rf"\b(?:among|amongst|of) (?:the|those)(?: \d+)? (?:{'|'.join(toml('readings')['words']['told_of'])})\b[^.;,]*$",
    re.IGNORECASE,
)
"""\"Among the dead are four members of the crew\"."""


@cache
def _of_told() -> re.Pattern[str]:
    """\"Two of the dead were of the crew\": a part of the dead."""
    told = "|".join(toml("readings")["words"]["told_of"])
    return re.compile(rf"[\w-]+(?: [\w-]+)?(?: \w+)? of (?:the|those) (?:{told})\b", re.IGNORECASE)


_AREAS = toml("readings")["places"]["areas"]


def plain(name: str) -> str:
    """The name of a place as places of two figures are compared."""
    return stem(name) if name.isalpha() else name.lower()


def guard(a: Counted, b: Counted) -> str | None:
    """Why two figures must not be compared, in a few words; None when nothing stands against it.

    The order is from cheap to dear; each reason is shown when a user asks why a row is missing.
    """
    return next((reason for test in _GUARDS if (reason := test(a, b)) is not None), None)


def _counts(a: Counted, b: Counted) -> str | None:
    if not set(a.roles) & set(b.roles):
        return "another role"
    return "another unit" if a.kind != b.kind else None


def _parts(a: Counted, b: Counted) -> str | None:
    if a.level != b.level:
        return "a part against a whole"
    return "another part" if a.level == "part" and a.group != b.group else None


def _own_times(a: Counted, b: Counted) -> str | None:
    if not a.when or not b.when:
        return None
    if not a.when.meets(b.when):
        return "another time"
    part = a.when.share(b.when) < PART_OF_WHOLE or _longer(a, b) or _longer(b, a)
    return "a part of the time" if part else None


def _longer(a: Counted, b: Counted) -> bool:
    """True where the larger number counts a period of which the smaller one counts a year, or several years, alone."""
    if a.when is None or b.when is None or b.when.length <= YEAR or a.amount.low <= b.amount.low:
        return False
    return a.when.length > LONGER * b.when.length and a.when.first <= b.when.first and b.when.after <= a.when.after


def _times_around(a: Counted, b: Counted) -> str | None:
    if a.when or b.when or not a.context or not b.context:
        return None
    return "another time" if a.context.gap(b.context) > FAR_DAYS else None


def _time_of_one(a: Counted, b: Counted) -> str | None:
    pairs = [(one, other) for one, other in ((a, b), (b, a)) if one.when and not other.when]
    return next((reason for one, other in pairs if (reason := _unknown(one, other))), None)


def _other_place(a: Counted, b: Counted) -> str | None:
    return "another place" if a.places and b.places and not a.places & b.places else None


def of_others(a: Counted, b: Counted) -> str | None:
    """Why two figures count other people, in a few words; None where they may count the same."""
    if not meet(a.group, b.group):
        return "another group"
    one, other = _peoples(a), _peoples(b)
    if one and other and not one & other:
        return "another side"
    if two_camps(_camps(a), _camps(b)):
        return "another side"
    return "a part against a whole" if _smaller_part(a, b) or _smaller_part(b, a) else None


@once
def _camps(f: Counted) -> frozenset[str]:
    """The armed side that is told beside a figure."""
    return camps(f.passage, f.figure)


_PEOPLE = re.compile(r"[A-Z][a-z]{2,}(?:ans?|ese|ish|is?)")
"""The name of a people, by its ending: Tolvenian, Merrowese, Askerish."""


@once
def _peoples(f: Counted) -> frozenset[str]:
    """The peoples or sides of whom a figure counts, by the first letters of their names; some are no side."""
    told = (f.figure.unit or "").split() if f.kind == "people" else []
    wide = words("readings", "words", "no_side")
    return frozenset(word[:SIDE] for word in told if _PEOPLE.fullmatch(word) and word.lower().rstrip("s") not in wide)


def _smaller_part(a: Counted, b: Counted) -> bool:
    """A smaller number of those who are a part of what the other counts: four of the crew, 31 people."""
    return part(a.group, b.group or "people") and a.amount.middle < b.amount.middle


def _unknown(known: Counted, other: Counted) -> str | None:
    """What stands against comparing a figure of a known time with one of an unknown time."""
    if known.when and other.context and known.when.gap(other.context) > FAR_DAYS:
        return "another time"
    if other.total and known.own and known.when and known.when.length <= 1 and not known.total:
        return "one day against a total"
    return None


_GUARDS = (_counts, _parts, of_others, _own_times, _times_around, _time_of_one, _other_place)
"""What stands against a comparison, from cheap to dear."""
