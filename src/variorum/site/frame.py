"""What all pages share: the pages that their head leads to, and what a browser may load for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from variorum.errors import ConfigError
from variorum.site.gathered import Gathered

__all__ = ["checked_tiles", "pages_in", "pages_of", "policy"]

PAGES = (
    ("index.html", "Overview"),
    ("chronology.html", "Chronology"),
    ("disagreements.html", "Disagreements"),
    ("side-by-side.html", "Side by side"),
    ("witnesses.html", "Witnesses"),
    ("parallels.html", "Parallels"),
    ("stemma.html", "Stemma"),
    ("names.html", "Names"),
    ("matrix.html", "Matrix"),
    ("checks.html", "Checks"),
    ("search.html", "Search"),
    ("about.html", "About"),
)

WHERE_THERE_ARE: dict[str, tuple[str, str, Callable[[Gathered], bool]]] = {
    "side-by-side.html": ("tolls.html", "Tolls", lambda g: bool(g.topics)),
    "checks.html": ("versions.html", "Versions", lambda g: bool(g.versions)),
}
"""Pages that only some editions have, by the page that they stand after."""


def checked_tiles(address: str | None) -> str | None:
    """A tile server's address, if it is one: https or loopback http, with places for z, x and y.

    >>> checked_tiles("https://tiles.example.org/{z}/{x}/{y}.png")
    'https://tiles.example.org/{z}/{x}/{y}.png'
    >>> checked_tiles("ftp://example.org/{z}/{x}/{y}.png")
    Traceback (most recent call last):
    ...
    variorum.errors.ConfigError: option tiles: is no address of map tiles; give https://host/{z}/{x}/{y}.png
    """
    if address is None:
        return None
    plain_address = re.fullmatch(r"(https://[\w.-]+|http://(localhost|127\.0\.0\.1))(:\d+)?/[\w./{}@?=&%~-]*", address)
    if plain_address and all(part in address for part in ("{z}", "{x}", "{y}")):
        return address
    raise ConfigError("option tiles", "is no address of map tiles", "give https://host/{z}/{x}/{y}.png")


def policy(tiles: str | None = None) -> str:
    """The content security policy of every page: nothing from anywhere else, except tiles that the user named.

    >>> "https:" in policy(), "https://tiles.example.org" in policy("https://tiles.example.org/{z}/{x}/{y}.png")
    (False, True)
    """
    images = "'self' file: data:" + (" " + "/".join(tiles.split("/")[:3]) if tiles else "")
    return (
        f"default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src {images}; "
        "base-uri 'none'; form-action 'none'; object-src 'none'"
    )


def pages_of(g: Gathered) -> list[tuple[str, str]]:
    """The pages of an edition that its head leads to, with their names."""
    found = []
    for file, name in PAGES:
        found.append((file, name))
        more, called, there = WHERE_THERE_ARE.get(file, ("", "", bool))
        if more and there(g):
            found.append((more, called))
    return found


def pages_in(folder: Path) -> list[tuple[str, str]]:
    """The pages that an edition in a folder leads to, with their names: those that only some have where they are.

    >>> ("tolls.html", "Tolls") in pages_in(Path("nowhere")), len(pages_in(Path("nowhere"))) == len(PAGES)
    (False, True)
    """
    found = []
    for file, name in PAGES:
        found.append((file, name))
        more, called, _ = WHERE_THERE_ARE.get(file, ("", "", bool))
        if more and (folder / more).is_file():
            found.append((more, called))
    return found
