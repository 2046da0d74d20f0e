"""Sentences of accounts in two languages side by side: the collection written for the purpose."""

from __future__ import annotations

from tongue_collection import accounts, joins, matters


def test_the_gold_is_whole() -> None:
    """Offsets hold, accounts of other fires join nothing, and ten matters are told otherwise in another language."""
    for told in accounts():
        cut = [told.text[start:end] for start, end, _ in told.sentences]
        assert " ".join(cut) == told.text and all(one.endswith((".", "!", "?")) for one in cut)
    named = {name for pair in joins() for name, _ in pair}
    assert len(named) == 10 and not named & {"en-other", "ru-drugoe"}
    assert len(list(matters())) == 10
