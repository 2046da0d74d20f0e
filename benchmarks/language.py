"""Speed, memory and load time of the language layer on one core: ``python benchmarks/language.py [FILES...]``.

Without files it parses 60,000 words of sentences from the grammar in ``training/`` (invented names). Times are found
before the clock starts; words are those of the parser, white space not counted. Figures are of processor time, so that
other work on the machine disturbs them less.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def texts(files: list[Path]) -> list[str]:
    """The texts to parse."""
    if files:
        return [file.read_text(encoding="utf8", errors="replace") for file in files]
    sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
    from clauses import made

    paragraphs = [paragraph.text for paragraph in made(7, 1400)]
    return ["\n\n".join(paragraphs[at : at + 25]) for at in range(0, len(paragraphs), 25)]


def measure(given: list[str], model: str | None) -> dict[str, float]:
    """Load, then parse once to warm up and once with the clock."""
    before = time.process_time()
    from variorum.language import load, parse

    imported = time.process_time()
    load(model)
    loaded = time.process_time()
    from variorum.mentions import times

    timed = [(text, times.find(text)) for text in given]
    found = time.process_time()
    list(parse(timed[:2], model))
    start = time.process_time()
    words = sum(1 for doc in parse(timed, model) for token in doc if not token.is_space)
    seconds = time.process_time() - start
    return {
        "words": words,
        "words_per_second": round(words / seconds),
        "words_per_second_times": round(words / max(0.001, found - loaded)),
        "load_seconds": round(loaded - imported, 2),
        "import_seconds": round(imported - before, 2),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("files", nargs="*", type=Path)
    ask.add_argument("--model")
    told = ask.parse_args()
    print(json.dumps(measure(texts(told.files), told.model), indent=1))
