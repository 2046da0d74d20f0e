"""Words of a text, with every time expression as one word.

Time expressions disturb a parser ("On October 17 Ana Teverin opened the bridge"), so they are found first and given to
it as one word each. The word is dressed as its own last alphabetic word, or as a date, so that the parser, which knows
words by their shape, sees a familiar one. Training and running both go through ``words_of`` and ``doc_of``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from spacy.attrs import IDX, IS_SPACE, LENGTH
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from variorum.language.lexicon import lexicon
from variorum.lists import toml
from variorum.spans import Span

LONGEST_WORD: int = toml("limits")["language"]["word"]
WHERE = [IDX, LENGTH, IS_SPACE]
PLAIN = "variorum_plain_times"
LONG_RUN = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def words_of(nlp: Language, text: str, times: Sequence[Span] = (), start: int = 0) -> list[Span]:
    """Spans of the words of ``text``, each time one word; ``start`` is added to all.

    >>> import spacy
    >>> text = "On 17 May 1961 it sank."
    >>> [span.of(text) for span in words_of(spacy.blank("en"), text, [Span(3, 14)])]
    ['On', '17 May 1961', 'it', 'sank', '.']
    """
    spans = [span for piece in bounded(text) for span in tokenised(nlp, text, piece)]
    merged = merge(spans, outermost(times)) if times else spans
    return [Span(a + start, b + start) for a, b in merged] if start else merged


def bounded(text: str) -> list[Span]:
    """The whole text, or pieces of it where a run without spaces is too long for the tokenizer's rules."""
    if not LONG_RUN.search(text):
        return [Span(0, len(text))]
    pieces: list[Span] = []
    for match in LONG_RUN.finditer(text):
        pieces.append(Span(pieces[-1].end if pieces else 0, match.start()))
        cuts = [*range(match.start(), match.end(), LONGEST_WORD), match.end()]
        pieces.extend(Span(a, b) for a, b in pairwise(cuts))
    pieces.append(Span(pieces[-1].end, len(text)))
    return [piece for piece in pieces if piece.start < piece.end]


def tokenised(nlp: Language, text: str, piece: Span) -> list[Span]:
    """The tokenizer's words in one piece, without white space."""
    doc, begin = nlp.tokenizer(text[piece.start : piece.end]), piece.start
    known = doc.to_array(WHERE).tolist()
    return [Span(begin + at, begin + at + length) for at, length, blank in known if not blank]


def outermost(times: Iterable[Span]) -> list[Span]:
    """Times in order, without those that lie in or cross a longer one."""
    chosen: list[Span] = []
    for time in sorted((Span(t.start, t.end) for t in times), key=lambda t: (t.start, -t.end)):
        if time.start < time.end and (not chosen or time.start >= chosen[-1].end):
            chosen.append(time)
    return chosen


def merge(words: list[Span], times: list[Span]) -> list[Span]:
    """Words with those inside a time joined, and a word that a time cuts through parted."""
    merged: list[Span] = []
    at = 0
    for word in words:
        start = word.start
        while start < word.end:
            while at < len(times) and times[at].end <= start:
                at += 1
            time = times[at] if at < len(times) and times[at].start < word.end else None
            if time is None:
                merged.append(Span(start, word.end))
                break
            if start < time.start:
                merged.append(Span(start, time.start))
            if not merged or merged[-1].end < time.end:
                merged.append(time)
            start = time.end
    return merged


def doc_of(nlp: Language, text: str, words: Sequence[Span]) -> Doc:
    """A Doc of these words, as the model sees it: white space is one space or none, and times are dressed."""
    forms = [text[word.start : word.end] for word in words]
    spaces = [after.start > word.end for word, after in pairwise(words)] + [False]
    for form in forms:
        if not form.isalnum() and any(c.isspace() for c in form):
            dress(nlp.vocab, form)
    return Doc(nlp.vocab, words=forms, spaces=spaces[: len(forms)], sent_starts=unbroken(forms))


def unbroken(forms: Sequence[str]) -> list[bool | int | None] | None:
    """Words that begin no sentence, whatever the parser thinks: "Prison No. 3", "Rep. Ann Hale".

    Such are a number after an abbreviation and a name after an abbreviated title.
    None for a text that has none. "No." is an answer at the beginning of a sentence that goes on with a small letter,
    and "no." after a verb of saying.

    >>> unbroken(["School", "No", ".", "12", "burned", "."])
    [None, None, False, False, None, None]
    >>> unbroken(["Was", "he", "there", "?", "No", ".", "3", "men", "came"])
    """
    stops = [i for i in range(1, len(forms)) if forms[i - 1][-1:] == "."]
    found = [i for i in stops if _numbered(forms, i) or _titled(forms, i)]
    if not found:
        return None
    starts: list[bool | int | None] = [None] * len(forms)
    for i in found:
        starts[i] = False
        if forms[i - 1] == ".":
            starts[i - 1] = False
    return starts


def _numbered(forms: Sequence[str], at: int) -> bool:
    """Whether an abbreviation that wants a number stands before the number at a place."""
    name, first = _shortened(forms, at)
    if not forms[at][0].isdigit() or name.lower() not in _words("numbered"):
        return False
    if name.lower() != "no":
        return True
    before = forms[first - 1] if first else "."
    if name[0].isupper() and not before[-1].isalnum():
        return at + 1 < len(forms) and forms[at + 1][0].isupper()
    return before.lower() not in _words("answered")


def _titled(forms: Sequence[str], at: int) -> bool:
    """Whether an abbreviated title stands before a capitalised word at a place."""
    name, _ = _shortened(forms, at)
    return forms[at][0].isupper() and name[:1].isupper() and f"{name}." in lexicon().titles


def _shortened(forms: Sequence[str], at: int) -> tuple[str, int]:
    """The word whose full stop stands before a place, without it, and its own place."""
    whole = forms[at - 1]
    return (forms[at - 2], at - 2) if whole == "." and at > 1 else (whole[:-1], at - 1)


@lru_cache(maxsize=2)
def _words(kind: str) -> frozenset[str]:
    return frozenset(toml("grammar")["abbreviated"][kind].split())


def dress(vocab: Vocab, form: str) -> None:
    """Let a time of several words look to the model like its last alphabetic word, or like a date.

    A pipeline that was not trained on such words (``PLAIN`` in its vocabulary) sees the last word as it is.
    """
    lexeme = vocab[form]
    words = re.findall(r"[^\W\d_]+", form.lower())
    if vocab.cfg.get(PLAIN):
        last = vocab[form.split()[-1]]
        lexeme.norm_, lexeme.prefix_, lexeme.suffix_, lexeme.shape_ = (
            last.norm_,
            last.prefix_,
            last.suffix_,
            last.shape_,
        )
        return
    seen = "date" if lexicon().dates.intersection(words) or not words else words[-1]
    lexeme.norm_ = f"|{seen}|"
    lexeme.prefix_ = "|"
    lexeme.suffix_ = f"|{seen[-3:]}"
    lexeme.shape_ = "|x|"
