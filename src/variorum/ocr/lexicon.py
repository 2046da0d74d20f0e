"""The words of a language and how common they are: the dictionary of pyspellchecker, with endings and spellings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from variorum.languages import code_of
from variorum.lists import toml, words

__all__ = ["Lexicon", "lexicon"]


@dataclass(slots=True)
class Lexicon:
    """How common each word is; ``known`` counts endings and British spellings too.

    >>> english = lexicon("en")
    >>> english is not None and (english.known("honourably"), english.known("ture"), english.of("the") > 10**7)
    (True, False, True)
    """

    counts: dict[str, int]

    def of(self, word: str) -> int:
        """How common a word is in small letters; 0 for one that is in no dictionary."""
        return self.counts.get(word, 0)

    def known(self, word: str) -> bool:
        """Whether a word in small letters is one, as it stands or without an ending or a beginning."""
        return self._stands(word) or any(self._stands(american) for american in self.american(word))

    def american(self, word: str) -> list[str]:
        """A word as it may be spelt in America, which is how the dictionary spells."""
        return [word.replace(british, american) for british, american in _british() if british in word]

    def _stands(self, word: str) -> bool:
        if word in self.counts or word in words("ocr", "archaic", "words"):
            return True
        if "'" in word or "’" in word:
            return re.split("['’]", word)[0].removesuffix("n") in self.counts
        for ending in toml("ocr")["spelling"]["endings"].split():
            stem = word.removesuffix(ending)
            if stem != word and len(stem) >= 4 and (stem in self.counts or stem + "e" in self.counts):
                return True
        begins = toml("ocr")["spelling"]["beginnings"].split()
        bare = (word.removeprefix(beginning) for beginning in begins if word.startswith(beginning))
        return any(len(stem) >= 4 and stem in self.counts for stem in bare)

    def whole(self, piece: str) -> bool:
        """Whether a piece in small letters is a word of its own, and not part of one that was broken."""
        known = toml("ocr")["words"]
        least = {2: known["two"], 3: known["three"], 4: known["four"]}.get(len(piece), 1)
        return piece in "aio" if len(piece) == 1 else self.of(piece) >= least or (len(piece) > 4 and self.known(piece))


@cache
def _british() -> tuple[tuple[str, str], ...]:
    pairs = (pair.split() for pair in toml("ocr")["spelling"]["british"].split("|"))
    return tuple((pair[0], pair[1]) for pair in pairs)


@cache
def lexicon(language: str | None) -> Lexicon | None:
    """The lexicon of a language, that of English where none is named; None where there is none."""
    from spellchecker import SpellChecker

    code = code_of(language) or "en"
    try:
        return Lexicon(dict(SpellChecker(language=code).word_frequency.dictionary))
    except (ValueError, OSError):
        return None
