"""MSG: a letter as Outlook keeps it, an OLE file of properties; its body once, what is attached by itself."""

from __future__ import annotations

import io
import struct
from datetime import UTC, datetime, timedelta
from typing import Any

import olefile

from variorum.read import mail, rtf
from variorum.read.document import Found, Source, unreadable
from variorum.read.encodings import canonical

__all__ = ["read", "unpacked_rtf"]

# Properties by number; the end of their stream's name is their type: 001F UTF-16, 001E a code page, 0102 bytes.
SUBJECT, SENDER, SENDER_ADDRESS, BODY, HTML, RTF = "0037", "0C1A", "0C1F", "1000", "1013", "1009"
NAME, LONG_NAME, DATA, MIME = "3704", "3707", "3701", "370E"
SENT, DELIVERED, PAGE, MESSAGE_PAGE = 0x0039, 0x0E06, 0x3FDE, 0x3FFD

MOST_STREAM = 100_000_000
DEEPEST = 4


def read(source: Source) -> Found:
    """The account of one letter; its files are read after it."""
    try:
        opened = olefile.OleFileIO(io.BytesIO(source.data))
    except Exception as error:  # the library checks a hostile structure and raises many things
        return unreadable(source, f"is damaged or no MSG ({error})")
    try:
        letter = _letter(opened, [], 0)
    except Exception as error:  # streams that point anywhere
        return unreadable(source, f"is damaged or no MSG ({type(error).__name__}: {error})")
    finally:
        opened.close()
    return mail.account(source, letter)


def _letter(opened: Any, at: list[str], depth: int) -> mail.Letter:
    numbers = _numbers(_stream(opened, [*at, "__properties_version1.0"]), 32 if not at else 24)
    page = canonical(f"cp{numbers.get(MESSAGE_PAGE) or numbers.get(PAGE) or 1252}") or "cp1252"

    def words(number: str) -> str | None:
        return _words(opened, at, number, page)

    letter = mail.Letter(title=words(SUBJECT), sender=words(SENDER) or words(SENDER_ADDRESS))
    letter.published = _day(numbers.get(SENT) or numbers.get(DELIVERED))
    letter.plain = words(BODY) or ""
    letter.page = _stream(opened, [*at, f"__substg1.0_{HTML}0102"]) or (words(HTML) or "").encode("utf-8", "replace")
    letter.page_encoding = _page_name(numbers.get(PAGE)) if letter.page else None
    if not letter.plain.strip() and not letter.page:
        packed = _stream(opened, [*at, f"__substg1.0_{RTF}0102"])
        letter.plain = rtf.Walk(unpacked_rtf(packed)).blocks.text if packed else ""
    for name in _storages(opened, at, "__attach_version1.0_#"):
        _attached(opened, [*at, name], letter, page, depth)
    return letter


def _attached(opened: Any, at: list[str], letter: mail.Letter, page: str, depth: int) -> None:
    name = _words(opened, at, LONG_NAME, page) or _words(opened, at, NAME, page) or "part"
    kind = (_words(opened, at, MIME, page) or "").lower()
    inner = [*at, f"__substg1.0_{DATA}000D"]
    data = _stream(opened, [*at, f"__substg1.0_{DATA}0102"])
    if kind.startswith("image/") or name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".bmp")):
        letter.pictures.append(name)
    elif data:
        letter.attached.append((name, kind, data))
    elif opened.exists([*inner, "__properties_version1.0"]) and depth < DEEPEST:
        within = _letter(opened, inner, depth + 1)
        letter.attached.append((f"{name}.eml", "message/rfc822", _as_mail(within)))
        letter.attached += within.attached
        letter.pictures += within.pictures


def _as_mail(letter: mail.Letter) -> bytes:
    """A letter in a letter, written as an e-mail, so that it is read as one."""
    from email.message import EmailMessage

    made = EmailMessage()
    for name, value in (("Subject", letter.title), ("From", letter.sender), ("Date", letter.published)):
        if value:
            made[name] = " ".join(value.replace("\0", " ").split())
    if letter.plain.strip():
        made.set_content(letter.plain)
    if letter.page:
        page = letter.page.decode(canonical(letter.page_encoding) or "utf-8", "replace")
        (made.add_alternative if letter.plain.strip() else made.set_content)(page, subtype="html")
    return made.as_bytes()


# --- properties ---------------------------------------------------------------------------------------------------


def _stream(opened: Any, path: list[str]) -> bytes:
    """The bytes of a stream, or nothing where it is not there."""
    if not opened.exists(path) or opened.get_type(path) != olefile.STGTY_STREAM or opened.get_size(path) > MOST_STREAM:
        return b""
    data: bytes = opened.openstream(path).read()
    return data


def _storages(opened: Any, at: list[str], prefix: str) -> list[str]:
    """The names of the folders just below a place that begin so, in order."""
    found = {
        path[len(at)]
        for path in opened.listdir(streams=True, storages=True)
        if path[: len(at)] == at and len(path) > len(at)
    }
    return sorted(name for name in found if name.startswith(prefix))


def _words(opened: Any, at: list[str], number: str, page: str) -> str | None:
    wide = _stream(opened, [*at, f"__substg1.0_{number}001F"])
    if wide:
        return wide.decode("utf-16-le", "replace").rstrip("\0") or None
    narrow = _stream(opened, [*at, f"__substg1.0_{number}001E"])
    return narrow.decode(page, "replace").rstrip("\0") or None if narrow else None


def _numbers(data: bytes, begin: int) -> dict[int, int]:
    """The values of fixed size: each takes 16 bytes, with type, number, flags and value."""
    found = {}
    for at in range(begin, len(data) - 15, 16):
        kind, number, _, value = struct.unpack_from("<HHIQ", data, at)
        if kind in (0x0003, 0x0040):
            found[number] = value & 0xFFFFFFFF if kind == 0x0003 else value
    return found


def _page_name(number: int | None) -> str | None:
    return "utf-8" if number == 65001 else canonical(f"cp{number}") if number else None


def _day(ticks: int | None) -> str | None:
    """A time in tenths of a millionth of a second since 1601, as the day in Greenwich."""
    if not ticks:
        return None
    try:
        return (datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)).date().isoformat()
    except OverflowError:
        return None


# --- RTF as Outlook packs it (MS-OXRTFCP) -------------------------------------------------------------------------

BEGINNING = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes "
    b"New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What the dictionary holds before the first byte is read."""

RING = 4096


def unpacked_rtf(data: bytes) -> bytes:
    """The RTF of a body that was packed by LZFu; what is damaged breaks off.

    >>> unpacked_rtf(bytes.fromhex("2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af9206878656c09"
    ...     "00206263056c6400000a80007d0fa0")[:30])[:10]
    b'{\\\\rtf1\\\\ans'
    """
    if len(data) < 16:
        return b""
    size, kind = struct.unpack_from("<I", data, 4)[0], data[8:12]
    if kind == b"MELA":
        return data[16 : 16 + size]
    ring = bytearray(BEGINNING.ljust(RING, b" "))
    write, at, out = len(BEGINNING), 16, bytearray()
    while at < len(data) and len(out) < min(size, MOST_STREAM):
        flags, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data):
                break
            if not flags >> bit & 1:
                piece, at = data[at : at + 1], at + 1
            elif at + 1 < len(data):
                offset, length, at = data[at] << 4 | data[at + 1] >> 4, (data[at + 1] & 15) + 2, at + 2
                if offset == write:
                    return bytes(out)
                piece = _copied(ring, offset, length, write)
            else:
                return bytes(out)
            for byte in piece:
                ring[write] = byte
                write = (write + 1) % RING
            out += piece
    return bytes(out)


def _copied(ring: bytearray, offset: int, length: int, write: int) -> bytes:
    """Bytes out of the ring, where a copy may run into what it itself has just written."""
    out = bytearray()
    for step in range(length):
        place = (offset + step) % RING
        ahead = (place - write) % RING
        out.append(out[ahead] if ahead < len(out) else ring[place])
    return bytes(out)
