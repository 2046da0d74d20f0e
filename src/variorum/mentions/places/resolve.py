"""Resolution: which of the places that bear a name a text means, settled by all its names together.

Every name votes for the country and the division of what it may mean, with less weight the more it may mean; a reading
is scored by these votes, by its closeness to the other places, by what the text says it lies in, and, last, by its
population. A name means one place throughout a text, unless the text itself says what it lies in each time.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from variorum.gazetteer import TOWNS, Entry, fold
from variorum.lists import toml

__all__ = ["Naming", "contains", "kilometres", "settle"]

_SETTLING = toml("place_words")["settling"]
ROUNDS: int = _SETTLING["rounds"]
SCALE_KM: float = _SETTLING["scale_km"]
WITNESSES: int = _SETTLING["witnesses"]
READINGS: int = _SETTLING["readings"]
COUNTRY: float = _SETTLING["country"]
PROVINCE: float = _SETTLING["province"]
REGION: float = _SETTLING["region"]
CONTINENT: float = _SETTLING["continent"]
CONTAINED: float = _SETTLING["contained"]
CAPITAL: float = _SETTLING["capital"]
ALTERNATE: float = _SETTLING["alternate"]
ALTERNATE_SMALL: float = _SETTLING["alternate_small"]
VOTE_COUNTRY: float = _SETTLING["vote_country"]
VOTE_DIVISION: float = _SETTLING["vote_division"]
CLOSENESS: float = _SETTLING["closeness"]
REPEAT: float = _SETTLING["repeat"]
FLOOR: float = _SETTLING["floor"]
BESIDE: float = _SETTLING["beside"]
NEAR_KM: float = _SETTLING["near_km"]
APART_KM: float = _SETTLING["apart_km"]
PLAUSIBLE: float = _SETTLING["plausible"]

Scores = list[tuple[float, Entry]]


@dataclass(slots=True)
class Naming:
    """A name of a text with its readings, how often it stands there, and the entries that are told to contain it."""

    key: str
    readings: list[Entry]
    count: int = 1
    within: list[Entry] = field(default_factory=list)
    votes_only: bool = False
    street: bool = False
    """Whether it ends in a word for a street or square: there is one in every town."""
    beside: list[Naming] = field(default_factory=list)
    """Names that the text says it lies near."""
    scores: Scores = field(default_factory=list)
    _priors: list[float] = field(default_factory=list)

    @property
    def best(self) -> Entry | None:
        """The reading that stands first, None for a name without readings."""
        return self.scores[0][1] if self.scores else None

    @property
    def strength(self) -> float:
        """The weight of its vote."""
        share = 1.0 / math.sqrt(max(1, len(self.readings)))
        return share * (1 + REPEAT * min(self.count - 1, 10)) * (0.6 if self.votes_only else 1.0)


def settle(namings: Sequence[Naming]) -> None:
    """Orders the readings of every name, best first, in `Naming.scores`.

    >>> def town(n, country, people): return Entry(n, "Hale", "town", 10.0 * n, 0.0, country, country + ".1", people)
    >>> hale = Naming("hale", [town(1, "AA", 90_000), town(2, "BB", 3_000)])
    >>> asker = Naming("asker", [Entry(3, "Asker", "country", 19.0, 0.0, "BB", "BB", 10)])
    >>> settle([hale, asker]); hale.best.country
    'BB'
    """
    for naming in namings:
        if len(naming.readings) > READINGS:
            naming.readings = sorted(naming.readings, key=lambda e: (-e.population, e.number))[:READINGS]
        naming._priors = [_prior(naming, e) for e in naming.readings]
        naming.scores = _ordered(zip(naming._priors, naming.readings, strict=True))
    for turn in range(ROUNDS):
        votes = _Votes(namings, spread=turn == 0)
        towns = _towns(namings) if turn else []
        for naming in namings:
            votes.leave_out(naming)
            close = _closeness(naming, towns)
            scored = (
                (prior + votes.of(entry) + CLOSENESS * near + BESIDE * _told_near(naming, entry), entry)
                for prior, near, entry in zip(naming._priors, close, naming.readings, strict=True)
            )
            naming.scores = _ordered(scored)
            votes.put_back(naming)
    for naming in namings:
        _withdraw(naming)


def _told_near(naming: Naming, entry: Entry) -> float:
    """From 0 to 1, how near a reading lies to what the text says it is near."""
    others = [other.best for other in naming.beside]
    return max((math.exp(-kilometres(entry, other) / NEAR_KM) for other in others if other is not None), default=0.0)


def _withdraw(naming: Naming) -> None:
    """A name that the text puts near another place means none that lies far from it: no gazetteer has it then."""
    others = [other.best for other in naming.beside if other.best is not None and other.best.kind in TOWNS]
    best = naming.best
    if best is None or not others or best.kind not in TOWNS:
        return
    if all(kilometres(best, other) > APART_KM for other in others):
        naming.scores = []


def _ordered(scored: Iterable[tuple[float, Entry]]) -> Scores:
    return sorted(scored, key=lambda pair: (-pair[0], -pair[1].population, pair[1].number))


_REGIONS = frozenset({"region", "sea", "lake", "river", "mountain", "island", "bay", "strait", "canal"})


def _prior(naming: Naming, entry: Entry) -> float:
    score = math.log10(entry.population + 50)
    if entry.kind == "country":
        score += COUNTRY
    elif entry.kind == "continent":
        score += CONTINENT
    elif entry.kind == "province":
        score += PROVINCE
    elif entry.kind in _REGIONS:
        score += REGION
    elif entry.kind == "capital":
        score += CAPITAL
    elif fold(entry.name) != naming.key.partition("#")[0]:
        score += ALTERNATE if entry.population >= 100_000 else ALTERNATE_SMALL
    if any(contains(w, entry) for w in naming.within):
        score += CONTAINED
    return score


def contains(outer: Entry, inner: Entry) -> bool:
    """True when what is known of both allows the inner to lie in the outer."""
    if outer == inner or not inner.country:
        return False
    if outer.kind in ("country", "people"):
        return outer.country == inner.country and inner.kind != "country"
    if outer.kind == "province":
        return outer.division == inner.division and inner.kind not in ("country", "province")
    if outer.kind in ({"district"} | TOWNS):
        return outer.division == inner.division and inner.kind not in ("country", "province") and _near(outer, inner)
    return False


def _near(outer: Entry, inner: Entry) -> bool:
    if outer.lat is None or inner.lat is None:
        return True
    return kilometres(outer, inner) <= max(2.5 * outer.radius_km, 80.0)


class _Votes:
    """The votes of all names for countries and divisions, with one name left out at a time."""

    def __init__(self, namings: Sequence[Naming], spread: bool) -> None:
        self.spread = spread
        self.countries: dict[str, float] = defaultdict(float)
        self.divisions: dict[str, float] = defaultdict(float)
        self.all_countries = self.all_divisions = FLOOR
        for naming in namings:
            self._count(naming, 1.0)

    def leave_out(self, naming: Naming) -> None:
        self._count(naming, -1.0)

    def put_back(self, naming: Naming) -> None:
        """In the first round as it was; later with its new order, which the names after it hear at once."""
        self._count(naming, 1.0)

    def of(self, entry: Entry) -> float:
        score = VOTE_COUNTRY * self.countries.get(entry.country, 0.0) / self.all_countries if entry.country else 0.0
        if entry.division != entry.country and self.all_divisions > 0:
            score += VOTE_DIVISION * self.divisions.get(entry.division, 0.0) / self.all_divisions
        return score

    def _count(self, naming: Naming, sign: float) -> None:
        countries, divisions = _ballot(naming, self.spread)
        for country, weight in countries.items():
            self.countries[country] += sign * weight
        for division, weight in divisions.items():
            self.divisions[division] += sign * weight
        self.all_countries += sign * naming.strength if countries else 0.0
        self.all_divisions += sign * naming.strength if divisions else 0.0


def _ballot(naming: Naming, spread: bool) -> tuple[dict[str, float], dict[str, float]]:
    """What a name votes for: at first all that it may mean, each by its prominence, then its best reading."""
    top = max(naming._priors, default=0.0)
    pairs = zip(naming._priors, naming.readings, strict=True) if spread else ((top, e) for _, e in naming.scores[:1])
    countries: dict[str, float] = {}
    divisions: dict[str, float] = {}
    for prior, entry in pairs:
        weight = naming.strength * 10 ** (PLAUSIBLE * (prior - top))
        if entry.country:
            countries[entry.country] = max(countries.get(entry.country, 0.0), weight)
        if entry.division != entry.country:
            divisions[entry.division] = max(divisions.get(entry.division, 0.0), weight)
    return countries, divisions


def _towns(namings: Sequence[Naming]) -> list[tuple[Naming, Entry, float]]:
    """The towns that the names mean so far, those named most often first."""
    found = [
        (n, n.best, n.strength) for n in namings
        if n.best is not None and n.best.lat is not None and n.best.kind in ({"district"} | TOWNS)
    ]  # fmt: skip
    found.sort(key=lambda item: -item[0].count)
    return found[: WITNESSES + 1]


def _closeness(naming: Naming, towns: Sequence[tuple[Naming, Entry, float]]) -> list[float]:
    """For each reading, from 0 to 1, how near it lies to the towns of the other names."""
    others = [(e, w) for n, e, w in towns if n is not naming]
    total = sum(w for _, w in others) + FLOOR
    if len(naming.readings) < 2 or not others:
        return [0.0] * len(naming.readings)
    return [
        0.0 if entry.lat is None or entry.kind in ("country", "continent")
        else sum(w * math.exp(-kilometres(entry, other) / SCALE_KM) for other, w in others) / total
        for entry in naming.readings
    ]  # fmt: skip


def kilometres(a: Entry, b: Entry) -> float:
    """The distance of two entries on a sphere, in kilometres; infinite where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))
