"""How each part's time grows with a hostile text: one piece repeated to 10,000, 100,000 and 1,000,000 characters."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from importlib import import_module

from variorum import language
from variorum.config import Config
from variorum.mentions import Found, times
from variorum.repair import furniture, repair
from variorum.spans import Span

PIECES = {
    "digits": "7", "commas": ",", "digits and commas": "1,", "opening marks": "“", "straight marks": "\"", "apostrophes": "'",
    "dashes": "—", "hyphens": "-", "spaces": " ", "brackets": "(", "brackets of both kinds": "()", "and": "and ", "line ends": "\n",
    "page ends": "\f\n", "capital words": "Hale ", "a giant word": "a", "capitals": "A", "stops": ".", "said": "he said ",
    "nested quotes": "“He said ‘", "numbers": "31 ", "hundred": "hundred ", "days": "Monday ", "dates": "17 November 1998, ",
    "killed": "31 killed, ", "of the": "of the ", "slashes": "1/", "quoted said": "“No,” said Hale. ", "accents": "e\u0301", "mojibake": "Ã©",
    "initials": "A. ", "semicolons": "Hale; ", "that": "that he said ", "in Hale": "in Hale, ", "two days later": "two days later ",
}  # fmt: skip
SIZES = (10_000, 100_000, 1_000_000)
PARSED = (4_000, 40_000)
"""Sizes for what needs a parsed text: a million marks alone would take the parser two minutes."""

LIMIT = 60.0
"""Seconds after which a larger size of the same piece is left out."""

PLAIN: dict[str, Callable[[str], object]] = {
    "repair": lambda text: (repair(text).apply(text), furniture(text)),
    "times": lambda text: list(times.find(text, "1998-11-18")),
}
FINDERS = ("places", "actors", "quotes", "figures", "claims")


def measure(targets: list[str]) -> None:
    """Print for each part its slowest piece, and the piece on which ten times the text took the most times longer."""
    taken: dict[str, dict[str, list[float]]] = {}
    for name, piece in PIECES.items():
        held: dict[str, list[float]] = {}
        for size in SIZES if not targets or set(targets) & set(PLAIN) else ():
            _plain(piece, size, targets, held)
        for size in PARSED if not targets or set(targets) - set(PLAIN) else ():
            _parsed(repeated(piece, size), held)
        for part, seconds in held.items():
            taken.setdefault(part, {})[name] = seconds
    print("| part | pieces | slowest | seconds at each size | grows most | times longer for ten times the text |")
    print("| --- | --- | --- | --- | --- | --- |")
    for part, rows in taken.items():
        slow = max(rows, key=lambda name: rows[name][-1])
        steep = max(rows, key=lambda name: _growth(rows[name]))
        seconds = ", ".join(f"{s:.2f}" for s in rows[slow])
        print(f"| {part} | {len(rows)} | {slow} | {seconds} | {steep} | {_growth(rows[steep]):.0f} |")


def _growth(seconds: list[float]) -> float:
    """How much longer a size took than the one before it, where that can be told from the clock's grain."""
    steps = [b / max(a, 0.01) for a, b in itertools.pairwise(seconds) if b > 0.1]
    return max(steps, default=0.0)


def repeated(piece: str, size: int) -> str:
    """The piece again and again, to so many characters."""
    return (piece * (size // len(piece) + 1))[:size]


def _plain(piece: str, size: int, targets: list[str], taken: dict[str, list[float]]) -> None:
    text = repeated(piece, size)
    for part, work in PLAIN.items():
        if (not targets or part in targets) and max(taken.get(part, [0])) < LIMIT / 10:
            taken.setdefault(part, []).append(_timed(lambda work=work: work(text)))


def _parsed(text: str, taken: dict[str, list[float]]) -> None:
    found = Found("A", "1998-11-18", times=list(times.find(text, "1998-11-18")))
    spans = [Span(t.start, t.end) for t in found.times]
    held = []
    taken.setdefault("parse", []).append(_timed(lambda: held.extend(language.parse([(text, spans)]))))
    for part in FINDERS:
        find = import_module("variorum.claims" if part == "claims" else f"variorum.mentions.{part}").find
        work = lambda find=find, part=part: setattr(found, part, list(find(held[0], found, Config())))  # noqa: E731
        taken.setdefault(part, []).append(_timed(work))


def _timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
