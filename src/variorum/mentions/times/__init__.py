"""Times: dates, times of day, durations and sets in English prose, with TIMEX3 values and EDTF.

``find`` needs no language model. What each kind of expression becomes is shown in docs/times.md.

>>> for t in find("The ferry left on 27 March 1921 and sank two days later, in the night of 30 March."):
...     print(t.text, t.type, t.value)
27 March 1921 DATE 1921-03-27
two days later DATE 1921-03-29
the night of 30 March TIME 1921-03-30TNI
"""

from __future__ import annotations

from variorum.mentions.times.options import TimeOptions
from variorum.mentions.times.told import find, read
from variorum.mentions.times.wordlists import wordlist

__all__ = ["ADJECTIVES", "TimeOptions", "find", "read"]

ADJECTIVES = wordlist("adjectives")
"""Words of time that only describe a noun."""
