"""The language layer: words, sentences and their structure, and names, from any spaCy pipeline.

`load` gives the pipeline, ours unless another is named; `parse` gives one Doc per text, whose characters are the
text's own, with every time as one word, sentences that never cross a paragraph, Universal Dependencies labels, and
``doc.spans["times"]`` and ``doc.spans["names"]``.
"""

from __future__ import annotations

from variorum.language.parsing import Text, parse
from variorum.language.pipeline import load

__all__ = ["Text", "load", "parse"]
