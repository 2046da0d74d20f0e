"""Reads articles with marked events, joined across articles, from which the recipes of joins learn.

Those of ECB+ 1.0 (Cybulska and Vossen 2014; annotations CC BY 3.0) as two files of JSON Lines: articles (id, text,
topic, story, split, selected, sentences) and mentions (id, doc, kind, start, end, chain). Texts stay where they are.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Account", "accounts"]


@dataclass(slots=True)
class Account:
    """An article with its topic, its story, the spans of the sentences that are annotated whole, and its events."""

    id: str
    text: str
    topic: int
    story: str
    annotated: list[tuple[int, int]]
    events: list[dict[str, Any]] = field(default_factory=list)

    def is_annotated(self, offset: int) -> bool:
        """True inside of a sentence whose events are all marked."""
        return any(start <= offset < end for start, end in self.annotated)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON Lines."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def accounts(articles: Path, mentions: Path, split: str = "train") -> list[Account]:
    """The articles of a split, each with its marked events in the order of the text."""
    events: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for mention in rows(mentions):
        if mention["kind"] == "event":
            events[mention["doc"]].append(mention)
    found = []
    for doc in rows(articles):
        if doc["split"] == split:
            whole = set(doc["selected"])
            spans = [(start, end) for number, start, end in doc["sentences"] if number in whole]
            marked = sorted(events[doc["id"]], key=lambda m: (m["start"], m["end"]))
            found.append(Account(doc["id"], doc["text"], doc["topic"], doc["story"], spans, marked))
    return found
