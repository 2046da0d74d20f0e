"""Through whom words come: who quotes, cites or hands on what another said, and which of them are agencies."""

from __future__ import annotations

from functools import cache

from variorum.credits import plain_name
from variorum.language.grammar import agent, is_passive, subject
from variorum.language.tree import Word
from variorum.lists import toml
from variorum.spans import Span
from variorum.voices.cues import finite_cue
from variorum.voices.reports import Report, is_citing
from variorum.voices.setting import Setting
from variorum.voices.subjects import spoken_by
from variorum.voices.words import forms, limit

__all__ = ["carriers", "cited", "handed_on", "is_agency"]


@cache
def _agencies() -> frozenset[str]:
    """The plain names of agencies, short and long."""
    table = toml("credits")["agencies"]
    return frozenset(plain_name(name) for name in (*table, *table.values()))


def is_agency(name: str | None) -> bool:
    """True for an agency that supplies others with news: it hands on what those whom it cites say.

    >>> is_agency("Reuters"), is_agency("the Strait news agency"), is_agency("the port agency")
    (True, True, False)
    """
    return name is not None and (name.lower().endswith("news agency") or plain_name(name) in _agencies())


def carriers(setting: Setting, report: Report) -> list[str | None]:
    """Who hands the words on: ``the agency quoted a doctor as saying``, ``“...,” Hale said, the Courier reports``."""
    if report.head >= 0:
        above = setting.tree[report.head].head
        if above.low in forms("carrying") and above.i != report.head:
            after = agent(setting.tree[report.head])  # "was quoted as saying by Reuters"; not "by phone"
            told = agent(above) or (after if after is not None and after.pos == "PROPN" else None)
            by = told if is_passive(above) else subject(above)
            return [setting.speakers.name_of(spoken_by(by))]
    return [handed_on(setting, report)]


def cited(setting: Setting, report: Report) -> Span | None:
    """``The ministry said, citing the port office``: whom the speaker cites."""
    if report.cited is not None or report.head < 0:
        return report.cited
    citing = (child for child in setting.tree[report.head].under("advcl", "xcomp") if is_citing(child))
    return next((spoken_by(child.one("obj")) for child in citing), None)


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
