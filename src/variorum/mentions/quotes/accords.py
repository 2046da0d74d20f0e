"""``According to Hale``, ``in the words of Hale``, ``Hale said`` at the end: what attributes the rest of a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from variorum.mentions.quotes.cues import cue_of
from variorum.mentions.quotes.reports import Report
from variorum.mentions.quotes.subjects import end_of, whole
from variorum.spans import Span

__all__ = ["find_accords"]

VIEWS = frozenset(
    {"view", "opinion", "words", "account", "telling", "eyes", "judgment", "judgement", "estimation", "belief"}
)


def find_accords(doc: Doc) -> Iterator[Report]:
    """Reports by such a phrase; the content is the sentence without it."""
    for sentence in doc.sents:
        yield from trailing(sentence)
    for token in doc:
        if token.lower_ == "according" and token.i + 2 < len(doc) and doc[token.i + 1].lower_ == "to":
            yield from around(doc, token.i, token.i + 1, source_after(doc, token.i + 2))
        elif token.lower_ in VIEWS:
            yield from view(doc, token)


LONGEST_TAIL = 14  # words after the last comma in which a cue may close a sentence


def trailing(sentence: TokenSpan) -> Iterator[Report]:
    """``The dam held, the mayor said.``: a cue with its subject after the last comma, and nothing that it governs."""
    doc = sentence.doc
    commas = [t.i for t in sentence[-LONGEST_TAIL:] if t.text == ","]
    for comma in commas:
        tail = [t for t in doc[comma + 1 : sentence.end] if not t.is_space]
        verb = next((t for t in tail[:7] if closes(t)), None)
        if verb is None or comma - sentence.start < 2:
            continue
        before, after = doc[comma + 1 : verb.i], doc[verb.i + 1 : sentence.end]
        if any(t.lower_ in ("that", "to", "as", "and", "but", "which", "who") or t.pos_ == "VERB" for t in before):
            continue
        if any(
            t.lower_ in ("that", "to", "if", "whether", "it", "he", "she", "they") or t.pos_ in ("VERB", "AUX")
            for t in after
        ):
            continue
        subject = [t for t in before if t.pos_ in ("NOUN", "PROPN", "PRON", "NUM")]
        inverted = [t for t in after if t.pos_ in ("NOUN", "PROPN")] if not before else []
        if not subject and not inverted:
            continue
        first, last = (before[0], subject[-1]) if subject else (after[0], inverted[0])
        cue = Span(verb.idx, end_of(verb))
        yield Report(
            doc[sentence.start].idx,
            end_of(doc[comma - 1]),
            cue,
            Span(first.idx, end_of(last)),
            "says",
            "clause",
            verb.i,
        )
        return


def closes(token: Token) -> bool:
    """True for a finite verb of saying that may close a sentence."""
    cue = cue_of(token)
    if cue is None or cue.pos != "verb" or cue.tier != "says" or not {"clause", "marks"} <= cue.frames:
        return False
    return not token.lower_.endswith("ing") and token.lower_ != cue.word


def view(doc: Doc, token: Token) -> Iterator[Report]:
    """``in Hale's view`` and ``in the words of Hale``."""
    poss = next((c for c in token.children if c.dep_ == "nmod:poss"), None)
    if poss is not None and poss.left_edge.i > 0 and doc[poss.left_edge.i - 1].lower_ in ("in", "by", "to"):
        yield from around(doc, poss.left_edge.i - 1, token.i, (poss, token.i), cue=Span(token.idx, end_of(token)))
        return
    of = next((c for c in token.children if c.dep_ == "nmod" and c.i > token.i), None)
    if (
        of is not None
        and token.i > 1
        and doc[token.i - 2].lower_ == "in"
        and token.lower_ in ("words", "view", "opinion")
    ):
        yield from around(doc, token.i - 2, token.i, (of, of.right_edge.i))


def source_after(doc: Doc, index: int) -> tuple[Token, int] | None:
    """The noun phrase after ``according to``, and the index of its last token."""
    sentence_end = doc[index].sent.end
    token = doc[index]
    head = token
    for _ in range(6):
        if (
            head.head.i >= index
            and head.head.i < sentence_end
            and head.head != head
            and head.head.pos_ in ("NOUN", "PROPN", "PRON")
        ):
            head = head.head
    if head.pos_ not in ("NOUN", "PROPN", "PRON"):
        head = next((t for t in doc[index : min(sentence_end, index + 8)] if t.pos_ in ("NOUN", "PROPN", "PRON")), head)
    if head.pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    return head, max(head.i, head.right_edge.i)


def around(
    doc: Doc, first: int, last: int, source: tuple[Token, int] | None, cue: Span | None = None
) -> Iterator[Report]:
    """The report whose phrase starts at token ``first``: the rest of the sentence on its longer side."""
    if source is None:
        return
    sentence = doc[first].sent
    head, stop = source
    stop = min(stop, sentence.end - 1)
    for index in range(head.i + 1, stop + 1):
        if doc[index].text in (",", ";", "—"):
            stop = index - 1
            break
    left, right = (sentence.start, first - 1), (stop + 1, sentence.end - 1)
    at_start = first - sentence.start <= 2
    a, b = right if at_start else left
    while a <= b and (doc[a].is_punct or doc[a].is_space) and doc[a].text not in '“"‘([$':
        a += 1
    while b >= a and (doc[b].text in (",", ";", "—", "–", "-") or doc[b].is_space):
        b -= 1
    if b - a < 1:
        return
    speaker = whole(head)
    yield Report(
        doc[a].idx, end_of(doc[b]), cue or Span(doc[first].idx, end_of(doc[last])), speaker, "says", "accord", first
    )
