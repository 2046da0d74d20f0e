"""The words of the witnesses for one happening: "the quake", "the tremor", "the Merrow Massacre", "the massacre".

A noun with "the", "this" or a day's name before it, or in a headline in capitals, means the happening of its family
("quake", "tremor") that the account tells of. Where an account names one such happening ("the Merrow Massacre"), the
bare noun means that one; where it names two, the bare noun stays open. A noun of another family is another happening.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import cache

from variorum.gazetteer import fold
from variorum.lists import toml, words
from variorum.names.referents import Forms, Joined, rows
from variorum.records import Name

__all__ = ["names"]

_NAME = r"[^\W\d_a-z](?:[\w’']|\.(?=[^\W\d_]))*"


@cache
def _families() -> dict[str, str]:
    listed = (row.split() for row in toml("names_joining")["happenings"]["families"].split("|"))
    return {noun: row[0] for row in listed for noun in row}


@cache
def _pattern() -> re.Pattern[str]:
    """A happening told: "the <few words> quake", "Monday's quake", "DEADLY QUAKE", "the Merrow Massacre"."""
    nouns = "|".join(sorted(_families(), key=len, reverse=True))
    titled, capitals = "|".join(n.title() for n in _families()), "|".join(n.upper() for n in _families())
    days = "|".join(sorted(words("names_joining", "happenings", "days")))
    after = "|".join(sorted(words("names_joining", "happenings", "after")))
    return re.compile(
        rf"\b(?P<told>(?:[Tt]he|[Tt]his|(?:{days})['’]s)(?: (?P<how>[a-z]{{3,12}}))? (?:{nouns}))\b(?! (?:{after})\b)"
        rf"|(?<=\b[Tt]he )(?P<named>(?:{_NAME} ){{1,3}}(?:{titled}))\b|\b(?:[A-Z]{{3,12}} )?(?:{capitals})\b"
    )


def names(texts: Mapping[str, str]) -> Iterable[Name]:
    """The rows for happenings; ``texts`` are the witnesses' texts."""
    forms: Forms = defaultdict(Counter)
    bare: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    labels: dict[Hashable, str] = {f"the {family}": f"the {family}" for family in _families().values()}
    for witness, text in texts.items():
        for match in _pattern().finditer(text):
            if match["how"] in words("names_joining", "happenings", "which"):
                continue
            form = " ".join(match.group().split())
            family = _families()[form.split()[-1].lower()]
            if not match["named"]:
                bare[witness, family][form] += 1
                continue
            named[witness, family].add(fold(form))
            forms[fold(form)][form, witness] += 1
            labels.setdefault(fold(form), form)
    for (witness, family), counts in bare.items():
        nodes = named.get((witness, family), set())
        if len(nodes) < 2:
            node = next(iter(nodes), f"the {family}")
            for form, count in counts.items():
                forms[node][form, witness] += count
    return rows(
        "event", _several(forms), Joined(), {f"the {family}": f"the {family}" for family in _families().values()}
    )


def _several(forms: Forms) -> Forms:
    """Happenings that bear several forms: one word for a thing is no news."""
    return defaultdict(
        Counter, {node: counts for node, counts in forms.items() if len({form for form, _ in counts}) > 1}
    )
