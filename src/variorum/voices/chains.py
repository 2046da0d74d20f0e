"""From reports to rows: through whom the words come, outermost first, and in how many others they stand."""

from __future__ import annotations

from variorum.records import Voice
from variorum.voices.carriers import carriers, cited, is_agency
from variorum.voices.reports import Report
from variorum.voices.setting import Setting
from variorum.voices.words import limit

__all__ = ["rows_of", "tells"]

HEARD = frozenset({"marks", "clause", "accord", "speech", "label", "count", "charge"})


def tells(how: str, tier: str) -> bool:
    """True for voices in which a happening is told: no objects that are only spoken of, no attitudes to a deed."""
    return how in HEARD or (how == "to" and tier == "says")


def rows_of(setting: Setting, outer: list[Report], inner: list[Report]) -> list[Voice]:
    """The rows of all voices of a witness, in order."""
    for report in outer:
        report.start = min(setting.past_dateline(report.start), report.end)
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
    """The row of a report inside others; whom an agency cites speaks, and the agency hands it on."""
    name, span, text = setting.speakers.name_of(report.speaker), report.speaker, setting.text
    source = cited(setting, report)
    names = [*carriers(setting, report), name, setting.speakers.name_of(source)]
    if source is not None and is_agency(name):
        name, span = names[-1], source
    above = next((row.chain for row in reversed(holding) if tells(row.how, row.tier)), [])
    cue = report.cue if report.cue.start >= 0 else None
    return Voice(
        setting.witness, report.start, report.end, text[report.start : report.end], name,
        span.start if span else None, span.end if span else None,
        chained([*above, *names]),
        cue.start if cue else None, cue.end if cue else None, report.tier, report.how, len(holding),
    )  # fmt: skip


def chained(names: list[str | None]) -> list[str]:
    """The names without gaps and repeats, as many as a chain may hold."""
    return list(dict.fromkeys(name for name in names if name))[: limit("chain")]
