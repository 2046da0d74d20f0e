"""What the fuzzer begins with, and how it makes new inputs of it: sentences of the example, odd signs, every format."""

from __future__ import annotations

import io
import json
import random

import pyarrow as pa
import pyarrow.parquet as pq

import hostile
import hostile_files
from variorum import example, read

PIECES = (
    "“", "”", "‘", "’", '"', "'", "«", "»", "„", "(", ")", "[", "]", "—", "–", "-", "…", ".", ",", ";", ":", "!", "?", "/", "%",
    "\n", "\n\n", "\f", "\r", "\t", " ", "  ", "\u00a0", "\u00ad", "\u200b", "\u202e", "\u2028", "\ufeff", "\x00", "\x1e", "\ufffd",
    "0", "1", "31", "9" * 25, "1,204", "1.204", "3.5", "½", "²", "٣", "१", "Ⅻ", "1998", "17/11/1998", "4/5/21", "24:00", "20.05", "25:61",
    "zero", "one", "dozen", "hundred", "thousand", "million", "a third of", "between", "and", "or", "to", "at least", "more than",
    "killed", "wounded", "people", "soldiers", "km", "no", "none", "not", "said", "told", "according to", "that", "which", "who",
    "on", "in", "of", "last", "next", "ago", "later", "before", "Monday", "November", "May", "spring", "century", "the 1990s", "noon",
    "year", "month", "week", "day", "hour", "daily", "every", "BC", "AD", "Mr", "Mrs", "Dr.", "President", "Port Asker", "Ana Hale",
    "İ", "ß", "ﬁ", "é", "e\u0301", "Ã©", "â€œ", "Ж", "א", "م", "漢", "👩‍👩‍👧", "\U0001f6a2", "A", "a", "I", "s", "\"s", "’s", "-year-old",
    "<script>", "</script>", "<!--", "]]>", "&amp;", "&#x0;", "&a;", "{{ 7*7 }}", "{% raw %}", "javascript:", "' onload='", "../", "con", "%2e",
    "Views: 12", "Photo: ", "Page 3 of 9", "he said.", "She said: ",
)  # fmt: skip

TEXTS = (
    "“The ferry sank,” said Ana Hale. “Nobody called.” They call it the “Maid of Asker”.",
    "Hale told the inquiry: 'We had 214 aboard, of whom 31 died, nine of them children; more than 400 were not counted.'",
    "From 17 to 19 November 1998, two days later, on the night of 3 May, in the 1990s, last Friday at 20.05, every week.",
    "Between 30 and 40 people were killed and at least 1,204 wounded, including 12 soldiers, two-thirds of the crew (3.5%).",
    'Page 3 of 9\nThe master gave no or-\nder to leave the coun"try.\n\n\fPage 4 of 9\nthe cafÃ© was “closed” since\nthe night.',
    'She said that he had said that they would say: "He told me \'I was told "no"\', sir."',
    "According to the company’s statement of 18/11/1998, no one died; the families say forty did.",
    'A\x1e<script>x</script>\x1e../../x\x1e" onload=x\x1ejavascript:x\n\n</textarea><!-- {{ 7*7 }} \u202e',
)

SPLIT = 300


def seeds(target: str) -> list[bytes]:
    """The inputs that a target begins with; the first byte sets switches (see `hostile`)."""
    if target == "read":
        return files()
    if target.startswith("read-"):
        return hostile_files.seeds(target)
    texts = [*TEXTS]
    for document in read.accounts([example.folder()]).documents:
        texts += [document.text[at : at + SPLIT] for at in range(0, min(len(document.text), 3000), SPLIT)]
    return [bytes([n % 32]) + text.encode() for n, text in enumerate(texts)]


def files() -> list[bytes]:
    """A small file of every kind, with the number of its name before it."""
    rows = [{"id": "../x", "text": "The ferry sank.", "date": "1998-11-17"}, {"id": "", "text": "It did.", "date": "x"}]
    table = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), table)
    lines = "\n".join(json.dumps(row) for row in rows).encode()
    csv = b'id,text,date\n1,"The ferry\nsank.",1998-11-17\n=1,x,\n'
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><title>Loss</title><p>The ferry sank.</p></html>"
    warc = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://islander.example/\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        b"WARC-Date: 1998-11-18T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
        % (len(http), http)
    )
    page = b'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta property="og:title" content="Loss"><meta name="date" content="1998-11-18"><title>x</title></head><body><article><p>The ferry sank.</p><table><tr><td>1</td></tr></table></article></body></html>'
    show = b"BT /F1 12 Tf 100 700 Td (The ferry sank.) Tj T* [(a) -300 (b)] TJ ET"
    of = {
        "x.txt": "The café sank. Ж".encode("utf-16"), "x.html": page, "x.xhtml": b'<?xml version="1.0"?>' + page, "x.pdf": hostile.pdf_of(show),
        "x.docx": hostile.docx_of(hostile.WORDS.encode()), "x.jsonl": lines, "x.csv": csv, "x.tsv": csv.replace(b",", b"\t"),
        "x.parquet": table.getvalue(), "x.warc": warc, "x.warc.gz": warc, "x": b"The ferry sank.", "word.docx": hostile.WORDS.encode(),
        "core.docx": hostile.PARTS["docProps/core.xml"].encode(), "stream.pdf": show,
        "witnesses.csv": b"file,title,publisher,party,published\ngood.txt,T,P,Q,1998-11-18\n../x,,,,\n",
    }  # fmt: skip
    return [bytes([hostile.NAMES.index(name)]) + data for name, data in of.items()]


def mutated(data: bytes, target: str, chance: random.Random, grown: list[bytes]) -> bytes:
    """A changed input: pieces put in, repeated, moved, dropped, or taken from another seed; the first byte may change."""
    head, body = data[:1] or b"\0", data[1:]
    pieces = hostile_files.PIECES.get(target, ())
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        if pieces and chance.random() < 0.4:
            at = chance.randrange(len(body) + 1)
            body = body[:at] + chance.choice(pieces) * chance.choice((1, 1, 1, 2, 50)) + body[at:]
        else:
            body = changed(body, chance, grown)
    if chance.random() < (0.02 if target.startswith("read") else 0.2):
        head = bytes([chance.randrange(256)])
    return head + body


def changed(body: bytes, chance: random.Random, grown: list[bytes]) -> bytes:
    """One change of an input."""
    at = chance.randrange(len(body) + 1)
    to = min(len(body), at + chance.choice((1, 2, 5, 20, 100)))
    kind = chance.random()
    if kind < 0.45:
        piece = chance.choice(PIECES).encode() * chance.choice((1, 1, 1, 1, 2, 3, 50))
        return (
            body[:at]
            + chance.choice((b"", b" "))
            + piece
            + chance.choice((b"", b" "))
            + body[chance.choice((at, to)) :]
        )
    if kind < 0.6:
        return body[:at] + body[at:to] * chance.choice((2, 2, 3, 40)) + body[to:]
    if kind < 0.75:
        return body[:at] + body[to:]
    if kind < 0.85:
        other = chance.choice(grown)[1:]
        start = chance.randrange(len(other) + 1)
        return body[:at] + other[start : start + chance.choice((5, 30, 200))] + body[to:]
    if kind < 0.95:
        return body[:at] + bytes([chance.randrange(256)]) + body[at + 1 :]
    cut = chance.randrange(len(body) + 1)
    return body[cut:] + body[:cut]
