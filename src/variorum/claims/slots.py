"""Who, to whom, where, when and how many: the slots of a claim, from the clause's own words.

Places, times and figures are those of the mention steps whose spans lie in the clause; none is filled in from elsewhere
except the date and place that the clause above sets at its front (``On 3 May the dam broke and ten houses fell``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from variorum.claims.clauses import Clause, bare_phrase, subject_of
from variorum.claims.lexicon import Trigger, forms_of, words
from variorum.language.grammar import agent, antecedent, is_passive
from variorum.language.tree import Tree, Word
from variorum.mentions import Found
from variorum.spans import Span
from variorum.voices.speakers import Speakers

__all__ = ["Slots", "is_put_off", "main_verb"]

WIDE = frozenset({"country", "continent"})  # they count as a place only where nothing finer stands


def main_verb(clause: Clause) -> Word:
    """The verb of a clause, or that above a noun that stands for it."""
    return clause.main if clause.main.pos == "VERB" else clause.main.head


def is_put_off(clause: Clause) -> bool:
    """True for a clause whose verb puts something off: ``postponed``, ``put off``, ``moved`` from a day to another."""
    main = main_verb(clause)
    phrase = main.low in forms_of("put_off") and any(c.low == "off" for c in main.under("compound:prt", "advmod"))
    return phrase or main.low in forms_of("postponing") | forms_of("moving")


@dataclass(frozen=True, slots=True)
class Located:
    """A mention with the index of the token that it begins in."""

    token: int
    span: Span
    value: str


class Slots:
    """The slots of all clauses of one document."""

    def __init__(self, doc: Tree, found: Found, speakers: Speakers) -> None:
        self.doc = doc
        self.text = doc.text
        self.found = found
        self.speakers = speakers
        self.starts = doc.starts
        self.times = self._times()
        self.passing = frozenset(self._token(time.start) for time in found.times if time.passing)
        self.clock = frozenset(self._token(time.start) for time in found.times)
        self.places = self._places()
        self.actors = frozenset(self._token(a.start) for a in found.actors)
        self.figures = sorted((f.start, f.end) for f in found.figures)

    def _token(self, offset: int) -> int:
        index = bisect_left(self.starts, offset)
        return index if index < len(self.starts) and self.starts[index] == offset else max(0, index - 1)

    def _times(self) -> dict[int, Located]:
        """Dates by token; durations and sets are no date."""
        rows: dict[int, Located] = {}
        for time in self.found.times:
            if time.type in ("DATE", "TIME") and time.edtf:
                index = self._token(time.start)
                rows[index] = Located(index, Span(time.start, time.end), time.edtf)
        return rows

    def _places(self) -> dict[int, Located]:
        """Places by their last token: rows where there are any, else the names layer."""
        rows = [(p.start, p.end, p.name or p.text) for p in self.found.places if not p.metonym]
        if not self.found.places:
            rows = [(a, b, self.text[a:b]) for a, b, label in self.doc.names if label == "PLACE"]
        found = {}
        self.wide = {p.name or p.text for p in self.found.places if p.kind in WIDE}
        for start, end, name in rows:
            index = self._token(max(start, end - 1))
            found[index] = Located(index, Span(start, end), name)
        return found

    # --- who and to whom ---

    def doers(self, clause: Clause, trigger: Trigger | None) -> tuple[Word | None, Word | None]:
        """The heads of agent and patient of a verbal clause."""
        verb = clause.main
        subject = subject_of(clause)
        obj = next((antecedent(c) for c in verb.children if c.dep == "obj"), None) or relative_object(clause)
        if obj is not None and obj.i in self.clock:
            obj = None
        after = self.after(verb, trigger)
        if is_passive(verb) or clause_passive(clause):
            return agent(verb), subject
        if trigger is not None and trigger.subject == "patient" and obj is None:
            return self.to_whom(verb) if trigger.word == "fall" else None, subject
        return subject, obj or after

    def to_whom(self, verb: Word) -> Word | None:
        """``fell to the army``."""
        return next(
            (c for c in verb.children if c.dep == "obl" and any(k.low == "to" and k.dep == "case" for k in c.children)),
            None,
        )

    def after(self, head: Word, trigger: Trigger | None) -> Word | None:
        """The object of a preposition that the trigger names: ``fired on the crowd``."""
        if trigger is None or not trigger.after:
            return None
        for child in head.children:
            if child.dep not in ("obl", "nmod", "obl:arg") or child.i < head.i or child.i in self.clock:
                continue
            if any(c.dep == "case" and c.low in trigger.after for c in child.children):
                return child
        return None

    def name(self, head: Word | None) -> str | None:
        """The words of a noun phrase; a pronoun gives the person that it stands for, where one is near."""
        if head is None or head.punct or head.space or head.i in self.clock:
            return None
        if head.low in ("who", "which", "that", "whom", "what", "there", "where"):
            return None
        if head.low in ("he", "she", "him", "her"):
            return self.speakers.name_of(Span(head.start, head.start + len(head.text)))
        first, last = bare_phrase(head, self.circumstances(head))
        start, end = self.doc[first].start, self.doc[last].end
        before = [i for i in range(self._token(start), head.i) if i in self.clock]
        if before:
            start = self.doc[max(before) + 1].start
            start += 4 if self.text[start : start + 4].lower() == "the " else 0
        return " ".join(self.text[start:end].split())[:200] or None

    def is_actor(self, head: Word) -> bool:
        """True when a noun phrase begins or stands where the actors step found somebody."""
        return head.i in self.actors or head.first in self.actors

    def circumstances(self, head: Word) -> frozenset[int]:
        """The modifiers of a noun that only say when or where: ``the crash near Merrow on 6 July``."""
        found = set()
        for child in head.children:
            if child.dep not in ("nmod", "obl", "nmod:tmod", "obl:tmod"):
                continue
            where = any(
                c.dep == "case" and c.low in ("in", "at", "near", "outside", "off", "on") for c in child.children
            )
            if child.i in self.clock or (where and any(t.i in self.places for t in child.subtree())):
                found.add(child.i)
        return frozenset(found)

    # --- where, when, how many ---

    def place(self, clause: Clause, also: Sequence[Word | None]) -> str | None:
        """The clause's places, joined by ``; ``: those after a preposition of place, and a patient that is a place."""
        inside = [t for t in clause.own if t.i in self.places]
        heads = {t.i for t in also if t is not None}
        chosen = [t for t in inside if self._is_where(t) or self._last_of(t, heads)]
        if not chosen and clause.above is not None and takes_over(clause):
            front = [
                t for t in clause.above.own if t.i in self.places and t.i < clause.above.main.i and self._is_where(t)
            ]
            chosen = [t for t in front if top_of(t).head == clause.above.head]
        names = list(dict.fromkeys(self.places[t.i].value for t in chosen))
        fine = [name for name in names if name not in self.wide]
        return "; ".join(fine or names) or None

    def _last_of(self, token: Word, heads: set[int]) -> bool:
        """True for a place that is itself, or coordinated with, one of the heads."""
        here = token
        for _ in range(6):
            if here.i in heads:
                return True
            if here.dep not in ("conj", "flat", "compound", "appos"):
                return False
            here = here.head
        return False

    def _is_where(self, token: Word) -> bool:
        """True for a place after a preposition of place, also coordinated or after a noun (``the town of``)."""
        here = token
        for _ in range(6):
            cases = [c for c in here.children if c.dep == "case"]
            if any(c.low in words("place_prepositions") for c in cases):
                return not any(c.low == "by" for c in cases)
            if (
                here.dep not in ("conj", "flat", "compound", "nmod", "appos", "nmod:poss", "obl", "dep")
                or here.head == here
            ):
                return False
            if here.dep == "obl" and not cases:
                return False
            here = here.head
        return False

    def date(self, clause: Clause, later: bool = False) -> str | None:
        """The date that hangs nearest to the clause's verb; else the one at the front of the clause above.

        With ``later`` the new day of what is put off counts: talks put off until Monday are planned for Monday.
        """
        inside = [t for t in clause.own if t.i in self.times and self._dates(t, clause, later)]
        if inside:
            best = min(inside, key=lambda t: (depth(t, clause), abs(t.i - clause.main.i)))
            return self.times[best.i].value
        if clause.above is not None and takes_over(clause):
            before = [t for t in clause.above.own if t.i in self.times]
            front = [t for t in before if t.i < clause.above.main.i and depth(t, clause.above) <= 1]
            joined = clause.head.dep == "conj"
            chosen = front or ([] if joined else before)
            if chosen:
                return self.times[chosen[0].i].value
            if clause.above.above is not None and joined:
                return self.date(clause.above) if takes_over(clause.above) and clause.above.head.dep == "conj" else None
        return None

    def _dates(self, token: Word, clause: Clause, later: bool) -> bool:
        """False for the old and new day of what is put off, and for a year in passing.

        That dates at most the participle it hangs on: "built in 1931".
        """
        if is_put_off(clause) and token.case() in words("put_off_days"):
            return later and token.case() in words("to_later")
        return token.i not in self.passing or clause.head.dep.startswith("acl")

    def counted(self, clause: Clause) -> list[int]:
        """Start offsets of the figures in the clause's own words."""
        index = bisect_left(self.figures, (clause.start, -1))
        own = {t.i for t in clause.own}
        result = []
        for start, _ in self.figures[index:]:
            if start >= clause.end:
                break
            if self._token(start) in own:
                result.append(start)
        return result


def clause_passive(clause: Clause) -> bool:
    """True for ``were reported killed``: a passive that hands on to a participle without an object."""
    if clause.head == clause.main or not any(c.dep == "aux:pass" for c in clause.head.children):
        return False
    main = clause.main
    return not any(c.dep in ("obj", "aux") or c.low == "to" for c in main.children) and main.pos == "VERB"


def relative_object(clause: Clause) -> Word | None:
    """The noun that a relative clause with its own subject modifies: ``the town that they took``."""
    token = clause.head
    if token.dep != "acl:relcl" or clause.main != token:
        return None
    if any(c.dep in ("nsubj", "nsubj:pass") and c.low not in ("who", "which", "that") for c in token.children):
        return token.head
    return None


def takes_over(clause: Clause) -> bool:
    """True for a clause that shares the time and place of the one above: coordinated, participial, or infinitive."""
    dep = clause.head.dep
    if dep in ("conj", "xcomp"):
        return True
    finite = "VerbForm=Fin" in clause.head.morph or any(c.dep in ("nsubj", "nsubj:pass") for c in clause.head.children)
    return dep in ("advcl", "parataxis") and not finite and not any(c.dep == "mark" for c in clause.head.children)


def depth(token: Word, clause: Clause) -> int:
    """How many steps a word hangs below the clause's head or main verb."""
    steps = 0
    here = token.head
    while here not in (clause.main, clause.head) and here.head != here and steps < 8:
        here = here.head
        steps += 1
    return steps


def top_of(token: Word) -> Word:
    """The highest word of the noun phrase that a token belongs to."""
    here = token
    for _ in range(8):
        if here.dep not in ("conj", "flat", "compound", "nmod", "appos") or here.head == here:
            return here
        here = here.head
    return here
