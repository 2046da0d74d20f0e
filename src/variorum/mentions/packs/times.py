"""Times in a language of a pack: found by its table, resolved and written down as English ones are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from variorum.lists import toml
from variorum.mentions.packs.lexicon import lexicon
from variorum.mentions.packs.scan import scan
from variorum.mentions.times.cues import Cues
from variorum.mentions.times.meanings import Hit, Point, Shift, Unit
from variorum.mentions.times.options import TimeOptions
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.told import published_day, settled
from variorum.records import Structure, Time

__all__ = ["find", "read"]

_LEAD: int = toml("languages")["packs"]["lead"]
_SHORT: int = toml("languages")["packs"]["short"]


def find(text: str, code: str, published: str | None = None, witness: str = "") -> list[Time]:
    """Every time expression of a text in the language of a pack, in order.

    >>> [(t.text, t.value) for t in find("Пором затонув 4 травня 1921 року. Наступного дня його знайшли.", "uk")]
    [('4 травня 1921 року', '1921-05-04'), ('Наступного дня', '1921-05-05')]
    """
    return read(text, code, published, TimeOptions(), (), witness)[0]


def read(
    text: str,
    code: str,
    published: str | None = None,
    options: TimeOptions | None = None,
    parts: Sequence[Structure] = (),
    witness: str = "",
) -> tuple[list[Time], list[Structure]]:
    """The time expressions of a text, and its date lines; see `variorum.mentions.times.read`."""
    lex = lexicon(code)
    options = options or TimeOptions()
    sight = Sight(text, options, _cues(code))
    sight.low = sight.low.translate(lex.fold)
    hits = scan(sight, code)
    day = published_day(published)
    mode = _mode(sight, hits, day, options)
    if mode == "news":
        hits = [_coming(sight, hit) for hit in hits]
    sight.options = options.settled(mode)
    return settled(sight, hits, day, mode, parts, witness)


def _mode(sight: Sight, hits: Sequence[Hit], published: Point | None, options: TimeOptions) -> str:
    """News or narrative, by the days told from their own day against the years that are written."""
    if published is None:
        return "narrative"
    if options.mode is not None:
        return options.mode
    days = sum(_deictic(hit) for hit in hits)
    years = sum(isinstance(p := h.meaning, Point) and p.year not in (None, published.year) for h in hits)
    if not days:
        return "news" if not years and len(sight.text) < _SHORT else "narrative"
    return "news" if (days > years if len(sight.text) < _SHORT else 2 * days >= years) else "narrative"


def _coming(sight: Sight, hit: Hit) -> Hit:
    """In three days, told in news of what will be, counts from the day of the telling."""
    told = hit.meaning
    if isinstance(told, Shift) and hit.rule == "in units" and told.base is None and _ahead(sight, hit):
        return replace(hit, meaning=replace(told, deictic=True))
    follows = isinstance(told, Unit) and told.which == "following" and told.unit in ("W", "M", "Y")
    if isinstance(told, Unit) and follows and _ahead(sight, hit):
        return replace(hit, meaning=replace(told, which="next"))
    return hit


def _ahead(sight: Sight, hit: Hit) -> bool:
    """Whether the clause of a time tells of what will be."""
    if sight.cues.ahead.match(sight.low, hit.end):
        return True
    lead = re.split(r"[.;!?\n,]", sight.low[max(0, hit.start - _LEAD) : hit.start])[-1]
    return not sight.cues.future.isdisjoint(lead.split())


def _deictic(hit: Hit) -> bool:
    """Whether an expression counts from the day of the telling."""
    told = hit.meaning
    if isinstance(told, Shift):
        return told.deictic
    return isinstance(told, Unit) and (told.which in ("last", "this", "next") or told.weekday is not None)


@cache
def _cues(code: str) -> Cues:
    """The words between and before expressions, in the language of a pack."""
    lex = lexicon(code)
    return Cues.told(lex.cues, lex.listed("future"))
