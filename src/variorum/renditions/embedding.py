"""A model's vote on how alike two sentences are, for users who have one; nothing is downloaded unless they name it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any

import numpy as np

from variorum.errors import LanguageError
from variorum.lists import toml
from variorum.renditions.likeness import Matrix

__all__ = ["Encoder", "load_encoder", "with_vote"]

Encoder = Callable[[Sequence[str]], Matrix]
"""Texts to vectors, one row each."""

_SET = toml("renditions")["embedding"]
SHARE: float = _SET["share"]


@lru_cache(maxsize=1)
def load_encoder(name: str) -> Encoder:
    """The model of that name or path; `LanguageError` says what is missing."""
    try:
        SentenceTransformer = import_module("sentence_transformers").SentenceTransformer
    except ImportError:
        return _vectors(name)
    try:
        model: Any = SentenceTransformer(name)
    except Exception as error:
        raise LanguageError(
            f"embedding model {name}", f"cannot be loaded ({error})", "check its name or path"
        ) from error
    return lambda texts: np.asarray(model.encode(list(texts)), np.float32)


def _vectors(name: str) -> Encoder:
    import spacy

    try:
        pipeline = spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        advice = "install sentence-transformers, or name a spaCy pipeline with vectors"
        raise LanguageError(f"embedding model {name}", f"cannot be loaded ({error})", advice) from error
    if not pipeline.vocab.vectors_length:
        raise LanguageError(f"embedding model {name}", "has no vectors", "name a pipeline that has")
    return lambda texts: np.array([pipeline.make_doc(text).vector for text in texts], np.float32)


def with_vote(alike: Matrix, left: Sequence[str], right: Sequence[str], encoder: Encoder) -> Matrix:
    """The likeness with the model's vote: a third of the way to the cosine, where that is the greater.

    >>> same = lambda texts: np.ones((len(texts), 2), np.float32)
    >>> with_vote(np.array([[0.4]], np.float32), ["It sank."], ["She went down."], same).round(2).tolist()
    [[0.6000000238418579]]
    """
    ours, theirs = (
        vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        for vectors in (encoder(left), encoder(right))
    )
    return np.asarray(alike + SHARE * np.maximum(ours @ theirs.T - alike, 0), np.float32)
