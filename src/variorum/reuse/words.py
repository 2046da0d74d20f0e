"""Texts as numbers: the words of every witness, with their places, in flat integer arrays.

A word is a run of letters and digits, with apostrophes inside it (``[^\\W_]+(?:['’][^\\W_]+)*``); case, the form of the
apostrophe and a final ``'s`` do not count. They take twelve bytes a word.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

__all__ = ["Collection", "Ints", "Lexicon", "read_words"]

Ints = npt.NDArray[np.int32]

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Lexicon(dict[str, int]):
    """Gives every word a number, the same for every spelling of it.

    >>> lexicon = Lexicon()
    >>> [lexicon[form] for form in ("Ferry", "ferry", "FERRY's", "sank")]
    [0, 0, 0, 1]
    """

    def __init__(self) -> None:
        self._words: dict[str, int] = {}

    def __missing__(self, form: str) -> int:
        word = form.lower().replace("’", "'").removesuffix("'s")
        number = self[form] = self._words.setdefault(word, len(self._words))
        return number

    def words(self) -> list[str]:
        """The words in the order of their numbers."""
        return list(self._words)


def read_words(text: str, lexicon: Lexicon) -> tuple[array[int], array[int], array[int]]:
    """Numbers, start offsets and end offsets (code points, end-exclusive) of the words of a text.

    >>> numbers, starts, ends = read_words("The ferry’s mate: the ferry sank.", Lexicon())
    >>> list(numbers), list(starts)[:2], list(ends)[:2]
    ([0, 1, 2, 0, 1, 3], [0, 4], [3, 11])
    """
    found = list(WORD.finditer(text))
    numbers = array("i", [lexicon[match[0]] for match in found])
    return numbers, array("i", [match.start() for match in found]), array("i", [match.end() for match in found])


@dataclass(slots=True)
class Collection:
    """The words of all witnesses, one after the other; document ``d`` has the words ``first[d]:first[d + 1]``.

    >>> two = Collection.of(["The ferry sank.", "A ferry."])
    >>> two.numbers.tolist(), two.first.tolist(), two.documents
    ([0, 1, 2, 3, 1], [0, 3, 5], 2)
    """

    numbers: Ints
    starts: Ints
    ends: Ints
    first: Ints
    counts: Ints
    words_by_number: list[str] = field(repr=False)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Collection:
        """Reads the texts, in their order."""
        lexicon = Lexicon()
        numbers, starts, ends, first = array("i"), array("i"), array("i"), array("i", [0])
        for text in texts:
            for whole, part in zip((numbers, starts, ends), read_words(text, lexicon), strict=True):
                whole.extend(part)
            first.append(len(numbers))
        arrays = [
            np.frombuffer(a, dtype=np.int32) if a else np.zeros(0, np.int32) for a in (numbers, starts, ends, first)
        ]
        counts = np.bincount(arrays[0], minlength=max(1, len(lexicon.words()))).astype(np.int32)
        return cls(arrays[0], arrays[1], arrays[2], arrays[3], counts, lexicon.words())

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return len(self.first) - 1

    def words(self, document: int) -> Ints:
        """The numbers of a document's words."""
        return self.numbers[self.first[document] : self.first[document + 1]]

    def span(self, document: int, start: int, end: int) -> tuple[int, int]:
        """The characters from word ``start`` up to but without word ``end`` of a document; ``end`` above ``start``."""
        base = int(self.first[document])
        return int(self.starts[base + start]), int(self.ends[base + end - 1])
