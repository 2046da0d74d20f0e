"""Score a pipeline on treebank paragraphs from raw text, by the characters of the words (as CoNLL 2018 did)."""

from __future__ import annotations

from collections import Counter

from examples import Gold
from spacy.language import Language
from spacy.tokens import Doc

from variorum.language.tokens import doc_of, words_of


def evaluate(nlp: Language, golds: list[Gold], own_words: bool = True) -> dict[str, float]:
    """F1, in percent, of words, UPOS, UAS, LAS, nsubj, obj, sentences and the model's own names.

    ``las`` counts labels with their subtypes and punctuation, ``las_conll`` labels without subtypes (as CoNLL 2018
    did), ``las_words`` leaves out punctuation (as spaCy does).
    """
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    docs = nlp.pipe((given_doc(nlp, g, own_words) for g in golds), batch_size=128)
    for one, doc in zip(golds, docs, strict=True):
        ours, theirs = facts(doc, one), gold_facts(one)
        for measure in theirs:
            right[measure] += len(ours[measure] & theirs[measure])
            said[measure] += len(ours[measure])
            gold[measure] += len(theirs[measure])
    return {m: round(200 * right[m] / max(1, said[m] + gold[m]), 2) for m in gold}


def given_doc(nlp: Language, one: Gold, own_words: bool) -> Doc:
    """A paragraph before it is parsed, with our own words or with the treebank's."""
    return doc_of(nlp, one.text, words_of(nlp, one.text, one.times) if own_words else one.words)


Facts = dict[str, set[tuple[object, ...]]]


def facts(doc: Doc, one: Gold) -> Facts:
    """What the pipeline says, as sets of tuples of characters."""
    spans = words_in(doc, one.text)
    heads = [token.head.i for token in doc]
    deps = [token.dep_ for token in doc]
    starts = [bool(token.is_sent_start) for token in doc]
    names = {(spans[e.start][0], spans[e.end - 1][1], e.label_) for e in doc.ents}
    return measures(spans, heads, deps, [t.pos_ for t in doc], starts, names)


def words_in(doc: Doc, text: str) -> list[tuple[int, int]]:
    """The characters of each word of the Doc in the paragraph."""
    spans, at = [], 0
    for token in doc:
        start = text.index(token.text, at)
        at = start + len(token.text)
        spans.append((start, at))
    return spans


def gold_facts(one: Gold) -> Facts:
    """The same of the treebank."""
    spans = [(w.start, w.end) for w in one.words]
    names = {(spans[a][0], spans[b - 1][1], kind) for a, b, kind in one.names or []}
    found = measures(spans, one.heads, one.deps, one.pos, one.starts, names)
    return found if one.names is not None else {k: v for k, v in found.items() if k != "names"}


def measures(
    spans: list[tuple[int, int]],
    heads: list[int],
    deps: list[str],
    pos: list[str],
    starts: list[bool],
    names: set[tuple[int, int, str]],
) -> Facts:
    """Facts by measure."""
    arcs = [
        (spans[i], spans[h] if h != i else None, "root" if h == i else d)
        for i, (h, d) in enumerate(zip(heads, deps, strict=True))
    ]
    begins = [i for i, start in enumerate(starts) if start]
    ends = [*begins[1:], len(spans)]
    return {
        "words": {(s,) for s in spans},
        "upos": {(s, p) for s, p in zip(spans, pos, strict=True)},
        "uas": {arc[:2] for arc in arcs},
        "las": {(a, h, d) for a, h, d in arcs},
        "las_conll": {(a, h, d.split(":")[0]) for a, h, d in arcs},
        "las_words": {(a, h, d) for a, h, d in arcs if d != "punct"},
        "nsubj": {arc for arc in arcs if arc[2] in {"nsubj", "nsubj:pass"}},
        "obj": {arc for arc in arcs if arc[2] == "obj"},
        "sentences": {(spans[a][0], spans[b - 1][1]) for a, b in zip(begins, ends, strict=True)},
        "names": set(names),
    }
