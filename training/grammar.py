"""Small trees that are written out as words with heads: the ground of the sentences of our own making."""

from __future__ import annotations

from dataclasses import dataclass, field

from treebank import Paragraph, Word

NUMBER = {"s": "Number=Sing", "p": "Number=Plur"}


@dataclass
class Tree:
    """A word with its dependents before and after it, each with its relation; ``kind`` is set on heads of names.

    A name is the head and those of its dependents marked ``in_name``.
    """

    form: str
    pos: str
    lemma: str = ""
    feats: str = ""
    left: list[tuple[str, Tree]] = field(default_factory=list)
    right: list[tuple[str, Tree]] = field(default_factory=list)
    kind: str = ""
    in_name: bool = False

    def before(self, *children: tuple[str, Tree]) -> Tree:
        """Add dependents before the word, the first outermost."""
        self.left.extend(children)
        return self

    def ahead(self, *children: tuple[str, Tree]) -> Tree:
        """Add dependents before all others."""
        self.left[:0] = children
        return self

    def after(self, *children: tuple[str, Tree]) -> Tree:
        """Add dependents after the word."""
        self.right.extend(children)
        return self


def word(form: str, pos: str, lemma: str = "", feats: str = "") -> Tree:
    """A bare word."""
    return Tree(form, pos, lemma or form.lower(), feats)


def comma() -> tuple[str, Tree]:
    """A comma."""
    return "punct", word(",", "PUNCT")


def mark(form: str) -> tuple[str, Tree]:
    """Any other punctuation."""
    return "punct", word(form, "PUNCT")


def case(form: str) -> tuple[str, Tree]:
    """A preposition."""
    return "case", word(form, "ADP")


def joined(items: list[Tree], serial: bool = False, cc: str = "and") -> Tree:
    """A, B and C: the first is the head."""
    head = items[0]
    for number, item in enumerate(items[1:], 1):
        last = number == len(items) - 1
        if last:
            item.ahead(("cc", word(cc, "CCONJ")))
        if not last or (serial and len(items) > 2):
            item.ahead(comma())
        head.after(("conj", item))
    return head


def paragraph(trees: list[Tree], glue: str = " ") -> Paragraph:
    """Sentences as one paragraph of text with words."""
    words: list[Word] = []
    starts: list[int] = []
    names: list[tuple[int, int, str]] = []
    for tree in trees:
        starts.append(len(words))
        flat: list[tuple[Tree, int, str]] = []
        write(tree, "ROOT", -1, flat)
        flat = without_stray_commas(flat)
        offset = len(words)
        order = {id(node): i for i, (node, _, _) in enumerate(flat)}
        for i, (node, parent, dep) in enumerate(flat):
            head = offset + (order[parent] if dep != "ROOT" else i)
            words.append(Word(node.form, 0, 0, node.lemma, node.pos, node.feats, head, dep))
            if node.kind:
                parts = [child for _, child in [*node.left, *node.right] if child.in_name]
                parts += [inner for part in parts for _, inner in [*part.left, *part.right] if inner.in_name]
                inside = [order[id(part)] for part in parts] + [i]
                names.append((offset + min(inside), offset + max(inside) + 1, node.kind))
    return laid_out(words, starts, names)


def without_stray_commas(flat: list[tuple[Tree, int, str]]) -> list[tuple[Tree, int, str]]:
    """The words without commas that stand before another mark."""
    after = [*flat[1:], flat[-1]]
    return [one for one, two in zip(flat, after, strict=True) if one[0].form != "," or two[0].form not in {",", "."}]


def write(tree: Tree, dep: str, parent: int, flat: list[tuple[Tree, int, str]]) -> None:
    """The words of a tree in order; trees of our own are a few levels deep."""
    for relation, child in tree.left:
        write(child, relation, id(tree), flat)
    flat.append((tree, parent, dep))
    for relation, child in tree.right:
        write(child, relation, id(tree), flat)


CLOSING = {",", ".", ":", ";", ")", "'s", "’s", "%", "?", "!", "”", "n't", "’"}
OPENING = {"(", "“", "‘", "$", "€", "£"}


def laid_out(words: list[Word], starts: list[int], names: list[tuple[int, int, str]]) -> Paragraph:
    """Text with the usual spaces; straight marks open and close by turns."""
    text, in_marks, tight = "", False, False
    for one in words:
        glued = one.form in CLOSING or (one.form == '"' and in_marks)
        if text and not glued and not tight:
            text += " "
        if one.form == '"':
            in_marks = not in_marks
        tight = one.form in OPENING or (one.form == '"' and in_marks)
        one.start = len(text)
        text += one.form
        one.end = len(text)
    return Paragraph(text, words, starts, names)
