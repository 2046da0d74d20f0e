"""Forms of words: from a lemma to the forms that may stand in a text, so that a word list works with any parser.

Regular English spelling, with the irregular verbs in ``data/irregular_verbs.csv``.
"""

from __future__ import annotations

from functools import cache

from variorum.lists import rows

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
    if word.endswith(("s", "x", "z", "ch", "sh")) or word in ("go", "do", "echo", "veto", "torpedo"):
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


DOUBLING = frozenset(
    [
        "abet",
        "acquit",
        "admit",
        "allot",
        "annul",
        "ban",
        "bar",
        "beg",
        "blot",
        "bug",
        "cap",
        "chat",
        "chop",
        "clap",
        "commit",
        "compel",
        "concur",
        "control",
        "cut",
        "dam",
        "defer",
        "demur",
        "deter",
        "dig",
        "dip",
        "dispel",
        "drag",
        "drop",
        "drum",
        "dub",
        "enrol",
        "equip",
        "expel",
        "fan",
        "flag",
        "flap",
        "flog",
        "forbid",
        "fulfil",
        "get",
        "grab",
        "grip",
        "gun",
        "hit",
        "hum",
        "incur",
        "infer",
        "jab",
        "jam",
        "jog",
        "kidnap",
        "let",
        "log",
        "map",
        "mob",
        "mug",
        "nab",
        "nod",
        "occur",
        "omit",
        "pat",
        "patrol",
        "pen",
        "permit",
        "pin",
        "plan",
        "plot",
        "plug",
        "prefer",
        "propel",
        "put",
        "quip",
        "quit",
        "ram",
        "rap",
        "rappel",
        "rebel",
        "rebut",
        "recap",
        "refer",
        "regret",
        "repel",
        "rev",
        "rig",
        "rip",
        "rob",
        "rub",
        "run",
        "sag",
        "scrap",
        "scrub",
        "set",
        "shed",
        "ship",
        "shop",
        "shot",
        "shut",
        "sin",
        "sip",
        "sit",
        "skip",
        "slam",
        "slap",
        "slip",
        "snap",
        "spar",
        "split",
        "spot",
        "spur",
        "stab",
        "star",
        "stem",
        "step",
        "stir",
        "stop",
        "strip",
        "stun",
        "submit",
        "sum",
        "swap",
        "swim",
        "tap",
        "tip",
        "top",
        "transfer",
        "transmit",
        "trap",
        "trim",
        "tug",
        "vet",
        "wed",
        "win",
        "wrap",
    ]
)


def doubled(word: str) -> str:
    """The word with its last consonant doubled where English doubles it."""
    return word + word[-1] if word in DOUBLING else word
