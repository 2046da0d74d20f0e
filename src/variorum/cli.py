"""The command line: one command per verb. Results go to standard output, all else to standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from variorum import __version__
from variorum.cli_review import review
from variorum.cli_serve import serve, users
from variorum.config import ONE_THREAD, Config, load_config, parsed
from variorum.errors import InputError, VariorumError

if TYPE_CHECKING:
    import pyarrow as pa

    from variorum.engine import Engine, Told
    from variorum.records import Problem

__all__ = ["main"]

for _name, _value in ONE_THREAD.items():  # read when the first number library is loaded, in a command
    os.environ.setdefault(_name, _value)

VIEWS = ("disagreements", "events", "parallels", "stemma", "names", "silences", "checks", "problems", "witness")


class Group(click.Group):
    """A group of commands that ends with a sentence and an exit code where Variorum raises an error."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except VariorumError as error:
            _fail(str(error), error.exit_code)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)


def _fail(message: str, code: int) -> NoReturn:
    click.echo(f"variorum: {message}", err=True)
    sys.exit(code)


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that every command which reads accounts has; it is called with the `Config` that they make."""

    @wraps(command)
    def read(**given: Any) -> None:
        command(config=_config(given.pop("config_file"), given.pop("settings"), given.pop("model")), **given)

    for option in (
        click.option("--config", "config_file", type=click.Path(path_type=Path), help="Options from a TOML file."),
        click.option(
            "--set", "settings", multiple=True, metavar="NAME=VALUE", help="Set one option; see below. Repeatable."
        ),
        click.option("--model", metavar="NAME|PATH", help="A spaCy pipeline to use in place of the one shipped."),
        click.option("--quiet", is_flag=True, help="No progress, no summary."),
    ):
        read = option(read)
    return read


def _on_an_engine(command: Callable[..., None]) -> Callable[..., None]:
    """The options of commands whose work can go to Spark.

    The command is called with the engine, which is closed at its end, or with None: then it brings what it needs here.
    """

    @wraps(command)
    def run(*, engine: str, master: str, config: Config, **given: Any) -> None:
        with _engine(engine, master, config) as opened:
            command(engine=opened, config=config, **given)

    for option in (
        click.option(
            "--master",
            metavar="URL",
            default="local[*]",
            show_default=True,
            help="The Spark master, with --engine spark.",
        ),
        click.option(
            "--engine",
            type=click.Choice(["duckdb", "spark"]),
            default="duckdb",
            show_default=True,
            help="Where the work is done: here, or by Spark.",
        ),
    ):
        run = option(run)
    return run


def _engine(name: str, master: str, config: Config) -> AbstractContextManager[Engine | None]:
    if name == "duckdb":
        return nullcontext()
    from variorum.engine.spark import SparkEngine

    return SparkEngine(master, processes=config.processes)


def _config(config_file: Path | None, settings: Iterable[str], model: str | None) -> Config:
    config = load_config(config_file) if config_file else Config()
    changes: dict[str, Any] = {}
    for setting in settings:
        name, sign, value = setting.partition("=")
        if not sign:
            raise InputError(f"--set {setting}", "has no '='", "write --set NAME=VALUE")
        changes[name.strip()] = parsed(name.strip(), value.strip())
    if model:
        changes["language_model"] = model
    return config.replaced(**changes) if changes else config


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
@_options
@_on_an_engine
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
@_options
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
    with _bar("annotate", output, quiet) as told:
        known = with_parts(witnesses_of(found.documents), found.documents)
        _write_lines(_annotated(known, config, told), output)
    _problems(found.problems, quiet)


@contextmanager
def _bar(step: str, output: str, quiet: bool) -> Iterator[Told]:
    """A bar on standard error while a step works, unless its lines go to the same terminal."""
    from variorum.progress import Bars

    with Bars(quiet or (output == "-" and sys.stdout.isatty())) as bars:
        bars.begin(step)
        yield bars.at


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
@_options
@_on_an_engine
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
    with _bar("trace", output, quiet) as told:
        parts = {document.id: document.parts for document in found.documents}
        rows = find(witnesses_of(found.documents), config, engine, told, parts)
        _write_lines((json.dumps(row.to_dict(), ensure_ascii=False) for row in rows), output)
    _problems(found.problems, quiet)


def _write_lines(lines: Iterable[str], output: str) -> None:
    try:
        with click.open_file(output, "w", encoding="utf-8", errors="surrogatepass") as file:
            for line in lines:
                file.write(line + "\n")
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(output, f"cannot be written ({error.strerror})", "choose another -o") from error


def _problems(problems: list[Problem], quiet: bool) -> None:
    if not quiet:
        for problem in problems:
            click.echo(f"variorum: {problem.message}", err=True)


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
@click.argument("edition", type=click.Path(path_type=Path))
@click.option("--to", "form", required=True, help="The format; a wrong name lists them.")
@click.option("-o", "--output", required=True, type=click.Path(), help="A file or folder, or - for standard output.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="An option of the format. Repeatable.")
@click.option("--checked", is_flag=True, help="Only rows that people have judged, and what these rest on.")
@click.option("--where", metavar="WORDS", help="Only disagreements that fit, as with show, and what these rest on.")
@click.option(
    "--redact", "names", type=click.Path(path_type=Path), help="A CSV file of names that become pseudonyms everywhere."
)
@click.option("--key", type=click.Path(path_type=Path), help="Which pseudonym is whose; beside the names if not said.")
def export(
    edition: Path,
    form: str,
    output: str,
    settings: tuple[str, ...],
    checked: bool,
    where: str | None,
    names: Path | None,
    key: Path | None,
) -> None:
    """Write an EDITION in another form: json, csv, parquet, sqlite, geojson and others.

    \b
    Examples:
      variorum export edition --to json -o edition.json
      variorum export edition --to docx -o dossier.docx --where "killed and conflict"
    """
    from variorum import export as exports
    from variorum.bags import FORMATS
    from variorum.edition import Edition
    from variorum.export.selecting import selected

    if form not in FORMATS:
        raise InputError(f"--to {form}", "there is no such format", f"there are {', '.join(sorted(FORMATS))}")
    options = dict(setting.partition("=")[::2] for setting in settings)
    out: Any = sys.stdout.buffer if output == "-" else Path(output)
    try:
        opened = Edition(edition).checked() if checked else Edition(edition)
        tables = selected(opened.tables(), where) if where else opened.tables()
        about = {**opened.manifest, "where": where or ""}
        if names:
            tables, about = _redacted(tables, about, names, key or names.with_suffix(".key.csv"), Path(output))
        exports.write(tables, form, out, options, about, FORMATS)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(output, f"cannot be written ({error.strerror})", "choose another -o") from error


def _redacted(
    tables: dict[str, pa.Table], about: dict[str, Any], names: Path, key: Path, out: Path
) -> tuple[dict[str, pa.Table], dict[str, Any]]:
    """The tables and the manifest with pseudonyms; the report goes to standard error, the key beside the names."""
    from variorum.redact import Finder, read_names, redacted, report_lines, write_key

    if str(out) != "-" and key.resolve().is_relative_to(out.resolve()):
        raise InputError(f"--key {key}", "lies in what is handed on", "keep the key elsewhere")
    persons = read_names(names, key)
    made = redacted(tables, Finder(persons))
    write_key(persons, key)
    for line in report_lines(made):
        click.echo(line, err=True)
    return made.tables, json.loads(made.finder.replaced(json.dumps(about, ensure_ascii=False)))


@main.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The changes as JSON.")
@click.option("--page", type=click.Path(path_type=Path), help="A file for the changes as a page of HTML.")
def diff(old: Path, new: Path, as_json: bool, page: Path | None) -> None:
    """Tell what changed from the edition OLD to the edition NEW, and why.

    \b
    Examples:
      variorum diff last-week this-week
      variorum diff last-week this-week --page changes.html
    """
    from variorum.diff import diff as compared
    from variorum.diff.told import as_json as json_of
    from variorum.diff.told import as_page, lines
    from variorum.edition import Edition

    changes = compared(Edition(old), Edition(new))
    if page:
        _write_lines([as_page(changes, str(old), str(new))], str(page))
    elif as_json:
        click.echo(json_of(changes), nl=False)
    else:
        for line in lines(changes):
            click.echo(line)


@main.command()
@click.argument("edition", type=click.Path(path_type=Path))
@click.option(
    "--redacted", "names", type=click.Path(path_type=Path), help="Also look for a form of the names in this CSV file."
)
def verify(edition: Path, names: Path | None) -> None:
    """Check every span, hash and reference of an EDITION; exit code 1 where something is wrong.

    With --redacted, EDITION may be any export: every file of it is unpacked and searched for the names.
    """
    from variorum.edition import MANIFEST, Edition
    from variorum.edition.verify import verify as check
    from variorum.redact import Finder, read_names, still_there

    faults = list(check(Edition(edition))) if not names or (edition / MANIFEST).is_file() else []
    if names:
        faults += still_there(edition, Finder(read_names(names)))
    for fault in faults:
        click.echo(fault)
    if faults:
        sys.exit(1)
    found = "no form of the names is left" if names else "every span, hash and reference is right"
    click.echo(f"{edition}: {found}")


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


@main.group()
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


main.add_command(review)
main.add_command(serve)
main.add_command(users)


if __name__ == "__main__":
    partial(main, prog_name="variorum")()
