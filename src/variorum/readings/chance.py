"""The chance of a real comparison: the same happening, the same thing counted or done, the same scope.

A logistic model over a few pieces of evidence; its weights stand in `data/chance.csv`, each with its meaning, and were
fitted by `training/chance.py` on rows of open collections that were read and marked one by one. How well the chance
keeps its word stands in `docs/verdicts.md`.
"""

from __future__ import annotations

import math
import re
from functools import cache

from variorum.dates import interval
from variorum.lists import rows, toml, words
from variorum.readings.collation import Collation
from variorum.readings.judge import Row
from variorum.readings.kindred import NAME
from variorum.readings.referents import meant
from variorum.readings.wording import weighed
from variorum.records import Claim
from variorum.sentences import Passage, once, stem, stems
from variorum.verdicts import Standing

__all__ = ["evidence", "pair_of", "rated", "weighted"]

_SET = toml("readings")["chance"]
SHOWN: float = _SET["shown"]
NEAR: float = _SET["near"]
DOUBTED: float = _SET["doubted"]
GIVEN: dict[str, float] = _SET["given"]
OF_ONE: dict[str, list[float]] = _SET["of_one"]
TOLD = "told of one"
DAY = len("1998-11-17")
ALIKE = frozenset(words("readings", "chance", "like_words"))
KNOWN: float = _SET["known"]
SEVERAL_NAMES: int = _SET["several_names"]
RARE: float = _SET["rare"]
PERIOD: float = _SET["period"]
UNLIKE: float = _SET["unlike"]
MUCH_ALIKE: float = _SET["much_alike"]
SEVERAL_WORDS: int = _SET["several_words"]


def evidence(row: Row, collation: Collation) -> dict[str, float]:
    """The pieces of evidence of a row by name, as `data/chance.csv` explains them; those that are lacking count 0."""
    a, b = pair_of(row)
    found = {
        f"rule {row.rule}": 1.0,
        "conflict": float(row.verdict == Standing.CONFLICT),
        "no role": float(row.attribute == "other"),
        "difference": row.difference,
        **row.evidence,
    }
    if a is not b:
        found |= _of_pair(a, b, collation)
    if row.rule == "date" and row.verdict == Standing.CONFLICT:
        near = found.get("days apart", 0.0) <= NEAR
        found["dates near"] = float(near)
        one = found["same people"] if found["same act word"] else 0.0
        placed = found["same place"] * found["same act word"]
        found["dates near, one doing"] = near * max(one, found["alike"], placed, found["same doer and thing"])
        found["dates near, one naming"] = near * min(found["rare words"], found["names in common"])
        found["dates far"] = float(not near)
        found["day of telling"] = float(found.get("days apart", 0.0) > 0 and _on_day_of_telling(row))
    if row.rule == "figure" and row.verdict == Standing.CONFLICT:
        found["figures in conflict"] = 1.0
    return found


def pair_of(row: Row) -> tuple[Passage, Passage]:
    """The two sentences on which a row rests."""
    first = row.passages[0]
    other = next((p for p in row.passages if p.witness != first.witness), row.passages[-1])
    return row.pair or (first, other)


def _of_pair(a: Passage, b: Passage, collation: Collation) -> dict[str, float]:
    """What two sentences have in common; worked out once, as several rows rest on one pair."""
    held: dict[tuple[int, int], dict[str, float]] = collation.kept.setdefault("in common", {})
    key = (a.number, b.number)
    if key not in held:
        held[key] = _in_common(a, b, collation)
    return held[key]


def _in_common(a: Passage, b: Passage, collation: Collation) -> dict[str, float]:
    places = [{p.name for p in x.places if not p.metonym and p.kind != "country"} for x in (a, b)]
    names = max(len(_names(a) & _names(b)), 2 * _persons(collation, a, b))
    return {
        "link": collation.score(a, b),
        "one act": float(collation.one_act(a, b)),
        "one event": float(collation.together(a, b)),
        "alike": weighed(frozenset(a.words), frozenset(b.words), collation.rarity.idf),
        "one wording": float(collation.shares_wording(a, b)),
        "same place": float(bool(places[0] & places[1])),
        "rare words": min(1.0, len(collation.shared(a, b, RARE)) / SEVERAL_WORDS),
        "names in common": min(1.0, names / SEVERAL_WORDS),
        "shorter within": _within(collation, a, b),
        "other place": float(bool(places[0] and places[1] and not places[0] & places[1])),
        **_of_claims(a, b, collation),
        **_of_times(a, b),
    }


def _of_claims(a: Passage, b: Passage, collation: Collation) -> dict[str, float]:
    """What their claims have in common, or against each other."""
    triggers = [_triggers(p) for p in (a, b)]
    pairs = [(x, y) for x in a.claims for y in b.claims]
    return {
        "same act word": float(bool(triggers[0] & triggers[1])),
        "same people": max((_people(x, y) for x, y in pairs), default=0.0),
        "other doer": float(any(_others(collation, a, x, b, y) for x, y in pairs)),
        "same doer and thing": float(any(_one_doing(collation, a, x, b, y) for x, y in pairs)),
    }


@once
def _triggers(passage: Passage) -> frozenset[str]:
    """The stems of the words for its acts."""
    return frozenset(stem(c.trigger) for c in passage.claims if c.trigger)


def _of_times(a: Passage, b: Passage) -> dict[str, float]:
    """Whether their times meet, and how many days lie between them."""
    if not (a.times and b.times):
        return {}
    gap = min(t.days.gap(u.days) for t in a.times for u in b.times)
    met = any(t.days.meets(u.days) for t in a.times for u in b.times)
    return {"same time": float(met), "days apart": 0.0 if met else math.log2(2 + gap)}


@once
def _names(passage: Passage) -> frozenset[str]:
    """The words with a capital within a passage, but for its first and those of its times."""
    taken = [(t.start - passage.start, t.end - passage.start) for t in passage.times]
    return frozenset(
        m[0].lower()
        for m in NAME.finditer(passage.text)
        if m.start() and not any(low <= m.start() < high for low, high in taken)
    )


def _within(collation: Collation, a: Passage, b: Passage) -> float:
    """The share of the words of the shorter sentence, by their rarity, that the longer has too, 0 to 1.

    Names in whatever spelling; none of a sentence of fewer than `SEVERAL_WORDS` words, or if all sentences have them.
    """
    x, y = (_told(collation, p) for p in (a, b))
    short, long = (x, y) if len(x) <= len(y) else (y, x)
    if len(short) < SEVERAL_WORDS:
        return 0.0
    idf = collation.rarity.idf
    whole = math.fsum(idf.get(w, 2.0) for w in short)
    return math.fsum(idf.get(w, 2.0) for w in short & long) / whole if whole else 0.0


def _told(collation: Collation, passage: Passage) -> frozenset[str]:
    """The content words of a sentence, a name that means one person replaced by the person."""
    known, witness = collation.called, passage.witness
    return frozenset(known.get((witness, word)) or known.get(("", word)) or word for word in passage.words)


def _persons(collation: Collation, a: Passage, b: Passage) -> int:
    """How many persons both name, in whatever spelling."""
    named = (meant(collation.called, p.witness, map(stem, _names(p))) for p in (a, b))
    return sum(word.startswith("=") for word in frozenset.intersection(*named))


def _one_doing(collation: Collation, a: Passage, x: Claim, b: Passage, y: Claim) -> bool:
    """True where two claims have words in common both for who and for to whom, whatever their word for the act."""
    return all(
        left
        and right
        and meant(collation.called, a.witness, stems(left)) & meant(collation.called, b.witness, stems(right))
        for left, right in ((x.agent, y.agent), (x.patient, y.patient))
    )


def _others(collation: Collation, a: Passage, x: Claim, b: Passage, y: Claim) -> bool:
    """True where two claims have one word for the act, and two persons by name for who did it."""
    if not x.trigger or stem(x.trigger) != stem(y.trigger):
        return False
    told = (meant(collation.called, p.witness, stems(c.agent or "")) for p, c in ((a, x), (b, y)))
    left, right = (frozenset(word for word in who if word.startswith("=")) for who in told)
    return bool(left and right and not left & right)


def _people(x: Claim, y: Claim) -> float:
    """The share of the words for who and to whom that two claims of one type have in common, 0 to 1."""
    if x.type != y.type and stem(x.trigger or "?") != stem(y.trigger or "!"):
        return 0.0
    left, right = (stems(c.agent or "") | stems(c.patient or "") for c in (x, y))
    return len(left & right) / max(1, min(len(left), len(right)))


@cache
def _weights() -> dict[str, float]:
    return {row["evidence"]: float(row["weight"]) for row in rows("chance")}


def weighted(found: dict[str, float]) -> float:
    """The chance, 0 to 1, by the weights of the table.

    >>> weighted({}) < weighted({"link": 1.0, "one event": 1.0, "alike": 1.0})
    True
    """
    weights = _weights()
    total = weights["always"] + math.fsum(weights.get(name, 0.0) * value for name, value in found.items())
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))


def _known(row: Row, collation: Collation) -> bool:
    """True where more than like words says that two accounts tell one happening: condolences are alike everywhere."""
    if row.verdict != Standing.CONFLICT:
        return True
    a, b = pair_of(row)
    return (
        collation.score(a, b) >= KNOWN
        or collation.together(a, b)
        or len(_names(a) & _names(b)) >= SEVERAL_NAMES
        or _one_voice(row)
        or _near_days(row)
    )


def _loosely(row: Row, collation: Collation) -> bool:
    """True where figures of which nothing is told stand in sentences that share neither an act nor many words."""
    if row.rule != "figure" or row.attribute not in ("people", "other"):
        return False
    a, b = pair_of(row)
    triggers = [{stem(c.trigger) for c in p.claims if c.trigger and c.type != "act"} for p in (a, b)]
    alike = weighed(frozenset(a.words), frozenset(b.words), collation.rarity.idf)
    return not triggers[0] & triggers[1] and alike < MUCH_ALIKE and not collation.shares_wording(a, b)


def _of_a_period(row: Row) -> bool:
    """True where one counts what several days saw, and the other far more or less on one of them: two attacks."""
    if row.rule not in ("figure", "main event") or row.difference < UNLIKE:
        return False
    held = [r for r in row.readings if any(p.witness == r.witness and p.start <= r.start < p.end for p in pair_of(row))]
    days = [when.length for r in held if (when := interval(r.date)) is not None]
    return bool(days) and min(days) <= 1 < max(days) <= PERIOD


def _on_day_of_telling(row: Row) -> bool:
    """True where a date of a row is the day on which its account was published: of an update or a statement."""
    published = {p.witness: interval(p.published) for p in row.passages}
    days = [(interval(r.date), published.get(r.witness)) for r in row.readings]
    return any(day is not None and told is not None and day.meets(told) for day, told in days)


def _two_acts(row: Row, collation: Collation) -> bool:
    """True where two days are rather of two acts: one is done again, or they lie apart in time and place."""
    if row.attribute != "date" or row.verdict != Standing.CONFLICT:
        return False
    a, b = pair_of(row)
    if bool(_repeated().search(a.text)) != bool(_repeated().search(b.text)):
        return True
    if row.rule in ("date", "sole"):
        found = _of_pair(a, b, collation)
        return bool(found["other place"]) and found.get("days apart", 0.0) > NEAR
    return False


@cache
def _repeated() -> re.Pattern[str]:
    """Words that tell an act as done before."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words('readings', 'words', 'repeated')))})\b", re.IGNORECASE)


def _near_days(row: Row) -> bool:
    """True where like words give two days of one month or so, not years, and not clock times."""
    return row.attribute == "date" and row.difference < 1 and all(len(r.date or "") == DAY for r in row.readings)


def _one_voice(row: Row) -> bool:
    """True where two quotations are said by speakers with a word of their name in common."""
    voices = [stems(" ".join(r.voice)) for r in row.readings[:2]]
    return row.rule == "quotation" and len(voices) == 2 and bool(voices[0] & voices[1])


def rated(row: Row, collation: Collation) -> Row:
    """The row with its chance, and sure from `shown` on; renditions stay folded: they differ throughout."""
    if row.verdict == Standing.UNJUDGED:
        return row
    given = GIVEN.get(row.rule)
    if row.rule in OF_ONE and TOLD in row.evidence:
        given = OF_ONE[row.rule][int(row.evidence[TOLD])]
    row.chance = given if given is not None else round(weighted(evidence(row, collation)), 3)
    if given is not None and (row.sure == "low" or (row.rule in ALIKE and not _known(row, collation))):
        row.chance = min(given, DOUBTED)
    if row.verdict == Standing.CONFLICT and (
        row.attribute in words("readings", "roles", "measures")
        or _loosely(row, collation)
        or _of_a_period(row)
        or _two_acts(row, collation)
    ):
        row.chance = min(row.chance, DOUBTED)
    row.sure = "high" if row.chance >= SHOWN and row.rule != "rendition" else "low"
    return row
