"""An edition's tables in the formats of others, one file for each format.

Every format is a function ``write(tables, out, options)``; `FORMATS` lists them, so that the command line, the docs and
the tests see the same set.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from variorum.citing import STYLES
from variorum.errors import ConfigError, EditionError
from variorum.export import (
    citations,
    coders,
    csv_tables,
    datapackage,
    geojson,
    graphs,
    json_tables,
    linked,
    parquet_tables,
    quickstatements,
    sqlite_tables,
    tei,
    timelinejs,
    ucdp,
    webannotation,
)
from variorum.export.dossier import docx as dossier_docx
from variorum.export.dossier import html as dossier_html
from variorum.export.dossier import odt as dossier_odt
from variorum.export.rocrate import crate, zipped

__all__ = ["FORMATS", "Format", "write"]

Tables = Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name, what it is for, the ending of its file, and its writer.

    ``folder`` is True where a path without an ending becomes a folder of files rather than one (zip) file.
    """

    name: str
    text: str
    ending: str
    write: Callable[[Tables, BinaryIO, Mapping[str, Any]], None]
    folder: Callable[[Tables, Path, Mapping[str, Any]], None] | None = None
    options: Mapping[str, str] | None = None


DOSSIER = {
    "title": "the title of the dossier",
    "style": "the style of its footnotes: " + ", ".join(STYLES),
    "unjudged": "yes prints the questions too that no rule can judge",
}

FORMATS: dict[str, Format] = {
    f.name: f
    for f in [
        Format("json", "every table in one JSON object", ".json", json_tables.write),
        Format("csv", "a CSV file for each table: a folder, or a zip", ".zip", csv_tables.write, csv_tables.folder),
        Format(
            "parquet",
            "a Parquet file for each table: a folder, or a zip",
            ".zip",
            parquet_tables.write,
            parquet_tables.folder,
        ),
        Format(
            "timelinejs",
            "the events for Knight Lab's TimelineJS",
            ".json",
            timelinejs.write,
            options={"title": "the title of the timeline"},
        ),
        Format("geojson", "the events at their places, areas as areas", ".geojson", geojson.write),
        Format(
            "webannotation", "claims, readings and parallels as W3C Web Annotations", ".jsonld", webannotation.write
        ),
        Format(
            "ucdp",
            "one row for each event with low, best and high, in UCDP's columns",
            ".csv",
            ucdp.write,
            options={"best": "the rule for best: " + ", ".join(ucdp.RULES)},
        ),
        Format("sqlite", "every table in one SQLite database, for Datasette", ".db", sqlite_tables.write),
        Format(
            "datapackage",
            "the CSV tables as a Frictionless Data Package: a folder, or a zip",
            ".zip",
            datapackage.write,
            datapackage.folder,
            options={"title": "the title of the package"},
        ),
        Format("docx", "a dossier for Word, with real footnotes", ".docx", dossier_docx.write, options=DOSSIER),
        Format("odt", "a dossier for LibreOffice, with real footnotes", ".odt", dossier_odt.write, options=DOSSIER),
        Format(
            "html",
            "a dossier as one page that asks nothing of the network",
            ".html",
            dossier_html.write,
            options=DOSSIER,
        ),
        Format("pdf", "a dossier as PDF, by WeasyPrint or Chromium", ".pdf", dossier_html.pdf, options=DOSSIER),
        Format("rocrate", "the CSV tables as an RO-Crate: a folder, or a zip", ".zip", zipped(crate), crate),
        Format(
            "gexf",
            "the stemma as a graph, for Gephi",
            ".gexf",
            graphs.gexf,
            options={"title": "the title of the graph"},
        ),
        Format("graphml", "the stemma as a graph, for yEd, igraph and networkx", ".graphml", graphs.graphml),
        Format(
            "acled",
            "one row for each event, in ACLED's columns",
            ".csv",
            coders.acled,
            options={"best": "the rule for fatalities: " + ", ".join(ucdp.RULES)},
        ),
        Format("plover", "one record for each event of a PLOVER type", ".jsonl", coders.plover),
        Format(
            "claims", "every claim that tells an event, as schema.org Claim without a rating", ".jsonld", linked.claims
        ),
        Format(
            "ftm",
            "accounts, events and names as FollowTheMoney entities or statements",
            ".ftm.json",
            linked.ftm,
            options={"as": "entities or statements"},
        ),
        Format(
            "passim",
            "shared passages as passim's clusters, or the accounts as its input",
            ".jsonl",
            linked.passim,
            options={"as": "clusters or input"},
        ),
        Format("bibtex", "the accounts as BibTeX", ".bib", citations.bibtex_file),
        Format("csljson", "the accounts as CSL-JSON, for Zotero and Pandoc", ".json", citations.csl_file),
        Format(
            "footnotes",
            "a footnote for each question, with every place and wording",
            ".txt",
            citations.footnote_file,
            options={"style": "the style: " + ", ".join(STYLES)},
        ),
        Format("wikitext", "what each account says, as references of Wikipedia", ".txt", citations.wiki_file),
        Format(
            "quickstatements",
            "the dead and wounded as statements for Wikidata",
            ".txt",
            quickstatements.write,
            options={
                "items": "a CSV file (id, item) that says which item an event or a witness is",
                "create": "yes makes new items for events without one",
            },
        ),
        Format(
            "tei",
            "a critical apparatus and the accounts in TEI P5",
            ".xml",
            tei.write,
            options={"title": "the title of the edition"},
        ),
    ]
}
"""The formats by name."""


def write(
    tables: Tables,
    fmt: str,
    out: Path | BinaryIO,
    options: Mapping[str, Any] | None = None,
    about: Mapping[str, Any] | None = None,
    formats: Mapping[str, Format] | None = None,
) -> None:
    """Write an edition's tables in a format to a file, a folder, or an open binary stream.

    ``about`` is the edition's manifest, for its title, key and version; ``formats`` others than `FORMATS`. A path
    without an ending becomes a folder where the format has one (`Format.folder`); everything else is one
    file. An unknown format or option raises `ConfigError`, a path that cannot be written `EditionError`.
    """
    known = formats or FORMATS
    chosen = known.get(fmt)
    if chosen is None:
        raise ConfigError(f"format {fmt}", "there is no such format", f"it is one of {', '.join(known)}")
    given = dict(options or {})
    for name in given:
        if name not in (chosen.options or {}):
            own = ", ".join(chosen.options or {}) or "none"
            raise ConfigError(f"option {name}", f"the format {fmt} has no such option", f"its options: {own}")
    given["about"] = dict(about or {})
    if not isinstance(out, Path):
        chosen.write(tables, out, given)
        return
    try:
        _to_path(chosen, tables, out, given)
    except OSError as error:
        raise EditionError(
            str(out), f"cannot be written ({error.strerror or error})", "choose another place"
        ) from error


def _to_path(chosen: Format, tables: Tables, out: Path, options: Mapping[str, Any]) -> None:
    if chosen.folder is not None and (out.is_dir() or not out.suffix):
        chosen.folder(tables, out, options)
        return
    partial = out.with_name(out.name + ".partial")
    try:
        with partial.open("wb") as stream:
            chosen.write(tables, stream, options)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
