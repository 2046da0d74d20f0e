"""From reports to rows: through whom the words come, outermost first, and in how many others they stand."""

from __future__ import annotations

from variorum.language.grammar import agent, is_passive, subject
from variorum.language.inflection import verb_forms
from variorum.language.tree import Word
from variorum.records import Voice
from variorum.spans import Span
from variorum.voices.cues import finite_cue
from variorum.voices.reports import Report
from variorum.voices.setting import Setting
from variorum.voices.subjects import spoken_by
from variorum.voices.words import limit

__all__ = ["rows_of", "tells"]

CARRYING = frozenset(form for verb in ("quote", "cite") for form in verb_forms(verb))
HEARD = frozenset({"marks", "clause", "accord", "speech", "label", "count", "charge"})


def tells(how: str, tier: str) -> bool:
    """True for voices in which a happening is told: no objects that are only spoken of, no attitudes to a deed."""
    return how in HEARD or (how == "to" and tier == "says")


def rows_of(setting: Setting, outer: list[Report], inner: list[Report]) -> list[Voice]:
    """The rows of all voices of a witness, in order."""
    placed = [(report.start, -report.end, 0, report) for report in outer]
    placed += [(report.start, -report.end, 1, report) for report in inner if tells(report.how, report.tier)]
    rows: list[Voice] = []
    holding: list[Voice] = []
    for _, end, inside, report in sorted(placed, key=lambda one: one[:3]):
        while holding and holding[-1].end < -end:
            holding.pop()
        if inside and not _adds(report, holding):
            continue
        row = row_of(setting, report, holding)
        setting.speakers.spoke(report.speaker, row.speaker)
        if row.text.strip():
            rows.append(row)
            holding.append(row)
    return rows


def _adds(report: Report, holding: list[Voice]) -> bool:
    """True for an inner report that stands in another, whose cue is not its own; a count may stand alone."""
    if not holding:
        return report.how == "count"
    return all(row.cue_start != report.cue.start or not tells(row.how, row.tier) for row in holding)


def row_of(setting: Setting, report: Report, holding: list[Voice]) -> Voice:
    """The row of a report inside others."""
    name, span, text = setting.speakers.name_of(report.speaker), report.speaker, setting.text
    above = next((row.chain for row in reversed(holding) if tells(row.how, row.tier)), [])
    cue = report.cue if report.cue.start >= 0 else None
    return Voice(
        setting.witness, report.start, report.end, text[report.start : report.end], name,
        span.start if span else None, span.end if span else None,
        chained([*above, *carriers(setting, report), name, *cited(setting, report)]),
        cue.start if cue else None, cue.end if cue else None, report.tier, report.how, len(holding),
    )  # fmt: skip


def chained(names: list[str | None]) -> list[str]:
    """The names without gaps and repeats, as many as a chain may hold."""
    return list(dict.fromkeys(name for name in names if name))[: limit("chain")]


# --- those through whom words come ---


def carriers(setting: Setting, report: Report) -> list[str | None]:
    """Who hands the words on: ``the agency quoted a doctor as saying``, ``“...,” Hale said, the Courier reports``."""
    if report.head >= 0:
        above = setting.tree[report.head].head
        if above.low in CARRYING and above.i != report.head:
            by = agent(above) if is_passive(above) else subject(above)
            return [setting.speakers.name_of(spoken_by(by))]
    return [handed_on(setting, report)]


def cited(setting: Setting, report: Report) -> list[str | None]:
    """``The ministry said, citing the port office``: whom the speaker cites."""
    if report.head < 0:
        return []
    for child in setting.tree[report.head].under("advcl", "xcomp"):
        if child.low in ("citing", "quoting"):
            return [setting.speakers.name_of(spoken_by(child.one("obj")))]
    return []


def handed_on(setting: Setting, report: Report) -> str | None:
    """Who hands on words that another said, after the cue: ``..., the Courier reports``."""
    if report.cue.start < report.end:
        return None
    tree, held = setting.tree, 0
    index = tree.first_at(report.cue.end)
    for word in tree.words[index : index + limit("handing_on")]:
        if word.text in ".!?;" or (word.space and "\n" in word.text) or setting.in_marks(word.start):
            return None
        if word.text == ",":
            held = word.i + 1
        elif held and word.i > held and finite_cue(word.low, ("clause", "marks")):
            return setting.speakers.name_of(Span(tree[held].start, tree[word.i - 1].end)) if _ends(word) else None
    return None


def _ends(word: Word) -> bool:
    """True for the last word of a sentence."""
    after = word.tree[word.i + 1] if word.i + 1 < len(word.tree) else None
    return after is None or after.space or after.text in ".;"
