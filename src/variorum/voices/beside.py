"""Give each string in marks its cue and its speaker, from the words beside it and from the line that leads to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from variorum.language.grammar import SUBJECTS, agent, own_subject
from variorum.language.tree import Word
from variorum.spans import Span
from variorum.voices.cues import Cue, cue_of, finite_cue, says
from variorum.voices.lines import is_sentence, led_by
from variorum.voices.reports import cue_span, unsaid
from variorum.voices.setting import Setting
from variorum.voices.subjects import is_none, is_told, left_of, noun_speaker, of_speaker, speaker_of, spoken_by, trimmed
from variorum.voices.words import limit, listed

__all__ = ["Direct", "attach", "climb", "standing_alone"]

STOPS = ".!?;"
OPENING_MARKS = "“\"‘«'"
CONTRASTS = listed("contrasts")


@dataclass(slots=True)
class Direct:
    """A string in marks with what was found for it; ``paragraph`` is the number of the paragraph it begins in."""

    start: int
    end: int
    words: Span
    paragraph: int
    cue: Span | None = None
    speaker: Span | None = None
    side: str = ""
    tier: str = "says"


def attach(direct: Direct, setting: Setting, block: Span) -> None:
    """Set cue and speaker from the words after the string, then from those before it, in its paragraph ``block``.

    A cue before it that ends in a colon or comma binds closest.
    """
    text = setting.text
    lead = text[max(0, direct.start - 2) : direct.start].strip()
    after = None if closed_off(direct, setting, block) else beside(setting, direct.end, block, right=True)
    before = beside(setting, direct.start, block, right=False)
    opens = text[block.start : direct.start].strip() == ""
    if before is None and opens:
        before = lead_verb(setting, block.start)
    order = [("before", before), ("after", after)] if lead in (":", ",") else [("after", after), ("before", before)]
    if after is None and before is None and lead == ":":
        order = [("before", root_before(setting, direct.start, block))]
    for side, word in order:
        if word is not None:
            direct.side, direct.cue = side, cue_span(word)
            direct.speaker = subject_beside(setting, word, direct, side)
            return
    led = led_by(setting, direct.start)
    direct.speaker = led or signed(text, direct.end)
    direct.side = "before" if led else direct.side


def closed_off(direct: Direct, setting: Setting, block: Span) -> bool:
    """True where what follows a string that ends its sentence is another one: ``"They shot." Hale nodded.``

    A cue may still follow such words (``"They shot." Hale said.``) where it says nothing more.
    """
    tree, text = setting.tree, setting.text
    if text[: direct.words.end].rstrip("\"”'’ ")[-1:] != "." or direct.end >= block.end:
        return False
    index = tree.first_at(direct.end)
    if index >= len(tree) or not tree[index].text[:1].isupper():
        return False
    for word in tree.words[index : index + limit("beside")]:
        if word.text in STOPS:
            return True
        if says(word, "marks"):
            cue = cue_of(word)
            return cue is None or "beat" in cue.flags or unsaid(word, cue) or not ends_there(setting, word)
    return True


def ends_there(setting: Setting, cue: Word) -> bool:
    """True for a cue that its sentence ends with, or that only a name or a time follows: ``Hale said on Monday.``"""
    tree, subject = cue.tree, own_subject(cue)
    people = frozenset() if subject is not None and subject.i < cue.i else setting.people
    for word in tree.words[cue.i + 1 : cue.sentence.end]:
        if word.text in ".,;:":
            return True
        if not (word.i in people or word.i in tree.clock or word.pos in ("ADV", "ADP", "DET")):
            return False
    return True


SIGNED = re.compile(r"\s*[—–―-]{1,2}\s*((?:[A-Z][\w.’'-]*[ ]?){1,5})\s*(?:[,(\n.]|$)")


def signed(text: str, offset: int) -> Span | None:
    """The name after a dash that follows the words: ``“Stay.” — Ana Hale``; a line end may stand between."""
    match = SIGNED.match(text, offset, min(len(text), offset + 120))
    return Span(match.start(1), match.start(1) + len(match.group(1).rstrip())) if match else None


# --- the cue ---


def beside(setting: Setting, offset: int, block: Span, right: bool) -> Word | None:
    """The nearest verb that may bring words in marks, on one side of a string and in its sentence."""
    tree = setting.tree
    index = tree.first_at(offset) - (not right)
    for count in range(limit("beside") if right else limit("before")):
        at = index + (count if right else -count)
        if not 0 <= at < len(tree):
            return None
        word = tree[at]
        if not block.start <= word.start < block.end or setting.in_marks(word.start):
            return None
        if (word.text in STOPS and count) or (right and count > limit("comma") and word.text == ","):
            return None
        if right and word.low in CONTRASTS and tree[at - 1].text == ",":
            return None
        cue = cue_of(word)
        if cue is not None and brings(word, cue, not right and tree[index].low == "that"):
            return word
        if not right and is_hidden_cue(setting, word):
            return word
    return None


def is_hidden_cue(setting: Setting, word: Word) -> bool:
    """``as Hale remarks of the raid:``, where the tagger takes the verb for a noun."""
    return word.pos == "NOUN" and word.i - 1 in setting.people and finite_cue(word.low, ("marks",))


def brings(word: Word, cue: Cue, that: bool) -> bool:
    """True for a cue that may stand beside marks; a noun only before ``that``."""
    if cue.pos == "noun":
        return that and "clause" in cue.frames
    return (
        cue.pos == "verb" and "marks" in cue.frames and word.dep not in ("amod", "aux", "cop") and not unsaid(word, cue)
    )


def lead_verb(setting: Setting, start: int) -> Word | None:
    """The verb of the line before a paragraph, where that line ends with a colon and so leads to the words."""
    colon = setting.last_word(start)
    if colon is None or colon.text != ":" or setting.in_heading(colon.start):
        return None
    held = None
    for word in reversed(setting.tree.words[max(0, colon.i - limit("lead")) : colon.i]):
        if word.space and "\n" in word.text:
            break
        if word.pos in ("VERB", "AUX") and word.has(*SUBJECTS):
            held = held or word
            cue = cue_of(word)
            if cue is not None and "marks" in cue.frames:
                return word
    return held


def root_before(setting: Setting, offset: int, block: Span) -> Word | None:
    """The last verb with a subject before a colon, whatever verb it is."""
    tree = setting.tree
    index = tree.first_at(offset) - 1
    if index < 0 or tree[index].start < block.start:
        return None
    before = reversed(tree.words[tree[index].sentence.start : index])
    return next((w for w in before if w.pos in ("VERB", "AUX") and w.has(*SUBJECTS)), None)


# --- the speaker ---


def subject_beside(setting: Setting, word: Word, direct: Direct, side: str) -> Span | None:
    """The cue's subject; by the words alone where the parse puts it inside the marks or on their far side."""
    if is_hidden_cue(setting, word):
        return run_of(setting.tree[word.i - 1])
    if word.pos == "NOUN":
        return setting.outside(of_speaker(word) or noun_speaker(word))
    if is_told(word):
        return setting.outside(spoken_by(agent(word)))
    if side == "after" and (named := between(setting, word, direct) or inverted(setting, word)):
        return named
    span = setting.outside(speaker_of(word))
    if span is not None and (side == "before" or span.start >= direct.end):
        return span
    return setting.outside(near_subject(setting, word, side)) or span


def between(setting: Setting, word: Word, direct: Direct) -> Span | None:
    """``“Stay,” the mate said``: the words between string and cue, where no verb and no stop is among them."""
    tree = setting.tree
    first, last = tree.first_at(direct.end), word.i - 1
    while first <= last and (tree[first].punct or tree[first].space):
        first += 1
    while last >= first and (tree[last].pos in ("AUX", "ADV", "PART") or tree[last].punct):
        last -= 1
    if last < first or tree[first].pos in ("ADP", "ADV", "CCONJ", "SCONJ"):
        return None
    inside = tree.words[first : last + 1]
    stop = next((w.i for w in inside if w.text in ",(;—"), last + 1)
    if any(w.pos in ("VERB", "AUX") or w.text in ".?!" for w in inside) or stop == first:
        return None
    return trimmed(tree, first, stop - 1, stop - 1)


def inverted(setting: Setting, verb: Word) -> Span | None:
    """``said the Minister of Works, Ana Hale``: from the word after the cue to the first person's name."""
    tree = setting.tree
    start, last = verb.i + 1, -1
    for word in tree.words[start : min(start + 25, verb.sentence.end)]:
        if word.pos in ("VERB", "AUX", "PRON", "SCONJ") or word.text in ".;:—–" or setting.in_marks(word.start):
            break
        if word.i in setting.people and not word.punct:
            last = word.i
        elif last >= 0 and not word.space and not _nicknamed(setting, word):
            break
    if last < 0 or tree[start].pos in ("ADP", "ADV", "PUNCT"):
        return None
    return Span(tree[start].start, tree[last].end)


def _nicknamed(setting: Setting, word: Word) -> bool:
    """True for a word of a nickname or its marks."""
    return any(mark.start <= word.start < mark.end for mark in setting.nicknames)


def near_subject(setting: Setting, verb: Word, side: str) -> Span | None:
    """By the words alone: the noun phrase between string and cue, or right after the cue (``said Hale``)."""
    tree = setting.tree
    if side == "before":
        return left_of(verb) or first_person(setting, verb)
    around = [*tree.words[verb.i + 1 : verb.i + 8], *reversed(tree.words[max(0, verb.i - 5) : verb.i])]
    for word in around:
        if word.punct or setting.in_marks(word.start):
            break
        if word.pos in ("PROPN", "PRON") or (word.pos == "NOUN" and word.i > verb.i):
            return run_of(word)
    return None


def first_person(setting: Setting, verb: Word) -> Span | None:
    """The first person named in the cue's sentence before it."""
    tree = setting.tree
    for word in tree.words[verb.sentence.start : verb.i]:
        if word.i in setting.people and not setting.in_marks(word.start):
            last = word.i
            while last + 1 in setting.people:
                last += 1
            return Span(word.start, tree[last].end)
    return None


def run_of(word: Word) -> Span:
    """The run of names and nouns around a word."""
    tree, first, last = word.tree, word.i, word.i
    while last + 1 < len(tree) and tree[last + 1].pos == "PROPN":
        last += 1
    while first > 0 and tree[first - 1].pos in ("PROPN", "NOUN", "DET", "ADJ"):
        first -= 1
    return Span(tree[first].start, tree[last].end)


# --- strings without a cue ---


def climb(setting: Setting, direct: Direct, block: Span) -> Span | None:
    """No cue: the subject of the nearest verb above the string whose subject stands outside marks.

    A string that begins its own sentence takes the subject of the sentence before it in its paragraph.
    """
    tree = setting.tree
    word = tree[min(len(tree) - 1, tree.first_at(direct.words.start))]
    if tree.parsed and word.sentence.start_char >= direct.start:
        return sentence_before(setting, word.sentence.start, block)
    for _ in range(12):
        subject = next((c for c in word.under(*SUBJECTS) if not setting.in_marks(c.start)), None)
        inside = subject is None or subject.space or direct.start <= subject.start < direct.end or is_none(subject)
        if subject is not None and not inside:
            return spoken_by(subject)
        if word.head is word:
            return None
        word = word.head
    return None


def sentence_before(setting: Setting, start: int, block: Span) -> Span | None:
    """The subject of the sentence before a string, where that stands in the same paragraph and outside marks."""
    tree = setting.tree
    index = start - 1
    while index >= 0 and (tree[index].space or tree[index].punct):
        index -= 1
    if index < 0 or tree[index].start < block.start or setting.in_heading(tree[index].start):
        return None
    return setting.outside(spoken_by(tree[index].sentence.root.one(*SUBJECTS)))


def named_above(setting: Setting, direct: Direct, blocks: Sequence[Span]) -> Span | None:
    """``Ana Hale, a nurse of Asker`` on a line of its own above a string: a name and what it is, and no sentence.

    Not where a string that is a paragraph by itself opens the text: then such lines sign what is above them.
    """
    text, line = setting.text, blocks[direct.paragraph - 1]
    if text[blocks[0].start] in OPENING_MARKS:
        return None
    person = next((p for p in setting.speakers.people if line.start <= p.start < line.end), None)
    if person is None or text[line.start : person.start].strip() or line.end - line.start > limit("named"):
        return None
    told = text[person.end : line.end].strip()
    if (told and told[0] != ",") or told[-1:] in (*STOPS, ":") or is_sentence(setting, line):
        return None
    return Span(person.start, person.end)


def standing_alone(setting: Setting, direct: Direct, blocks: Sequence[Span]) -> Span | None:
    """A string that is a paragraph by itself: who signs it in a short line after it, else who spoke just before it.

    The last sentence of the paragraph before must hold a verb of saying, whose subject it takes.
    """
    text, block = setting.text, blocks[direct.paragraph]
    if text[block.start : direct.start].strip():
        return None
    for after in blocks[direct.paragraph + 1 : direct.paragraph + 3]:
        line = after.of(text).strip(" —–-*")
        if len(line) <= limit("signature") and line in setting.names:
            at = text.index(line, after.start)
            return Span(at, at + len(line))
    if not direct.paragraph or not setting.tree.parsed:
        return None
    if (named := named_above(setting, direct, blocks)) is not None:
        return named
    last = setting.tree[setting.tree.holding(blocks[direct.paragraph - 1].end - 1)]
    for word in () if setting.in_heading(last.start) else last.sentence:
        if says(word) and (subject := speaker_of(word)):
            said = subject.of(text)
            return setting.outside(subject) if said.lower() != said or said in ("he", "she", "they") else None
    return None
