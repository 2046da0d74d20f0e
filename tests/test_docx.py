"""DOCX: all that a reader of the file sees is in the text, in order; what is not read is said."""

import io
import zipfile
from typing import Any

import pytest

from casebook import cases
from variorum.read.document import Found, Source
from variorum.read.docx import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:pic="http://x/pic"'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Chapter of ours"/><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Lvl"><w:name w:val="Ours"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="LB"><w:name w:val="List Bullet"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
)


def docx(parts: dict[str, str], more: dict[str, bytes] | None = None) -> bytes:
    """A DOCX file of parts of its folder ``word``; the main one is ``document``."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as pack:
        for name, inner in {"styles": STYLES, **parts}.items():
            pack.writestr(f"word/{name}.xml", f"<w:{name} {SPACES}>{inner}</w:{name}>")
        for name, data in (more or {}).items():
            pack.writestr(name, data)
    return held.getvalue()


def told(parts: dict[str, str]) -> Found:
    return read(Source("a.docx", "a", docx(parts)))


@pytest.mark.parametrize("case", cases("docx"))
def test_case(case: dict[str, Any]) -> None:
    document = f"<w:body>{case['body']}</w:body>"
    found = told({"document": document, **case.get("more", {})})
    [made] = found.documents
    assert made.text == case["text"]
    assert [[part.kind, made.text[part.start : part.end]] for part in made.parts] == case.get("parts", [])
    assert [problem.message.removeprefix("a.docx ") for problem in found.problems] == case.get("said", [])


def test_a_note_knows_the_place_of_its_mark() -> None:
    body = '<w:body><w:p><w:r><w:t>Ten</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:t> died.</w:t></w:r></w:p></w:body>'
    notes = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="7"><w:p><w:r><w:t>Or 12.</w:t></w:r></w:p></w:footnote>'
    [made] = told({"document": body, "footnotes": notes}).documents
    assert made.text == "Ten died.\n\nOr 12."
    assert [(part.kind, part.at) for part in made.parts] == [("note", 3)]


def test_the_strict_edition_of_the_format_is_read() -> None:
    data = docx({"document": "<w:body><w:p><w:r><w:t>Ten died.</w:t></w:r></w:p></w:body>"})
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(W.encode(), STRICT.encode()))
    assert read(Source("a.docx", "a", held.getvalue())).documents[0].text == "Ten died."


def test_an_encrypted_file_is_said() -> None:
    found = read(Source("a.docx", "a", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600))
    assert not found.documents and "encrypted" in found.problems[0].message


def test_deep_and_long_files_are_read() -> None:
    deep = "<w:sdt><w:sdtContent>" * 60 + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" + "</w:sdtContent></w:sdt>" * 60
    assert told({"document": f"<w:body>{deep}</w:body>"}).documents[0].text == "x"
    runs = "<w:r><w:t>ten </w:t></w:r>" * 50_000
    assert len(told({"document": f"<w:body><w:p>{runs}</w:p></w:body>"}).documents[0].text) == 199_999
