"""One name spelled in two ways by two witnesses; the forms of one referent come from the table ``names``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from variorum.lists import toml
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.records import Name, Reading
from variorum.sentences import Passage, stem
from variorum.verdicts import Standing

__all__ = ["spelling_rows"]

_SET = toml("readings")["spellings"]
LETTERS: int = _SET["letters"]


def spelling_rows(collation: Collation) -> Iterator[Row]:
    """One row for each referent whose one-word forms differ by some letters between two witnesses."""
    forms: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for name in collation.names:
        if name.form.isalpha() and name.form[:1].isupper() and len(name.form) > 3:
            forms[(name.kind, name.referent)].append(name)
    wanted = {k: v for k, v in forms.items() if len({n.form for n in v}) > 1 and len({n.witness for n in v}) > 1}
    first = _first(collation.items, {n.form for listed in wanted.values() for n in listed})
    for (_, referent), listed in sorted(wanted.items()):
        for a, b in combinations(sorted(listed, key=lambda n: (-n.count, n.form, n.witness))[:12], 2):
            left, right = first.get((a.witness, a.form)), first.get((b.witness, b.form))
            if a.witness != b.witness and _spelled(a.form, b.form) and left and right:
                yield _row(referent, left, right)
                break


def _spelled(a: str, b: str) -> bool:
    """Two spellings, not two forms of one word ("Asker" and "Askers").

    >>> _spelled("Teverin", "Teveryn"), _spelled("Asker", "Askers"), _spelled("Asker", "Tolven")
    (True, False, False)
    """
    if stem(a) == stem(b) or a.lower().startswith(b.lower()) or b.lower().startswith(a.lower()):
        return False
    apart = Levenshtein.distance(a.lower(), b.lower())
    return apart <= LETTERS and 2 * apart < min(len(a), len(b))


def _first(items: Sequence[Passage], forms: set[str]) -> dict[tuple[str, str], tuple[Passage, int]]:
    """Where each of the forms stands first in each witness; one pass over the words."""
    found: dict[tuple[str, str], tuple[Passage, int]] = {}
    for passage in items:
        at = 0
        for word in passage.text.split():
            start = passage.text.index(word, at)
            at = start + len(word)
            form = "".join(c for c in word if c.isalpha())
            if form in forms and form in word:
                found.setdefault((passage.witness, form), (passage, start + word.index(form)))
    return found


def _row(referent: str, left: tuple[Passage, int], right: tuple[Passage, int]) -> Row:
    a, b = _reading(left, referent), _reading(right, referent)
    why = f"{cite(a)}, {cite(b)}: two spellings of one name."
    return Row("spelling", "name", "", Standing.COMPATIBLE, why, [a, b], "high", 0.0, 2, [left[0], right[0]])


def _reading(at: tuple[Passage, int], referent: str) -> Reading:
    passage, start = at
    end = start
    while end < len(passage.text) and passage.text[end].isalpha():
        end += 1
    return replace(reading(passage, passage.start + start, passage.start + end, "name"), value=referent)
