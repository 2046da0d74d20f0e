"""Changes of name that a text tells: "the Hale Bank, formerly the Merrow Bank", "X (born Y)", "renamed Z in 1961"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from variorum.lists import toml
from variorum.records import Actor

__all__ = ["aliases"]

_NAME = r"(?P<{}>[^\W\d_a-z][\w’'-]+(?: (?:of |for |and |the )?[^\W\d_a-z][\w’'-]+){{0,6}})"


@cache
def _pattern() -> re.Pattern[str]:
    table = toml("names_joining")["aliases"]
    behind, inside, renamed = ("|".join(table[key]) for key in ("after_comma", "in_brackets", "renamed"))
    return re.compile(
        rf",? (?:{behind}) (?:[Tt]he )?{_NAME.format('a')}"
        rf"| ?\((?:{inside}) (?:[Tt]he )?{_NAME.format('b')}\)"
        rf"|,? (?:{renamed}) (?:[Tt]he )?{_NAME.format('c')}"
    )


def aliases(actors: Sequence[Actor], texts: Mapping[str, str]) -> Iterator[tuple[Actor, str]]:
    """Each actor behind whose name another name of it is told, with that name.

    >>> bank = Actor("A", 4, 13, "Hale Bank", "Hale Bank", "organisation", "Hale Bank")
    >>> [name for _, name in aliases([bank], {"A": "The Hale Bank, formerly the Merrow Savings Bank, failed."})]
    ['Merrow Savings Bank']
    """
    for actor in actors:
        match = _pattern().match(
            texts.get(actor.witness, ""), actor.end, actor.end + toml("names_joining")["aliases"]["reach"]
        )
        if match is not None:
            yield actor, next(name for name in match.groupdict().values() if name)
