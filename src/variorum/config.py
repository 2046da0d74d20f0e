"""The options of a run, each with what it does, and when its default would be wrong.

Fields are flat and their names unique, so that the same noun is a field here, a key in ``variorum.toml`` and an option
of the command line (``--set name=value``).
"""

from __future__ import annotations

import tomllib
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from variorum.errors import ConfigError

__all__ = ["Config", "load_config"]


ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""The environment in which number libraries take one thread: matrices are small here, and processes share the cores."""


def option(default: Any, text: str) -> Any:
    """A field of `Config` with its help text."""
    return field(default=default, metadata={"help": text})


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that a user may set.

    >>> Config().replaced(language_model="en_core_web_trf").language_model
    'en_core_web_trf'
    >>> Config().replaced(nonsense=1)
    Traceback (most recent call last):
    ...
    variorum.errors.ConfigError: option nonsense: there is no such option; 'variorum collate --help' lists them
    """

    # --- read ---
    max_file_mb: int = option(
        200,
        "Files larger than this, in megabytes, are not read but listed as a problem. Wrong for archives in one file.",
    )
    max_unpacked_mb: int = option(
        1000,
        "Packed files (DOCX, Parquet, web archives) are read no further than this many megabytes unpacked. Wrong for "
        "large web archives.",
    )
    max_characters: int = option(
        20_000_000,
        "Of an account longer than this the rest is not read, which is listed as a problem. Wrong where one text is "
        "longer than some thirty books.",
    )
    follow_links: bool = option(
        False,
        "Links in a folder of accounts are followed to files outside it. Wrong for folders that others made: a link "
        "may lead to a private file, which would then be printed.",
    )
    columns: str = option(
        "",
        'Which columns of tables, or keys of JSON, hold what: "text=Artikel,published=Datum". Fields are text, '
        "id, title, publisher, party, published, url, language. Wrong where tables with other names stand beside.",
    )
    read_time: bool = option(
        False,
        "The time at which each file was read is kept in the table of files and on the page About. Wrong where the "
        "same accounts must give the same bytes.",
    )
    ocr: str = option(
        "eng",
        "Pictures of text in PDF files are read by Tesseract, where it is installed, in these languages (by its own "
        "codes, joined by +); empty leaves them unread. Wrong where scans are in another language.",
    )
    # --- language ---
    language_model: str | None = option(
        None, "A spaCy pipeline by name or path, used in place of the one shipped. It needs a tagger and a parser."
    )
    # --- times ---
    times_mode: str | None = option(
        None,
        '"news" counts "on Friday" from the day of publication, "narrative" from the text; nothing decides for each '
        "text. Wrong where a collection holds both.",
    )
    times_numeric_order: str | None = option(
        None,
        '"day first" or "month first" for 4/5/1921; nothing follows the text\'s other dates. Wrong where British and '
        "American texts are mixed.",
    )
    times_also: str = option(
        "",
        "Conventions of time expressions to follow besides the usual ones, separated by commas; docs/times.md lists "
        "them. Wrong where nobody asked for one.",
    )
    # --- places ---
    gazetteer_table: str | None = option(
        None,
        "A table of places for this run, asked before the gazetteer; a places.csv beside the accounts is taken "
        "unasked. Wrong where it holds places of other accounts.",
    )
    # --- figures ---
    # --- quotes ---
    # --- claims ---
    # --- parallels, renditions, stemma ---
    parallels_here: int = option(
        600_000_000,
        "Collections of up to this many characters are compared in one process (it takes about twenty bytes for "
        "each); larger ones by the engine's joins. Wrong where memory is short.",
    )
    embedding_model: str | None = option(
        None,
        "A sentence-embedding model by name or path (sentence-transformers, or a spaCy pipeline with vectors) that "
        "adds its vote to renditions. Wrong where results must not depend on what is installed.",
    )
    # --- events, readings, silences, checks ---
    # --- site ---
    interface: str = option(
        "en",
        "The language of the pages: en, fr, ru or uk. What accounts say stays in their language, exports and the "
        "terminal are in English. Wrong where readers know no other language than English.",
    )
    tiles: str | None = option(
        None,
        "The address of a map tile server, such as https://example.org/{z}/{x}/{y}.png, drawn under the maps. "
        "Wrong where readers are at risk: their browsers ask that server for every map they look at.",
    )
    title: str | None = option(
        None,
        "The title on the pages. Without one the name of the folder of accounts is taken, or of the one above where "
        "that only says what lies in it (texts, articles); wrong where neither says what the accounts are of.",
    )
    # --- review ---
    two_readers: bool = option(
        False,
        "A row counts as checked when two people have judged it, not one. Wrong for a single reader, whose rows would "
        "never count.",
    )
    # --- engine ---
    processes: int = option(
        0, "How many processes work at once; 0 takes one per core. Wrong where other work shares the machine."
    )

    def replaced(self, **changes: Any) -> Config:
        """A copy with the changes; an unknown name or a value of the wrong type raises `ConfigError`."""
        hints = typing.get_type_hints(Config)
        for name, value in changes.items():
            if name not in hints:
                raise ConfigError(f"option {name}", "there is no such option", "'variorum collate --help' lists them")
            if not _fits(value, hints[name]):
                raise ConfigError(f"option {name}", f"{value!r} is not of type {hints[name]}")
        return replace(self, **changes)

    @staticmethod
    def described() -> list[tuple[str, Any, str]]:
        """Name, default and help text of every option, in order."""
        return [(f.name, f.default, f.metadata["help"]) for f in fields(Config)]


def _fits(value: Any, hint: Any) -> bool:
    kinds = tuple(a for a in (typing.get_args(hint) or (hint,)))
    if isinstance(value, bool):
        return bool in kinds
    return isinstance(value, kinds) or (isinstance(value, int) and float in kinds)


def parsed(name: str, value: str) -> Any:
    """The value of an option given as text on the command line.

    >>> parsed("max_file_mb", "5"), parsed("language_model", "some/path")
    (5, 'some/path')
    """
    hint = typing.get_type_hints(Config).get(name)
    kinds = typing.get_args(hint) or (hint,)
    if bool in kinds and value.lower() in ("true", "false", "yes", "no", "1", "0"):
        return value.lower() in ("true", "yes", "1")
    for kind in (int, float):
        if kind in kinds:
            try:
                return kind(value)
            except ValueError:
                continue
    return value


def load_config(path: Path) -> Config:
    """The options of a TOML file; errors name the file and the line."""
    try:
        data: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"is not valid TOML ({error})") from error
    return Config().replaced(**data)
