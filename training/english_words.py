"""Counts in how many sentences of general English each word stem stands: makes src/variorum/data/english_stems.csv.

    python training/english_words.py TREEBANK_FOLDER... > src/variorum/data/english_stems.csv

The folders hold ``train.conllu`` files of Universal Dependencies English (EWT and GUM, CC BY-SA 4.0); only counts are
kept. Stems in fewer than eight sentences are left out: what is not in the table is rare.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from variorum.renditions.words import stems

LEAST = 8
CAPITALISED = re.compile(r"\b[A-Z][\w'’-]+|\S*(?:@|\.\w|/)\S*")
"""Names and addresses are no words of English; a word at the head of a sentence is not counted there."""


def main(folders: list[str]) -> None:
    """Prints the table: stem, and sentences per million that have it."""
    found: Counter[str] = Counter()
    sentences = 0
    for folder in folders:
        for line in (Path(folder) / "train.conllu").read_text(encoding="utf-8").splitlines():
            if line.startswith("# text = "):
                sentences += 1
                found.update(set(stems(CAPITALISED.sub(" ", line[9:]))))
    print("# source: sentences per million with each stem, counted in the train parts of UD English EWT and GUM")
    print("# (CC BY-SA 4.0) by training/english_words.py; counts only, no text")
    print("stem,per_million")
    for stem, times in sorted(found.items()):
        if times >= LEAST and stem.isalpha():
            print(f"{stem},{round(times * 1e6 / sentences)}")


if __name__ == "__main__":
    main(sys.argv[1:])
