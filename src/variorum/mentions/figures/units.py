"""What a figure counts: the noun as worded, its kind (people, settlements, money ...) and which people."""

from __future__ import annotations

from variorum.lists import toml
from variorum.mentions.figures import lexicon
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.lexicon import Unit, excluded
from variorum.mentions.figures.numbers import read
from variorum.mentions.figures.predicates import is_a
from variorum.mentions.figures.words import Line

__all__ = ["name_unit"]

SPANNED = frozenset({"money", "share", "distance", "area", "weight", "energy"})
"""Units that belong to the span of the figure: "3 billion dollars", "20 percent", "100 km"."""

COACHES = ("coach", "coaches")
REACH: int = toml("figures-units")["limits"]["reach"]
MEASURE: int = toml("figures-units")["limits"]["measure"]


def name_unit(count: Count, verbs: frozenset[int] = frozenset()) -> None:
    """Finds the counted noun to the right of a number (or its sign of money) and sets unit, kind, group and edge.

    ``verbs`` are the words (by index) that a parser takes for verbs; they end a noun phrase. A unit that no list has
    keeps the kind "other" when a noun stands there, else "none".
    """
    line = count.line
    symbol = lexicon.units().symbols.get(line.low(count.number))
    if symbol is not None:
        count.unit, count.kind, count.group = symbol, "money", "money"
        count.edge = count.last
        return
    if count.ratio:
        _name_ratio(count, verbs)
        return
    if (share := _share_of(count)) is not None:
        count.unit, count.kind, count.group = share, "share", "share"
        return
    if _population(count):
        return
    if _by_pronoun(count):
        return
    at = _skip(line, count.last)
    found = _listed(line, at, verbs) or _demonym(line, at, verbs)
    if found is not None:
        _set(count, *found)
        return
    if _before_bracket(count):
        return
    end = _run(line, at, verbs)
    if end > at and _may_be_counted(line, at, end, count):
        count.unit, count.kind, count.edge = line.phrase(at, end), "other", end
    else:
        _said_to_be(count, at, verbs)


def _by_pronoun(count: Count) -> bool:
    """``twenty of us``, ``the 1,200 who set out``: people, though no noun names them."""
    line, at = count.line, count.last
    of_us = line.low(at) == "of" and line.low(at + 1) in ("us", "you")
    if not of_us and line.low(at) != "who":
        return False
    count.kind, count.group, count.edge = "people", "people", at + 2 * of_us
    return True


def _before_bracket(count: Count) -> bool:
    """``in terms of men (about 1.3m)``: the noun stands before the bracket."""
    line, at = count.line, count.first - 1
    found = lexicon.units().words.before(line, at) if line.low(at) == "(" and line.low(count.last) == ")" else None
    if found is None or found[1].kind in ("time", "heat", *SPANNED):
        return False
    count.unit, count.kind, count.group = line.phrase(found[0], at), found[1].kind, found[1].group
    return True


def _name_ratio(count: Count, verbs: frozenset[int]) -> None:
    """``one in five inhabitants``: percent of them; ``275 to one``."""
    line, at = count.line, count.last
    count.kind, count.group, count.unit = "share", "share", "to one" if line.low(at - 2) == "to" else "percent"
    while line.low(at) in lexicon.roles().is_["of_whole"] or line.low(at) == "of":
        at += 1
    inner = _listed(line, at, verbs)
    if inner and count.unit == "percent" and inner[2].kind != "time":
        count.unit, count.edge = "percent of " + line.phrase(at, inner[1]), inner[1]


def _said_to_be(count: Count, at: int, verbs: frozenset[int]) -> None:
    """``106 were women``: the noun stands behind the verb."""
    line = count.line
    said = _listed(line, at + 1, verbs) if line.low(at) in ("was", "were", "are", "is") else None
    if said is not None and said[2].kind == "people":
        count.unit, count.kind, count.group = line.phrase(said[0], said[1]), said[2].kind, said[2].group


def _may_be_counted(line: Line, at: int, end: int, count: Count) -> bool:
    """Unlisted words are a unit where the last one is a plural or a name, or the count is one: not ``50 worldwide``."""
    last = line.words[end - 1]
    if not last.alpha:
        return False
    return last.low.endswith("s") or last.name or end - at > 1 or count.low == 1


def _population(count: Count) -> bool:
    """``a city of 50,000``, ``a population of 60,000``: people who live there."""
    line, at = count.line, count.first
    home = line.low(at - 2)
    if line.low(at - 1) != "of" or home not in excluded("home") or line.low(count.last) not in excluded("after_home"):
        return False
    count.kind, count.group, count.why = "people", "civilians", "population"
    count.unit = (
        line.words[count.last].text
        if line.words[count.last : count.last + 1]
        and count.line.low(count.last) in ("people", "inhabitants", "residents", "souls")
        else None
    )
    return True


def _set(count: Count, start: int, end: int, unit: Unit) -> None:
    line = count.line
    count.kind, count.group = unit.kind, unit.group
    if unit.group == "workers" and line.low(end - 1) in COACHES and any(is_a("rolling", low) for low in line.lows):
        count.kind = count.group = "vehicles"
    count.edge = end
    text = line.phrase(start, end)
    if unit.kind in SPANNED:
        count.end = end
    if line.low(end) == "of" and (unit.kind == "share" or line.low(end - 1) in lexicon.units().containers):
        _contents(count, end + 1, text)
    else:
        count.unit = text


def _contents(count: Count, at: int, text: str) -> None:
    """``20 pieces of artillery``, ``20 percent of its territory``: what the container holds decides the kind."""
    line = count.line
    while line.low(at) in lexicon.roles().is_["determiner"]:
        at += 1
    inner = _listed(line, at, frozenset())
    end = inner[1] if inner else _run(line, at, frozenset())
    if end == at:
        count.unit = text
        return
    count.unit = f"{text} of " + line.phrase(at, end)
    count.edge = end
    if count.kind == "share":
        return
    members = text.lower().endswith(("member", "members"))
    if inner and (members or count.kind not in ("people", "weight", "distance", "area")):
        count.kind, count.group = inner[2].kind, inner[2].group


def _share_of(count: Count) -> str | None:
    """``half of the town``, ``two thirds of its people``; the words of the share are the number itself."""
    line = count.line
    shares = lexicon.numbers().shares.at(line, count.number)
    if shares is None or shares[0] != count.last:
        return None
    at = count.last
    while line.low(at) in ("of", "the", "its", "their", "his", "all"):
        at += 1
    inner = _listed(line, at, frozenset())
    end = inner[1] if inner else _run(line, at, frozenset())
    if end == at or (inner and inner[2].kind == "time"):
        return None
    count.edge = end
    return "percent of " + line.phrase(at, end)


def _skip(line: Line, at: int) -> int:
    """Over "of the", "more", "other", and a hyphen before a length."""
    if line.low(at) == "-" and line.glued(at):
        return at + 1
    roles = lexicon.roles().is_
    moved = at
    if line.low(at) == "of":
        moved = at + 1
        while line.low(moved) in roles["determiner"]:
            moved += 1
        if line.low(moved) in ("them", "whom", "which"):
            return moved + 1
        total = read(line, moved + 2 if line.low(moved + 1) == "'s" else moved)
        if total is not None:
            return total[1]
        return moved
    moved = _over_age(line, moved)
    while line.low(moved) in ("more", "other", "additional", "such", "new", "further", "different"):
        if line.low(moved) == "other" and _stops(line, moved + 1, frozenset()):
            break
        moved += 1
    return moved


def _over_age(line: Line, at: int) -> int:
    """Over an age before the noun: ``two 12-year-old boys``, ``a six-week old baby``."""
    end = at
    while end < len(line.words) and line.words[end].time:
        end += 1
    if end == at:
        return at
    if line.low(end) == "-" and line.glued(end):
        end += 1
    return end + 1 if line.low(end) == "old" else end if line.low(end - 1) == "old" else at


def _stops(line: Line, at: int, verbs: frozenset[int]) -> bool:
    if at >= len(line.words) or line.words[at].time:
        return True
    word = line.words[at]
    is_ = lexicon.roles().is_
    if not word.alpha:
        return word.low not in ("-", "'s", "'", "’", "%", "‰", "°")
    low = word.low
    if at in verbs:
        return True
    return (
        low in is_["preposition"] or low in is_["auxiliary"] or low in is_["conjunction"]
        or low in is_["pronoun"] or low in is_["clause"] or low in is_["unreal"]
        or low in lexicon.numbers().cardinals or low in ("according", "said", "says", "told") or low in is_["ending"]
    )  # fmt: skip


def _run(line: Line, at: int, verbs: frozenset[int]) -> int:
    """The end of the words that may belong to a noun phrase beginning at ``at``."""
    end = at
    roles = lexicon.roles()
    while end < min(at + REACH, len(line.words)) and not _stops(line, end, verbs):
        if line.words[end].low in roles.is_["determiner"] or line.words[end].low in roles.is_["adverb"]:
            break
        if _predicate(line, end):
            break
        end += 1
    while end > at and not line.words[end - 1].alpha:
        end -= 1
    return end


def _listed(line: Line, at: int, verbs: frozenset[int]) -> tuple[int, int, Unit] | None:
    """The last listed noun of the noun phrase: "apartment blocks" counts blocks, "police officers" officers."""
    best: tuple[int, int, Unit] | None = None
    position = at
    roles = lexicon.roles()
    while position < min(at + REACH, len(line.words)):
        found = lexicon.units().words.at(line, position)
        if found is None:
            if _stops(line, position, verbs):
                break
            low = line.low(position)
            if (position > at and low in roles.is_["determiner"]) or _predicate(line, position):
                break
            position += 1
            continue
        if best and best[2].kind == "people" and found[1].kind == "time":
            break
        if best and (_predicate(line, position) or line.low(position) in ("hostage", "prisoner", "captive")):
            break
        best = (at, found[0], found[1])
        position = found[0]
        if found[1].kind in SPANNED or found[1].kind in ("time", "heat"):
            break
    return None if best is None else _measured(line, best, verbs)


def _measured(line: Line, best: tuple[int, int, Unit], verbs: frozenset[int]) -> tuple[int, int, Unit] | None:
    """A measure stands next to its number; of another noun the head behind it counts."""
    at, end, unit = best
    if unit.kind in SPANNED:
        return best if end - at <= MEASURE else None
    return (at, end + 1, Unit("other", "other")) if _head_follows(line, end, verbs) else best


def _head_follows(line: Line, at: int, verbs: frozenset[int]) -> bool:
    """``arrest warrants``: a singular that only belongs to the plural noun behind it."""
    last, after = line.low(at - 1), line.low(at)
    if last.endswith(("s", "men", "people", "children")) or not after.endswith("s") or not line.words[at].alpha:
        return False
    whole = last in ("personnel", "staff", "crew", "cattle", "livestock", "police", "feet", "militia", "manpower")
    return not whole and after not in ("was", "is", "has", "as", "'s") and not _stops(line, at, verbs)


def _predicate(line: Line, at: int) -> bool:
    """A word of an act that is no attribute of a noun behind it: ``10 wounded Halish soldiers`` goes on."""
    roles = lexicon.roles()
    ends = [hit[0] for table in (roles.verbs, roles.subjects, roles.states) if (hit := table.at(line, at)) is not None]
    if not ends:
        return False
    after = max(ends)
    while after < len(line.words) and line.words[after].name and after < max(ends) + 2:
        after += 1
    return lexicon.units().words.at(line, after) is None and lexicon.units().words.at(line, max(ends)) is None


def _demonym(line: Line, at: int, verbs: frozenset[int]) -> tuple[int, int, Unit] | None:
    """``300 Hallanders``: a capitalised plural that no list has counts people of that name."""
    end = at
    while end < min(at + 4, len(line.words)) and line.words[end].name and not _stops(line, end, verbs):
        end += 1
    if end == at:
        return None
    last = line.words[end - 1].text
    plural = last.endswith(("s", "men", "women", "ese", "ish", "folk")) and not last.endswith(("ss", "us"))
    if not plural or last.isupper():
        return None
    return at, end, Unit("people", "people")
