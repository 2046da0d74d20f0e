"""A dossier as one HTML file that asks nothing of the network, and as PDF by WeasyPrint or Chromium."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from variorum.errors import ConfigError
from variorum.export.dossier.compose import composed
from variorum.export.dossier.drawing import svg
from variorum.export.dossier.model import Block, Contents, Document, Figure, Heading, Paragraph, Run, Table, is_rtl

__all__ = ["page", "pdf", "write"]

STYLE = """
@page { size: A4; margin: 22mm 22mm 24mm; @bottom-center { content: counter(page) " / " counter(pages); font: 8pt serif; color: #555 }
  @footnote { margin-top: 5mm } }
html { font: 11pt/1.45 Charter, "Bitstream Charter", "Source Serif 4", Cambria, Georgia, "DejaVu Serif", serif; color: #1f2328; background: #fff }
body { max-width: 42em; margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.45em; margin: 1.6em 0 .4em; break-after: avoid } h2 { font-size: 1.1em; margin: 1.4em 0 .3em; break-after: avoid } h3 { font-size: 1em }
.title { font-size: 2.1em; line-height: 1.15; font-weight: bold; margin: 0 0 .2em } .subtitle { font-size: 1.1em; color: #555; margin: 0 0 1.4em }
p { margin: .35em 0; orphans: 2; widows: 2 } .keep { break-after: avoid } .quote { margin-left: 1.6em } .note, .n { font-size: .87em; color: #555 }
table { border-collapse: collapse; width: 100%; margin: .5em 0 1em; font-size: .93em; table-layout: fixed } td, th { text-align: left; vertical-align: top; padding: .3em .5em .3em 0; border-bottom: .5pt solid #bbb; overflow-wrap: anywhere }
th { font-size: .87em; color: #555; font-weight: normal } tr { break-inside: avoid } figure { margin: .6em 0 1.2em; break-inside: avoid; break-before: avoid } figure svg { max-width: 100%; height: auto } figcaption { font-size: .87em; color: #555 }
sup a { text-decoration: none } ol.feet { font-size: .87em; padding-left: 2.2em } ol.toc { list-style: none; padding: 0; margin: .4em 0 1em } ol.toc li { margin: .15em 0 } ol.toc a { color: inherit; text-decoration: none }
@media print { ol.toc a::after { content: leader(".") " " target-counter(attr(href), page) } } ol.feet li { overflow-wrap: anywhere } a { color: #1d4f91 }
.fn { float: footnote; footnote-policy: line; font-size: 8.5pt; line-height: 1.3; text-align: left; font-weight: normal; color: #1f2328; overflow-wrap: anywhere }
.fn::footnote-call { font-size: 7.5pt; vertical-align: super; line-height: 0 } .fn::footnote-marker { content: counter(footnote) ". " }
"""  # fmt: skip
"""WeasyPrint 70 moves footnotes to later pages where `@footnote` has a border or padding: it has a margin alone."""
LARGE = 1500
"""Dossiers of more blocks than this are printed by Chromium where it is there: WeasyPrint took 24 s of one processor for 86 pages."""
PATIENCE = 600
"""Seconds that Chromium has for a dossier."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def write(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """The dossier as one HTML file, its footnotes at the end."""
    out.write(page(composed(tables, options)).encode("utf-8", "replace"))


def page(document: Document, floats: bool = False) -> str:
    """The page; with ``floats`` each footnote stands at its place, for printers that lay them at the foot of the page."""
    feet: list[str] = []
    body = "\n".join(_block(block, feet, floats) for block in document.blocks)
    if feet and not floats:
        items = "\n".join(
            f'<li id="fn{n}">{escape(foot)} <a href="#ref{n}" aria-label="back to the text">↩</a></li>'
            for n, foot in enumerate(feet, 1)
        )
        body += f'\n<h1>Notes</h1>\n<ol class="feet">\n{items}\n</ol>'
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width"><meta name="generator" content="Variorum"><title>{escape(document.title)}</title>'
        f"<style>{STYLE}</style></head><body>\n{body}\n</body></html>\n"
    )


def _block(block: Block, feet: list[str], floats: bool) -> str:
    if isinstance(block, Contents):
        parts = "".join(f'<li><a href="#{anchor}" dir="auto">{escape(text)}</a></li>' for anchor, text in block.parts)
        return f'<nav aria-label="Contents"><ol class="toc">{parts}</ol></nav>'
    if isinstance(block, Heading):
        place = f' id="{block.anchor}"' if block.anchor else ""
        return f'<h{block.level}{place} dir="auto">{escape(block.text)}</h{block.level}>'
    if isinstance(block, Paragraph):
        kept = " keep" if block.keep else ""
        return f'<p class="{block.look}{kept}"{_way(block.runs)}>{_runs(block.runs, feet, floats)}</p>'
    if isinstance(block, Figure):
        return f"<figure>{svg(block)}<figcaption>{escape(block.caption)}</figcaption></figure>"
    return "".join(_table(block, feet, floats))


def _way(runs: tuple[Run, ...]) -> str:
    return ' dir="rtl"' if is_rtl("".join(run.text for run in runs)) else ""


def _table(table: Table, feet: list[str], floats: bool) -> Iterator[str]:
    yield "<table><colgroup>" + "".join(f'<col style="width:{w}%">' for w in table.widths) + "</colgroup><thead><tr>"
    yield "".join(f'<th scope="col">{escape(h)}</th>' for h in table.head) + "</tr></thead><tbody>"
    for row in table.rows:
        yield "<tr>" + "".join(f"<td{_way(cell)}>{_runs(cell, feet, floats)}</td>" for cell in row) + "</tr>\n"
    yield "</tbody></table>"


TAGS = {"strong": ("<b>", "</b>"), "em": ("<i>", "</i>"), "note": ('<span class="n">', "</span>")}


def _runs(runs: tuple[Run, ...], feet: list[str], floats: bool) -> str:
    said = []
    for run in runs:
        begin, end = TAGS.get(run.look, ("", ""))
        said.append(f"{begin}{escape(run.text)}{end}")
        if run.foot and floats:
            said.append(f'<span class="fn">{escape(run.foot)}</span>')
        elif run.foot:
            feet.append(run.foot)
            n = len(feet)
            said.append(f'<sup id="ref{n}"><a href="#fn{n}">{n}</a></sup>')
    return "".join(said)


def pdf(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """The dossier as PDF: by WeasyPrint with footnotes on their pages; a large one by Chromium, with notes at the end.

    Raises `ConfigError` where neither is there.
    """
    document = composed(tables, options)
    if len(document.blocks) > LARGE and (program := _chromium()):
        out.write(_by_chromium(page(document), program))
        return
    try:
        from weasyprint import HTML
    except (ImportError, OSError):
        out.write(_by_chromium(page(document), _chromium()))
        return
    out.write(HTML(string=page(document, floats=True), url_fetcher=_nothing).write_pdf(pdf_tags=True))


def _nothing(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"{url} is not asked for")


def _chromium() -> str | None:
    return next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)


def _by_chromium(text: str, program: str | None) -> bytes:
    if program is None:
        advice = "pip install 'variorum[publish]', or export to html or docx and print that"
        raise ConfigError("--to pdf", "needs WeasyPrint or Chromium", advice)
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "dossier.html", Path(folder) / "dossier.pdf"
        source.write_text(text, encoding="utf-8", errors="replace")
        command = [
            program,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile",
        ]
        try:
            subprocess.run(
                [*command, f"--print-to-pdf={made}", source.as_uri()], check=True, capture_output=True, timeout=PATIENCE
            )
            return made.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            late = isinstance(error, subprocess.TimeoutExpired)
            why = f"Chromium did not print it within {PATIENCE} s" if late else "Chromium could not print it"
            raise ConfigError("--to pdf", why, "print a part of it with --where, or export to docx or html") from error
