"""Files as people have them: what each kind gives, what is left out, and what is said of it."""

from __future__ import annotations

import io
from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import openpyxl
import pytest

import compound
from samples import NAMES, SAMPLES, pack
from variorum.read import ENDINGS
from variorum.read.document import Document, Source
from variorum.read.kinds import Refusal, kind_of
from variorum.read.reading import Reading, reading

TOLD = "The quay at Tolven broke on 4 May 1961, killing 12 men."
QUOTED = "“Nobody warned us,” said the harbour master, Ana Hale."


def read(name: str, data: bytes | str) -> Reading:
    data = data.encode() if isinstance(data, str) else data
    return reading(Source(name, name.rsplit(".", 1)[0], data), {})


def one(name: str, data: bytes | str) -> Document:
    made = read(name, data)
    assert len(made.documents) == 1, [*map(str, made.said())]
    return made.documents[0]


def said(made: Reading) -> str:
    return " | ".join(problem.message for problem in made.said())


def parts(document: Document) -> list[tuple[str, str]]:
    return [(part.kind, document.text[part.start : part.end]) for part in document.parts]


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_ending_gives_its_words_once_and_nothing_to_say(ending: str) -> None:
    words = "The 7 boats of Tolven left the quay on 7 May 1961."
    made = read(f"sample{ending}", SAMPLES[ending](words))
    assert [d.text.count(words) for d in made.documents] == [1]
    assert said(made) == ""


@pytest.mark.parametrize("ending", [e for e in ENDINGS if e not in (".gz", ".bz2", ".xz")])
def test_a_wrong_name_does_not_matter_where_the_bytes_are_plain(ending: str) -> None:
    words = "The 7 boats of Tolven left the quay on 7 May 1961."
    made = read("sample.txt", SAMPLES[ending](words))
    assert sum(words in d.text for d in made.documents) == 1, said(made)


# --- e-mail -------------------------------------------------------------------------------------------------------


def letter(**more: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Harbour Office <office@tolven.example>"
    message["To"] = "Desk <desk@spa.example>"
    message["Subject"] = "Statement — the quay"
    message["Date"] = "Fri, 05 May 1961 23:12:00 -0500"
    for name, value in more.items():
        message[name.replace("_", "-")] = value
    return message


@pytest.mark.parametrize("way", ["base64", "quoted-printable", "8bit"])
def test_a_letter_is_read_decoded_with_its_head_as_metadata(way: str) -> None:
    message = letter()
    message.set_content(f"{TOLD}\n\n{QUOTED}\n", cte=way)
    document = one("mail.eml", message.as_bytes())
    assert document.text == f"{TOLD}\n\n{QUOTED}"
    assert (document.title, document.published) == ("Statement — the quay", "1961-05-05")
    assert document.author == "Harbour Office"


def test_of_two_bodies_one_is_read_and_files_are_read_by_themselves() -> None:
    message = letter()
    message.set_content(TOLD)
    message.add_alternative(f"<html><body><p>{TOLD}</p></body></html>", subtype="html")
    message.add_attachment(b"\x89PNG\r\n\x1a\n" + b"\0" * 99, maintype="image", subtype="png", filename="quay.png")
    message.add_attachment(
        b"id,text\nx,The list of the dead has 14 names.\n", maintype="text", subtype="csv", filename="list.csv"
    )
    made = read("mail.eml", message.as_bytes())
    assert {d.id: d.text for d in made.documents} == {"mail": TOLD, "x": "The list of the dead has 14 names."}
    assert "1 picture (quay.png)" in said(made)
    assert [(f.member, f.became) for f in made.files] == [(None, "account"), ("list.csv", "account")]


def test_a_letter_of_html_alone_and_one_with_a_stub_beside_it() -> None:
    page = f"<html><body><p>{TOLD}</p><p>{QUOTED}</p></body></html>"
    alone, stub = letter(), letter()
    alone.set_content(page, subtype="html")
    stub.set_content("See below.")
    stub.add_alternative(page, subtype="html")
    for message in (alone, stub):
        assert one("mail.eml", message.as_bytes()).text.split() == f"{TOLD} {QUOTED}".split()


def test_a_forwarded_letter_is_an_account_of_its_own() -> None:
    inner, outer = letter(), letter()
    inner.set_content(TOLD)
    outer.set_content("Forwarded as it came to us this morning.")
    outer.add_attachment(inner)
    made = read("mail.eml", outer.as_bytes())
    assert [d.text for d in made.documents] == [TOLD, "Forwarded as it came to us this morning."]


def test_what_a_letter_repeats_and_its_signature_are_no_words_of_its_own() -> None:
    message = letter()
    message.set_content(
        f"{TOLD}\n\nOn 4 May 1961, Tom Reed wrote:\n> Is it true that 90 men died?\n> Answer soon.\n\n-- \nAna Hale, 12 Quay Road\n"
    )
    made = read("mail.eml", message.as_bytes())
    hidden = [text for kind, text in parts(made.documents[0]) if kind == "boilerplate"]
    assert hidden[0].startswith("On 4 May") and hidden[0].endswith("soon.") and hidden[1].startswith("-- \n")
    assert "repeats 2 lines" in said(made)


def test_lines_that_were_folded_for_the_way_are_joined() -> None:
    head = "From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; format=flowed\n\n"
    assert (
        one("mail.eml", head + "The quay at Tolven \nbroke. \nTwelve men died.").text
        == "The quay at Tolven broke. Twelve men died."
    )


def test_an_encrypted_letter_and_one_without_words_are_said() -> None:
    head = "From: a@b.example\nSubject: x\nMIME-Version: 1.0\n"
    secret = 'Content-Type: application/pkcs7-mime; name="smime.p7m"\nContent-Transfer-Encoding: base64\n\nAAAA\n'
    assert "encrypted" in said(read("mail.eml", head + secret))
    assert "holds no text" in said(read("mail.eml", head + "\n\n"))


def test_a_text_that_begins_like_a_letter_stays_a_text() -> None:
    cable = "From: Harbour Office\nTo: All stations\nSubject: the quay\n\nThe quay has broken. Twelve men are dead."
    assert one("cable.txt", cable).text == cable


def test_a_mailbox_gives_its_letters() -> None:
    box = b""
    for number in (1, 2):
        message = letter()
        message.set_content(f"Letter {number}.\nFrom the quay came 12 men.\n")
        body = message.as_bytes().replace(b"\r\n", b"\n").replace(b"\nFrom the", b"\n>From the")
        box += b"From office@tolven.example Fri May  5 23:12:00 1961\n" + body + b"\n"
    made = read("box.mbox", box)
    assert {d.id: d.text for d in made.documents} == {
        f"box-{n}": f"Letter {n}.\nFrom the quay came 12 men." for n in (1, 2)
    }


def test_a_letter_of_outlook() -> None:
    ticks = (
        116_444_736_000_000_000 - 273_369_600 * 10_000_000
    )  # 4 May 1961 since 1601, in tenths of a millionth of a second
    files = {"list.csv": b"id,text\nx,The list of the dead has 14 names.\n", "quay.png": b"\x89PNG" + b"\0" * 5000}
    page = f"<p>{TOLD}</p>".encode()
    made = read("a.msg", compound.letter("Statement", TOLD, ticks, page, files))
    found = {d.id: d for d in made.documents}
    assert found["a"].text == TOLD and found["x"].text.startswith("The list")
    assert (found["a"].title, found["a"].author, found["a"].published) == ("Statement", "Ana Hale", "1961-05-04")
    assert "1 picture (quay.png)" in said(made)


def test_a_letter_of_outlook_in_another_and_one_with_rtf_alone() -> None:
    inner = compound.letter_tree("Inner", TOLD, 0, b"", None, 24)
    holder: compound.Tree = {
        "__properties_version1.0": b"\0" * 8,
        "__substg1.0_3707001F": "note".encode("utf-16-le"),
        "__substg1.0_3701000D": inner,
    }
    made = read("a.msg", compound.letter("Outer", "As it came to us.", more={"__attach_version1.0_#00000000": holder}))
    assert sorted(d.text for d in made.documents) == ["As it came to us.", TOLD]
    rtf = b"{\\rtf1\\ansi " + TOLD.encode() + b"\\par}"
    packed = len(rtf).to_bytes(4, "little") * 2 + b"MELA" + b"\0" * 4 + rtf
    assert one("b.msg", compound.letter("RTF", "", more={"__substg1.0_10090102": packed})).text == TOLD


# --- saved pages, archives ----------------------------------------------------------------------------------------


def test_a_saved_page_is_the_page_and_its_day_that_of_saving() -> None:
    page = (
        f"<html><head><title>The quay</title></head><body><article><p>{TOLD}</p><p>{QUOTED}</p></article></body></html>"
    )
    message = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://islander.example/quay\r\nSubject: The quay\r\n"
        "Date: Sun, 7 May 1961 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--B"\r\n\r\n----B\r\nContent-Type: text/html; charset=utf-8\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://islander.example/quay\r\n\r\n"
        + page.replace("killing", "killi=\r\nng")
        .replace("“", "=E2=80=9C")
        .replace("”", "=E2=80=9D")
        .replace("<html", "<html")
        + "\r\n----B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n----B--\r\n"
    )
    for name in ("page.mhtml", "page.mht", "page.html", "page.doc"):
        document = one(name, message)
        assert TOLD in document.text and QUOTED in document.text and "=" not in document.text
        assert (document.title, document.published, document.captured) == ("The quay", None, "1961-05-07T10:00:00Z")
        assert document.address == "https://islander.example/quay"


def test_an_archive_is_opened_and_names_in_it_lead_nowhere() -> None:
    made = read(
        "a.zip",
        pack(
            {
                "../../etc/x.txt": TOLD.encode(),
                "__MACOSX/._x.txt": b"\0\1",
                "in/y.zip": pack({"z.txt": QUOTED.encode()}),
            }
        ),
    )
    assert [(d.id, d.source) for d in made.documents] == [("x", "a.zip/etc/x.txt"), ("z", "a.zip/in/y.zip/z.txt")]
    assert [f.member for f in made.files] == [None, "etc/x.txt", "in/y.zip", "in/y.zip/z.txt"]


def test_an_archive_in_too_many_archives_is_said() -> None:
    data = TOLD.encode()
    for number in range(9):
        data = pack({f"{number}.zip" if number else "a.txt": data})
    made = read("deep.zip", data)
    assert not made.documents and "more than 5 archives" in said(made)


def test_files_of_an_archive_that_are_nothing_to_read_are_said_each() -> None:
    made = read(
        "a.zip",
        pack({"a.py": b"import os\n", "b.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF", "c.txt": TOLD.encode(), "d.txt": b""}),
    )
    assert [d.id for d in made.documents] == ["c"]
    assert "source code" in said(made) and "a picture" in said(made) and "d.txt is empty" in said(made)


# --- office files and books ---------------------------------------------------------------------------------------


def test_rtf_in_several_code_pages_with_notes_tables_and_deletions() -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset238 B;}{\f2\fcharset204 C;}}{\info{\title The quay}}"
        rb"\pard The mayor of {\f1 \'a3\'f3d\'9f} wrote {\f2 \'cc\'ee\'f1\'f2}: 350{\super 12} men{\super\chftn}{\footnote\pard See p. 4.}.\par"
        rb"\'93Nobody,\'94 {\deleted 90}{\v hidden}12 said. \u8220?Yes\u8221?\par"
        rb"\trowd\intbl Killed\cell 12\cell\row\pard{\pict\pngblip 89504e47}{\*\generator Word 2003;}{\field{\*\fldinst HYPERLINK x}{\fldrslt The end.}}\par}"
    )
    made = read("a.rtf", data)
    document = made.documents[0]
    assert document.text == (
        "The mayor of Łódź wrote Мост: 35012 men.\n\n“Nobody,” 12 said. “Yes”\n\nKilled\t12\n\nThe end.\n\nSee p. 4."
    )
    assert parts(document) == [("boilerplate", "12"), ("cell", "Killed"), ("cell", "12"), ("note", "See p. 4.")]
    assert document.title == "The quay" and "1 picture" in said(made)


def test_rtf_that_is_damaged_breaks_nothing() -> None:
    for data in (
        b"{\\rtf1",
        b"{\\rtf1 x\\",
        b"{\\rtf1 }}}} x",
        b"{\\rtf1 \\bin99999999 x",
        b"{\\rtf1 \\u99999999 \\uc-5 \\'zz",
    ):
        read("a.rtf", data)
    assert "too deep" in said(read("a.rtf", b"{\\rtf1 " + b"{" * 5000 + b"x" + b"}" * 5000 + b" The end.}"))


def odt(body: str, meta: str = "") -> bytes:
    content = f"<office:document-content {NAMES} xmlns:draw='d'><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    known = f"<m xmlns:dc='http://purl.org/dc/elements/1.1/'>{meta}</m>"
    mime = b"application/vnd.oasis.opendocument.text"
    return pack({"mimetype": mime, "content.xml": content.encode(), "meta.xml": known.encode()})


def test_odt_with_headings_lists_notes_tables_and_deletions() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>90 men</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="2">The quay</text:h><text:p>It <text:span>broke</text:span><text:note><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>See p. 4.</text:p></text:note-body></text:note> on<text:s/>4<text:tab/>May.</text:p>"
        "<text:list><text:list-item><text:p>twelve dead</text:p></text:list-item><text:list-item><text:p>nine hurt</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Killed</text:p></table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>"
    )
    document = one("a.odt", odt(body, "<dc:title>The quay</dc:title><dc:language>en-GB</dc:language>"))
    assert document.text == "The quay\n\nIt broke on 4\tMay.\n\ntwelve dead\nnine hurt\n\nKilled\t12\n\nSee p. 4."
    assert [kind for kind, _ in parts(document)] == ["heading", "item", "item", "cell", "cell", "note"]
    assert (document.title, document.stated, document.published) == ("The quay", "en", None)
    note = document.parts[-1]
    assert note.at is not None and document.text[: note.at].endswith("It broke")


def test_an_encrypted_odt_says_so() -> None:
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": b"\1\2",
        "META-INF/manifest.xml": b"<m><encryption-data/></m>",
    }
    assert "is encrypted" in said(read("a.odt", pack(parts)))


def test_a_book_in_the_order_of_its_spine() -> None:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        "<dc:title>The Quay</dc:title><dc:publisher>Islander</dc:publisher><dc:language>en</dc:language>"
        '<dc:date opf:event="modification">2001-01-01</dc:date><dc:date>1961-09-30</dc:date></metadata><manifest>'
        '<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="b" href="text/b%20c.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )

    def page(words: str) -> bytes:
        return f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Part</h1><p>{words}</p></body></html>'.encode()

    data = pack({
        "mimetype": b"application/epub+zip", "META-INF/container.xml": b'<container><rootfiles><rootfile full-path="O/c.opf"/></rootfiles></container>',
        "O/c.opf": package.encode(), "O/text/a.xhtml": page(TOLD), "O/text/b c.xhtml": page(QUOTED), "O/nav.xhtml": page("Contents 1 2"),
    })  # fmt: skip
    document = one("book.epub", data)
    assert document.text.index(TOLD) < document.text.index(QUOTED) and "Contents" not in document.text
    assert (document.title, document.publisher, document.published, document.stated) == (
        "The Quay",
        "Islander",
        "1961-09-30",
        "en",
    )


@pytest.mark.parametrize(("parts", "kind"), [
    ({"word/document.xml": b"", "[Content_Types].xml": b""}, "docx"), ({"xl/workbook.xml": b"", "[Content_Types].xml": b""}, "xlsx"),
    ({"ppt/presentation.xml": b"", "[Content_Types].xml": b""}, "slides"), ({"mimetype": b"application/epub+zip"}, "epub"),
    ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "odt"), ({"mimetype": b"application/vnd.oasis.opendocument.presentation"}, "slides"),
    ({"datapackage.json": b"", "archive/a.warc.gz": b""}, "wacz"), ({"Index/Document.iwa": b""}, "a text of a word processor that is not read"),
    ({"a.txt": b""}, "zip"),
])  # fmt: skip
def test_a_pack_is_known_by_what_it_holds(parts: dict[str, bytes], kind: str) -> None:
    found = kind_of(Source("a.bin", "a", pack(parts)))
    assert (found.what if isinstance(found, Refusal) else found) == kind


# --- XML ----------------------------------------------------------------------------------------------------------


def test_tei_with_its_header_corrections_notes_and_verse() -> None:
    data = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>A diary</title></titleStmt><publicationStmt><publisher>Archive</publisher>'
        '<date>2010</date></publicationStmt><sourceDesc><bibl><date when="1961-05-04"/></bibl></sourceDesc></fileDesc></teiHeader><text><body><div><head>May</head>'
        "<p>We went <choice><sic>tewnty</sic><corr>twenty</corr></choice> miles; <subst><del>ten</del><add>nine</add></subst> men died.<note>Nine in the list.</note>"
        ' The com-<lb break="no"/>pany <pb n="2"/>halted.</p><lg><l>First line</l><l>second line</l></lg><sp><speaker>Ann</speaker><p>No.</p></sp>'
        "<table><row><cell>Killed</cell><cell>9</cell></row></table></div></body></text></TEI>"
    )
    document = one("a.xml", data)
    assert document.text == (
        "May\n\nWe went twenty miles; nine men died. The company halted.\n\nFirst line\nsecond line\n\nAnn: No.\n\nKilled\t9\n\nNine in the list."
    )
    assert (document.title, document.publisher, document.published) == ("A diary", "Archive", "1961-05-04")
    note = document.parts[-1]
    assert note.kind == "note" and note.at is not None and document.text[: note.at].endswith("men died.")


def test_a_feed_and_a_list_give_an_account_an_item() -> None:
    feed = (
        '<rss version="2.0"><channel><title>Islander</title><item><title>The quay</title><link>http://islander.example/1</link>'
        "<pubDate>Fri, 05 May 1961 07:00:00 GMT</pubDate><description>&lt;p&gt;The quay broke.&lt;/p&gt;&lt;p&gt;Twelve men died.&lt;/p&gt;</description></item></channel></rss>"
    )
    document = one("feed.xml", feed)
    assert document.text.split() == ["The", "quay", "broke.", "Twelve", "men", "died."]
    assert (document.title, document.publisher, document.published, document.source) == (
        "The quay",
        "Islander",
        "1961-05-05",
        "http://islander.example/1",
    )
    listed = '<?xml version="1.0" encoding="windows-1251"?><articles><article id="k"><title>Мост</title><date>1961-05-05</date><body><p>Мост упал.</p><p>Погибли 12 человек.</p></body></article></articles>'
    document = one("list.xml", listed.encode("cp1251"))
    assert (document.id, document.title, document.text) == ("k", "Мост", "Мост упал.\n\nПогибли 12 человек.")


def test_scans_read_by_ocr_give_their_lines() -> None:
    alto = (
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout><Page><PrintSpace><TextBlock><TextLine><String CONTENT="The"/><SP/>'
        '<String CONTENT="quay"/></TextLine><TextLine><String CONTENT="broke."/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>'
    )
    page = "<PcGts><Page><TextRegion><TextLine><TextEquiv><Unicode>The quay</Unicode></TextEquiv></TextLine><TextLine><TextEquiv><Unicode>broke.</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>"
    assert one("a.xml", alto).text == one("b.xml", page).text == "The quay\nbroke."


@pytest.mark.parametrize("data", [
    "<data><row><x>1</x><y>2</y></row><row><x>3</x><y>4</y></row></data>", '<svg xmlns="http://www.w3.org/2000/svg"><text>The quay</text></svg>',
    "<urlset><url><loc>http://islander.example/</loc></url></urlset>", "<mediawiki><page><text>'''The quay''' [[broke]].</text></page></mediawiki>",
])  # fmt: skip
def test_xml_that_is_no_text_is_said(data: str) -> None:
    made = read("a.xml", data)
    assert not made.documents and "not read" in said(made)


def test_entities_are_not_loaded_and_do_not_grow() -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    read("a.xml", laughs + "]><x><p>&j; is the text of it.</p></x>")
    outside = (
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x><p>The secret of the quay is &a; they say.</p></x>'
    )
    assert "root" not in one("a.xml", outside).text


# --- marked texts -------------------------------------------------------------------------------------------------


def test_markdown_without_its_marks() -> None:
    data = (
        '---\ntitle: "The quay"\ndate: 5 May 1961\nparty: Islanders\n---\n# The *quay*\n\nIt **broke** on [4 May](http://x.example), killing ~~90~~ 12.\n\n'
        "* one\n* two\n\n| Killed | 12 |\n| --- | --- |\n| Hurt | 9 |\n\n> It was rotten.\n\n![The quay](quay.png)\n"
    )
    made = read("a.md", data)
    document = made.documents[0]
    assert (
        document.text
        == "The quay\n\nIt broke on 4 May, killing 90 12.\n\none\ntwo\n\nKilled\t12\nHurt\t9\n\nIt was rotten."
    )
    assert parts(document)[:4] == [("heading", "The quay"), ("withdrawn", "90"), ("item", "one"), ("item", "two")]
    assert (document.title, document.published, document.party) == ("The quay", "1961-05-05", "Islanders")
    assert "pictures (The quay)" in said(made)


def test_latex_without_its_commands() -> None:
    data = (
        "\\documentclass{article}\\newcommand{\\quay}{quay}\\title{The quay\\thanks{Paid}}\\date{5 May 1961}\n% 90 dead\n\\begin{document}\\maketitle\n"
        "\\section{The night}\nThe mayor\\footnote{See \\cite{x} p.~4.} of \\L{}\\'od\\'z, Jos\\'e, said ``no''; 31\\,\\% of \\textbf{them} died on $17$ May.\n\n"
        "\\begin{itemize}\\item one \\item two\\end{itemize}\\begin{tabular}{l|l}Killed & 12 \\\\\\hline Hurt & 9\\\\\\end{tabular}\n"
        "\\begin{equation}a=90\\end{equation}\\includegraphics{q.png} \\sout{90} 12 died.\n\\end{document}\n90 dead"
    )
    made = read("a.tex", data)
    document = made.documents[0]
    assert document.text == (
        "The night\n\nThe mayor of Łódź, José, said “no”; 31 % of them died on 17 May.\n\none\ntwo\n\nKilled\t12\nHurt\t9\n\n12 died.\n\nSee p. 4."
    )
    assert (document.title, document.published) == ("The quay", "1961-05-05")
    assert "1 formula" in said(made) and "1 picture" in said(made) and "(quay)" in said(made)


# --- subtitles ----------------------------------------------------------------------------------------------------


def test_subtitles_are_joined_with_their_times_and_speakers() -> None:
    vtt = (
        "WEBVTT - The inquiry\nKind: captions\nLanguage: en\n\nNOTE made by hand\n\nSTYLE\n::cue {}\n\n1\n00:00:01.000 --> 00:00:04.000 align:start\n<v Ana Hale>The quay at Tolven\n\n"
        "2\n00:04.000 --> 00:05.000\n<v Ana Hale>broke on <i>4 May</i>.\n\n3\n00:06.000 --> 00:08.000\n<v Tom Reed>[sighs] Who &amp; what died?\n"
    )
    document = one("a.vtt", vtt)
    assert document.text == "Ana Hale: The quay at Tolven broke on 4 May.\n\nTom Reed: Who & what died?"
    assert [(part.level, document.text[part.start : part.end]) for part in document.parts] == [
        (1000, "The quay at Tolven"), (4000, "broke on 4 May."), (6000, "Who & what died?"),
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "text", "levels"), [
    ("a.txt", "[00:00.000 --> 00:04.000]  The quay at Tolven\n[00:04.000 --> 00:08.000]  broke on 4 May.\n", "The quay at Tolven broke on 4 May.", [0, 4000]),
    ("a.ass", "[Script Info]\nTitle: x\n\n[Events]\nFormat: Layer, Start\nDialogue: 0,0:00:01.00,0:00:04.00,Default,Ana Hale,0,0,0,,{\\i1}The quay\\Nbroke, it is said.\n", "Ana Hale: The quay broke, it is said.", [1000, 1000]),
    ("a.xml", '<transcript><text start="0.5" dur="1">it&amp;#39;s the quay</text><text start="2">that broke.</text></transcript>', "it's the quay that broke.", [500, 2000]),
    ("a.ttml", '<tt xmlns="http://www.w3.org/ns/ttml"><body><p begin="00:01:01.500">The quay<br/>at Tolven</p><p begin="62s">broke.</p></body></tt>', "The quay at Tolven broke.", [61500, 62000]),
])  # fmt: skip
def test_other_subtitles(name: str, data: str, text: str, levels: list[int]) -> None:
    document = one(name, data)
    assert document.text == text and [part.level for part in document.parts] == levels


def test_captions_that_roll_are_read_once() -> None:
    cues = ["the quay broke", "the quay broke\nlast night and", "last night and\ntwelve men died"]
    srt = "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{lines}\n\n" for n, lines in enumerate(cues, start=1))
    assert one("a.srt", srt).text == "the quay broke last night and twelve men died"


def test_speech_without_full_stops_is_said() -> None:
    srt = "".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\nand then quay {n} broke again\n\n" for n in range(1, 30)
    )
    assert "cannot be told apart" in said(read("a.srt", srt))


# --- what is nothing to read --------------------------------------------------------------------------------------

CODE = "import os\n\n\ndef broken(quay):\n    return [man for man in quay.men if man.dead]\n\n\nprint(broken(None))\n"
MINIFIED = (
    "!function(e,t){var n=e.q,r=t(n);for(var i=0;i<r.length;i++){n[i]=r[i].x?{a:1}:{b:2}}window.q=n}(this,function(e){return e.f()});"
    * 5
)


@pytest.mark.parametrize(("name", "data", "word"), [
    ("a.txt", CODE, "source code"), ("a.py", CODE, "source code"), ("a", MINIFIED, "source code"), ("a.txt", "VGhlIHF1YXkgYnJva2Ugb24gNCBNYXkgMTk2MSwga2lsbGluZw==\n" * 9, "encoded data"),
    ("a.txt", "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----", "PGP"), ("a.txt", "12.5\t3.7\t88\n" * 60, "hardly any words"),
    ("a.txt", "@article{x,\n title={The quay},\n}", "BibTeX"), ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\1", "a picture"), ("a.mp3", b"ID3\3\0\0\0", "a film or a sound"),
    ("a.rar", b"Rar!\x1a\x07\0", "an archive"), ("a.pst", b"!BDN\0\0", "a mailbox of Outlook"), ("a.sqlite", b"SQLite format 3\0", "a database"),
    ("a.bin", b"\x7fELF\2\1\1\0", "a program"), ("a.pptx", pack({"ppt/presentation.xml": b""}), "slides"), ("a.mobi", b"x" * 60 + b"BOOKMOBI", "an electronic book"),
    ("a.ps", b"%!PS-Adobe-3.0\n", "PostScript"), ("a.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR", "a calendar"), ("a.css", "p { color: red }", "source code or settings"),
    ("a.txt", "00000000: 2550 4446 2d31 2e34 0a25 c7ec 8fa2 0a35\n" * 20, "encoded data"),
])  # fmt: skip
def test_what_is_no_account_is_said_and_not_read(name: str, data: bytes | str, word: str) -> None:
    made = read(name, data)
    assert not made.documents and word in said(made), said(made)
    assert name in said(made) and made.files[0].became in ("nothing", "refused")


@pytest.mark.parametrize("text", [
    "12 May. Quiet.\n13 May. Two shells; no losses.\n14 May. 3 wounded (Hale, Reed, Moss).\n", "— Who died?\n— Twelve; and nine more (see below).\n",
    "4 May 1961: the quay breaks [1]; 12 die.\n5 May 1961: 9 more die; 31 are hurt.\n6 May 1961: (no entry)\n", "The file a.py; the line x = 1; so the clerk wrote it.",
    "KILLED: 12\nWOUNDED: 31\nMISSING: 4\n", "Dead: Ann Hale, 31; Tom Reed, 9; Jo Moss, 44;\nhurt: Al Pike, 12;\n" * 5,
])  # fmt: skip
def test_terse_prose_is_read(text: str) -> None:
    assert one("log.txt", text).text == text


@pytest.mark.parametrize("text", [
    "大桥在夜里倒塌，九名工人死亡。" * 20, "สะพานพังในตอนกลางคืน คนงานเก้าคนเสียชีวิต " * 9, "रात में पुल टूट गया और नौ मज़दूर मारे गए। " * 9, "ညတွင် တံတားပြိုကျပြီး ကိုးဦး သေဆုံးခဲ့သည်။ " * 9,
    "ድልድዩ በሌሊት ፈረሰ፤ ዘጠኝ ሠራተኞች ሞቱ። " * 9, "انهار الجسر ليلا وقتل تسعة عمال. " * 9,
])  # fmt: skip
def test_prose_of_any_script_is_read(text: str) -> None:
    assert one("log.txt", text).text == text


def test_encoded_lines_in_a_text_are_left_out_and_said() -> None:
    code = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    made = read("a.txt", TOLD + "\n" + f"{code}\n" * 6 + QUOTED)
    assert parts(made.documents[0]) == [("boilerplate", "\n".join([code] * 6))]
    assert "6 lines of encoded data" in said(made)


def test_doc_without_a_program_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    doc = compound.compound({"WordDocument": b"x" * 5000})
    assert "antiword or LibreOffice" in said(read("a.doc", doc))
    assert "LibreOffice" in said(read("a.xls", compound.compound({"Workbook": b"x" * 5000})))


@pytest.mark.parametrize("ending", [".rtf", ".html", ".docx", ".txt"])
def test_a_doc_that_is_another_thing_is_read_as_that(ending: str) -> None:
    assert TOLD in one("a.doc", SAMPLES[ending](TOLD)).text


# --- spreadsheets -------------------------------------------------------------------------------------------------


def sheet(*sheets: Iterable[list[object]]) -> bytes:
    book, held = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        made = book.create_sheet(f"Sheet {number}")
        for row in rows:
            made.append(row)
    book.save(held)
    return held.getvalue()


def test_sheets_are_tables_with_their_names_in_any_of_the_first_rows() -> None:
    data = sheet(
        [["Collected by hand"], [], ["Headline", "Body", "Published"], ["The quay", TOLD, "1961-05-05"]],
        [["x", "y"], [1, 2]],
    )
    made = read("a.xlsx", data)
    [document] = made.documents
    assert (document.title, document.text, document.published) == ("The quay", TOLD, "1961-05-05")
    assert document.member == "Sheet 1/row 4" and "a.xlsx/Sheet 2 has no column that is known" in said(made)


# --- programs from outside ----------------------------------------------------------------------------------------

DOC = compound.compound({"WordDocument": b"x" * 5000})


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, script: str) -> None:
    """A program of this name, and no other, on the path."""
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")
    monkeypatch.setattr("shutil.which", lambda one: str(folder / one) if (folder / one).exists() else None)


def test_doc_is_read_by_the_program_that_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, "antiword", f"test -f in.doc && test $HOME != {Path.home()} && printf '{TOLD}'")
    assert one("a.doc", DOC).text == TOLD
    (tmp_path / "antiword").unlink()
    copy = tmp_path / "made.docx"
    copy.write_bytes(SAMPLES[".docx"](TOLD))
    program(tmp_path, monkeypatch, "soffice", f"case $* in *'--convert-to docx in.doc') cp {copy} in.docx;; esac")
    assert one("a.doc", DOC).text == TOLD
    assert one("a.doc", DOC).source == "a.doc"


@pytest.mark.parametrize("script", ["exit 1", "sleep 60", "true", "kill -9 $$"])
def test_a_program_that_fails_or_hangs_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program(tmp_path, monkeypatch, "antiword", script)
    monkeypatch.setattr("variorum.read.outside.SECONDS", 1)
    made = read("a.doc", DOC)
    assert not made.documents and "could not be read by antiword; save it as DOCX" in said(made)


def test_a_workbook_that_excel_wrote_as_xml() -> None:
    def row(*cells: str) -> str:
        return "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in cells) + "</Row>"

    space = (
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    )
    rows = row("Headline", "Body") + row("Quay", TOLD)
    data = (
        f'<?xml version="1.0"?><Workbook {space}><Worksheet ss:Name="One"><Table>{rows}</Table></Worksheet></Workbook>'
    )
    for name in ("a.xml", "a.xls"):
        document = one(name, data)
        assert (document.title, document.text) == ("Quay", TOLD)
