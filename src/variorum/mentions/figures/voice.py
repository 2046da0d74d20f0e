"""Whose figure it is: the subject of the verb of saying that governs it, or the source that the sentence names.

In order: ``according to X``; the subject of a governing cue verb; the subject of the nearest cue of the sentence; the
speaker of the direct quotation it stands in; the speaker of the sentence before. A chain is told outermost first:
in "the agency quoted a doctor as saying" the voice is [the agency, a doctor].
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from variorum.mentions import Found
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.lexicon import Phrases, inflect
from variorum.mentions.figures.predicates import titled
from variorum.mentions.figures.words import Line, Word, split

__all__ = ["Voices"]

CLIMB = 14
"""How many heads are followed upwards from a figure."""

NAME_LIMIT = 14
"""How many words the name of a source may have."""


class Source(NamedTuple):
    """A cue: its token index, the speakers it gives (outermost first), and whether it needs to govern."""

    cue: int
    speakers: list[str]
    weak: bool


class Words(NamedTuple):
    """The tables of ``data/figures-voice.toml``."""

    strong: frozenset[str]
    weak: frozenset[str]
    lemmas: dict[str, str]
    source: Phrases
    pronouns: frozenset[str]
    nobody: frozenset[str]


@cache
def words() -> Words:
    """The cue words."""
    data = tomllib.loads(files("variorum").joinpath("data", "figures-voice.toml").read_text(encoding="utf-8"))
    lemmas = {form: lemma for lemma in data["strong"] for form in inflect(lemma)}
    lemmas |= {form: lemma for lemma, forms in data["forms"].items() for form in forms}
    phrases = data["phrases"]
    return Words(
        frozenset(data["strong"]), frozenset(data["weak"]), lemmas, Phrases((p, p) for p in phrases["source"]),
        frozenset(phrases["pronouns"]), frozenset(phrases["nobody"]),
    )  # fmt: skip


class Voices:
    """Gives each figure of a text its voice, sentence by sentence in order; remembers who spoke last."""

    def __init__(self, doc: Any, found: Found) -> None:
        self.doc = doc
        self.found = found
        self.parsed = bool(doc.has_annotation("DEP"))
        self.starts = [token.idx for token in doc] if self.parsed else []
        self.direct = sorted((q.start, q.end, q.speaker) for q in found.quotes if q.direct and q.speaker)
        self.time_starts = [t.start for t in found.times]
        self.last: list[str] = []
        self.last_end = -1

    def give(self, line: Line, counts: Sequence[Count]) -> None:
        """Sets ``voice`` on the counts of one sentence; to be called for every sentence, in order."""
        sources = self._sources(line) if self.parsed else []
        named = _named_source(line)
        for count in counts:
            count.voice = self._voice(line, count, sources, named)
        own = [c.voice for c in counts if c.voice]
        spoken = own[-1] if own else (sources[-1].speakers if sources else named[1] if named else [])
        if spoken and not titled(line):
            self.last, self.last_end = spoken, line.end

    def _adjacent(self, line: Line) -> bool:
        gap = self.doc.text[self.last_end : line.start] if 0 <= self.last_end <= line.start else None
        return gap is not None and len(gap) < 4

    def _voice(self, line: Line, count: Count, sources: list[Source], named: tuple[int, list[str]] | None) -> list[str]:
        if self.parsed:
            governing = self._governing(count, sources)
            if governing is not None:
                return governing
        if named is not None and _reaches(line, count, named[0]):
            return named[1]
        if sources:
            near = self._straight(count, sources) or self._nearest(line, count, sources)
            if near:
                return near
        elif not self.parsed:
            return []
        inside = self._quoted(count)
        if inside:
            return [inside]
        if not sources and self.last and self._adjacent(line):
            return self.last
        return []

    def _quoted(self, count: Count) -> str | None:
        at = bisect_right(self.direct, (count.start_offset, 1 << 60, "")) - 1
        if at >= 0 and self.direct[at][0] <= count.start_offset < self.direct[at][1]:
            return self.direct[at][2]
        return None

    # --- cues of a sentence ---
    def _sources(self, line: Line) -> list[Source]:
        first = bisect_left(self.starts, line.start)
        last = bisect_left(self.starts, line.end)
        found = []
        for index in range(first, last):
            token = self.doc[index]
            if token.pos_ not in ("VERB", "AUX") and token.lower_ not in ("said", "says"):
                continue
            lemma = words().lemmas.get(token.lower_) or token.lemma_.lower() or token.lower_
            if lemma in words().strong or lemma in words().weak:
                speakers = self._speakers(token)
                if speakers:
                    found.append(Source(index, speakers, lemma in words().weak))
        return found

    def _speakers(self, verb: Any) -> list[str]:
        """The chain behind a cue: who stands round it by the words alone, else its subject, and whom it quotes."""
        if (plain := self._inverted(verb) or self._set_off(verb)) is not None:
            return [plain]
        lemma = words().lemmas.get(verb.lower_) or verb.lemma_.lower()
        subject = self._subject(verb)
        if lemma in ("quote", "cite"):
            quoted = _child(verb, ("obj", "dobj", "nsubj:pass"))
            by = _agent(verb)
            chain = [self._name(t) for t in (by or subject, quoted) if t is not None]
            return [c for c in chain if c]
        if subject is None or subject.dep_ in ("nsubj:pass", "nsubjpass"):
            by = _agent(verb)
            name = self._name(by) if by is not None else None
            return [name] if name else []
        name = self._listed_name(subject, verb) or self._name(subject)
        return [name] if name else []

    def _listed_name(self, subject: Any, verb: Any) -> str | None:
        """``survivors, the press and local politicians say``: all words from the subject up to the cue."""
        if not 0 < verb.i - subject.i <= NAME_LIMIT or subject.lower_ in words().pronouns:
            return None
        between = self.doc[subject.i + 1 : verb.i]
        plain = all(t.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "CCONJ", "ADP") or t.text == "," for t in between)
        if not plain or not any(t.pos_ == "CCONJ" for t in between) or between[-1].text == ",":
            return None
        left = subject.left_edge.i
        while left < subject.i and self.doc[left].lower_ in OPENERS:
            left += 1
        return " ".join(str(self.doc[left : verb.i].text).split())

    def _inverted(self, verb: Any) -> str | None:
        """``..., said Ana Teverin of the harbour office.``: the words up to a comma or full stop."""
        before = verb.nbor(-1).text if verb.i else ""
        if verb.i + 1 >= len(self.doc) or before[-1:] not in ",”\"'’" or verb.lower_ not in words().lemmas:
            return None
        after = verb.nbor(1)
        if verb.lower_ in ("told", "tells", "tell", "telling", "quoted", "cited", "put") or self._timed(after.idx):
            return None
        if not (after.text[0].isupper() or after.lower_ in ("a", "an", "the", "one", "another")):
            return None
        listed = split(self.doc.text, after.idx, min(len(self.doc.text), after.idx + 160))
        return _name_from(listed, 0)

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

    def _subject(self, verb: Any) -> Any | None:
        """The subject of a verb, its own or that of the verb it is coordinated with or depends on as a participle."""
        token = verb
        for _ in range(3):
            subject = _child(token, ("nsubj", "nsubj:pass", "nsubjpass", "csubj"))
            if subject is not None:
                if subject.lower_ in ("who", "which", "that") and subject.head.dep_.startswith("acl"):
                    return subject.head.head
                return subject
            if token.dep_ in ("conj", "xcomp", "advcl") and token.head.pos_ in ("VERB", "AUX"):
                token = token.head
                continue
            if token.dep_ == "acl":
                return token.head
            return None
        return None

    def _name(self, token: Any) -> str | None:
        if token.lower_ in words().pronouns:
            return self._antecedent(token)
        if token.lower_ in words().nobody or token.like_num:
            return None
        return _noun_phrase(token)

    def _antecedent(self, token: Any) -> str | None:
        """Who "he" or "they" is: the person named last before it, else the speaker before."""
        low = token.lower_
        if low in ("he", "she"):
            people = [a for a in self.found.actors if a.kind == "person" and a.end <= token.idx]
            if people:
                last = people[-1]
                return last.referent or last.name
        return self.last[-1] if self.last and low not in ("it", "i", "we") else None

    # --- choosing one ---
    def _governing(self, count: Count, sources: list[Source]) -> list[str] | None:
        at = bisect_right(self.starts, count.line.words[count.number].start) - 1
        if not sources or at < 0:
            return None
        cues = {s.cue: s for s in sources}
        token, before = self.doc[at], self.doc[at]
        for _ in range(CLIMB):
            source = cues.get(token.i)
            if source is not None and before.dep_ not in ("nsubj", "nsubj:pass") and token.i != before.i:
                return source.speakers
            for child in token.children if token.n_lefts + token.n_rights < 40 else ():
                if child.dep_ in ("parataxis", "ccomp") and child.i in cues and child.i != before.i and not cues[child.i].weak:
                    if child.i > token.i or child.dep_ == "parataxis":
                        return cues[child.i].speakers
            if token.head.i == token.i:
                return None
            before, token = token, token.head
        return None

    def _straight(self, count: Count, sources: list[Source]) -> list[str] | None:
        """A cue to the left, weak ones too, with no other verb between it and the figure: ``updated its toll to 704``."""
        at = bisect_right(self.starts, count.line.words[count.number].start) - 1
        before = [s for s in sources if s.cue < at]
        if not before or at - before[-1].cue > 12:
            return None
        cue = before[-1]
        verbs = any(self.doc[i].pos_ in ("VERB", "AUX") for i in range(cue.cue + 1, at))
        return cue.speakers if not verbs and not self._aside(cue.cue) else None

    def _aside(self, cue: int) -> bool:
        """Does the cue stand in a relative clause, which tells of somebody else?"""
        token = self.doc[cue]
        for _ in range(3):
            if token.dep_.startswith("acl"):
                return True
            token = token.head
        return False

    def _nearest(self, line: Line, count: Count, sources: list[Source]) -> list[str] | None:
        best: tuple[int, list[str]] | None = None
        for source in sources:
            if source.weak or self._aside(source.cue):
                continue
            token = self.doc[source.cue]
            after = token.idx > count.start_offset
            if after and _cut_off(line, count.end_offset, token.idx):
                continue
            distance = abs(token.idx - count.start_offset)
            if best is None or distance < best[0]:
                best = distance, source.speakers
        return best[1] if best else None


def _cut_off(line: Line, start: int, end: int) -> bool:
    """A cue after ``, and`` or ``, but`` does not reach back over it."""
    inside = [w for w in line.words if start <= w.start < end]
    return any(
        a.low == "," and b.low in ("and", "but", "while", "whereas") or a.low == ";"
        for a, b in zip(inside, inside[1:], strict=False)
    )


def _child(token: Any, deps: tuple[str, ...]) -> Any | None:
    return next((c for c in token.children if c.dep_ in deps), None)


def _agent(verb: Any) -> Any | None:
    for child in verb.children:
        if child.dep_ in ("obl:agent", "agent"):
            return child if child.dep_ == "obl:agent" else _child(child, ("pobj",))
        if child.dep_ == "obl" and any(c.lower_ == "by" for c in child.children):
            return child
    return None


def _noun_phrase(head: Any) -> str | None:
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
    if head.i - left > NAME_LIMIT:
        left = head.i
    while left < head.i and head.doc[left].lower_ in OPENERS:
        left += 1
    inside = head.doc[left : right + 1]
    if inside[0].lower_ in ("this", "that", "it") or any(t.pos_ == "AUX" for t in inside):
        return None
    return " ".join(str(inside.text).split()).strip(" ,;:'\"“”") or None


def _mere_place(child: Any) -> bool:
    """``in the state``: a place without a name says nothing of who speaks."""
    case = next((c.lower_ for c in child.children if c.dep_ == "case"), "")
    inside = child.doc[child.left_edge.i : child.right_edge.i + 1]
    return case in ("in", "on", "at", "near", "from") and not any(t.text[0].isupper() for t in inside)


OPENERS = frozenset({"but", "and", "so", "yet", "however", "also", ",", "“", '"', "”", "meanwhile", "later", "earlier", "still"})


def _named_source(line: Line) -> tuple[int, list[str]] | None:
    """``according to the harbour office``: where it stands and who it names."""
    for at in range(len(line.words)):
        hit = words().source.at(line, at)
        if hit is not None:
            name = _name_from(line.words, hit[0])
            if name:
                return line.words[at].start, [name]
    return None


def _name_from(listed: list[Word], at: int) -> str | None:
    """The words of a source from ``at`` up to a comma, full stop, verb or conjunction of a clause."""
    end = at
    while end < min(len(listed), at + NAME_LIMIT) and not listed[end].time:
        low = listed[end].low
        if low in (",", ".", ";", ":", "(", ")", "—", "–", "\"", "“", "”", "who", "which", "that", "was", "were", "is", "are", "has", "have", "had", "but", "as", "on", "in", "after", "when", "while", "said", "at"):  # fmt: skip
            initial = low == "." and end > at and (len(listed[end - 1].text) == 1 or listed[end - 1].low in _TITLES)
            if not initial and (low not in ("in", "on", "at") or not _names_on(listed, end)):
                break
        end += 1
    while end > at and listed[end - 1].low in ("and", "the", "in", "on", "at", "a", "'s"):
        end -= 1
    return _joined(listed[at:end]) or None


_TITLES = frozenset({"mr", "mrs", "ms", "dr", "gen", "col", "maj", "lt", "capt", "sgt", "gov", "sen", "rep", "prof", "st"})


def _names_on(listed: list[Word], at: int) -> bool:
    return at + 1 < len(listed) and listed[at + 1].name and not listed[at + 1].time


def _joined(listed: Sequence[Word]) -> str:
    out = ""
    for i, word in enumerate(listed):
        out += (" " if i and listed[i - 1].end < word.start else "") + word.text
    return out


def _reaches(line: Line, count: Count, start: int) -> bool:
    """An "according to" serves its sentence, but not back over a semicolon or ", but"."""
    if start < count.start_offset:
        return not any(w.low in (";",) for w in line.words if start <= w.start < count.start_offset)
    return not _cut_off(line, count.end_offset, start)


