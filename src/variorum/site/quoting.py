"""A row of a page as a citation: a footnote with every account, place and wording; Wikipedia's templates; BibTeX."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from variorum import records as r
from variorum.citing import address, bibtex, csl_item, footnotes, named_key, template, web_address
from variorum.export.citations import cited, short
from variorum.site.citations import Citation
from variorum.site.gathered import Gathered
from variorum.site.marking import shown

__all__ = ["Quoting"]

MOST = 12
"""Accounts in the citation of one row; the export of footnotes has all."""


class Account(NamedTuple):
    """An account as an item of CSL-JSON, as a reference in a footnote, and as an entry of BibTeX."""

    item: dict[str, Any]
    reference: str
    bibtex: str


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
        note = "; ".join(
            cited(listed, self._g.witness[w], self._account(w).reference, self._g.around) for w, listed in kept
        )
        note += f"; and {rest} more accounts." if rest else "."
        wiki = "\n".join(self._template(listed[0]) for _, listed in kept)
        tex = "\n".join(self._account(w).bibtex for w, _ in kept)
        return Citation([("Footnote", shown(note)), ("Wikipedia", shown(wiki)), ("BibTeX", shown(tex))])

    def _account(self, witness: str) -> Account:
        return _account(self._g.witness[witness], self._g.captured.get(witness))

    def _template(self, x: r.Reading) -> str:
        w = self._g.witness[x.witness]
        link = address(web_address(w.source), w.text, x.start, x.end)
        item = self._account(x.witness).item
        said = short(self._g.around.said(x), x.text)
        return template({**item, "URL": link} if link else item, w.published, said)


MOST_KNOWN = 10_000
"""Accounts of which a process keeps how they are cited; beyond it begins anew, so that no edition is held for good."""
_KNOWN: dict[str, tuple[r.Witness, str | None, Account]] = {}


def _account(w: r.Witness, captured: str | None) -> Account:
    """An account as citations have it: made once for each row of an edition, since the citation style takes a while."""
    known = _KNOWN.get(w.witness)
    if known is None or known[0] is not w or known[1] != captured:
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        item = csl_item(w, captured)
        tex = bibtex(item, named_key(w.witness), w.published, f"account {w.siglum}")
        known = _KNOWN[w.witness] = (w, captured, Account(item, _referred(json.dumps(item), w.witness), tex))
    return known[2]


@lru_cache(maxsize=10_000)
def _referred(item: str, witness: str) -> str:
    """The reference of an account, from its item as JSON: the citation style takes a while."""
    return footnotes([json.loads(item)])[witness]
