"""Whole sentences and headlines out of the phrases of ``sentences.Maker``."""

from __future__ import annotations

import random
from collections.abc import Callable

from grammar import Tree, case, comma, joined, mark, paragraph, word
from sentences import BREAK, CAUSES, HARM, MOVE, PEOPLE, SPEAK, THINGS, Maker
from treebank import Paragraph

PAST, PART, PRESENT = "Tense=Past|VerbForm=Fin", "Tense=Past|VerbForm=Part", "Tense=Pres|VerbForm=Fin"


class Speaker(Maker):
    """Draws clauses, sentences, headlines and paragraphs."""

    def active(self, subject: bool = True) -> Tree:
        """The army shelled three villages in the district of Asker."""
        way = self.draw.random()
        if way < 0.45:
            verb, thing = self.draw.choice(HARM), self.victims()
        elif way < 0.85:
            verb, thing = self.draw.choice(BREAK), self.counted(THINGS) if self.chance(0.5) else self.area()
        else:
            verb, thing = self.draw.choice(MOVE), self.area()
        perfect = self.chance(0.2)
        head = word(verb[2] if perfect else verb[1], "VERB", verb[0], PART if perfect else PAST)
        if perfect:
            head.before(("aux", auxiliary(self.one(["have", "had", "has", "had"]), "have")))
        head.after(("obj", thing))
        if subject:
            head.ahead(("nsubj", self.agent()))
        return self.rounded(head)

    def rounded(self, head: Tree) -> Tree:
        """A clause with a place, a second verb, a participle clause, as it falls."""
        if self.chance(0.35):
            head.after(("obl", self.where()))
        if self.chance(0.12):
            head.after(("obl", self.cause().ahead(case(self.one(["in", "during", "after", "in"])))))
        if self.chance(0.15):
            verb = self.draw.choice(HARM + BREAK)
            second = word(verb[1], "VERB", verb[0], PAST).before(("cc", word("and", "CCONJ")))
            head.after(("conj", second.after(("obj", self.victims() if verb in HARM else self.area()))))
        elif self.chance(0.22):
            head.after(("advcl", self.leaving()))
        return head

    def leaving(self) -> Tree:
        """, killing 13 and wounding 48; , leaving 13 people dead and 48 injured."""
        if self.chance(0.6):
            verb = self.draw.choice(HARM[:3])
            head = word(verb[4], "VERB", verb[0], "VerbForm=Ger").before(comma())
            head.after(("obj", self.victims() if self.chance(0.6) else self.bare()))
            if self.chance(0.6):
                other = self.draw.choice(HARM[1:3])
                second = word(other[4], "VERB", other[0], "VerbForm=Ger").before(("cc", word("and", "CCONJ")))
                head.after(("conj", second.after(("obj", self.bare() if self.chance(0.6) else self.counted()))))
            return head
        head = word("leaving", "VERB", "leave", "VerbForm=Ger").before(comma())
        head.after(("obj", self.counted() if self.chance(0.5) else self.bare()))
        first = word(self.one(["dead", "wounded", "homeless", "injured", "missing"]), "ADJ", feats="Degree=Pos")
        if self.chance(0.6):
            second = word(self.one(["injured", "wounded", "missing", "homeless"]), "ADJ", feats="Degree=Pos")
            first.after(("conj", second.before(("cc", word("and", "CCONJ")), ("nsubj", self.bare()))))
        return head.after(("xcomp", first))

    def passive(self) -> Tree:
        """25 people were killed, including 10 women, and 48 injured in the shelling of Asker by the army."""
        harm = self.chance(0.75)
        verb = self.draw.choice(HARM if harm else BREAK[:9])
        whom = (self.victims() if self.chance(0.7) else self.bare()) if harm else self.area()
        head = word(verb[2], "VERB", verb[0], PART).before(("nsubj:pass", whom))
        if self.chance(0.8):
            many = whom.pos == "NUM" or "Plur" in whom.feats
            head.before(
                ("aux:pass", auxiliary(self.one(["were", "were", "are"] if many else ["was", "was", "is"]), "be"))
            )
        else:
            head.before(
                ("aux", auxiliary(self.one(["have", "had"]), "have")), ("aux:pass", word("been", "AUX", "be", PART))
            )
        if harm and self.chance(0.35):
            other = self.draw.choice(HARM[:3])
            second = word(other[2], "VERB", other[0], PART).before(("cc", word("and", "CCONJ")))
            second.before(("nsubj:pass", self.bare() if self.chance(0.7) else self.counted()))
            if self.chance(0.3):
                second.before(("aux:pass", auxiliary("were", "be")))
            head.after(("conj", second))
        elif harm and self.chance(0.25):
            other = self.draw.choice(HARM[:3])
            head.after(
                ("conj", word(other[2], "VERB", other[0], PART).before(("cc", word(self.one(["and", "or"]), "CCONJ"))))
            )
        return self.passive_tail(head)

    def passive_tail(self, head: Tree) -> Tree:
        """by whom, where, in what; including whom."""
        if self.chance(0.35):
            head.after(("obl:agent", self.agent().ahead(case("by"))))
        if self.chance(0.4):
            head.after(("obl", self.where()))
        if self.chance(0.3):
            head.after(("obl", self.cause().ahead(case(self.one(["in", "after", "during", "when"][:3])))))
        if self.chance(0.15):
            head.after(("obl", self.including().ahead(comma())))
        return head

    def elliptic(self) -> Tree:
        """13 killed and 48 injured; 10 dead, 22 hurt."""
        first = word(self.one(["killed", "dead", "killed", "wounded"]), "VERB", feats=PART)
        second = word(self.one(["injured", "wounded", "hurt", "missing"]), "VERB", feats=PART)
        heads = []
        for one in (first, second):
            adjective = one.form in {"dead", "missing"}
            if adjective:
                one.pos, one.feats = "ADJ", "Degree=Pos"
            else:
                one.lemma = {"killed": "kill", "wounded": "wound", "injured": "injure"}.get(one.form, one.form)
            subject = self.bare() if self.chance(0.7) else self.counted()
            heads.append(one.before(("nsubj" if adjective else "nsubj:pass", subject)))
        second.ahead(("cc", word("and", "CCONJ")) if self.chance(0.6) else comma())
        first.after(("conj", second))
        if self.chance(0.4):
            first.after(("obl", self.where()))
        return first

    def intransitive(self) -> Tree:
        """At least 30 people died; clashes broke out between A and B; the death toll rose to 40."""
        way = self.draw.random()
        if way < 0.35:
            head = word(
                self.one(["died", "drowned", "fled", "surrendered", "protested", "gathered"]), "VERB", feats=PAST
            )
            head.lemma = {"died": "die", "fled": "flee"}.get(head.form, head.form[:-2])
            head.before(("nsubj", self.victims()))
            return self.passive_tail(head) if self.chance(0.3) else head.after(("obl", self.where()))
        if way < 0.55:
            head = word(self.one(["erupted", "began", "continued", "resumed"]), "VERB", feats=PAST)
            clash = word(self.one(["clashes", "fighting", "talks", "protests", "battles"]), "NOUN", feats="Number=Plur")
            clash.after(("nmod", joined([self.agent(), self.agent()]).ahead(case("between"))))
            return head.before(("nsubj", clash)).after(("obl", self.where()))
        if way < 0.75:
            toll = word("toll", "NOUN", feats="Number=Sing").before(
                ("det", word("the", "DET")), ("compound", word("death", "NOUN", feats="Number=Sing"))
            )
            head = word(self.one(["rose", "climbed", "increased", "reached"]), "VERB", "rise", PAST).before(
                ("nsubj", toll)
            )
            if head.form == "reached":
                return head.after(("obj", self.bare()))
            return head.after(("obl", self.bare().ahead(case("to"))))
        verb = self.one(["collapsed", "sank", "exploded", "crashed", "capsized", "struck", "burned"])
        subject = word(
            self.one(
                ["ferry", "boat", "bridge", "building", "bus", "train", "plane", "bomb", "dam", "roof", "mine", "tower"]
            ),
            "NOUN",
            feats="Number=Sing",
        ).before(("det", word(self.one(["the", "a"]), "DET")))
        head = word(verb, "VERB", verb, PAST).before(("nsubj", subject)).after(("obl", self.where()))
        return head.after(("advcl", self.leaving())) if self.chance(0.5) else head

    def copular(self) -> Tree:
        """Among the dead were three women; two of the wounded were children; the city is under the control of X."""
        if self.chance(0.5):
            head = self.counted()
            dead = word(self.one(["dead", "wounded", "victims", "injured"]), "ADJ", feats="Degree=Pos")
            dead.before(("case", word("among", "ADP")), ("det", word("the", "DET")))
            who = auxiliary("were", "be").before(("obl", dead)).after(("nsubj", head))
            who.pos = "VERB"
            return who
        head = word(self.one(PEOPLE), "NOUN", feats="Number=Plur")
        some = self.number().after(
            (
                "nmod",
                word(self.one(["dead", "wounded", "victims"]), "NOUN").before(case("of"), ("det", word("the", "DET"))),
            )
        )
        return head.before(("nsubj", some), ("cop", auxiliary("were", "be")))

    def clause(self) -> Tree:
        """Any clause that tells something, with a date as it falls."""
        make: list[Callable[[], Tree]] = (
            [self.active] * 5 + [self.passive] * 5 + [self.intransitive] * 3 + [self.copular]
        )
        head = self.draw.choice(make)()
        dep, date = self.date()
        way = self.draw.random()
        if way < 0.3:
            head.ahead((dep, date), comma()) if self.chance(0.3) else head.ahead((dep, date))
        elif way < 0.55:
            head.after((dep, date))
        if self.chance(0.04):
            head.ahead(("obl", self.where()), comma())
        return head

    def reported(self) -> Tree:
        """X said that ..., adding that ...; in a row: X told reporters that Y had said ..."""
        verb = self.draw.choice(SPEAK)
        head = word(verb[1], "VERB", verb[0], PAST)
        who = self.titled() if self.chance(0.6) else self.body() if self.chance(0.7) else self.office()
        head.before(("nsubj", who))
        if self.chance(0.15):
            dep, date = self.date()
            head.ahead((dep, date))
        if self.chance(0.15):
            head.form, head.lemma = "told", "tell"
            head.after(
                (
                    "iobj" if self.chance(0.3) else "obj",
                    word(self.one(["reporters", "journalists", "parliament"]), "NOUN", feats="Number=Plur"),
                )
            )
        inner = self.reported() if self.chance(0.1) else self.clause()
        if self.chance(0.7):
            inner.ahead(("mark", word("that", "SCONJ")))
        head.after(("ccomp", inner))
        if self.chance(0.15):
            also = word("adding", "VERB", "add", "VerbForm=Ger").before(comma())
            head.after(("advcl", also.after(("ccomp", self.clause().ahead(("mark", word("that", "SCONJ")))))))
        return head

    def quoted(self) -> Tree:
        """ "...," said the leader; the same without marks; "...," X said."""
        inner = self.clause()
        verb = self.draw.choice(SPEAK[:7])
        head = word(verb[1], "VERB", verb[0], PAST)
        who = self.titled() if self.chance(0.5) else self.office()
        marks = self.draw.choice([("“", "”"), ('"', '"'), ("", "")])
        if marks[0]:
            inner.ahead(mark(marks[0]))
        inner.after(comma())
        if marks[1]:
            inner.after(mark(marks[1]))
        head.before(("ccomp", inner))
        return head.after(("nsubj", who)) if self.chance(0.7) else head.before(("nsubj", who))

    def according(self) -> Tree:
        """According to X, ...; ..., according to X."""
        head, who = self.clause(), self.titled() if self.chance(0.4) else self.body()
        first = word("according", "VERB", "accord").after(("fixed", word("to", "ADP")))
        who.ahead(("case", first))
        if self.chance(0.5):
            return head.ahead(("obl", who), comma())
        return head.after(comma(), ("obl", who))

    def headline(self) -> Tree:
        """Flood kills 12 in Asker; 12 killed as ferry sinks off Merrow; 3 dead, 10 hurt in clashes."""
        way = self.draw.random()
        if way < 0.35:
            verb = self.draw.choice(HARM + BREAK)
            head = word(verb[3], "VERB", verb[0], PRESENT)
            head.before(
                ("nsubj", word(self.one([*CAUSES, "army", "police", "rebels", "troops"]), "NOUN", feats="Number=Sing"))
            )
            head.after(("obj", self.counted() if self.chance(0.5) else self.bare()))
            head.after(("obl", self.place().ahead(case(self.one(["in", "near", "in"])))))
        elif way < 0.55:
            head = self.elliptic()
        elif way < 0.75:
            verb = self.draw.choice(HARM)
            head = word(verb[2], "VERB", verb[0], PART).before(
                ("nsubj:pass", self.bare() if self.chance(0.6) else self.counted())
            )
            sink = word(self.one(["sinks", "collapses", "explodes", "crashes", "burns"]), "VERB", feats=PRESENT).before(
                ("mark", word("as", "SCONJ")),
                ("nsubj", word(self.one(["ferry", "bus", "bridge", "boat", "bomb"]), "NOUN")),
            )
            head.after(("advcl", sink.after(("obl", self.place().ahead(case("in"))))))
        else:
            head = self.active()
        if self.chance(0.25):
            capitalise(head)
        return head

    def sentence(self) -> Tree:
        """Any sentence, with its full stop."""
        make: list[Callable[[], Tree]] = (
            [self.clause] * 10 + [self.reported] * 5 + [self.quoted] * 4 + [self.according] * 2
        )
        make += [self.elliptic]
        head = self.draw.choice(make)()
        head.after(mark("."))
        return begun(head)

    def paragraph(self) -> Paragraph:
        """One headline, or one to five sentences."""
        if self.chance(0.12):
            return paragraph([begun(self.headline())])
        return paragraph([self.sentence() for _ in range(self.draw.choice((1, 1, 2, 2, 3, 4, 5)))])


def auxiliary(form: str, lemma: str) -> Tree:
    """were, have and the like."""
    return word(form, "AUX", lemma, PAST if form in {"were", "was", "had"} else "Tense=Pres|VerbForm=Fin")


def capitalise(tree: Tree) -> None:
    """Write the longer words of a headline with capitals."""
    if len(tree.form) > 3:
        tree.form = tree.form[0].upper() + tree.form[1:]
    for _, child in [*tree.left, *tree.right]:
        capitalise(child)


def begun(tree: Tree) -> Tree:
    """The sentence with a capital at its start."""
    first = tree
    while True:
        before = [child for _, child in first.left]
        if not before:
            break
        first = before[0]
    if first.form in {"“", '"'}:
        below = tree
        while below.left and below.left[0][1] is not first:
            below = below.left[0][1]
        rest = [child for _, child in below.left if child is not first]
        first = rest[0] if rest else below
        while first.left:
            first = first.left[0][1]
    first.form = first.form[:1].upper() + first.form[1:]
    return tree


def made(seed: int, many: int) -> list[Paragraph]:
    """``many`` paragraphs of our own making; the same for the same seed."""
    draw = random.Random(seed)
    return [Speaker(random.Random(draw.random())).paragraph() for _ in range(many)]
