"""In which language a text is written: by the words of a pack at a glance, else by py3langid, else not said.

A whole account is judged, never a sentence alone (five sentences together are told right in eleven languages of eleven;
single ones of close languages nine times in ten). The paragraphs of an account in a language that the program reads may
still be in another.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any

from variorum.languages.packs import packs
from variorum.lists import toml

__all__ = ["direction", "foreign_paragraphs", "identify"]

WORD = re.compile(r"[^\W\d_]+")
PARAGRAPH = re.compile(r"[^\n\f]+")
UNDETERMINED = "und"
_LEFTWARD = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufeff\U00010800-\U0001efff]")
"""The blocks outside of which no letter is written from right to left."""


def identify(text: str, stated: str | None = None) -> str | None:
    """The code of the language of a text; ``und`` where it is another than English and not told which.

    None says that the text is too short, or too odd, to tell, and may well be English. What the text's file states is
    followed between languages that the model takes for likely.

    >>> identify("The crew of the ferry had not been told that the door was open when they left the quay.")
    'en'
    >>> identify("Паром затонул в проливе вечером семнадцатого ноября, сообщила береговая охрана.")
    'ru'
    >>> identify("Port Asker, 31"), identify("Порт")
    (None, 'und')
    """
    known = toml("languages")["identify"]
    sample = _sample(text, known["sample"])
    if code := _at_a_glance(sample):
        return code
    letters = sum(map(str.isalpha, sample))
    code, share = ("", 0.0) if letters < known["letters"] else _by_model(sample, stated)
    if share >= known["share"] and code not in ("zxx", ""):
        return code
    return None if _may_be_english(sample) else UNDETERMINED


def _sample(text: str, size: int) -> str:
    """The text, or of a long one as much from its beginning, middle and end."""
    if len(text) <= size:
        return text
    third = size // 3
    middle = len(text) // 2
    return " ".join((text[:third], text[middle : middle + third], text[-third:]))


def _at_a_glance(sample: str) -> str | None:
    """The language of the pack whose words the text has in plenty."""
    words = [word.lower() for word in WORD.findall(sample)]
    if not words:
        return None
    for code, pack in packs().items():
        found = [word for word in words if word in pack.words]
        if len(found) >= pack.share * len(words) and len(set(found)) >= pack.least:
            return code
    return None


@cache
def _model() -> Any:
    from py3langid import modelio
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    modelio.tempfile = SimpleNamespace(TemporaryFile=lambda **_: io.BytesIO())  # else it unpacks on the disk
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _by_model(sample: str, stated: str | None = None) -> tuple[str, float]:
    """The likeliest language with the model's share, those that it cannot part taken together."""
    same = toml("languages")["same"]
    shares: dict[str, float] = {}
    for code, share in _model().rank(sample.encode("utf-8", "replace").decode("utf-8")):
        shares[same.get(code, code)] = shares.get(same.get(code, code), 0.0) + share
    if stated and shares.get(stated, 0.0) >= toml("languages")["identify"]["stated"]:
        return stated, 1.0
    return max(shares.items(), key=lambda one: one[1])


def _may_be_english(sample: str) -> bool:
    """True for a text without letters, or one nearly all of whose letters are Latin ones, and most a to z."""
    letters = [c for c in sample if c.isalpha()]
    known = toml("languages")["identify"]
    latin = sum(c < "\u0250" or "\u1e00" <= c < "\u1f00" or "\ufb00" <= c < "\ufb07" for c in letters)
    plain = sum(c.isascii() for c in letters)
    return bool(latin >= known["latin"] * len(letters) and plain >= known["plain"] * len(letters))


def foreign_paragraphs(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """The long paragraphs of a text that are in another language than the text, each with its own.

    >>> english = "The crew of the ferry had not been told that the door was open when they left the quay."
    >>> french = "Le bac a coulé dans le détroit pendant la nuit, et le commandant n'a pas pu prévenir les passagers."
    >>> [(start, code) for start, _, code in foreign_paragraphs(english + "\\n\\n" + french * 2, "en")]
    [(89, 'fr')]
    """
    known = toml("languages")["identify"]
    for match in PARAGRAPH.finditer(text):
        words = match[0].strip()
        if len(words) < known["paragraph"] or sum(map(str.isalpha, words)) < known["paragraph"]:
            continue
        if (found := _at_a_glance(words[: known["sample"]])) is None:
            found, share = _by_model(words[: known["sample"]])
            found = found if share >= known["sure"] else language
        if found not in (language, "zxx", UNDETERMINED):
            start = match.start() + match[0].index(words[0])
            yield start, start + len(words), found


def direction(text: str) -> str:
    """``rtl`` for a text most of whose letters are written from right to left, else ``ltr``.

    >>> direction("غرقت العبارة"), direction("The ferry"), direction("31")
    ('rtl', 'ltr', 'ltr')
    """
    if _LEFTWARD.search(text, 0, 2000) is None:
        return "ltr"
    right = left = 0
    for sign in text[:2000]:
        kind = unicodedata.bidirectional(sign)
        right += kind in ("R", "AL")
        left += kind == "L"
    return "rtl" if right > left else "ltr"
