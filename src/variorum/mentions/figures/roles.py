"""What happened to those counted: killed, wounded, missing, captured, displaced, destroyed, changed hands.

Surface patterns in order of trust: a word of the act right after the number ("10 dead"), a noun of the act ("10
deaths"), a verb before it ("killing 32"), the predicate to the right ("20 miners ... were killed"), a toll at a
distance ("the toll rose to 20"), a list whose first member is told, an attribute ("10 wounded soldiers").
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from variorum.lists import toml
from variorum.mentions.figures import leftward, lexicon, rightward
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.exclusions import OLDEST, persons
from variorum.mentions.figures.forces import described, doer, of_force
from variorum.mentions.figures.gapped import subject_of_gap
from variorum.mentions.figures.numbering import numbering
from variorum.mentions.figures.predicates import CASUALTIES, Told, foretold, is_a, object_follows, state_at
from variorum.mentions.figures.rooms import capacity, remains
from variorum.mentions.figures.words import Line

__all__ = ["apposed", "assign", "assign_all", "role_of", "stand"]

JOINED: int = toml("limits")["figures"]["joined"]
SERVED: int = toml("limits")["figures"]["served"]
NEAR_TOLL: int = toml("limits")["figures"]["near_toll"]
REACH: int = toml("limits")["figures"]["toll"]
TABLE: int = toml("limits")["figures"]["table"]
LET_GO: int = toml("limits")["figures"]["let_go"]


def role_of(act: str | None, kind: str) -> str:
    """The role that an act means for a kind of thing: a village that falls changed hands, a man who falls does not.

    >>> role_of("capture", "people"), role_of("capture", "settlements"), role_of("kill", "livestock")
    ('captured', 'changed hands', 'other')
    """
    return lexicon.roles().meaning.get(act or "", {}).get(kind, "other")


def assign_all(counts: Sequence[Count], verbs: frozenset[int] = frozenset()) -> None:
    """Sets the roles of all counts of one line; ``verbs`` are words that a parser takes for finite verbs."""
    others = {c.first: c for c in counts}
    for count in counts if len(counts) < TABLE else ():
        assign(count, others, verbs)
    for first, second in itertools.pairwise(counts):
        _follow(first, second)
    _serve_settlements(counts)


def assign(count: Count, others: dict[int, Count], verbs: frozenset[int] = frozenset()) -> None:
    """Sets act, role and the reason for them on one count; ``others`` are the counts of the line by first word."""
    force = count.kind in ("people", "none") and of_force(count)
    if force:
        count.kind, count.group = "people", "soldiers"
    told = _told(count, others, verbs)
    if told is not None and told.act == "gather" and (force or is_a("troops", (count.unit or "").lower())):
        told = None  # an army that marches is no crowd
    if told is not None:
        count.act, count.why, count.said = told.act, told.why, told.end
        if told.act == "lose" and count.kind == "none" and any(_of_people(o) for o in others.values()):
            count.kind, count.group = "people", "people"  # "of the 2,224 aboard, 1,503 were lost"
        count.role = role_of(told.act, count.kind)
        if told.act == "lose" and count.group in ("family", "adults", "families"):
            count.role = "other"


def apposed(count: Count) -> None:
    """In ``a third of the town died, some 4,000 souls`` the number says how many the share was: they died.

    >>> from variorum.mentions.figures.finder import find_plain
    >>> [f.role for f in find_plain("A third died, some 4,000 souls.") if f.unit == "souls"]
    ['killed']
    """
    line, comma = count.line, count.first - 1
    closed = line.low(count.edge) in (".", ";", "", ",") and line.low(comma) == ","
    if count.role != "other" or count.kind != "people" or not closed:
        return
    verb = lexicon.roles().subjects.before(line, comma) or lexicon.roles().verbs.before(line, comma)
    if verb is None or verb[1].form not in ("past", "both", "participle") or not _share_before(line, verb[0]):
        return
    count.act, count.why = verb[1].act, "apposed"
    count.role = role_of(count.act, count.kind)


def _share_before(line: Line, at: int) -> bool:
    """A share opens the clause that ends at a verb: ``a quarter of the crew drowned``."""
    table = lexicon.numbers()
    for i in range(at - 1, max(-1, at - 1 - APPOSED), -1):
        if line.low(i) in (",", ";", ":"):
            return False
        if table.shares.at(line, i) is not None:
            return True
    return False


def _of_people(count: Count) -> bool:
    """True for a count of people, by its unit or by what is told of it."""
    return count.kind == "people" or count.role in lexicon.roles().sets["personal"]


UNTOLD = ("", "doer", "total", "population", "followed", "gap", "given", "numbers")
"""Why a figure has no act, where its group or kind stands for its role; not where an act is planned or denied."""


def stand(counts: Sequence[Count]) -> None:
    """Gives figures that no act is told of the role that their group, unit or kind stands for: 40 policemen were there.

    >>> from variorum.mentions.figures.finder import find_plain
    >>> [(f.text, f.role) for f in find_plain("Forty policemen stood 200 metres away.")]
    [('Forty', 'police'), ('200 metres', 'distance')]
    """
    for count in counts:
        if count.role == "other":
            count.role = _standing(count)
        if count.standing is not None:
            count.role, count.was = count.standing, count.role


def _standing(count: Count) -> str:
    """The role that group, unit or kind stand for."""
    table = lexicon.roles().standing
    if count.kind != "people":
        return table["kind"].get(count.kind, "other")
    if count.why not in UNTOLD and count.act not in ("harm", "need"):
        return "other"
    unit = (count.unit or "").lower().rpartition(" ")[2]
    told = table["why"].get(count.why) or table["unit"].get(unit) or table["group"].get(count.group or "")
    return told or table["kind"]["people"]


def _told(count: Count, others: dict[int, Count], verbs: frozenset[int]) -> Told | None:
    if (first := _first_of_all(count)) is not None:
        return first
    told = _beside(count)
    if told is not None:
        return _outdone(told, count, others, verbs)
    if _total(count, others):
        return Told("", "total")
    noun = _in_unit(count)
    if noun is None or noun.act in ("capture", "detain", "displace", "survive"):
        told = leftward.before(count, others)
    if noun is not None and told is None:
        told = _harmed_after(count, noun, others, verbs)
    if noun is not None:
        return told if told is not None and told.act in ("kill", "wound", "", "capture") else noun
    told = told or rightward.after(count, others, verbs)
    if told is None or told.act == "harm":
        told = _at_a_distance(count, others) or told
    return told or _damage(count) or _attribute(count) or _numbered(count) or _gap(count, others)


def _first_of_all(count: Count) -> Told | None:
    """What outdoes every other word of an act: a population, a label, a doer, a capacity."""
    if count.why == "population":
        return Told("", "population")
    label = _labelled(count)
    if label is None and doer(count):
        return Told("", "doer")
    return label or capacity(count) or remains(count) or numbering(count)


def _harmed_after(count: Count, noun: Told, others: dict[int, Count], verbs: frozenset[int]) -> Told | None:
    """In ``four hostages were killed`` the noun only says who they were before."""
    if noun.act not in ("capture", "detain", "displace", "survive") or count.unit is None:
        return None
    told = rightward.after(count, others, verbs)
    return told if told is not None and told.act in CASUALTIES else None


def _gap(count: Count, others: dict[int, Count]) -> Told | None:
    """``The storm killed 12 people, the flood 30``: a clause that leaves out its verb has that of the one before."""
    start = subject_of_gap(count)
    if start is None or not any(i < start for i in others):
        return None
    line = count.line
    aged = line.low(count.first - 1) in persons() and (count.low or 0) <= OLDEST
    given = any(is_a("giving", line.low(i)) or is_a("saying", line.low(i)) for i in range(start))
    return Told("", "gap") if given or not aged else None


def _numbered(count: Count) -> Told | None:
    """``the number given by the inquiry of 379``, ``put the figure at 40``: a number of what was told of before."""
    line = count.line
    if _given(count):
        return Told("", "given")
    if count.kind != "none" or line.low(count.first - 1) not in ("of", "at"):
        return None
    before = range(count.first - 2, max(-1, count.first - lexicon.numbers().reach), -1)
    near = list(itertools.takewhile(lambda i: line.low(i) not in (",", ";"), before))
    named = any(is_a("strong_toll", line.low(i)) or line.low(i) == "figure" for i in near)
    return Told("", "numbered") if named else None


APPOSED: int = toml("figures-roles")["reach"]["apposed"]
GIVEN: int = toml("figures-roles")["reach"]["given"]
"""How many words of its clause may stand before a number that a witness only gives: "the government admitted 23"."""


def _given(count: Count) -> bool:
    """``Native sources say 50.``, ``the police counted 7,500``: a number alone, of what was told of just before."""
    line, at = count.line, count.first - 1
    alone = line.low(count.last) in (".", ";", ",", "", "and", "but", "while") and count.kind == "none"
    if not alone or not is_a("giving", line.low(at)):
        return False
    words = [line.low(i) for i in range(at)]
    clause = words[max((i + 1 for i, low in enumerate(words) if low in (";", ",")), default=0) :]
    clause = clause[1:] if clause[:1] in (["but"], ["while"], ["and"]) else clause
    asked = any(is_a("clause", low) or is_a("auxiliary", low) for low in clause) or {"how", "asked"} & set(words)
    return 0 < len(clause) <= GIVEN and not asked


def _labelled(count: Count) -> Told | None:
    """``Dead: 14``, each on its line or in a row."""
    line, end = count.line, count.first - 1
    if count.kind not in ("none", "people") or not (is_a("label_end", line.low(end)) or _listed_label(count)):
        return None
    table = lexicon.roles()
    hit = table.tolls.before(line, end) or table.states.before(line, end) or table.units.before(line, end)
    if hit is None or not (is_a("label_start", line.low(hit[0] - 1)) or line.words[hit[0] - 1].digit):
        return None
    beside = _beside(count)
    if beside is not None and not is_a("label_end", line.low(beside.end)):
        return None
    return Told(hit[1] if isinstance(hit[1], str) else hit[1].act, "label")


def _listed_label(count: Count) -> bool:
    """``Killed, 14; wounded, 63.``: labels with commas in a row, each closed."""
    line = count.line
    closed = line.low(count.last) in (";", ".", "") and line.low(count.first - 1) == ","
    return closed and count.first == count.number and (line.low(count.first - 3) in (";", "") or count.first == 2)


def _outdone(told: Told, count: Count, others: dict[int, Count], verbs: frozenset[int]) -> Told:
    """In ``44 people aboard were killed`` the predicate outdoes what stands beside the figure."""
    weak = lexicon.roles().sets["weak"]
    if count.line.low(count.last) == "of" and told.end > count.last:
        whole = Count(count.line, count.first, count.number, count.last, count.low, count.high, edge=told.end)
        after = rightward.after(whole, others, verbs)  # "five of the wounded died"
        return after if after is not None and after.act in CASUALTIES else told
    if told.act not in weak or _total(count, others):
        return told
    stronger = leftward.before(count, others) or rightward.after(count, others, verbs)
    return stronger if stronger is not None and stronger.act not in weak else told


def _total(count: Count, others: dict[int, Count]) -> bool:
    """``12 of the 80 passengers``, ``Of the 80 passengers, 12 died``: 80 is what 12 are counted of."""
    line = count.line
    at = leftward.left_edge(line, count.first)
    if line.low(at - 1) == "of" and (at == 1 or (at == 2 and line.low(0) == "out")):
        return True
    previous = next((others[i] for i in range(at - 1, max(-1, at - 9), -1) if i in others), None)
    if previous is None:
        return False
    if line.low(at - 1) == "of" and line.low(at - 2) == "out" and previous.edge == at - 2:
        _same_unit(count, previous)
        return True
    if line.low(previous.last) != "of" or not 1 <= count.first - previous.last <= 5:
        return False
    return not any(is_a("preposition", line.low(i)) for i in range(previous.last + 1, at))


def _same_unit(count: Count, previous: Count) -> None:
    """``1,650 rounds out of 9,000``: both count rounds."""
    if count.kind == "none" and previous.kind != "none":
        count.kind, count.unit, count.group = previous.kind, previous.unit, previous.group


def _beside(count: Count) -> Told | None:
    """``10 dead``, ``48 injured``, ``six others missing``, ``22 people hurt``, ``100 feared dead``."""
    line = count.line
    if line.low(count.last) == "of" and is_a("of_whole", line.low(count.last + 1)):
        told = state_at(line, count.last + 2, "beside")
        if told is not None:
            return told
    at = count.last if count.kind in ("none", "other") else count.edge
    direct = state_at(line, at, "beside")
    while direct is None and is_a("between", line.low(at)):
        at += 1
        direct = state_at(line, at, "beside")
    if direct is None and count.kind in ("none", "other") and described(line, count.last):
        return state_at(line, count.last + 1, "beside")
    return direct


def _in_unit(count: Count) -> Told | None:
    """``10 deaths``, ``three fatalities``, ``12,000 refugees``."""
    line, at = count.line, count.last
    while (at < count.edge or at == count.last) and at - count.last < 5:
        hit = lexicon.roles().units.at(line, at)
        if hit is not None and hit[0] >= count.edge and not object_follows(line, hit[0]):
            return _noun(count, at, hit)
        at += 1
    return None


def _noun(count: Count, at: int, hit: tuple[int, str]) -> Told | None:
    end, act = hit
    if act == "harm":
        return None
    if count.kind in ("events", "other", "none"):
        count.unit = count.unit if count.kind == "events" and count.unit else count.line.phrase(at, end)
        count.kind, count.group = "people", "people"
    count.edge = max(count.edge, end)
    if act in ("capture", "detain", "displace") and _let_go(count):
        return Told("", "let go", end)
    return Told(act, "unit", end)


def _let_go(count: Count) -> bool:
    """Prisoners exchanged, refugees who returned: nobody was captured or displaced by that."""
    line = count.line
    around = range(max(0, count.first - LET_GO), min(len(line.words), count.edge + LET_GO))
    return any(is_a("gone", line.low(i)) for i in around)


def _follow(first: Count, second: Count) -> None:
    """``At least 2,000 died in the port and 1,000 in the hills``: no predicate of its own, but the first one's."""
    line = second.line
    if second.act is not None or first.role == "other" or first.said <= 0 or second.kind not in (first.kind, "none"):
        return
    start = max(first.said, first.edge)
    at = leftward.left_edge(line, second.first)
    placed = _placed(line, start, at)
    joint, along = line.low(at - 1), {line.low(i) for i in range(start, second.first)} & {"along", "together", "well"}
    if (
        (joint not in ("and", ",", "or") and not along and not placed)
        or second.first - start > JOINED
        or not leftward.no_verb(line, start if not placed else at, second.first)
    ):
        return
    if (
        along
        or placed
        or second.kind == "none"
        or line.low(second.edge) in ("in", "at", "near", "on", "from", ",", ".", "and", "")
    ):
        second.act, second.why, second.said = first.act, "followed", first.said
        second.role = role_of(first.act, second.kind)


def _placed(line: Line, start: int, end: int) -> bool:
    """``12 were killed in Tolven; in Merrow 7``: nothing but a joint and a place stand between."""
    words = [i for i in range(start, end) if line.low(i) in (";", ",", "and")]
    if not words or not is_a("preposition", line.low(words[-1] + 1)):
        return False
    named = [line.words[i].name for i in range(words[-1] + 2, end)]
    return bool(named) and all(named)


def _serve_settlements(counts: Sequence[Count]) -> None:
    """A verb of taking in the sentence serves all its coordinated counts of settlements."""
    told = [c for c in counts if c.role == "changed hands"]
    for count in counts:
        if count.kind == "settlements" and count.act is None and told and count.role == "other":
            near = min(told, key=lambda c: abs(c.first - count.first))
            first, second = sorted((near, count), key=lambda c: c.first)
            if leftward.no_verb(count.line, first.edge, second.first) and second.first - first.edge < SERVED:
                count.act, count.why, count.role = near.act, "served", "changed hands"


def _at_a_distance(count: Count, others: dict[int, Count]) -> Told | None:
    """``the toll from the storm that swept the coast rose to 20``; ``Deaths: 12``; ``the number of wounded is 40``."""
    line = count.line
    plain = count.kind == "people" and count.group in ("people", "civilians")
    if count.kind not in ("none", "money", "vehicles", "weapons", "aircraft", "ships") and not plain:
        return None
    word = line.low((at := leftward.left_edge(line, count.first)) - 1)
    if not is_a("before_toll", word):
        beside = lexicon.roles().tolls.before(line, at) if is_a("before_toll", line.low(at)) else None
        return _toll(count, beside, at, at) if beside is not None else None  # puts the death toll above 230
    for i in range(at, max(0, at - REACH), -1):
        if line.low(i - 1) == ";" or (i in others and others[i] is not count and word not in ("to", "from", "at")):
            return None
        hit = lexicon.roles().tolls.before(line, i)
        if hit is not None:
            return _toll(count, hit, i, at)
        if count.kind == "money" and is_a("worth", line.low(at - 2)) and _destroyed(line, i):
            return Told("destroy", "toll")
    return None


def _toll(count: Count, hit: tuple[int, str], end: int, at: int) -> Told | None:
    """A noun of a toll at words ``hit[0]:end``, the figure's phrase from ``at``: does it tell the figure?"""
    line, (start, act) = count.line, hit
    thing = count.kind not in ("none", "money", "people")
    if foretold(line, at):
        return Told("", "unreal")
    if count.kind == "money" and act in ("lose", "ruin"):
        return Told("destroy", "toll") if at - end < NEAR_TOLL or is_a("worth", line.low(at - 2)) else None
    if thing or act == "lose":
        return _lost(thing, act, at - end, is_a("reckoned", line.low(at - 2)))
    if (act == "ruin") != (count.kind == "money"):
        return None
    strong = any(is_a("strong_toll", line.low(i)) for i in range(start, end))
    rising = any(is_a("rising", line.low(i)) for i in range(end, at))
    if strong:
        return Told(act, "toll") if rising or at - end <= 4 else None
    return Told(act, "toll") if (line.low(at - 1) == ":" and at - end <= 2) or (rising and at - end <= 6) else None


def _lost(thing: bool, act: str, between: int, reckoned: bool) -> Told | None:
    """``put their losses at 400``, or with a verb of reckoning ``the losses of the defenders came to 1,050``."""
    if act != "lose":
        return None
    if thing:
        return Told("lose", "toll") if between < NEAR_TOLL else None
    return Told("mixed", "toll") if between <= 1 or (reckoned and between < NEAR_TOLL) else None


def _destroyed(line: Line, at: int) -> bool:
    """A participle of destruction ends before ``at``: the worth of the ships sunk amounts to it."""
    verb = lexicon.roles().verbs.before(line, at)
    return verb is not None and verb[1].act in ("destroy", "ruin") and verb[1].form in ("participle", "both")


def _damage(count: Count) -> Told | None:
    """``$40 million in damage``, ``$2bn worth of property was lost``."""
    line = count.line
    if count.kind != "money" or line.low(count.edge) not in ("in", "of", "worth"):
        return None
    near = [line.low(i) for i in range(count.edge, count.edge + 5)]
    return Told("destroy", "damage") if {"damage", "damages", "losses", "destruction"} & set(near) else None


def _attribute(count: Count) -> Told | None:
    """``10 wounded soldiers`` when nothing else is said of them."""
    line: Line = count.line
    if count.kind not in ("people", "buildings", "vehicles") or line.low(count.edge - 1) in (
        "bodies",
        "body",
        "corpses",
    ):
        return None
    for i in range(count.last, count.edge - 1):
        state = lexicon.roles().states.at(line, i)
        if state is not None and state[1].act in ("kill", "wound", "miss", "displace", "capture", "ruin"):
            return Told(state[1].act, "attribute")
        verb = lexicon.roles().verbs.at(line, i)
        if (
            verb is not None
            and verb[1].form in ("participle", "both")
            and verb[1].act not in ("harm", "free", "take", "lose")
        ):
            return Told(verb[1].act, "attribute")
    return None
