"""The words of a parsed text as plain objects, each with its place in the tree; read once from a Doc for all finders.

A spaCy ``Token`` is made anew at each touch and asks its Doc for every label. Finders look at the same words many
times, so they look at these instead.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from spacy.attrs import DEP, HEAD, IDX, IS_PUNCT, IS_SPACE, LOWER, MORPH, ORTH, POS, SENT_START
from spacy.tokens import Doc

__all__ = ["Sentence", "Tree", "Word", "tree_of"]

FORMS = [ORTH, LOWER, POS, DEP, MORPH]
PLACES = [HEAD, IDX, IS_PUNCT, IS_SPACE]


@dataclass(init=False, eq=False, repr=False, slots=True)
class Word:
    """A word: its number ``i``, offsets, form, labels (Universal Dependencies), head and dependents.

    ``first`` and ``last`` are the numbers of the first and the last word of all that hangs on it. The head of a root is
    itself. Two words are equal only when they are the same one.
    """

    tree: Tree
    i: int
    start: int
    end: int
    text: str
    low: str
    pos: str
    dep: str
    morph: str
    punct: bool
    space: bool
    head: Word
    children: list[Word]
    first: int
    last: int
    sentence: Sentence

    def __init__(self, tree: Tree, i: int, start: int, *forms: str) -> None:
        self.tree, self.i, self.start = tree, i, start
        self.text, self.low, self.pos, self.dep, self.morph = forms
        self.end = start + len(self.text)
        self.punct = self.space = False
        self.first = self.last = i
        self.head = self
        self.children = []

    def __repr__(self) -> str:
        return f"<{self.text} {self.i}>"

    def under(self, *deps: str) -> list[Word]:
        """The direct dependents with one of the relations."""
        return [child for child in self.children if child.dep in deps]

    def one(self, *deps: str) -> Word | None:
        """The first direct dependent with one of the relations."""
        for child in self.children:
            if child.dep in deps:
                return child
        return None

    def has(self, *deps: str) -> bool:
        """True when a direct dependent has one of the relations."""
        return self.one(*deps) is not None

    def case(self) -> str:
        """The preposition before a noun, in lower case, else ""."""
        for child in self.children:
            if child.dep == "case":
                return child.low
        return ""

    def subtree(self) -> list[Word]:
        """The word and all that hangs on it, in the order of the text."""
        found, waiting = [], [self]
        while waiting:
            word = waiting.pop()
            found.append(word)
            waiting += word.children
        return sorted(found, key=lambda word: word.i)


class Sentence:
    """A run of words, from number ``start`` up to but without ``end``."""

    __slots__ = ("end", "start", "tree")

    def __init__(self, tree: Tree, start: int, end: int) -> None:
        self.tree, self.start, self.end = tree, start, end

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    @property
    def words(self) -> list[Word]:
        """Its words."""
        return self.tree.words[self.start : self.end]

    @property
    def start_char(self) -> int:
        """The offset of its first word."""
        return self.tree.words[self.start].start

    @property
    def end_char(self) -> int:
        """The offset after its last word."""
        return self.tree.words[self.end - 1].end

    @property
    def root(self) -> Word:
        """The word that hangs on no other."""
        return next((word for word in self.words if word.head is word), self.tree.words[self.start])


class Tree:
    """A parsed text: its words and sentences, the numbers of the words that are times (``clock``), and its names.

    ``parsed`` is False for a text without a parse, whose words all hang on themselves; it is one sentence.

    >>> from variorum.language import parse
    >>> tree = tree_of(next(parse(["The ferry sank. Ten people died."])))
    >>> [(word.low, word.dep, word.head.low) for word in tree.sentences[0]]
    [('the', 'det', 'ferry'), ('ferry', 'nsubj', 'sank'), ('sank', 'ROOT', 'sank'), ('.', 'punct', 'sank')]
    """

    def __init__(self, doc: Doc) -> None:
        self.text: str = doc.text
        self.words = _words(self, doc)
        self.parsed = any(word.dep for word in self.words)
        self.tagged = any(word.pos for word in self.words)
        self.starts = [word.start for word in self.words]
        self.sentences = _sentences(self, doc)
        self.clock = frozenset(i for span in doc.spans.get("times", ()) for i in range(span.start, span.end))
        self.names = [(span.start_char, span.end_char, span.label_) for span in doc.spans.get("names", ())]
        self.entities = [] if self.names else _entities(doc)

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, index: int) -> Word:
        return self.words[index]

    def first_at(self, offset: int) -> int:
        """The number of the first word that starts at or after an offset.

        >>> from spacy.lang.en import English
        >>> tree_of(English()("It sank.")).first_at(3)
        1
        """
        return bisect_left(self.starts, offset)

    def holding(self, offset: int) -> int:
        """The number of the word that holds an offset, or of the last one before it."""
        return max(0, bisect_right(self.starts, offset) - 1)


_TREES: WeakKeyDictionary[Doc, Tree] = WeakKeyDictionary()


def tree_of(doc: Doc) -> Tree:
    """The words of a Doc, read at the first call; what is written into the Doc afterwards is not seen."""
    tree = _TREES.get(doc)
    if tree is None:
        tree = _TREES[doc] = Tree(doc)
    return tree


def _words(tree: Tree, doc: Doc) -> list[Word]:
    strings = doc.vocab.strings
    named = {key: strings[key] for key in np.unique(doc.to_array(FORMS)).tolist()}
    named[0] = ""
    texts, lows, tags, deps, morphs = ([named[key] for key in column] for column in doc.to_array(FORMS).T.tolist())
    heads, starts, puncts, spaces = doc.to_array(PLACES).T.astype(np.int64).tolist()
    forms = zip(starts, texts, lows, tags, deps, morphs, strict=True)
    words = [Word(tree, i, start, *rest) for i, (start, *rest) in enumerate(forms)]
    for word, head, punct, space in zip(words, heads, puncts, spaces, strict=True):
        word.punct, word.space = punct == 1, space == 1
        if head:
            word.head = words[word.i + head]
            word.head.children.append(word)
    _reach(words)
    return words


def _reach(words: list[Word]) -> None:
    """Sets how far each word's dependents reach, from the leaves upwards."""
    order = [word for word in words if word.head is word]
    for word in order:
        order += word.children
    for word in reversed(order):
        for child in word.children:
            word.first = min(word.first, child.first)
            word.last = max(word.last, child.last)


def _sentences(tree: Tree, doc: Doc) -> list[Sentence]:
    size = len(tree.words)
    starts = [0]
    starts += [i for i in np.flatnonzero(doc.to_array(SENT_START) == 1).tolist() if i]
    sentences = [Sentence(tree, a, b) for a, b in zip(starts, [*starts[1:], size], strict=True) if a < b]
    for sentence in sentences:
        for word in sentence:
            word.sentence = sentence
    return sentences


def _entities(doc: Doc) -> list[tuple[int, int]]:
    """Offsets of the persons that the pipeline's own names tell; odd runs of labels must not stop us."""
    found: list[tuple[int, int]] = []
    start = end = -1
    for token in doc:
        inside = token.ent_type_ in ("PERSON", "PER") and not token.is_space
        if start >= 0 and (not inside or token.ent_iob_ == "B"):
            found.append((start, end))
            start = -1
        if inside:
            start = token.idx if start < 0 else start
            end = token.idx + len(token)
    return [*found, (start, end)] if start >= 0 else found
