"""E-mail (EML, MBOX) and pages saved as MHTML: one body, once, decoded; what is attached is read by itself."""

from __future__ import annotations

import email
import email.policy
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from variorum.read import html
from variorum.read.document import Document, Found, Source, clean_id, edtf_date, several, unreadable
from variorum.read.encodings import decoded
from variorum.read.kinds import stem
from variorum.read.text import binary, lines
from variorum.structure import Part

__all__ = ["Letter", "account", "read", "read_mbox", "read_mhtml"]

MOST_PARTS = 2000
STUB = 0.3
"""A plain body shorter than this share of the words of the HTML body is only a hint to look at that one."""

SIGNATURES = frozenset(
    ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature", "text/x-amp-html")
)


@dataclass(slots=True)
class Letter:
    """A letter taken apart: its head, its bodies, what is attached, and what is shown in it."""

    title: str | None = None
    sender: str | None = None
    published: str | None = None
    plain: str = ""
    page: bytes = b""
    page_encoding: str | None = None
    attached: list[tuple[str, str, bytes]] = field(default_factory=list)
    """Name, kind and bytes of each file."""
    pictures: list[str] = field(default_factory=list)
    encrypted: bool = False


def read(source: Source) -> Found:
    """The account of one e-mail; its files are read after it.

    >>> data = b"From: Ana <a@spa.example>\\nSubject: Loss\\nDate: Wed, 18 Nov 1998 07:00 +0000\\n\\nThe ferry sank."
    >>> [document] = read(Source("a.eml", "a", data)).documents
    >>> document.title, document.author, document.published, document.text
    ('Loss', 'Ana', '1998-11-18', 'The ferry sank.')
    """
    data = source.data
    if match := re.match(rb"\s*\d{1,12}[ \t]*\r?\n(?=[A-Za-z-]+:)", data):  # Apple Mail writes the length before it
        data = data[match.end() :]
    return account(source, _letter(_parsed(data)))


def account(source: Source, letter: Letter) -> Found:
    """The account of a letter, and its files as sources still to be read."""
    found = Found()
    document = _body(source, letter, found)
    if document is not None:
        document.title, document.author = letter.title or document.title, letter.sender
        document.published = letter.published or document.published
        found.documents.append(document)
    elif letter.encrypted:
        found.say(source.stem, f"{source.name} is encrypted and was not read; save it decrypted")
    else:
        files = f" beside {several(len(letter.attached), 'attached file')}" if letter.attached else ""
        found.say(source.stem, f"{source.name} holds no text{files}")
    if letter.pictures:
        listed = ", ".join(letter.pictures[:3]) + (" ..." if len(letter.pictures) > 3 else "")
        found.say(source.stem, f"{source.name} holds {several(len(letter.pictures), 'picture')} ({listed}), not read")
    found.inside = _files(source, letter)
    return found


def _files(source: Source, letter: Letter) -> Iterator[Source]:
    seen: Counter[str] = Counter()
    for number, (name, kind, data) in enumerate(letter.attached, start=1):
        name = name.replace("\\", "/").rsplit("/", 1)[-1].strip() or f"part {number}"
        seen[name] += 1
        name = name if seen[name] == 1 else f"{seen[name]} {name}"
        inner = source.inner(name, f"{source.stem}-{stem(name)}", data)
        inner.kind = {"message/rfc822": "mail", "text/html": "html", "text/rtf": "rtf", "application/rtf": "rtf"}.get(
            kind
        )
        yield inner


# --- the body -----------------------------------------------------------------------------------------------------


def _body(source: Source, letter: Letter, found: Found) -> Document | None:
    """The words of a letter: its plain body, or its HTML where that has more to say."""
    plain = letter.plain.strip()
    page = _page(source, letter, found) if letter.page else None
    if page is not None and len(plain.split()) < STUB * len(page.text.split()):
        return page
    if not plain:
        return page
    document = Document(clean_id(source.stem), lines(letter.plain).strip("\n"), source.name)
    document.parts, quoted = _repeated(document.text)
    if quoted:
        found.say(
            source.stem,
            f"{source.name} repeats {several(quoted, 'line')} of another letter, which were not read as its own",
        )
    return document


def _page(source: Source, letter: Letter, found: Found) -> Document | None:
    inner = Source(source.name, source.stem, letter.page, hint=letter.page_encoding)
    made = html.read(inner)
    if not made.documents:
        return None
    found.problems += made.said(inner)
    return made.documents[0]


SIGNATURE = re.compile(r"(?:^|\n)-- \n[^\x00]{0,1500}\Z")
REPLY = re.compile(
    r"(?:On|Le|Am|El|Den|Op) [^\n]{5,200}(?:wrote|écrit|schrieb|escribió|skrev|schreef)\s?:"
    r"|-{3,} ?Original Message ?-{3,}|_{20,}"
)


def _repeated(text: str) -> tuple[list[Part], int]:
    """What a letter repeats of another one, and the signature below it, as parts that no finder reads; how many lines.

    >>> text = "It sank.\\n\\nOn 18 Nov 1998, Ana wrote:\\n> Did it sink?\\n> Say so.\\n\\n-- \\nTom Reed, desk"
    >>> parts, count = _repeated(text)
    >>> [text[p.start : p.end] for p in parts], count
    (['On 18 Nov 1998, Ana wrote:\\n> Did it sink?\\n> Say so.', '-- \\nTom Reed, desk'], 2)
    """
    parts: list[Part] = []
    at = count = 0
    begun: int | None = None
    before = 0
    for line in [*text.split("\n"), ""]:
        if line.startswith(">"):
            begun = (before if REPLY.match(text, before) else at) if begun is None else begun
            count += 1
        elif begun is not None:
            parts.append(Part(begun, at - 1, "boilerplate"))
            begun = None
        before = at if line.strip() else before
        at += len(line) + 1
    if match := SIGNATURE.search(text):
        start = match.start() + match[0].index("--")
        parts = [part for part in parts if part.end <= start] + [Part(start, len(text), "boilerplate")]
    return parts, count


# --- taking it apart ----------------------------------------------------------------------------------------------


def _parsed(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default.clone(raise_on_defect=False))
    assert isinstance(message, EmailMessage)
    return message


def _letter(message: EmailMessage) -> Letter:
    letter = Letter(_header(message, "Subject"), _sender(message), _day(_header(message, "Date")))
    for part in _parts(message):
        _take(letter, part)
    return letter


def _parts(message: EmailMessage, depth: int = 0) -> Iterator[EmailMessage]:
    """The parts that hold something; a letter in a letter is one part."""
    if message.get_content_maintype() == "multipart" and depth < 30:
        for number, part in enumerate(message.iter_parts()):
            if number > MOST_PARTS:
                return
            if isinstance(part, EmailMessage):
                yield from _parts(part, depth + 1)
    else:
        yield message


def _take(letter: Letter, part: EmailMessage) -> None:
    kind = part.get_content_type()
    name = _header_text(part.get_filename) or ""
    if kind in SIGNATURES:
        return
    if kind in ("application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"):
        letter.encrypted = True
        return
    attached = part.get_content_disposition() == "attachment" or bool(name)
    if kind in ("message/rfc822", "message/global"):
        letter.attached.append((name or "letter.eml", "message/rfc822", _inner(part)))
    elif kind.startswith("image/"):
        letter.pictures.append(name or kind)
    elif kind in ("text/plain", "text/html") and not attached:
        _take_body(letter, part, kind)
    elif not kind.startswith(("multipart/", "message/", "text/x-amp")) and (data := _bytes(part)):
        letter.attached.append((name or f"part.{kind.rsplit('/', 1)[-1][:10]}", kind, data))


def _take_body(letter: Letter, part: EmailMessage, kind: str) -> None:
    if kind == "text/plain":
        letter.plain += ("\n\n" if letter.plain else "") + _text(part)
    elif not letter.page:
        letter.page, letter.page_encoding = _bytes(part), part.get_content_charset()
    else:
        letter.attached.append(("page.html", kind, _bytes(part)))


def _inner(part: EmailMessage) -> bytes:
    """The bytes of a letter in a letter."""
    inner = part.get_payload()
    held = inner[0] if isinstance(inner, list) and inner else inner
    return held.as_bytes() if isinstance(held, EmailMessage) else str(held).encode("utf-8", "replace")


def _bytes(part: EmailMessage) -> bytes:
    """The decoded bytes of a part, whatever is wrong with its packing."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        data = None
    return data if isinstance(data, bytes) else b""


def _text(part: EmailMessage) -> str:
    """The words of a plain part; lines that were only folded for the way are joined."""
    made = decoded(_bytes(part), hint=part.get_content_charset())
    if made is None or binary(made.text):
        return ""
    text = lines(made.text)
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unfolded(text, str(part.get_param("delsp", "")).lower() == "yes")
    return text


def _unfolded(text: str, without: bool) -> str:
    """Text of ``format=flowed`` (RFC 3676): a line that ends in a space goes on in the next.

    >>> _unfolded("The ferry \\nsank.\\n-- \\nAna", False)
    'The ferry sank.\\n-- \\nAna'
    """
    out: list[str] = []
    open_line = False
    for line in text.split("\n"):
        line = line[1:] if line.startswith(" ") else line
        if open_line and not line.startswith(">") and line != "-- ":
            out[-1] += line
        else:
            out.append(line)
        open_line = line.endswith(" ") and line != "-- " and not line.startswith(">")
        if open_line and without:
            out[-1] = out[-1][:-1]
    return "\n".join(out)


def _header_text(get: object, *given: str) -> str | None:
    """A header's value; a damaged one is no value."""
    try:
        value = get(*given)  # type: ignore[operator]
        return None if value is None else str(value)
    except Exception:  # the parser of headers stumbles over many things
        return None


def _header(message: EmailMessage, name: str) -> str | None:
    """A header on one line; raw bytes in it are read as text."""
    value = _header_text(message.get, name)
    if value and any("\udc80" <= c <= "\udcff" for c in value):
        made = decoded(value.encode("utf-8", "surrogateescape"))
        value = made.text if made else value
    return " ".join((value or "").split()) or None


def _sender(message: EmailMessage) -> str | None:
    name, address = parseaddr(_header(message, "From") or _header(message, "Sender") or "")
    return name.strip() or address or None


def _day(value: str | None) -> str | None:
    """The day on which a letter was sent, where it was sent."""
    try:
        return parsedate_to_datetime(value or "").date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return edtf_date(value)


# --- boxes and pages ----------------------------------------------------------------------------------------------

FROM = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]{1,200}\r?\n(?=[!-9;-~]{1,80}:)")


def read_mbox(source: Source) -> Found:
    """The letters of a mailbox, one after the other; ids are the file's stem and the letter's number."""
    found = Found()
    starts = [match.start() for match in FROM.finditer(source.data)]
    found.inside = _letters(source, starts)
    return found if starts else unreadable(source, "holds no letters")


def _letters(source: Source, starts: list[int]) -> Iterator[Source]:
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(source.data)], strict=True), start=1):
        data = source.data[start:end].lstrip(b"\r\n")
        data = QUOTED_FROM.sub(rb"\1", data.partition(b"\n")[2])
        inner = source.inner(f"letter {number}", f"{source.stem}-{number}", data)
        inner.kind = "mail"
        yield inner


QUOTED_FROM = re.compile(rb"(?m)^>(>*From )")


def read_mhtml(source: Source) -> Found:
    """The page of an MHTML file; its day is that of saving, not of publication."""
    message = _parsed(source.data)
    root, address = _root(message)
    if root is None:
        return unreadable(source, "holds no page")
    inner = Source(source.name, source.stem, _bytes(root), hint=root.get_content_charset())
    made = html.read_page(inner, address or source.name)
    for document in made.documents:
        document.title = document.title or _header(message, "Subject")
        document.address = address
        document.captured = _saved(message)
    source.encoding = inner.encoding
    return made


def _root(message: EmailMessage) -> tuple[EmailMessage | None, str | None]:
    """The part that is the page, and its address; frames and files that it shows are left out."""
    pages = [part for part in _parts(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    address = _header(message, "Snapshot-Content-Location") or _header(message, "Content-Location")
    start = str(message.get_param("start", "") or "")
    for part in pages:
        if (address and _header(part, "Content-Location") == address) or (
            start and _header(part, "Content-ID") == start
        ):
            return part, address
    first = pages[0] if pages else None
    return first, address or (_header(first, "Content-Location") if first is not None else None)


def _saved(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(_header(message, "Date") or "").strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
