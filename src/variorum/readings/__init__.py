"""Readings and verdicts: what each witness says on one attribute, and how the readings of one scope stand.

Readings are joined directly, by role, scope, voice, quotation and linked sentences, within an event or without one.
What no rule can judge stands side by side and is called ``unjudged``. Rules that are often wrong are ``sure`` "low".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from variorum.engine import Engine
from variorum.readings.absence import absence_rows
from variorum.readings.across import across_rows
from variorum.readings.ages import age_rows
from variorum.readings.aside import alike_rows, aside_rows
from variorum.readings.attribution import attribution_rows
from variorum.readings.chance import rated
from variorum.readings.collation import Collation, collation
from variorum.readings.dates import date_rows
from variorum.readings.figures import all_counted, figure_rows, part_rows, voice_rows
from variorum.readings.judge import Row, fold
from variorum.readings.main_event import main_event_rows
from variorum.readings.naming import named
from variorum.readings.opposites import opposite_rows
from variorum.readings.order import order_rows
from variorum.readings.parallel import parallel_rows
from variorum.readings.particulars import particular_rows
from variorum.readings.responsibility import responsibility_rows
from variorum.readings.scope import Counted
from variorum.readings.sole import sole_rows
from variorum.readings.spellings import spelling_rows
from variorum.readings.sums import sum_rows
from variorum.readings.tolls import tolls
from variorum.readings.wording import quotation_rows
from variorum.records import Reading, Toll, Verdict, table

__all__ = ["found", "run"]


def run(engine: Engine) -> None:
    """Writes ``readings``, ``verdicts`` and ``tolls``; tables that are lacking count as empty."""
    collated = collation(engine)
    figures = all_counted(collated)
    readings, verdicts = fold((rated(row, collated) for row in found(collated, figures)), collated.event_of)
    told, verdicts = tolls(collated, figures, verdicts)
    verdicts = named(verdicts, readings, _titles(engine))
    known = {r.reading for r in readings}
    told = [t if t.reading in known else replace(t, reading=None) for t in told]
    engine.put("readings", table(Reading, readings))
    engine.put("verdicts", table(Verdict, verdicts))
    engine.put("tolls", table(Toll, told))


def _titles(engine: Engine) -> dict[str, str]:
    """Title, publisher or siglum of each account, without loading the texts."""
    if not engine.has("witnesses"):
        return {}
    rows = engine.get("witnesses").select(["witness", "title", "publisher", "siglum"]).to_pylist()
    return {w["witness"]: w["title"] or w["publisher"] or w["siglum"] or w["witness"] for w in rows}


def found(collated: Collation, figures: Sequence[Counted] | None = None) -> Iterator[Row]:
    """The rows of all rules, without their chance; the rules in the order of what they found in trials.

    ``figures`` are those of `all_counted`, where they are at hand.
    """
    figures = all_counted(collated) if figures is None else figures
    yield from main_event_rows(collated, figures)
    yield from part_rows(collated, figures)
    yield from figure_rows(collated, figures)
    yield from sum_rows(figures)
    yield from voice_rows(collated, figures)
    yield from opposite_rows(collated)
    yield from absence_rows(collated)
    yield from order_rows(collated)
    yield from responsibility_rows(collated)
    yield from attribution_rows(collated)
    yield from quotation_rows(collated)
    yield from across_rows(collated, figures)
    yield from parallel_rows(collated, figures)
    yield from sole_rows(collated)
    yield from date_rows(collated)
    yield from particular_rows(collated)
    yield from age_rows(collated)
    yield from spelling_rows(collated)
    yield from alike_rows(collated)
    yield from aside_rows(collated)
