"""The command line: one command per verb. Results go to standard output, all else to standard error."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from variorum import __version__
from variorum.cli_common import Group, on_an_engine, progress_bar, reading_options, say_problems, write_lines
from variorum.cli_export import diff, export, verify
from variorum.cli_gazetteer import gazetteer
from variorum.cli_review import review
from variorum.cli_serve import serve, users
from variorum.config import ONE_THREAD, Config

if TYPE_CHECKING:
    import pyarrow as pa

    from variorum.engine import Engine, Told

__all__ = ["main"]

for _name, _value in ONE_THREAD.items():  # read when the first number library is loaded, in a command
    os.environ.setdefault(_name, _value)

VIEWS = ("disagreements", "events", "parallels", "stemma", "names", "silences", "checks", "problems", "witness")


EPILOG = "\b\nOptions for --set and for TOML files, with their defaults:\n" + "\n".join(
    f"  {name}={'' if default is None else default}" for name, default, _ in Config.described()
)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="variorum", message="%(prog)s %(version)s")
def main() -> None:
    """Makes one sourced edition of many accounts of the same events.

    \b
    Examples:
      variorum demo
      variorum collate accounts/ -o edition
      variorum show edition disagreements
      variorum export edition --to csv -o tables
    """


@main.command(epilog=EPILOG)
@click.argument("accounts", nargs=-1, required=True)
@click.option("-o", "--output", "edition", required=True, type=click.Path(path_type=Path), help="The edition's folder.")
@reading_options
@on_an_engine
def collate(accounts: tuple[str, ...], edition: Path, engine: Engine | None, config: Config, quiet: bool) -> None:
    """Make an edition of ACCOUNTS (files, folders, tables, or - for standard input).

    Read are text, HTML, PDF, office files, e-mail, books, subtitles, archives, web archives and tables with a column
    for the words; docs/reading.md lists them all. A witnesses.csv beside the files (file, title, publisher, party,
    published) says what is known of them.

    \b
    Examples:
      variorum collate accounts/ -o edition
      variorum collate a.txt b.pdf articles.jsonl -o edition --set processes=1
      variorum collate accounts/ -o edition --engine spark --master spark://host:7077
    """
    _collate(accounts, edition, config, quiet, engine)


def _collate(accounts: Iterable[str], edition: Path, config: Config, quiet: bool, engine: Engine | None = None) -> None:
    from variorum.edition.collate import collate as make
    from variorum.edition.run import Progress, Summary
    from variorum.progress import Bars, say

    summary = Summary()
    with Bars(quiet) as bars:
        made = make(
            accounts, edition, config, engine=engine, progress=bars if not quiet else Progress(), summary=summary
        )
    if not quiet:
        say(made, summary)


@main.command()
@click.argument("accounts", nargs=-1, required=True)
@click.option(
    "-o", "--output", default="-", show_default=True, type=click.Path(), help="A file, or - for standard output."
)
@reading_options
def annotate(accounts: tuple[str, ...], output: str, config: Config, quiet: bool) -> None:
    """Write mentions and claims of ACCOUNTS as JSON Lines, one line a witness.

    \b
    Example:
      variorum annotate report.txt | jq '.figures[] | [.text, .role]'
    """
    from variorum import read
    from variorum.edition.witnesses import with_gazetteer, with_parts, witnesses_of

    config = with_gazetteer(config, accounts)
    found = read.accounts(accounts, config)
    with progress_bar("annotate", output, quiet) as told:
        known = with_parts(witnesses_of(found.documents), found.documents)
        write_lines(_annotated(known, config, told), output)
    say_problems(found.problems, quiet)


def _annotated(witnesses: pa.Table, config: Config, told: Told) -> Iterator[str]:
    """The lines of all witnesses, in their order; by several processes where there is enough to do."""
    from variorum import gazetteer as places
    from variorum.annotate import LINES, lines
    from variorum.engine.duckdb import DuckEngine

    places.ensure()  # once, before several processes look for it
    with DuckEngine(config.processes) as engine:
        engine.watch(told)
        engine.put("witnesses", witnesses)
        for part in engine.parts(partial(lines, config=config), "witnesses", LINES):
            yield from part["line"].to_pylist()


@main.command()
@click.argument("accounts", nargs=-1, required=True)
@click.option(
    "-o", "--output", default="-", show_default=True, type=click.Path(), help="A file, or - for standard output."
)
@reading_options
@on_an_engine
def trace(accounts: tuple[str, ...], output: str, engine: Engine | None, config: Config, quiet: bool) -> None:
    """Write the passages that ACCOUNTS share, and who has them from whom, as JSON Lines.

    Reads passim's input form too: {"id", "series", "date", "text"} a line. No language model is needed.

    \b
    Examples:
      variorum trace articles.jsonl -o parallels.jsonl
      variorum trace articles.jsonl -o parallels.jsonl --engine spark --master spark://host:7077
    """
    from variorum import read
    from variorum.edition.witnesses import witnesses_of
    from variorum.trace import trace as find

    found = read.accounts(accounts, config)
    with progress_bar("trace", output, quiet) as told:
        parts = {document.id: document.parts for document in found.documents}
        rows = find(witnesses_of(found.documents), config, engine, told, parts)
        write_lines((json.dumps(row.to_dict(), ensure_ascii=False) for row in rows), output)
    say_problems(found.problems, quiet)


@main.command()
@click.argument("edition", type=click.Path(path_type=Path))
@click.argument("view", type=click.Choice(VIEWS), default="disagreements")
@click.argument("id", required=False)
@click.option("-n", "--most", default=30, show_default=True, help="How many rows at most; 0 for all.")
@click.option("--all", "every", is_flag=True, help="Also what is unsure, and what is only compatible or agrees.")
@click.option("--checked", is_flag=True, help="Only rows that people have judged.")
@click.option(
    "--where", metavar="WORDS", help="Only disagreements that fit, sure or not: attribute, verdict, witness ..."
)
@click.option("--json", "as_json", is_flag=True, help="Disagreements as JSON, one a line, with readings and addresses.")
def show(
    edition: Path, view: str, id: str | None, most: int, every: bool, checked: bool, where: str | None, as_json: bool
) -> None:
    """Show a part of an EDITION in the terminal.

    \b
    Examples:
      variorum show edition disagreements
      variorum show edition disagreements --where "killed and conflict and witness:A"
      variorum show edition disagreements --where "(date or place) chance>=.5" --json
      variorum show edition witness A
    """
    from variorum.edition import Edition
    from variorum.show import show as lines

    for line in lines(Edition(edition), view, id, most, every, checked, where, as_json):
        click.echo(line)


@main.command()
@click.option(
    "-o",
    "--output",
    "edition",
    default="demo",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The edition's folder.",
)
@click.option("--no-review", is_flag=True, help="Without the decisions of the example's two readers.")
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
def demo(edition: Path, no_review: bool, quiet: bool) -> None:
    """Make the edition of the example that comes with the program, with what two readers have decided on it.

    The readers' decisions are put beside the edition (EDITION.review.jsonl) where no log is yet; yours are kept.
    """
    from variorum.example import folder, review_log
    from variorum.review.log import Log, log_of

    if not no_review and not log_of(edition).exists():
        edition.parent.mkdir(parents=True, exist_ok=True)
        Log(log_of(edition)).merge(review_log())
    _collate([str(folder())], edition, Config(title="The loss of the Maid of Asker"), quiet)
    if not quiet:
        click.echo(f"To search it, to check it row by row and to correct it in the browser:\nvariorum serve {edition}")


for _command in (export, diff, verify, gazetteer, review, serve, users):
    main.add_command(_command)


if __name__ == "__main__":
    partial(main, prog_name="variorum")()
