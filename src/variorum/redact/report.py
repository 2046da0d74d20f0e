"""What was replaced how often, and what a person should look at, because no rule can decide it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from variorum.redact.forms import folded
from variorum.redact.tables import Redacted

__all__ = ["report_lines"]


def report_lines(made: Redacted) -> Iterator[str]:
    """The report, without a name in clear beside its pseudonym where it was only found: forms are told, names are not.

    It holds the forms that were replaced, so it belongs with the key, outside.
    """
    by: dict[str, Counter[str]] = defaultdict(Counter)
    for (pseudonym, form), count in made.finder.counts.items():
        by[pseudonym][form] += count
    for person in made.finder.persons:
        forms = by.get(person.pseudonym)
        if not forms:
            yield f"{person.pseudonym}: not found in this edition"
            continue
        said = ", ".join(f"“{form}” {count:,}" for form, count in forms.most_common())
        yield f"{person.pseudonym}: {sum(forms.values()):,} replaced: {said}"
    yield from _left(made)
    yield "Not replaced: first names alone, descriptions (“the mayor”), dates and places that may give somebody away."


def _left(made: Redacted) -> Iterator[str]:
    """First names that stand alone, of persons whose whole name was replaced."""
    texts = (
        " ".join(folded(t) for t in made.tables["witnesses"]["text"].to_pylist()) if "witnesses" in made.tables else ""
    )
    words = Counter(texts.replace("’", " ").split())
    for person in made.finder.persons:
        for first in folded(person.name).replace(",", " ").split()[:-1]:
            if words[first] and first not in made.finder.forms:
                alone = f"a first name stands alone {words[first]} times"
                yield f"{person.pseudonym}: {alone}; name it in the column also to replace it"
