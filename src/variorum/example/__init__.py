"""The bundled example: eight invented accounts of the loss of a ferry, as text, HTML, PDF and DOCX, and what two
readers say of their edition."""

from __future__ import annotations

from pathlib import Path

__all__ = ["folder", "review_log"]

NAME = "the-loss-of-the-maid-of-asker"


def folder() -> Path:
    """The folder with the accounts of the example.

    >>> (folder() / "witnesses.csv").is_file()
    True
    """
    return Path(__file__).resolve().parent / NAME


def review_log() -> Path:
    """The review log of the example: some two dozen decisions of every kind (docs/review.md).

    >>> review_log().name
    'the-loss-of-the-maid-of-asker.review.jsonl'
    """
    return Path(__file__).resolve().parent / f"{NAME}.review.jsonl"
