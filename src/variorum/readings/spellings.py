"""One name spelled in two ways by two witnesses.

The forms of one referent come from the table ``names``. Two forms that are none there, each in accounts of its own, are
one name where more speaks for it: the same word beside them, a rare word in both sentences, a link near them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from variorum.lists import toml
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.readings.kindred import LINKED, NAME, RARE, SHARE, english, names_of
from variorum.records import Name, Reading
from variorum.sentences import Passage, stem, stems
from variorum.verdicts import Standing

__all__ = ["spelling_rows"]

_SET = toml("readings")["spellings"]
LETTERS: int = _SET["letters"]
LONG: int = _SET["long"]
ALIKE_LETTERS: int = _SET["begins"]
GROUP: int = _SET["group"]
FEW: int = _SET["few"]
NEAR: int = _SET["near"]
_WORD = re.compile(r"\S+")


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
                yield _row(referent, [left, right])
                break
    yield from _rivals(collation, {n.form for listed in wanted.values() for n in listed})


At = tuple[Passage, int]
"""A sentence and where in it a form stands."""


def _rivals(collation: Collation, known: set[str]) -> Iterator[Row]:
    """A row for each two forms of a name that no account has both of, the best borne out place of each."""
    for passages in collation.stories().values():
        found = _forms(passages)
        begun: dict[str, list[str]] = defaultdict(list)
        for form in sorted(found.keys() - known):
            begun[form[:ALIKE_LETTERS]].append(form)
        for forms in begun.values():
            for a, b in combinations(forms[:GROUP], 2):
                if _spelled(a, b) and not {p.witness for p, _ in found[a]} & {p.witness for p, _ in found[b]}:
                    pairs = ((_borne_out(collation, x, y), x, y) for x in found[a][:FEW] for y in found[b][:FEW])
                    most, x, y = max(pairs, key=lambda told: told[0])
                    row = _row(a, [x, y])
                    row.evidence["told of one"] = float(most)
                    yield row


def _forms(passages: Sequence[Passage]) -> dict[str, list[At]]:
    """The words with a capital within sentences, long enough to be told apart, that are no places and no times."""
    found: dict[str, list[At]] = defaultdict(list)
    for p in passages:
        spans = [*((t.start, t.end) for t in p.times), *((x.start, x.end) for x in p.places)]
        taken = [(start - p.start, end - p.start) for start, end in spans]
        for m in NAME.finditer(p.text):
            form, free = m[0], not any(low <= m.start() < high for low, high in taken)
            named = form.isalpha() and not form.isupper() and stem(form.lower()) not in english()
            if m.start() and len(form) >= LONG and named and free:
                found[form].append((p, m.start()))
    return found


def _borne_out(collation: Collation, x: At, y: At) -> int:
    """What speaks for one name, 0 to 3: a link at or near the sentences, a rare word in both, a word beside both."""
    (p, _), (q, _) = x, y
    around = [(a, b) for a in _around(collation, p) for b in _around(collation, q)]
    tied = any(collation.score(a, b) >= LINKED or collation.one_act(a, b) for a, b in around)
    most = max(RARE, round(SHARE * collation.rarity.size))
    rare = any(collation.rarity.frequency[w] <= most for w in (p.words.keys() & q.words.keys()) - names_of(p))
    return tied + rare + bool(_next_to(x) & _next_to(y))


def _around(collation: Collation, p: Passage) -> list[Passage]:
    """The sentence with those up to `NEAR` before and after it in its account."""
    listed = collation.items[max(0, p.number - NEAR) : p.number + NEAR + 1]
    return [x for x in listed if x.witness == p.witness]


def _next_to(at: At) -> frozenset[str]:
    """The words just before and behind a form that are no words of grammar, titles and first names among them."""
    passage, start = at
    before, after = passage.text[:start].split()[-1:], passage.text[start:].split()[1:3]
    return stems(" ".join([*before, *after]))


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
    for passage in items if forms else ():
        for m in _WORD.finditer(passage.text):
            form = m[0] if m[0].isalpha() else "".join(filter(str.isalpha, m[0]))
            if form in forms and form in m[0]:
                found.setdefault((passage.witness, form), (passage, m.start() + m[0].index(form)))
    return found


def _row(referent: str, at: Sequence[At]) -> Row:
    found = [_reading(one, referent) for one in at]
    why = f"{cite(found[0])}, {cite(found[1])}: two spellings of one name."
    return Row("spelling", "name", "", Standing.COMPATIBLE, why, found, "high", 0.0, 2, [p for p, _ in at])


def _reading(at: tuple[Passage, int], referent: str) -> Reading:
    passage, start = at
    end = start
    while end < len(passage.text) and passage.text[end].isalpha():
        end += 1
    return replace(reading(passage, passage.start + start, passage.start + end, "name"), value=referent)
