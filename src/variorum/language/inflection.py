"""Forms of words: from a lemma to the forms that may stand in a text, so that a word list works with any parser.

Regular English spelling, with the irregular verbs in ``data/irregular_verbs.csv``.
"""

from __future__ import annotations

from functools import cache

from variorum.lists import rows, words

__all__ = ["irregular", "noun_forms", "verb_forms"]

VOWELS = "aeiou"


@cache
def irregular() -> dict[str, tuple[list[str], list[str]]]:
    """Past forms and participles of irregular verbs by lemma."""
    return {row["lemma"]: (row["past"].split("/"), row["participle"].split("/")) for row in rows("irregular_verbs")}


def verb_forms(lemma: str) -> dict[str, str]:
    """The forms of a verb, each with its kind: base, third, ing, past, participle (regular past forms are ``past``).

    >>> verb_forms("sink")["sunk"], verb_forms("deny")["denied"], verb_forms("ban")["banning"]
    ('participle', 'past', 'ing')
    """
    forms = {lemma: "base", third(lemma): "third", ing(lemma): "ing"}
    past, participle = irregular().get(lemma, ([regular_past(lemma)], [regular_past(lemma)]))
    forms.update(dict.fromkeys(participle, "participle"))
    forms.update(dict.fromkeys(past, "past"))
    return forms


def noun_forms(lemma: str) -> list[str]:
    """Singular and plural.

    >>> noun_forms("injury")
    ['injury', 'injuries']
    """
    return [lemma, third(lemma)]


def third(word: str) -> str:
    """The form in -s."""
    if word.endswith(tuple(words("spelling", "hissing"))) or word in words("spelling", "with_es"):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def ing(word: str) -> str:
    """The form in -ing."""
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not word.endswith(("ee", "ye", "oe")) and len(word) > 2:
        return word[:-1] + "ing"
    return doubled(word) + "ing"


def regular_past(word: str) -> str:
    """The form in -ed."""
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return word[:-1] + "ied"
    return doubled(word) + "ed"


def doubled(word: str) -> str:
    """The word with its last consonant doubled where English doubles it."""
    return word + word[-1] if word in words("spelling", "doubling") else word
