"""The edition as pages: a folder of static files that opens from the disk and asks nothing of the network."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from variorum import __version__
from variorum.config import Config
from variorum.records import Problem
from variorum.site.addresses import Addresses, divide
from variorum.site.gathered import gather
from variorum.site.hues import hues
from variorum.site.pages import about as about_page
from variorum.site.pages import chronology, disagreements, event, lists, overview, parallels, search, stemma, witness
from variorum.site.press import Press, checked_tiles
from variorum.site.words import Words

__all__ = ["publish"]

PAGES = {
    "overview": overview.publish,
    "chronology": chronology.publish,
    "events": event.publish,
    "disagreements": disagreements.publish,
    "witnesses": lists.witnesses,
    "witness": witness.publish,
    "parallels": parallels.publish,
    "stemma": stemma.publish,
    "names": lists.names,
    "matrix": lists.matrix,
    "checks": lists.checks,
    "search": search.publish,
    "about": about_page.publish,
}


def publish(tables: Mapping[str, pa.Table], folder: Path, about: Mapping[str, Any], config: Config) -> list[Problem]:
    """Write the site of an edition into ``folder``; what could not be written is given back as problems.

    ``tables`` are an edition's tables by name (see `variorum.records`); a missing one counts as empty. ``about`` may
    hold ``title``, ``edition`` (its hash), ``made`` (a date), ``version``, ``options`` and ``address`` (where it is
    published). Nothing outside ``folder`` is touched. Files of an
    earlier site in the folder are overwritten; those that are no longer needed are left.
    """
    known = {"version": __version__, **about, "tiles": checked_tiles(config.tiles)}
    gathered = gather(tables, {**known, "title": config.title or about.get("title") or ""})
    if not gathered.about["title"]:
        gathered.about = {**gathered.about, "title": _untitled(len(gathered.witnesses)), "untitled": True}
    at = Addresses({w.witness: divide(w.text) for w in gathered.witnesses})
    press = Press(folder, gathered, at, hues(gathered))
    press.copy_static()
    problems: list[Problem] = []
    for name, make in PAGES.items():
        try:
            make(press)
        except (ValueError, KeyError, IndexError, TypeError, OverflowError) as error:
            problems.append(
                Problem("", None, None, "site", f"the page {name} is incomplete: {type(error).__name__}: {error}")
            )
    return problems


def _untitled(accounts: int) -> str:
    words = Words.load()
    return f"An edition of {words.several(accounts, 'account')}"
