"""Commands for what leaves an edition: exports, what changed from one to the next, and whether all of it is right."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from variorum.cli_common import write_lines
from variorum.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["diff", "export", "verify"]


@click.command()
@click.argument("edition", type=click.Path(path_type=Path))
@click.option("--to", "form", required=True, help="The format; a wrong name lists them.")
@click.option("-o", "--output", required=True, type=click.Path(), help="A file or folder, or - for standard output.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="An option of the format. Repeatable.")
@click.option("--checked", is_flag=True, help="Only rows that people have judged, and what these rest on.")
@click.option("--where", metavar="WORDS", help="Only disagreements that fit, as with show, and what these rest on.")
@click.option(
    "--redact",
    "names",
    type=click.Path(path_type=Path),
    help="A CSV file of names, or a log of review (.jsonl), whose names become pseudonyms everywhere.",
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
        else:
            _reminded(opened.tables(), edition)
        exports.write(tables, form, out, options, about, FORMATS)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(output, f"cannot be written ({error.strerror})", "choose another -o") from error


def _reminded(tables: dict[str, pa.Table], edition: Path) -> None:
    """Says that people gave names pseudonyms, where an export has them in clear."""
    from variorum.review.log import log_of

    decisions = tables.get("decisions")
    said = zip(decisions["says"].to_pylist(), decisions["state"].to_pylist(), strict=True) if decisions else ()
    count = sum(one == ("pseudonym", "kept") for one in said)
    if count:
        names = "1 name has a pseudonym" if count == 1 else f"{count} names have pseudonyms"
        click.echo(f"{names} in the review; here all are in clear. --redact {log_of(edition)} hides them.", err=True)


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


@click.command()
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
        write_lines([as_page(changes, str(old), str(new))], str(page))
    elif as_json:
        click.echo(json_of(changes), nl=False)
    else:
        for line in lines(changes):
            click.echo(line)


@click.command()
@click.argument("edition", type=click.Path(path_type=Path))
@click.option(
    "--redacted",
    "names",
    type=click.Path(path_type=Path),
    help="Also look for a form of the names in this CSV file or log of review.",
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
