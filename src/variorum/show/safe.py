"""Words of a witness in the terminal: on one line, without a sign that could command it."""

from __future__ import annotations

import unicodedata

__all__ = ["safe"]


def safe(text: str, width: int = 0) -> str:
    """Text on one line without control signs, cut at ``width`` characters (0: not cut).

    >>> safe("a\\x1b[31m\\nb")
    'a [31m b'
    """
    flat = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text)
    flat = " ".join(flat.split())
    return flat if not width or len(flat) <= width else flat[: width - 1] + "…"
