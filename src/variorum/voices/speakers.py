"""Who a speaker is: the name behind a surname, a pronoun, a ``who``, or a title, within one witness.

A bare surname takes the longest full name with it; a pronoun the last person before it; a title the person who bears it
most often in the text. Where nothing settles it, the speaker's own words stand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from variorum.language.tree import Tree
from variorum.lists import rows
from variorum.mentions import Found
from variorum.spans import Span

__all__ = ["Speakers"]

SINGULAR = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
RELATIVE = frozenset({"who", "whom", "whose", "that", "which"})
WORD = re.compile(r"[^\W\d_][\w’'.-]*")
TITLE_REACH = 90  # characters before a name in which its titles stand
SKIP = frozenset(
    [
        "of",
        "the",
        "a",
        "an",
        "and",
        "in",
        "for",
        "to",
        "on",
        "at",
        "by",
        "republic",
        "state",
        "our",
        "national",
        "general",
        "s",
        "his",
        "her",
        "its",
    ]
)


@dataclass(frozen=True, slots=True)
class Person:
    """A mention of a person: where, and by what full name."""

    start: int
    end: int
    name: str


@cache
def titles() -> frozenset[str]:
    """Words for offices, ranks and roles, in lower case."""
    return frozenset(row["title"] for row in rows("titles"))


class Speakers:
    """The people of one witness, their names and titles.

    Built once per document. Uses ``found.actors`` where they are there, else ``doc.spans["names"]``.
    """

    def __init__(self, doc: Tree, found: Found) -> None:
        self.text = doc.text
        self.people = sorted(self._people(doc, found), key=lambda person: person.start)
        self.others = sorted(
            (actor.start, actor.end, actor.referent or actor.name) for actor in found.actors if actor.kind != "person"
        )
        self.settled = {a.start: a.referent for a in found.actors if a.kind == "person" and a.referent}
        self._starts = [person.start for person in self.people]
        self.bearers = self._bearers()

    def _people(self, doc: Tree, found: Found) -> Iterable[Person]:
        rows = [(a.start, a.end, a.referent or a.name) for a in found.actors if a.kind == "person" and proper(a.text)]
        if rows:
            return [Person(*row) for row in rows]
        spans = [(start, end) for start, end, label in doc.names if label == "PERSON"]
        spans = spans or doc.entities
        return full_names([(start, end, bare(self.text[start:end])) for start, end in spans])

    def _bearers(self) -> dict[str, Counter[str]]:
        """Who bears each title how often: from the words just before each name, and after ``NAME, the``."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        last_end = 0
        for person in self.people:
            left = self.text[max(last_end, person.start - TITLE_REACH) : person.start]
            left = title_phrase(re.split(r"[.;:!?\n”“\"()]|\b(?:said|says|told|and the|by)\b", left)[-1])
            inside = self.text[person.start : person.end]
            right = re.match(r",\s+(?:the\s+|an?\s+)?([^,.;:\n]{3,60})[,.]", self.text[person.end : person.end + 70])
            words = title_words(left) | title_words(inside) | (title_words(right.group(1)) if right else set())
            for word in words:
                counts[word][person.name] += 1
            last_end = person.end
        return counts

    def name_of(self, span: Span | None) -> str | None:
        """The name of the speaker whose words are at ``span``; its own words where no name settles it."""
        if span is None:
            return None
        words = span.of(self.text)
        low = words.lower().strip()
        if low in SINGULAR and span.start in self.settled:
            return self.settled[span.start]
        if low in SINGULAR or low in RELATIVE:
            return self._last_before(span.start, near=low in RELATIVE)
        named = self._named_in(span)
        if named:
            return named
        if low in ("i", "we", "it", "they", "you"):
            return None
        settled = next((self.settled[at] for at in range(span.start, span.end) if at in self.settled), None)
        return settled or self._titled(words) or tidy(words)

    def _named_in(self, span: Span) -> str | None:
        """A person's name inside the span: the one that is its head, which stands last before any comma or ``of``."""
        index = bisect_left(self._starts, span.start)
        inside = [p for p in self.people[index : index + 4] if p.start < span.end and p.end <= span.end + 2]
        if index and self.people[index - 1].end > span.start:
            inside.insert(0, self.people[index - 1])
        if not inside:
            return next((name for start, end, name in self.others if start == span.start and end >= span.end - 1), None)
        for person in inside:
            rest = self.text[person.end : min(span.end, person.end + 3)]
            if rest.startswith(("’s", "'s")) and person.end + 2 < span.end:
                continue  # "Hale's lawyer" is not Hale
            before = self.text[span.start : person.start].rstrip().lower()
            if before.endswith((" of", " for", " to", " by", " with", " under", " from")) and "," not in before:
                continue  # "a spokesman for Hale" is not Hale
            return person.name
        return None

    def _last_before(self, offset: int, near: bool) -> str | None:
        """The last person named before an offset; for ``who`` only in the words just before."""
        index = bisect_left(self._starts, offset) - 1
        if index < 0:
            return None
        person = self.people[index]
        if near and offset - person.end > 80:
            return None
        return person.name

    def _titled(self, words: str) -> str | None:
        """The person who bears the titles of a description; None where the bearers differ or nobody bears them."""
        low = words.lower()
        if low.startswith(("a ", "an ", "some ", "another ", "one ", "several ", "two ")):
            return None
        wanted = [word for word in title_words(words) if self.bearers.get(word)]
        if not wanted:
            return None
        votes: Counter[str] = Counter()
        for word in wanted:
            votes.update(self.bearers[word])
        best = votes.most_common(2)
        extra = {w.lower() for w in WORD.findall(words) if w[:1].isupper()} - titles() - SKIP
        name = best[0][0]
        if extra and not any(self._borne_with(name, word) for word in extra):
            return None
        return name

    def _borne_with(self, name: str, word: str) -> bool:
        """True when the word (``Askerian``, ``Asker``) stands before some mention of the name with its titles."""
        stem = word[:4].lower()
        for person in self.people:
            if person.name == name and stem in self.text[max(0, person.start - TITLE_REACH) : person.end].lower():
                return True
        return False


def proper(words: str) -> bool:
    """True for words with a capitalised one that is no title.

    >>> proper("President"), proper("President Hale"), proper("his")
    (False, True, False)
    """
    found = WORD.findall(words)
    return any(w[:1].isupper() and w.lower().rstrip(".").split("-")[0] not in titles() for w in found)


def title_words(words: str) -> set[str]:
    """The titles among some words; ``head of state`` and ``commander-in-chief`` count as their parts too.

    >>> sorted(title_words("the Prime Minister of Asker"))
    ['prime minister']
    """
    low = words.lower()
    parts = set(WORD.findall(low))
    parts |= {word.split("-")[0] for word in parts}
    found = {word.rstrip(".") for word in parts if word.rstrip(".") in titles()}
    for phrase in ("prime minister", "head of state", "vice president", "commander-in-chief", "foreign minister"):
        if phrase in low:
            found.add(phrase)
    if "prime minister" in found:
        found.discard("minister")
    elif "minister" in found and (of := MINISTRY.search(low)):
        found.discard("minister")
        found.add("minister of " + next(filter(None, of.groups())))
    return found


MINISTRY = re.compile(
    r"\bminister (?:of|for) (?:the )?(\w{4,})|"
    r"\b(prime|defen[cs]e|foreign|interior|finance|health|justice|education|trade) minister"
)


def title_phrase(left: str) -> str:
    """The end of some words that may be titles before a name: titles, capitals, and the small words between them.

    >>> title_phrase("yesterday the Minister of Works ")
    'the Minister of Works'
    """
    words = left.split()
    start = len(words)
    while start:
        word = words[start - 1].strip(",")
        known = word[:1].isupper() or word.lower().split("-")[0] in titles() or word.lower() in SKIP
        if not known:
            break
        start -= 1
    return " ".join(words[start:])


def bare(name: str) -> str:
    """A name without titles before it and a possessive after it.

    >>> bare("President Ana Teverin's")
    'Ana Teverin'
    """
    words = re.sub(r"(['’]s?)$", "", " ".join(name.split())).split()
    while len(words) > 1 and words[0].lower().strip(".,") in titles():
        words.pop(0)
    return " ".join(words)


def full_names(mentions: list[tuple[int, int, str]]) -> list[Person]:
    """Mentions with the longest name of the text that ends in the same word."""
    longest: dict[str, Counter[str]] = defaultdict(Counter)
    for _, _, name in mentions:
        words = name.split()
        if len(words) > 1:
            longest[words[-1].lower()][name] += 1
    people = []
    for start, end, name in mentions:
        best = longest.get(name.split()[-1].lower()) if name.split() else None
        if best and " " not in name:
            name = best.most_common(1)[0][0]
        if name[:1].isupper() and name.lower() not in titles():
            people.append(Person(start, end, name))
    return people


def tidy(words: str) -> str:
    """A description on one line, without what follows a comma."""
    return " ".join(words.split())[:160].rstrip(" ,;:")
