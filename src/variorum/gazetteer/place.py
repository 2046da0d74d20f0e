"""What a name of a larger place means to those who only need its codes."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Lookup"]

Lookup = Callable[[str], tuple[str, str] | None]
"""From the name of a country or division to its codes, as in ("US", "US.LA"); None when it is not known."""
