"""Makes much text out of little: sentences recombined from pieces of others, joined where both have the same word.

    python benchmarks/recombine.py WORDS SEED TEXT... > out.txt

Pieces of two to four words follow each other as in the texts given, so that words and runs of three words are about as
frequent as in real text, while no run of seven words is a copy of more than a few sentences.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n+")


def sentences(paths: list[str]) -> Iterator[list[str]]:
    """The sentences of the texts as words; .jsonl (field "text"), .conllu ("# text =") and plain text are read."""
    for path in paths:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
        if path.endswith(".jsonl"):
            lines = [json.loads(line)["text"] for line in lines if line]
        elif path.endswith(".conllu"):
            lines = [line[9:] for line in lines if line.startswith("# text = ")]
        for line in lines:
            for sentence in SENTENCE.split(line):
                words = sentence.split()
                if 8 <= len(words) <= 55:
                    yield words


def main(wanted: int, seed: int, paths: list[str]) -> None:
    """Prints one paragraph of about ten sentences a line until the words are made."""
    chance = random.Random(seed)
    pool = list(sentences(paths))
    after: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, words in enumerate(pool):
        for place, word in enumerate(words[:-1]):
            after[word.lower()].append((number, place + 1))
    made = 0
    while made < wanted:
        paragraph = []
        for _ in range(10):
            number, place = chance.randrange(len(pool)), 0
            words: list[str] = []
            while len(words) < 40:
                piece = pool[number][place : place + chance.randint(2, 4)]
                words += piece
                if place + len(piece) >= len(pool[number]):
                    break
                number, place = chance.choice(after[piece[-1].lower()])
            paragraph.append(" ".join(words).rstrip(".!?,;:") + ".")
            made += len(words)
        print(" ".join(sentence[:1].upper() + sentence[1:] for sentence in paragraph))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
