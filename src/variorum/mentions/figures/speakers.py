"""Who stands behind a verb of saying: its subject, the words round it, the agency and the person it quotes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from variorum.mentions import Found
from variorum.mentions.figures.lexicon import cues
from variorum.mentions.figures.words import Line, Word, split

__all__ = ["Speakers", "named_source"]

NAME_LIMIT = 14
"""How many words the name of a source may have."""

SUBJECTS = ("nsubj", "nsubj:pass", "nsubjpass", "csubj")


class Speakers:
    """Names the speakers of the cue verbs of one parsed text; ``last`` are those of the figures before."""

    def __init__(self, doc: Any, found: Found) -> None:
        self.text: str = doc.text
        self.doc = doc
        self.found = found
        self.time_starts = [t.start for t in found.times]
        self.people = [a for a in found.actors if a.kind == "person"]
        self.people_ends = [a.end for a in self.people]
        self.last: list[str] = []

    def of(self, verb: Any) -> list[str]:
        """The chain behind a cue, outermost first; empty where nobody is named.

        The words alone come first ("said Ana Teverin of the port"), then the subject, then whom it cites.
        """
        lemma = lemma_of(verb)
        if lemma in ("quote", "cite"):
            return self._quoting(verb)
        if (plain := self._inverted(verb) or self._set_off(verb)) is not None:
            return [plain]
        outer = verb.head
        if lemma == "say" and verb.dep_ in ("advcl", "xcomp", "acl") and lemma_of(outer) in ("quote", "cite"):
            return self._quoting(outer)
        subject = _subject(verb)
        if subject is None or (subject.dep_ in ("nsubj:pass", "nsubjpass") and _helped_by_be(verb)):
            subject = _agent(verb)
        if subject is None:
            return []
        name = self._listed(subject, verb) or self._name(subject)
        return ([name] if name else []) + self._cited(verb)

    def _quoting(self, verb: Any) -> list[str]:
        """``the agency quoted a doctor``, ``a doctor was quoted by the agency``: [the agency, a doctor]."""
        passive = _child(verb, ("nsubj:pass", "nsubjpass"))
        quoted = passive if passive is not None else _child(verb, ("obj", "dobj"))
        by = _agent(verb) if passive is not None else _subject(verb)
        names = [self._name(t) for t in (by, quoted) if t is not None]
        return [n for n in names if n]

    def _cited(self, verb: Any) -> list[str]:
        """``said, citing the port office``."""
        for child in verb.children:
            if child.dep_ in ("advcl", "xcomp") and child.lower_ in ("citing", "quoting"):
                quoted = _child(child, ("obj", "dobj"))
                name = self._name(quoted) if quoted is not None else None
                return [name] if name else []
        return []

    # --- by the words alone ---
    def _inverted(self, verb: Any) -> str | None:
        """``..., said Ana Teverin of the harbour office.``: the words up to a comma or full stop."""
        before = verb.nbor(-1).text if verb.i else ""
        if verb.i + 1 >= len(self.doc) or before[-1:] not in ",”\"'’" or verb.lower_ not in cues().lemmas:
            return None
        after = verb.nbor(1)
        if verb.lower_ in cues().sets["not_inverted"] or self._timed(after.idx):
            return None
        if not (after.text[0].isupper() or after.lower_ in ("a", "an", "the", "one", "another")):
            return None
        return name_from(split(self.text, after.idx, min(len(self.text), after.idx + 160)), 0)

    def _timed(self, offset: int) -> bool:
        at = bisect_right(self.time_starts, offset) - 1
        return at >= 0 and self.found.times[at].start <= offset < self.found.times[at].end

    def _set_off(self, verb: Any) -> str | None:
        """``an official of the port, Ana Teverin, said``: the name between commas before the cue."""
        if verb.i < 3 or verb.nbor(-1).text != ",":
            return None
        names = 0
        while names < 5 and verb.i - 2 - names > 0 and self.doc[verb.i - 2 - names].text[0].isupper():
            names += 1
        first = verb.i - 1 - names
        if names and first > 0 and self.doc[first - 1].text == ",":
            return str(self.doc[first : verb.i - 1].text)
        return None

    def _listed(self, subject: Any, verb: Any) -> str | None:
        """``survivors, the press and local politicians say``: all words from the subject up to the cue."""
        if not 0 < verb.i - subject.i <= NAME_LIMIT or subject.lower_ in cues().sets["pronouns"]:
            return None
        between = self.doc[subject.i + 1 : verb.i]
        plain = all(t.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "CCONJ", "ADP") or t.text == "," for t in between)
        if not plain or not any(t.pos_ == "CCONJ" for t in between) or between[-1].text == ",":
            return None
        left = _opened(self.doc, subject.left_edge.i, subject.i)
        return " ".join(str(self.doc[left : verb.i].text).split())

    # --- by the parse ---
    def _name(self, token: Any) -> str | None:
        if token.lower_ in cues().sets["pronouns"]:
            return self._antecedent(token)
        if token.lower_ in cues().sets["nobody"] or token.like_num:
            return None
        return noun_phrase(token)

    def _antecedent(self, token: Any) -> str | None:
        """Who "he" or "they" is: the person named last before it, else the speaker before."""
        low = token.lower_
        at = bisect_right(self.people_ends, token.idx) - 1
        if low in ("he", "she") and at >= 0:
            person = self.people[at]
            return person.referent or person.name
        return self.last[-1] if self.last and low not in ("it", "i", "we") else None


def lemma_of(verb: Any) -> str:
    """The lemma of a cue by our own table, else the parser's."""
    return cues().lemmas.get(verb.lower_) or str(verb.lemma_).lower() or str(verb.lower_)


def _subject(verb: Any) -> Any | None:
    """The subject of a verb, its own or that of the verb it is coordinated with or depends on as a participle."""
    token = verb
    for _ in range(3):
        subject = _child(token, SUBJECTS)
        if subject is not None:
            return _antecedent_of(subject) if subject.lower_ in ("who", "which", "that", "whom") else subject
        if token.dep_ in ("conj", "xcomp", "advcl") and token.head.pos_ in ("VERB", "AUX"):
            token = token.head
            continue
        return token.head if token.dep_ == "acl" else None
    return None


def _helped_by_be(verb: Any) -> bool:
    """A true passive has a form of "be"; "have maintained" has none, whatever a parser says."""
    return any(c.lower_ in ("was", "were", "is", "are", "been", "being", "be") for c in verb.children)


def _antecedent_of(pronoun: Any) -> Any | None:
    """Whom "who" stands for: the head of its clause, else the noun before it and its comma."""
    if pronoun.head.dep_.startswith("acl"):
        return pronoun.head.head
    at = pronoun.i - 1
    if at > 0 and pronoun.doc[at].text == ",":
        at -= 1
    before = pronoun.doc[at] if at >= 0 else None
    return before if before is not None and before.pos_ in ("NOUN", "PROPN") else None


def _child(token: Any, deps: tuple[str, ...]) -> Any | None:
    return next((c for c in token.children if c.dep_ in deps), None)


def _agent(verb: Any) -> Any | None:
    for child in verb.children:
        if child.dep_ == "obl:agent" or (child.dep_ == "obl" and any(c.lower_ == "by" for c in child.children)):
            return child
        if child.dep_ == "agent":
            return _child(child, ("pobj",))
    return None


def _opened(doc: Any, left: int, head: int) -> int:
    """Over "But", "Meanwhile", prepositions and marks at the beginning of a noun phrase."""
    while left < head and (doc[left].lower_ in cues().sets["openers"] or doc[left].dep_ == "case"):
        left += 1
    return left


def noun_phrase(head: Any) -> str | None:
    """The words of a noun phrase without relative clauses and appositions; None for what can be no speaker."""
    left, right = head.left_edge.i, head.i
    for child in head.rights:
        if child.dep_.startswith("acl") or child.dep_ in ("appos", "advcl", "parataxis", "cc:preconj"):
            break
        if child.dep_ == "punct":
            continue
        if child.right_edge.i - left > NAME_LIMIT or _mere_place(child):
            break
        right = child.right_edge.i
    left = _opened(head.doc, head.i if head.i - left > NAME_LIMIT else left, head.i)
    inside = head.doc[left : right + 1]
    if inside[0].lower_ in ("this", "that", "it") or any(t.pos_ == "AUX" for t in inside):
        return None
    return " ".join(str(inside.text).split()).strip(" ,;:'\"“”") or None


def _mere_place(child: Any) -> bool:
    """``in the state``: a place without a name says nothing of who speaks."""
    case = next((c.lower_ for c in child.children if c.dep_ == "case"), "")
    inside = child.doc[child.left_edge.i : child.right_edge.i + 1]
    return case in ("in", "on", "at", "near") and not any(t.text[0].isupper() for t in inside)


def named_source(line: Line) -> tuple[int, list[str]] | None:
    """``according to the harbour office``: where it begins in the text and whom it names.

    >>> named_source(Line(split("Ten died, according to the harbour office in Hale."), 0, 50))
    (10, ['the harbour office in Hale'])
    """
    for at in range(len(line.words)):
        hit = cues().source.at(line, at)
        if hit is not None and (name := name_from(line.words, hit[0])):
            return line.words[at].start, [name]
    return None


def name_from(listed: Sequence[Word], at: int) -> str | None:
    """The words of a source from ``at`` up to a comma, full stop, verb or conjunction of a clause.

    >>> name_from(split("Gen. A. Hale of the port, who left"), 0)
    'Gen. A. Hale of the port'
    """
    end = at
    while end < min(len(listed), at + NAME_LIMIT) and not listed[end].time:
        if listed[end].low in cues().sets["end"] and not _goes_on(listed, at, end):
            break
        end += 1
    while end > at and listed[end - 1].low in ("and", "the", "in", "on", "at", "a", "'s"):
        end -= 1
    gaps = ["" if i == at or listed[i - 1].end == listed[i].start else " " for i in range(at, end)]
    return "".join(gap + word.text for gap, word in zip(gaps, listed[at:end], strict=True)) or None


def _goes_on(listed: Sequence[Word], start: int, at: int) -> bool:
    """The point of an initial or a title, and a preposition before a name, do not end a name."""
    word = listed[at].low
    if word == ".":
        return at > start and (len(listed[at - 1].text) == 1 or listed[at - 1].low in cues().sets["titles"])
    return word in ("in", "on", "at") and at + 1 < len(listed) and listed[at + 1].name and not listed[at + 1].time
