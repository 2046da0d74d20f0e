"""Assess the model in the package (or another) on the test sets: ``python training/assess.py TREEBANKS [--model M]``.

Prints one JSON object: for EWT and GUM the scores from raw paragraphs with times joined (as the program uses it), from
raw paragraphs with times as plain words, and from the treebank's own words; the names with the layer on.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from evaluate import evaluate
from examples import gold_of, times_of
from names import score_names
from treebank import paragraphs

from variorum.language import load


def assess(folder: Path, part: str, model: str | None) -> dict[str, object]:
    """All scores of one part (dev or test)."""
    nlp = load(model)
    scores: dict[str, object] = {}
    for bank in ("en_ewt", "en_gum"):
        given = paragraphs(folder / bank / f"{part}.conllu")
        joined = [gold_of(p, times_of) for p in given]
        plain = [gold_of(p, lambda _: []) for p in given]
        scores[f"{bank} as used"] = evaluate(nlp, joined)
        scores[f"{bank} times as words"] = evaluate(nlp, plain)
        scores[f"{bank} given words"] = evaluate(nlp, plain, own_words=False)
    scores["names"] = score_names(folder / "en_gum" / f"{part}.conllu", model)
    return scores


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("treebanks", type=Path)
    ask.add_argument("--model")
    ask.add_argument("--part", default="test")
    given = ask.parse_args()
    print(json.dumps(assess(given.treebanks, given.part, given.model), indent=1))
