"""The one place for the difference between the labels of spaCy's own English pipelines (ClearNLP) and UD's.

Variorum reads Universal Dependencies. A pipeline that speaks ClearNLP (``dobj``, ``pobj``, ``nsubjpass`` ...) gets one
more component, ``variorum_ud``, that turns each tree: nouns rule their prepositions, predicates rule ``be``, and a
coordination hangs on its first member. Method: the differences listed in the Stanford and UD guidelines; what has no
counterpart keeps the nearest.
"""

from __future__ import annotations

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc

__all__ = ["NAME_KINDS", "add_to", "to_ud"]

# Kinds of names in spaCy's pipelines and in ours.
NAME_KINDS = {
    "PERSON": "PERSON", "PER": "PERSON",
    "ORGANISATION": "ORGANISATION", "ORG": "ORGANISATION",
    "PLACE": "PLACE", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE",
    "GROUP": "GROUP", "NORP": "GROUP",
}  # fmt: skip

SAME = {
    "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "dobj": "obj", "poss": "nmod:poss",
    "prt": "compound:prt", "neg": "advmod", "relcl": "acl:relcl", "acomp": "xcomp", "attr": "xcomp", "oprd": "xcomp",
    "intj": "discourse", "predet": "det:predet", "preconj": "cc:preconj", "quantmod": "advmod", "meta": "dep",
    "complm": "mark", "prep": "advmod", "agent": "obl:agent", "dative": "iobj", "pcomp": "advcl",
}  # fmt: skip
BE = frozenset({"be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re"})
VERBAL = frozenset({"VERB", "AUX", "ADJ", "ADV"})


def add_to(nlp: Language) -> None:
    """Append ``variorum_ud`` to a pipeline whose labels are ClearNLP's; leave any other as it is."""
    labels = {label for name in nlp.pipe_names for label in nlp.pipe_labels.get(name, ())}
    if labels & {"pobj", "dobj"} and "variorum_ud" not in nlp.pipe_names:
        nlp.add_pipe("variorum_ud")


@Language.component("variorum_ud")
def to_ud(doc: Doc) -> Doc:
    """Turn a Doc's trees from ClearNLP to UD, in place.

    >>> import spacy
    >>> words, heads = "Rebels were seen in Asker".split(), [2, 2, 2, 2, 3]
    >>> deps = ["nsubjpass", "auxpass", "ROOT", "prep", "pobj"]
    >>> pos = ["NOUN", "AUX", "VERB", "ADP", "PROPN"]
    >>> doc = to_ud(Doc(spacy.blank("en").vocab, words=words, heads=heads, deps=deps, pos=pos))
    >>> [(token.text, token.dep_, token.head.text) for token in doc]  # doctest: +NORMALIZE_WHITESPACE
    [('Rebels', 'nsubj:pass', 'seen'), ('were', 'aux:pass', 'seen'), ('seen', 'ROOT', 'seen'),
     ('in', 'case', 'Asker'), ('Asker', 'obl', 'seen')]
    """
    tree = Tree(doc)
    tree.turn_prepositions()
    tree.turn_copulas()
    tree.flatten_coordination()
    tree.rename()
    strings = doc.vocab.strings
    head = np.array(tree.heads) - np.arange(len(doc))
    columns = np.stack([head.astype(np.uint64), np.array([strings.add(d) for d in tree.deps], dtype=np.uint64)], axis=1)
    doc.from_array([HEAD, DEP], columns)  # type: ignore[arg-type]
    return doc


class Tree:
    """Heads and labels of a Doc while they are changed."""

    def __init__(self, doc: Doc) -> None:
        self.heads = [token.head.i for token in doc]
        self.deps = ["compound" if token.dep_ == "nmod" else token.dep_ for token in doc]
        self.pos = [token.pos_ for token in doc]
        self.lemmas = [token.lemma_.lower() or token.lower_ for token in doc]
        self.children: list[list[int]] = [[] for _ in doc]
        for i, head in enumerate(self.heads):
            if head != i:
                self.children[head].append(i)

    def move(self, child: int, head: int, dep: str) -> None:
        """Hang a word elsewhere."""
        if self.heads[child] != child:
            self.children[self.heads[child]].remove(child)
        self.heads[child], self.deps[child] = head, dep
        if head != child:
            self.children[head].append(child)

    def turn_prepositions(self) -> None:
        """in -> Asker becomes Asker -> in; the last of a chain of prepositions first."""
        for i in range(len(self.heads) - 1, -1, -1):
            if self.deps[i] in {"prep", "agent", "dative"} and self.pos[i] in {"ADP", "SCONJ", "VERB", "ADV"}:
                inner = next((c for c in self.children[i] if self.deps[c] in {"pobj", "pcomp"}), None)
                if inner is not None:
                    self.turn_preposition(i, inner)

    def turn_preposition(self, at: int, inner: int) -> None:
        """Let the object of one preposition take its place."""
        head, verbal = self.heads[at], self.pos[self.heads[at]] in VERBAL
        if self.deps[inner] == "pcomp":
            dep, below = ("advcl" if verbal else "acl"), "mark"
        else:
            dep = "obl:agent" if self.deps[at] == "agent" else "obl" if verbal else "nmod"
            below = "case"
        if head == at:
            return
        self.move(inner, head, dep)
        for child in list(self.children[at]):
            self.move(child, inner, self.deps[child])
        self.move(at, inner, below)

    def turn_copulas(self) -> None:
        """is -> minister becomes minister -> is."""
        for i, lemma in enumerate(self.lemmas):
            if lemma not in BE or self.deps[i] in {"aux", "auxpass", "cop"}:
                continue
            predicate = next((c for c in self.children[i] if self.deps[c] in {"attr", "acomp"}), None)
            if predicate is not None:
                self.turn_copula(i, predicate)

    def turn_copula(self, at: int, predicate: int) -> None:
        """Let the predicate take the place of ``be``."""
        head, dep = self.heads[at], self.deps[at]
        self.move(predicate, predicate if head == at else head, dep)
        for child in list(self.children[at]):
            self.move(child, predicate, self.deps[child])
        self.move(at, predicate, "cop")

    def flatten_coordination(self) -> None:
        """A <- B <- C becomes A <- B, A <- C, and ``and`` hangs on what follows it."""
        for i, dep in enumerate(self.deps):
            head = self.heads[i]
            if dep == "conj" and self.deps[head] == "conj" and self.heads[head] != head:
                self.move(i, self.heads[head], "conj")
        for i, dep in enumerate(self.deps):
            if dep in {"cc", "punct"}:
                after = min((c for c in self.children[self.heads[i]] if c > i and self.deps[c] == "conj"), default=None)
                if after is not None and (dep == "cc" or after - i < 3):
                    self.move(i, after, dep)

    def rename(self) -> None:
        """UD's names for the rest."""
        for i, dep in enumerate(self.deps):
            if dep == "npadvmod":
                self.deps[i] = "obl:unmarked" if self.pos[self.heads[i]] in VERBAL else "nmod:unmarked"
            elif dep == "pobj":
                self.deps[i] = "obl"
            elif dep == "dative" and self.pos[i] == "ADP":
                self.deps[i] = "advmod"
            else:
                self.deps[i] = SAME.get(dep, dep)
