"""Treebank paragraphs as spaCy training examples, with times merged to one word and morphology cut to what is used."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan
from spacy.training import Example
from treebank import Paragraph, Word

from variorum.language.tokens import doc_of, outermost, words_of
from variorum.mentions.times import find
from variorum.spans import Span

TimesOf = Callable[[str], list[Span]]


@dataclass
class Gold:
    """A paragraph with its times joined: words with characters, and per word head, label, tag, features, lemma."""

    text: str
    times: list[Span]
    words: list[Span]
    heads: list[int]
    deps: list[str]
    pos: list[str]
    morphs: list[str]
    lemmas: list[str]
    starts: list[bool]
    names: list[tuple[int, int, str]] | None


def times_of(text: str) -> list[Span]:
    """The times that are joined, the same as at run time; none where they cannot be read."""
    try:
        return outermost(Span(row.start, row.end) for row in find(text))
    except (KeyError, ValueError, IndexError):
        return []


def gold_of(paragraph: Paragraph, times_of: TimesOf) -> Gold:
    """Join the words of each time under the one nearest the root."""
    times = times_of(paragraph.text)
    groups = grouped(paragraph, times)
    index = {word: number for number, group in enumerate(groups) for word in group}
    tops = [min(group, key=lambda i: depth(paragraph.words, i)) for group in groups]
    words = [paragraph.words[top] for top in tops]
    heads = [index[word.head] for word in words]
    gold = Gold(
        text=paragraph.text,
        times=times,
        words=[Span(paragraph.words[g[0]].start, paragraph.words[g[-1]].end) for g in groups],
        heads=heads,
        deps=["ROOT" if head == i else word.dep for i, (head, word) in enumerate(zip(heads, words, strict=True))],
        pos=[word.upos for word in words],
        morphs=["_" if len(g) > 1 else kept(word.feats, word.upos) for g, word in zip(groups, words, strict=True)],
        lemmas=[word.lemma for word in words],
        starts=[False] * len(groups),
        names=None,
    )
    for start in paragraph.sentences:
        gold.starts[index[start]] = True
    if paragraph.names is not None:
        gold.names = [(index[a], index[b - 1] + 1, kind) for a, b, kind in paragraph.names]
    return gold


def grouped(paragraph: Paragraph, times: list[Span]) -> list[list[int]]:
    """Indices of words, those of one time together; a time never joins words of two sentences."""
    groups: list[list[int]] = []
    begins, held = set(paragraph.sentences), -1
    for i, word in enumerate(paragraph.words):
        time = next((n for n, t in enumerate(times) if t.start < word.end and word.start < t.end), -1)
        if time >= 0 and time == held and i not in begins:
            groups[-1].append(i)
        else:
            groups.append([i])
        held = time
    return groups


def depth(words: list[Word], i: int) -> int:
    """Steps from a word to its root."""
    steps = 0
    while words[i].head != i and steps < len(words):
        i, steps = words[i].head, steps + 1
    return steps


def kept(feats: str, upos: str) -> str:
    """The morphological features that Variorum uses: tense and form of verbs, number and degree of the others."""
    wanted = {"Tense", "VerbForm"} if upos in {"VERB", "AUX"} else {"Number", "Degree", "Poss"}
    return "|".join(f for f in feats.split("|") if f.split("=")[0] in wanted) or "_"


def labels_of(gold: Gold) -> dict[str, Any]:
    """Heads, labels and tags for a Doc."""
    morphs = ["" if morph == "_" else morph for morph in gold.morphs]
    return {"heads": gold.heads, "deps": gold.deps, "pos": gold.pos, "morphs": morphs}


def example_of(
    nlp: Language, gold: Gold, rename: dict[int, str] | None = None, structure: bool = True
) -> Example | None:
    """The training example of a paragraph; ``rename`` gives other forms to some of its words.

    Without ``structure`` only its names are taught.
    """
    text, words, times = gold.text, gold.words, gold.times
    if rename:
        text, words, times = renamed(gold, rename)
    forms = [text[w.start : w.end] for w in words]
    spaces = [b.start > a.end for a, b in pairwise(words)] + [False]
    reference = Doc(nlp.vocab, words=forms, spaces=spaces[: len(forms)], **(labels_of(gold) if structure else {}))
    if gold.names is None:
        reference.set_ents([], missing=[reference[0 : len(reference)]])
    else:
        reference.set_ents([DocSpan(reference, a, b, label=kind) for a, b, kind in disjoint(gold.names)])
    predicted = doc_of(nlp, text, words_of(nlp, text, times))
    if len(predicted) == 0:
        return None
    return Example(predicted, reference)


def disjoint(names: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Names without those that overlap an earlier one."""
    chosen: list[tuple[int, int, str]] = []
    for name in sorted(names):
        if name[0] < name[1] and (not chosen or name[0] >= chosen[-1][1]):
            chosen.append(name)
    return chosen


def renamed(gold: Gold, rename: dict[int, str]) -> tuple[str, list[Span], list[Span]]:
    """Text, words and times with some words in another form."""
    text, words, at = "", [], 0
    moved: dict[int, int] = {}
    for i, word in enumerate(gold.words):
        text += gold.text[at : word.start]
        moved[word.start] = len(text)
        form = rename.get(i, gold.text[word.start : word.end])
        words.append(Span(len(text), len(text) + len(form)))
        text += form
        moved[word.end] = len(text)
        at = word.end
    times = [Span(moved.get(t.start, -1), moved.get(t.end, -1)) for t in gold.times]
    return text, words, [t for t in times if 0 <= t.start < t.end]


def swapped(gold: Gold, draw: random.Random, names: Callable[[random.Random, str, int, int], str]) -> dict[int, str]:
    """Other forms for the words of person and place names, the same word alike throughout the paragraph."""
    forms: dict[str, str] = {}
    rename: dict[int, str] = {}
    for first, last, kind in gold.names or []:
        if kind == "ORGANISATION":
            continue
        for i in range(first, last):
            form = gold.text[gold.words[i].start : gold.words[i].end]
            if gold.pos[i] == "PROPN" and form[:1].isupper() and len(form) > 2 and form.isalpha():
                if form not in forms:
                    forms[form] = names(draw, kind, i - first, last - first)
                rename[i] = forms[form]
    return rename
