"""What must hold for any input at all: the checks that the fuzzer and the tests of hostile input share.

Each check takes the bytes of one input, does what the program would do with them, and raises `Broken` where the result
is not whole. Everything else that is raised is a find as well.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Any

import hostile_site
from variorum import read
from variorum import records as r
from variorum.config import Config
from variorum.errors import InputError
from variorum.mentions import times
from variorum.ocr import Account, survey
from variorum.read import gathering
from variorum.repair import repair
from variorum.structure import parts

annotating = import_module("variorum.annotate")  # the name in the package is the function
GOOD = "The ferry sank in the strait on 17 November 1998."
MODES = (None, "news", "narrative", None)
DATES = (None, "1998-11-18", "1998-11", "1998")
SPANS = (("start", "end"), *annotating.PAIRS)


class Broken(AssertionError):
    """A result that is not what the tables promise."""


def must(holds: object, message: str) -> None:
    """Raise `Broken` where something does not hold."""
    if not holds:
        raise Broken(message)


def told(data: bytes) -> tuple[int, str]:
    """The switches in the first byte of an input, and its text."""
    return (data[0] if data else 0), data[1:].decode("utf-8", "replace")


def rows_hold(listed: list[Any], text: str) -> None:
    """Every span lies in the text, every row has the words of its span, and every row fits its table."""
    for row in listed:
        names = {f.name for f in fields(row)}
        for start, end in SPANS:
            if start in names and getattr(row, start) is not None:
                low, high = getattr(row, start), getattr(row, end)
                must(0 <= low <= high <= len(text), f"{start} of {row} lies outside the text")
        if "text" in names and row.start is not None:
            must(row.text == text[row.start : row.end], f"the words of {row} are not those of its span")
    for kind in {type(row) for row in listed}:
        r.table(kind, [row for row in listed if type(row) is kind])


def check_repair(data: bytes) -> None:
    """Every edit is recorded: what was kept is found again, and spans lead there and back."""
    text = told(data)[1]
    map = repair(text)
    new = map.apply(text)
    at = 0
    for edit in map.edits:
        must(at <= edit.start <= edit.end <= len(text), f"{edit} overlaps another or runs backwards")
        _kept(text, new, map, at, edit.start)
        at = edit.end
    _kept(text, new, map, at, len(text))
    for start in range(0, len(new), max(1, len(new) // 50)):
        span = map.back(start, min(len(new), start + 7))
        must(0 <= span.start <= span.end <= len(text), f"{start} of the repaired text leads out of the text")
    for part in parts(text):
        must(0 <= part.start <= part.end <= (part.until or len(text)) <= len(text), "a part outside the text")


def check_ocr(data: bytes) -> None:
    """What is mended lies in the text, edits do not overlap, and what is doubtful lies beside them."""
    text = told(data)[1]
    other = Account(text[::2], "en")
    made = survey({"a": Account(text, "en", True), "b": other}).get("a")
    if made is None:
        return
    map = repair(text, (), made.edits)
    must(len(map.apply(text)) >= 0, "")
    at = 0
    for edit in made.edits:
        must(at <= edit.start < edit.end <= len(text), f"{edit} overlaps another or runs backwards")
        at = edit.end
    for start, end in made.doubtful:
        must(0 <= start < end <= len(text), f"{start}:{end} lies outside the text")


def _kept(text: str, new: str, map: Any, start: int, end: int) -> None:
    if start < end:
        span = map.forward(start, end)
        must(new[span.start : span.end] == text[start:end], f"{start}:{end} is not found again after the repair")


def check_times(data: bytes) -> None:
    """The finder of times on the repaired text, in every mode."""
    switches, text = told(data)
    text = repair(text).apply(text)
    options = times.TimeOptions.told(MODES[switches & 3], None, "former, that_period, ages" if switches & 16 else "")
    rows_hold(list(times.find(text, DATES[switches >> 2 & 3], options)), text)


def check_quotes(data: bytes) -> None:
    """Everything up to the quotes."""
    check_annotation(data, "quotes")


def check_figures(data: bytes) -> None:
    """Everything up to the figures and the claims, which rest on them."""
    check_annotation(data, "claims")


def check_annotation(data: bytes, last: str) -> None:
    """One witness through the finders up to ``last``, without the guard that makes failures problem rows."""
    switches, text = told(data)
    witness = r.Witness("A", "A", None, None, None, DATES[switches & 3], "en", "a.txt", "", text)
    with unguarded(last):
        [made] = annotating.annotate([witness], Config())
    problems = made.tables["problems"]
    must(not problems, f"a problem: {[p.message for p in problems if isinstance(p, r.Problem)]}")
    rows_hold([row for listed in made.tables.values() for row in listed], text)


@contextmanager
def unguarded(last: str) -> Iterator[None]:
    """Finders up to ``last`` only, and what one of them raises is raised."""
    guard, finders = annotating._guarded, annotating.FINDERS
    names = [name for name, _ in finders]
    annotating._guarded = lambda found, table, find: setattr(found, table, list(find()))
    annotating.FINDERS = finders[: names.index(last) + 1]
    try:
        yield
    finally:
        annotating._guarded, annotating.FINDERS = guard, finders


NAMES = (
    "x.txt", "x.html", "x.xhtml", "x.pdf", "x.docx", "x.jsonl", "x.csv", "x.tsv", "x.parquet", "x.warc", "x.warc.gz", "x",
    "word.docx", "core.docx", "stream.pdf", "witnesses.csv",
    "x.eml", "x.mbox", "x.mht", "x.rtf", "x.md", "x.tex", "x.xml", "x.srt", "x.vtt", "x.json", "x.zip", "x.tar", "x.gz", "x.ris", "x.msg", "x.epub",
    "x.odt", "x.xlsx", "x.doc",
)  # fmt: skip
"""Names of hostile files; from ``word.docx`` to ``stream.pdf`` the input is put into a pack, so that it reaches what lies there."""


def check_read(data: bytes) -> None:
    """A hostile file beside a good one: the good one is read, and the other is an account or a problem."""
    name = NAMES[(data[0] if data else 0) % len(NAMES)]
    folder = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    try:
        (folder / "good.txt").write_text(GOOD, encoding="utf-8")
        (folder / name).write_bytes(packed(name, data[1:]))
        found = read.accounts([folder], Config(max_file_mb=1))
    except InputError as error:
        raise Broken(f"{name} stopped the others: {error}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    must(any(d.text == GOOD for d in found.documents), "the good account was not read")
    must(len(found.documents) + len(found.problems) > 1 or name == "witnesses.csv", "a file without account or problem")
    must(len({d.id for d in found.documents}) == len(found.documents), "an id twice")
    for document in found.documents:
        must(document.id == read.document.clean_id(document.id), f"the id {document.id!r} is unsafe")
        must(document.text.strip(), "an account without text")
        document.text.encode("utf-8")
    r.table(r.Problem, found.problems)
    must(
        not any(gathering.CONTROLS.search(p.message) for p in found.problems),
        "a problem with signs that steer a terminal",
    )


def packed(name: str, data: bytes) -> bytes:
    """The bytes of a file of this name that holds the input."""
    if name in ("word.docx", "core.docx"):
        return docx_of(data, "word/document.xml" if name == "word.docx" else "docProps/core.xml")
    if name == "stream.pdf":
        return pdf_of(data)
    if name.endswith(".gz"):
        squeeze = zlib.compressobj(1, wbits=31)
        return squeeze.compress(data) + squeeze.flush()
    return data


TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORDS = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>The ferry sank.</w:t></w:r></w:p></w:body></w:document>'
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{OFFICE}.document.main+xml"/><Override PartName='
    '"/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Target="word/document.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/><Relationship Id="r2" Target='
    '"docProps/core.xml" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"/>'
    "</Relationships>",
    "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Loss</dc:title></cp:coreProperties>',
    "word/document.xml": WORDS,
}  # fmt: skip


def docx_of(data: bytes, part: str = "word/document.xml", more: dict[str, bytes] | None = None) -> bytes:
    """A DOCX file of which one part holds ``data``, with the parts of ``more`` beside."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in PARTS.items():
            pack.writestr(name, data if name == part else text.encode())
        for name, content in (more or {}).items():
            pack.writestr(name, content)
    return held.getvalue()


def pdf_of(data: bytes, packed: bool = False, kids: str = "[3 0 R]", count: int = 1) -> bytes:
    """A PDF file whose page shows the content stream ``data``; its tree may claim other pages than it has."""
    packing = "/Filter /FlateDecode " if packed else ""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids {kids} /Count {count} >>".encode(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< {packing}/Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream",
    ]
    return pdf_with(objects)


def pdf_with(objects: list[bytes]) -> bytes:
    """A PDF file of these objects, the first of them its catalog, with a right table of places."""
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + end


CHECKS: dict[str, Callable[[bytes], None]] = {
    "read": check_read,
    "repair": check_repair,
    "ocr": check_ocr,
    "times": check_times,
    "figures": check_figures,
    "quotes": check_quotes,
    "site": hostile_site.check,
}
"""The targets by name."""
