"""Subtitles (WebVTT, SubRip, SBV, SubStation, Whisper, TTML): words joined to sentences, with the times of each."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from variorum.read.document import Document, Found, Source, clean_id, unreadable
from variorum.read.text import told
from variorum.structure import Part

__all__ = ["Cue", "document_of", "read"]

CUE = re.compile(
    r"[ \t]*(?:(\d{1,3}):)?(\d{1,2}):(\d\d)[,.](\d{1,3})[ \t]*(?:-->|,)"
    r"[ \t]*(?:(\d{1,3}):)?(\d{1,2}):(\d\d)[,.](\d{1,3})[^\n]*"
)
CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d\d)[,.](\d{1,3})"
LINED = re.compile(rf"[ \t]*\[{CLOCK}[ \t]*-->[ \t]*{CLOCK}\][ \t]*(?P<words>[^\n]*)")
"""As Whisper prints them: [00:00.000 --> 00:04.000] and the words."""

DIALOGUE = re.compile(rf"Dialogue:[^,]*,{CLOCK},{CLOCK},[^,]*,(?P<speaker>[^,]*),(?:[^,]*,){{4}}(?P<words>[^\n]*)")
"""A line of SubStation Alpha."""

VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,200})>")
TAG = re.compile(r"</?[^<>]{0,200}>|\{\\[^{}]{0,100}\}")
SOUND = re.compile(r"[\[(][^\[\]()]{1,80}[\])]|[♪♫#][^♪♫#\n]{0,200}[♪♫#]?")
"""What is heard and not said, such as [Music]."""

LONG_PAUSE = 4000
"""Thousandths of a second without words after which a sentence that has ended ends its paragraph too; speakers breathe
for one or two seconds."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Lines that are shown together, from one time to another in thousandths of a second."""

    start: int
    end: int
    lines: tuple[tuple[str | None, str], ...]
    """Each with its speaker where the file names one."""


def read(source: Source) -> Found:
    """The one document of a file of subtitles.

    >>> vtt = b"WEBVTT\\n\\n00:01.000 --> 00:04.000\\nThe ferry sank\\n\\n00:04.000 --> 00:05.000\\nin the strait."
    >>> [document] = read(Source("a.vtt", "a", vtt)).documents
    >>> document.text, [(document.text[p.start : p.end], p.level) for p in document.parts]
    ('The ferry sank in the strait.', [('The ferry sank', 1000), ('in the strait.', 4000)])
    """
    found = Found()
    text = told(source, found)
    if text is None:
        return unreadable(source, "is not text")
    return document_of(source, list(_cues(text)), found, _language(text))


def document_of(source: Source, cues: list[Cue], found: Found, language: str | None = None) -> Found:
    """The one document of some cues."""
    document = Document(clean_id(source.stem), "", source.name, stated=language)
    document.text, document.parts = _joined(_once(cues))
    if not document.text.strip():
        return unreadable(source, "holds no words that are spoken")
    if len(document.text) > 400 and not re.search(r"[.!?…][\s\"”’)]", document.text):
        found.say(source.stem, f"{source.name} has no full stops, so its sentences cannot be told apart")
    found.documents.append(document)
    return found


def _language(text: str) -> str | None:
    match = re.match(r"WEBVTT[^\n]*\n(?:[^\n]+\n){0,5}?Language:[ \t]*([A-Za-z]{2,3})\b", text)
    return match[1].lower() if match else None


def _cues(text: str) -> Iterator[Cue]:
    """The cues in order; numbers, notes, styles and whatever else stands between them is left out."""
    lines = text.split("\n")
    whole = [match for line in lines if (match := LINED.fullmatch(line) or DIALOGUE.fullmatch(line))]
    if len(whole) > 0.5 * sum(CUE.fullmatch(line) is not None for line in lines) and whole:
        yield from (_lined(match) for match in whole)
        return
    at = 0
    while at < len(lines):
        match = CUE.fullmatch(lines[at])
        at += 1
        if match is None:
            continue
        shown = []
        while at < len(lines) and lines[at].strip() and not CUE.fullmatch(lines[at]):
            shown.append(lines[at])
            at += 1
        if at < len(lines) and shown and CUE.fullmatch(lines[at]) and shown[-1].strip().isdigit():
            shown.pop()  # the number of the next cue, where no empty line parts them
        yield Cue(_time(match.groups()[:4]), _time(match.groups()[4:]), tuple(_spoken(shown)))


def _lined(match: re.Match[str]) -> Cue:
    """A cue that stands on one line, with its words."""
    known = match.groupdict()
    parts = match.groups()
    words = known["words"].replace("\\N", "\n").replace("\\n", "\n").split("\n")
    speaker = known.get("speaker") or None
    spoken = tuple((name or speaker, line) for name, line in _spoken(words))
    return Cue(_time(parts[:4]), _time(parts[4:8]), spoken)


def _time(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, rest = parts
    return ((int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)) * 1000 + int(
        (rest or "0").ljust(3, "0")
    )


def _spoken(shown: list[str]) -> Iterator[tuple[str | None, str]]:
    """The lines of a cue without their mark-up, and who speaks them."""
    for line in shown:
        pieces = VOICE.split(line)
        for speaker, words in zip([None, *pieces[1::2]], pieces[0::2], strict=True):
            words = " ".join(SOUND.sub(" ", html.unescape(TAG.sub("", words))).split())
            if words:
                yield (speaker.strip() if speaker else None), words


ROLLING = 0.3
"""Share of cues that begin with lines of the one before, from which on captions roll; a word said twice is no such."""


def _once(cues: list[Cue]) -> Iterator[Cue]:
    """Cues without the lines that they repeat from the one before, where captions roll upwards."""
    same: list[int] = []
    before: list[str] = []
    for cue in cues:
        words = [line for _, line in cue.lines]
        most = min(len(words), len(before))
        same.append(next((n for n in range(most, 0, -1) if before[-n:] == words[:n]), 0))
        before = words or before
    rolling = len(cues) > 2 and sum(map(bool, same)) > ROLLING * len(cues)
    for cue, count in zip(cues, same, strict=True):
        yield Cue(cue.start, cue.end, cue.lines[count if rolling else 0 :])


ENDED = re.compile(r"[.!?…][\"”’»)]{0,2}$")
CHANGE = re.compile(r"(?:>>|[-–—])[ \t]*")


def _joined(cues: Iterator[Cue]) -> tuple[str, list[Part]]:
    """The text, and a part of kind ``cue`` for each stretch; its level is its begin in thousandths of a second."""
    pieces: list[str] = []
    parts: list[Part] = []
    size, end, speaker = 0, 0, None
    for cue in cues:
        for name, words in cue.lines:
            change = CHANGE.match(words)
            words = words[change.end() :] if change else words
            if not words:
                continue
            new = bool(change) or (name is not None and name != speaker)
            pause = cue.start - end > LONG_PAUSE and bool(pieces) and bool(ENDED.search(pieces[-1]))
            joint = "" if not pieces else "\n\n" if new or pause else " "
            lead = f"{name}: " if name and name != speaker else ""
            pieces += [joint, lead + words]
            size += len(joint) + len(lead)
            parts.append(Part(size, size + len(words), "cue", cue.start))
            size += len(words)
            speaker, end = name or speaker, cue.end
    return "".join(pieces), parts
