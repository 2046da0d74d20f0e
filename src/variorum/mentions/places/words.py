"""The words of a text as the finding of names needs them: with offsets, keys, capitals, and what joins them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from variorum.gazetteer.keys import fold
from variorum.mentions.places.vocabulary import vocabulary
from variorum.spans import Span

__all__ = ["Words", "covered", "labels_of", "split", "within"]

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’ʻ`´][^\W\d_]+)*|\d[\d,.]*")
_JOINING = frozenset({" ", "-", "\n", "‑", "\xa0"})
_ENDING = frozenset('.!?:;"“”»)')


@dataclass(slots=True)
class Words:
    """Parallel lists, an item a word; ``joined`` is True where only a space or hyphen parts it from the one before.

    ``opens`` is True at the start of a sentence or paragraph, ``possessive`` where 's was cut off.
    """

    text: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    capital: list[bool] = field(default_factory=list)
    joined: list[bool] = field(default_factory=list)
    opens: list[bool] = field(default_factory=list)
    possessive: list[bool] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.starts)

    def gap(self, index: int) -> str:
        """The characters between a word and the one after it."""
        if index < 0 or index + 1 >= len(self.starts):
            return ""
        return self.text[self.ends[index] : self.starts[index + 1]]

    def form(self, index: int) -> str:
        """The word at an index, "" outside the text."""
        return self.forms[index] if 0 <= index < len(self.forms) else ""

    def key(self, start: int, end: int) -> str:
        """The key of the words from start to end; a possessive inside keeps its s ("people's republic")."""
        if end - start > 1 and any(self.possessive[start : end - 1]):
            inner = [k + "s" * p for k, p in zip(self.keys[start : end - 1], self.possessive[start:], strict=False)]
            return " ".join([*inner, self.keys[end - 1]])
        return " ".join(self.keys[start:end])

    def goes_on(self, index: int) -> bool:
        """True when a name may go on with a word: joined to the one before, or a capital after a possessive."""
        if self.joined[index]:
            return True
        return self.possessive[index - 1] and self.capital[index] and self.gap(index - 1)[2:] == " "


def split(text: str, breaks: Iterable[int] = ()) -> Words:
    """The words of a text; no name runs across an offset of ``breaks``, as where a heading begins or ends.

    >>> w = split("St. Hale's ferry left Port-Asker, U.S.")
    >>> w.forms
    ['St.', 'Hale', 'ferry', 'left', 'Port', 'Asker', 'U.S.']
    >>> w.joined[1], w.possessive[1], w.joined[6]
    (True, True, False)
    """
    words = _words(text)
    edges = {index for offset in breaks if (index := bisect_left(words.starts, offset)) < len(words)}
    if not edges:
        return words
    joined, opens = words.joined.copy(), words.opens.copy()
    for index in edges:
        joined[index], opens[index] = False, True
    return replace(words, joined=joined, opens=opens)


@lru_cache(maxsize=1)
def _words(text: str) -> Words:
    """The words of a text; those of the last one are kept, since places and actors read the same."""
    lists, words = vocabulary(), Words(text)
    before, previous = 0, ""
    for match in _WORD.finditer(text):
        start, end = match.span()
        if start < before:
            continue
        form = match.group()
        possessive = len(form) > 2 and form[-1] in "sS" and form[-2] in "'’"
        if possessive:
            form, end = form[:-2], end - 2
        gap = text[before:start]
        if text[end : end + 1] == "." and _takes_dot(form, gap, lists.dotted, lists.after_comma):
            form, end = form + ".", end + 1
        joined = gap in _JOINING and bool(previous)
        words.starts.append(start)
        words.ends.append(end)
        words.forms.append(form)
        words.keys.append(_key(form))
        words.capital.append(form[0].isupper())
        words.joined.append(joined)
        words.opens.append(not previous or (gap != " " and ("\n\n" in gap or not _ENDING.isdisjoint(gap))))
        words.possessive.append(possessive)
        before, previous = end, form
    return words


def _takes_dot(form: str, gap: str, dotted: frozenset[str], after_comma: frozenset[str]) -> bool:
    if not form[0].isupper():
        return False
    return len(form) == 1 or form + "." in dotted or (form + "." in after_comma and "," in gap)


_SHORTENED = {"saint": "st", "mount": "mt", "fort": "ft"}


def _key(form: str) -> str:
    if form.isascii() and form.isalpha():
        low = form.lower()
        return _SHORTENED.get(low, low)
    return fold(form)


def within(words: Words, span: Span) -> list[int]:
    """The indices of the words that begin inside a span.

    >>> within(split("Hale and Asker"), Span(0, 8))
    [0, 1]
    """
    return list(range(bisect_left(words.starts, span.start), bisect_left(words.starts, span.end)))


def covered(words: Words, spans: Iterable[Span]) -> list[bool]:
    """For each word whether one of the spans covers it.

    >>> covered(split("in May at Hale"), [Span(3, 6)])
    [False, True, False, False]
    """
    taken = [False] * len(words)
    for span in spans:
        for index in within(words, span):
            taken[index] = words.ends[index] <= span.end
    return taken


def labels_of(words: Words, labelled: Iterable[tuple[Span, str]]) -> dict[int, str]:
    """The label of each word that begins in a labelled span."""
    return {index: label for span, label in labelled for index in within(words, span)}
