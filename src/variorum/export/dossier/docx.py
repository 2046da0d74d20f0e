"""A dossier as DOCX (Word), with styles, tables, pictures and real footnotes, by python-docx and XML of our own."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, BinaryIO

import pyarrow as pa

from variorum.errors import ConfigError
from variorum.export.dossier.compose import composed
from variorum.export.dossier.drawing import png
from variorum.export.dossier.model import Block, Contents, Document, Figure, Heading, Paragraph, Run, Table, is_rtl

__all__ = ["write"]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
TEXT = 9638
"""The width of the text in twentieths of a point: A4 less 20 mm on either side."""
LOOKS = {"title": "Title", "subtitle": "Subtitle", "quote": "Quotation", "note": "Remark", "body": "Normal"}
SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def write(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """The dossier as DOCX; raises `ConfigError` where python-docx is not installed."""
    try:
        import docx
    except ImportError as error:
        raise ConfigError("--to docx", "needs python-docx", "pip install 'variorum[publish]'") from error
    made = docx.Document()
    printed(composed(tables, options), made)
    made.save(out)


def printed(document: Document, made: Any) -> None:
    """Prints the dossier into an empty document of python-docx."""
    from docx.oxml import parse_xml

    _styles(made)
    body = made.element.body
    end = body.sectPr
    feet: list[str] = []
    pictures = 0
    for block in document.blocks:
        if isinstance(block, Contents):
            for anchor, text in block.parts:
                end.addprevious(parse_xml(_part(anchor, text)))
        elif isinstance(block, Figure):
            pictures += 1
            end.addprevious(_picture(block, made, pictures))
            caption = Paragraph((Run(block.caption),), "note")
            end.addprevious(parse_xml(_paragraph(caption, feet)))
        else:
            end.addprevious(parse_xml(_xml(block, feet)))
    _footnotes(made, feet)
    core = made.core_properties
    core.title, core.author, core.comments = (
        document.title[:255],
        "Variorum",
        "What several accounts say, with their words",
    )


def _xml(block: Block, feet: list[str]) -> str:
    if isinstance(block, Heading):
        made = _paragraph(Paragraph((Run(block.text),), f"Heading{block.level}"), feet)
        if not block.anchor:
            return made
        number = block.anchor.removeprefix("part")
        mark = f'<w:bookmarkStart w:id="{number}" w:name="{block.anchor}"/>'
        return made.replace("</w:pPr>", f"</w:pPr>{mark}", 1).replace(
            "</w:p>", f'<w:bookmarkEnd w:id="{number}"/></w:p>'
        )
    if isinstance(block, Table):
        return _table(block, feet)
    assert isinstance(block, Paragraph)
    return _paragraph(block, feet)


def _part(anchor: str, text: str) -> str:
    """A line of the contents; the program that opens it fills in the page."""
    page = f'<w:fldSimple w:instr=" PAGEREF {anchor} \\h " w:dirty="true"><w:r><w:t> </w:t></w:r></w:fldSimple>'
    words = f'<w:hyperlink w:anchor="{anchor}"><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:hyperlink>'
    return f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="Contents"/></w:pPr>{words}<w:r><w:tab/></w:r>{page}</w:p>'


def _paragraph(p: Paragraph, feet: list[str], plain: bool = False) -> str:
    way = "<w:bidi/>" if is_rtl("".join(run.text for run in p.runs)) else ""
    keep = "<w:keepNext/>" if p.keep else ""
    space = f' xmlns:w="{W}"' if not plain else ""
    look = LOOKS.get(p.look, p.look)
    return f'<w:p{space}><w:pPr><w:pStyle w:val="{look}"/>{keep}{way}</w:pPr>{_runs(p.runs, feet)}</w:p>'


MARKS = {"strong": "<w:b/>", "em": "<w:i/>", "note": '<w:color w:val="555555"/><w:sz w:val="18"/>'}


def _runs(runs: tuple[Run, ...], feet: list[str]) -> str:
    said = []
    for run in runs:
        way = "<w:rtl/>" if is_rtl(run.text) else ""
        marks = MARKS.get(run.look, "") + way
        look = f"<w:rPr>{marks}</w:rPr>" if marks else ""
        said.append(f'<w:r>{look}<w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>')
        if run.foot:
            feet.append(run.foot)
            reference = f'<w:footnoteReference w:id="{len(feet)}"/>'
            said.append(f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>{reference}</w:r>')
    return "".join(said)


def _table(table: Table, feet: list[str]) -> str:
    widths = [TEXT * w // 100 for w in table.widths]
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="BBBBBB"/>' for side in ("bottom", "insideH")
    )
    head = _row([_paragraph(Paragraph((Run(h),), "note"), feet, True) for h in table.head], widths, "<w:tblHeader/>")
    rows = [_row([_paragraph(Paragraph(cell, "Cell"), feet, True) for cell in row], widths) for row in table.rows]
    return (
        f'<w:tbl xmlns:w="{W}"><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{''.join(rows)}</w:tbl>"
    )


def _row(cells: list[str], widths: list[int], head: str = "") -> str:
    said = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for cell, w in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{said}</w:tr>"


def _picture(figure: Figure, made: Any, number: int) -> Any:
    """A paragraph with the drawing, to be put at its place.

    Number and name are our own: python-docx would look through the whole document for one that is free.
    """
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.oxml.shape import CT_Inline
    from docx.shared import Emu, Mm

    data, width, height = png(figure)
    name = f"image{number}.png"
    part = Part(PackURI(f"/word/media/{name}"), CONTENT_TYPE.PNG, data, made.part.package)
    key = made.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    wide = Mm(width / 640 * 150)
    inline = CT_Inline.new_pic_inline(number, key, name, wide, Emu(wide * height // width))
    inline.docPr.set("descr", figure.caption)
    element = parse_xml(f'<w:p xmlns:w="{W}"><w:pPr><w:keepNext/></w:pPr><w:r><w:drawing/></w:r></w:p>')
    element.find(f".//{{{W}}}drawing").append(inline)
    return element


def _footnotes(made: Any, feet: list[str]) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/>'
        f'</w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {escape(foot)}</w:t></w:r></w:p></w:footnote>'
        for n, foot in enumerate(feet, 1)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    data = f'{head}<w:footnotes xmlns:w="{W}">{SEPARATORS}{notes}</w:footnotes>'.encode("utf-8", "replace")
    part = Part(PackURI("/word/footnotes.xml"), KIND, data, made.part.package)
    made.part.relate_to(part, RELATION)
    ours = f'<w:footnotePr xmlns:w="{W}"><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    settings = made.settings.element
    after = [child for child in settings if child.tag == f"{{{W}}}compat"]
    (after[0].addprevious if after else settings.append)(parse_xml(ours))


def _styles(made: Any) -> None:
    """The styles of the dossier: one serif face, quiet headings, footnotes small."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm, Pt, RGBColor, Twips

    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(22)
    _numbered(section.footer)
    styles = made.styles
    for name, size, before, after in (("Normal", 10.5, 2, 4), ("Title", 24, 0, 4), ("Subtitle", 12, 0, 14), ("Heading 1", 15, 18, 6), ("Heading 2", 11.5, 14, 3)):  # fmt: skip
        style = styles[name]
        _face(style, size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.font.color.rgb = RGBColor(0x1F, 0x23, 0x28) if name != "Subtitle" else RGBColor(0x55, 0x55, 0x55)
        style.font.italic = False
    border = styles["Title"].element.pPr.find(f"{{{W}}}pBdr")
    if border is not None:
        styles["Title"].element.pPr.remove(border)
    for name, size, left in (("Quotation", 10.5, 8), ("Remark", 9, 0), ("Cell", 9.5, 0), ("Footnote Text", 8.5, 0), ("Contents", 10.5, 0)):  # fmt: skip
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(f"{{{W}}}styleId", name.replace(" ", ""))
        style.base_style = styles["Normal"]
        _face(style, size)
        style.paragraph_format.left_indent, style.paragraph_format.space_after = Mm(left), Pt(2)
        if name == "Remark":
            style.font.color.rgb = RGBColor(0x55, 0x55, 0x55)
    styles["Contents"].paragraph_format.tab_stops.add_tab_stop(Twips(TEXT), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    for spacing in styles["Subtitle"].element.rPr.findall(f"{{{W}}}spacing"):
        styles["Subtitle"].element.rPr.remove(spacing)
    mark = styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER)
    mark.element.set(f"{{{W}}}styleId", "FootnoteReference")
    mark.font.superscript = True


def _numbered(footer: Any) -> None:
    """The number of the page, centred at its foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml

    line = footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    fields = (
        f'<w:fldSimple xmlns:w="{W}" w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        for name in ("PAGE", "NUMPAGES")
    )
    line._p.append(parse_xml(next(fields)))
    line.add_run(" / ")
    line._p.append(parse_xml(next(fields)))


def _face(style: Any, size: float) -> None:
    from docx.shared import Pt

    style.font.name, style.font.size = "Cambria", Pt(size)
    fonts = style.element.rPr.rFonts
    for kind in list(fonts.attrib):
        if "Theme" in kind:
            del fonts.attrib[kind]
    fonts.set(f"{{{W}}}hAnsi", "Cambria")
