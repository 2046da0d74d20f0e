"""The rules of mending, each a function from a text, a lexicon and what the collection prints to edits.

A rule changes a word only into one of the dictionary, and only where no other reading is near: a rare word, a name, a
spelling of its time or of a dialect stands as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from variorum.lists import toml
from variorum.ocr.lexicon import Lexicon
from variorum.spans import Edit

__all__ = ["RULES", "doubtful", "is_shape_of_a_common_word"]

WORD = re.compile(r"(?<![\w'’-])[^\W\d_]+(?![\w'’])")
LONGEST = 30
"""Letters of what may be a word."""

Rule = Callable[[str, Lexicon, Counter[str]], Iterator[Edit]]


def long_s(text: str, words: Lexicon, printed: Counter[str]) -> Iterator[Edit]:
    """A long s, as it is printed or read as f in a word that is none with it.

    >>> from variorum.ocr.lexicon import lexicon
    >>> [edit.new for edit in long_s("the ſhip was moft fafely in her houfe; a loft", lexicon("en"), Counter())]
    ['s', 'most', 'safely', 'house']
    """
    for match in re.finditer("ſ", text):
        yield Edit(match.start(), match.end(), "s", "long s")
    found = []
    count = 0
    for match in WORD.finditer(text):
        word = match[0]
        count += 1
        if "f" not in word or len(word) > LONGEST or words.known(word.lower()):
            continue
        made = [new for new in _with_s(word.lower()) if words.of(new) >= toml("ocr")["joins"]["least"]]
        if made:
            best = max(made, key=words.of)
            found.append(Edit(match.start(), match.end(), _cased(best, word), "long s"))
    known = toml("ocr")["long_s"]
    several = len({edit.new for edit in found}) >= known["different"] and len(found) >= known["share"] * count
    if several or (found and "ſ" in text):  # one alone may be a misprint of another kind
        yield from found


def _with_s(word: str) -> Iterator[str]:
    """The word with one, or all, of its letters f but the last as s."""
    places = [at for at, sign in enumerate(word[:-1]) if sign == "f"]
    for at in places:
        yield word[:at] + "s" + word[at + 1 :]
    if len(places) > 1:
        yield word[:-1].replace("f", "s") + word[-1]


def broken_line(text: str, words: Lexicon, printed: Counter[str]) -> Iterator[Edit]:
    """A word that the end of a line parts without a hyphen, or with what a reading made of it.

    >>> from variorum.ocr.lexicon import lexicon
    >>> text = "a joint num\\nber of ma\\nchine guns, Al?\\nbert said in\\nto"
    >>> [text[edit.start : edit.end] for edit in broken_line(text, lexicon("en"), Counter(["albert"]))]
    ['num\\nber', 'ma\\nchine', 'Al?\\nbert']
    """
    found = list(_line_ends().finditer(text))
    habits = Counter(match[2] for match in found if match[2])
    for match in found:
        left, sign, right = match.groups()
        meant = bool(sign) and habits[sign] >= toml("ocr")["joins"]["habit"]
        if left[1:] != left[1:].lower() or (_stands_alone(left, right, words) and not meant):
            continue
        whole = (left + right).lower()
        seen = printed[whole] >= 1 or any(words.of(one) for one in (whole, *words.american(whole)))
        if seen and (sign or len(whole) >= 4):
            yield Edit(match.start(), match.end(), left + right, "broken word")


@cache
def _line_ends() -> re.Pattern[str]:
    signs = re.escape(toml("ocr")["joins"]["signs"])
    return re.compile(rf"(?<![\w'’])([^\W\d_]+)([{signs}]?)[ \t]{{0,3}}\n[ \t]{{0,3}}([a-z]+)(?![\w'’])")


def _stands_alone(left: str, right: str, words: Lexicon) -> bool:
    """True for two pieces that are words each."""
    return words.whole(left.lower()) and words.whole(right)


def broken_word(text: str, words: Lexicon, printed: Counter[str]) -> Iterator[Edit]:
    """A word with a space in it, one of whose pieces is in no dictionary.

    >>> from variorum.ocr.lexicon import lexicon
    >>> text = "the num ber of muni tions w as large, et cetera, vis a vis"
    >>> [edit.new for edit in broken_word(text, lexicon("en"), Counter())]
    ['number', 'munitions', 'was']
    """
    least = toml("ocr")["joins"]["least"]
    end = 0
    for match in re.finditer(r"(?<![\w'’.-])([A-Za-z]?[a-z]*) (?=([a-z]+)(?![\w'’-]))", text):
        left, right = match[1], match[2]
        if not left or match.start() < end:
            continue
        pieces = (left.lower(), right)
        odd = [piece for piece in pieces if words.of(piece) == 0 or (len(piece) == 1 and piece not in ("a", "i", "o"))]
        if not odd or len(right) == 1 or (pieces[0] in ("a", "i") and words.known(right)):
            continue
        whole = left.lower() + right
        if len(whole) >= 3 and words.of(whole) >= least and not any(words.known(one) for one in odd if len(one) > 1):
            end = match.end() + len(right)
            yield Edit(match.start(), end, left + right, "broken word")


# --- misread letters ----------------------------------------------------------------------------------------------


@cache
def _pairs(which: str) -> tuple[tuple[str, str], ...]:
    told = (pair.split() for pair in toml("ocr")["misread"][which].replace("\n", "").split("|"))
    return tuple((pair[0], pair[1]) for pair in told if len(pair) == 2)


def misread(text: str, words: Lexicon, printed: Counter[str]) -> Iterator[Edit]:
    """A word in no dictionary that is one with a single shape read as another, and stands right elsewhere.

    >>> from variorum.ocr.lexicon import lexicon
    >>> text = "fonr men nnder the pler at Tolven Island; thar she blows, said Hale of Islnnd"
    >>> seen = Counter({"four": 3, "under": 2, "pier": 2, "island": 4})
    >>> [(text[edit.start : edit.end], edit.new) for edit in misread(text, lexicon("en"), seen)]
    [('fonr', 'four'), ('nnder', 'under'), ('pler', 'pier'), ('Islnnd', 'Island')]
    """
    known: dict[str, str | None] = {}
    found = []
    for match in WORD.finditer(text):
        word = match[0]
        if not 3 <= len(word) <= LONGEST or not (word.islower() or word.istitle()):
            continue
        if word not in known:
            known[word] = _printed_as(word, words, printed)
        if new := known[word]:
            found.append(Edit(match.start(), match.end(), _cased(new, word), "misread"))
    small = {edit.new for edit in found if edit.new.islower()}
    yield from (edit for edit in found if edit.new.islower() or len(small) >= toml("ocr")["misread"]["proof"])


def _printed_as(word: str, words: Lexicon, printed: Counter[str]) -> str | None:
    """The one word that may have been printed where this one was read, or None."""
    rules, low = toml("ocr")["misread"], word.lower()
    if words.known(low) or (printed[low] >= rules["trusted"] and not _is_common_misreading(low, words)):
        return None
    least = rules["common"] if len(low) < rules["shortest"] else 1
    if word[0].isupper():
        least = max(least, rules["capital"])
    made = {new for new in _candidates(low) if words.of(new) >= least}
    fit = [new for new in made if words.of(new) >= rules["frequent"] or printed[new] >= rules["seen"]]
    if not fit:
        return None
    ranked = sorted(made, key=lambda new: -_weight(new, words, printed))
    if ranked[0] not in fit:
        return None
    clear = len(ranked) == 1 or _weight(ranked[0], words, printed) >= rules["lead"] * _weight(ranked[1], words, printed)
    return ranked[0] if clear else None


def _is_common_misreading(low: str, words: Lexicon) -> bool:
    """True for a form one shape away from one of the commonest words: ``thc`` may stand a hundred times."""
    return any(words.of(new) >= toml("ocr")["misread"]["common"] for new in _candidates(low))


def is_shape_of_a_common_word(low: str, words: Lexicon, least: int | None = None) -> bool:
    """True for a word in no dictionary that is one shape away from a common one."""
    rules = toml("ocr")["misread"]
    least = rules["common"] if len(low) < rules["shortest"] else least or rules["frequent"]
    return any(words.of(new) >= least for new in _candidates(low))


def _weight(new: str, words: Lexicon, printed: Counter[str]) -> float:
    return words.of(new) * (1 + 10 * min(printed[new], 20))


def _candidates(low: str) -> Iterator[str]:
    for read, was in _pairs("short" if len(low) < toml("ocr")["misread"]["shortest"] else "pairs"):
        at = low.find(read)
        while at >= 0:
            yield low[:at] + was + low[at + len(read) :]
            at = low.find(read, at + 1)


def _cased(new: str, like: str) -> str:
    return new.capitalize() if like[0].isupper() else new


RULES: tuple[Rule, ...] = (broken_line, long_s, broken_word, misread)
"""The rules in their order."""


# --- what is left in doubt ----------------------------------------------------------------------------------------

TOKEN = re.compile(r"\S+")
MIXED = re.compile(r"[$£€]?(?=\S*\d)(?=\S*[^\W\d_])[\w.,()'’$|/\\^*-]{2,}")
FINE = re.compile(
    r"\d{1,3}(?:st|nd|rd|th|d|s|m|km|mm|cm|in|ft|lb|lbs|kg|mph|pdr|in\.|pm|am|p\.m\.|a\.m\.|[a-c])[.,;:]?|[A-Za-z]{1,3}[.-]?\d{1,4}[.,;:]?"
    r"|\d{1,4}-(?:[a-z]+-?){1,3}[.,;:]?|\(?\d{1,4}[)\].,;:]*|\d{1,3}ers|mid-\d{4}s?[.,;]?|\d{2,4}'?s[.,;]?",
    re.IGNORECASE,
)
GROUPED = re.compile(r"[$£]?\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,2})?")


def doubtful(text: str, words: Lexicon, printed: Counter[str], edits: Sequence[Edit]) -> Iterator[tuple[int, int]]:
    """The stretches that may have been read wrongly and were not mended: odd words, numbers with letters in them, lines
    of which most is neither.

    >>> from variorum.ocr.lexicon import lexicon
    >>> text = "lost 2.V).0O0 and B.ono.noo, or 3011,1100, the ttonboaring said on the 4th of 12-pounders, $10,310,000"
    >>> [text[a:b] for a, b in doubtful(text, lexicon("en"), Counter(), [])]
    ['2.V).0O0', 'B.ono.noo', '3011,1100', 'ttonboaring']
    """
    mended = [(edit.start, edit.end) for edit in edits]
    for match in re.finditer(r"[^\n]+", text):
        yield from _of_line(match, words, printed, mended)


def _of_line(
    line: re.Match[str], words: Lexicon, printed: Counter[str], mended: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    tokens = [(line.start() + m.start(), line.start() + m.end(), m[0]) for m in TOKEN.finditer(line[0])]
    odd = [_is_odd(token, words, printed) and not _inside(a, b, mended) for a, b, token in tokens]
    if len(tokens) >= 4 and sum(odd) >= 0.5 * len(tokens):
        yield line.start() + len(line[0]) - len(line[0].lstrip()), line.start() + len(line[0].rstrip())
        return
    for (a, b, token), is_odd in zip(tokens, odd, strict=True):
        if is_odd:
            lead = len(token) - len(token.lstrip("([\"'“‘"))
            tail = len(token) - len(token.rstrip(".,;:!?\"'”’)]"))
            if lead + tail < len(token):
                yield (
                    a + lead,
                    b - (tail if not any(c.isdigit() for c in token) else len(token) - len(token.rstrip(".,;:"))),
                )


def _inside(a: int, b: int, mended: Sequence[tuple[int, int]]) -> bool:
    return any(start < b and a < end for start, end in mended)


SHORT_FORM = re.compile(r"(?:[a-z]\.){1,4}[a-z]?|[a-z]{1,4}\.[a-z]{1,4}|(?:[a-z]{2,}\.){1,4}[a-z]{2,}")
"""``e.g``, ``p.m``, the name of a site."""


def _is_odd(token: str, words: Lexicon, printed: Counter[str]) -> bool:
    bare = token.strip("([\"'“‘.,;:!?”’)]-—")
    if any(c.isdigit() for c in bare):
        return _is_odd_number(bare)
    if not bare or not any(c.isalpha() for c in bare):
        return len(token) > 2 and not re.fullmatch(r"[.*_—–-]+", token)
    if re.search(r"[A-Z]\.[a-z]{2,}\.", token):
        return True
    if not bare[0].islower():
        bare = bare.replace("'", "").replace("’", "")
        return (
            sum(c.isalpha() for c in bare) < 0.7 * len(bare)
            and "-" not in bare
            and "." not in bare[1:-1].replace(".", "", 1)
        )
    parts = [part for part in re.split(r"[-–—/]", bare) if part]
    return any(_is_odd_word(part, words, printed) for part in parts)


def _is_odd_word(part: str, words: Lexicon, printed: Counter[str]) -> bool:
    low = part.lower().replace("’", "'").replace("‘", "'").replace("´", "'")
    if len(low) < 3 or not low.isascii():
        return not low.isascii() and not low.isalpha() and len(low) > 1
    if not low.replace("'", "").isalpha():
        return not SHORT_FORM.fullmatch(low)
    return not words.known(low) and printed[low] < toml("ocr")["misread"]["trusted"]


def _is_odd_number(bare: str) -> bool:
    if (MIXED.fullmatch(bare) and not FINE.fullmatch(bare)) or re.fullmatch(r"0\d{2,}", bare):
        return True
    commas = bare.strip("$£€()")
    if "," not in commas or not re.fullmatch(r"[\d,]+", commas):
        return False
    return not (GROUPED.fullmatch(commas) or re.fullmatch(r"[0-3]?\d,[12]\d{3}", commas))
