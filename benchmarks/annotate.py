"""How fast one core annotates, step by step: words a second for times, parse, and each finder.

    python benchmarks/annotate.py SET.jsonl [--documents N] [--out PREDICTIONS.jsonl]

Reads a line a document ({"doc" or "id", "text", "date"}). ``--out`` writes quotes in the form of the quotation scorer:
{"doc", "quotes": [{"spans", "speaker", "speaker_name"}]}. Run it with OMP_NUM_THREADS=1 for one core.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from variorum import language
from variorum.annotate import FINDERS, annotate, rarely_collected
from variorum.config import Config
from variorum.mentions import Found, times
from variorum.records import Quote, Witness
from variorum.repair import repair


def timed(spent: dict[str, float], name: str, work: Callable[[], Any]) -> Any:
    """The result of some work; its seconds are added under a name."""
    start = time.process_time()
    result = work()
    spent[name] = spent.get(name, 0.0) + time.process_time() - start
    return result


def annotated(rows: list[dict[str, Any]], spent: dict[str, float]) -> Iterator[Found]:
    """What is found in each document, step by step."""
    config = Config()
    language.load()
    for row in rows:
        text = repair(row["text"]).apply(row["text"])
        found = Found(str(row.get("doc") or row.get("id")), row.get("date"))
        found.times = list(timed(spent, "times", lambda f=found, t=text: times.find(t, f.published)))
        doc = timed(spent, "parse", lambda f=found, t=text: next(language.parse([(t, f.times)])))
        for table, module in FINDERS:
            find = import_module(module).find
            setattr(found, table, timed(spent, table, lambda f=found, d=doc, find=find: list(find(d, f, config))))
        yield found


def for_scorer(quote: Quote) -> dict[str, Any]:
    """A quote as the scorer reads it."""
    speaker = [] if quote.speaker_start is None else [[quote.speaker_start, quote.speaker_end]]
    return {"spans": [[quote.start, quote.end]], "speaker": speaker, "speaker_name": quote.speaker}


def predicted(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Quotes by the whole annotation, with offsets in the text as read."""
    for row in rows:
        name = str(row.get("doc") or row.get("id"))
        witness = Witness(name, "A", None, None, None, row.get("date"), "en", name, "", row["text"])
        [annotation] = annotate([witness])
        yield {"doc": name, "quotes": [for_scorer(quote) for quote in annotation.tables["quotes"]]}  # type: ignore[arg-type]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set")
    parser.add_argument("--documents", type=int, default=30)
    parser.add_argument("--out")
    options = parser.parse_args()
    lines = Path(options.set).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()][: options.documents]
    spent: dict[str, float] = {}
    with rarely_collected():
        for _ in annotated(rows, spent):
            pass
    words = sum(len(row["text"].split()) for row in rows)
    for name, seconds in spent.items():
        print(f"{name:10} {seconds:7.2f} s  {words / max(seconds, 1e-9):10.0f} words/s")
    print(f"{'all':10} {sum(spent.values()):7.2f} s  {words / sum(spent.values()):10.0f} words/s of {words}")
    if options.out:
        Path(options.out).write_text("".join(json.dumps(row) + "\n" for row in predicted(rows)), encoding="utf-8")


if __name__ == "__main__":
    main()
