"""Parts of an edition in the terminal, one function per view; no word of a witness reaches it as a command."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice

import click

from variorum.dates import in_words, order
from variorum.edition import Edition
from variorum.errors import InputError
from variorum.read.document import several
from variorum.records import (
    Check,
    Claim,
    Event,
    Figure,
    Mark,
    Name,
    Parallel,
    Place,
    Problem,
    Quote,
    Silence,
    Stemma,
    Tells,
    Time,
    Witness,
)  # fmt: skip
from variorum.show.disagreements import as_lines, disagreements
from variorum.show.safe import safe

__all__ = ["safe", "show"]


def show(
    edition: Edition,
    view: str,
    id: str | None = None,
    most: int = 30,
    every: bool = False,
    checked: bool = False,
    where: str | None = None,
    as_json: bool = False,
) -> Iterator[str]:
    """The lines of a view; ``most`` bounds the rows (0: all), ``every`` adds what is folded by default.

    With ``checked`` only rows that people have judged are shown. ``where`` selects disagreements by words
    (`variorum.select`), sure or not; ``as_json`` writes each as an object. Raises `InputError` where another view is
    asked for with either.
    """
    if (where is not None or as_json) and view != "disagreements":
        raise InputError(f"show {view}", "only disagreements are filtered and written as JSON", "see 'variorum export'")
    if checked:
        edition = edition.checked()
    if view == "disagreements":
        rows = as_lines(edition, every, where) if as_json else disagreements(edition, every, where)
    else:
        rows = _rows(edition, view, id, every)
    count = 0
    for row in islice(rows, None if view == "witness" else most or None):
        count += 1
        yield row
    if as_json:
        return
    if not count:
        yield f"no {view} in this edition{' that fit the filter' if where is not None else ''}"
    elif view != "witness" and next(rows, None) is not None:
        yield f"... more; -n 0 shows all {view}"


def _rows(edition: Edition, view: str, id: str | None, every: bool) -> Iterator[str]:
    if view == "witness":
        return witness(edition, id)
    return FOLDED[view](edition, every) if view in FOLDED else VIEWS[view](edition)


def events(edition: Edition) -> Iterator[str]:
    for event in sorted(edition.records(Event), key=lambda e: (order(e.date), e.event)):
        doubt = f"; doubtful: {safe(event.doubt)}" if event.doubt else ""
        yield (
            f"{safe(in_words(event.date, 'short'), 40):<24} {safe(event.label, 80)}  "
            f"[{event.witnesses} witnesses, {event.lineages} lineages{doubt}]"
        )


def parallels(edition: Edition) -> Iterator[str]:
    for p in sorted(edition.records(Parallel), key=lambda p: (-p.score, p.a_witness, p.a_start)):
        yield (
            f"{p.kind} {p.score:.2f}  {p.a_witness} | {p.b_witness}  {p.direction}{' (direct)' if p.direct else ''}: "
            f"{safe(p.why)}\n"
            f"    {p.a_witness}: “{safe(p.a_text, 200)}”\n    {p.b_witness}: “{safe(p.b_text, 200)}”\n"
        )


def stemma(edition: Edition) -> Iterator[str]:
    for edge in sorted(edition.records(Stemma), key=lambda e: (-e.characters, e.source, e.target)):
        outside = " (outside the collection)" if edge.outside else ""
        arrow = "->" if edge.directed else "--"
        yield (
            f"{safe(edge.source)}{outside} {arrow} {safe(edge.target)}: "
            f"{several(edge.passages, 'passage')}, {several(edge.characters, 'character')}; "
            f"{edge.kind}; {safe(edge.why)}"
        )


def names(edition: Edition, every: bool) -> Iterator[str]:
    forms: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    total: dict[tuple[str, str], int] = defaultdict(int)
    for row in edition.records(Name):
        forms[row.kind, row.referent][row.form].append(f"{row.witness} {row.count}")
        total[row.kind, row.referent] += row.count
    for key in sorted(forms, key=lambda k: (-len(forms[k]), -total[k], k)):
        if len(forms[key]) > 1 or every:
            listed = "; ".join(f"{safe(form)} ({', '.join(where)})" for form, where in sorted(forms[key].items()))
            yield f"{safe(key[1])} [{key[0]}]: {listed}"


def silences(edition: Edition) -> Iterator[str]:
    labels = {e.event: e.label for e in edition.records(Event)}
    for row in edition.records(Silence):
        yield f"{row.witness} does not tell: {safe(labels.get(row.event, row.event))}\n    {safe(row.why)}"


def checks(edition: Edition) -> Iterator[str]:
    texts = {w.witness: w.text for w in edition.records(Witness)}
    for row in edition.records(Check):
        words = "; ".join(f"“{safe(texts[row.witness][start:end], 120)}”" for start, end in row.spans)
        head = f"{row.kind}  {row.witness}: expected {safe(row.expected)}, stated {safe(row.stated)}"
        yield f"{head}\n    {safe(row.why)}\n    {words}"


def problems(edition: Edition) -> Iterator[str]:
    for row in edition.records(Problem):
        yield f"{row.step}  {safe(row.witness)}: {safe(row.message)}"


LAYERS = ((Time, "blue"), (Place, "green"), (Figure, "magenta"), (Quote, "yellow"), (Mark, "white"))


def witness(edition: Edition, id: str | None) -> Iterator[str]:
    """The text of one witness with its mentions in colour, then its claims."""
    listed = edition.records(Witness)
    one = next((w for w in listed if id in (w.witness, w.siglum)), None)
    if one is None:
        known = ", ".join(f"{w.siglum} ({safe(w.witness, 40)})" for w in listed[:20])
        raise InputError(f"witness {id or ''}".strip(), "there is none of that name", f"there are {known}")
    head = " · ".join(
        safe(part) for part in (one.siglum, one.witness, one.title, one.publisher, one.party, one.published) if part
    )
    yield click.style(head, bold=True)
    yield "layers: " + ", ".join(click.style(kind.TABLE, fg=colour) for kind, colour in LAYERS) + "\n"
    yield _coloured(edition, one)
    yield click.style("\nclaims", bold=True)
    told = {t.claim: t.event for t in edition.records(Tells)}
    for claim in edition.records(Claim):
        if claim.witness == one.witness:
            yield f"  {claim.claim} {_claim(claim)}  {told.get(claim.claim, '')}"


def _claim(claim: Claim) -> str:
    when = in_words(claim.date) if claim.date else None
    named = (("who", claim.agent), ("to whom", claim.patient), ("where", claim.place), ("when", when))
    parts = "; ".join(f"{name} {safe(value)}" for name, value in named if value)
    voice = f" after {safe(' < '.join(claim.voice))}" if claim.voice else ""
    flags = "".join(f" [{x}]" for x in (claim.polarity, claim.modality) if x not in ("affirmed", "happened"))
    return f"{claim.type} ({safe(claim.trigger)}){flags}{voice}: {parts}"


def _coloured(edition: Edition, one: Witness) -> str:
    marks: list[tuple[int, int, str]] = []
    for kind, colour in LAYERS:
        marks += [(row.start, row.end, colour) for row in edition.records(kind) if row.witness == one.witness]  # type: ignore[attr-defined]
    colours: dict[int, str] = {}
    for start, end, colour in sorted(marks, key=lambda m: m[0] - m[1]):
        for at in range(start, end):
            colours[at] = colour
    out: list[str] = []
    at = 0
    while at < len(one.text):
        colour = colours.get(at, "")
        end = at
        while end < len(one.text) and colours.get(end, "") == colour:
            end += 1
        lines = [safe(line) if line.strip() else "" for line in one.text[at:end].split("\n")]
        spaced = _edges(one.text[at:end], "\n".join(lines))
        out.append(click.style(spaced, fg=colour) if colour else spaced)
        at = end
    return "".join(out)


def _edges(raw: str, clean: str) -> str:
    """Gives a cleaned run back the single spaces at its edges."""
    return (" " if raw[:1] == " " else "") + clean + (" " if raw[-1:] == " " and len(raw) > 1 else "")


FOLDED: dict[str, Callable[[Edition, bool], Iterator[str]]] = {"names": names}
"""Views that leave out what few want to see, unless they are told to show it too."""
VIEWS: dict[str, Callable[[Edition], Iterator[str]]] = {
    "events": events, "parallels": parallels, "stemma": stemma, "silences": silences, "checks": checks,
    "problems": problems,
}  # fmt: skip
