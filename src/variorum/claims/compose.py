"""From clauses to rows: choose the trigger, fill the slots, and leave out what only introduces somebody's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from variorum.claims.clauses import Clause, find_clauses, headline_verb, like_verb
from variorum.claims.lexicon import Phrase, Trigger, forms_of, governing, noun_trigger, phrases, verb_trigger, words
from variorum.claims.modality import modality_of, polarity_of
from variorum.claims.nominal import carried, nominal_clauses, roles
from variorum.claims.passing import IN_PASSING, passing
from variorum.claims.slots import Slots, is_put_off, main_verb
from variorum.language.grammar import agent as agent_of
from variorum.language.grammar import is_passive
from variorum.language.tree import Tree, Word
from variorum.mentions import Found
from variorum.records import Claim
from variorum.voices import Voices
from variorum.voices.speakers import Speakers

__all__ = ["compose"]


def compose(doc: Tree, found: Found) -> list[Claim]:
    """The claims of a document."""
    if not doc.parsed:
        return []
    speakers = Speakers(doc, found)
    slots = Slots(doc, found, speakers)
    voices = Voices(found.voices)
    full = (s for s in doc.sentences if doc.text[s.start_char : s.end_char].strip())
    numbers = {token.i: number for number, sentence in enumerate(full) for token in sentence}
    rows: list[Claim] = []
    for clause in find_clauses(doc):
        for draft in claims_of(clause, slots):
            rows.append(draft.row(found.witness, slots, voices, numbers))
    rows.sort(key=lambda row: (row.start, -row.end, row.trigger_start or 0))
    return [numbered(row, number) for number, row in enumerate(rows)]


def numbered(row: Claim, number: int) -> Claim:
    """The row with its id."""
    return replace(row, claim=f"{row.witness}.c{number}")


class Draft:
    """A claim on its way to a row."""

    __slots__ = ("agent", "clause", "patient", "trigger", "type")

    def __init__(self, clause: Clause, trigger: Word, type_: str, agent: Word | None, patient: Word | None) -> None:
        self.clause, self.trigger, self.type = clause, trigger, type_
        self.agent, self.patient = agent, patient

    def row(self, witness: str, slots: Slots, voices: Voices, numbers: dict[int, int]) -> Claim:
        """The table's row; its id is given later."""
        clause, token = self.clause, self.trigger
        start, end = clause.start, clause.end
        at, to = token.start, token.start + len(token.text)
        nominal = (
            clause.above is not None and clause.head == token and token.pos in ("NOUN", "PROPN") and not verbal(clause)
        )
        whole = clause.above if nominal and clause.above is not None else clause
        later = is_noun(token) and put_off(whole, slots.clock)
        polarity = "affirmed" if nominal else polarity_of(whole, slots.clock)
        return Claim(
            witness, start, end, slots.text[start:end], "", self.type, slots.text[at:to],
            some(slots.name(self.agent), polarity), some(slots.name(self.patient), polarity),
            slots.place(clause, [self.patient]) or self.taken(slots), slots.date(clause, later),
            polarity,
            self.modality(whole, nominal, slots),
            list(voices.at(at, to)), slots.counted(clause), at, to, numbers.get(token.i),
        )  # fmt: skip

    def modality(self, whole: Clause, nominal: bool, slots: Slots) -> str:
        """What its clause makes of it; a noun alone tells what happened, unless that is put off."""
        if is_noun(self.trigger) and (put_off(whole, slots.clock) or deferred(self.trigger)):
            return "planned"
        return "happened" if nominal or self.named_only(self.clause) else modality_of(whole)

    def taken(self, slots: Slots) -> str | None:
        """A place that changes hands and is in no gazetteer: the patient's own name."""
        patient = self.patient
        if self.type != "control changes" or patient is None or patient.pos != "PROPN" or slots.is_actor(patient):
            return None
        return slots.name(patient)

    def named_only(self, clause: Clause) -> bool:
        """True for a heading that is only a noun: ``Visit of the king``, ``Battle of Merrow``."""
        return self.type != "other" and self.trigger == clause.main and not verbal(clause) and is_noun(self.trigger)


def put_off(clause: Clause, clock: frozenset[int]) -> bool:
    """``Talks have been put off until Monday``: what is to come is planned; what is moved to a place is not."""
    if not is_put_off(clause):
        return False
    main = main_verb(clause)
    later = [c for c in main.under("obl", "obl:tmod", "nmod") if c.case() in words("to_later")]
    return any(c.i in clock for c in later) or (bool(later) and main.low not in forms_of("moving"))


def deferred(noun: Word) -> bool:
    """``The council postponed the vote``: what is put off has not happened, though no new day is told."""
    return noun.dep in ("obj", "nsubj:pass") and noun.head.low in forms_of("deferring")


def some(name: str | None, polarity: str) -> str | None:
    """In ``no aid came until 5 May`` aid came."""
    return name[3:] if name and polarity == "affirmed" and name.lower().startswith("no ") else name


def is_noun(token: Word) -> bool:
    """True for nouns and names."""
    return token.pos in ("NOUN", "PROPN")


def verbal(clause: Clause) -> bool:
    """True when the clause has a subject or a copula of its own."""
    return any(c.dep in ("nsubj", "nsubj:pass", "cop", "aux") for c in clause.head.children)


def claims_of(clause: Clause, slots: Slots) -> Iterator[Draft]:
    """The claims that a clause makes: that of its verb, those of nouns that tell a happening, and those in passing."""
    used: set[int] = set()
    if draft := verbal_claim(clause, slots):
        if kept(clause, draft, slots.clock):
            used |= {draft.trigger.i, clause.main.i}
            yield draft
            if carries(clause.main, draft.trigger):
                yield Draft(clause, clause.main, IN_PASSING, draft.agent, draft.trigger)
        elif like_verb(draft.trigger) and draft.trigger.i not in slots.clock:
            used |= {draft.trigger.i, clause.main.i}
            yield Draft(clause, draft.trigger, IN_PASSING, draft.agent, draft.patient)
    for token, entry, piece in nominal_clauses(clause, used, slots):
        used.add(token.i)
        agent, patient = roles(token, entry, slots)
        yield Draft(piece, token, entry.type, agent, patient)
    for token, piece in passing(clause, used):
        agent, patient = bearers(token, slots)
        yield Draft(piece, token, IN_PASSING, agent, patient)


def carries(verb: Word, told: Word) -> bool:
    """``a fire broke out``: where a noun tells what happened, its verb tells that it began, went on or ended."""
    return told is not verb and is_noun(told) and verb.low in forms_of("beside_nouns")


def bearers(token: Word, slots: Slots) -> tuple[Word | None, Word | None]:
    """Who does and who bears an act told in passing: what the noun says of it, or the noun that a participle is of."""
    if is_noun(token):
        return roles(token, noun_trigger(token.low) or ANY_NOUN, slots)
    told_of = token.head if is_noun(token.head) else None
    return (told_of, None) if token.low.endswith("ing") else (None, told_of)


ANY_NOUN = Trigger("", IN_PASSING, "agent", frozenset({"of", "on", "against", "at"}))


def verbal_claim(clause: Clause, slots: Slots) -> Draft | None:
    """The claim of the clause's verb or predicate."""
    if found := carried(clause):
        return light_claim(clause, found, slots)
    clause.main = inner_passive(clause) or clause.main
    main = headline_verb(clause) or hidden_passive(clause) or clause.main
    entry = verb_trigger(main.low) if like_verb(main) or main != clause.main else None
    completed = completing(main) if like_verb(main) else None
    if completed is not None:
        entry = completed.trigger
    if main.pos in ("NOUN", "PROPN") and entry is None and (noun := noun_trigger(main.low)):
        agent, patient = roles(main, noun, slots)
        return Draft(clause, main, noun.type, agent, patient)
    agent, patient = slots.doers(clause, entry)
    if main != clause.main and main.low.endswith("ed"):
        agent, patient = None, agent
    if completed is not None:
        agent, patient = shared_out(completed, agent, patient, is_passive(main))
        return Draft(clause, main, completed.trigger.type, agent, patient)
    return Draft(clause, main, type_of(main, entry, agent, patient), agent, patient)


def completing(verb: Word) -> Phrase | None:
    """The set phrase that a verb makes with its particle, object, or a noun after a preposition."""
    for phrase in phrases().get(verb.low, ()):
        for child in verb.children:
            if child.dep in COMPLETING and child.low in phrase.with_:
                return phrase
    return None


COMPLETING = frozenset({"compound:prt", "obj", "obl", "xcomp", "advmod", "iobj", "nsubj:pass", "obl:npmod"})


def shared_out(
    phrase: Phrase, agent: Word | None, patient: Word | None, passive: bool
) -> tuple[Word | None, Word | None]:
    """Agent and patient of a set phrase: ``lost their lives`` has its subject as patient."""
    if phrase.trigger.subject == "patient" and not passive:
        return None, (agent or patient)
    if not phrase.keeps_object and not passive:
        return agent, None
    return agent, patient


def inner_passive(clause: Clause) -> Word | None:
    """``was elected mayor``, where the parser hangs the passive on ``mayor`` as a modifier."""
    for child in clause.main.children:
        if child.dep == "amod" and any(c.dep in ("aux:pass", "nsubj:pass") for c in child.children):
            return child
    return None


def hidden_passive(clause: Clause) -> Word | None:
    """``was elected mayor``, where the parser makes ``mayor`` the predicate: the participle right after the copula."""
    cop = next((c for c in clause.main.children if c.dep == "cop"), None)
    if cop is None or cop.i + 1 >= clause.main.i:
        return None
    after = cop.tree[cop.i + 1]
    found = after.head == clause.main and after.dep == "amod" and verb_trigger(after.low)
    return after if found and after.low.endswith("ed") else None


def light_claim(clause: Clause, found: tuple[Word, Trigger], slots: Slots) -> Draft:
    """``launched an attack on X``: the noun tells the happening, the verb's subject is its doer.

    A noun that makes a set phrase with its verb is meant as that: ``opened fire on X`` tells that one fired.
    """
    noun, entry = found
    phrase = completing(clause.main)
    if phrase is not None and noun.low in phrase.with_:
        entry = replace(verb_trigger(noun.low) or entry, type=phrase.trigger.type)
    agent, patient = roles(noun, entry, slots)
    if noun.dep not in ("nsubj",):
        subject, _ = slots.doers(clause, None)
        if is_passive(clause.main):
            agent = agent or agent_of(clause.main)
        elif subject is not None and subject != noun:
            agent = agent or subject
        patient = patient or slots.after(clause.main, entry)
    else:
        patient = patient or slots.after(clause.main, entry)
    return Draft(clause, noun, entry.type, agent, patient)


def type_of(main: Word, entry: Trigger | None, agent: Word | None, patient: Word | None) -> str:
    """The trigger's type; harm by an act of nature takes that one's, harm to people without a doer is a death."""
    if entry is None:
        doer = noun_trigger(agent.low) if agent is not None and main.pos == "VERB" else None
        carries = doer is not None and doer.type in words("self_acting") and main.low not in forms_of("stative")
        return doer.type if doer is not None and carries else "other"
    if main.low in forms_of("harm"):
        doer = noun_trigger(agent.low) if agent is not None else None
        if doer is not None and doer.type in words("natural"):
            return doer.type
        if agent is None and main.low in forms_of("harm_people"):
            return "death"
    fell = patient is not None and (patient.pos == "PROPN" or patient.low in words("fallen"))
    if entry.word == "fall" and not fell:
        return "other"
    return entry.type


def kept(clause: Clause, draft: Draft, clock: frozenset[int]) -> bool:
    """False for a clause that only introduces somebody's words, and for fragments without a happening."""
    main = clause.main
    if main.i in clock:
        return False
    if main.pos == "ADJ" and main.low in governing("adjective") and any(c.dep == "xcomp" for c in main.children):
        return False
    if main.low in forms_of("plain_speech") and (draft.type in ("other", "statement", "reject", "request", "accuse")):
        says = any(c.dep in ("ccomp", "parataxis") for c in main.children) or main.dep == "parataxis"
        told = any(c.dep in ("obj", "nsubj:pass") and c.low != "it" for c in main.children)
        if says or not told:
            return False
    if draft.type != "other":
        return True
    if main.pos in ("VERB", "AUX"):
        return clause.head.dep != "acl" and len(clause.own) > 1
    return any(c.dep in ("cop", "nsubj", "nsubj:pass") for c in clause.head.children)
