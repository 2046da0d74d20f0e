"""Times in a language of a pack: found by its table, resolved and written down as English ones are."""

from __future__ import annotations

from collections.abc import Sequence
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

_SHORT: int = toml("limits")["times"]["short_text"]


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
