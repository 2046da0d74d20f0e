"""A look over all accounts: which were read by a machine, and what in them the others show how to mend."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from variorum.lists import toml
from variorum.ocr import rules
from variorum.ocr.lexicon import Lexicon, lexicon
from variorum.spans import Edit

__all__ = ["Mending", "noise", "survey"]


@dataclass(slots=True)
class Mending:
    """What is mended of a text, and the stretches of it that may have been read wrongly."""

    edits: list[Edit] = field(default_factory=list)
    doubtful: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Account:
    """A text with its language; ``pictured`` says that its reader read it from a picture."""

    text: str
    language: str | None = None
    pictured: bool = False


def survey(accounts: Mapping[str, Account]) -> dict[str, Mending]:
    """What is mended, by account; those that were edited by hand are left out, and so are languages without a lexicon.

    >>> text = "The nnmber of men nnder the pier rose, tbe police said; two were ma\\nchine hands."
    >>> others = Account("The number rose, and the number fell under the pier.")
    >>> mending = survey({"a": Account(text), "b": others})["a"]
    >>> [(text[edit.start : edit.end], edit.new) for edit in mending.edits]
    [('nnmber', 'number'), ('nnder', 'under'), ('tbe', 'the'), ('ma\\nchine', 'machine')]
    """
    noisy: dict[str, tuple[Account, Lexicon]] = {}
    for name, account in accounts.items():
        words = lexicon(account.language)
        if words is not None and (account.pictured or noise(account.text, words)):
            noisy[name] = (account, words)
    if not noisy:
        return {}
    printed = _printed(account.text for account in accounts.values())
    return {name: _mended(account.text, words, printed) for name, (account, words) in noisy.items()}


WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def noise(text: str, words: Lexicon) -> bool:
    """True for a text of whose words in small letters many stand in no dictionary, or are shapes of common ones."""
    known = toml("ocr")["noise"]
    found = WORD.findall(text[: known["sample"] * 8])[: known["sample"]]
    told = [word for n, word in enumerate(found) if 3 <= len(word) <= rules.LONGEST and (word.islower() or n == 0)]
    odd = [word.lower() for word in told if not words.known(word.lower())]
    start = text[: known["sample"] * 8]
    broken = sum(1 for rule in (rules.broken_line, rules.broken_word) for _ in rule(start, words, Counter()))
    if broken >= known["broken"] or next(rules.long_s(start, words, Counter()), None) is not None:
        return True
    shapes = [word for word in odd if rules.is_shape_of_a_common_word(word, words)]
    if len(set(odd)) >= known["least"] and len(odd) >= known["share"] * len(told):
        shapes = [word for word in odd if rules.is_shape_of_a_common_word(word, words, known["usual"])]
        return bool(len(shapes) + 2 * broken >= known["shown"] * len(odd))  # sloppy typing has other faults
    return bool(len(set(shapes)) >= known["few"] and len(shapes) >= known["part"] * len(told))


def _printed(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in all the accounts, in small letters."""
    return Counter(word.lower() for text in texts for word in WORD.findall(text))


def _mended(text: str, words: Lexicon, printed: Counter[str]) -> Mending:
    edits: list[Edit] = []
    for rule in rules.RULES:
        edits = _with(edits, rule(text, words, printed))
    made = Mending(sorted(edits))
    made.doubtful = list(rules.doubtful(text, words, printed, made.edits))
    return made


def _with(edits: Sequence[Edit], more: Iterable[Edit]) -> list[Edit]:
    """Both, without those of ``more`` that touch what is mended already."""
    taken = {at for edit in edits for at in range(edit.start, edit.end)}
    kept = list(edits)
    for edit in more:
        if not taken.intersection(range(edit.start, edit.end)):
            kept.append(edit)
            taken.update(range(edit.start, edit.end))
    return kept
