"""Pack a trained pipeline for the package: ``python training/pack.py MODEL TREEBANKS OUT``.

Adds the lemma table, drops strings that nobody needs (the invented names of training), and puts card and licence beside
the weights.
"""

from __future__ import annotations

import argparse
import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from tokenizer import english
from treebank import Paragraph, paragraphs

from variorum.language.lemmas import Lemmas, learn

HERE = Path(__file__).parent
IRREGULAR = HERE.parent / "src" / "variorum" / "data" / "irregular_verbs.csv"


def pack(model: Path, treebanks: Path, out: Path) -> None:
    """Write the pipeline with its lemmas to ``out``, in place of what is there."""
    nlp = spacy.load(model)
    given = [p for bank in ("en_ewt", "en_gum") for p in paragraphs(treebanks / bank / "train.conllu")]
    table = lemmas_of(given)
    pipe = nlp.add_pipe("variorum_lemmas", after="morphologizer")
    pipe.forms, pipe.endings = table.forms, table.endings
    keep_strings(nlp)
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    nlp.to_disk(fresh)
    for name in ("MODEL_CARD.md",):
        if (HERE / name).exists():
            shutil.copy(HERE / name, fresh / name)
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)


def lemmas_of(given: list[Paragraph]) -> Lemmas:
    """The table learnt from the treebanks, with the irregular verbs that they lack."""
    table = learn((word.form, word.upos, word.lemma) for p in given for word in p.words)
    for form, lemma in [*irregular(), *doubled()]:
        if table.of(form, "VERB") != lemma:
            table.forms[f"VERB {form}"] = lemma
    return table


def irregular() -> Iterator[tuple[str, str]]:
    """Past and participle of irregular verbs."""
    lines = [line for line in IRREGULAR.read_text(encoding="utf8").splitlines() if not line.startswith("#")]
    ambiguous = {"found", "wound", "ground", "saw", "bore", "lay", "fell", "felt", "left", "rose", "born"}
    for row in csv.DictReader(lines):
        for form in (*row["past"].split("/"), *row["participle"].split("/")):
            if form not in ambiguous:
                yield form, row["lemma"]


def doubled() -> Iterator[tuple[str, str]]:
    """Forms of verbs like shell, whose doubled consonant is their own."""
    lines = (HERE / "doubled_verbs.txt").read_text(encoding="utf8").splitlines()
    for lemma in " ".join(line for line in lines if not line.startswith("#")).split():
        yield from ((lemma + ending, lemma) for ending in ("ed", "ing"))


def keep_strings(nlp: Language) -> None:
    """Forget every string but labels and those of plain English: the weights hash words and need no list of them."""
    labels = {label for labels in nlp.pipe_labels.values() for label in labels}
    parts = {part for label in labels for part in (*label.replace("-", "|").split("|"), label.partition("-")[2])}
    nlp.vocab.strings._reset_and_load(sorted(labels | parts | set(english().vocab.strings)))


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("model", type=Path)
    ask.add_argument("treebanks", type=Path)
    ask.add_argument("out", type=Path)
    given = ask.parse_args()
    pack(given.model, given.treebanks, given.out)
