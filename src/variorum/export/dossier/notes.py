"""Quotations and footnotes of a dossier: the words of an account, and where they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyarrow as pa

from variorum import records as r
from variorum.citing import address, clean, web_address, with_places
from variorum.dates import order
from variorum.export.citations import references, short
from variorum.export.dossier.model import Run
from variorum.export.questions import Around, Sigla, accounts, records

__all__ = ["Notes"]

_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d$")


class Notes:
    """The accounts of a dossier and how they are cited: in full when first named, shortly after that."""

    def __init__(self, tables: Mapping[str, pa.Table], style: str) -> None:
        self.known = accounts(tables)
        self.references = references(tables, style)
        self.events = {e.event: e for e in records(tables, r.Event)}
        listed = sorted(self.events.values(), key=lambda e: (order(e.date), e.event))
        self.number = {e.event: n for n, e in enumerate(listed, 1)}
        self.clock = _hours(tables)
        self.around = Around(tables)
        self.told = self._told(tables)
        self.named_by = Sigla({key: w.siglum for key, w in self.known.items()})
        self._cited: set[str] = set()

    def _told(self, tables: Mapping[str, pa.Table]) -> dict[str, list[r.Claim]]:
        claims = {c.claim: c for c in records(tables, r.Claim)}
        found: dict[str, list[r.Claim]] = defaultdict(list)
        for tell in records(tables, r.Tells):
            claim = claims.get(tell.claim)
            if claim is not None and claim.witness in self.known:
                found[tell.event].append(claim)
        order = {key: n for n, key in enumerate(self.known)}
        for listed in found.values():
            listed.sort(key=lambda c: (c.type == "act", order[c.witness], c.start))
        return {event: sorted(listed, key=lambda c: order[c.witness]) for event, listed in found.items()}

    def foot(self, witness: str, start: int, end: int) -> str:
        """The footnote to words of an account."""
        w = self.known[witness]
        link = address(web_address(w.source), w.text, start, end)
        if witness in self._cited:
            place = f"{w.siglum}, characters {start}–{end}"
            return f"{place}, {link}" if link else f"{place}."
        self._cited.add(witness)
        full = with_places(self.references[witness], [(f"characters {start}–{end}", "")])
        full = full.removesuffix(": “”") + f" (cited as {w.siglum})"
        return f"{full.replace(w.source, link)}" if link and w.source in full else f"{full}."

    def feet(self, places: Iterable[tuple[str, int, int]]) -> str:
        """One footnote to words of several accounts."""
        return "; ".join(self.foot(*place).removesuffix(".") for place in places) + "."

    def quoted(self, claim: r.Claim) -> list[Run]:
        """The sentence of a claim as a quotation."""
        return [Run(f"“{short(clean(self.around.said(claim)), clean(claim.text))}”")]

    def reading(self, x: r.Reading, noted: bool = True) -> list[Run]:
        """The sentence of a reading with its words in bold, and where ``noted`` the footnote."""
        words, sentence = clean(x.text), clean(self.around.said(x))
        shown = short(sentence, words)
        before, found, after = shown.partition(words)
        foot = self.foot(x.witness, x.start, x.end) if noted else ""
        voice = [Run(f" (after {clean(', '.join(x.voice))})", "note")] if x.voice else []
        if not found:
            return [Run("“"), Run(shown), Run("”", "", foot), *voice]
        return [Run("“" + before), Run(words, "strong"), Run(after + "”", "", foot), *voice]

    def name(self, key: str) -> str:
        """An account by siglum and title; what is none stays as it is."""
        w = self.known.get(key)
        return f"{w.siglum} {w.title or w.witness}" if w else key

    def named(self, why: str) -> str:
        """A reason with sigla in place of the accounts' ids; what stands in quotation marks stays."""
        return self.named_by(why)


def _hours(tables: Mapping[str, pa.Table]) -> dict[tuple[str, int, int], str]:
    """The hours that times tell, by account and place: readings hold the day alone."""
    table = tables.get("times")
    if table is None:
        return {}
    rows = zip(*(table[n].to_pylist() for n in ("witness", "start", "end", "value")), strict=True)
    return {(witness, start, end): value for witness, start, end, value in rows if _CLOCK.match(value or "")}
