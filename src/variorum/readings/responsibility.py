"""Who did it, and who says so: those who are blamed, those who claim it, and that nobody did."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from variorum.lists import toml
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.readings.kindred import supports
from variorum.readings.pairs import near_pairs
from variorum.records import Reading
from variorum.sentences import Passage, Sought, stems
from variorum.verdicts import Standing

__all__ = ["responsibility_rows"]

_SET = toml("readings")["responsibility"]
LONGEST: int = _SET["longest"]
MOST: int = _SET["most"]


@cache
def _patterns() -> tuple[Sought, Sought]:
    """Words by which somebody claims an act, and words by which somebody is blamed for it."""
    told = toml("readings")["words"]
    claims, blames = ("|".join(map(re.escape, told[name])) for name in ("claims_it", "blames"))
    name = rf"((?:[\w’'.-]+ ){{1,{LONGEST}}}?)"
    claimed = re.compile(rf"\b{name}(?:\w+ly )?(?:{claims})\b", re.IGNORECASE)
    blamed = re.compile(rf"\b(?:{blames}) ((?:[\w’'.-]+ ?){{1,{LONGEST}}}?)(?= for\b| of\b|[,.;]|$)", re.IGNORECASE)
    return Sought(claimed, told["claims_it"]), Sought(blamed, told["blames"])


def responsibility_rows(collation: Collation) -> Iterator[Row]:
    """One row for each happening of which two accounts say who did it, whether they name one or several."""
    at: dict[int, list[Reading]] = {p.number: list(_said(p)) for p in collation.items}
    groups: dict[str, dict[int, Passage]] = defaultdict(dict)
    for a, b in near_pairs(collation):
        if at[a.number] and at[b.number]:
            name = collation.event_of.get(a.number) or collation.event_of.get(b.number) or str(a.number)
            groups[name] |= {a.number: a, b.number: b}
    for _, held in sorted(groups.items()):
        passages = [held[n] for n in sorted(held)][:MOST]
        told = [(p, r) for p in passages for r in at[p.number]]
        if len({r.witness for _, r in told}) > 1:
            row = _row(told)
            row.evidence["told of one"] = float(
                max(supports(collation, p, q) for p in passages for q in passages if p.witness < q.witness)
            )
            yield row


def _said(passage: Passage) -> Iterator[Reading]:
    for sought in _patterns():
        for match in sought.finditer(passage):
            start, end = _trimmed(match)
            if start < end and not match[1].lower().startswith("of "):
                item = reading(passage, passage.start + start, passage.start + end, "responsibility")
                nobody = item.text.lower().split()[0] in toml("readings")["words"]["nobody"]
                yield replace(item, value="nobody" if nobody else item.text, voice=_voice(passage, item))


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """The name inside a match, from its first capital or word of none on."""
    nobody = "|".join(toml("readings")["words"]["nobody"])
    inner = re.search(rf"(?:\b(?i:{nobody})\b|\b(?:(?:the|a) )?[A-Z]).*|\S.*", match[1].rstrip())
    return (match.start(1) + inner.start(), match.start(1) + inner.end()) if inner else (0, 0)


def _voice(passage: Passage, item: Reading) -> list[str]:
    return next((list(c.voice) for c in passage.claims if c.start <= item.start < c.end and c.voice), [])


def _row(told: Sequence[tuple[Passage, Reading]]) -> Row:
    """Names that share no word stand against each other, and so does nobody against a name."""
    first = told[0][1]
    other = next((r for _, r in told if r.witness != first.witness and not _same(first, r)), None)
    if other is None:
        other = next(r for _, r in told if r.witness != first.witness)
        why, verdict = f"{cite(first)}, {cite(other)}: the same is named for it.", Standing.AGREE
    else:
        why, verdict = f"{cite(first)}, {cite(other)}: who did it, by what is said there.", Standing.CONFLICT
    passages = [p for p, _ in told]
    count = len({p.witness for p in passages})
    return Row("responsibility", "responsibility", "", verdict, why, [r for _, r in told], "high", 0.5, count, passages)


def _same(a: Reading, b: Reading) -> bool:
    if "nobody" in (a.value, b.value):
        return a.value == b.value
    return bool(stems(a.text) & stems(b.text))
