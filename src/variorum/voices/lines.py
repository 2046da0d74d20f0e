"""Lines that lead to words: ``And from the bishop:``, ``Anna Reed, nurse:``, ``HALE:``, ``Q:`` and ``A:``.

What stands before the colon must be able to speak: a person named in the text, a role, or a label of a dialogue. Other
labels (``Dead: 14``, ``Update: ...``) say nothing of who speaks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from variorum.language.grammar import SUBJECTS
from variorum.language.tree import Word
from variorum.lists import toml
from variorum.spans import Span
from variorum.voices.setting import Setting
from variorum.voices.subjects import spoken_by
from variorum.voices.titles import titles
from variorum.voices.words import limit, listed

__all__ = ["Line", "find_lines", "led_by"]

ROLE = "|".join(sorted(listed("questions") | listed("answers")))
TRANSCRIBED = re.compile(rf"({ROLE})\.[ \t]+(?=\S)", re.IGNORECASE)
LABEL = re.compile(r"((?:[^\W\d_][\w.’'-]*[ ]){0,4}[^\W\d_][\w.’'-]*)(, [^:\n]{2,60})?:[ \t]+(?=\S)")
CAPITALS = r"(?:(?:DR|MR|MRS)\. )?(?:[^\W\d_a-z][^\W_a-z]*[ ]){0,4}[^\W\d_a-z][^\W_a-z]*"
NEXT = re.compile(rf"(?<=[.!?…\"”’)])[ \t]+({CAPITALS}|(?i:{ROLE})):[ \t]+(?=\S)")
"""The next label within a line: in capitals, or of a question or answer, after the end of a sentence."""
NEXT_ASKED = re.compile(rf"(?<=[.!?…\"”’)])[ \t]+({ROLE})\.[ \t]+(?=\S)", re.IGNORECASE)
NEXT_ROLE = re.compile(r"(?<=[.!?…\"”’)])[ \t]+((?:[^\W\d_]+[ ]){0,2}[^\W\d_]+):[ \t]+(?=\S)")
"""The same of records that write "Q. At what hour? A. About ten.", and of roles: "Minister: ... Opposition: ..."."""
FIRST_PERSON = re.compile(rf"\b(?:{'|'.join(sorted(listed('first_person') | {'you', 'your'}))})\b", re.IGNORECASE)
QUESTIONS, ANSWERS, SPEAKING = listed("questions"), listed("answers"), listed("speaking")
DOCUMENTS = listed("documents")


def _leading(key: str) -> re.Pattern[str]:
    """Words of a list before a name, with nothing but its titles between."""
    return re.compile(rf"\b(?:{'|'.join(toml('voices')[key])}) [^,.;:\n]*$", re.IGNORECASE)


ASKED_BY, ANSWERING = _leading("asked_by"), _leading("answering")


class Line(NamedTuple):
    """A labelled line: its label, the name in it (None for ``Q``), and the words after the colon."""

    label: Span
    name: Span | None
    words: Span


# --- a colon before words in marks ---


def led_by(setting: Setting, offset: int) -> Span | None:
    """Who speaks, where words without a verb and a colon lead to the string at ``offset``."""
    colon = setting.last_word(offset)
    if colon is None or colon.text != ":" or setting.in_heading(colon.start):
        return None
    words = _before(setting, colon)
    if any(w.pos in ("VERB", "AUX") and w.has(*SUBJECTS) for w in words):
        return None
    source = next((w for w in reversed(words) if w.low in ("from", "by") and w.pos == "ADP"), None)
    if source is not None:
        words = words[words.index(source) + 1 :]
    head = next((w for w in words if can_speak(setting, w)), None)
    return spoken_by(_top(head, words)) if head is not None else None


def _before(setting: Setting, colon: Word) -> list[Word]:
    """The words of a line before its colon, back to the end of the sentence or line before."""
    found: list[Word] = []
    for word in reversed(setting.tree.words[max(0, colon.i - limit("lead")) : colon.i]):
        if (word.space and "\n" in word.text) or word.text in ".!?;" or setting.in_marks(word.start):
            break
        found.append(word)
    return found[::-1]


def can_speak(setting: Setting, word: Word) -> bool:
    """True for a word of a person's name, a role or title, or a word for people and bodies that speak."""
    return word.i in setting.people or word.low in SPEAKING or word.low in titles()


def _top(word: Word, words: list[Word]) -> Word:
    """The head of the noun phrase that a word belongs to, within some words."""
    for _ in range(6):
        if word.dep not in ("flat", "compound", "amod", "nmod:poss") or word.head not in words:
            return word
        word = word.head
    return word


# --- labelled lines ---


def find_lines(setting: Setting) -> Iterator[Line]:
    """The labelled lines of a text in which somebody speaks."""
    found = [line for block in setting.blocks for line in _labelled(setting.text, block)]
    seen = Counter(line.label.of(setting.text).lower() for line in found)
    interview = any(q in seen for q in QUESTIONS) and any(a in seen for a in ANSWERS)
    begins = next((line.label.start for line in found if _role(setting, line)), 0)
    asks, answers = talkers(setting, begins) if interview else (None, None)
    for line in found:
        label = line.label.of(setting.text)
        if interview and _role(setting, line):
            yield line._replace(name=asks if label.lower() in QUESTIONS else answers)
        elif speaks(setting, line, label, seen):
            yield line


def _role(setting: Setting, line: Line) -> bool:
    """True for the label of a question or an answer."""
    return line.label.of(setting.text).lower() in QUESTIONS | ANSWERS


def talkers(setting: Setting, offset: int) -> tuple[Span | None, Span | None]:
    """Who asks and who answers in a dialogue that begins at an offset, by the words that lead to it.

    ``examined by Lord Hale`` asks, ``interview with Ana Teverin`` answers; a single person named before it answers.
    """
    named: dict[str, Span] = {}
    asking, answering = set(), set()
    for person in (p for p in setting.speakers.people if p.end <= offset):
        named.setdefault(person.name, Span(person.start, person.end))
        lead = setting.text[max(0, person.start - limit("look")) : person.start]
        if ASKED_BY.search(lead):
            asking.add(person.name)
        elif ANSWERING.search(lead):
            answering.add(person.name)
    answering = answering or named.keys() - asking
    asking = asking or named.keys() - answering
    return _single(named, asking), _single(named, answering)


def _single(named: dict[str, Span], chosen: set[str]) -> Span | None:
    """Where the only one of some people is named; None for none or many."""
    return named[next(iter(chosen))] if len(chosen) == 1 else None


def _labelled(text: str, block: Span) -> list[Line]:
    """The labelled lines that a block holds: none, one, or some that follow one another without a line break."""
    match = LABEL.match(text, block.start, block.end) or TRANSCRIBED.match(text, block.start, block.end)
    if match is None or match.end() >= block.end:
        return []
    label = Span(match.start(1), match.end(1))
    labels, starts = [label], [match.end()]
    for after in _following(text, label, match.end(), block.end):
        labels.append(Span(after.start(1), after.end(1)))
        starts.append(after.end())
    ends = [*(after.start for after in labels[1:]), block.end]
    return [
        Line(label, label, Span(start, start + len(text[start:end].rstrip())))
        for label, start, end in zip(labels, starts, ends, strict=True)
        if start < end
    ]


def _following(text: str, label: Span, start: int, end: int) -> Iterator[re.Match[str]]:
    """The labels of the same kind as the first that follow it in a block."""
    said = label.of(text)
    if said.lower() in QUESTIONS | ANSWERS and text[label.end : label.end + 1] == ".":
        yield from NEXT_ASKED.finditer(text, start, end)
    elif said.isupper() or said.lower() in QUESTIONS | ANSWERS:
        yield from NEXT.finditer(text, start, end)
    elif said.split()[-1].lower() in SPEAKING | titles():
        roles = SPEAKING | titles()
        yield from (m for m in NEXT_ROLE.finditer(text, start, end) if m.group(1).split()[-1].lower() in roles)


def speaks(setting: Setting, line: Line, label: str, seen: Counter[str]) -> bool:
    """True for a label that names a person, body or role over a sentence, or comes again as in a dialogue.

    One in capitals that nothing else settles needs words of a first or second person.
    """
    parts = label.split()
    if not all(part[0].isupper() for part in parts if part.lower() not in listed("between_titles")):
        return False
    if sum(count > 1 for count in seen.values()) > 1 and seen[label.lower()] > 1:
        return True
    person = any(p.start < line.label.end <= p.end for p in setting.speakers.people)
    named = setting.speakers.others.get(line.label.start)
    body = named is not None and named.end >= line.label.end
    if person or body or parts[-1].lower() in titles() | SPEAKING | DOCUMENTS:
        return is_sentence(setting, line.words)
    return label.isupper() and bool(FIRST_PERSON.search(line.words.of(setting.text)))


def is_sentence(setting: Setting, span: Span) -> bool:
    """True for words with a verb and its subject."""
    words = (setting.tree[i] for i in _numbers(setting, span))
    return any(word.pos in ("VERB", "AUX") and word.has(*SUBJECTS) for word in words)


def _numbers(setting: Setting, span: Span) -> range:
    return range(setting.tree.holding(span.start), setting.tree.first_at(span.end))
