"""Quotations and footnotes of a dossier: the words of an account, and where they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

import pyarrow as pa

from variorum import records as r
from variorum.citing import address, clean, web_address, with_places
from variorum.export.citations import references, short
from variorum.export.dossier.model import Run
from variorum.export.questions import Around, accounts, records

__all__ = ["Notes"]


class Notes:
    """The accounts of a dossier and how they are cited: in full when first named, shortly after that."""

    def __init__(self, tables: Mapping[str, pa.Table], style: str) -> None:
        self.known = accounts(tables)
        self.references = references(tables, style)
        self.events = {e.event: e for e in records(tables, r.Event)}
        self.around = Around(tables)
        self.told = self._told(tables)
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
        full = full.removesuffix(": “”") + f" (below: {w.siglum})"
        return f"{full.replace(w.source, link)}" if link and w.source in full else f"{full}."

    def quoted(self, claim: r.Claim) -> list[Run]:
        """The sentence of a claim as a quotation with its footnote."""
        words = short(clean(self.around.said(claim)), clean(claim.text))
        return [Run("“"), Run(words), Run("”", "", self.foot(claim.witness, claim.start, claim.end))]

    def reading(self, x: r.Reading) -> list[Run]:
        """The sentence of a reading with its words in bold, and the footnote."""
        words, sentence = clean(x.text), clean(self.around.said(x))
        shown = short(sentence, words)
        before, found, after = shown.partition(words)
        foot = self.foot(x.witness, x.start, x.end)
        voice = [Run(f" (after {clean(', '.join(x.voice))})", "note")] if x.voice else []
        if not found:
            return [Run("“"), Run(shown), Run("”", "", foot), *voice]
        return [Run("“" + before), Run(words, "strong"), Run(after + "”", "", foot), *voice]

    def name(self, key: str) -> str:
        """An account by siglum and title; what is none stays as it is."""
        w = self.known.get(key)
        return f"{w.siglum} {w.title or w.witness}" if w else key

    @cached_property
    def _ids(self) -> re.Pattern[str] | None:
        ids = sorted((k for k in self.known if k.strip()), key=len, reverse=True)
        return re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, ids)) + r")(?![\w-])") if ids else None

    def named(self, why: str) -> str:
        """A reason with sigla in place of the accounts' ids; what stands in quotation marks stays."""
        if self._ids is None:
            return why
        parts = re.split(r"(“[^”]{0,400}”|\"[^\"]{0,400}\")", why)
        ids = self._ids
        return "".join(p if n % 2 else ids.sub(lambda m: self.known[m[0]].siglum, p) for n, p in enumerate(parts))
