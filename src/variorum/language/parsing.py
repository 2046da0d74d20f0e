"""Parse texts whose times are known: pieces of many texts go through the pipeline together and come back as Docs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from variorum.language.names import KnownPlace, name
from variorum.language.pieces import pieces
from variorum.language.pipeline import load
from variorum.language.tokens import doc_of, outermost, words_of
from variorum.spans import Span

__all__ = ["Text", "Timed", "parse"]

ATTRIBUTES: list[int | str] = [DEP, POS, TAG, MORPH, LEMMA, ENT_IOB, ENT_TYPE]
SPACE, OUTSIDE = 103, 2  # spaCy's codes of the part of speech SPACE and of "outside a name"
BATCH_CHARACTERS = 200_000
LONE = re.compile("[\ud800-\udfff]")


class Timed(Protocol):
    """What is needed of a time: where it is. `variorum.records.Time` fits, and so does a `Span`."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Text(NamedTuple):
    """A text and its times, in the order of their rows."""

    text: str
    times: Sequence[Timed] = ()


@dataclass(slots=True)
class Part:
    """One piece of one text on its way through the pipeline: its words as characters of the whole text."""

    words: list[Span]
    doc: Doc


def parse(
    texts: Iterable[Text | tuple[str, Sequence[Timed]] | str],
    model: str | None = None,
    known_place: KnownPlace | None = None,
) -> Iterator[Doc]:
    """One Doc per text, in order; ``doc.text`` is the text, unchanged.

    Every time is one token and ``doc.spans["times"]`` has them in the order given; ``doc.spans["names"]`` has the names
    (see `variorum.language.names`, which asks ``known_place`` whether a form is in a gazetteer). Labels are Universal
    Dependencies. Sentences never cross a paragraph and are never longer than 3,000 characters. Raises `LanguageError`
    where the pipeline cannot be loaded.

    >>> doc = next(parse([("On 17 May 1961 the ferry sank. Ten people died.", [Span(3, 14)])]))
    >>> [sentence.text for sentence in doc.sents]
    ['On 17 May 1961 the ferry sank.', 'Ten people died.']
    >>> doc.spans["times"][0].text
    '17 May 1961'
    """
    nlp = load(model)
    held: list[Text] = []
    for item in texts:
        text = Text(item) if isinstance(item, str) else Text(*item)
        held.append(Text(writable(text.text), text.times))
        if sum(len(text.text) for text in held) >= BATCH_CHARACTERS:
            yield from parsed(nlp, held, known_place)
            held = []
    yield from parsed(nlp, held, known_place)


def writable(text: str) -> str:
    """The text with lone surrogates, which spaCy cannot hold, as replacement characters; offsets stay."""
    return LONE.sub("\ufffd", text) if LONE.search(text) else text


def parsed(nlp: Language, texts: Sequence[Text], known_place: KnownPlace | None) -> Iterator[Doc]:
    """The Docs of a few texts, whose pieces share the pipeline's batches."""
    parts = [list(parts_of(nlp, text)) for text in texts]
    docs = nlp.pipe((part.doc for group in parts for part in group), batch_size=128)
    for text, group in zip(texts, parts, strict=True):
        for part in group:
            part.doc = next(docs)
        yield name(with_times(whole(nlp, text.text, group), text.times), known_place)


def parts_of(nlp: Language, text: Text) -> Iterator[Part]:
    """The pieces of a text as Docs that wait for the pipeline."""
    times = outermost(Span(time.start, time.end) for time in text.times)
    at = 0
    for piece in pieces(text.text, times):
        while at < len(times) and times[at].end <= piece.start:
            at += 1
        inside = []
        while at < len(times) and times[at].end <= piece.end:
            inside.append(times[at].shifted(-piece.start))
            at += 1
        words = words_of(nlp, piece.of(text.text), [time for time in inside if time.start >= 0], piece.start)
        if words:
            yield Part(words, doc_of(nlp, text.text, words))


def whole(nlp: Language, text: str, parts: Sequence[Part]) -> Doc:
    """One Doc of the whole text from its parsed parts, with the white space between words put back as it was."""
    forms: list[str] = []
    spaces: list[bool] = []
    rows: list[np.ndarray] = []
    heads: list[np.ndarray] = []
    at = 0
    for part in parts:
        places = []
        for start, end in part.words:
            gap = text[at:start]
            if gap == " " and forms and not spaces[-1]:
                spaces[-1] = True
            elif gap:
                fill(forms, spaces, gap)
            places.append(len(forms))
            forms.append(text[start:end])
            spaces.append(False)
            at = end
        gap_free = np.array(places)
        found = np.arange(len(places)) + part.doc.to_array(HEAD).astype(np.int64)
        heads.append(np.stack([gap_free, gap_free[found]]))
        rows.append(part.doc.to_array(ATTRIBUTES))
    fill(forms, spaces, text[at:])
    doc = Doc(nlp.vocab, words=forms, spaces=spaces)
    return annotated(doc, rows, heads) if rows else doc


def fill(forms: list[str], spaces: list[bool], gap: str) -> None:
    """Add white space between words: one space belongs to the word before it, the rest is a token of its own."""
    if gap[:1] == " " and forms and not spaces[-1]:
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        forms.append(gap)
        spaces.append(False)


def annotated(doc: Doc, rows: Sequence[np.ndarray], heads: Sequence[np.ndarray]) -> Doc:
    """Set the labels of the words; white space hangs on the word before it, or after it at the start of the text."""
    known = np.concatenate(rows)
    places, targets = np.concatenate(heads, axis=1)
    size = len(doc)
    head = np.zeros(size, dtype=np.int64)
    filled = np.zeros((size, len(ATTRIBUTES)), dtype=np.uint64)
    filled[places] = known
    head[places] = targets - places
    others = np.ones(size, dtype=bool)
    others[places] = False
    dep = doc.vocab.strings.add("dep")
    for i in np.flatnonzero(others):
        head[i] = -1 if i else 1
        filled[i, 0], filled[i, 1], filled[i, 5] = dep, SPACE, OUTSIDE
    columns = np.concatenate([head.astype(np.uint64)[:, None], filled], axis=1)
    doc.from_array([HEAD, *ATTRIBUTES], columns)  # type: ignore[arg-type]
    return doc


def with_times(doc: Doc, times: Sequence[Timed]) -> Doc:
    """Put the times into ``doc.spans["times"]``, each as the token that it is or lies in."""
    spans = [doc.char_span(time.start, time.end, label="TIME", alignment_mode="expand") for time in times]
    doc.spans["times"] = SpanGroup(doc, name="times", spans=[span for span in spans if span is not None])
    return doc
