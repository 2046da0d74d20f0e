"""What happened to those counted: killed, wounded, missing, captured, displaced, destroyed, changed hands.

Surface patterns in order of trust: a word of the act right after the number ("10 dead"), a verb right before it
("killing 32"), the predicate to the right ("20 miners ... were killed"), a toll at a distance ("the toll rose to 20").
"""

from __future__ import annotations

from typing import NamedTuple

from variorum.mentions.figures import lexicon
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.lexicon import Verb
from variorum.mentions.figures.words import Line

__all__ = ["act_of", "assign", "role_of"]

REACH = 34
"""How many words away a predicate may stand."""


class Found(NamedTuple):
    """An act with the pattern that found it."""

    act: str
    why: str
    end: int = 0


def role_of(act: str | None, kind: str) -> str:
    """The role that an act means for a kind of thing: a village that falls changed hands, a man who falls does not.

    >>> role_of("capture", "people"), role_of("capture", "settlements"), role_of("kill", "livestock")
    ('captured', 'changed hands', 'other')
    """
    if act is None:
        return "other"
    return lexicon.roles().meaning[act].get(kind, "other") if act in lexicon.roles().meaning else "other"


def assign(count: Count, others: dict[int, Count], verbs: frozenset[int] = frozenset()) -> None:
    """Sets act and role of a count; ``others`` are the counts of the line by first word, stepped over on the way."""
    found = act_of(count, others, verbs)
    if found is None:
        return
    count.act, count.why = found.act, found.why
    count.role = role_of(found.act, count.kind)
    if count.role == "other" and count.kind == "other" and count.act in ("kill", "wound", "miss"):
        count.role = "other"


def act_of(count: Count, others: dict[int, Count], verbs: frozenset[int] = frozenset()) -> Found | None:
    """The act said of a count by the first pattern that fits, or None."""
    if _doer(count):
        return Found("", "doer")
    for pattern in (_beside, _in_unit, _before):
        if (found := pattern(count, others)) is not None:
            return found
    return _to_the_right(count, others, verbs) or _at_a_distance(count, others) or _attributive(count)


def _doer(count: Count) -> bool:
    """``by four officers`` did it; they did not suffer it."""
    line = count.line
    return line.low(count.first - 1) == "by" and count.kind in ("people", "weapons", "aircraft", "ships", "vehicles", "formations", "settlements")


def _is(kind: str, word: str) -> bool:
    return word in lexicon.roles().is_[kind]


def _beside(count: Count, others: dict[int, Count]) -> Found | None:
    """``10 dead``, ``48 injured``, ``six others missing``, ``22 people hurt``, ``100 feared dead``."""
    line, at = count.line, count.edge
    if count.kind in ("none", "other"):
        at = count.last
        while line.low(at) in ("more", "others", "other", "people", "persons", "still"):
            at += 1
    while line.low(at) in ("seriously", "severely", "critically", "badly", "slightly", "lightly", "gravely", "still", "also", "reported", "feared", "confirmed", "officially", "reportedly", "believed", "presumed", "left", "others", "internally"):
        at += 1
    return _state_at(line, at, "beside")


def _state_at(line: Line, at: int, why: str) -> Found | None:
    roles = lexicon.roles()
    state = roles.states.at(line, at)
    if state is not None and not (line.low(at) in _ACTIVE and _object_follows(line, state[0])):
        end, verb = state
        if not _before_noun(line, end) and not _mixed(line, at, end):
            return Found(verb.act, why, end)
        return Found("mixed", why, end) if _mixed(line, at, end) else None
    passive = roles.verbs.at(line, at)
    if passive and passive[1].form in ("participle", "both") and not _object_follows(line, passive[0]):
        if passive[1].act == "take" and passive[0] - at == 1 and line.low(at) in ("taken", "returned", "lost"):
            return None
        return Found("mixed", why, passive[0]) if _mixed(line, at, passive[0]) else Found(passive[1].act, why, passive[0])
    return None


_ACTIVE = frozenset("killed wounded injured hurt captured destroyed occupied liberated razed crushed drowned evacuated displaced".split())


def _mixed(line: Line, start: int, end: int) -> bool:
    """``killed or wounded``, ``dead and injured``: neither of the two."""
    if line.low(end) not in ("or", "and", "/"):
        return False
    at = end + 1
    while _is("adverb", line.low(at)) and line.low(at) != "dead":
        at += 1
    roles = lexicon.roles()
    first, second = roles.states.at(line, start) or roles.verbs.at(line, start), roles.states.at(line, at) or roles.verbs.at(line, at)
    if first is None or second is None:
        return False
    return first[1].act != second[1].act and {first[1].act, second[1].act} <= {"kill", "wound", "miss"} and second[1].form in ("state", "participle", "both") and not _object_follows(line, second[0])


def _before_noun(line: Line, at: int) -> bool:
    """An attribute: ``10 wounded soldiers``."""
    unit = lexicon.units().words.at(line, at)
    return unit is not None and unit[1].kind != "time"


def _object_follows(line: Line, at: int) -> bool:
    """A verb with an object to its right is active: ``ten men killed three guards``."""
    low = line.low(at)
    if not low or line.words[at].time:
        return False
    if _is("determiner", low) or low in lexicon.numbers().cardinals or line.words[at].digit:
        return True
    if low in ("them", "him", "her", "dozens", "hundreds", "thousands", "scores", "several", "many", "more", "over", "up"):
        return low not in ("more", "over", "up") or line.words[min(at + 1, len(line.words) - 1)].digit or line.low(at + 1) in ("than", "to")
    return low not in ("dead", "people") and lexicon.units().words.at(line, at) is not None


def _in_unit(count: Count, others: dict[int, Count]) -> Found | None:
    """``10 deaths``, ``three fatalities``, ``40 lives lost``, ``12,000 refugees``."""
    line = count.line
    at = count.last
    while (at < count.edge or at == count.last) and at - count.last < 5:
        found = lexicon.roles().units.at(line, at)
        if found is not None and found[0] >= count.edge and not _object_follows(line, found[0]):
            end, act = found
            if act == "harm":
                return None
            if act in ("capture", "detain", "displace") and _gone(line, count):
                return Found("", "let go", end)
            if count.kind == "events" or count.kind in ("other", "none"):
                count.kind, count.group = "people", count.group or "people"
            count.edge = max(count.edge, end)
            return Found(act, "unit", end)
        at += 1
    return None


def _gone(line: Line, count: Count) -> bool:
    words = {line.low(i) for i in range(max(0, count.first - 6), min(len(line.words), count.edge + 6))}
    return bool(words & lexicon.roles().is_["gone"])


def _before(count: Count, others: dict[int, Count]) -> Found | None:
    """``killing 32``, ``killed at least 14 guards``, ``the deaths of 12``, ``claimed 40 lives``, ``leaving 10 dead``."""
    line, at = count.line, _left(count.line, count.first)
    roles = lexicon.roles()
    for _ in range(12):
        found = _verb_before(line, at, count)
        if found is not None:
            return found
        previous = _listed_before(line, at, others)
        if previous is None:
            break
        if previous.act is not None and previous.why in ("verb", "act", "before"):
            return Found(previous.act, "before")
        if previous.why == "beside":
            return None
        at = _left(line, previous.first)
    if line.low(at - 1) in roles.lives and line.low(count.edge - 1) in ("lives", "life"):
        return Found("kill", "verb")
    return None


def _left(line: Line, at: int) -> int:
    """Over articles, adverbs and exact words before a figure, to where its verb would end."""
    table = lexicon.numbers()
    for _ in range(5):
        low = line.low(at - 1)
        if low in ("the", "a", "an", "another", "further", "additional", "its", "their", "his", "and", "also", "only", "just", "estimated", "total", "of", "other", "these", "those", "all", "over", "reportedly", "allegedly", "in", "least") and low not in ("of", "and", "in", "over"):
            at -= 1
            continue
        found = table.before.before(line, at)
        if found is None or low in ("over", "within", "until", "under", "above", "below", "beyond"):
            break
        at = found[0]
    return at


def _verb_before(line: Line, at: int, count: Count) -> Found | None:
    roles = lexicon.roles()
    verb = roles.verbs.before(line, at)
    if verb is not None:
        start, trigger = verb
        found = _active(line, start, at, trigger)
        if found is not None:
            return found
    act = roles.acts.before(line, at - 1) if line.low(at - 1) == "of" else None
    if act is not None:
        return Found(act[1], "act")
    direct = roles.acts.before(line, at)
    if direct is not None and " " in " ".join(w.low for w in line.words[direct[0] : at]):
        return Found(direct[1], "act")
    return _split_verb(line, at, count)


def _active(line: Line, start: int, end: int, verb: Verb) -> Found | None:
    if verb.form == "state":
        return None
    if verb.form in ("base", "past", "both", "ing", "participle"):
        before = line.low(start - 1)
        if verb.form == "participle" and before not in ("has", "have", "had", "having", "also", "already", "since"):
            return None
        if _unreal(line, start, verb.form):
            return Found("", "unreal")
        if before in ("and", "or", "/") and (other := _joined(line, start - 1)) is not None and {other, verb.act} == {"kill", "wound"}:
            return Found("mixed", "verb")
        if verb.form == "both" and _passive_before(line, start):
            return None
        return Found(verb.act, "verb")
    return None


def _joined(line: Line, at: int) -> str | None:
    """The verb right before "and": ``killed and wounded 143``."""
    verb = lexicon.roles().verbs.before(line, at)
    return verb[1].act if verb else None


def _passive_before(line: Line, start: int) -> bool:
    """``were killed 12 miles away``: the verb is passive, what follows is no object."""
    at = start - 1
    while at > 0 and _is("adverb", line.low(at)) and start - at < 4:
        at -= 1
    return line.low(at) in ("was", "were", "is", "are", "be", "been", "being")


def _unreal(line: Line, start: int, form: str) -> bool:
    """``planned to kill 40``, ``could displace 2,000``: not said to have happened."""
    is_ = lexicon.roles().is_
    at = start - 1
    while at >= 0 and _is("adverb", line.low(at)) and line.low(at) not in ("to", "be", "have") and start - at < 4:
        at -= 1
    word = line.low(at)
    if word == "to" and form == "base":
        return line.low(at - 1) not in ("began", "helped", "managed", "continued", "on", "proceeded", "known", "went", "used", "reported", "believed", "said", "is", "led")
    if form == "ing":
        return word in ("of", "from", "without", "avoid", "avoided", "against", "for") and bool({line.low(at - 1), line.low(at - 2)} & (is_["plan"] | {"capable", "accused", "suspected"}))
    return form == "base" and word in is_["unreal"] or form == "base" and word in ("not", "never")


def _split_verb(line: Line, at: int, count: Count) -> Found | None:
    """Verbs with a state after the figure: ``left 10 dead``, ``shot 12 dead``, ``took 30 hostage``, ``forced 40,000 to flee``."""
    word = line.low(at - 1)
    after = count.edge
    roles = lexicon.roles()
    if word in ("forced", "forcing", "forces", "force", "caused", "causing", "prompted", "prompting", "led", "drove", "driving", "driven", "sent"):
        if line.low(after) in ("to", "from", "out") and line.low(after + 1) in ("flee", "leave", "evacuate", "abandon", "their", "homes", "of", "seek", "the", "fleeing", "escape"):
            return Found("displace", "verb")
    if word in ("took", "taking", "take", "takes", "taken", "held", "holding", "kept", "keeping"):
        if line.low(after) in ("prisoner", "prisoners", "hostage", "captive", "hostages"):
            return Found("capture", "verb")
        if line.low(after) == "to" and "hospital" in (line.low(after + 1), line.low(after + 2), line.low(after + 3)):
            return Found("wound", "verb")
    if word in ("shot", "shooting", "brought") and line.low(after) in ("dead", "down"):
        return Found("kill" if line.low(after) == "dead" else "ruin", "verb")
    if word in ("made", "making", "rendered", "rendering") and line.low(after) == "homeless":
        return Found("displace", "verb")
    if word in roles.leaving:
        return _state_at(line, after, "beside")
    return None


def _listed_before(line: Line, at: int, others: dict[int, Count]) -> Count | None:
    """The figure that this one is listed with: ``10 soldiers, 5 guards and 3 cooks``, ``10 in the port and 5 in the hills``."""
    joint = line.low(at - 1)
    if joint not in (",", "and", "or", "&", "plus", "/") and not (joint == "as" or joint == "well"):
        return None
    best = None
    for first, other in others.items():
        if first < at and (best is None or first > best.first):
            best = other
    if best is None or best.edge > at or at - best.edge > 10:
        return None
    return best if _no_verb(line, best.edge, at) else None


def _no_verb(line: Line, start: int, end: int) -> bool:
    roles = lexicon.roles()
    is_ = roles.is_
    for i in range(start, end):
        low = line.low(i)
        if low in is_["auxiliary"] or low in is_["pronoun"] or low in is_["unreal"] or low in (";", ":", "-", "–", "—", "but", "while", "said"):
            return False
        if roles.verbs.at(line, i) or roles.states.at(line, i) or roles.subjects.at(line, i):
            return False
    return True


def _to_the_right(count: Count, others: dict[int, Count], verbs: frozenset[int]) -> Found | None:
    """``20 miners from the valley and their cook were killed``; parentheses and listed figures are stepped over."""
    line = count.line
    at, helped, commas = count.edge, False, 0
    stop = min(len(line.words), count.edge + REACH)
    while at < stop:
        low = line.low(at)
        found = _predicate_at(line, at, helped)
        if found is not None:
            count.bare = not helped
            return found
        if low in lexicon.roles().is_["auxiliary"]:
            helped, at = True, at + 1
            continue
        if low in lexicon.roles().is_["unreal"] and not helped and low != "to":
            return Found("", "unreal")
        step = _step(line, at, helped, others, verbs, count)
        if step is None:
            return None
        at = step
    return None


def _predicate_at(line: Line, at: int, helped: bool) -> Found | None:
    roles = lexicon.roles()
    if helped:
        found = _state_at(line, at, "predicate")
        if found is not None:
            return Found("", "denied") if _negated(line, at) else found
    subject = roles.subjects.at(line, at)
    if subject is not None and (subject[1].form in ("past", "both") or (helped and subject[1].form in ("participle", "both"))):
        if subject[1].act == "take" and line.low(at) in ("went", "go", "gone") and line.low(at + 1) != "to":
            return None
        return Found("", "denied") if _negated(line, at) else Found(subject[1].act, "predicate", subject[0])
    if helped and subject is not None and subject[1].form == "ing" and subject[1].act in ("displace",):
        return Found(subject[1].act, "predicate", subject[0])
    if not helped and line.low(at) not in ("hurt",):
        verb = roles.verbs.at(line, at)
        if verb and verb[1].form in ("participle", "both") and not _object_follows(line, verb[0]) and verb[1].act not in ("harm",):
            if line.low(at - 1) not in (",", "and", "or"):
                return _state_at(line, at, "predicate")
    return None


def _negated(line: Line, at: int) -> bool:
    return any(_is("negation", line.low(i)) for i in range(max(0, at - 3), at))


def _step(line: Line, at: int, helped: bool, others: dict[int, Count], verbs: frozenset[int], count: Count) -> int | None:
    """The next word to look at on the way to a predicate; None where the clause ends."""
    low = line.low(at)
    is_ = lexicon.roles().is_
    if at in others and others[at] is not count:
        other = others[at]
        return max(other.edge, at + 1) if not helped else None
    if helped:
        return at + 1 if low in is_["adverb"] or low in is_["negation"] else None
    if low in (";", ":", ".", "!", "?", "—", "–") or low in ("when", "because", "although", "though", "if", "where", "but", "while", "after", "as"):
        return None
    if low == ",":
        return _over_comma(line, at, others)
    if low in ("and", "or", "&"):
        return at + 1 if _joins_subject(line, at, others) else None
    if low in ("who", "which", "that", "whom"):
        return _relative(line, at)
    if at in verbs and not low.endswith("ing"):
        return None
    trigger = lexicon.roles().verbs.at(line, at)
    if trigger and trigger[1].form in ("past", "both") and _object_follows(line, trigger[0]):
        return None
    if low in _SAYING:
        return None
    return at + 1


_SAYING = frozenset("said says say told reported announced added according stated claimed confirmed reports".split())


def _relative(line: Line, at: int) -> int | None:
    """Into a relative clause that tells the act; other relative clauses end the search."""
    step = at + 1
    while line.low(step) in lexicon.roles().is_["auxiliary"] or _is("adverb", line.low(step)):
        step += 1
    roles = lexicon.roles()
    return at + 1 if roles.verbs.at(line, step) or roles.subjects.at(line, step) or roles.states.at(line, step) else None


def _over_comma(line: Line, at: int, others: dict[int, Count]) -> int | None:
    """Over a list or a parenthesis between commas, if a predicate can follow."""
    nxt = at + 1
    if nxt in others or (line.low(nxt) == "and" and nxt + 1 in others) or _modifier_then_count(line, nxt, others):
        return nxt
    roles = lexicon.roles()
    if roles.breakdown.at(line, nxt) or line.low(nxt) in ("both", "all", "most", "some", "aged", "mainly", "mostly", "many", "according", "among") or line.words[nxt].name or _is("determiner", line.low(nxt)) if nxt < len(line.words) else False:
        for i in range(nxt, min(nxt + 22, len(line.words))):
            if line.low(i) == "," and (_is("auxiliary", line.low(i + 1)) or roles.subjects.at(line, i + 1)):
                return i + 1
            if _is("auxiliary", line.low(i)) and i > nxt + 1 and roles.breakdown.at(line, nxt):
                return i
            if line.low(i) in (";", ":", "who", "which"):
                return None
    return None


def _modifier_then_count(line: Line, at: int, others: dict[int, Count]) -> bool:
    return any(i in others for i in range(at, min(at + 4, len(line.words)))) and lexicon.numbers().before.at(line, at) is not None


def _joins_subject(line: Line, at: int, others: dict[int, Count]) -> bool:
    """Does "and" add to the subject (``10 men and a girl were``), rather than begin a new clause?"""
    if at + 1 in others or any(at + 1 < f <= at + 5 for f in others):
        return True
    return any(_is("auxiliary", line.low(i)) for i in range(at + 1, min(at + 7, len(line.words)))) and not lexicon.roles().verbs.at(line, at + 1)


def _at_a_distance(count: Count, others: dict[int, Count]) -> Found | None:
    """``the toll from the storm that swept the coast rose to 20``; ``Deaths: 12``; ``the number of wounded is 40``."""
    line = count.line
    if count.kind not in ("none", "people", "money") or (count.kind == "people" and count.group not in ("people", "civilians")):
        return None
    at = _left(line, count.first)
    word = line.low(at - 1)
    if word not in ("to", "at", "of", "is", "was", "were", "stands", "stood", "reached", "reaches", "hit", "reaching", "by", "near", ":", "are", "as", "above", "over", "past", "from", "passed", "exceeded", "topped", "exceeds", "tops", "neared", "surpassed", "rises", "between", "be", "beyond", "through", "total", "totaled", "totalled", "remained", "climbed", "rose", "jumped", "below", "under", "for", "around", "about", ",", "nears", "hits"):
        return None
    for i in range(at - 1, max(-1, at - REACH), -1):
        if line.low(i) in (";",) or (i in others and others[i] is not count and word not in ("to", "from")):
            return None
        found = lexicon.roles().tolls.before(line, i + 1)
        if found is not None:
            return _toll(line, found, i + 1, at, count, word)
    return None


def _toll(line: Line, found: tuple[int, str], end: int, at: int, count: Count, word: str) -> Found | None:
    start, act = found
    text = " ".join(w.low for w in line.words[start:end])
    if act == "ruin":
        return Found("ruin", "toll") if count.kind == "money" and at - end < 6 else None
    if count.kind == "money":
        return None
    strong = "toll" in text or "number" in text or text in ("body count", "death count", "tally")
    rising = any(line.low(i) in _RISING for i in range(end, at))
    if strong and (rising or at - end <= 4):
        return Found(act, "toll")
    if not strong and (word == ":" and at - end <= 2 or (rising and at - end <= 6 and text not in ("count", "tally"))):
        return Found(act, "toll")
    return None


_RISING = frozenset(
    "rise rises rose risen rising climb climbs climbed reach reached reaches reaching stand stands stood standing put puts "
    "is was were increased increases increasing grew grown jumped jumps hit hits passed passes topped tops exceeded exceeds neared "
    "nears raised raise revised estimated totaled totalled at to soared soars surged doubled fell dropped lowered "
    "mounted mounts went remains remained may might could surpassed surpasses are be".split()
)


def _attributive(count: Count) -> Found | None:
    """``10 wounded soldiers`` when nothing else is said of them."""
    line = count.line
    if count.kind not in ("people", "buildings", "settlements", "vehicles"):
        return None
    for i in range(count.last, count.edge - 1):
        state = lexicon.roles().states.at(line, i)
        verb = lexicon.roles().verbs.at(line, i)
        if state and state[1].act in ("kill", "wound", "miss", "displace", "capture", "ruin") and not _is_free(line, i):
            return Found(state[1].act, "attribute")
        if verb and verb[1].form in ("participle", "both") and verb[1].act in ("kill", "wound", "capture", "detain", "displace", "destroy", "ruin"):
            return Found(verb[1].act, "attribute")
    return None


def _is_free(line: Line, at: int) -> bool:
    return line.low(at) in ("liberated", "occupied")

