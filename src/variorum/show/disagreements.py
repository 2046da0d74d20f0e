"""How readings stand, in the terminal: each row with its id, its chance, the address of each reading, and its words."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict

import click

from variorum.edition import Edition
from variorum.records import Event, Reading, Reviewed, Sentence, Verdict, Witness
from variorum.select import facts_of, selector
from variorum.show.safe import safe
from variorum.site.addresses import Addresses, divide
from variorum.verdicts import KNOWN, Standing, ranked

__all__ = ["as_lines", "chosen", "disagreements"]


class _Told:
    """An edition's verdicts with what they rest on, by its keys."""

    def __init__(self, edition: Edition) -> None:
        self.readings = {r.reading: r for r in edition.records(Reading)}
        self.labels = {e.event: e.label for e in edition.records(Event)}
        self.witnesses = {w.witness: w for w in edition.records(Witness)}
        self.reviewed = {r.row: r for r in edition.records(Reviewed) if r.table == "verdicts"}
        self.addresses = Addresses({key: divide(w.text) for key, w in self.witnesses.items()})
        self.sentences: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in edition.records(Sentence):
            self.sentences[sentence.witness].append(sentence)
        for listed in self.sentences.values():
            listed.sort(key=lambda s: s.start)

    def address(self, reading: Reading) -> str:
        """The place of a reading on the pages of the edition."""
        return self.addresses.span(reading.witness, reading.start, reading.end)

    def around(self, reading: Reading) -> Sentence | None:
        """The sentence in which a reading stands."""
        listed = self.sentences.get(reading.witness, [])
        at = bisect_right(listed, reading.start, key=lambda s: s.start) - 1
        return listed[at] if at >= 0 and listed[at].end >= reading.end else None

    def called(self, witness: str) -> str:
        """The siglum of an account with its title or publisher, else with its id."""
        known = self.witnesses.get(witness)
        if known is None:
            return witness
        return f"{known.siglum} {known.title or known.publisher or witness}"


def chosen(edition: Edition, told: _Told, where: str | None, every: bool) -> list[Verdict]:
    """The verdicts of the default view, or those that ``where`` selects among all; the most telling first."""
    if where is not None:
        wanted = selector(where)
        found = [
            v
            for v in edition.records(Verdict)
            if wanted(facts_of(v, told.readings, told.witnesses, told.labels, told.reviewed))
        ]
    else:
        found = [v for v in edition.records(Verdict) if every or (v.verdict == Standing.CONFLICT and v.sure == "high")]
    return sorted(found, key=lambda v: (ranked(v.verdict), v.sure != "high", -v.weight, v.verdict_id))


def disagreements(edition: Edition, every: bool, where: str | None = None) -> Iterator[str]:
    """A few lines for each verdict."""
    told = _Told(edition)
    for verdict in chosen(edition, told, where, every):
        label = told.labels.get(verdict.event or "", "")
        scope = safe("; ".join(dict.fromkeys(x for x in (label, verdict.scope) if x)), 90)
        unsure = "" if verdict.sure == "high" else ", unsure"
        lines = [
            f"{_head(verdict.verdict)}{unsure}  {verdict.attribute}  {scope}  [{verdict.verdict_id}]",
            f"    {safe(verdict.why)}",
        ]
        lines += [_said(told.readings[i], told) for i in verdict.readings if i in told.readings]
        yield "\n".join(lines) + "\n"


def as_lines(edition: Edition, every: bool, where: str | None = None) -> Iterator[str]:
    """One JSON object a verdict: its columns, with its readings in full, their sentences and addresses."""
    told = _Told(edition)
    for verdict in chosen(edition, told, where, every):
        readings = []
        for reading in (told.readings[i] for i in verdict.readings if i in told.readings):
            around = told.around(reading)
            more = {"address": told.address(reading), "account": told.called(reading.witness)}
            readings.append({**asdict(reading), **more, "sentence": around.text if around else None})
        page = Addresses.event(verdict.event) if verdict.event else None
        yield json.dumps({**asdict(verdict), "address": page, "readings": readings}, ensure_ascii=False)


def _said(reading: Reading, told: _Told) -> str:
    """The words of a reading, their address, and below them the sentence in which they stand."""
    voice = f" (after {safe(' < '.join(reading.voice))})" if reading.voice else ""
    line = f"    {safe(told.called(reading.witness), 60)}{voice}: “{safe(reading.text, 160)}”"
    line += "  " + click.style(safe(told.address(reading)), dim=True)
    around = told.around(reading)
    if around is None or len(around.text) <= len(reading.text) + 3:
        return line
    return f"{line}\n          {click.style(safe(around.text, 320), dim=True)}"


def _head(verdict: str) -> str:
    if verdict not in KNOWN:
        return safe(verdict)
    standing = Standing(verdict)
    return click.style(f"{standing.mark} {standing.words}", fg=standing.colour, bold=standing is Standing.CONFLICT)
