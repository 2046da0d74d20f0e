"""A small file of every format that is read, made around one sentence."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import plistlib
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

import pyarrow as pa
import pyarrow.parquet as pq

import compound
import hostile

__all__ = ["SAMPLES"]


def _html(words: str) -> bytes:
    return f"<!doctype html><html lang=en><title>Loss</title><body><article><p>{words}</p></article></html>".encode()


def _table(sep: str) -> Callable[[str], bytes]:
    return lambda words: f'id{sep}text\nrow{ord(sep)}{sep}"{words}"\n'.encode()


def _lines(words: str) -> bytes:
    return json.dumps({"id": f"line{len(words)}", "text": words}).encode() + b"\n"


def _parquet(words: str) -> bytes:
    held = io.BytesIO()
    pq.write_table(pa.table({"id": ["column"], "text": [words]}), held)
    return held.getvalue()


def _warc(words: str) -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _html(words)
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://islander.example/{}\r\nWARC-Record-ID: <urn:uuid:{}>\r\n"
        "WARC-Date: 1998-11-18T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n"
    )
    return head.format(len(words), len(words), len(page)).encode() + page + b"\r\n\r\n"


def _arc(words: str) -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _html(words)
    body = b"1 0 Islander\nURL IP-address Archive-date Content-type Archive-length\n"
    head = f"filedesc://a.arc 0.0.0.0 19981118070000 text/plain {len(body)}\n".encode() + body
    return (
        head
        + f"\nhttp://arc.example/{len(words)} 127.0.0.1 19981118070000 text/html {len(page)}\n".encode()
        + page
        + b"\n"
    )


def _docx(words: str) -> bytes:
    return hostile.docx_of(hostile.WORDS.replace("The ferry sank.", words).encode())


def _pdf(words: str) -> bytes:
    return hostile.pdf_of(f"BT /F1 12 Tf 50 700 Td ({words}) Tj ET".encode())


def pack(parts: dict[str, bytes]) -> bytes:
    """A ZIP file with these files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(zipfile.ZipInfo(name, (1998, 11, 18, 0, 0, 0)), data)
    return held.getvalue()


def _tar(way: str) -> Callable[[str], bytes]:
    def made(words: str) -> bytes:
        held = io.BytesIO()
        with tarfile.open(fileobj=held, mode=f"w:{way}") as out:
            info = tarfile.TarInfo(f"tape{way}.txt")
            info.size = len(words)
            out.addfile(info, io.BytesIO(words.encode()))
        return held.getvalue()

    return made


def _mail(words: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"] = "Ana Hale <ana@spa.example>", "Loss"
    message["Date"], message["Message-ID"] = "Wed, 18 Nov 1998 07:00:00 +0000", f"<{len(words)}@spa.example>"
    message.set_content(words)
    message.add_alternative(f"<p>{words}</p>", subtype="html")
    return message.as_bytes()


def _emlx(words: str) -> bytes:
    return f"{len(_mail(words))}\n".encode() + _mail(words)


def _mbox(words: str) -> bytes:
    return b"From ana@spa.example Wed Nov 18 07:00:00 1998\n" + _mail(words).replace(b"\r\n", b"\n")


def _mhtml(words: str) -> bytes:
    head = f"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://saved.example/{len(words)}\r\nMIME-Version: 1.0\r\n"
    body = 'Content-Type: multipart/related; type="text/html"; boundary="--B"\r\n\r\n----B\r\nContent-Type: text/html\r\n\r\n'
    return (head + body).encode() + _html(words) + b"\r\n----B--\r\n"


def _webarchive(words: str) -> bytes:
    page = {
        "WebResourceData": _html(words),
        "WebResourceURL": f"http://safari.example/{len(words)}",
        "WebResourceTextEncodingName": "UTF-8",
    }
    return plistlib.dumps({"WebMainResource": page}, fmt=plistlib.FMT_BINARY)


def _epub(words: str) -> bytes:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Loss</dc:title>'
        '</metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    parts = {"mimetype": b"application/epub+zip", "b/c.opf": package.encode(), "b/a.xhtml": _html(words)}
    return pack(
        parts
        | {"META-INF/container.xml": b'<container><rootfiles><rootfile full-path="b/c.opf"/></rootfiles></container>'}
    )


OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = f'xmlns:office="{OFFICE}:office:1.0" xmlns:text="{OFFICE}:text:1.0" xmlns:table="{OFFICE}:table:1.0"'


def _fodt(words: str) -> bytes:
    body = f"<office:body><office:text><text:p>{words}</text:p></office:text></office:body>"
    return f"<office:document {NAMES}>{body}</office:document>".encode()


def _odt(words: str) -> bytes:
    content = _fodt(words).replace(b"office:document", b"office:document-content")
    return pack({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content})


def _ods(words: str) -> bytes:
    def row(*cells: str) -> str:
        made = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
        return f"<table:table-row>{made}</table:table-row>"

    rows = row("id", "text") + row("cell", words)
    sheet = f'<office:spreadsheet><table:table table:name="One">{rows}</table:table></office:spreadsheet>'
    content = f"<office:document-content {NAMES}><office:body>{sheet}</office:body></office:document-content>"
    return pack({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})


def _xlsx(words: str) -> bytes:
    import openpyxl

    book, held = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append(["id", "text"])
    sheet.append(["sheet", words])
    book.save(held)
    return held.getvalue()


def _wacz(words: str) -> bytes:
    pages = f'{{"format":"json-pages-1.0"}}\n{{"url":"http://islander.example/{len(words)}","title":"Loss"}}\n'
    return pack({"datapackage.json": b"{}", "pages/pages.jsonl": pages.encode(), "archive/data.warc": _warc(words)})


def _tei(words: str) -> bytes:
    head = "<teiHeader><fileDesc><titleStmt><title>Loss</title></titleStmt></fileDesc></teiHeader>"
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{head}<text><body><p>{words}</p></body></text></TEI>'.encode()


def _feed(words: str) -> bytes:
    item = f"<item><title>Loss</title><link>http://feed.example/{len(words)}</link><description>{words}</description></item>"
    return f'<rss version="2.0"><channel><title>Islander</title>{item}</channel></rss>'.encode()


def _atom(words: str) -> bytes:
    entry = (
        f'<entry><title>Loss</title><link href="http://atom.example/{len(words)}"/><content>{words}</content></entry>'
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Islander</title>{entry}</feed>'.encode()


def _nitf(words: str) -> bytes:
    return f"<nitf><head><title>Loss</title></head><body><body.content><p>{words}</p></body.content></body></nitf>".encode()


def _times(arrow: str, point: str, head: str = "") -> Callable[[str], bytes]:
    def made(words: str) -> bytes:
        first, second = words[: words.index(" left")], words[words.index(" left") + 1 :]
        cues = "".join(
            f"{number if arrow != ',' else ''}\n00:00:0{number}{point}000{arrow}00:00:0{number + 1}{point}000\n{line}\n\n".lstrip(
                "\n"
            )
            for number, line in enumerate((first, second), start=1)
        )
        return (head + cues).encode()

    return made


SAMPLES: dict[str, Callable[[str], bytes]] = {
    **dict.fromkeys((".txt", ".text", ".log", ".asc", ".rst", ".md", ".markdown", ".mdown", ".mkd"), str.encode),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), _html),
    ".pdf": _pdf,
    **dict.fromkeys((".docx", ".docm", ".dotx"), _docx),
    **dict.fromkeys((".jsonl", ".ndjson", ".jsonlines"), _lines),
    ".json": lambda words: json.dumps([{"id": "list", "text": words}]).encode(),
    ".csv": _table(","),
    ".tsv": _table("\t"),
    ".tab": _table("\t"),
    ".psv": _table("|"),
    **dict.fromkeys((".xlsx", ".xlsm"), _xlsx),
    ".ods": _ods,
    ".parquet": _parquet,
    ".warc": _warc,
    ".warc.gz": lambda words: gzip.compress(_warc(words), mtime=0),
    ".arc": _arc,
    ".arc.gz": lambda words: gzip.compress(_arc(words), mtime=0),
    ".wacz": _wacz,
    ".zip": lambda words: pack({"in/zipped.txt": words.encode()}),
    ".tar": _tar(""),
    **dict.fromkeys((".tar.gz", ".tgz"), _tar("gz")),
    **dict.fromkeys((".tar.bz2", ".tbz2"), _tar("bz2")),
    **dict.fromkeys((".tar.xz", ".txz"), _tar("xz")),
    ".gz": lambda words: gzip.compress(words.encode(), mtime=0),
    ".bz2": lambda words: bz2.compress(words.encode()),
    ".xz": lambda words: lzma.compress(words.encode()),
    ".eml": _mail,
    ".emlx": _emlx,
    **dict.fromkeys((".mbox", ".mbx"), _mbox),
    ".msg": lambda words: compound.letter("Loss", words),
    **dict.fromkeys((".mht", ".mhtml"), _mhtml),
    ".rtf": lambda words: f"{{\\rtf1\\ansi\\ansicpg1252 {words}\\par}}".encode(),
    ".epub": _epub,
    **dict.fromkeys((".odt", ".ott"), _odt),
    ".fodt": _fodt,
    **dict.fromkeys((".xml", ".tei"), _tei),
    ".webarchive": _webarchive,
    ".enex": lambda words: (
        f"<en-export><note><title>Loss</title><content><![CDATA[<?xml version='1.0'?><en-note><div>{words}</div></en-note>]]></content><created>19981118T070000Z</created></note></en-export>".encode()
    ),
    ".rss": _feed,
    ".atom": _atom,
    ".nitf": _nitf,
    ".vtt": _times(" --> ", ".", "WEBVTT\n\n"),
    ".srt": _times(" --> ", ","),
    ".sbv": _times(",", "."),
    **dict.fromkeys(
        (".ass", ".ssa"),
        lambda words: (
            f"[Script Info]\n\n[Events]\nDialogue: 0,0:00:01.00,0:00:04.00,Default,,0,0,0,,{words}\n".encode()
        ),
    ),
    **dict.fromkeys(
        (".ttml", ".dfxp"),
        lambda words: (
            f'<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="1s">{words}</p></div></body></tt>'.encode()
        ),
    ),
    **dict.fromkeys((".tex", ".latex", ".ltx"), lambda words: f"\\begin{{document}}{words}\\end{{document}}".encode()),
}
"""By ending: what makes a file's bytes of a sentence of plain letters."""
