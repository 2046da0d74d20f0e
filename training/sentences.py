"""Sentences of our own making, drawn by seed from a small grammar, for shapes that treebanks lack.

Lists with a class noun, including-parts, ellipsis (13 killed and 48 injured), fronted dates without a comma, inverted
``said the leader``, reported speech in a row, headlines. All names are invented; nothing comes from any text.
"""

from __future__ import annotations

import random

import invented
from grammar import Tree, case, comma, joined, word
from invented import listed, rows

SMALL, PEOPLE, THINGS, CAUSES = listed("small"), listed("people"), listed("things"), listed("causes")
BODIES, ARMED, PART, TITLES = listed("bodies"), listed("armed"), listed("part"), listed("titles")
OFFICES, FIELDS, MONTHS, DAYS = listed("offices"), listed("fields"), listed("months"), listed("days")
HARM, BREAK, SPEAK, MOVE = rows("harm"), rows("break"), rows("speak"), rows("move")
CLASSES = rows("classes")


class Maker:
    """Draws sentences; every method gives a fresh tree."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.places = [invented.place(draw) for _ in range(6)]
        self.country = draw.choice(self.places)
        self.nation = self.country.rstrip("aeiouy") + draw.choice(["ian", "an", "ese", "i", "ish", "ian", "an"])

    def one(self, options: list[str]) -> str:
        """One of the options."""
        return self.draw.choice(options)

    def chance(self, p: float) -> bool:
        """True in ``p`` of the cases."""
        return self.draw.random() < p

    # -- names -------------------------------------------------------------------------------------------------------

    def place(self) -> Tree:
        """A bare name of a place."""
        tree = word(self.one(self.places), "PROPN", feats="Number=Sing")
        tree.lemma, tree.kind = tree.form, "PLACE"
        if self.chance(0.12):
            first = word(
                self.one(
                    [
                        "Port",
                        "New",
                        "Upper",
                        "Lower",
                        "North",
                        "South",
                        "East",
                        "West",
                        "Old",
                        "San",
                        "Lake",
                        "Mount",
                        "Fort",
                    ]
                ),
                "PROPN",
            )
            first.in_name, first.lemma = True, first.form
            tree.before(("compound", first))
        return tree

    def person(self) -> Tree:
        """A name of a person, first name as head."""
        head = word(invented.name_word(self.draw, "PERSON", 0, 2), "PROPN", feats="Number=Sing")
        head.lemma, head.kind = head.form, "PERSON"
        if self.chance(0.8):
            last = word(invented.surname(self.draw), "PROPN", feats="Number=Sing")
            last.in_name, last.lemma = True, last.form
            head.after(("flat", last))
        return head

    def titled(self) -> Tree:
        """A person with a title, an office, or an apposition."""
        way, person = self.draw.random(), self.person()
        if way < 0.3:
            title = word(self.one(TITLES), "PROPN", feats="Number=Sing")
            person.ahead(("nmod:desc", title))
            if self.chance(0.25):
                title.before(("amod", word(self.nation, "ADJ", feats="Degree=Pos")))
        elif way < 0.55:
            office = self.office()
            person.after(("appos", office.ahead(comma())), comma())
        elif way < 0.7:
            office = word(self.one(OFFICES), "NOUN", feats="Number=Sing")
            office.before(
                (
                    "compound",
                    word(self.one(["police", "army", "government", "ministry", "rebel"]), "NOUN", feats="Number=Sing"),
                )
            )
            person.ahead(("nmod:desc", office))
        return person

    def office(self) -> Tree:
        """the head of the regional council; a spokesman for the ministry."""
        head = word(self.one(OFFICES), "NOUN", feats="Number=Sing").before(
            ("det", word(self.one(["the", "a", "the"]), "DET"))
        )
        if self.chance(0.6):
            head.after(("nmod", self.body().ahead(case(self.one(["of", "for", "of"])))))
        return head

    def organisation(self) -> Tree:
        """the Ministry of Defence; the Asker Liberation Army; the Merrow Red Cross."""
        way = self.draw.random()
        if way < 0.4:
            head = word(self.one(["Ministry", "Department", "Ministry", "Bureau"]), "PROPN", feats="Number=Sing")
            of = word("of", "ADP")
            part = word(self.one(FIELDS), "PROPN", feats="Number=Sing")
            part.in_name = of.in_name = True
            head.after(("nmod", part.before(("case", of))))
        else:
            head = word(self.one(PART), "PROPN", feats="Number=Sing")
            first = word(
                self.one([self.nation, self.one(self.places), "National", "People's", "United"]).split("'")[0],
                "ADJ" if self.chance(0.5) else "PROPN",
            )
            second = word(
                self.one(
                    ["Liberation", "Defence", "Democratic", "National", "Popular", "Workers", "Rescue", "Security"]
                ),
                "PROPN",
            )
            first.in_name = second.in_name = True
            head.before(("amod" if first.pos == "ADJ" else "compound", first))
            if self.chance(0.6):
                head.before(("compound", second))
        head.kind, head.lemma = "ORGANISATION", head.form
        return head.ahead(("det", word("the", "DET")))

    def body(self) -> Tree:
        """the army of Merrow; Merrow's government; the ministry."""
        way = self.draw.random()
        if way < 0.25:
            return self.organisation()
        head = word(self.one(BODIES), "NOUN", feats="Number=Sing")
        if way < 0.45:
            return head.before(("det", word("the", "DET"))).after(("nmod", self.place().ahead(case("of"))))
        if way < 0.6:
            return head.before(("nmod:poss", self.place().after(("case", word("'s", "PART")))))
        if way < 0.8:
            return head.before(("det", word("the", "DET")), ("amod", word(self.nation, "ADJ", feats="Degree=Pos")))
        return head.before(("det", word("the", "DET")))

    def agent(self) -> Tree:
        """Whoever does something: plural armed people, a body, a nation, a cause."""
        way = self.draw.random()
        if way < 0.35:
            head = word(self.one(ARMED), "NOUN", feats="Number=Plur")
            kind = self.draw.random()
            if kind < 0.35:
                head.before(("amod", word(self.nation, "ADJ", feats="Degree=Pos")))
            elif kind < 0.55:
                head.before(("compound", self.place()))
            elif kind < 0.75:
                head.before(
                    ("compound", word(self.one(["government", "rebel", "army", "state", "border", "riot"]), "NOUN"))
                )
            if self.chance(0.15):
                head.ahead(("det", word("the", "DET")))
            return head
        if way < 0.6:
            return self.body()
        if way < 0.7:
            nation = word(self.nation + "s" * (not self.nation.endswith(("ese", "ish"))), "PROPN", feats="Number=Plur")
            return nation.before(("det", word("the", "DET")))
        if way < 0.8:
            return joined([self.place(), self.place()]) if self.chance(0.3) else self.place()
        return self.cause()

    def cause(self) -> Tree:
        """a flood; the bombing."""
        head = word(self.one(CAUSES), "NOUN", feats="Number=Sing")
        adjective = self.one(["", "", "heavy", "deadly", "new", "second", "massive", "fresh"])
        if adjective:
            head.before(("amod", word(adjective, "ADJ", feats="Degree=Pos")))
        first = adjective or head.form
        article = self.one(["the", "an" if first[0] in "aeiou" else "a"])
        return head.ahead(("det", word(article, "DET")))

    # -- numbers -----------------------------------------------------------------------------------------------------

    def number(self) -> Tree:
        """12, 1,200, twenty, with or without a hedge."""
        figure = self.draw.choice(
            (
                self.draw.randint(2, 30),
                self.draw.randint(2, 30),
                self.draw.randint(30, 900),
                self.draw.randint(1, 90) * 100,
            )
        )
        form = f"{figure:,}" if self.chance(0.7) else str(figure)
        tree = word(self.one(SMALL[:-1]) if self.chance(0.3) else form, "NUM")
        hedge = self.draw.random()
        if hedge < 0.12:
            tree.before(("nmod", word("least", "ADJ", "little", "Degree=Sup").before(case("at"))))
        elif hedge < 0.22:
            more = word(self.one(["more", "fewer", "more"]), "ADJ", "many", "Degree=Cmp")
            tree.before(("advmod", more.after(("fixed", word("than", "ADP")))))
        elif hedge < 0.36:
            tree.before(
                ("advmod", word(self.one(["about", "some", "nearly", "almost", "around", "over", "only"]), "ADV"))
            )
        elif hedge < 0.4:
            tree.before(("advmod", word("approximately", "ADV")))
        return tree

    def counted(self, nouns: list[str] = PEOPLE) -> Tree:
        """25 people; 25; hundreds of people."""
        if self.chance(0.08):
            head = word(self.one(["hundreds", "thousands", "dozens", "scores", "tens"]), "NOUN", feats="Number=Plur")
            return head.after(("nmod", word(self.one(nouns), "NOUN", feats="Number=Plur").before(case("of"))))
        head = word(self.one(nouns), "NOUN", feats="Number=Plur")
        if self.chance(0.15):
            kind = self.one([self.nation, "local", "young", "armed", "other", "more"])
            head.before(("amod", word(kind, "ADJ", feats="Degree=Cmp" if kind == "more" else "Degree=Pos")))
        return head.ahead(("nummod", self.number()))

    def bare(self) -> Tree:
        """A number that stands for people."""
        return self.number()

    def including(self) -> Tree:
        """including 10 women, and 6 children."""
        items = [self.counted() for _ in range(self.draw.choice((1, 1, 2, 2, 3)))]
        first = joined(items, serial=self.chance(0.5))
        if len(items) == 2 and self.chance(0.4):
            items[1].ahead(comma())
        first.ahead(case("including") if self.chance(0.85) else case("among"))
        if first.left[0][1].form == "including":
            first.left[0][1].pos, first.left[0][1].lemma = "VERB", "include"
        return first

    def victims(self) -> Tree:
        """25 people, including 10 women and 6 children."""
        head = self.counted()
        if self.chance(0.3):
            part = self.including()
            if self.chance(0.7):
                part.ahead(comma())
            head.after(("nmod", part))
        return head

    # -- places and dates --------------------------------------------------------------------------------------------

    def area(self) -> Tree:
        """A place as a phrase, often a list with a class noun."""
        way, (one, many) = self.draw.random(), self.draw.choice(CLASSES)
        if way < 0.25:
            return self.place()
        if way < 0.4:
            return (
                word(one, "NOUN", feats="Number=Sing")
                .before(("det", word("the", "DET")))
                .after(("nmod", self.place().ahead(case("of"))))
            )
        if way < 0.5:
            return self.upper(one)
        if way < 0.7:
            names = joined([self.place() for _ in range(self.draw.randint(2, 5))], serial=self.chance(0.3))
            head = word(many, "NOUN", one, "Number=Plur")
            head.before(("compound", names)) if self.chance(0.6) else head.before(("det", word("the", "DET"))).after(
                ("nmod", names.ahead(case("of")))
            )
            return self.within(head)
        if way < 0.78:
            head = (
                word(one, "NOUN", feats="Number=Sing")
                .before(("det", word("the", "DET")))
                .after(("nmod", self.place().ahead(case("of"))))
            )
            rest = word(many, "NOUN", one, "Number=Plur").before(
                ("nummod", word(self.one(SMALL[:-1]), "NUM")),
                ("amod", word(self.one(["surrounding", "nearby", "neighbouring", "other"]), "ADJ", feats="Degree=Pos")),
            )
            return joined([head, rest])
        if way < 0.88:
            head = word(many, "NOUN", one, "Number=Plur")
            return self.within(head.before(("nummod", word(self.one(SMALL[:-1]), "NUM"))))
        return joined([self.place() for _ in range(self.draw.randint(2, 4))], serial=self.chance(0.3))

    def upper(self, one: str) -> Tree:
        """Asker district or Asker District; the Merrow Valley."""
        name = self.place()
        if self.chance(0.5):
            return word(one, "NOUN", feats="Number=Sing").before(("compound", name))
        head = word(one.capitalize(), "PROPN", feats="Number=Sing")
        head.kind, name.kind, name.in_name, head.lemma = "PLACE", "", True, head.form
        name.left.clear()
        return head.before(("compound", name))

    def within(self, head: Tree) -> Tree:
        """... of D district, in (the) D region."""
        if self.chance(0.5):
            outer = self.upper(self.draw.choice(CLASSES)[0])
            if self.chance(0.3):
                outer.ahead(("det", word("the", "DET")))
            head.after(("nmod", outer.ahead(case(self.one(["of", "in", "of"])))))
        return head

    def where(self) -> Tree:
        """in Asker; near the village of Asker; in Asker, Merrow."""
        tree = self.area()
        if tree.kind == "PLACE" and self.chance(0.2):
            tree.after(("appos", self.place().ahead(comma())))
        return tree.ahead(case(self.one(["in", "in", "in", "near", "outside", "around", "at", "of"][:7])))

    def date(self) -> tuple[str, Tree]:
        """A date as a dependent, one word as at run time."""
        month, day, year = self.one(MONTHS), self.draw.randint(1, 31), self.draw.randint(1880, 2024)
        way = self.draw.random()
        if way < 0.3:
            form = self.one([f"{day} {month}", f"{month} {day}", f"{day} {month} {year}", f"{month} {day}, {year}"])
            return "obl", word(form, "NUM").before(case("on"))
        if way < 0.42:
            return "obl", word(self.one([f"{month} {year}", month]), "PROPN", feats="Number=Sing").before(case("in"))
        if way < 0.52:
            return "obl", word(str(year), "NUM").before(case("in"))
        if way < 0.7:
            day_name = self.one(DAYS)
            if self.chance(0.5):
                return "obl", word(day_name, "PROPN", feats="Number=Sing").before(case("on"))
            return "obl:unmarked", word(day_name, "PROPN", feats="Number=Sing")
        if way < 0.85:
            return "obl:unmarked", word(self.one(["last week", "last month", "this week", "last year"]), "NOUN")
        if way < 0.92:
            return "obl:unmarked", word(self.one(["yesterday", "today"]), "NOUN")
        many, unit = self.one(SMALL[:9]), self.one(["days", "weeks", "months", "years"])
        return "advmod", word(f"{many} {unit} {self.one(['later', 'ago', 'earlier'])}", "ADV")
