"""Which side of a parallel has it from the other, with the reason: each reason is a small function of its own.

A reason answers "a to b" (b has it from a), "b to a", "undecided" (it speaks against both), or None: it does not know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from variorum.credits import Credit
from variorum.dates import interval
from variorum.lists import toml
from variorum.records import A_TO_B, B_TO_A, UNDECIDED, Parallel, Quote, Witness
from variorum.rulings import Rulings

__all__ = ["Known", "decide"]

LONGEST: float = toml("stemma")["dates"]["longest"]


@dataclass(slots=True)
class Known:
    """What is known of the collection: its witnesses, the credits and quotes of each, and what people decided."""

    witnesses: dict[str, Witness]
    credits: dict[str, list[Credit]] = field(default_factory=dict)
    quotes: dict[str, list[Quote]] = field(default_factory=dict)
    rulings: Rulings = field(default_factory=Rulings)


Answer = tuple[str, str] | None
Side = tuple[str, int, int]


def _sides(row: Parallel) -> tuple[Side, Side]:
    return (row.a_witness, row.a_start, row.a_end), (row.b_witness, row.b_start, row.b_end)


def _other_way(direction: str) -> str:
    return {A_TO_B: B_TO_A, B_TO_A: A_TO_B}.get(direction, direction)


def by_credit(row: Parallel, known: Known) -> Answer:
    """A side that credits the other one's publisher has it from there; a credit from outside is a source of both."""
    a, b = _sides(row)
    for here, there, direction in ((b, a, A_TO_B), (a, b, B_TO_A)):
        for credit in known.credits.get(here[0], ()):
            ours, theirs = known.witnesses[here[0]].publisher, known.witnesses[there[0]].publisher
            if credit.source == theirs and theirs != ours and not credit.outside and credit.covers(here[1], here[2]):
                return direction, f"{here[0]} credits {credit.text}"
    return _common_source(row, known)


def _common_source(row: Parallel, known: Known) -> Answer:
    """Undecided, when both credit the same source outside, and not just with words that one copied from the other."""
    found: list[dict[str, bool]] = []
    for witness, start, end in _sides(row):
        outside = [c for c in known.credits.get(witness, ()) if c.outside and c.covers(start, end)]
        found.append({c.source: start <= c.start < end for c in outside})
    for source, inside in found[0].items():
        if source in found[1] and not (inside and found[1][source]):
            return UNDECIDED, f"both credit {source}, which is outside the collection"
    return None


def by_date(row: Parallel, known: Known) -> Answer:
    """The side published earlier is the source, when both dates are known, do not meet and lie not far apart.

    The day of a reprint, a dump or a book says nothing of who had it first.
    """
    a, b = (interval(known.witnesses[side[0]].published) for side in _sides(row))
    if a is None or b is None or a.meets(b) or a.gap(b) > LONGEST:
        return None
    earlier, later = (row.a_witness, row.b_witness) if a.first < b.first else (row.b_witness, row.a_witness)
    first, second = known.witnesses[earlier].published, known.witnesses[later].published
    why = f"{earlier} was published on {first}, {later} on {second}"
    return (A_TO_B if earlier == row.a_witness else B_TO_A), why


def by_quotation(row: Parallel, known: Known) -> Answer:
    """A side that gives the passage as the words of a speaker has it from the witness that is this speaker's own."""
    a, b = _sides(row)
    for here, there, direction in ((b, a, A_TO_B), (a, b, B_TO_A)):
        source = known.witnesses[there[0]]
        owner = f"{source.title or ''} {source.publisher or ''}".lower().split()
        own = f"{known.witnesses[here[0]].title or ''} {known.witnesses[here[0]].publisher or ''}".lower().split()
        for quote in known.quotes.get(here[0], ()):
            common = min(quote.end, here[2]) - max(quote.start, here[1])
            if (
                quote.speaker
                and common * 2 > here[2] - here[1]
                and (who := quote.speaker.lower().split()[-1]) in owner
                and who not in own
            ):
                return direction, f"{here[0]} quotes {quote.speaker}, whose words {there[0]} gives"
    return None


def by_containment(row: Parallel, known: Known) -> Answer:
    """A text that is hardly more than the passage is an excerpt of one that has it among three times as much else."""
    shares = []
    for witness, start, end in _sides(row):
        text = known.witnesses[witness].text
        shares.append((end - start) / max(1, len(text.strip())))
    a, b = shares
    if b > 0.9 and a < 0.3:
        return A_TO_B, f"{row.b_witness} is hardly more than this passage of {row.a_witness}"
    if a > 0.9 and b < 0.3:
        return B_TO_A, f"{row.a_witness} is hardly more than this passage of {row.b_witness}"
    return None


REASONS: tuple[Callable[[Parallel, Known], Answer], ...] = (by_credit, by_date, by_quotation, by_containment)
"""In order of trust; the first that answers decides, unless it is a credit that the dates contradict."""


def decide(row: Parallel, known: Known) -> tuple[str, str]:
    """The direction of a parallel and the reason; "undecided" with an empty reason when nothing speaks.

    >>> def account(name: str, day: str | None) -> Witness:
    ...     return Witness(name, name, None, None, None, day, "en", "", "", "The ferry sank. Nobody knew why. " * 9)
    >>> row = Parallel("A", 0, 15, "The ferry sank.", "B", 0, 15, "The ferry sank.", "verbatim", 90.0)
    >>> decide(row, Known({"A": account("A", "1998-11-18"), "B": account("B", "1998-11-17")}))
    ('b to a', 'B was published on 1998-11-17, A on 1998-11-18')
    >>> decide(row, Known({"A": account("A", "1998-11-18"), "B": account("B", None)}))
    ('undecided', '')
    """
    if row.a_witness == row.b_witness:
        return UNDECIDED, "said twice in one witness"
    if row.across:  # that two tell the same in two languages says nothing of who had it from whom
        return UNDECIDED, ""
    ruled = known.rulings.way(row)
    if ruled is not None:
        return ruled
    direction, why = _reasoned(row, known)
    pair = {A_TO_B: (row.a_witness, row.b_witness), B_TO_A: (row.b_witness, row.a_witness)}.get(direction)
    by = known.rulings.barred(*pair) if pair else None
    if pair and by:
        return UNDECIDED, f"{why}, but {pair[0]} was not known to the writer of {pair[1]}, {by} decided"
    return direction, why


def _reasoned(row: Parallel, known: Known) -> tuple[str, str]:
    for reason in REASONS:
        answer = reason(row, known)
        if answer is None:
            continue
        dated = by_date(row, known)
        if answer[0] != UNDECIDED and dated is not None and dated[0] == _other_way(answer[0]):
            return UNDECIDED, f"{answer[1]}, but {dated[1]}"
        return answer
    return UNDECIDED, ""
