"""The encoding of a text: a mark, UTF-8, what the file or its list says, else the letters that its words make.

Each word with foreign letters is read in each encoding, and held against the letters that follow each other in the
words of thirty languages (``data/letters.csv``, by ``training/letters.py``). What cannot be told is told as a doubt.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from charset_normalizer import from_bytes

from variorum import lists

__all__ = ["Decoded", "canonical", "declared", "decoded"]

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
HEAD = 4096
SAMPLE = 200_000
"""Bytes in which words are looked for."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding in which it was read, and what is doubtful about that.

    ``others`` are encodings that came close to the one chosen.
    """

    text: str
    encoding: str
    doubt: str | None = None
    others: tuple[str, ...] = ()


def decoded(
    data: bytes, given: str | None = None, beside: Iterable[str] = (), hint: str | None = None
) -> Decoded | None:
    """The text of some bytes, or None where they are no text in any encoding.

    ``given`` is the encoding that a person names, ``hint`` one that the file or its server names, which is taken where
    the bytes are no UTF-8; ``beside`` are those that files of the same folder are known to have.

    >>> decoded("The mayor, Józef Święcicki, left Łódź.".encode("cp1250")).text
    'The mayor, Józef Święcicki, left Łódź.'
    >>> decoded("Здравствуйте, дорогие читатели газеты".encode("koi8-r")).encoding
    'koi8-r'
    """
    if named := _named(data, given):
        return named
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _whole(data, encoding)
    if wide := _wide(data[:HEAD]):
        return _whole(data, wide)
    if ESCAPES.search(data[:SAMPLE]):
        return _whole(data, "iso2022_jp_2")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _named(data, hint) or _nearly(data) or _likely(data, tuple(beside))


def canonical(name: str | None) -> str | None:
    """The name of an encoding as it is listed here; None where there is no such encoding.

    >>> canonical("windows-1251"), canonical("ISO-8859-1"), canonical("x-unknown")
    ('cp1251', 'cp1252', None)
    """
    try:
        found = codecs.lookup((name or "").strip())
        text = found._is_text_encoding
    except (LookupError, ValueError):
        return None
    if not text:  # base64, zip and the like are no encodings of a text
        return None
    return WEB.get(found.name, found.name)


WEB = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "euc_kr": "cp949", "shift_jis": "cp932", "tis-620": "cp874", "iso8859-11": "cp874",
}  # fmt: skip
"""Names of encodings by which files mean a larger one (the WHATWG's Encoding Standard)."""


def _named(data: bytes, given: str | None) -> Decoded | None:
    """The text in the encoding that is named, unless there is no such one or it plainly does not fit."""
    if not given or any(data.startswith(mark) for mark, _ in MARKS):
        return None
    encoding = canonical(given)
    if encoding is None:
        return None
    made = _whole(data, encoding)
    return None if made.doubt and made.text.count("\ufffd") > 3 and encoding.startswith("utf") else made


def _whole(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        lost = text.count("\ufffd")
        return Decoded(text, encoding, f"holds {lost} {'sign' if lost == 1 else 'signs'} that {encoding} does not have")


# --- what the bytes themselves say -------------------------------------------------------------------------------

DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})|charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""",
    re.I,
)


def declared(data: bytes) -> str | None:
    """The encoding that the head of an XML or HTML file names.

    >>> declared(b'<html><meta charset="windows-1254">'), declared(b"<p>charset")
    ('windows-1254', None)
    """
    match = DECLARED.search(data[:HEAD])
    return (match[1] or match[2]).decode("ascii") if match else None


def _wide(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: zeros, or one and the same few bytes, at every other place."""
    if len(head) < 8:
        return None
    if len(head) % 4 == 0 and head[3::4].count(0) == len(head) // 4 > 2 and head[2::4].count(0) == len(head) // 4:
        return "utf-32-le"
    even, odd = head[::2], head[1::2]
    zeros, others = (even, odd) if even.count(0) > odd.count(0) else (odd, even)
    if zeros.count(0) < 0.02 * len(zeros) or others.count(0) > 0.1 * zeros.count(0):
        return None
    encoding = "utf-16-be" if zeros is even else "utf-16-le"
    text = head[: len(head) // 2 * 2].decode(encoding, errors="replace")
    good = sum(c.isalnum() or c.isspace() or unicodedata.category(c)[0] in "PS" for c in text)
    few = len(set(zeros)) <= 8 or zeros.count(0) > 0.3 * len(zeros)
    return encoding if few and good > 0.95 * len(text) else None


ESCAPES = re.compile(rb"\x1b(?:\$[@AB]|\([BIJ])")
"""With these a text of seven bits changes to Japanese letters and back (ISO 2022)."""

MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HIGH = re.compile(rb"[\x80-\xff]")


def _nearly(data: bytes) -> Decoded | None:
    """UTF-8 with a few wrong bytes, which are read one by one as Windows-1252."""
    good = sum(len(match[0]) for match in MULTIBYTE.finditer(data))
    high = len(HIGH.findall(data))
    if good < 4 or high - good > 0.25 * high:
        return None
    parts, at, wrong = [], 0, 0
    while True:
        try:
            parts.append(data[at:].decode("utf-8"))
            break
        except UnicodeDecodeError as error:
            parts.append(data[at : at + error.start].decode("utf-8"))
            parts.append(data[at + error.start : at + error.end].decode("cp1252", errors="replace"))
            at, wrong = at + error.end, wrong + 1
    several = "1 place" if wrong == 1 else f"{wrong} places"
    return Decoded("".join(parts), "utf-8", f"is UTF-8 but in {several}, which were read as Windows-1252")


# --- what the words make likely ----------------------------------------------------------------------------------


def _table() -> dict[str, Any]:
    return lists.toml("encodings")


Letters = dict[str, float]
"""Points for each pair of letters, a space for the edge of a word; single letters are those the language has."""


@cache
def _languages(script: str) -> tuple[tuple[str, Letters], ...]:
    """The languages of a script, each with its pairs of letters."""
    found: dict[str, Letters] = {}
    for row in lists.rows("letters"):
        if row["script"] == script:
            pairs = found.setdefault(row["language"], {})
            first, follows = row["first"].replace("_", " "), row["follows"].replace("_", " ")
            pairs[first] = 0.0
            for at in range(0, len(follows) - 1, 2):
                pairs[first + follows[at]] = (33 - ord(follows[at + 1])) * QUARTER_BIT
    return tuple(found.items())


QUARTER_BIT = 0.1733
"""A quarter of a bit in natural logarithms: what one step of a sign in ``data/letters.csv`` stands for."""

WORD = re.compile(rb"(?<![A-Za-z\x80-\xff'-])[A-Za-z'-]*+[\x80-\xff][A-Za-z\x80-\xff'-]*+")
CJK = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


def _likely(data: bytes, beside: Sequence[str]) -> Decoded | None:
    """The text in the encoding that makes the likeliest words."""
    known = _table()
    pieces = _pieces(data)
    ranked = sorted(((_points(pieces, name, name in beside), name) for name in known["tried"]), reverse=True)
    best, chosen = ranked[0]
    foreign = sum(len(HIGH.findall(piece)) for piece in pieces)
    unlikely = best - known["tried"][chosen][0] < known["doubt"]["unlikely"] * foreign
    if len(HIGH.findall(data[:HEAD])) > 0.3 * len(data[:HEAD]) and (eastern := _eastern(data)):
        return eastern
    text = data.decode(chosen, errors="replace")
    sample = b"\n".join(pieces)
    shown = sample.decode(chosen, errors="replace")
    near = [name for points, name in ranked[1:] if best - points < known["doubt"]["margin"]]
    others = tuple(name for name in near if sample.decode(name, errors="replace") != shown)
    words = sorted((word for word in WORDS.findall(shown) if not word.isascii()), key=len, reverse=True)
    example = f" (it holds {', '.join(words[:3])})" if words else ""
    doubt = None
    if others:
        doubt = f"its encoding was guessed as {chosen}, and {' or '.join(others[:3])} is nearly as likely"
    elif unlikely:
        doubt = f"no encoding makes likely words of it; it was read as {chosen}"
    elif "\ufffd" in text:
        doubt = f"it was read as {chosen}, which does not have all of its signs"
    return Decoded(text, chosen, doubt and f"is not UTF-8; {doubt}{example}", others)


def _pieces(data: bytes) -> list[bytes]:
    """Different words with a high byte, each with the byte before it and after it."""
    found: dict[bytes, None] = {}
    for match in WORD.finditer(data, 0, SAMPLE):
        start, end = match.span()
        if end - start < 60:
            found[data[max(0, start - 2) : end + 2]] = None
        if len(found) >= _table()["doubt"]["words"]:
            break
    return list(found)


def _points(pieces: Sequence[bytes], encoding: str, beside: bool) -> float:
    """How likely an encoding is, in natural logarithms."""
    known = _table()
    begin, script = known["tried"][encoding]
    read = [piece.decode(encoding, errors="replace") for piece in pieces]
    points: float = begin + known["doubt"]["neighbour"] * beside + sum(_signs(text) for text in read)
    words = [word for text in read for word in WORDS.findall(text) if not word.isascii()]
    points += sum(_shape(word) for word in words)
    points += known["signs"]["number"] * sum(map(_numbered, read))
    if script != "latin" and max(map(len, words), default=0) < 3:
        points += known["signs"]["alone"]
    return points + _spelling([word.lower() for word in words], script)


WORDS = re.compile(r"[^\W\d_²³¹¼½¾]+")


DIGITS = frozenset("0123456789")


def _numbered(text: str) -> int:
    """How many digits of a text stand beside a letter that is none of ASCII."""
    kinds = ["d" if c in DIGITS else "l" if c > "\x7f" and c.isalpha() else "" for c in text]
    return sum(a + b in ("dl", "ld") for a, b in pairwise(kinds))


def _spelling(words: Sequence[str], script: str) -> float:
    """Points of some words in the language that fits them best, or in several where that fits better."""
    languages = _languages(script)
    table = [[_word(word, pairs) for word in words] for _, pairs in languages]
    if not words:
        return 0.0
    whole = [sum(row) for row in table]
    best = max(range(len(table)), key=whole.__getitem__)
    mixed, used = 0.0, {best}
    for column in range(len(words)):
        other = max(range(len(table)), key=lambda row: table[row][column])
        gain = table[other][column] - table[best][column]
        cost = 0.0 if other in used else _table()["doubt"]["switch"]
        if gain > cost:
            used.add(other)
            mixed += gain - cost
    return whole[best] + mixed


def _word(word: str, pairs: Letters) -> float:
    """Points of a word in a language: of each pair of neighbours of which one is no letter of ASCII."""
    signs = _table()["signs"]
    points = 0.0
    edged = f" {word} "
    for first, second in pairwise(edged):
        if first <= "\x7f" and second <= "\x7f":
            continue
        if first + second in pairs:
            points += pairs[first + second]
        else:
            points += signs["unseen"] if second in pairs and first in pairs else signs["alien"]
    return points


def _shape(word: str) -> float:
    signs = _table()["signs"]
    inner = sum(a.islower() and b.isupper() for a, b in pairwise(word))
    scripts = {_script(c) for c in word}
    return float(inner * signs["inner_capital"] + (len(scripts) - 1) * signs["mixed"])


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]


OPENING, CLOSING = "“‘«„‚‹¿¡", "”’»“‘›"


def _signs(text: str) -> float:
    """Points of the high signs of a piece that are no letters, by what stands before and after them."""
    points = 0.0
    for at, sign in enumerate(text):
        if sign > "\x7f" and not sign.isalpha():
            points += _sign(sign, text[:at], text[at + 1 :])
    return points


def _sign(sign: str, left: str, right: str) -> float:
    """Points of one sign between what stands left and right of it in its word."""
    known = _table()["signs"]
    before, after = left[-1:] or " ", right[:1] or " "
    touched = before.isalpha() or after.isalpha()
    if sign == "\ufffd" or unicodedata.category(sign) in ("Cc", "Co", "Cn"):
        return float(known["control"])
    if before.isalpha() and after.isalpha():
        return float(known["placed" if _joins(sign, left, right) else "inside"])
    if _placed(sign, left, right):
        return float(known["placed"])
    if sign in OPENING + CLOSING or touched:
        return float(known["beside" if touched else "misplaced"])
    return float(known["rare"] if sign < "\u00c0" and sign not in "¨¯´¸¤" else known["odd"])


ENDINGS = re.compile(r"(?:s|t|d|m|ll|re|ve)(?![^\W_])", re.IGNORECASE)
BEGINNINGS = re.compile(r"(?:^|[^\w])(?:o|d|l|qu|dell|all|nell|c|n|s|j|m)$", re.IGNORECASE)


def _joins(sign: str, left: str, right: str) -> bool:
    """True for an apostrophe of a short form, and a dash or a soft hyphen, between two letters."""
    if sign == "’":
        return bool(ENDINGS.match(right) or BEGINNINGS.search(left))
    return sign in "–—\u00ad"


def _placed(sign: str, left: str, right: str) -> bool:
    """True where a sign stands as one is used to see it."""
    before, after = left[-1:] or " ", right[:1] or " "
    if sign in OPENING and not before.isalnum() and not after.isspace():
        return True
    if sign in CLOSING and not before.isspace() and not after.isalnum():
        return True
    if sign in "–—―•·\u00a0":
        return before.isalnum() == after.isalnum()
    if sign == "…":
        return not after.isalnum()
    if sign in "§№":
        return not after.isalpha()
    return sign in "€£¥°½¼¾²³±" and any(c.isdigit() for c in left[-2:] + right[:2])


def _eastern(data: bytes) -> Decoded | None:
    """Text in an encoding of several bytes a sign, as charset-normalizer tells it."""
    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        return None
    text = data.decode(best.encoding, errors="replace")
    seen = len(CJK.findall(text[:SAMPLE]))
    if seen < 8 or seen < 0.5 * sum(c > "\x7f" for c in text[:SAMPLE]):
        return None
    return Decoded(text, best.encoding, f"is not UTF-8; its encoding was guessed as {best.encoding}")
