"""Points that words in and around a name give to its kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Span, Token

from variorum.language.labels import NAME_KINDS
from variorum.language.lexicon import Lexicon
from variorum.lists import toml

__all__ = ["KINDS", "Points", "voices"]

KINDS = ("PERSON", "ORGANISATION", "GROUP", "PLACE")
Point = tuple[str, float]
Points = dict[str, float]
MODEL: float = toml("limits")["language"]["model"]


def voices(span: Span, words: Lexicon, known_place: Callable[[str], bool] | None) -> Points:
    """The points of one name in its place in the text."""
    points: Points = dict.fromkeys(KINDS, 0.0)
    for kind, strength in (
        *model(span),
        *inside(span, words),
        *before(span, words),
        *after(span, words),
        *role(span, words),
    ):
        points[kind] += strength
    text = " ".join(span.text.split())
    if text in words.countries:
        points["PLACE"] += 1.0 if text in words.given else 3.5
    elif known_place is not None and known_place(text):
        points["PLACE"] += 1.0
    return points


def model(span: Span) -> Iterator[Point]:
    """What the model's own names say: full weight when they begin and end alike."""
    for entity in {token.ent_type_: None for token in span if token.ent_type_}:
        kind = NAME_KINDS.get(entity)
        if kind:
            same = sum(token.ent_type_ == entity for token in span) / len(span)
            yield kind, MODEL * same


def inside(span: Span, words: Lexicon) -> Iterator[Point]:
    """Words of the name itself."""
    texts = [token.text for token in span]
    first, last = texts[0], texts[-1]
    head = texts[texts.index("of") - 1] if "of" in texts[1:] else last
    if head in words.organisation_words or (head.endswith("s") and head[:-1] in words.organisation_words):
        yield "ORGANISATION", 4.0
    elif head in words.place_words and len(texts) > 1:
        yield "PLACE", 4.0
    elif first in words.place_heads and len(texts) > 1:
        yield "PLACE", 2.0
    elif any(text in words.organisation_words for text in texts):
        yield "ORGANISATION", 1.5
    if len(texts) == 1 and is_acronym(first):
        yield "ORGANISATION", 1.0
    yield from as_person(texts, words)
    if last in words.groups or is_people(span, words):
        yield "GROUP", 4.0


def as_person(texts: list[str], words: Lexicon) -> Iterator[Point]:
    """A given name, and an initial."""
    if texts[0] in words.given:
        yield "PERSON", 2.5 if len(texts) > 1 else 1.5
    if len(texts) > 1 and any(len(text) == 2 and text[1] == "." for text in texts[:-1]):
        yield "PERSON", 1.5


def is_acronym(text: str) -> bool:
    """NATO, UN, U.N.; not a whole line in capitals, which says nothing."""
    letters = text.replace(".", "")
    return letters.isupper() and 2 <= len(letters) <= 6 and letters.isalpha()


def is_people(span: Span, words: Lexicon) -> bool:
    """A plural like "the Merrowians"."""
    text = span[-1].text
    if len(span) > 1 or not text[0].isupper() or text.isupper():
        return False
    previous = "" if span[0].is_sent_start else span[0].nbor(-1).lower_
    if text.endswith("s") and text[:-1].endswith(words.demonyms[:1] + words.demonyms[3:5]) and len(text) > 5:
        return "Plur" in str(span[-1].morph) or previous in {"the", "by", "many", "some"}
    return text.endswith(("ish", "ese")) and previous == "the" and span[-1].dep_ not in {"amod", "compound"}


def before(span: Span, words: Lexicon) -> Iterator[Point]:
    """The word before: a title, an office, a preposition, a class noun with ``of``."""
    if span[0].is_sent_start:
        return
    token = span[0].nbor(-1)
    if token.text in words.titles:
        yield "PERSON", 4.0
    elif token.lower_ in words.offices and token.dep_ != "appos":
        yield "PERSON", 2.5
    elif token.lower_ in words.place_nouns:
        yield "PLACE", 1.5
    low = token.lower_
    if low in words.locative:
        yield "PLACE", 1.5
    elif low in words.directional:
        yield "PLACE", 0.6
    elif low == "of" and not token.is_sent_start:
        noun = token.nbor(-1).lower_
        if noun in words.place_nouns:
            yield "PLACE", 3.5
        elif noun in words.governed_nouns:
            yield "PLACE", 2.0
    elif low == "the":
        yield "PERSON", -1.5
        yield "ORGANISATION", 0.5


def after(span: Span, words: Lexicon) -> Iterator[Point]:
    """The word after: a class noun, an office in apposition, a verb of speech, who and where."""
    doc = span.doc
    if span.end >= len(doc) or doc[span.end].is_sent_start:
        return
    token = doc[span.end]
    low = token.lower_
    if low in words.place_nouns and token.pos_ == "NOUN":
        yield "PLACE", 3.0
    elif low in words.governed_nouns:
        yield "PLACE", 2.0
    elif low in words.organisation_nouns:
        yield "ORGANISATION", 1.5
    elif low in {"who", "et"}:
        yield "PERSON", 2.0
    elif low == "&":
        yield "PERSON", 0.8
    elif low == "where":
        yield "PLACE", 2.0
    elif low == "," and span.end + 1 < len(doc):
        yield from apposed(span, words)
    elif token.lemma_ in words.speech:
        yield "PERSON", 1.0


def apposed(span: Span, words: Lexicon) -> Iterator[Point]:
    """..., a village; ..., the minister; ..., who; ..., 34, ..."""
    follow = span.doc[span.end + 1]
    if follow.lower_ in {"who", "whose"}:
        yield "PERSON", 2.0
    elif follow.text.isdigit() and len(follow) == 2:
        yield "PERSON", 1.5
    for child in span.root.children:
        if child.dep_ == "appos" and child.pos_ == "NOUN":
            if child.lower_ in words.offices:
                yield "PERSON", 3.0
            elif child.lower_ in words.place_nouns:
                yield "PLACE", 3.0
            elif child.lower_ in words.organisation_nouns:
                yield "ORGANISATION", 3.0


def role(span: Span, words: Lexicon) -> Iterator[Point]:
    """What the name does in the sentence."""
    root = span.root
    head: Token = root.head
    if head.i == root.i:
        return
    if root.dep_ == "nsubj" and head.pos_ == "VERB":
        yield "PERSON", 1.2 if head.lemma_ in words.speech else 0.5
    if root.dep_ in {"nmod:poss", "obl:agent", "iobj"}:
        yield "PERSON", 0.4
    if root.dep_ in {"appos", "flat"} and head.lower_ in words.offices:
        yield "PERSON", 2.0
    if root.dep_ in {"compound", "nmod"} and head.lower_ in words.place_nouns:
        yield "PLACE", 1.5
    yield from shape(span, words)


def shape(span: Span, words: Lexicon) -> Iterator[Point]:
    """How the words of the name hang together, and what it is coordinated with."""
    root = span.root
    if len(span) in {2, 3} and span[1].dep_ == "flat" and span[1].head.i == span.start:
        yield "PERSON", 0.8
    if root.dep_ == "conj" and root.head.pos_ == "PROPN":
        for child in root.head.children:
            if child.dep_ == "case" and child.lower_ in words.locative:
                yield "PLACE", 1.0
    if any(c.lower_ in words.place_nouns and c.i > root.i and c.dep_ == "conj" for c in root.children):
        yield "PLACE", 0.5
