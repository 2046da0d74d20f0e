"""An account in a language without a pack: what can be had of it without rules of its language.

Its sentences, the extents of its quotations by their marks, its dates in ISO form and, later, the passages that it
shares. It has no other rows, and a problem row says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from variorum.languages import iso_dates, named, sentences, told
from variorum.mentions import Found
from variorum.records import Mark, Problem, Quote, Sentence, Time
from variorum.voices.marks import find_marked

__all__ = ["fill", "foreign_part", "reason"]

WORDS = 4
"""A string in marks of fewer words, without a sign that ends a sentence, is a name or a word held at arm's length."""


def fill(found: Found, text: str, language: str | None) -> list[Sentence]:
    """Writes what can be had of a text into ``found``, and gives its sentences.

    >>> found = Found("a")
    >>> [row.text for row in fill(found, "Er sagte: «Wir kommen nicht zurück.» Am 1998-11-17 sank sie.", "de")]
    ['Er sagte: «Wir kommen nicht zurück.»', 'Am 1998-11-17 sank sie.']
    >>> found.quotes[0].text, found.times[0].edtf, found.problems[0].message.split(";")[0]
    ('Wir kommen nicht zurück.', '1998-11-17', 'the account is in German, which is not read')
    """
    found.times = [
        Time(found.witness, start, end, day, "DATE", day, None, day, None) for start, end, day in iso_dates(text)
    ]
    found.quotes, found.marks = [], []
    for marked in find_marked(text):
        span = marked.words(text)
        words = span.of(text)
        if len(words.split()) >= WORDS or words.endswith((".", "!", "?")):
            quote = Quote(found.witness, span.start, span.end, words, None, None, None, None, None, True)
            found.quotes.append(quote)
        elif words:
            found.marks.append(Mark(found.witness, span.start, span.end, words, "scare"))
    found.problems.append(Problem(found.witness, None, None, "annotate", reason(language)))
    return list(_sentences(found.witness, text))


def reason(language: str | None) -> str:
    """Why an account has so few rows, as a sentence.

    >>> reason("de").split(";")[0], reason("uk").split(";")[0]
    ('the account is in German, which is not read', 'the account is in Ukrainian, which is read in part')
    """
    read, left = told(language)
    left = left if read else ["other times", *(one for one in left if one != "times")]
    has = f"{_listed(read)}, " if read else "dates in ISO form, "
    return (
        f"the account is in {named(language)}, which is {'read in part' if read else 'not read'}; it has {has}its "
        f"sentences, quotations and shared passages, but no {_listed(left, 'or')}, and counts nowhere as silent (if it "
        "is in another language, give that in witnesses.csv)"
    )


def _listed(words: list[str], last: str = "and") -> str:
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def foreign_part(witness: str, parts: list[tuple[int, int, str]], letters: int) -> Problem:
    """Which paragraphs of an account are in other languages and were not read."""
    share = 100 * sum(end - start for start, end, _ in parts) / max(1, letters)
    tongues = ", ".join(sorted({named(code) for _, _, code in parts}))
    count = "a paragraph" if len(parts) == 1 else f"{len(parts)} paragraphs"
    is_are = "is" if len(parts) == 1 else "are"
    message = f"{count} ({share:.0f} % of the text) {is_are} in {tongues}, and no rows were made of it"
    return Problem(witness, None, None, "annotate", message)


def _sentences(witness: str, text: str) -> Iterator[Sentence]:
    paragraph = at = 0
    for number, (start, end) in enumerate(sentences(text)):
        paragraph += "\n" in text[at:start]
        at = end
        yield Sentence(witness, start, end, text[start:end], number, paragraph)
