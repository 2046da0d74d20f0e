"""What one account says and another denies, and what cannot both be: unarmed and armed, captured and escaped.

Two claims of one happening stand against each other where the one affirms and the other denies the same act of the same
people, or where their words stand on two sides of a pair in `data/opposites.csv` and tell of the same person or thing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations

from variorum.dates import interval
from variorum.lists import rows, toml
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.readings.kindred import NAME, RARE, SHARE, names_of, quiet, supports, told_in
from variorum.readings.pairs import near_or_kindred
from variorum.readings.referents import meant
from variorum.records import Claim, Reading
from variorum.sentences import Passage, Sought, once, runs, runs_of, small, stem, stems, written
from variorum.verdicts import Standing

__all__ = ["denied", "not_yet", "opposite_rows", "same_act"]

_SET = toml("readings")["opposites"]
STRONG: float = _SET["strong"]
NEAR_DAYS: float = _SET["near_days"]
NEAR_WORDS: int = _SET["near_words"]
NEAR_DENIAL: int = _SET["near_denial"]
LIGHT = frozenset(_SET["light"])
IN_TURN = frozenset(_SET["in_turn"])
GROUP: int = _SET["group"]
NEXT: int = _SET["next"]
TOLD = ("happened", "state")


@dataclass(frozen=True, slots=True)
class State:
    """A word of the table at its place in a passage: its pair and side, of whom it is said, and where it stands.

    ``plain`` where a claim says it of somebody, or a name stands just before it.
    """

    pair: str
    side: str
    word: str
    start: int
    end: int
    of: frozenset[str]
    plain: bool = True


Both = dict[tuple[str, str, str, str], list[Passage]]
"""Where an account tells a side of a pair of one name."""


def opposite_rows(collation: Collation) -> Iterator[Row]:
    """Rows of denials and of opposites for pairs of sentences that tell one happening, the best linked first."""
    told: set[tuple[int, int]] = set()
    states: dict[int, list[State]] = {}
    both: Both = defaultdict(list)
    for p in collation.items:
        states[p.number] = [_of_persons(collation, p, s) for s in _states(p)]
        names = meant(collation.called, p.witness, names_of(p)) if states[p.number] else frozenset[str]()
        for s in states[p.number]:
            for word in s.of & names:
                both[p.witness, s.pair, s.side, word].append(p)
    for a, b in _pairs(collation, states):
        found = list(_denials(a, b, 1 if _close(collation, a, b) else 2)) if _told_nos(a) or _told_nos(b) else []
        if not found and states[a.number] and states[b.number]:
            found = list(_opposites(collation, a, b, states, both))
        for row in found:
            key = (row.readings[0].start, row.readings[1].start)
            if key not in told:
                told.add(key)
                most = supports(collation, a, b) + int(row.evidence.pop("of a name", 0.0))
                row.evidence["told of one"] = float(min(3, most))
                yield row


def _of_persons(collation: Collation, passage: Passage, state: State) -> State:
    """The state with the persons who are meant by the words of whom it is said."""
    return State(
        state.pair, state.side, state.word, state.start, state.end,
        meant(collation.called, passage.witness, state.of), state.plain,
    )  # fmt: skip


def _stated(collation: Collation, states: Mapping[int, Sequence[State]]) -> Iterator[tuple[Passage, Passage]]:
    """Pairs of sentences of two accounts in one story that tell two sides of a pair of one matter, near in time.

    A person is one where both tell times, a thing where few sentences have its word.
    """
    told: dict[tuple[str, str, str], list[tuple[Passage, State]]] = defaultdict(list)
    for p in collation.items:
        for s in states[p.number]:
            for what in s.of:
                if (s.plain and what.startswith("=") and p.clock) or _few(collation, what):
                    told[collation.story_of[p.number] if collation.story_of else "", s.pair, what].append((p, s))
    for _, listed in sorted(told.items()):
        for (p, x), (q, y) in combinations(listed[:GROUP], 2):
            if p.witness != q.witness and x.side != y.side and not quiet(p, q, NEAR_DAYS):
                yield p, q


def _pairs(collation: Collation, states: Mapping[int, Sequence[State]]) -> Iterator[tuple[Passage, Passage]]:
    """The pairs that are tied to each other, then those that share a rare word within a story, or a person's states."""
    told = near_or_kindred(collation)
    yield from told
    seen = {(a.number, b.number) for a, b in told}
    for a, b in _stated(collation, states):
        if (a.number, b.number) not in seen:
            seen.add((a.number, b.number))
            yield a, b


def _close(collation: Collation, a: Passage, b: Passage) -> bool:
    return collation.score(a, b) >= STRONG or (collation.together(a, b) and collation.one_story(a, b))


def _told_no(passage: Passage, claim: Claim) -> bool:
    """True where a claim is denied by somebody, or a word of denial stands just before its act or whom it is of."""
    if claim.polarity != "negated" or claim.trigger_start is None:
        return claim.polarity == "denied"
    at = claim.trigger_start - passage.start
    before = passage.text[:at].split()[-NEAR_DENIAL:]
    whom = f"{claim.agent or ''} {claim.patient or ''}".split()
    return any(w.lower().strip(",.") in _denial() or w.lower().endswith(("n't", "n’t")) for w in [*before, *whom])


@once
def _told_nos(passage: Passage) -> frozenset[int]:
    """The places, in their order, of the claims of a sentence that are told not to be so."""
    return frozenset(n for n, claim in enumerate(passage.claims) if _told_no(passage, claim))


@cache
def _denial() -> frozenset[str]:
    return frozenset(toml("readings")["words"]["denial"]) | frozenset(toml("readings")["words"]["nobody"])


def denied(claim: Claim) -> bool:
    """True when a claim is told as not having happened."""
    return claim.polarity in ("negated", "denied")


def _denials(a: Passage, b: Passage, least: int) -> Iterator[Row]:
    """The same act of the same people, told and denied; ``least`` of who, to whom and where must be the same."""
    ours, theirs = _told_nos(a), _told_nos(b)
    for n, x in enumerate(a.claims):
        for m, y in enumerate(b.claims):
            told = (n in ours) != (m in theirs) and x.modality in TOLD and y.modality in TOLD
            if (
                told
                and not _ANY.search((b if n in ours else a).text)
                and same_act(a, x, b, y, least)
                and not _not_meant(*((a, x, b) if denied(x) else (b, y, a)))
            ):
                no, yes, where = (x, y, (a, b)) if denied(x) else (y, x, (b, a))
                first, second = _claimed(where[0], no), _claimed(where[1], yes)
                why = f"{cite(first)}, {cite(second)}: the one denies what the other tells."
                yield Row("denial", "denial", "", Standing.CONFLICT, why, [first, second], "high", 0.5, 2, [a, b])
                return


_ANY = re.compile(r"\bany\b", re.IGNORECASE)
"""What is told of any is denied or asked, though the words before were not understood."""
_NOT_YET = re.compile(
    r"\b(?:ha(?:s|ve) (?:not|never|yet)|ha(?:s|ve)n['’]t|yet|so far|(?:is|are) still|no \w+ ha(?:s|ve) been)\b",
    re.IGNORECASE,
)


def _not_meant(no: Passage, claim: Claim, yes: Passage) -> bool:
    """True where a denial is narrower than what is told ("no ties with Merrow"), or of what had not happened yet."""
    said = no.text[claim.start - no.start : claim.end - no.start]
    named = {word.lower() for word in NAME.findall(said) if not said.startswith(word)}
    if named and not any(word in small(yes) for word in named):
        return True
    return not_yet(no, yes)


def not_yet(no: Passage, yes: Passage) -> bool:
    """True where what had not happened by the day of the one account may have happened by that of the other."""
    early, late = interval(no.published), interval(yes.published)
    same = early is not None and late is not None and late.first <= early.first
    return not same and _NOT_YET.search(no.text) is not None


def same_act(a: Passage, x: Claim, b: Passage, y: Claim, least: int) -> bool:
    """One word for the act and nobody in it who is another; ``least`` of those named, or more words, are the same."""
    if not x.trigger or stem(x.trigger) != stem(y.trigger) or stem(x.trigger) in LIGHT:
        return False
    shared = 0
    for left, right in ((x.agent, y.agent), (x.patient, y.patient), (x.place, y.place)):
        one, other = _whom(left), _whom(right)
        if one and other:
            if one & other:
                shared += 1
            elif told_in(a, left) and told_in(b, right):
                return False
    more = _clause(a, x) & _clause(b, y) - {stem(x.trigger)}
    return shared + (len(more) > 1) >= least


def _clause(passage: Passage, claim: Claim) -> frozenset[str]:
    return stems(passage.text[claim.start - passage.start : claim.end - passage.start])


@cache
def _holders() -> re.Pattern[str]:
    """What a name is only told apart by: the mayor's house, men of the guard."""
    behind = "|".join(toml("readings")["words"]["told_apart_by"])
    return re.compile(rf"(?<![\w-])[\w-]+['’]s?\s|\s(?:{behind})\s.*$", re.DOTALL)


@lru_cache(maxsize=65536)
def _whom(text: str | None) -> frozenset[str]:
    """The content words of a name; none where it is nobody or nothing."""
    if not text or not _nobody().isdisjoint(text.lower().split()):
        return frozenset()
    return frozenset(w for w in stems(_holders().sub("", text)) if not w.endswith("-old"))


@cache
def _nobody() -> frozenset[str]:
    return frozenset(toml("readings")["words"]["nobody"])


def _claimed(passage: Passage, claim: Claim) -> Reading:
    item = reading(passage, claim.start, claim.end, "denial", claim.polarity)
    return _as_said(item, claim)


def _as_said(item: Reading, claim: Claim) -> Reading:
    item.voice.extend(claim.voice)
    return item


_BEFORE_NOUN = re.compile(r" ([a-z][\w’'-]+)(?: [a-z][\w’'-]+)?")
"""The words behind an adjective, of which the first is its noun where it is no word of grammar."""


@cache
def _table() -> tuple[dict[str, list[dict[str, str]]], dict[str, list[tuple[int, Sought, dict[str, str]]]]]:
    """The verbs of the table by their stem, and its other words by one of their parts, with their line."""
    verbs: dict[str, list[dict[str, str]]] = defaultdict(list)
    words: dict[str, list[tuple[int, Sought, dict[str, str]]]] = defaultdict(list)
    for line, row in enumerate(rows("opposites")):
        if row["of"] == "noun":
            told = re.compile(rf"(?<![\w-]){re.escape(row['word'])}(?![\w-])", re.IGNORECASE)
            words[max(runs_of(row["word"]), key=len)].append((line, Sought(told, [row["word"]]), row))
        else:
            verbs[stem(row["word"].split()[0])].append(row)
    return verbs, words


def _states(passage: Passage) -> Iterator[State]:
    """What a passage says of whom, as the table has it."""
    verbs, words = _table()
    for claim in passage.claims:
        if claim.polarity != "affirmed" or claim.modality not in TOLD or claim.trigger_start is None:
            continue
        for row in verbs.get(stem(claim.trigger.split()[0]) if claim.trigger else "", ()):
            whom = claim.patient if row["of"] == "patient" else claim.agent or claim.patient
            end = claim.trigger_end or claim.trigger_start
            more = passage.text[end - passage.start :].lower().lstrip()
            if whom and more.startswith(" ".join(row["word"].split()[1:])):
                yield State(row["pair"], row["side"], row["word"], claim.trigger_start, end, _whom(whom))
    told = [one for part in runs(passage) & words.keys() for one in words[part]]
    for _, sought, row in sorted(told, key=lambda one: one[0]):
        for match in sought.finditer(passage):
            start, end = passage.start + match.start(), passage.start + match.end()
            held, plain = _beside(passage, match)
            yield State(row["pair"], row["side"], row["word"], start, end, held, plain)


def _beside(passage: Passage, match: re.Match[str]) -> tuple[frozenset[str], bool]:
    """Of whom a word of state is said, and whether plainly: by its claim, else one of the content words beside it."""
    said = [c for c in passage.claims if c.trigger_start == passage.start + match.start() and (c.agent or c.patient)]
    if said:
        return _whom(said[0].agent) | _whom(said[0].patient), True
    before_noun = None if " " in match[0] else _BEFORE_NOUN.match(passage.text, match.end())
    if before_noun and stems(before_noun[1]):
        return stems(before_noun[0]), True  # the unarmed crowd: not the one who fired on it
    before = passage.text[: match.start()].split()[-NEAR_WORDS:]
    last = [w for w in before[-NEXT:] if w[:1].isupper()]
    after = passage.text[match.end() :].split()[:3]
    return stems(" ".join([*before, *after])), bool(last)


def _has_both(passage: Passage, state: State, other: str, told: Both) -> bool:
    """True where an account tells the other side of the same name about the same days, or on days that are not told."""
    return any(
        not (p.clock and passage.clock) or any(t.days.gap(u.days) <= NEAR_DAYS for t in p.clock for u in passage.clock)
        for word in state.of
        for p in told.get((passage.witness, state.pair, other, word), ())
    )


def _both_name(collation: Collation, a: Passage, b: Passage) -> frozenset[str]:
    """The persons whom both sentences name, in whatever spelling; of a pronoun nobody can be sure."""
    known = collation.called
    return meant(known, a.witness, names_of(a)) & meant(known, b.witness, names_of(b))


def _few(collation: Collation, word: str) -> bool:
    """True where few sentences have a word, and few of a hundred: in a short story every word is in few."""
    return 0 < collation.rarity.frequency[word] <= min(RARE, SHARE * collation.rarity.size)


def _named(a: Passage, b: Passage) -> frozenset[str]:
    return names_of(a) & names_of(b)


def _told_of(passage: Passage, words: frozenset[str]) -> list[str]:
    """Up to three of the words, as they are written, and persons by their names where no word is common."""
    plain = sorted(w for w in words if not w.startswith("="))
    return list(written(passage.text, plain[:3])) if plain else sorted(w[1:] for w in words)[:3]


def _opposites(
    collation: Collation, a: Passage, b: Passage, states: Mapping[int, Sequence[State]], told: Both
) -> Iterator[Row]:
    """The first two states of one person or thing that shut each other out.

    An account that has both sides does not stand against the other: captured, and later escaped.
    """
    if quiet(a, b, NEAR_DAYS):
        return
    left, right = states[a.number], states[b.number]
    for x in left:
        for y in right:
            if not _shut_out(a, b, x, y) or _in_one(x, left) or _in_one(y, right):
                continue
            if _has_both(a, x, y.side, told) or _has_both(b, y, x.side, told):
                continue
            row = _opposed(collation, a, b, x, y)
            rare = any(_few(collation, word) for word in (x.of & y.of) - _named(a, b))
            row.evidence["of a name"] += float(rare)
            yield row
            return


def _shut_out(a: Passage, b: Passage, x: State, y: State) -> bool:
    """True for two sides of one pair; arrested and fled follow on one another, where no days say that they do not."""
    in_turn = x.pair in IN_TURN and not (a.times and b.times)
    return x.pair == y.pair and x.side != y.side and bool(x.of & y.of) and not in_turn


def _in_one(state: State, beside: Sequence[State]) -> bool:
    return any(s.pair == state.pair and s.side != state.side for s in beside)


def _opposed(collation: Collation, a: Passage, b: Passage, x: State, y: State) -> Row:
    of_one = x.of & y.of
    first, second = (reading(p, s.start, s.end, "act", s.word) for p, s in ((a, x), (b, y)))
    whom = ", ".join(_told_of(a, of_one))
    why = f"{cite(first)}, {cite(second)}: told of the same ({whom}), and the one shuts out the other."
    row = Row("opposite", "act", whom, Standing.CONFLICT, why, [first, second], "high", 0.5, 2, [a, b])
    person = x.plain and y.plain and any(w.startswith("=") for w in of_one & _both_name(collation, a, b))
    days = bool(a.times and b.times)  # and these are near: else the pair were quiet
    row.evidence["of a name"] = float(person or bool(of_one & _named(a, b))) + float(person and days)
    return row
