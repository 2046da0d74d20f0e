"""Runs of words that make one name: proper nouns, with small words between them where the name asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.attrs import ORTH, POS
from spacy.symbols import ADJ, NOUN, PROPN, VERB
from spacy.tokens import Doc, Token

from variorum.language.lexicon import Lexicon

__all__ = ["runs"]

OPEN = frozenset((ADJ, NOUN, VERB))


def runs(doc: Doc, words: Lexicon) -> Iterator[tuple[int, int]]:
    """Token spans of the names of a Doc, in order, without titles."""
    times = timed(doc)
    possible = openers(doc)
    known = {token.text for token in map(doc.__getitem__, possible) if is_name_word(token, words)}
    known -= words.organisation_words | words.place_words | words.titles
    end, size = 0, len(doc)
    for at in possible:
        if at < end or at in times:
            continue
        if not (is_name_word(doc[at], words) or begins(doc, at, words) or is_again(doc[at], known)):
            continue
        end = at + 1
        while end < size:
            step = joined(doc, end, words)
            if step == 0 or end in times or end + step - 1 in times:
                break
            end += step
        yield from split(doc, at, end, words)


def openers(doc: Doc) -> list[int]:
    """The numbers of the tokens with which a name may begin: proper nouns, and other words that have a capital."""
    strings, tagged = doc.vocab.strings, doc.to_array([ORTH, POS]).tolist()
    return [i for i, (form, pos) in enumerate(tagged) if pos == PROPN or (pos in OPEN and strings[form][0].isupper())]


def begins(doc: Doc, at: int, words: Lexicon) -> bool:
    """A capitalised adjective before a name word: United Nations, National Library; not Merrowian President."""
    token = doc[at]
    if not token.text[0].isupper() or token.pos_ not in {"ADJ", "VERB", "NOUN"} or at + 1 >= len(doc):
        return False
    after = doc[at + 1]
    if f"{token.text} {after.text}" in words.countries:
        return True
    if after.is_sent_start or not is_name_word(after, words) or after.text in words.titles or after.is_upper:
        return False
    if token.dep_ not in {"amod", "compound", "flat", "ROOT", "case"} and token.head.i != at + 1:
        return False
    if token.text in words.adjectives:
        return True
    last = at + 1
    while last + 1 < len(doc) and last < at + 5 and is_name_word(doc[last + 1], words):
        last += 1
    if doc[last].text in words.organisation_words:
        return True
    return after.text in words.place_words and not token.is_sent_start


def is_again(token: Token, known: set[str]) -> bool:
    """A capitalised noun inside a sentence that the tagger called a proper noun elsewhere in the text."""
    if token.text not in known or token.pos_ != "NOUN" or not token.text[0].isupper() or token.is_sent_start:
        return False
    return token.nbor(-1).pos_ not in {"DET", "ADJ", "PRON"}


def timed(doc: Doc) -> set[int]:
    """Tokens that are times."""
    return {i for span in doc.spans.get("times", ()) for i in range(span.start, span.end)}


def is_name_word(token: Token, words: Lexicon) -> bool:
    """A proper noun that is written like one."""
    return (
        token.pos_ == "PROPN"
        and (token.text[0].isupper() or token.text[0].isdigit() or "-" in token.text)
        and any(c.isalpha() for c in token.text)
        and token.text not in words.not_names
        and len(token.text) < 60
        and "@" not in token.text
        and "://" not in token.text
    )


def joined(doc: Doc, at: int, words: Lexicon) -> int:
    """How many words from ``at`` on go on with a name: 0, 1, or more over a small word."""
    token = doc[at]
    if token.is_sent_start:
        return 0
    if is_name_word(token, words) or inner_word(token):
        return 1
    low = token.text.lower()
    if low not in words.links or at + 1 == len(doc) or doc[at + 1].is_sent_start:
        return 0
    if low in {"of", "for"}:
        return over_of(doc, at, words)
    if low in {"-", "–", "'", "’"}:
        return over_hyphen(doc, at, words)
    return 2 if is_name_word(doc[at + 1], words) else 0


def over_of(doc: Doc, at: int, words: Lexicon) -> int:
    """``Ministry of the Interior``: only after a word that opens such a name."""
    after = doc[at + 1]
    if doc[at - 1].text not in words.openers:
        return 0
    if after.text.lower() == "the" and at + 2 < len(doc) and is_name_word(doc[at + 2], words):
        return 3
    return 2 if is_name_word(after, words) or inner_word(after) else 0


def over_hyphen(doc: Doc, at: int, words: Lexicon) -> int:
    """``Asker-Hale``, ``al-'Ama``: nothing stands between."""
    after = doc[at + 1]
    tight = not doc[at - 1].whitespace_ and not doc[at].whitespace_
    return 2 if tight and (is_name_word(after, words) or (after.text.islower() and len(after) < 3)) else 0


def inner_word(token: Token) -> bool:
    """A capitalised adjective, noun or number inside a name (Red Cross, Second Army)."""
    if token.pos_ in {"ADJ", "NOUN"} and token.text[0].isupper() and len(token.text) > 1:
        return token.dep_ in {"amod", "compound", "flat"} or token.nbor(-1).head.i >= token.i - 1
    return token.pos_ == "NUM" and token.text in {"I", "II", "III", "IV", "V", "VI"}


def split(doc: Doc, start: int, end: int, words: Lexicon) -> Iterator[tuple[int, int]]:
    """A run without its titles, parted where one stands in its middle: "Merrow President Ana Teverin"."""
    marks = [i for i in range(start, end) if doc[i].text in words.titles and keeps_apart(doc, i, start, end)]
    at = start
    for mark in [*marks, end]:
        last = mark
        while at < last and not doc[at].text[0].isalnum():
            at += 1
        while at < last and not doc[last - 1].text[0].isalnum():
            last -= 1
        if at < last and (last - at > 1 or len(doc[at]) > 1):
            yield at, last
        at = mark + 1


def keeps_apart(doc: Doc, at: int, start: int, end: int) -> bool:
    """Whether a word of office is one here, and not a part of a longer name (Prime Minister's Office; Major)."""
    return at + 1 < end or (at > start and doc[at].text.endswith(".")) or (at == start and end - start == 1)
