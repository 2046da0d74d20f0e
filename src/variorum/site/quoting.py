"""A row of a page as a citation: a footnote with every account, place and wording; Wikipedia's templates; BibTeX."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from variorum import records as r
from variorum.citing import address, bibtex, csl_item, footnotes, named_key, template, web_address
from variorum.export.citations import cited, short
from variorum.site.citations import Citation
from variorum.site.gathered import Gathered
from variorum.site.marking import shown

__all__ = ["Quoting"]

MOST = 12
"""Accounts in the citation of one row; the export of footnotes has all."""


class Quoting:
    """Cites readings of an edition; the reference of each account is made once.

    Where an account has an address of the web, it is given with a text fragment that leads a browser to the words.
    """

    def __init__(self, g: Gathered) -> None:
        self._g = g

    def of(self, readings: Sequence[r.Reading]) -> Citation | None:
        """The forms of the citation of some readings; None where no account is known."""
        places: dict[str, list[r.Reading]] = {}
        for x in readings:
            if x.witness in self._g.witness:
                places.setdefault(x.witness, []).append(x)
        if not places:
            return None
        kept = list(places.items())[:MOST]
        rest = len(places) - len(kept)
        note = "; ".join(cited(listed, self._g.witness[w], self._reference(w), self._g.around) for w, listed in kept)
        note += f"; and {rest} more accounts." if rest else "."
        wiki = "\n".join(self._template(listed[0]) for _, listed in kept)
        tex = "\n".join(self._bibtex(w) for w, _ in kept)
        return Citation([("Footnote", shown(note)), ("Wikipedia", shown(wiki)), ("BibTeX", shown(tex))])

    def _item(self, witness: str) -> dict[str, Any]:
        return csl_item(self._g.witness[witness], self._g.captured.get(witness))

    def _reference(self, witness: str) -> str:
        return _referred(json.dumps(self._item(witness)), witness)

    def _template(self, x: r.Reading) -> str:
        w = self._g.witness[x.witness]
        link = address(web_address(w.source), w.text, x.start, x.end)
        item = {**self._item(x.witness), **({"URL": link} if link else {})}
        return template(item, w.published, short(self._g.around.said(x), x.text))

    def _bibtex(self, witness: str) -> str:
        w = self._g.witness[witness]
        return bibtex(self._item(witness), named_key(witness), w.published, f"account {w.siglum}")


@lru_cache(maxsize=10_000)
def _referred(item: str, witness: str) -> str:
    """The reference of an account, from its item as JSON: the citation style takes a while."""
    return footnotes([json.loads(item)])[witness]
