"""Plain text in any encoding; what is no prose (source code, encoded data, rows of numbers) is said and not read."""

from __future__ import annotations

from variorum.read import prose
from variorum.read.document import Document, Found, Source, clean_id, unreadable
from variorum.read.encodings import canonical, decoded
from variorum.read.side_by_side import columns_apart

__all__ = ["read", "told"]

SAMPLE = 100_000


def told(source: Source, found: Found, hint: str | None = None) -> str | None:
    """The text of a source with line ends as ``\\n``, or None where it is none.

    Its encoding is kept with it, and doubt of it is said. ``hint`` is an encoding that the file names in
    its own head; what its server or its container names comes first.
    """
    named = source.encoding
    made = decoded(source.data, named, source.beside, source.hint or hint)
    if made is None or binary(made.text):
        return None
    source.encoding, source.others = made.encoding, made.others
    if named and canonical(named) is None:
        found.say(
            source.stem, f"'{named}', which witnesses.csv names for {source.name}, is no encoding that is known here"
        )
    if made.doubt:
        advice = "a column 'encoding' in witnesses.csv can name it"
        found.say(source.stem, f"{source.name} {made.doubt}; {advice}")
    return lines(made.text)


def lines(text: str) -> str:
    """The text with every line end as ``\\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def binary(text: str) -> bool:
    """True where a text has more control signs than a text can have."""
    head = text[:SAMPLE]
    odd = sum((c < " " and c not in "\t\n\r\f\v\x1a\x1c\x1d\x1e\x1f") or c == "\ufffd" for c in head)
    return odd > max(2, len(head) // 50)


def read(source: Source) -> Found:
    """The one document of a text file.

    >>> read(Source("log.txt", "log", b"The ferry sank.")).documents[0].text
    'The ferry sank.'
    >>> read(Source("a.txt", "a", b"import os\\nx = {'a': 1};\\ny = f(x);\\nif (x)\\n  return y;")).problems[0].message
    'a.txt looks like source code and was not read'
    """
    found = Found()
    text = told(source, found)
    if text is None:
        return unreadable(source, "is not text in any encoding that could be told")
    if reason := prose.objection(text):
        return unreadable(source, f"{reason} and was not read")
    apart = columns_apart(text)
    if apart is not None:
        found.say(source.stem, f"{source.name} has columns side by side, which were read one after the other")
    text = apart if apart is not None else text
    document = Document(clean_id(source.stem), text, source.name)
    blocks, problem = prose.foreign(text)
    document.parts += blocks
    if problem:
        found.say(source.stem, f"{source.name} {problem}")
    found.documents.append(document)
    return found
