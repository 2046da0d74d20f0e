"""Persons of accounts in other languages: those who speak, by both their names, written in Latin letters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from variorum.gazetteer import fold
from variorum.records import Actor, Quote

__all__ = ["speakers"]


def speakers(quotes: Iterable[Quote], witnesses: Collection[str]) -> Iterator[Actor]:
    """The speakers of some witnesses as persons; a name that stands outside the words of saying may be in another case.

    >>> row = Quote("a", 0, 9, "Мы уходим", "Иван Орлов", 22, 32, 10, 32, True)
    >>> [(one.text, one.name) for one in speakers([row], {"a"})], list(speakers([row], {"b"}))
    ([('Иван Орлов', 'Ivan Orlov')], [])
    """
    from anyascii import anyascii

    for quote in quotes:
        start, end, name = quote.speaker_start, quote.speaker_end, quote.speaker
        if quote.witness not in witnesses or start is None or end is None or name is None:
            continue
        if quote.cue_start is None or not quote.cue_start <= start < (quote.cue_end or 0):
            continue
        parts = name.split()
        if len(parts) < 2 or not all(part[:1].isupper() and len(part.rstrip(".")) > 1 for part in parts):
            continue
        latin = anyascii(name)
        if fold(latin):
            yield Actor(quote.witness, start, end, name, latin, "person", latin)
