"""The command ``variorum review``: decisions from the command line, through the same code as the app's."""

from __future__ import annotations

import csv
import getpass
import io
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from variorum.errors import InputError

if TYPE_CHECKING:
    from variorum.review.grammar import Decision
    from variorum.review.log import Draft, Log
    from variorum.review.tables import TableDesk

__all__ = ["review"]


@click.group(invoke_without_command=True)
@click.argument("edition", type=click.Path(path_type=Path))
@click.pass_context
def review(context: click.Context, edition: Path) -> None:
    """Decisions of people on an EDITION: list, add, undo, merge, import, export, report.

    Decisions lie in EDITION.review.jsonl beside the edition, a log that is only added to. They take effect when the
    edition is collated again; 'variorum serve EDITION' does both in the browser.

    \b
    Examples:
      variorum review edition
      variorum review edition add wrong --row verdicts v12ab34 --set because="other scope" --why "the town only"
      variorum review edition add missed --words figure courier "some forty" --set low=36 --set high=44
      variorum review edition undo 4c1101727ba2
      variorum review edition merge from-ben.review.jsonl
    """
    context.obj = edition
    if context.invoked_subcommand is None:
        context.invoke(list_)


def _log(edition: Path) -> Log:
    from variorum.review.log import Log, log_of

    return Log(log_of(edition))


def _desk(edition: Path) -> TableDesk:
    from variorum.edition import Edition
    from variorum.review.tables import TableDesk

    return TableDesk(Edition(edition).table)


def _me() -> str:
    try:
        return os.environ.get("VARIORUM_REVIEWER") or getpass.getuser()
    except (OSError, KeyError):
        return "somebody"


BY = click.option("--by", default=_me, show_default="$VARIORUM_REVIEWER, or your login name", help="Who decides.")
WHY = click.option("--why", default="", help="The reason, in your words.")


@review.command("list")
@click.option("--by", help="Only those of one person.")
@click.option("--kind", help="Only those on one kind of thing: figure, comparison, event ...")
@click.option("--state", help="Only those in one state: obeyed, beside, orphan, replaced, undone, kept, waiting ...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("-n", "--most", default=0, help="How many at most, the latest; 0 for all.")
@click.pass_obj
def list_(
    edition: Path,
    by: str | None = None,
    kind: str | None = None,
    state: str | None = None,
    as_json: bool = False,
    most: int = 0,
) -> None:
    """List the decisions, with what became of each in the edition as it stands."""
    from variorum.review.listing import listed

    log = _log(edition)
    wanted = {"by": by, "kind": kind, "state": state}
    rows = [row for row in listed(edition, log) if all(v is None or row[n] == v for n, v in wanted.items())]
    for row in rows[-most:] if most else rows:
        click.echo(json.dumps(row, ensure_ascii=True) if as_json else _line(row))
    for problem in log.problems:
        click.echo(f"variorum: {problem}", err=True)
    if not rows and not as_json:
        click.echo("nobody has decided anything" if not log.decisions else "no such decision")


def _line(row: Mapping[str, Any]) -> str:
    from variorum.show import safe

    effect = f": {safe(row['effect'], 200)}" if row["effect"] else ""
    words = "; ".join(f"{safe(place, 60)} “{safe(text, 90)}”" for place, text in row["words"][:4])
    return (
        f"{row['number']:>4} {row['decision']}  {row['at'][:16].replace('T', ' ')}  {safe(row['kind'])} "
        f"{safe(row['said'], 300)}\n       [{row['state']}{effect}] {words}"
    )


@review.command("add")
@click.argument("says")
@click.option("--row", "rows", type=(str, str), multiple=True, metavar="TABLE KEY", help="The row; two for a merge.")
@click.option(
    "--words",
    "words",
    type=(str, str, str),
    multiple=True,
    metavar="KIND WITNESS WORDS",
    help="Words of a witness, or its offsets as 20-28; KIND is figure, time, place, quote, actor, claim or pair.",
)
@click.option("--off", multiple=True, metavar="CLAIM", help="A claim that a split parts off. Repeatable.")
@click.option("--set", "settings", multiple=True, metavar="FIELD=VALUE", help="What is right. Repeatable.")
@click.option("--replaces", multiple=True, metavar="DECISION", help="A decision that this one settles. Repeatable.")
@WHY
@BY
@click.pass_obj
def add(
    edition: Path,
    says: str,
    rows: tuple[tuple[str, str], ...],
    words: tuple[tuple[str, str, str], ...],
    off: tuple[str, ...],
    settings: tuple[str, ...],
    replaces: tuple[str, ...],
    why: str,
    by: str,
) -> None:
    """Decide: SAYS is right, wrong, none, missed, same, merge, verdict, hide, "leave out", seen, note ...

    A wrong word lists what can be said of that kind of thing, and a wrong field what it can be set to.

    \b
    Examples:
      variorum review edition add right --row verdicts v12ab34
      variorum review edition add merge --row events e1f2 --row events e3a4
      variorum review edition add wrong --words time courier "17 November" --set edtf=1998-11-17
      variorum review edition add metadata --row witnesses courier --set publisher="Asker Courier"
    """
    from variorum.review.log import Draft
    from variorum.review.subjects import about_rows, about_words

    desk = _desk(edition)
    if bool(rows) == bool(words):
        raise InputError(
            "add", "needs a row or words, and not both", "give --row TABLE KEY or --words KIND WITNESS WORDS"
        )
    if rows:
        about = about_rows(desk, says, rows[:2], off)
    else:
        about = about_words(desk, words[0][0], [_span(desk, witness, held) for _, witness, held in words])
    value = _value(about["kind"], says, settings)
    made = _log(edition).add([Draft(by, about, says, value, why, replaces, _key(edition))])
    _say(made, edition)


def _say(made: Iterable[Decision], edition: Path) -> None:
    from variorum.review.reviewed import said
    from variorum.show import safe

    for one in made:
        click.echo(f"{one.id}  {safe(said(one))}")
    warning = _log(edition).clock()
    if warning:
        click.echo(f"variorum: {warning}", err=True)


def _key(edition: Path) -> str:
    from variorum.edition import Edition

    return str(Edition(edition).manifest.get("key", ""))


def _span(desk: TableDesk, witness: str, words: str) -> tuple[str, int, int]:
    """Where words stand in a witness: offsets, or words that stand there once."""
    text = desk.text(witness)
    if text is None:
        raise InputError(
            f"witness {witness}", "there is none of that name", "'variorum show EDITION witness' lists them"
        )
    start, mark, end = words.partition("-")
    if mark and start.isdigit() and end.isdigit():
        return witness, int(start), int(end)
    count = text.text.count(words) if words else 0
    if count != 1:
        what = "does not stand there" if not count else f"stands there {count} times"
        raise InputError(f"“{words}” in {witness}", what, "give words that stand there once, or offsets as 20-28")
    at = text.text.index(words)
    return witness, at, at + len(words)


def _value(kind: str, says: str, settings: Iterable[str]) -> dict[str, Any]:
    from variorum.review.grammar import KINDS
    from variorum.review.values import typed

    saying = KINDS.get(kind, {}).get(says)
    if saying is None:
        known = ", ".join(KINDS.get(kind, {})) or "nothing"
        raise InputError(f"add {says}", f"of a {kind} one can say {known}")
    value: dict[str, Any] = {}
    for setting in settings:
        name, sign, text = setting.partition("=")
        fields = saying.value.model_fields if saying.value is not None else {}
        if not sign or name not in fields:
            known = ", ".join(fields) or "no field"
            raise InputError(f"--set {setting}", f"{says!r} of a {kind} has {known}", "write --set FIELD=VALUE")
        value[name] = typed(str(fields[name].annotation), text)
    return value


@review.command("undo")
@click.argument("decisions", nargs=-1, required=True)
@WHY
@BY
@click.pass_obj
def undo(edition: Path, decisions: tuple[str, ...], why: str, by: str) -> None:
    """Take DECISIONS back, by their ids; that is a line of the log too, and can be taken back itself."""
    from variorum.review.log import Draft

    log = _log(edition)
    for key in decisions:
        if key not in log.decisions:
            raise InputError(
                f"undo {key}", "there is no such decision", f"'variorum review {edition} list' has their ids"
            )
    drafts = [Draft(by, {"kind": "decision", "decision": key}, "undo", {}, why) for key in decisions]
    _say(log.add(drafts), edition)


@review.command("merge")
@click.argument("logs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_obj
def merge(edition: Path, logs: tuple[Path, ...]) -> None:
    """Add the decisions of other LOGS to this edition's; each is added once, and none is lost."""
    log = _log(edition)
    for path in logs:
        made = log.merge(path)
        people = ", ".join(sorted({one.by for one in made}))
        click.echo(f"{path}: {len(made)} decisions added" + (f", of {people}" if people else ""))
    for problem in log.problems:
        click.echo(f"variorum: {problem}", err=True)


@review.command("export")
@click.option("-o", "--output", default="-", show_default=True, help="A file, or - for standard output.")
@click.option(
    "--to", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True, help="The format."
)
@click.pass_obj
def export(edition: Path, output: str, form: str) -> None:
    """Write the decisions out: the log as it is, or a table for spreadsheets with what became of each."""
    from variorum.review.listing import listed

    log = _log(edition)
    data = log.copy() if form == "jsonl" else _csv(listed(edition, log))
    try:
        with click.open_file(output, "wb") as file:
            file.write(data)
    except OSError as error:
        raise InputError(output, f"cannot be written ({error.strerror})", "choose another -o") from error


COLUMNS = ("decision", "number", "at", "by", "kind", "says", "value", "why", "state", "effect", "words")


def _csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    from variorum.export.csv_tables import write_rows

    out = io.BytesIO()
    flat = ({**row, "words": "; ".join(f"{place} “{text}”" for place, text in row["words"])} for row in rows)
    write_rows(list(COLUMNS), flat, out)
    return out.getvalue()


@review.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@BY
@click.pass_obj
def import_(edition: Path, file: Path, by: str) -> None:
    """Add decisions from a FILE that another program or a spreadsheet made; all of them, or none.

    JSON Lines or CSV with the fields says, and table and row, or kind, witness and words; fields of the value as
    columns of their own (low, high, edtf, because ...), why, and by.

    \b
    Example:
      says,table,row,because,why
      wrong,verdicts,v12ab34,other scope,the town only
    """
    desk = _desk(edition)
    drafts = []
    for number, given in _given(file):
        try:
            drafts.append(_draft(desk, given, by, _key(edition)))
        except InputError as error:
            raise InputError(f"{file}, line {number}", str(error), "nothing was imported") from error
    made = _log(edition).add(drafts)
    click.echo(f"{len(made)} decisions added")


def _given(file: Path) -> Iterable[tuple[int, dict[str, Any]]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
        if file.suffix.lower() == ".csv":
            reader = csv.DictReader(io.StringIO(text))
            return [(reader.line_num, {k: v for k, v in row.items() if k and v not in (None, "")}) for row in reader]
        return [(n, json.loads(line)) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, csv.Error) as error:
        raise InputError(str(file), f"cannot be read ({error})", "give JSON Lines or CSV in UTF-8") from error


META = frozenset(("says", "table", "row", "kind", "witness", "words", "why", "by", "value"))


def _draft(desk: TableDesk, given: Mapping[str, Any], by: str, edition: str) -> Draft:
    from variorum.review.log import Draft
    from variorum.review.subjects import about_row, about_words

    if not isinstance(given, dict) or "says" not in given:
        raise InputError("says", "is missing", "each line says something")
    if "row" in given and "table" in given:
        about = about_row(desk, str(given["table"]), str(given["row"]))
    elif {"kind", "witness", "words"} <= given.keys():
        about = about_words(desk, str(given["kind"]), [_span(desk, str(given["witness"]), str(given["words"]))])
    else:
        raise InputError("table and row", "are missing", "give them, or kind, witness and words")
    says = str(given["says"])
    plain = [f"{k}={v}" for k, v in given.items() if k not in META and isinstance(v, str)]
    other = {k: v for k, v in given.items() if k not in META and not isinstance(v, str)}
    value = {**_value(about["kind"], says, plain), **other, **dict(given.get("value") or {})}
    return Draft(str(given.get("by", by)), about, says, value, str(given.get("why", "")), (), edition)


@review.command("report")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def report(edition: Path, as_json: bool) -> None:
    """Tell how far people agree (Cohen's kappa), and how many of the machine's rows they kept, by rule."""
    from variorum.review.report import report as make

    made = make(_log(edition).decisions)
    if as_json:
        click.echo(json.dumps(made.to_dict(), ensure_ascii=False))
        return
    for line in made.lines():
        click.echo(line)
