"""Anchors: a place in a witness, held by its words, so that it is found again when the text has changed a little.

An anchor keeps the hash of the witness's text, the position, the exact words and some words before and after. Where the
hash is the same the position holds. Where the text has changed, the exact words must stand there again and the words
around them must be the same as far as they go; sentences may also have changed a little within. What can be meant by
nothing, or by two places alike, is lost and says so: an anchor never moves to words that merely look alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator
from rapidfuzz import fuzz

__all__ = ["Anchor", "Lost", "Place", "Text", "Texts", "anchored"]

AROUND = 72
"""Characters kept before and after the words: about twelve words of each side."""
LEAST = 4
"""Words around that must be the same, both sides together, for words in a changed text to be the ones meant."""
AHEAD = 2
"""By how many words around the place meant must be ahead of every other place with the same words."""
LONG = 8
"""Words from which a stretch is a sentence: found once, it needs no words around, and may have changed within."""
LIKE, UNLIKE = 88.0, 75.0
"""Likeness in percent (rapidfuzz) that a changed sentence must reach, and that no second place may."""
MOST = 20_000
"""Characters that an anchor may hold."""
SEARCHED = 400_000
"""In longer texts a changed sentence is not looked for: that takes too long, and too much is like it."""
PLACES = 2_000
"""Places with the same words that are compared; more are too many to tell apart."""

Words = Annotated[str, Field(max_length=MOST)]


class Anchor(BaseModel):
    """Words of a witness and where they stand; offsets are characters of the text as read.

    >>> text = "The ferry sank. At least 31 people died, the operator said."
    >>> anchored(Text("a", "h1", text), 25, 27).before
    'The ferry sank. At least '
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    witness: Annotated[str, Field(min_length=1, max_length=1000)]
    sha256: Annotated[str, Field(max_length=64)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    text: Annotated[str, Field(min_length=1, max_length=MOST)]
    before: Annotated[str, Field(max_length=400)] = ""
    after: Annotated[str, Field(max_length=400)] = ""

    @model_validator(mode="after")
    def _forwards(self) -> Anchor:
        if self.end <= self.start:
            raise ValueError("an anchor ends after it starts")
        return self


class Place(NamedTuple):
    """Where an anchor's words stand now; ``moved`` says that the text is not the one they were taken from."""

    witness: str
    start: int
    end: int
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """An anchor whose words are not there any more, or not for certain, with the reason in a sentence."""

    witness: str
    why: str


@dataclass
class Text:
    """The text of a witness with its hash."""

    witness: str
    sha256: str
    text: str

    @cached_property
    def folded(self) -> tuple[str, list[int]]:
        """The text with each run of blanks as one space, and where each of its characters stands."""
        return _folded(self.text)


@dataclass
class Texts:
    """The witnesses that anchors are looked up in, by id and by hash."""

    by_name: Mapping[str, Text]
    _by_hash: dict[str, list[Text]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.by_name.values():
            self._by_hash.setdefault(one.sha256, []).append(one)

    @classmethod
    def of(cls, texts: Mapping[str, tuple[str, str]]) -> Texts:
        """From witnesses' ids to hash and text."""
        return cls({name: Text(name, sha, text) for name, (sha, text) in texts.items()})

    def account(self, witness: str, sha256: str) -> Text | Lost:
        """The witness of an id and a hash: by both, else by its hash alone, else by its id alone."""
        named = self.by_name.get(witness)
        if named is not None and named.sha256 == sha256:
            return named
        same = self._by_hash.get(sha256, []) if sha256 else []
        if len(same) == 1:
            return same[0]
        if named is not None:
            return named
        if same:
            return Lost(witness, f"no account is called {witness} any more, and several have its text")
        return Lost(witness, f"the account {witness} is not there any more")

    def find(self, anchor: Anchor, whole: bool = False) -> Place | Lost:
        """Where an anchor's words stand now; with ``whole`` a sentence may have changed a little within.

        >>> old = Text("a", "h1", "The ferry sank. At least 31 people died, the operator said.")
        >>> anchor = anchored(old, 25, 27)
        >>> new = Texts.of({"a": ("h2", "Corrected. The ferry sank. At least 31 people died, the firm said.")})
        >>> new.find(anchor)
        Place(witness='a', start=36, end=38, moved=True)
        >>> gone = Texts.of({"a": ("h3", "Of 31 boats none was near. It sank; at least 34 people died.")})
        >>> gone.find(anchor).why
        'its words “31” do not stand in a any more where they stood; what was around them has changed'
        """
        account = self.account(anchor.witness, anchor.sha256)
        if isinstance(account, Lost):
            return account
        if account.sha256 == anchor.sha256 and account.text[anchor.start : anchor.end] == anchor.text:
            return Place(account.witness, anchor.start, anchor.end)
        return _again(anchor, account, whole)


def anchored(account: Text, start: int, end: int) -> Anchor:
    """The anchor of a stretch of a witness; raises ``ValueError`` where the stretch is not in its text."""
    if not 0 <= start < end <= len(account.text):
        raise ValueError(f"{account.witness} has {len(account.text)} characters and no stretch {start}-{end}")
    before = account.text[max(0, start - AROUND) : start]
    after = account.text[end : end + AROUND]
    return Anchor(
        witness=account.witness,
        sha256=account.sha256,
        start=start,
        end=end,
        text=account.text[start:end],
        before=before.partition(" ")[2] if start > AROUND and " " in before[:-1] else before,
        after=after.rpartition(" ")[0] if end + AROUND < len(account.text) and " " in after[1:] else after,
    )


def _again(anchor: Anchor, account: Text, whole: bool) -> Place | Lost:
    """The place of the anchor's words in a text that has changed."""
    words = _folded(anchor.text)[0].strip()
    if not words:
        return _gone(anchor, "are only blanks")
    folded, at = account.folded
    seen: list[tuple[int, int]] = []
    for start in _places(words, anchor, folded):
        seen.append((_around(anchor, folded, start, start + len(words)), start))
        if len(seen) > PLACES:
            return _gone(anchor, f"stand in more than {PLACES} places of {account.witness}")
    seen.sort(key=lambda one: -one[0])
    if not seen:
        return _changed(anchor, account, words) if whole else _not_there(anchor, account)
    best, start = seen[0]
    if len(seen) > 1 and best < seen[1][0] + AHEAD:
        return _gone(anchor, f"stand in {len(seen)} places of {account.witness} that are alike")
    if best < min(LEAST, _known(anchor)) and not (len(seen) == 1 and len(words.split()) >= LONG):
        return _gone(
            anchor,
            f"do not stand in {account.witness} any more where they stood; what was around them has changed",
        )
    return Place(account.witness, at[start], at[start + len(words) - 1] + 1, True)


def _gone(anchor: Anchor, why: str) -> Lost:
    shown = " ".join(anchor.text.split())
    return Lost(anchor.witness, f"its words “{shown if len(shown) < 90 else shown[:89] + '…'}” {why}")


def _not_there(anchor: Anchor, account: Text) -> Lost:
    return _gone(anchor, f"are not in {account.witness} any more")


def _changed(anchor: Anchor, account: Text, words: str) -> Place | Lost:
    """The one sentence that is nearly the same, where no other is like it."""
    folded, at = account.folded
    if len(words.split()) < LONG or len(folded) > SEARCHED:
        return _not_there(anchor, account)
    found = fuzz.partial_ratio_alignment(words, folded, score_cutoff=LIKE)
    if found is None:
        return _not_there(anchor, account)
    start, end = _whole_words(folded, found.dest_start, found.dest_end)
    rest = (folded[:start], folded[end:])
    if any(fuzz.partial_ratio(words, part, score_cutoff=UNLIKE) for part in rest if len(part) >= len(words) // 2):
        return _gone(anchor, f"have changed in {account.witness}, and two places are like them")
    if fuzz.ratio(words, folded[start:end]) < LIKE:
        return _not_there(anchor, account)
    return Place(account.witness, at[start], at[end - 1] + 1, True)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and not text[start - 1].isspace() and not text[start].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace() and not text[end - 1].isspace():
        end += 1
    return start, end


def _folded(text: str) -> tuple[str, list[int]]:
    """Runs of blanks as one space each, with the place of every character that stays."""
    parts: list[str] = []
    at: list[int] = []
    for match in re.finditer(r"\s+|\S+", text):
        blank = match[0].isspace()
        parts.append(" " if blank else match[0])
        at += [match.start()] if blank else range(match.start(), match.end())
    return "".join(parts), at


def _places(words: str, anchor: Anchor, text: str) -> Iterator[int]:
    """Where the words stand, not as a part of longer ones unless they did before."""
    loose_left = anchor.before[-1:].isalnum() or not words[0].isalnum()
    loose_right = anchor.after[:1].isalnum() or not words[-1].isalnum()
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        if (loose_left or not text[start - 1 : start].isalnum()) and (loose_right or not text[end : end + 1].isalnum()):
            yield start
        start = text.find(words, start + 1)


def _around(anchor: Anchor, text: str, start: int, end: int) -> int:
    """How many words before and after are the same, from the words outward."""
    reach = 2 * AROUND
    left = _same(_turned(anchor.before), _turned(text[max(0, start - reach) : start]))
    return left + _same(anchor.after.split(), text[end : end + reach].split())


def _known(anchor: Anchor) -> int:
    """How many words around an anchor knows: few at the edges of a text, none where it is the text."""
    return len(anchor.before.split()) + len(anchor.after.split())


def _turned(text: str) -> list[str]:
    return text.split()[::-1]


def _same(ones: list[str], others: list[str]) -> int:
    pairs = zip(ones, others, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].casefold() == pair[1].casefold(), pairs))
