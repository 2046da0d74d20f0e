"""Who a speaker is: the name behind a surname, a pronoun, a ``who``, or a title, within one witness.

A bare surname takes the longest full name with it; ``he`` and ``she`` the last person before them, ``they`` and ``it``
the group or body that was the subject before them; a title the person who bears it most often in the text. Where
nothing settles it, the speaker's own words stand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from variorum.language.grammar import agent, antecedent, meant, own_subject
from variorum.language.tree import Tree, Word
from variorum.lists import words
from variorum.mentions import Found
from variorum.spans import Span
from variorum.voices.subjects import spoken_by
from variorum.voices.titles import WORD, proper, title_phrase, title_words, titles
from variorum.voices.words import limit, listed

__all__ = ["Person", "Speakers"]

ONE = listed("one_person")
SINGULAR, RELATIVE, OPEN = listed("singular"), words("grammar", "relative") | {"whose"}, listed("open")
INDEFINITE, BETWEEN, SPEAKING = tuple(listed("indefinite")), listed("between_titles"), listed("speaking")
LEFT_CUT = re.compile(r"[.;:!?\n”“\"()]|\b(?:said|says|told|and the|by)\b")
APPOSED = re.compile(r",\s+(?:the\s+|an?\s+)?([^,.;:\n]{3,60})[,.]")
OF_ANOTHER = tuple(f" {word}" for word in listed("of_another"))
OF_DOCUMENT = re.compile(rf"(?:the |an? )?(?:\w+ )?(?:{'|'.join(sorted(listed('documents')))}) of ")
NICKNAME = re.compile(r"\s*[\"“'‘][^\"”'’]{1,30}[\"”'’]")


@dataclass(frozen=True, slots=True)
class Person:
    """A mention of a person: where, and by what full name."""

    start: int
    end: int
    name: str


class Speakers:
    """The people of one witness, their names and titles.

    Built once per document. Uses ``found.actors`` where they are there, else the names that the parsed text holds.
    """

    def __init__(self, tree: Tree, found: Found) -> None:
        self.tree, self.text = tree, tree.text
        self.people = sorted(self._people(found), key=lambda person: person.start)
        self.others = {a.start: a for a in found.actors if a.kind != "person"}
        self.settled = {a.start: a.referent for a in found.actors if a.kind == "person" and a.referent}
        self._starts = [person.start for person in self.people]
        self.bearers = self._bearers()
        self.near: dict[int, str] = {}

    def _people(self, found: Found) -> Iterable[Person]:
        named = (a for a in found.actors if a.kind == "person" and proper(a.text))
        rows = [(a.start, a.end, a.referent or a.name) for a in named if a.referent or not title_words(a.text)]
        if rows:
            return [Person(*row) for row in rows]
        spans = [(start, end) for start, end, label in self.tree.names if label == "PERSON"] or self.tree.entities
        return full_names([(start, end, bare(self.text[start:end])) for start, end in spans])

    def _bearers(self) -> dict[str, Counter[str]]:
        """Who bears each title how often: from the words just before each name, and after ``NAME, the``."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        last_end = 0
        for person in self.people:
            left = LEFT_CUT.split(self.text[max(last_end, person.start - limit("titles")) : person.start])[-1]
            inside = self.text[person.start : person.end]
            right = APPOSED.match(self.text, person.end, person.end + 70)
            borne = title_words(title_phrase(left)) | title_words(inside)
            for word in borne | (title_words(right.group(1)) if right else set()):
                counts[word][person.name] += 1
            last_end = person.end
        return counts

    def name_of(self, span: Span | None) -> str | None:
        """The name of the speaker whose words are at ``span``; its own words where no name settles it."""
        if span is None:
            return None
        said = span.of(self.text)
        low = said.lower().strip()
        if low in SINGULAR:
            return self._person_meant(span.start)
        if low in RELATIVE:
            return self._meant_by(span.start) or self._last_before(span.start, limit("relative"))
        if OF_DOCUMENT.match(low):
            return described(said)  # "the Chronicle of Asker" is a book
        if named := self._named_in(span):
            return named
        if low in OPEN:
            return self._body_before(span.start, low)
        settled = next((self.settled[at] for at in range(span.start, span.end) if at in self.settled), None)
        return settled or self._titled(said) or described(said)

    def _named_in(self, span: Span) -> str | None:
        """A person's name inside the span: the one that is its head, which stands last before any comma or ``of``."""
        index = bisect_left(self._starts, span.start)
        inside = [p for p in self.people[index : index + 4] if p.start < span.end and p.end <= span.end + 2]
        if index and self.people[index - 1].end > span.start:
            inside.insert(0, self.people[index - 1])
        if not inside:
            other = self.others.get(span.start)
            if other is None or other.end < span.end - 1 or other.text.split()[-1].islower():
                return None  # "Askerian officials" are not all who speak for the government of Asker
            return other.referent or other.name
        for person in inside:
            rest = self.text[person.end : min(span.end, person.end + 3)]
            if rest.startswith(("’s", "'s")) and person.end + 2 < span.end:
                continue  # "Hale's lawyer" is not Hale
            before = self.text[span.start : person.start].rstrip().lower()
            if before.endswith(OF_ANOTHER) and "," not in before:
                continue  # "a spokesman for Hale" is not Hale
            return self._with_surname(person, span)
        return None

    def _with_surname(self, person: Person, span: Span) -> str:
        """``Ivan "Shorty" Hale``: the name without what others call him."""
        rest = self.text[person.end : span.end]
        found = NICKNAME.match(rest)
        return (
            f"{person.name} {rest[found.end() :].split()[0]}" if found and rest[found.end() :].split() else person.name
        )

    def _person_meant(self, offset: int) -> str | None:
        """Whom ``he`` means: a person named or speaking shortly before it, outside the words that others say."""
        found = meant(self.tree[self.tree.holding(offset)], self.near, limit("back")) if self.tree.parsed else []
        return found[0] if found else self.settled.get(offset) or self._last_before(offset)

    def spoke(self, span: Span | None, name: str | None) -> None:
        """Keeps in mind that somebody spoke, whom a pronoun after it may mean though no name is given."""
        if span is None or name is None or not self.tree.parsed:
            return
        word = self.tree[self.tree.holding(span.start)]
        inside = self.tree.words[word.i : self.tree.first_at(span.end)]
        if (noun := antecedent(word)) is not word:
            word, inside = self.tree[noun.first], [noun]
        if word.low in SINGULAR or any(w.low in ONE for w in inside):
            self.near.setdefault(word.i, name)

    def _last_before(self, offset: int, reach: int | None = None) -> str | None:
        """The last person named before an offset, within ``reach`` characters."""
        index = bisect_left(self._starts, offset) - 1
        if index < 0 or (reach is not None and offset - self.people[index].end > reach):
            return None
        return self.people[index].name

    def _meant_by(self, offset: int) -> str | None:
        """The noun that a ``who`` stands for."""
        pronoun = self.tree[self.tree.holding(offset)]
        noun = antecedent(pronoun)
        if noun is pronoun or not (pronoun.low == "who" or self._is_body(noun)):
            return None
        return self.name_of(spoken_by(noun))

    def _body_before(self, offset: int, pronoun: str) -> str | None:
        """Whom ``they`` or ``it`` means: the last subject that can speak, in its own sentence or the one before."""
        if pronoun not in ("they", "it") or not self.tree.parsed:
            return None
        word = self.tree[self.tree.holding(offset)]
        for subject in self._subjects_before(word):
            if self._is_body(subject) and (pronoun == "they" or "Number=Plur" not in subject.morph):
                return self.name_of(spoken_by(subject))
        return None

    def _is_body(self, noun: Word) -> bool:
        """True for a noun that stands for people or a body that speaks, or for what they wrote."""
        known = self.tree[noun.first].start in self.others or noun.start in self.others
        return known or noun.low in SPEAKING or noun.low in titles()

    def _subjects_before(self, word: Word) -> Iterable[Word]:
        """The agents and subjects of verbs before a word, the nearest first, in its sentence and the one before."""
        tree, start = self.tree, word.sentence.start
        before = tree[start - 1].sentence.start if start else start
        for other in reversed(tree.words[before : word.i]):
            if other.pos == "VERB":
                yield from (who for who in (agent(other), own_subject(other)) if who and who.pos in ("NOUN", "PROPN"))

    def _titled(self, said: str) -> str | None:
        """The person who bears the titles of a description; None where the bearers differ or nobody bears them."""
        if said.lower().startswith(INDEFINITE):
            return None
        wanted = [word for word in title_words(said) if self.bearers.get(word)]
        if not wanted:
            return None
        votes: Counter[str] = Counter()
        for word in wanted:
            votes.update(self.bearers[word])
        name = votes.most_common(1)[0][0]
        extra = {w.lower() for w in WORD.findall(said) if w[:1].isupper()} - titles() - BETWEEN
        return name if not extra or any(self._borne_with(name, word) for word in extra) else None

    def _borne_with(self, name: str, word: str) -> bool:
        """True when the word (``Askerian``, ``Asker``) stands before some mention of the name with its titles."""
        stem, reach = word[:4].lower(), limit("titles")
        mentions = (self.text[max(0, p.start - reach) : p.end].lower() for p in self.people if p.name == name)
        return any(stem in mention for mention in mentions)


def bare(name: str) -> str:
    """A name without titles before it and a possessive after it.

    >>> bare("President Ana Teverin's")
    'Ana Teverin'
    """
    parts = re.sub(r"(['’]s?)$", "", " ".join(name.split())).split()
    while len(parts) > 1 and parts[0].lower().strip(".,") in titles():
        parts.pop(0)
    return " ".join(parts)


def full_names(mentions: list[tuple[int, int, str]]) -> list[Person]:
    """Mentions with the longest name of the text that ends in the same word."""
    longest: dict[str, Counter[str]] = defaultdict(Counter)
    for _, _, name in mentions:
        if " " in name:
            longest[name.split()[-1].lower()][name] += 1
    people = []
    for start, end, name in mentions:
        best = longest.get(name.split()[-1].lower()) if name.split() else None
        if best and " " not in name:
            name = best.most_common(1)[0][0]
        if name[:1].isupper() and name.lower() not in titles():
            people.append(Person(start, end, name))
    return people


def described(said: str) -> str | None:
    """A description on one line, without marks at its edges.

    >>> described("” the  nurse,")
    'the nurse'
    """
    return " ".join(said.split())[: limit("description")].strip(" ,;:\"“”'‘’").strip() or None
