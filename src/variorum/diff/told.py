"""Changes in the terminal, as JSON and as a page."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from variorum.diff.changes import KINDS, Change
from variorum.export.dossier.html import page
from variorum.export.dossier.model import Document, Heading, Paragraph, Run, runs
from variorum.show.safe import safe

__all__ = ["as_json", "as_page", "lines"]

SIGNS = {"added": "+", "dropped": "-", "changed": "~", "turned": "!"}


def lines(changes: Iterable[Change]) -> Iterator[str]:
    """The changes as lines for a terminal; no word of an account reaches it as a command.

    >>> print(*lines([Change("accounts", "added", "gull", "The gull")]), sep="|")
    accounts: 1 added|  + The gull [gull]
    """
    listed = list(changes)
    if not listed:
        yield "nothing changed"
    for kind in KINDS:
        of_kind = [c for c in listed if c.kind == kind]
        if of_kind:
            yield f"{kind}: {counts(of_kind)}"
        for c in of_kind:
            yield f"  {SIGNS[c.how]} {safe(c.label, 100)} [{safe(c.row, 60)}]"
            yield from (f"      {name} {safe(said, 200)}" for name, said in (("was", c.was), ("now", c.now)) if said)
            yield from (f"      because: {safe(why, 160)}" for why in c.why[:3])


def counts(changes: Iterable[Change]) -> str:
    """How many of each.

    >>> counts([Change("events", "added", "e1", ""), Change("events", "added", "e2", "")])
    '2 added'
    """
    told = Counter(c.how for c in changes)
    return ", ".join(f"{told[how]:,} {how}" for how in SIGNS if told[how])


def as_json(changes: Iterable[Change]) -> str:
    """The changes as JSON: ``{"changes": [...]}``, one a line."""
    said = ",\n".join(json.dumps(c.to_dict(), ensure_ascii=False) for c in changes)
    return f'{{"changes": [\n{said}\n]}}\n'


def as_page(changes: Iterable[Change], old: str, new: str) -> str:
    """The changes as one page of HTML that asks nothing of the network."""
    made = Document("What changed between two editions")
    made.add(Paragraph(runs(made.title), "title"), Paragraph(runs(f"From {old} to {new}"), "subtitle"))
    listed = list(changes)
    if not listed:
        made.add(Paragraph(runs("Nothing changed.")))
    for kind in KINDS:
        of_kind = [c for c in listed if c.kind == kind]
        if of_kind:
            made.add(Heading(kind.capitalize()), Paragraph(runs(counts(of_kind) + ".")))
        for c in of_kind:
            made.add(
                Paragraph(runs(Run(f"{c.how}  ", "note"), Run(c.label, "strong"), Run(f"  {c.row}", "note")), keep=True)
            )
            made.add(
                *(
                    Paragraph(runs(Run(f"{name}: ", "note"), said), "quote")
                    for name, said in (("was", c.was), ("now", c.now))
                    if said
                )
            )
            if c.why:
                made.add(Paragraph(runs("Because: " + "; ".join(c.why) + "."), "note"))
    return page(made)
