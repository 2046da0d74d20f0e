"""What must hold of every reader for any bytes at all: the fuzzer's targets ``read-rtf``, ``read-mail`` and so on.

A target's input is the file, or the part of a pack that its reader parses. Whatever a reader raises is a find here, though
the program would make a problem row of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import compound
import hostile
from samples import NAMES, SAMPLES, pack
from variorum import records as r
from variorum import structure
from variorum.read import gathering
from variorum.read.document import Found, Source, clean_id
from variorum.read.reading import reading

__all__ = ["CHECKS", "PIECES", "seeds"]

SENTENCE = "The 7 boats of Tolven left the quay, “all of them”, on 7 May 1961."


class Torn(AssertionError):
    """A result that is not what a reader promises."""


def _epub(data: bytes) -> bytes:
    container = b'<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>'
    page = b"<html><body><p>The ferry sank.</p></body></html>"
    return pack(
        {"mimetype": b"application/epub+zip", "META-INF/container.xml": container, "a.opf": data, "a.xhtml": page}
    )


def _open_document(kind: str, data: bytes) -> bytes:
    return pack(
        {"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": data, "meta.xml": data[:200]}
    )


def _xlsx(data: bytes) -> bytes:
    import io
    import zipfile

    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SAMPLES[".xlsx"](SENTENCE))) as whole, zipfile.ZipFile(held, "w") as made:
        for item in whole.infolist():
            made.writestr(item.filename, data if item.filename.endswith("sheet1.xml") else whole.read(item))
    return held.getvalue()


def _letter(data: bytes) -> bytes:
    """A letter of Outlook of which the input is the properties, the body, the packed RTF and an attached file by turns."""
    part, rest = (data[0] % 4 if data else 0), data[1:]
    tree = compound.letter_tree("Loss", "" if part == 2 else "The ferry sank.", 0, b"", {"a.txt": rest or b"x"}, 32)
    names = ("__properties_version1.0", "__substg1.0_1000001E", "__substg1.0_10090102", "__substg1.0_10130102")
    return compound.compound(tree | {names[part]: rest or b"x"})


def _wacz(data: bytes) -> bytes:
    first, _, second = data.partition(b"\0\n")
    return pack({"datapackage.json": b"{}", "pages/pages.jsonl": second, "archive/a.warc": first})


def _docx(data: bytes) -> bytes:
    """A DOCX file of which the input is the body, or the notes, or the styles by turns."""
    spaces = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="m" xmlns:v="v"'
    part = data[:1] and data[0] % 4
    tag, body = {1: (b"footnotes", False), 2: (b"styles", False)}.get(part or 0, (b"document", True))
    inner = b"<w:body>" + data[1:] + b"</w:body>" if body else data[1:]
    plain = b"<w:document %s><w:body><w:p><w:r><w:t>x</w:t><w:footnoteReference w:id='2'/></w:r></w:p></w:body></w:document>"
    main = b"<w:document " + spaces + b">" + inner + b"</w:document>" if body else plain % spaces
    more = {} if body else {f"word/{tag.decode()}.xml": b"<w:%s %s>%s</w:%s>" % (tag, spaces, inner, tag)}
    return pack({"word/document.xml": main, **more})


def _pdf(data: bytes) -> bytes:
    """A PDF file whose bytes are the input, or of which one page shows it, or two."""
    if data[:1] < b"\x20":
        return b"%PDF-1.7\n" + data[1:]
    pages = "[3 0 R 3 0 R]" if data[:1] > b"\xa0" else "[3 0 R]"
    return hostile.pdf_of(data[1:], kids=pages, count=2 if data[:1] > b"\xa0" else 1)


def _zip(data: bytes) -> bytes:
    """A pack whose bytes are the input, or of which one file has the name and the bytes of the input."""
    if data[:1] < b"\x80":
        return data[1:]
    name, _, rest = data[1:].partition(b"\n")
    return pack({name.decode("utf-8", "replace")[:200] or "a": rest, "good.txt": b"The ferry sank."})


FILES: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "text": ("x.txt", bytes),
    "markdown": ("x.md", bytes),
    "mail": ("x.eml", bytes),
    "mbox": ("x.mbox", bytes),
    "mhtml": ("x.mht", bytes),
    "webarchive": ("x.webarchive", bytes),
    "msg": ("x.msg", _letter),
    "rtf": ("x.rtf", lambda data: b"{\\rtf1" + data),
    "epub": ("x.epub", _epub),
    "odt": ("x.odt", partial(_open_document, "text")),
    "ods": ("x.ods", partial(_open_document, "spreadsheet")),
    "xlsx": ("x.xlsx", _xlsx),
    "xml": ("x.xml", bytes),
    "subtitles": ("x.srt", bytes),
    "latex": ("x.tex", bytes),
    "json": ("x.json", bytes),
    "csv": ("x.csv", bytes),
    "works": ("x.ris", bytes),
    "html": ("x.html", bytes),
    "docx": ("x.docx", _docx),
    "pdf": ("x.pdf", _pdf),
    "zip": ("x.zip", _zip),
    "tar": ("x.tar", bytes),
    "wacz": ("x.wacz", _wacz),
}
"""The name of each target's file, and what makes it of an input."""


def check(target: str, data: bytes) -> None:
    """What comes of one hostile file: documents that fit their tables, or problems; and nothing that a reader raised."""
    name, made_of = FILES[target]
    made = reading(Source(name, "x", made_of(data), 20_000_000, 5_000_000, ocr=""), {})
    problems = [gathering.printable(problem) for problem in made.said()]
    for problem in problems:
        _must(
            ") could not be read (" not in problem.message and "could not be read to its end" not in problem.message,
            problem.message,
        )
        _must(" could not be read (" not in problem.message, problem.message)
    _must(made.documents or problems or made.entries or len(made.files) > 1, "a file without account, entry or problem")
    for document in made.documents:
        _must(document.id == clean_id(document.id), f"the id {document.id!r} is unsafe")
        size = len(document.text)
        for part in document.parts:
            _must(0 <= part.start <= part.end <= size, f"{part} lies outside a text of {size}")
            _must(part.kind in structure.KINDS, f"{part.kind} is no kind of part")
            _must(part.at is None or 0 <= part.at <= size, f"{part} points outside a text of {size}")
        structure.parts(document.text, document.parts)
    r.table(r.Problem, problems)
    r.table(r.File, gathering.settled(Found(files=made.files)))


def _must(holds: object, message: str) -> None:
    if not holds:
        raise Torn(message)


CHECKS: dict[str, Callable[[bytes], None]] = {f"read-{target}": partial(check, target) for target in FILES}

ENDINGS = {
    "text": (".txt",), "markdown": (".md",), "mail": (".eml", ".emlx"), "mbox": (".mbox",), "mhtml": (".mht",), "xml": (".xml", ".rss", ".atom", ".nitf", ".html"),
    "subtitles": (".vtt", ".srt", ".sbv"), "latex": (".tex",), "json": (".json", ".jsonl"), "csv": (".csv", ".tsv", ".psv"), "tar": (".tar", ".tgz"),
}  # fmt: skip
RIS = b"TY  - NEWS\nTI  - Loss\nJO  - Islander\nDA  - 1998/11/18/\nUR  - http://islander.example/1\nL1  - a/b.pdf\nAU  - Hale, Ana\nER  - \n"
CSL = b'[{"type": "webpage", "title": "Loss", "issued": {"date-parts": [[1998, 11]]}, "URL": "http://a.example/1", "author": [{"family": "Hale"}]}]'
COLLECTOR = b"status,metadata,media\nok,\"{'url': 'http://a.example', 'timestamp': datetime.datetime(1998, 11, 18, 7, 0)}\",\"[{'filename': 'a.html'}]\"\n"
MORE: dict[str, tuple[bytes, ...]] = {
    "rtf": (rb"\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset204 A;}}{\info{\title L}}\pard \'cf\'e0 \u8220?x{\footnote y}{\super 3}\par\trowd\intbl a\cell b\cell\row {\strike z}}",),
    "msg": (b"\0" + bytes(32), b"\1The ferry sank.", b"\2" + (43).to_bytes(4, "little") * 2 + b"LZFu" + bytes(4) + b"\x03\x00{\\rtf1 x", b"\3<p>x</p>"),
    "epub": (b'<package><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>L</dc:title></metadata><manifest><item id="a" href="a.xhtml" media-type="text/html"/></manifest><spine><itemref idref="a"/></spine></package>',),
    "odt": (f'<office:document {NAMES}><office:body><office:text><text:h text:outline-level="1">L</text:h><text:p>a<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note></text:p><text:list><text:list-item><text:p>i</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table></office:text></office:body></office:document>'.encode(),),
    "ods": (f'<office:document {NAMES}><office:body><office:spreadsheet><table:table table:name="S"><table:table-row><table:table-cell table:number-columns-repeated="3"><text:p>text</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>The ferry sank.</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document>'.encode(),),
    "xlsx": (b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c><c r="B1" t="inlineStr"><is><t>date</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>The ferry sank.</t></is></c><c r="B2"><v>36000</v></c></row></sheetData></worksheet>',),
    "works": (RIS, CSL, COLLECTOR), "json": (CSL, b'{"messages": [{"date": 911347200, "text": ["a", {"text": "b"}]}]}'), "csv": (COLLECTOR, b"Key;Item Type;Title;Url;File Attachments\nK;book;L;http://a.example;a.pdf\n", b"sep=;\nid;text\n1;<p>x</p><p>y</p>\n"),
    "html": (
        b'<html lang=en><head><title>L</title><meta property="og:site_name" content="P"><script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "1998-11-18", "author": [{"name": "A"}]}]}</script></head><body><nav><a href=/>Home</a></nav><article><h1>Loss</h1><time datetime="1998-11-18">x</time><p>It cost 350<sup><a href="#n1">1</a></sup> lives, <del>all</del> most.</p><figure><figcaption>c</figcaption></figure><ul><li>a<li>b</ul><table><tr><th>a<td>1<tr><th>b<td>2</table><p id=n1>Or 340.</p></article><section class=comments><p>x</p></section></body></html>',
        b"<table><tr><td><a href=/>Home</a></td><td><h1>Gale</h1>She sank.<br><br>All died.<blockquote><q>x</q></blockquote></td></tr></table>",
    ),
    "docx": (
        b'\x00<w:p><w:pPr><w:pStyle w:val="H1"/><w:numPr><w:ilvl w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>a</w:t></w:r><w:del><w:r><w:delText>b</w:delText></w:r></w:del><w:ins><w:r><w:t>c</w:t></w:r></w:ins></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>',
        b'\x00<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>X</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>b</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p><w:sdt><w:sdtPr/><w:sdtContent><w:p/></w:sdtContent></w:sdt>',
        b'\x01<w:footnote w:id="2"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/><w:strike/></w:rPr><w:t>n</w:t></w:r></w:p></w:footnote>',
        b'\x02<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="H1"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>',
    ),
    "pdf": (
        b"\x60BT /F1 12 Tf 60 700 Td (The ferry sank off) Tj 0 -14 Td (Hale on 3 May 1998 and thir-) Tj 0 -14 Td (ty died.) Tj ET",
        b"\xb0BT /F1 9 Tf 60 800 Td (HEAD 1) Tj ET BT /F1 12 Tf 60 700 Td (a b c d e) Tj 240 0 Td (f g h i j) Tj -240 -14 Td (k l m n o) Tj 240 0 Td (p q r s t) Tj -240 -14 Td (u v w x y) Tj 240 0 Td (1 2 3 4) Tj ET",
        b"\x60BT 0 1 -1 0 300 300 Tm /F1 12 Tf (turned) Tj 7 Tf 5 Ts (2) Tj ET q 500 0 0 700 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q",
        b"\x00" + hostile.pdf_of(b"BT /F1 12 Tf 60 700 Td (x) Tj ET")[9:],
    ),
    "zip": (b"\x80../a.zip\n" + pack({"b.txt": b"The ferry sank."}), b"\x00" + pack({"a.txt": b"The ferry sank."})),
    "text": (SENTENCE.encode("cp1252"), "Łódź, Wacław".encode("cp1250"), "Мост упал".encode("koi8-r"), b"{\"a\": 1}", b"import os\nx = 1;\n" * 4),
    "xml": (b'<TEI><teiHeader><titleStmt><title>L</title></titleStmt><date when="1998"/></teiHeader><text><p>a <choice><sic>b</sic><corr>c</corr></choice><note>n</note> com-<lb break="no"/>pany</p><lg><l>v</l></lg></text></TEI>',
            b'<alto><TextBlock><TextLine><String CONTENT="The"/><HYP CONTENT="-"/></TextLine></TextBlock></alto>', b"<a><b><title>L</title><text>The ferry sank in the strait.</text></b></a>"),
    "wacz": (SAMPLES[".warc"](SENTENCE) + b'\0\n{"url": "http://islander.example/70"}\n',),
}  # fmt: skip


def seeds(target: str) -> list[bytes]:
    """The inputs that a target begins with."""
    kind = target.removeprefix("read-")
    return [SAMPLES[ending](SENTENCE.replace("“", '"').replace("”", '"')) for ending in ENDINGS.get(kind, ())] + list(
        MORE.get(kind, ())
    )


def _pieces(words: str) -> tuple[bytes, ...]:
    return tuple(words.encode("latin-1").split(b" "))


PIECES: dict[str, tuple[bytes, ...]] = {
    "read-rtf": _pieces(r"{ } \par \' \'93 \'e9 \u8220 \u-10179 \uc0 \uc9 \bin9 \b \f1 {\fonttbl{\f1\fcharset238 {\* {\footnote {\pict \deleted \deleted0 \v \super \cell \row \intbl \pard \plain \upr \ud {\info{\title \ansicpg932 \line \tab \\ \{ \~ \strike"),
    "read-latex": _pieces(r"{ } \begin{ \end{ \begin{itemize} \item \begin{tabular}{l|l} & \\ \section{ \footnote{ \title{ \' \" \v{ \c{ $ $$ \( \[ % \verb| \newcommand{ \href{ \includegraphics \begin{equation} \end{equation} \begin{document} \end{document} \caption{ ~ --- `` ''"),
    "read-mail": (b"\r\n\r\n", b"Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n", b"--B--", b"Content-Type: message/rfc822\r\n\r\n", b"Content-Transfer-Encoding: base64\r\n", b"Content-Type: text/plain; format=flowed\r\n", b"=?utf-8?B?w6k=?=", b"=?x?Q?=E9?=", b"> x\n", b"-- \n", b"\nFrom ", b"filename*0=a;filename*1=b", b"charset=utf-7", b"Date: Mon, 99 Foo 1998 99:99\r\n", b"\xff"),
    "read-subtitles": (b"\n\n", b"00:00:01.000 --> 00:00:02.000\n", b"00:00:01,000 --> 99:59:59,999\n", b"WEBVTT\n\n", b"<v Ana>", b"<c>", b"{\\an8}", b"- ", b">> ", b"[music]", b"&amp;", b"0:00:01.0,0:00:02.0\n", b"1\n"),
    "read-markdown": (b"\n\n", b"# ", b"* ", b"1. ", b"| a | b |\n| --- | --- |\n", b"~~x~~", b"**", b"`", b"```\n", b"![a](b)", b"[a](b)", b"<b>", b"---\ntitle: x\n---\n", b"> ", b"    ", b"\\", b"&copy;"),
    "read-xml": (b"<p>", b"</p>", b"<note>", b"<lb break='no'/>", b"<choice>", b"<del>", b"&eacute;", b"&#0;", b"<![CDATA[", b"]]>", b"<!--", b"<row><cell>", b"<item>", b"<TEI>", b"<rss>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"xml:lang='x'", b"<?x?>"),
    "read-html": (b"<p>", b"</p>", b"<sup>", b"</sup>", b"<sup>2</sup>", b"<del>", b"</del>", b"<td>", b"<table>", b"</table>", b"<tr>", b"<li>", b"<ul>", b"<br><br>", b"<nav>", b"<div class='share related comments'>", b"<div style='display:none'>", b"<a href='#n'>1</a>", b"<p id=n>", b"<time>18:00</time>", b"<q>", b"<pre>", b"<figcaption>", b"<h1>", b"<script type='application/ld+json'>{", b"</script>", b"<!--", b"<![CDATA[", b"&#0;", b"\xff", b"<s>" * 9, b"<caption>", b"<th>"),
    "read-docx": (b"<w:p>", b"</w:p>", b"<w:r><w:t>x</w:t></w:r>", b"<w:del>", b"</w:del>", b"<w:tbl>", b"</w:tbl>", b"<w:tr>", b"</w:tr>", b"<w:tc>", b"</w:tc>", b"<w:sdt><w:sdtContent>", b"</w:sdtContent></w:sdt>", b"<w:fldChar w:fldCharType='begin'/>", b"<w:fldChar w:fldCharType='end'/>", b"<w:tab/>", b"<w:br/>", b"<w:txbxContent>", b"</w:txbxContent>", b"<w:footnoteReference w:id='2'/>", b"<w:strike/>", b"<w:pPr><w:outlineLvl w:val='-3'/></w:pPr>", b"<w:numPr><w:ilvl w:val='x'/></w:numPr>", b"&a;", b"<mc:AlternateContent>"),
    "read-pdf": (b" Tj ", b"(x) Tj ", b" Td ", b"0 -14 Td ", b"1 0 0 1 0 0 Tm ", b"0 1 -1 0 99 99 Tm ", b"-1 0 0 -1 9 9 Tm ", b"1e30 0 0 1e30 0 0 Tm ", b"BT ", b" ET ", b"q ", b"Q ", b"/F1 0 Tf ", b"/F1 1e9 Tf ", b"/F1 -5 Tf ", b"[(a) -9999 (b)] TJ ", b"3 Tr ", b"9 Ts ", b"BI /W 9 /H 9 ID ", b" EI ", b"(\\255-) Tj ", b"(1) Tj ", b"( \\n) Tj ", b"nan ", b"99999999999 0 Td "),
    "read-json": (b"{", b"}", b"[", b"]", b'"text": ', b'"', b"\\ud800", b"null", b"1e999", b"-0", b"9" * 5000, b'"articles": [', b'{"id": 1, "text": "x"},', b"\n", b"NaN", b'"_source": {'),
    "read-csv": (b";", b",", b"\t", b"|", b'"', b"\n", b"\r", b"text", b"date", b"url", b"\0", b"sep=|\n", b"3/4/1998", b"<p>", b"http://a.example/"),
    "read-works": (b"TY  - ", b"ER  - \n", b"TI  - ", b"L1  - ", b"DA  - 1998///", b"\n", b"datetime.datetime(1998, 1, 1)", b"{'url': ", b"[{'filename': ", b"((((", b'"type": "book"', b'"issued": {"date-parts": [[]]}', b"status,metadata,media\n"),
}  # fmt: skip
"""Pieces that a target's inputs are made of, beside those of all."""
