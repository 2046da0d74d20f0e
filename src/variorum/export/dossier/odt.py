"""A dossier as ODT (LibreOffice), with styles, tables, pictures and real footnotes; the format is written directly."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from html import escape
from typing import Any, BinaryIO

import pyarrow as pa

from variorum import __version__
from variorum.export.dossier.compose import composed
from variorum.export.dossier.drawing import svg
from variorum.export.dossier.model import Block, Contents, Document, Figure, Heading, Paragraph, Run, Table, is_rtl

__all__ = ["write"]

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("meta", "meta"), ("manifest", "manifest"),
    )
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
KIND = "application/vnd.oasis.opendocument.text"
LOOKS = {
    "title": "Title",
    "subtitle": "Subtitle",
    "quote": "Quotation",
    "note": "Remark",
    "body": "Standard",
    "cell": "Cell",
}
KEPT = {"Standard": "Kept", "Quotation": "KeptQuotation", "Remark": "KeptRemark"}
FAMILY = 'style:family="paragraph"'
STYLES = f"""<office:styles>
<style:default-style {FAMILY}><style:text-properties fo:font-size="10.5pt" fo:font-family="Cambria, 'DejaVu Serif', serif" fo:color="#1f2328" fo:language="en" fo:country="US"/></style:default-style>
<style:style style:name="Standard" {FAMILY}><style:paragraph-properties fo:margin-top="1mm" fo:margin-bottom="1mm" fo:line-height="125%" fo:orphans="2" fo:widows="2"/></style:style>
<style:style style:name="Kept" {FAMILY} style:parent-style-name="Standard"><style:paragraph-properties fo:keep-with-next="always"/></style:style>
<style:style style:name="Title" {FAMILY}><style:paragraph-properties fo:margin-bottom="1mm"/><style:text-properties fo:font-size="24pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Subtitle" {FAMILY}><style:paragraph-properties fo:margin-bottom="5mm"/><style:text-properties fo:font-size="12pt" fo:color="#555555"/></style:style>
<style:style style:name="Heading_1" style:display-name="Heading 1" {FAMILY} style:default-outline-level="1"><style:paragraph-properties fo:margin-top="7mm" fo:margin-bottom="2mm" fo:keep-with-next="always"/><style:text-properties fo:font-size="15pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Heading_2" style:display-name="Heading 2" {FAMILY} style:default-outline-level="2"><style:paragraph-properties fo:margin-top="5mm" fo:margin-bottom="1mm" fo:keep-with-next="always"/><style:text-properties fo:font-size="11.5pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Quotation" {FAMILY} style:parent-style-name="Standard"><style:paragraph-properties fo:margin-left="8mm"/></style:style>
<style:style style:name="Remark" {FAMILY} style:parent-style-name="Standard"><style:text-properties fo:font-size="9pt" fo:color="#555555"/></style:style>
<style:style style:name="Cell" {FAMILY}><style:paragraph-properties fo:margin-top="0.6mm" fo:margin-bottom="0.6mm"/><style:text-properties fo:font-size="9.5pt"/></style:style>
<style:style style:name="Footnote" {FAMILY}><style:paragraph-properties fo:margin-left="4mm" fo:text-indent="-4mm"/><style:text-properties fo:font-size="8.5pt"/></style:style>
<style:style style:name="Contents" {FAMILY} style:parent-style-name="Standard"><style:paragraph-properties><style:tab-stops><style:tab-stop style:position="170mm" style:type="right" style:leader-style="dotted" style:leader-text="."/></style:tab-stops></style:paragraph-properties></style:style>
<style:style style:name="KeptQuotation" {FAMILY} style:parent-style-name="Quotation"><style:paragraph-properties fo:keep-with-next="always"/></style:style>
<style:style style:name="KeptRemark" {FAMILY} style:parent-style-name="Remark"><style:paragraph-properties fo:keep-with-next="always"/></style:style>
<style:style style:name="Rtl" {FAMILY} style:parent-style-name="Standard"><style:paragraph-properties style:writing-mode="rl-tb" fo:text-align="start"/></style:style>
<style:style style:name="strong" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="em" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="note" style:family="text"><style:text-properties fo:font-size="9pt" fo:color="#555555"/></style:style>
<style:style style:name="plain" style:family="text"/>
<style:style style:name="Anchor" style:family="text"><style:text-properties style:text-position="super 65%"/></style:style>
<text:notes-configuration text:note-class="footnote" text:default-style-name="Footnote" text:citation-style-name="Anchor" text:citation-body-style-name="Anchor" style:num-format="1" text:start-value="0" text:footnotes-position="page" text:start-numbering-at="document"/>
</office:styles><office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin-top="20mm" fo:margin-bottom="18mm" fo:margin-left="20mm" fo:margin-right="20mm"/><style:footer-style><style:header-footer-properties fo:min-height="6mm" fo:margin-top="3mm"/></style:footer-style></style:page-layout>
<style:style style:name="foot" {FAMILY}><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="8pt" fo:color="#555555"/></style:style></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page"><style:footer><text:p text:style-name="foot"><text:page-number text:select-page="current"/></text:p></style:footer></style:master-page></office:master-styles>"""  # fmt: skip
WIDTH = 170
"""The width of the text in millimetres."""


def write(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """The dossier as ODT."""
    document = composed(tables, options)
    files = _files(document)
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{_kind(name)}"/>' for name in files
    )
    manifest = f'{HEAD}<manifest:manifest {NAMES} manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>{listed}</manifest:manifest>'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        first = zipfile.ZipInfo("mimetype", (1980, 1, 1, 0, 0, 0))
        pack.writestr(first, KIND, zipfile.ZIP_STORED)
        for name, text in {**files, "META-INF/manifest.xml": manifest}.items():
            pack.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text.encode("utf-8", "replace"), zipfile.ZIP_DEFLATED
            )


def _kind(name: str) -> str:
    return "image/svg+xml" if name.endswith(".svg") else "text/xml"


def _files(document: Document) -> dict[str, str]:
    pictures: dict[str, str] = {}
    feet: list[str] = []
    widths: dict[int, None] = {}
    body = "\n".join(_block(block, feet, pictures, widths) for block in document.blocks)
    columns = "".join(
        f'<style:style style:name="col{w}" style:family="table-column"><style:table-column-properties style:column-width="{w * WIDTH / 100:.1f}mm"/></style:style>'
        for w in widths
    )
    cell = '<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:border-bottom="0.5pt solid #bbbbbb" fo:padding-right="2mm"/></style:style>'
    row = '<style:style style:name="row" style:family="table-row"><style:table-row-properties fo:keep-together="always"/></style:style>'
    table = f'<style:style style:name="table" style:family="table"><style:table-properties style:width="{WIDTH}mm" table:align="left" fo:margin-bottom="3mm"/></style:style>'
    automatic = f"<office:automatic-styles>{columns}{cell}{row}{table}</office:automatic-styles>"
    meta = f"<office:meta><dc:title>{escape(document.title)}</dc:title><meta:generator>Variorum {__version__}</meta:generator></office:meta>"
    return {
        "content.xml": f'{HEAD}<office:document-content {NAMES} office:version="1.3">{automatic}<office:body><office:text>{body}</office:text></office:body></office:document-content>',
        "styles.xml": f'{HEAD}<office:document-styles {NAMES} office:version="1.3">{STYLES}</office:document-styles>',
        "meta.xml": f'{HEAD}<office:document-meta {NAMES} office:version="1.3">{meta}</office:document-meta>',
        **pictures,
    }


def _block(block: Block, feet: list[str], pictures: dict[str, str], widths: dict[int, None]) -> str:
    if isinstance(block, Contents):
        return "".join(_part(anchor, text) for anchor, text in block.parts)
    if isinstance(block, Heading):
        mark = f'<text:bookmark text:name="{block.anchor}"/>' if block.anchor else ""
        return f'<text:h text:style-name="Heading_{block.level}" text:outline-level="{block.level}">{mark}{_words(block.text)}</text:h>'
    if isinstance(block, Paragraph):
        return _paragraph(block, feet)
    if isinstance(block, Figure):
        return _picture(block, pictures) + _paragraph(Paragraph((Run(block.caption),), "note"), feet)
    return _table(block, feet, widths)


def _part(anchor: str, text: str) -> str:
    """A line of the contents; the program that opens it fills in the page."""
    link = f'<text:a xlink:type="simple" xlink:href="#{anchor}" text:style-name="plain" text:visited-style-name="plain">{_words(text)}</text:a>'
    page = f'<text:bookmark-ref text:reference-format="page" text:ref-name="{anchor}"> </text:bookmark-ref>'
    return f'<text:p text:style-name="Contents">{link}<text:tab/>{page}</text:p>'


def _paragraph(p: Paragraph, feet: list[str]) -> str:
    look = "Rtl" if is_rtl("".join(run.text for run in p.runs)) else LOOKS[p.look]
    look = KEPT.get(look, look) if p.keep else look
    return f'<text:p text:style-name="{look}">{_runs(p.runs, feet)}</text:p>'


def _runs(runs: tuple[Run, ...], feet: list[str]) -> str:
    said = []
    for run in runs:
        words = _words(run.text)
        said.append(f'<text:span text:style-name="{run.look}">{words}</text:span>' if run.look else words)
        if run.foot:
            feet.append(run.foot)
            n = len(feet)
            said.append(
                f'<text:note text:id="ftn{n}" text:note-class="footnote"><text:note-citation>{n}</text:note-citation>'
                f'<text:note-body><text:p text:style-name="Footnote">{_words(run.foot)}</text:p></text:note-body></text:note>'
            )
    return "".join(said)


def _words(text: str) -> str:
    """Text with its spaces kept: ODF counts a run of spaces, and those at an edge, as one."""
    said = escape(text)
    return said.replace("  ", ' <text:s text:c="1"/>')


def _table(table: Table, feet: list[str], widths: dict[int, None]) -> str:
    widths.update(dict.fromkeys(table.widths))
    columns = "".join(f'<table:table-column table:style-name="col{w}"/>' for w in table.widths)
    head = "".join(_cell((Run(h, "note"),), feet) for h in table.head)
    rows = "\n".join(
        f'<table:table-row table:style-name="row">{"".join(_cell(cell, feet) for cell in row)}</table:table-row>'
        for row in table.rows
    )
    return (
        f'<table:table table:style-name="table">{columns}<table:table-header-rows><table:table-row>{head}</table:table-row>'
        f"</table:table-header-rows>{rows}</table:table>"
    )


def _cell(runs: tuple[Run, ...], feet: list[str]) -> str:
    inner = _paragraph(Paragraph(runs, "cell"), feet)
    return f'<table:table-cell table:style-name="cell" office:value-type="string">{inner}</table:table-cell>'


def _picture(figure: Figure, pictures: dict[str, str]) -> str:
    drawn = svg(figure)
    name = f"Pictures/figure{len(pictures) + 1}.svg"
    pictures[name] = HEAD + drawn
    height = int(drawn.partition('viewBox="0 0 640 ')[2].partition('"')[0])
    frame = f'draw:name="figure{len(pictures)}" text:anchor-type="as-char" svg:width="150mm" svg:height="{height / 640 * 150:.1f}mm"'
    image = f'<draw:image xlink:href="{name}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
    return f'<text:p text:style-name="Kept"><draw:frame {frame}>{image}<svg:desc>{escape(figure.caption)}</svg:desc></draw:frame></text:p>'
