"""Read treebanks: CoNLL-U files into paragraphs of raw text, each word with its place in that text.

A paragraph is what the parser gets at run time, so it is what it is trained on: several sentences, as raw text, whose
words know their characters. Names come from GUM's ``Entity=`` notes (see ``names_of``) or from a Universal NER file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

LINKS = {"of", "de", "la", "du", "del", "van", "von", "der", "den", "al", "el", "bin", "ibn", "for", "-", "–", "'", "’"}
TITLES = frozenset(
    tomllib.loads((Path(__file__).parent.parent / "src/variorum/data/names.toml").read_text("utf8"))["titles"].split()
)
KINDS = {"person": "PERSON", "place": "PLACE", "organization": "ORGANISATION"}
UNER = {"PER": "PERSON", "LOC": "PLACE", "ORG": "ORGANISATION"}
BRACKET = re.compile(r"\((\d+(?:\[\d+/\d+\])?)-(\w+)[^()]*|(\d+(?:\[\d+/\d+\])?)?\)")


@dataclass
class Word:
    """One syntactic word: its characters in the paragraph and what the treebank says of it."""

    form: str
    start: int
    end: int
    lemma: str
    upos: str
    feats: str
    head: int
    dep: str
    entity: str = ""


@dataclass
class Paragraph:
    """Raw text with its words; ``words[i].head`` is an index into ``words`` (its own index for a root)."""

    text: str
    words: list[Word]
    sentences: list[int] = field(default_factory=list)
    names: list[tuple[int, int, str]] | None = None
    opens_document: bool = False


@dataclass
class Sentence:
    """One sentence of a CoNLL-U file: comment lines, rows of columns, and surface tokens (rows, form, space after)."""

    comments: list[str]
    rows: list[list[str]]
    surface: list[tuple[list[int], str, bool]]

    def text(self) -> str:
        """The sentence as the treebank writes it."""
        return next((line[9:].strip() for line in self.comments if line.startswith("# text = ")), "")

    def opens_paragraph(self) -> bool:
        """Whether a paragraph or a document begins here."""
        return any(line.startswith(("# newpar id", "# newdoc", "# newpar")) for line in self.comments)


def sentences(path: Path) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file, in order."""
    for block in path.read_text(encoding="utf8").split("\n\n"):
        lines = block.strip("\n").split("\n")
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        if rows:
            comments = [line for line in lines if line.startswith("#")]
            yield Sentence(comments, [row for row in rows if row[0].isdigit()], surface_of(rows))


def surface_of(rows: list[list[str]]) -> list[tuple[list[int], str, bool]]:
    """Surface tokens: the indices of the words each stands for, its form, and whether a space follows."""
    tokens: list[tuple[list[int], str, bool]] = []
    until = 0
    for row in rows:
        space = "SpaceAfter=No" not in row[9].split("|")
        if "-" in row[0]:
            first, until = (int(part) for part in row[0].split("-"))
            tokens.append((list(range(first - 1, until)), row[1], space))
        elif row[0].isdigit() and int(row[0]) > until:
            tokens.append(([int(row[0]) - 1], row[1], space))
    return tokens


def paragraphs(path: Path, names: Path | None = None) -> list[Paragraph]:
    """All paragraphs of a treebank file; ``names`` is an optional IOB2 file of Universal NER for the same text."""
    found: list[list[Sentence]] = []
    for sentence in sentences(path):
        if sentence.opens_paragraph() or not found:
            found.append([])
        found[-1].append(sentence)
    tags = uner_tags(names) if names else {}
    return [paragraph_of(group, [tags.get(s.text(), []) for s in group]) for group in found]


def paragraph_of(group: list[Sentence], tags: list[list[str]]) -> Paragraph:
    """Join the sentences of one paragraph into text and words."""
    text, words, starts = "", [], []
    names: list[tuple[int, int, str]] = []
    named = all(len(t) == len(s.rows) for t, s in zip(tags, group, strict=True))
    for number, sentence in enumerate(group):
        offset = len(words)
        starts.append(offset)
        for parts, form, space in sentence.surface:
            words.extend(place_words(parts, form, sentence, len(text), offset))
            text += form + (" " if space else "")
        if named and tags[number]:
            names.extend((a + offset, b + offset, kind) for a, b, kind in iob_spans(tags[number]))
        elif any("Entity=" in row[9] for row in sentence.rows):
            named = True
            names.extend((a + offset, b + offset, kind) for a, b, kind in gum_names(sentence))
    if path_is_gum(group):
        named = True
    opens = any(line.startswith("# newdoc") for line in group[0].comments)
    return Paragraph(text.rstrip(), words, starts, names if named else None, opens)


def path_is_gum(group: list[Sentence]) -> bool:
    """Whether a paragraph comes from GUM, where a sentence without entities has none rather than unknown ones."""
    return any(line.startswith("# sent_id = GUM_") for sentence in group for line in sentence.comments)


def place_words(parts: list[int], form: str, sentence: Sentence, start: int, offset: int) -> Iterator[Word]:
    """The words of one surface token with their characters; a form that does not split evenly goes by lengths."""
    used = 0
    for order, index in enumerate(parts):
        row = sentence.rows[index]
        left = len(form) - used
        size = left if order == len(parts) - 1 else min(len(row[1]), left - (len(parts) - 1 - order))
        size = max(size, 0)
        head = int(row[6])
        dep = "ROOT" if head == 0 else row[7]
        piece = form[used : used + size]
        yield Word(
            piece,
            start + used,
            start + used + size,
            row[2],
            row[3],
            row[5],
            offset + (index if head == 0 else head - 1),
            dep,
        )
        used += size


def uner_tags(path: Path) -> dict[str, list[str]]:
    """Tags of a Universal NER file by the text of the sentence."""
    tags: dict[str, list[str]] = {}
    for block in path.read_text(encoding="utf8").split("\n\n"):
        lines = block.strip().split("\n")
        text = next((line[9:].strip() for line in lines if line.startswith("# text = ")), "")
        tags[text] = [line.split("\t")[2] for line in lines if line and not line.startswith("#")]
    return tags


def iob_spans(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """(first word, word after the last, kind) of each name in IOB2 tags; other kinds are left out."""
    start = None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            kind = UNER.get(tags[start][2:])
            if kind:
                yield start, i, kind
            start = None
        if tag.startswith("B-"):
            start = i


def gum_mentions(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """(first, after last, entity type) of GUM's mentions in one sentence; discontinuous ones are left out."""
    opened: list[tuple[str, str, int]] = []
    for i, row in enumerate(sentence.rows):
        note = next((part[7:] for part in row[9].split("|") if part.startswith("Entity=")), "")
        for match in BRACKET.finditer(note):
            if match.group(2):
                opened.append((match.group(1), match.group(2), i))
                continue
            at = len(opened) - 1
            if match.group(3):
                at = next((k for k in range(len(opened) - 1, -1, -1) if opened[k][0] == match.group(3)), -1)
            if at >= 0:
                number, kind, first = opened.pop(at)
                if "[" not in number:
                    yield first, i + 1, kind


def gum_names(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Names among GUM's mentions: those whose head is a proper noun, cut to the run of the name; the outermost win."""
    spans = []
    for first, last, kind in gum_mentions(sentence):
        span = name_run(sentence.rows, first, last) if kind in KINDS else None
        if span and kind == "person":
            span = untitled(sentence.rows, *span)
        if span:
            spans.append((*span, KINDS[kind]))
    chosen: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= other[0] or span[0] >= other[1] for other in chosen):
            chosen.append(span)
    return sorted(chosen)


def name_run(rows: list[list[str]], first: int, last: int) -> tuple[int, int] | None:
    """The run of name words around the head of a mention, or None when the head is not a proper noun."""
    inside = range(first, last)
    heads = [i for i in inside if int(rows[i][6]) - 1 not in inside]
    if not heads or rows[heads[0]][3] != "PROPN":
        return None
    start, end = heads[0], heads[0] + 1
    while start > first and (is_name_word(rows[start - 1]) or joins(rows, start - 1, first, last)):
        start -= 1
    while end < last and (is_name_word(rows[end]) or joins(rows, end, first, last)):
        end += 1
    return start, end


def untitled(rows: list[list[str]], start: int, end: int) -> tuple[int, int]:
    """The run of a person's name without titles and offices before it."""
    last = max((i for i in range(start, end - 1) if rows[i][1] in TITLES), default=start - 1)
    return (last + 1, end) if rows[last + 1][3] == "PROPN" else (start, end)


def is_name_word(row: list[str]) -> bool:
    """A proper noun, or a capitalised adjective, noun or number inside a name (United Kingdom, Second Army)."""
    return row[3] == "PROPN" or (row[3] in {"ADJ", "NOUN", "VERB", "NUM"} and row[1][:1].isupper())


def joins(rows: list[list[str]], at: int, first: int, last: int) -> bool:
    """Whether a small word or hyphen stands between two name words (University of X; Jean-Marie)."""
    if at - 1 < first or at + 1 >= last:
        return False
    if rows[at][1].lower() in LINKS:
        return is_name_word(rows[at - 1]) and (is_name_word(rows[at + 1]) or rows[at + 1][1].lower() == "the")
    return rows[at][1].lower() == "the" and rows[at - 1][1].lower() in {"of", "for"} and is_name_word(rows[at + 1])
