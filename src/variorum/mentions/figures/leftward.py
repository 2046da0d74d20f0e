"""Acts told before a figure: ``killing 32``, ``the deaths of 12``, ``left 10 dead``, ``among the dead were four``."""

from __future__ import annotations

from variorum.lists import toml
from variorum.mentions.figures import lexicon
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.lexicon import Verb
from variorum.mentions.figures.predicates import CASUALTIES, Told, is_a, object_follows, state_at, unreal
from variorum.mentions.figures.words import Line

__all__ = ["before", "left_edge", "listed_before", "past_place"]

CONJUNCT: int = toml("limits")["figures"]["conjunct"]
STEPS: int = toml("limits")["figures"]["listed"]
"""How many listed figures are followed back to their common verb."""


def before(count: Count, others: dict[int, Count]) -> Told | None:
    """The act whose object the figure is, alone or in a list."""
    line, at = count.line, left_edge(count.line, count.first)
    for _ in range(STEPS):
        told = _verb(line, at, count)
        if told is not None:
            return told
        single = _article_before(line, at)
        if single is not None:
            at = left_edge(line, single)
            continue
        previous = listed_before(line, at, others)
        if previous is None:
            return _named_before(line, at, count)
        if previous.why == "beside":
            return None
        if line.low(at - 1) == "," and _own_predicate(count):
            return None
        lost = previous.why == "toll" and previous.act == "lose"
        if previous.act is not None and (lost or previous.why in ("verb", "act", "listed", "among")):
            return Told(previous.act, "listed")
        at = left_edge(line, previous.first)
    return None


def _own_predicate(count: Count) -> bool:
    """``carried 214 people, 171 were rescued``: what stands at once after a figure tells of it, not what is before."""
    verb = lexicon.roles().subjects.at(count.line, count.edge)
    return is_a("auxiliary", count.line.low(count.edge)) or (verb is not None and verb[1].form in ("past", "both"))


def left_edge(line: Line, at: int) -> int:
    """Over articles, adverbs and exact words before a figure, to where its verb would end.

    >>> from variorum.mentions.figures.words import split
    >>> left_edge(Line(split("killed at least another 20"), 0, 26), 4)
    1
    """
    table = lexicon.numbers()
    for _ in range(5):
        found = table.before.before(line, at)
        if found is not None and line.low(at - 1) not in (
            "over",
            "within",
            "until",
            "under",
            "above",
            "below",
            "beyond",
        ):
            at = found[0]
        elif is_a("opening", line.low(at - 1)):
            at -= 1
        else:
            break
    return at


def _verb(line: Line, at: int, count: Count) -> Told | None:
    table = lexicon.roles()
    verb = table.verbs.before(line, at)
    if verb is not None and (told := _active(line, verb[0], verb[1], count)) is not None:
        return told
    act = table.acts.before(line, at - 1) if line.low(at - 1) == "of" else None
    act = act or _long_act(line, at)
    if act is not None:
        return Told(_fitting(act[1], count.kind), "act")
    return _split_verb(line, at, count) or _cost(line, at, count) or _among(line, at)


def _long_act(line: Line, at: int) -> tuple[int, list[str]] | None:
    """``search for 12``, ``control over 3 villages``: acts that end in their own preposition."""
    act = lexicon.roles().acts.before(line, at)
    return act if act is not None and at - act[0] > 1 else None


def _fitting(acts: list[str], kind: str) -> str:
    """Of the acts that a noun may tell ("loss"), the one that means something for the kind counted."""
    meaning = lexicon.roles().meaning
    return next((a for a in acts if kind in meaning.get(a, {})), acts[0])


def _active(line: Line, start: int, verb: Verb, count: Count) -> Told | None:
    word = line.low(start - 1)
    if verb.form == "participle" and word not in ("has", "have", "had", "having", "also", "already", "since"):
        return None
    if unreal(line, start, verb.form):
        return Told("", "unreal")
    if verb.form == "both" and _passive(line, start):
        return None
    if word in ("and", "or", "/"):
        other = lexicon.roles().verbs.before(line, start - 1)
        if other is not None and other[1].act != verb.act and {other[1].act, verb.act} <= CASUALTIES:
            return Told("mixed", "verb")
    if verb.act == "damage" and word in ("or", "and"):
        other = lexicon.roles().verbs.before(line, start - 1)
        return Told(other[1].act if other else verb.act, "verb")
    taken = verb.act == "lose" or is_a("taking", line.low(start))
    if taken and is_a("captives", line.low(count.edge - 1)):
        return Told("capture", "verb")
    split = _split_verb(line, count.first, count)
    if split is not None:
        return split
    return Told(verb.act, "verb")


def _passive(line: Line, start: int) -> bool:
    """``were killed 12 miles away``: the verb is passive, what follows is no object."""
    at = start - 1
    while at > 0 and is_a("adverb", line.low(at)) and start - at < 4:
        if line.low(at) == "have":
            return False
        at -= 1
    return line.low(at) in ("was", "were", "is", "are", "be", "been", "being")


def _split_verb(line: Line, at: int, count: Count) -> Told | None:
    """Verbs with a state after the figure: ``left 10 dead``, ``took 30 hostage``, ``forced 40,000 to flee``."""
    word, after = line.low(at - 1), count.edge
    if is_a("forcing", word) and line.low(after) in ("to", "from", "out"):
        return Told("displace", "verb") if any(is_a("flight", line.low(after + i)) for i in (1, 2)) else None
    if is_a("taking", word) and (is_a("captives", line.low(after)) or is_a("captives", line.low(after - 1))):
        return Told("capture", "verb")
    if is_a("taking", word) and line.low(after) == "to" and "hospital" in (line.low(after + 1), line.low(after + 2)):
        return Told("wound", "verb")
    if is_a("brought_down", word) and line.low(after) in ("dead", "down"):
        return Told("kill" if line.low(after) == "dead" else "ruin", "verb")
    if word in ("made", "making", "rendered", "rendering") and line.low(after) == "homeless":
        return Told("displace", "verb")
    if word in lexicon.roles().lives and line.low(after - 1) in ("lives", "life"):
        return Told("kill", "verb")
    if word in lexicon.roles().leaving:
        return state_at(line, after, "beside")
    return None


COST: int = toml("figures-roles")["reach"]["cost"]
"""How many words may name who lost them."""


def _cost(line: Line, at: int, count: Count) -> Told | None:
    """``cost the town 9,000 men``: lost by it, as soldiers are; ``cost the firm 300 workers`` tells of no death."""
    owed = is_a("determiner", line.low(count.edge))  # "cost 400 men their posts"
    if not is_a("at_war", count.group or "") or owed or line.low(at - 1) in (",", ";", "and", "of"):
        return None
    near = range(at - 1, max(-1, at - 1 - COST), -1)
    verb = next((i for i in near if is_a("costing", line.low(i))), None)
    if verb is None or any(is_a("preposition", line.low(i)) for i in range(verb + 1, at)):
        return None
    return Told("lose", "verb")


def _among(line: Line, at: int) -> Told | None:
    """``Among the dead were four children``, ``Killed were two drivers``, ``Of those killed, 15 were children``."""
    apart = line.low(at - 1) == ","
    if not apart and line.low(at - 1) not in ("was", "were", "are", "is", "include", "included", "includes"):
        return None
    start = at - 1
    for i in range(start, max(-1, start - (1 if apart else 8)), -1):
        hit = lexicon.roles().among.before(line, i)
        opening = ("of", "among", "amongst") if apart else ("among", "amongst", "of", ",", ".", "and", "")
        if hit is not None and line.low(hit[0] - 1) in opening:
            state = lexicon.roles().states.before(line, i) or lexicon.roles().tolls.before(line, i)
            return Told(state[1].act if isinstance(state[1], Verb) else state[1], "among") if state else None
    return None


def listed_before(line: Line, at: int, others: dict[int, Count]) -> Count | None:
    """The figure that this one is listed with: ``10 soldiers, 5 guards``, ``10 in the port and 5 in the hills``."""
    behind, at = at, past_place(line, at)
    if line.low(at - 1) == ";" and at < behind:
        at -= 1
    elif line.low(at - 1) not in (",", "and", "or", "&", "plus", "/", "as"):
        return None
    best = next((others[i] for i in range(at - 1, max(-1, at - 30), -1) if i in others), None)
    if best is None or best.edge > at or at - best.edge > CONJUNCT:
        return None
    return best if no_verb(line, best.edge, at) else None


def past_place(line: Line, at: int) -> int:
    """Before a place that opens a clause without a verb, else ``at``: ``killed 12 in Tolven, in Merrow 7``.

    >>> from variorum.mentions.figures.words import split
    >>> past_place(Line(split("killed 12 in Tolven, in Merrow 7"), 0, 32), 7)
    5
    """
    start = at
    while start > 0 and line.words[start - 1].name and line.words[start - 1].alpha:
        start -= 1
    if start == at or not is_a("preposition", line.low(start - 1)):
        return at
    return start - 1 if line.low(start - 2) in (",", ";", "and") else at


def _named_before(line: Line, at: int, count: Count) -> Told | None:
    """``took the city of Hale and seven villages``: the object listed before the figure is not counted."""
    if line.low(at - 1) not in (",", "and", "plus", "as"):
        return None
    for i in range(at - 2, max(0, at - 12), -1):
        if not no_verb(line, i, i + 1) and not lexicon.roles().verbs.at(line, i):
            return None
        verb = lexicon.roles().verbs.before(line, i + 1)
        if verb is not None:
            told = (
                _active(line, verb[0], verb[1], count)
                if object_follows(line, i + 1) or line.words[i + 1].name
                else None
            )
            return Told(told.act, "listed") if told is not None and role_fits(told.act, count.kind) else None
    return None


def role_fits(act: str, kind: str) -> bool:
    """Does the act mean something for the kind counted?"""
    return kind in lexicon.roles().meaning.get(act, {})


def _article_before(line: Line, at: int) -> int | None:
    """``a woman and`` before the figure: where the article stands."""
    if line.low(at - 1) not in (",", "and"):
        return None
    if line.low(at - 2) in ("himself", "herself", "themselves", "itself"):
        return at - 2
    for i in range(at - 3, max(-1, at - 7), -1):
        if line.low(i) in ("a", "an") and no_verb(line, i, at - 1):
            return i
    return None


def no_verb(line: Line, start: int, end: int) -> bool:
    """No verb and no break of a clause stands between two words."""
    table = lexicon.roles()
    for i in range(start, end):
        low = line.low(i)
        if line.words[i].time:
            continue
        if low in (";", ":", "-", "–", "—", "but", "while", "said") or low in table.is_["pronoun"]:
            return False
        if low in table.is_["auxiliary"] or (low in table.is_["unreal"] and low != "to"):
            return False
        if table.verbs.at(line, i) or table.states.at(line, i) or table.subjects.at(line, i):
            return False
    return True
