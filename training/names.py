"""Score the names layer on GUM: exact characters and kind, over whole documents, times found as at run time.

The gold standard is made from GUM's ``Entity=`` notes: mentions of a person, place or organisation whose head is a
proper noun, cut to the run of the name and without titles; of nested names the outermost. Plural peoples (Merrowians)
are groups and offices alone (the President) are no names here; neither is counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from examples import times_of
from treebank import TITLES, Paragraph, paragraphs

from variorum.language import parse

KINDS = ("PERSON", "ORGANISATION", "PLACE")
Name = tuple[int, int, str]


@dataclass
class Document:
    """Paragraphs of one document as one text, and its names."""

    text: str = ""
    names: set[Name] = field(default_factory=set)

    def add(self, paragraph: Paragraph) -> None:
        """Append a paragraph."""
        self.text += "\n\n" if self.text else ""
        for first, last, kind in paragraph.names or []:
            if counts(paragraph, first, last, kind):
                start, end = paragraph.words[first].start, paragraph.words[last - 1].end
                self.names.add((len(self.text) + start, len(self.text) + end, kind))
        self.text += paragraph.text


def counts(paragraph: Paragraph, first: int, last: int, kind: str) -> bool:
    """Whether a mention is a name of one person, organisation or place."""
    if kind != "PERSON":
        return True
    plural = "Number=Plur" in paragraph.words[last - 1].feats
    return not plural and paragraph.words[first].form not in TITLES


def documents(path: Path) -> list[Document]:
    """The documents of a GUM file."""
    found: list[Document] = []
    for paragraph in paragraphs(path):
        if paragraph.opens_document or not found:
            found.append(Document())
        found[-1].add(paragraph)
    return found


def score_names(path: Path, model: str | None = None) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 (percent) by kind and of all, and how many names the gold standard has."""
    right, said, gold = Counter[str](), Counter[str](), Counter[str]()
    given = documents(path)
    docs = parse(((one.text, times_of(one.text)) for one in given), model)
    for one, doc in zip(given, docs, strict=True):
        ours = {(s.start_char, s.end_char, s.label_) for s in doc.spans["names"] if s.label_ in KINDS}
        for names, counter in ((ours & one.names, right), (ours, said), (one.names, gold)):
            counter.update(kind for *_, kind in names)
            counter["all"] += len(names)
    return {
        kind: {
            "precision": round(100 * right[kind] / max(1, said[kind]), 1),
            "recall": round(100 * right[kind] / max(1, gold[kind]), 1),
            "f1": round(200 * right[kind] / max(1, said[kind] + gold[kind]), 1),
            "gold": gold[kind],
        }
        for kind in (*KINDS, "all")
    }
