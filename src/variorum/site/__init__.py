"""The edition as pages: a folder of static files that opens from the disk and asks nothing of the network."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from variorum import __version__
from variorum.config import Config
from variorum.dates import in_words
from variorum.records import Event, Problem
from variorum.site import pictures
from variorum.site.addresses import Addresses, divide
from variorum.site.frame import checked_tiles, pages_of
from variorum.site.gathered import gather
from variorum.site.hues import hues
from variorum.site.keeping import Kept
from variorum.site.pages import about as about_page
from variorum.site.pages import (
    chronology,
    disagreements,
    event,
    lists,
    overview,
    parallels,
    search,
    stemma,
    tolls,
    versions,
    witness,
)
from variorum.site.render import Renderer
from variorum.site.words import Words
from variorum.site.workers import ALL, Share, Task, Told, Work, at_once
from variorum.verdicts import Standing

__all__ = ["prepared", "publish"]

PAGES: dict[str, Callable[[Renderer], None]] = {
    "disagreements": disagreements.publish,
    "side-by-side": disagreements.side_by_side,
    "tolls": tolls.publish,
    "chronology": chronology.publish,
    "matrix": lists.matrix,
    "search": search.publish,
    "parallels": parallels.publish,
    "overview": overview.publish,
    "witnesses": lists.witnesses,
    "stemma": stemma.publish,
    "names": lists.names,
    "checks": lists.checks,
    "versions": versions.publish,
    "about": about_page.publish,
}
SHARED: dict[str, Callable[[Renderer, Share], None]] = {
    "witness": witness.publish,
    "events": event.publish,
    "pairs": parallels.pairs,
    "tables": about_page.tables,
}
"""Pages that are many, one for each row of a table: several processes may each print a share of them."""
SHARES = 8
MANY = 400
"""With fewer witnesses and events one process prints all pages sooner than several begin."""


def publish(
    tables: Mapping[str, pa.Table],
    folder: Path,
    about: Mapping[str, Any],
    config: Config,
    told: Told | None = None,
    kept: Kept | None = None,
) -> list[Problem]:
    """Write the site of an edition into ``folder``; what could not be written is given back as problems.

    ``tables`` are an edition's tables by name (see `variorum.records`); a missing one counts as empty. ``about`` may
    hold ``title``, ``edition`` (its hash), ``made`` (a date), ``version``, ``options`` and ``address`` (where it is
    published). Large editions are printed by ``config.processes`` processes; ``told(done, total)`` hears how far they
    are. With ``kept`` what is as it was is taken over from the former edition and from what was kept beside it, and
    the site is the same as without. Nothing else outside ``folder`` is touched. Files of an earlier site in the folder
    are overwritten; those that are no longer needed are left.
    """
    checked_tiles(config.tiles)
    Words.load(config.interface)  # one that is not there is said before any page is made
    size = sum(tables[name].num_rows for name in ("witnesses", "events") if name in tables)
    tasks = [(name, ALL) for name in PAGES] + [(name, Share(n, SHARES)) for name in SHARED for n in range(SHARES)]
    if size < MANY or config.processes == 1:
        render = prepared(tables, folder, about, config, kept)
        render.copy_static()
        return [problem for task in tasks for problem in printed(render, task)]
    Renderer.copy_static_to(folder)
    work = Work(partial(prepared, folder=folder, about=about, config=config, kept=kept), printed, config.processes)
    return at_once(tables, folder, work, tasks, told)


def prepared(
    tables: Mapping[str, pa.Table], folder: Path, about: Mapping[str, Any], config: Config, kept: Kept | None = None
) -> Renderer:
    """A renderer with the edition set, ready to print any page; with ``kept`` it takes over what would be the same."""
    known = {"version": __version__, **about, "tiles": checked_tiles(config.tiles), "interface": config.interface}
    known["pictures"] = pictures.there()
    gathered = gather(tables, {**known, "title": config.title or about.get("title") or ""})
    if not gathered.about["title"]:
        gathered.about = {**gathered.about, "title": _untitled(len(gathered.witnesses)), "untitled": True}
    at = Addresses({w.witness: divide(w.text) for w in gathered.witnesses})
    return Renderer(folder, gathered, at, hues(gathered), kept)


def printed(render: Renderer, task: Task) -> list[Problem]:
    """Prints some pages; one that fails is a problem and not the end."""
    name, share = task
    try:
        with render.keeping(f"{name}-{share.number}"):
            if name in PAGES:
                PAGES[name](render)
            else:
                SHARED[name](render, share)
    except (ValueError, KeyError, IndexError, TypeError, OverflowError) as error:
        message = f"the page {name} is incomplete: {type(error).__name__}: {error}"
        return [Problem("", None, None, "site", message)]
    return []


def _pictures(render: Renderer) -> None:
    """The picture of each kind of page, and of the events that most tell; none where nothing can draw them."""
    if not pictures.there():
        return
    g, words = render.g, render.words
    named = {file.removesuffix(".html"): name for file, name in pages_of(g)}
    against = sum(g.standing(e.event) == Standing.CONFLICT for e in g.events)
    counts = f"{words.several(len(g.witnesses), 'account')}, {words.several(len(g.events), 'event')}"
    lines = [words.cap(counts), words.cap(words.several(against, "event")) + " in conflict"] if against else [counts]
    title = g.about["title"]
    for name, said in (*named.items(), ("event", "An event")):
        _picture(render, name, pictures.kind, title, lines, said)
    for e in (e for e in g.events if e.event in g.pictured):
        _picture(render, event.picture(e), pictures.event, title, *_of_event(render, e))


def _picture(render: Renderer, name: str, draw: Callable[..., bytes], *said: Any) -> None:
    """Draws a picture, or takes it over: all that it shows is in the name of the piece."""
    path = f"{pictures.FOLDER}/{name}.png"
    render.pages(json.dumps([path, pictures.program(), *said]), lambda: render.write_bytes(path, draw(*said)))


def _of_event(render: Renderer, one: Event) -> tuple[str, list[str]]:
    """What the picture of an event says: its label, when it was, who tells it and whether they differ."""
    date, words = in_words(one.date), render.words
    label = one.label.removesuffix(date).rstrip(", ") or one.label
    told = f"{words.several(one.witnesses, 'account')}, {words.several(one.lineages, 'source')}"
    against = "; they differ" if render.g.standing(one.event) == Standing.CONFLICT else ""
    return label, [date if one.date else "No date", words.cap(told) + against]


def _untitled(accounts: int) -> str:
    words = Words.load()
    return f"An edition of {words.several(accounts, 'account')}"


PAGES["pictures"] = _pictures
