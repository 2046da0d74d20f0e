"""Train the English model: ``python training/train.py TREEBANKS -o OUT``.

TREEBANKS holds ``en_ewt`` and ``en_gum`` (train and dev) and may hold ``uner_ewt`` (dev, names only). One seeded run of
about an hour on one core. Each epoch sees the treebanks, with the names of people and places swapped for invented ones
in half of the paragraphs that have them and times joined to one word in most, and fresh sentences of our own making.
The best checkpoint by LAS on dev is kept.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import spacy
from clauses import made
from evaluate import evaluate
from examples import Gold, example_of, gold_of, swapped, times_of
from invented import name_word
from spacy.language import Language
from spacy.training import Example
from spacy.util import fix_random_seed
from thinc.api import Adam, NumpyOps, set_current_ops
from tokenizer import english
from treebank import Paragraph, paragraphs

BANKS = ("en_ewt", "en_gum")
WIDTH, DEPTH, HIDDEN, ROWS = 128, 4, 64, [8000, 2000, 4000, 1500]
DROPOUT, RATE, SWAP, JOINED, OWN = 0.15, 0.0015, 0.5, 0.88, 900


@dataclass
class Material:
    """What is trained on: pairs of a paragraph with its times joined and as it is, and paragraphs for names only."""

    pairs: list[tuple[Gold, Gold]]
    names_only: list[Gold]

    def words(self) -> int:
        """How many words an epoch has, about."""
        return sum(len(pair[0].words) for pair in self.pairs)


def pipeline() -> Language:
    """An empty pipeline: one tok2vec under tagger, parser and names."""
    nlp = english()
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": WIDTH,
        "rows": ROWS,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "include_static_vectors": False,
    }
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": WIDTH,
        "depth": DEPTH,
        "window_size": 1,
        "maxout_pieces": 3,
    }
    nlp.add_pipe("tok2vec", config={"model": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
    nlp.add_pipe("morphologizer", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    for name in ("parser", "ner"):
        nlp.add_pipe(
            name,
            config={
                "model": {
                    "@architectures": "spacy.TransitionBasedParser.v2",
                    "tok2vec": listener,
                    "state_type": name,
                    "extra_state_tokens": False,
                    "hidden_width": HIDDEN,
                    "maxout_pieces": 2,
                    "use_upper": True,
                }
            },
        )
    return nlp


def read(folder: Path, part: str) -> list[Paragraph]:
    """The paragraphs of one part of the treebanks."""
    return [p for bank in BANKS for p in paragraphs(folder / bank / f"{part}.conllu")]


def material(folder: Path) -> Material:
    """All that is trained on."""
    pairs = [(gold_of(p, times_of), gold_of(p, lambda _: [])) for p in read(folder, "train")]
    uner = folder / "uner_ewt" / "dev.iob2"
    named = paragraphs(folder / "en_ewt" / "dev.conllu", uner) if uner.exists() else []
    return Material(pairs, [gold_of(p, times_of) for p in named if p.names is not None])


def epoch(nlp: Language, given: Material, draw: random.Random) -> list[Example]:
    """The examples of one epoch, shuffled."""
    golds = [(joined if draw.random() < JOINED else plain, True) for joined, plain in given.pairs]
    golds += [(gold, False) for gold in given.names_only]
    golds += [(gold_of(p, times_of), True) for p in made(draw.randrange(1 << 30), OWN)]
    draw.shuffle(golds)
    examples = []
    for gold, structure in golds:
        rename = swapped(gold, draw, name_word) if gold.names and draw.random() < SWAP else None
        examples.append(example_of(nlp, gold, rename, structure))
    return [example for example in examples if example is not None]


def batches(examples: list[Example], size: int) -> Iterator[list[Example]]:
    """Examples in groups of about ``size`` words."""
    held: list[Example] = []
    words = 0
    for example in examples:
        held.append(example)
        words += len(example.predicted)
        if words >= size:
            yield held
            held, words = [], 0
    if held:
        yield held


def update(nlp: Language, batch: list[Example], optimizer: Adam, losses: dict[str, float], drop: float) -> None:
    """One step of all components."""
    for _, pipe in nlp.pipeline:
        pipe.update(batch, drop=drop, sgd=None, losses=losses)
    for _, pipe in nlp.pipeline:
        pipe.finish_update(optimizer)


@dataclass
class Plan:
    """How long, with which seed and rate, the most minutes it may take (the rate then falls sooner), and from where."""

    epochs: int
    seed: int
    minutes: float
    rate: float = RATE
    start: Path | None = None
    dropout: float = DROPOUT


def train(given: Material, dev: list[Gold], out: Path, plan: Plan) -> None:
    """Train and write the best checkpoint to ``out``, with a line of scores per epoch to its log."""
    set_current_ops(NumpyOps(use_blis=False))
    fix_random_seed(plan.seed)
    draw = random.Random(plan.seed)
    nlp = spacy.load(plan.start) if plan.start else pipeline()
    first = epoch(nlp, given, draw)
    if plan.start is None:
        nlp.initialize(lambda: first)
    optimizer = Adam(
        plan.rate, beta1=0.9, beta2=0.999, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True
    )
    total, seen, best, began = plan.epochs * sum(len(e.predicted) for e in first), 0, 0.0, time.time()
    for number in range(plan.epochs):
        losses: dict[str, float] = {}
        for batch in batches(epoch(nlp, given, draw), 800 if number < 2 and plan.start is None else 1500):
            left = max(0.0, 1 - max(seen / total, (time.time() - began) / 60 / plan.minutes))
            optimizer.learn_rate = plan.rate * min(1.0, 0.02 + left * 1.4, 0.05 + seen / 30000)
            if left == 0:
                break
            update(nlp, batch, optimizer, losses, plan.dropout)
            seen += sum(len(example.predicted) for example in batch)
        if number % 3 and left > 0.08:
            print(number, round(time.time() - began), {k: round(v) for k, v in losses.items()}, flush=True)
            continue
        with nlp.use_params(optimizer.averages):
            scores = evaluate(nlp, dev)
            if scores["las"] > best:
                best = scores["las"]
                nlp.to_disk(out)
        print(number, round(time.time() - began), json.dumps(scores), flush=True)
        if left == 0:
            break


def main() -> None:
    """Read the command line and train."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("treebanks", type=Path)
    ask.add_argument("-o", "--out", type=Path, required=True)
    ask.add_argument("--epochs", type=int, default=40)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--minutes", type=float, default=1e6)
    ask.add_argument("--rate", type=float, default=RATE)
    ask.add_argument("--dropout", type=float, default=DROPOUT)
    ask.add_argument("--start", type=Path, help="go on from this pipeline (a second round, at a lower rate)")
    given = ask.parse_args()
    stuff = material(given.treebanks)
    dev = [gold_of(p, times_of) for p in read(given.treebanks, "dev")]
    print(len(stuff.pairs), "paragraphs", stuff.words(), "words", flush=True)
    train(stuff, dev, given.out, Plan(given.epochs, given.seed, given.minutes, given.rate, given.start, given.dropout))


if __name__ == "__main__":
    main()
