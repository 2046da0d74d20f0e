"""One place for the difference between the labels of spaCy's own English pipelines (ClearNLP) and UD's."""

from __future__ import annotations

from spacy.language import Language


def add_to(nlp: Language) -> None:
    """(see below)"""
