"""In whose voice a claim is: the witness's own (an empty list), or that of those whom it quotes or reports."""

from __future__ import annotations

from bisect import bisect_right

from variorum.claims.lexicon import governing
from variorum.language.tree import Tree
from variorum.mentions import Found
from variorum.spans import Span
from variorum.voices.accords import find_accords
from variorum.voices.reports import Report, find_reports
from variorum.voices.speakers import Speakers

__all__ = ["Voices"]

UNNAMED = "unnamed"
DEEPEST = 5


class Voices:
    """Finds the chain of voices at an offset: quotes of the witness, and reports inside them."""

    def __init__(self, doc: Tree, found: Found, speakers: Speakers) -> None:
        self.speakers = speakers
        layers: list[tuple[int, int, str | None, Span]] = []
        for quote in found.quotes:
            if not quote.direct:
                continue
            inner = Span(quote.cue_start, quote.cue_end or 0) if quote.cue_start is not None else Span(-1, -1)
            layers.append((quote.start, quote.end, quote.speaker, inner))
        for report in self._reports(doc):
            layers.append((report.start, report.end, speakers.name_of(report.speaker), report.cue))
        self.layers = sorted(layers, key=lambda layer: (layer[0], -layer[1]))
        self.starts = [layer[0] for layer in self.layers]
        self.longest = max((end - start for start, end, *_ in self.layers), default=0)

    def _reports(self, doc: Tree) -> list[Report]:
        if not doc.parsed:
            return []
        return [report for report in (*find_reports(doc), *find_accords(doc)) if tells(doc, report)]

    def at(self, start: int, end: int) -> list[str]:
        """The chain of voices over a span, outermost first, without repeats."""
        chain: list[str] = []
        index = bisect_right(self.starts, start) - 1
        holding = []
        steps = 0
        while index >= 0 and steps < 400 and start - self.starts[index] <= self.longest:
            first, last, name, cue = self.layers[index]
            if end <= last and not cue.start <= start < cue.end and name:
                holding.append((first, -last, name))
            index -= 1
            steps += 1
        for _, _, name in sorted(holding):
            if name not in chain:
                chain.append(name)
        return chain[:DEEPEST]


def tells(doc: Tree, report: Report) -> bool:
    """True for reports whose content is told as a happening: clauses, promises, and what one is accused of."""
    if report.frame in ("clause", "accord"):
        return True
    if report.frame == "to":
        return report.tier == "says"
    return report.frame == "object" and governing("verb").get(doc[report.head].low) == "alleged"
