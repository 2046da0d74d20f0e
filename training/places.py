"""Fits the weights of the facts by which places are recognised (src/variorum/data/place_weights.csv).

    python training/places.py SET.jsonl [SET.jsonl ...] [--write] [--names]

A set has a line a document: {"doc", "text", "toponyms": [{"start", "end"}]}. Every candidate that touches a labelled
place is an example for, every other one against. Printed are: weights from one set tested on the other, folds within a
set, and all together. --names parses the texts and fits a second column, where the layer of names is one fact more;
--write stores the weights from all sets together, where each set counts the same.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from variorum import language
from variorum.gazetteer import open_gazetteer
from variorum.mentions import times
from variorum.mentions.places import THRESHOLD
from variorum.mentions.places.candidates import candidates
from variorum.mentions.places.facts import Sight, facts
from variorum.mentions.places.words import covered, labels_of, split
from variorum.spans import Span

BY_HAND = {"before_near": 1.9, "saint": -2.0, "tongue": -4.0, "lands_wide": 0.45}
"""Weights that are set by hand: the labelled texts have too few of them."""
WEIGHTS = Path(__file__).resolve().parent.parent / "src/variorum/data/place_weights.csv"


def layers(path):
    """The layer of names of each text of a set, by the language pipeline."""
    docs = [json.loads(line) for line in lines_of(path)]
    items = [(d["text"], [Span(t.start, t.end) for t in times.find(d["text"])]) for d in docs]
    return [[(Span(s.start_char, s.end_char), s.label_) for s in p.spans["names"]] for p in language.parse(items)]


def lines_of(path):
    return Path(path).read_text(encoding="utf-8").strip().split("\n")


def examples(path, layer=None):
    """For each document: its source, the labelled spans, and (start, end, facts, is a place) of each candidate."""
    gazetteer, out = open_gazetteer(), []
    for number, line in enumerate(lines_of(path)):
        doc = json.loads(line)
        words = split(doc["text"])
        taken = covered(words, [Span(t.start, t.end) for t in times.find(doc["text"])])
        found = candidates(words, gazetteer, taken)
        sight = Sight(words, found, labels_of(words, layer[number]) if layer else None, gazetteer)
        gold = [(t["start"], t["end"]) for t in doc["toponyms"]]
        rows = []
        for c in found:
            if c.is_people:
                continue
            start, end = words.starts[c.first], words.ends[c.last - 1]
            rows.append((start, end, facts(sight, c), any(s < end and start < e for s, e in gold)))
        out.append((doc.get("source") or doc["doc"], gold, rows))
    return out


def fit(docs_of_sets, names, strength=1.0):
    """Weights of the facts and the constant, by Newton's method with a quadratic penalty; each set counts the same."""
    index = {n: i for i, n in enumerate(names)}
    blocks, answers, shares = [], [], []
    for docs in docs_of_sets:
        rows = [r for _, _, rs in docs for r in rs]
        block = np.zeros((len(rows), len(names) + 1))
        block[:, -1] = 1
        for i, row in enumerate(rows):
            for fact in row[2]:
                if fact in index:
                    block[i, index[fact]] = 1
        blocks.append(block)
        answers.append(np.array([r[3] for r in rows], float))
        shares.append(np.full(len(rows), 5000 / len(rows)))
    x, y, s = np.vstack(blocks), np.concatenate(answers), np.concatenate(shares)
    w = np.zeros(len(names) + 1)
    penalty = np.full(len(names) + 1, strength)
    penalty[-1] = 1e-6
    for _ in range(25):
        p = 1 / (1 + np.exp(-(x @ w)))
        gradient = x.T @ (s * (p - y)) + penalty * w
        curve = (x * (s * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        w -= np.linalg.solve(curve, gradient)
    return dict(zip([*names, "always"], w, strict=True))


def measure(docs, weights, threshold=0.0):
    """Precision, recall, F1 of overlap, one to one and greedy as the scorer does it."""
    hits = gold_all = said = 0
    for _, gold, rows in docs:
        kept = [r for r in rows if weights["always"] + sum(weights.get(f, 0.0) for f in r[2]) > threshold]
        used = set()
        for s, e in gold:
            over = [(min(e, r[1]) - max(s, r[0]), i) for i, r in enumerate(kept) if r[0] < e and s < r[1]]
            free = [pair for pair in over if pair[1] not in used]
            if free:
                used.add(max(free)[1])
        hits, gold_all, said = hits + len(used), gold_all + len(gold), said + len(kept)
    p, r = hits / max(1, said), hits / max(1, gold_all)
    return p, r, 2 * p * r / max(1e-9, p + r)


def folds(docs, names, parts=4):
    """Weights from the other sources, tested on each part of the sources in turn."""
    sources = sorted({d[0] for d in docs})
    part = {s: i % parts for i, s in enumerate(sources)}
    return np.mean([
        measure([d for d in docs if part[d[0]] == k], fit([[d for d in docs if part[d[0]] != k]], names))
        for k in range(parts)
    ], axis=0)  # fmt: skip


def report(sets, names):
    """Prints how weights fare within a set, from one set to the other, and all together; returns the last."""
    show = lambda t: "P {:.3f} R {:.3f} F1 {:.3f}".format(*t)  # noqa: E731
    for name, docs in sets.items():
        reached = sum(any(r[0] < e and s < r[1] for r in rows) for _, gold, rows in docs for s, e in gold)
        print(name, "candidates reach", round(reached / sum(len(g) for _, g, _ in docs), 3))
        print("  folds within  ", show(folds(docs, names)))
        for other, docs2 in sets.items():
            if other != name:
                print("  weights from", other, show(measure(docs, fit([docs2], names))))
    both = fit(list(sets.values()), names)
    for name, docs in sets.items():
        print("all together on", name, show(measure(docs, both)))
        print("  at the threshold", show(measure(docs, both, THRESHOLD)))
    return both


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--names", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    columns = {}
    for column in ("weight", "with_names")[: 1 + options.names]:
        print(column)
        sets = {Path(p).stem: examples(p, layers(p) if column == "with_names" else None) for p in options.sets}
        names = sorted({f for docs in sets.values() for _, _, rows in docs for r in rows for f in r[2]})
        columns[column] = report(sets, names)
        for fact, weight in sorted(columns[column].items(), key=lambda kv: kv[1]):
            print(f"  {weight:+.2f} {fact}")
    if options.write:
        source = "logistic regression by training/places.py on labelled news; the weights of the facts that hold add up"
        for table in columns.values():
            table.update(BY_HAND)
        known = sorted({f for table in columns.values() for f in table})
        rows = [f"{f},{columns['weight'].get(f, 0):.3f},{columns.get('with_names', {}).get(f, 0):.3f}" for f in known]
        hand = f"# set by hand, since the labelled texts have too few of them: {', '.join(BY_HAND)}"
        head = [f"# source: {source}", hand, "fact,weight,with_names"]
        WEIGHTS.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
