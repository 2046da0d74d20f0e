"""Commands for the index of place names."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["gazetteer"]


@click.group()
def gazetteer() -> None:
    """The index of place names: where it lies, and tables of your own."""


@gazetteer.command("add")
@click.argument("table", type=click.Path(path_type=Path, exists=True))
def gazetteer_add(table: Path) -> None:
    """Add a TABLE of places (places.csv, or a GeoNames dump) for all later runs."""
    from variorum import gazetteer as places

    click.echo(f"{places.add(table)} places added")


@gazetteer.command("list")
def gazetteer_list() -> None:
    """List the tables that were added."""
    from variorum import gazetteer as places

    for name in places.listed():
        click.echo(name)


@gazetteer.command("remove")
@click.argument("name")
def gazetteer_remove(name: str) -> None:
    """Take the added table NAME away again."""
    from variorum import gazetteer as places

    places.remove(name)
