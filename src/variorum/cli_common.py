"""What the commands share: options, an engine, progress, and errors as sentences with exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from variorum.config import Config, load_config, parsed
from variorum.errors import InputError, VariorumError

if TYPE_CHECKING:
    from variorum.engine import Engine, Told
    from variorum.records import Problem

__all__ = ["Group", "on_an_engine", "progress_bar", "reading_options", "say_problems", "write_lines"]


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


def reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that every command which reads accounts has; it is called with the `Config` that they make."""

    @wraps(command)
    def read(**given: Any) -> None:
        command(config=config_of(given.pop("config_file"), given.pop("settings"), given.pop("model")), **given)

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


def on_an_engine(command: Callable[..., None]) -> Callable[..., None]:
    """The options of commands whose work can go to Spark.

    The command is called with the engine, which is closed at its end, or with None: then it brings what it needs here.
    """

    @wraps(command)
    def run(*, engine: str, master: str, config: Config, **given: Any) -> None:
        with engine_of(engine, master, config) as opened:
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


def engine_of(name: str, master: str, config: Config) -> AbstractContextManager[Engine | None]:
    if name == "duckdb":
        return nullcontext()
    from variorum.engine.spark import SparkEngine

    return SparkEngine(master, processes=config.processes)


def config_of(config_file: Path | None, settings: Iterable[str], model: str | None) -> Config:
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


@contextmanager
def progress_bar(step: str, output: str, quiet: bool) -> Iterator[Told]:
    """A bar on standard error while a step works, unless its lines go to the same terminal."""
    from variorum.progress import Bars

    with Bars(quiet or (output == "-" and sys.stdout.isatty())) as bars:
        bars.begin(step)
        yield bars.at


def write_lines(lines: Iterable[str], output: str) -> None:
    try:
        with click.open_file(output, "w", encoding="utf-8", errors="surrogatepass") as file:
            for line in lines:
                file.write(line + "\n")
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(output, f"cannot be written ({error.strerror})", "choose another -o") from error


def say_problems(problems: list[Problem], quiet: bool) -> None:
    if not quiet:
        for problem in problems:
            click.echo(f"variorum: {problem.message}", err=True)
