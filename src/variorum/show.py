"""Parts of an edition in the terminal, one function per view; no word of a witness reaches it as a command."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice

import click

from variorum.dates import in_words, order
from variorum.edition import Edition
from variorum.errors import InputError
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
    Reading,
    Sentence,
    Silence,
    Stemma,
    Tells,
    Time,
    Verdict,
    Witness,
)  # fmt: skip
from variorum.verdicts import KNOWN, Standing, ranked

__all__ = ["show"]


def show(
    edition: Edition, view: str, id: str | None = None, most: int = 30, every: bool = False, checked: bool = False
) -> Iterator[str]:
    """The lines of a view; ``most`` bounds the rows (0: all), ``every`` adds what is folded by default.

    With ``checked`` only rows that people have judged are shown.
    """
    if checked:
        edition = edition.checked()
    rows = _rows(edition, view, id, every)
    count = 0
    for row in islice(rows, None if view == "witness" else most or None):
        count += 1
        yield row
    if not count:
        yield f"no {view} in this edition"
    elif view != "witness" and next(rows, None) is not None:
        yield f"... more; -n 0 shows all {view}"


def _rows(edition: Edition, view: str, id: str | None, every: bool) -> Iterator[str]:
    if view == "witness":
        return witness(edition, id)
    return FOLDED[view](edition, every) if view in FOLDED else VIEWS[view](edition)


def safe(text: str, width: int = 0) -> str:
    """Text on one line without control signs, cut at ``width`` characters (0: not cut).

    >>> safe("a\\x1b[31m\\nb")
    'a [31m b'
    """
    flat = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text)
    flat = " ".join(flat.split())
    return flat if not width or len(flat) <= width else flat[: width - 1] + "…"


def _said(reading: Reading, sigla: dict[str, str], sentences: dict[str, list[Sentence]]) -> str:
    """The words of a reading, and below them the sentence in which they stand."""
    voice = f" (after {safe(' < '.join(reading.voice))})" if reading.voice else ""
    siglum = sigla.get(reading.witness, reading.witness)
    line = f"    {siglum:>3} {safe(reading.witness)}{voice}: “{safe(reading.text, 160)}”"
    listed = sentences.get(reading.witness, [])
    at = bisect_right(listed, reading.start, key=lambda s: s.start) - 1
    around = listed[at] if at >= 0 and listed[at].end >= reading.end else None
    if around is None or len(around.text) <= len(reading.text) + 3:
        return line
    return f"{line}\n          {click.style(safe(around.text, 320), dim=True)}"


def _sigla(edition: Edition) -> dict[str, str]:
    table = edition.table("witnesses")
    return dict(zip(table["witness"].to_pylist(), table["siglum"].to_pylist(), strict=True))


def disagreements(edition: Edition, every: bool) -> Iterator[str]:
    readings = {r.reading: r for r in edition.records(Reading)}
    labels = {e.event: e.label for e in edition.records(Event)}
    sigla = _sigla(edition)
    sentences: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in edition.records(Sentence):
        sentences[sentence.witness].append(sentence)
    for listed in sentences.values():
        listed.sort(key=lambda s: s.start)
    wanted = [v for v in edition.records(Verdict) if every or (v.verdict == Standing.CONFLICT and v.sure == "high")]
    for verdict in sorted(wanted, key=lambda v: (ranked(v.verdict), v.sure != "high", -v.weight, v.verdict_id)):
        head = _head(verdict.verdict)
        scope = safe(labels.get(verdict.event or "", "") or verdict.scope, 90)
        lines = [f"{head}  {verdict.attribute}  {scope}", f"    {safe(verdict.why)}"]
        lines += [_said(readings[i], sigla, sentences) for i in verdict.readings if i in readings]
        yield "\n".join(lines) + "\n"


def _head(verdict: str) -> str:
    if verdict not in KNOWN:
        return safe(verdict)
    standing = Standing(verdict)
    return click.style(f"{standing.mark} {standing.words}", fg=standing.colour, bold=standing is Standing.CONFLICT)


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
        arrow = "--" if edge.kind == "undecided" else "->"
        yield (
            f"{safe(edge.source)}{outside} {arrow} {safe(edge.target)}: {edge.passages} passages, "
            f"{edge.characters} characters; {edge.kind}; {safe(edge.why)}"
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


FOLDED: dict[str, Callable[[Edition, bool], Iterator[str]]] = {"disagreements": disagreements, "names": names}
"""Views that leave out what few want to see, unless they are told to show it too."""
VIEWS: dict[str, Callable[[Edition], Iterator[str]]] = {
    "events": events, "parallels": parallels, "stemma": stemma, "silences": silences, "checks": checks,
    "problems": problems,
}  # fmt: skip
