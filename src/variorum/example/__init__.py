"""The bundled example: eight invented accounts of the loss of a ferry, as text, HTML, PDF and DOCX."""

from __future__ import annotations

from pathlib import Path

__all__ = ["folder"]


def folder() -> Path:
    """The folder with the accounts of the example.

    >>> (folder() / "witnesses.csv").is_file()
    True
    """
    return Path(__file__).resolve().parent / "the-loss-of-the-maid-of-asker"
