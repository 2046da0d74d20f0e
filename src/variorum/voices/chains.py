"""The rows of quotes: who said it in the end, through whom we have it, and when it was said."""

from __future__ import annotations

from bisect import bisect_left

from variorum.mentions import Found
from variorum.records import Quote
from variorum.spans import Span
from variorum.voices.beside import Places
from variorum.voices.cues import lexicon
from variorum.voices.reports import Report
from variorum.voices.speakers import Speakers

__all__ = ["Told"]

MOST = 0.5  # share of a report that an inner report must fill to be its link in the chain
DEEPEST = 4


def hands_on(form: str) -> bool:
    """True for a finite form of a verb of saying, whatever the tagger took it for.

    >>> hands_on("reports"), hands_on("report"), hands_on("reporting")
    (True, False, False)
    """
    cue = lexicon("verb").get(form)
    fits = cue is not None and cue.tier == "says" and {"clause", "marks"} <= cue.frames
    return fits and cue is not None and form != cue.word and not form.endswith("ing")


class Told:
    """Makes the row of each report of one witness; ``layers`` are all clause reports, nested ones too, by start."""

    def __init__(self, places: Places, found: Found, speakers: Speakers, layers: list[Report]) -> None:
        self.places, self.found, self.speakers, self.layers = places, found, speakers, layers
        self.starts = [layer.start for layer in layers]
        self.times = sorted((t.start, t.end, t.edtf) for t in found.times if t.edtf and t.type in ("DATE", "TIME"))

    def quote(self, row: Report) -> Quote:
        """The table's row of a report."""
        name, span, text = self.speakers.name_of(row.speaker), row.speaker, self.places.text
        cue = row.cue if row.cue.start >= 0 else None
        return Quote(
            self.found.witness, row.start, row.end, text[row.start : row.end], name,
            span.start if span else None, span.end if span else None,
            cue.start if cue else None, cue.end if cue else None,
            row.frame in ("direct", "speech", "transcript"), self.date(row), row.tier, self.chain(row, name),
        )  # fmt: skip

    def chain(self, row: Report, name: str | None) -> list[str]:
        """Through whom the words come, outermost first: ``The Courier said a doctor said`` is [Courier, doctor]."""
        chain = [outer for outer in (self.outer(row),) if outer] + ([name] if name else [])
        index = bisect_left(self.starts, row.start)
        for layer in self.layers[index : index + 8]:
            if layer.start >= row.end or len(chain) >= DEEPEST:
                break
            fills = layer.end <= row.end and layer.end - layer.start >= MOST * (row.end - row.start)
            if not fills or layer.cue == row.cue:
                continue
            inner = self.speakers.name_of(layer.speaker)
            if inner and inner not in chain:
                chain.append(inner)
        return chain

    def outer(self, row: Report) -> str | None:
        """Who hands on words that another said: ``“...,” Hale said, the Courier reports``."""
        if row.cue.start < row.end:
            return None
        doc = self.places.doc
        index = self.places.first_at(row.cue.end)
        held = None
        for token in doc.words[index : index + 45]:
            if token.text in ".!?;" or (token.space and "\n" in token.text) or self.places.in_marks(token.start):
                return None
            if token.text == ",":
                held = token.i + 1
            elif held is not None and token.i > held and hands_on(token.low):
                after = doc[token.i + 1] if token.i + 1 < len(doc) else None
                ends = after is None or after.space or after.text in ".;"
                return self.speakers.name_of(Span(doc[held].start, doc[token.i - 1].end)) if ends else None
        return None

    def date(self, row: Report) -> str | None:
        """When it was said: the time nearest to the cue in its sentence, outside the words themselves."""
        if row.cue.start < 0 or not self.times or not self.places.doc.parsed:
            return None
        sentence = self.places.doc[self.places.holding(row.cue.start)].sentence
        index = bisect_left(self.times, (sentence.start_char, -1, ""))
        best: tuple[int, str] | None = None
        for start, end, value in self.times[index : index + 20]:
            if start >= sentence.end_char:
                break
            if (row.start <= start < row.end and row.frame != "speech") or self.places.in_marks(start):
                continue
            distance = min(abs(start - row.cue.end), abs(row.cue.start - end))
            if value and (best is None or distance < best[0]):
                best = (distance, value)
        return best[1] if best else None
