"""The sentence around some words of a page."""

from __future__ import annotations

import pytest

from variorum.site.surroundings import around

LONG = "word " * 40


@pytest.mark.parametrize(
    ("text", "words", "sentence", "before", "after"),
    [
        ("They met. On 4 May Dr. Hale and Dr. Mertin were seized. All wept.", "4 May", "On 4 May Dr. Hale and Dr. Mertin were seized.", "On ", " Dr. Hale and Dr. Mertin were seized."),
        ("The toll: 14; so the mayor.", "14", "The toll: 14; so the mayor.", "The toll: ", "; so the mayor."),
        ("They met. On 4 May they left. All wept.", "4 May", None, "On ", " they left. "),
        (f"{LONG}two {LONG}", "two", f"{LONG}two {LONG}", "… " + "word " * 21, " word" * 21 + " …"),
        ("A line\nnine men\nanother", "nine", None, "", " men\n"),
    ],
)  # fmt: skip
def test_the_sentence_around(text: str, words: str, sentence: str | None, before: str, after: str) -> None:
    start = text.index(words)
    span = (text.index(sentence), text.index(sentence) + len(sentence)) if sentence else None
    assert around(text, start, start + len(words), span) == (before, after)
