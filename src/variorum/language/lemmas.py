"""Lemmas by a table: the forms that the treebanks hold, and rules of endings learnt from them for all others."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from spacy.attrs import LEMMA, ORTH, POS
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from variorum.lists import toml

__all__ = ["Lemmas", "learn"]

LONGEST_ENDING: int = toml("limits")["language"]["ending"]
CHANGING = frozenset({"NOUN", "VERB", "AUX", "ADJ", "ADV", "PRON", "DET", "PROPN", "NUM"})


class Lemmas:
    """Sets ``lemma_`` from form and part of speech; a pipeline component.

    ``forms`` maps "POS form" to a lemma, ``endings`` maps "POS ending" to (letters to drop, letters to add).

    >>> table = Lemmas({"VERB sank": "sink"}, {"VERB ed": (2, ""), "NOUN s": (1, "")})
    >>> table.of("sank", "VERB"), table.of("shelled", "VERB"), table.of("ferries", "NOUN")
    ('sink', 'shell', 'ferrie')
    """

    def __init__(self, forms: dict[str, str] | None = None, endings: dict[str, tuple[int, str]] | None = None) -> None:
        self.forms = forms or {}
        self.endings = endings or {}
        self._known: dict[tuple[int, int], int] = {}
        self._vocab: Vocab | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma of every word."""
        if doc.vocab is not self._vocab or len(self._known) > 200_000:
            self._vocab, self._known = doc.vocab, {}
        known, found = self._known, []
        for i, (form, pos) in enumerate(doc.to_array([ORTH, POS]).tolist()):
            lemma = known.get((form, pos))
            if lemma is None:
                token = doc[i]
                lemma = known[form, pos] = doc.vocab.strings.add(self.of(token.text, token.pos_))
            found.append(lemma)
        return doc.from_array([LEMMA], np.array(found, dtype=np.uint64))  # type: ignore[arg-type]

    def of(self, form: str, pos: str) -> str:
        """The lemma of one word."""
        if pos == "PROPN":
            return form
        low = form.lower()
        known = self.forms.get(f"{pos} {low}")
        if known is not None:
            return known
        if pos not in CHANGING or " " in low:
            return low
        for size in range(min(LONGEST_ENDING, len(low) - 2), 0, -1):
            rule = self.endings.get(f"{pos} {low[-size:]}")
            if rule is not None:
                return low[: len(low) - rule[0]] + rule[1]
        return low

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the table as JSON."""
        path.mkdir(parents=True, exist_ok=True)
        table = {"forms": self.forms, "endings": self.endings}
        (path / "lemmas.json").write_text(json.dumps(table, ensure_ascii=False, sort_keys=True), encoding="utf8")

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> Lemmas:
        """Read the table."""
        table = json.loads((Path(path) / "lemmas.json").read_text(encoding="utf8"))
        self.forms = table["forms"]
        self.endings = {key: (rule[0], rule[1]) for key, rule in table["endings"].items()}
        return self


def learn(words: Iterable[tuple[str, str, str]]) -> Lemmas:
    """A table from (form, part of speech, lemma): irregular forms kept, endings with the commonest change.

    >>> learn([("dams", "NOUN", "dam"), ("boats", "NOUN", "boat")]).of("cars", "NOUN")
    'car'
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for form, pos, lemma in words:
        if pos != "PROPN":
            counts[pos, form.lower()][lemma if lemma[:1].isupper() and pos != "PRON" else lemma.lower()] += 1
    best = {key: counter.most_common(1)[0][0] for key, counter in counts.items()}
    endings = endings_of(best)
    table = Lemmas({}, endings)
    table.forms = {f"{pos} {form}": lemma for (pos, form), lemma in best.items() if table.of(form, pos) != lemma}
    return table


def endings_of(best: dict[tuple[str, str], str]) -> dict[str, tuple[int, str]]:
    """For each ending seen, the change that most forms with it show."""
    seen: dict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
    for (pos, form), lemma in best.items():
        if pos not in CHANGING or pos in {"PRON", "DET", "AUX"}:
            continue
        same = next(
            (i for i, (a, b) in enumerate(zip(form, lemma, strict=False)) if a != b), min(len(form), len(lemma))
        )
        change = (len(form) - same, lemma[same:])
        if change[0] > LONGEST_ENDING or len(change[1]) > 3:
            continue
        for size in range(1, min(LONGEST_ENDING, len(form) - 2) + 1):
            if size >= change[0]:
                seen[f"{pos} {form[-size:]}"][change] += 1
    return {key: c.most_common(1)[0][0] for key, c in seen.items() if sum(c.values()) > 1 or len(key.split()[1]) > 3}


@Language.factory("variorum_lemmas")
def create_lemmas(nlp: Language, name: str) -> Lemmas:
    """An empty table, to be filled by ``from_disk``."""
    return Lemmas()
