"""Lists the forms of verbs that are hardly nouns: makes src/variorum/data/plain_verbs.csv.

    python training/plain_verbs.py WORDNET_FOLDER > src/variorum/data/plain_verbs.csv

A tagger takes the verbs of headlines for nouns ("Court rehears case"). A form is listed when its verb was met in the
texts that go with WordNet 3.0 and no noun is spelt like it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from wordnet import WordNet

from variorum.language.inflection import noun_forms, verb_forms

SHORT = 3
"""Forms of so few letters are left out: they are abbreviations, too (LED, SAT)."""


def plain(words: WordNet) -> Iterator[str]:
    """The forms, but those in -ing, which are nouns of acts."""
    nouns: set[str] = set()
    for noun in words.nouns:
        nouns.update((*noun_forms(noun), noun.removesuffix("f") + "ves", noun.removesuffix("fe") + "ves"))
    for verb in words.verbs:
        met = sum(words.counts.get(("2", verb), {}).values())
        for form, kind in verb_forms(verb).items() if met and verb.isalpha() else ():
            if kind != "ing" and len(form) > SHORT and form not in nouns:
                yield form


def main(folder: str) -> None:
    """Prints the table."""
    print(
        "# source: verbs met in the texts that go with WordNet 3.0 (Princeton University, WordNet licence) and no noun"
    )
    print("# spelt alike; forms by training/plain_verbs.py")
    print("form")
    for form in sorted(set(plain(WordNet(Path(folder))))):
        print(form)


if __name__ == "__main__":
    main(*sys.argv[1:])
