"""Finding a name in all its forms: other case, other letters for the same sound, accents, breaks, the surname alone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from variorum.lists import toml
from variorum.redact.names import Person
from variorum.redact.spellings import is_form_of, pairs

__all__ = ["Finder", "Found", "folded"]

_JOIN = "[\u0300-\u036f\u00ad\u200b-\u200f]*(?:-\n)?"
"""What may stand between two letters of a name: accents of their own, soft hyphens, a hyphen at a line's end."""
_GAP = "(?:[\\s_.+,\u00b7\u2010-\u2015-]|%20){1,4}"
_WORD = re.compile(r"[^\W\d_]+")


class Found(NamedTuple):
    """A form of a name in a text."""

    start: int
    end: int
    person: Person


def folded(text: str) -> str:
    """The text in small letters without accents, letter for letter, so that offsets stay.

    >>> folded("Łucja TEVERÍN"), len(folded("İß"))
    ('lucja teverin', 2)
    """
    return text.translate(_Folds()) if not text.isascii() else text.lower()


class _Folds(dict[int, str]):
    """Each letter as its bare small letter."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        plain = toml("redact")["letters"].get(sign) or unicodedata.normalize("NFKD", sign)[:1] or sign
        self[code] = plain.casefold()[:1] or sign
        return self[code]


@dataclass
class Finder:
    """Finds the forms of persons: whole names, surnames, the forms given, and spellings near to these.

    >>> finder = Finder([Person("Ana Teverin", "Person 1", ("the Minister",))])
    >>> finder.replaced("ANA  TEVERÍN, Mrs Teve-\\nrin's aide and the minister; Anatole")
    "Person 1, Mrs Person 1's aide and Person 1; Anatole"
    >>> finder.replaced("https://example.org/ana-teverin_speaks?q=ana%20teverin")
    'https://example.org/person-1_speaks?q=person-1'
    """

    persons: list[Person]
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._forms: dict[str, Person] = {}
        for person in self.persons:
            for form in (person.name, *person.also):
                self._add(form, person)
        for person in self.persons:
            self._add(_surname(person.name), person, weak=True)
        self._compile()

    def _add(self, form: str, person: Person, weak: bool = False) -> None:
        words = _WORD.findall(folded(form))
        key = " ".join(words)
        if words and not (weak and (len(key) < int(toml("redact")["shortest"]) or key in self._forms)):
            self._forms.setdefault(key, person)

    def learn(self, forms: Iterable[tuple[str, str]], texts: Iterable[str]) -> None:
        """Adds what the edition itself knows: forms (referent, form) of a name, and words spelt nearly as one."""
        whole = {" ".join(_WORD.findall(folded(p.name))): p for p in self.persons}
        for referent, form in forms:
            person = whole.get(" ".join(_WORD.findall(folded(referent))))
            if person is not None and len(form) >= int(toml("redact")["shortest"]):
                self._add(form, person)
        single = {form: p for form, p in self._forms.items() if " " not in form}
        single |= {form.split()[-1]: p for form, p in self._forms.items() if " " in form and p.name == form}
        held = list(texts)
        words = {w for text in held for w in _WORD.findall(text) if w[:1].isupper()}
        for word in sorted(words):
            person = next(
                (p for form, p in single.items() if _near(folded(word), form) or is_form_of(word, form)), None
            )
            if person is not None:
                self._add(word, person)
        self._learn_pairs(held)
        self._compile()

    def _learn_pairs(self, texts: list[str]) -> None:
        """Adds first name and surname where they stand side by side in another script, or with endings."""
        names = [(p, p.name.replace(",", " ").split()) for p in self.persons]
        whole = [(p, words[0], _surname(p.name)) for p, words in names if len(words) > 1 and "," not in p.name]
        for one, two in pairs(texts):
            person = next((p for p, a, b in whole if is_form_of(two, b) and is_form_of(one, a)), None)
            if person is not None:
                self._add(f"{one} {two}", person)

    def _compile(self) -> None:
        listed = sorted(self._forms, key=lambda f: (-len(f), f))
        said = "|".join(_GAP.join(_JOIN.join(map(re.escape, w)) for w in form.split()) for form in listed)
        self._pattern = re.compile(rf"(?<![^\W_])(?:{said}){_JOIN}(?![^\W_])") if listed else None

    @property
    def forms(self) -> dict[str, Person]:
        """Each form that is looked for, folded, with whose it is."""
        return dict(self._forms)

    def found(self, text: str) -> Iterator[Found]:
        """The forms in a text, from left to right."""
        for match in self._pattern.finditer(folded(text)) if self._pattern else ():
            end = match.end()
            while end > match.start() and not text[end - 1].isalpha() and not unicodedata.combining(text[end - 1]):
                end -= 1
            key = " ".join(_WORD.findall(re.sub(_JOIN, "", re.sub("%20", " ", match[0]))))
            person = self._forms.get(key) or self._forms.get(key.replace(" ", ""))
            if person is not None:
                yield Found(match.start(), end, person)

    def replaced(self, text: str) -> str:
        """The text with pseudonyms; in an address or an id they are small letters and hyphens."""
        out, at = [], 0
        for hit in self.found(text):
            self.counts[hit.person.pseudonym, " ".join(text[hit.start : hit.end].split())] += 1
            out += [text[at : hit.start], self.said(text, hit)]
            at = hit.end
        return "".join([*out, text[at:]]) if out else text

    @staticmethod
    def said(text: str, hit: Found) -> str:
        """The pseudonym as it stands at a place: as a name, or as a part of an address."""
        around = text[max(hit.start - 1, 0) : hit.end + 1]
        words = text[hit.start : hit.end]
        plain = words == words.lower() and (re.search(r"[_/%+=-]|\.\w", around) or words == text)
        return hit.person.pseudonym.lower().replace(" ", "-") if plain and words.islower() else hit.person.pseudonym


def _surname(name: str) -> str:
    words = [w for w in name.replace(",", " , ").split() if w]
    if "," in words:
        return words[0]
    return words[-1] if len(words) > 1 else ""


def _near(word: str, form: str) -> bool:
    """True where a word is a name but for a letter or two, by its length."""
    if word == form or word[:1] != form[:1]:
        return False
    steps = toml("redact")["near"]
    most = max((int(n) for length, n in steps.items() if len(form) >= int(length)), default=0)
    return most > 0 and Levenshtein.distance(word, form, score_cutoff=most) <= most
