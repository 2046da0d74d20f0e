"""``According to Hale``, ``in the words of Hale``, ``Hale said`` at the end: what attributes the rest of a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.language.tree import Sentence, Tree, Word
from variorum.spans import Span
from variorum.voices.cues import cue_of
from variorum.voices.reports import Report
from variorum.voices.subjects import whole

__all__ = ["find_accords"]

VIEWS = frozenset(
    {"view", "opinion", "words", "account", "telling", "eyes", "judgment", "judgement", "estimation", "belief"}
)


def find_accords(doc: Tree) -> Iterator[Report]:
    """Reports by such a phrase; the content is the sentence without it."""
    for sentence in doc.sentences:
        yield from trailing(sentence)
    for token in doc.words:
        if token.low == "according" and token.i + 2 < len(doc) and doc[token.i + 1].low == "to":
            yield from around(doc, token.i, token.i + 1, source_after(doc, token.i + 2))
        elif token.low in VIEWS:
            yield from view(doc, token)


LONGEST_TAIL = 14  # words after the last comma in which a cue may close a sentence


def trailing(sentence: Sentence) -> Iterator[Report]:
    """``The dam held, the mayor said.``: a cue with its subject after the last comma, and nothing that it governs."""
    doc = sentence.tree
    commas = [t.i for t in sentence.words[-LONGEST_TAIL:] if t.text == ","]
    for comma in commas:
        tail = [t for t in doc.words[comma + 1 : sentence.end] if not t.space]
        verb = next((t for t in tail[:7] if closes(t)), None)
        if verb is None or comma - sentence.start < 2:
            continue
        before, after = doc.words[comma + 1 : verb.i], doc.words[verb.i + 1 : sentence.end]
        if any(t.low in ("that", "to", "as", "and", "but", "which", "who") or t.pos == "VERB" for t in before):
            continue
        if any(
            t.low in ("that", "to", "if", "whether", "it", "he", "she", "they") or t.pos in ("VERB", "AUX")
            for t in after
        ):
            continue
        subject = [t for t in before if t.pos in ("NOUN", "PROPN", "PRON", "NUM")]
        inverted = [t for t in after if t.pos in ("NOUN", "PROPN")] if not before else []
        if not subject and not inverted:
            continue
        first, last = (before[0], subject[-1]) if subject else (after[0], inverted[0])
        cue = Span(verb.start, verb.end)
        yield Report(
            doc[sentence.start].start,
            doc[comma - 1].end,
            cue,
            Span(first.start, last.end),
            "says",
            "clause",
            verb.i,
        )
        return


def closes(token: Word) -> bool:
    """True for a finite verb of saying that may close a sentence."""
    cue = cue_of(token)
    if cue is None or cue.pos != "verb" or cue.tier != "says" or not {"clause", "marks"} <= cue.frames:
        return False
    return not token.low.endswith("ing") and token.low != cue.word


def view(doc: Tree, token: Word) -> Iterator[Report]:
    """``in Hale's view`` and ``in the words of Hale``."""
    poss = next((c for c in token.children if c.dep == "nmod:poss"), None)
    if poss is not None and poss.first > 0 and doc[poss.first - 1].low in ("in", "by", "to"):
        yield from around(doc, poss.first - 1, token.i, (poss, token.i), cue=Span(token.start, token.end))
        return
    of = next((c for c in token.children if c.dep == "nmod" and c.i > token.i), None)
    if of is not None and token.i > 1 and doc[token.i - 2].low == "in" and token.low in ("words", "view", "opinion"):
        yield from around(doc, token.i - 2, token.i, (of, of.last))


def source_after(doc: Tree, index: int) -> tuple[Word, int] | None:
    """The noun phrase after ``according to``, and the index of its last token."""
    sentence_end = doc[index].sentence.end
    token = doc[index]
    head = token
    for _ in range(6):
        if (
            head.head.i >= index
            and head.head.i < sentence_end
            and head.head != head
            and head.head.pos in ("NOUN", "PROPN", "PRON")
        ):
            head = head.head
    if head.pos not in ("NOUN", "PROPN", "PRON"):
        head = next(
            (t for t in doc.words[index : min(sentence_end, index + 8)] if t.pos in ("NOUN", "PROPN", "PRON")), head
        )
    if head.pos not in ("NOUN", "PROPN", "PRON"):
        return None
    return head, max(head.i, head.last)


def around(
    doc: Tree, first: int, last: int, source: tuple[Word, int] | None, cue: Span | None = None
) -> Iterator[Report]:
    """The report whose phrase starts at token ``first``: the rest of the sentence on its longer side."""
    if source is None:
        return
    sentence = doc[first].sentence
    head, stop = source
    stop = min(stop, sentence.end - 1)
    for index in range(head.i + 1, stop + 1):
        if doc[index].text in (",", ";", "—"):
            stop = index - 1
            break
    left, right = (sentence.start, first - 1), (stop + 1, sentence.end - 1)
    at_start = first - sentence.start <= 2
    a, b = right if at_start else left
    while a <= b and (doc[a].punct or doc[a].space) and doc[a].text not in '“"‘([$':
        a += 1
    while b >= a and (doc[b].text in (",", ";", "—", "–", "-") or doc[b].space):
        b -= 1
    if b - a < 1:
        return
    speaker = whole(head)
    yield Report(
        doc[a].start, doc[b].end, cue or Span(doc[first].start, doc[last].end), speaker, "says", "accord", first
    )
