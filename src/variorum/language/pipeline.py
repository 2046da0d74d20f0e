"""Load a spaCy pipeline: the one that comes with Variorum, or another by its name or path."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import spacy
from spacy.language import Language
from thinc.api import use_ops

import variorum.language.lemmas  # noqa: F401  registers its factory
from variorum.errors import LanguageError
from variorum.language import labels
from variorum.language.embedding import lighten
from variorum.language.tokens import PLAIN

__all__ = ["load"]

OWN = "variorum_lemmas"
SHIPPED = Path(__file__).parent / "en"


def load(model: str | None = None) -> Language:
    """A pipeline with a parser, loaded once per process; ``None`` is the one shipped with Variorum.

    Raises `LanguageError` where it is not installed, cannot be read, or has no parser.

    >>> load("no_such_pipeline")
    Traceback (most recent call last):
    ...
    variorum.errors.LanguageError: no_such_pipeline: is neither an installed spaCy pipeline nor a folder of one; \
run 'python -m spacy download no_such_pipeline', or give the path of a pipeline
    """
    return _load(str(model) if model else shipped())


def shipped() -> str:
    """The folder of our own weights, or of those that ``VARIORUM_MODEL`` names where none are packed."""
    if (SHIPPED / "meta.json").exists():
        return str(SHIPPED)
    return os.environ.get("VARIORUM_MODEL", str(SHIPPED))


@lru_cache(maxsize=4)
def _load(model: str) -> Language:
    try:
        with use_ops("numpy", use_blis=False):  # numpy's own matrix product is the faster one; results are the same
            nlp = spacy.load(model)
    except OSError as error:
        raise LanguageError(
            model, "is neither an installed spaCy pipeline nor a folder of one", _advice(model)
        ) from error
    except (ValueError, KeyError, ImportError) as error:
        raise LanguageError(model, f"cannot be loaded ({error})", "it may need another version of spaCy") from error
    check(nlp, model)
    labels.add_to(nlp)
    lighten(nlp)
    if OWN not in nlp.pipe_names:
        nlp.vocab.cfg[PLAIN] = True
    return nlp


def _advice(model: str) -> str:
    """What to do about a pipeline that is not there: spaCy's own command where it can be a name, or a path."""
    path = "give the path of a pipeline"
    return f"run 'python -m spacy download {model}', or {path}" if model.isidentifier() else path


def check(nlp: Language, model: str) -> None:
    """Raise `LanguageError` where a pipeline lacks what Variorum needs of it."""
    given = {attribute for name in nlp.pipe_names for attribute in nlp.get_pipe_meta(name).assigns}
    if "token.dep" not in given:
        advice = "name one with a parser"
        raise LanguageError(model, "has no parser, so nothing can be said of who did what", advice)
    if not given & {"token.pos", "token.tag"}:
        raise LanguageError(model, "has no tagger, so names cannot be told from other words", "name one with a tagger")
