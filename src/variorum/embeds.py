"""One event, question, toll or parallel to embed: a page of one file, or a drawing, that asks nothing of the network.

Each bears its attribution: the edition, and every account whose words stand in it. The pieces are those of the site,
with links only where an address is given under which the edition is published.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from urllib.parse import quote

import pyarrow as pa
from markupsafe import Markup, escape

from variorum import __version__, site
from variorum.citing import csl_item, footnotes, web_address
from variorum.config import Config
from variorum.errors import ConfigError
from variorum.export.questions import edition_title
from variorum.records import Claim, Reading
from variorum.site.axis import drawn
from variorum.site.columns import columns
from variorum.site.marking import shown
from variorum.site.pages.disagreements import heading, sides
from variorum.site.pages.event import embedded
from variorum.site.pages.parallels import face_to_face
from variorum.site.pages.tolls import Line, card
from variorum.site.render import Renderer, short
from variorum.site.topics import Topic
from variorum.verdicts import Standing

__all__ = ["OPTIONS", "drawing", "page"]

Tables = Mapping[str, pa.Table]
KINDS = ("event", "question", "toll", "parallel")
OPTIONS = {
    "event": "the id of the event to embed",
    "question": "the id of the verdict to embed; without any id it is the first that fits",
    "toll": "the id of the topic to embed",
    "parallel": "two accounts, by their sigla or ids, with a comma between: the passages they share",
    "address": "the address where the edition is published, for links; without one there are none",
    "title": "the title of the edition",
}
WIDTH, LINE, LETTERS = 640, 18, 92
"""The width of a drawing, the height of a line of text in it, and about how many letters a line has."""
MOST_LINES = 60
"""Lines of words in a drawing; what lies beyond is cut, and said."""


class Piece(NamedTuple):
    """What is embedded: its heading, its HTML, the accounts whose words it holds, its place in the edition.

    ``chart`` and ``said`` are for a drawing.
    """

    title: str
    body: Markup
    witnesses: list[str]
    place: str
    chart: Markup = Markup()
    said: tuple[str, ...] = ()


def page(tables: Tables, out: BinaryIO, options: Mapping[str, Any]) -> None:
    """The piece as one HTML file; an id that the edition has not got raises `ConfigError`."""
    render = _renderer(tables, options)
    piece = _chosen(render, options)
    style = files("variorum").joinpath("site", "static", "variorum.css").read_text(encoding="utf-8")
    address = _address(options)
    html = render.template("embed.html").render(
        piece=piece,
        body=_linked(piece.body, address),
        address=address,
        style=Markup(style),
        version=__version__,
        name=_name(render),
        key=_key(options),
        accounts=_accounts(render, piece.witnesses),
    )
    out.write(html.encode("utf-8", "replace"))


def drawing(tables: Tables, out: BinaryIO, options: Mapping[str, Any]) -> None:
    """The piece as SVG: heading, chart or columns of words, who says what, and the attribution."""
    render = _renderer(tables, options)
    piece = _chosen(render, options)
    out.write(str(_svg(render, piece, options)).encode("utf-8", "replace"))


def _renderer(tables: Tables, options: Mapping[str, Any]) -> Renderer:
    title = edition_title(tables, options)
    return site.prepared(tables, Path(), {"title": title}, Config(title=title))


def _address(options: Mapping[str, Any]) -> str:
    given = str(options.get("address") or "")
    if given and not web_address(given):
        raise ConfigError("option address", "is no address of the web", "give https://host/folder/")
    return f"{given.rstrip('/')}/" if given else ""


def _key(options: Mapping[str, Any]) -> str:
    key = str((options.get("about") or {}).get("key", ""))[:12]
    return f" ({key})" if key else ""


def _name(render: Renderer) -> str:
    return shown(render.g.about["title"])


_LINK = re.compile(r'<a\b([^<>]*?)\shref="([^"<>]*)"([^<>]*)>(.*?)</a>', re.S)


def _linked(body: Markup, address: str) -> Markup:
    """The links of a piece, led to where the edition is published, or taken away; what they hold stays."""

    def led(match: re.Match[str]) -> str:
        before, href, after, words = match.groups()
        if address and not href.startswith("#"):
            return f'<a{before} href="{escape(address)}{href}"{after}>{words}</a>'
        return f"<span{before}{after}>{words}</span>"

    return Markup(_LINK.sub(led, str(body)))


def _accounts(render: Renderer, witnesses: Iterable[str]) -> list[tuple[str, str]]:
    known = [render.g.witness[w] for w in dict.fromkeys(witnesses) if w in render.g.witness]
    notes = footnotes(csl_item(w, render.g.captured.get(w.witness)) for w in known)
    return [(shown(w.siglum), shown(notes[w.witness])) for w in known]


# --- what is embedded ---


def _chosen(render: Renderer, options: Mapping[str, Any]) -> Piece:
    named = [kind for kind in KINDS if options.get(kind)]
    if len(named) > 1:
        raise ConfigError(
            f"option {named[1]}", "one thing is embedded at a time", f"leave out {named[0]} or {named[1]}"
        )
    if named:
        return PIECES[named[0]](render, str(options[named[0]]))
    first = next((v for v in render.g.verdicts if v.verdict not in (Standing.SINGLE, Standing.UNJUDGED)), None)
    if first is None:
        raise ConfigError("format embed", "no question fits", "name an event, a question, a toll or a parallel")
    return _question(render, first.verdict_id)


def _missing(kind: str, key: str) -> ConfigError:
    return ConfigError(f"option {kind}={key[:80]}", "there is none in this edition", "variorum show lists the ids")


def _event(render: Renderer, key: str) -> Piece:
    event = render.g.event.get(key)
    if event is None:
        raise _missing("event", key)
    body = embedded(render, event)
    told: dict[str, Claim] = {}
    for claim in render.g.told.get(key, []):
        told.setdefault(claim.witness, claim)
    said = tuple(
        f"{render.g.witness[w].siglum}: {render.said(c).striptags()}" for w, c in told.items() if w in render.g.witness
    )
    return Piece(plain(event.label), body, render.g.tellers.get(key, []), render.at.event(key), Markup(), said)


def _question(render: Renderer, key: str) -> Piece:
    verdict = render.g.verdict.get(key)
    if verdict is None:
        raise _missing("question", key)
    readings = [render.g.readings[x] for x in verdict.readings if x in render.g.readings]
    chart, title = drawn(render, readings), heading(render, verdict, "")
    row = render.macro("rows.html", "disagreement")(
        verdict, title, sides(readings), chart, "", [x.witness for x in readings]
    )
    words = tuple(_side(render, side.witnesses, side.shown[0]) for side in sides(readings))
    said = (f"{render.words.verdicts.get(verdict.verdict, verdict.verdict).capitalize()}.", *words)
    body = Markup('<ol class="diss">{}</ol>').format(row)
    return Piece(_flat(title), body, [x.witness for x in readings], render.verdict_address(verdict), chart, said)


def _flat(title: Markup) -> str:
    """A heading without its marks: what stands small comes after a colon."""
    return Markup(str(title).replace(" <small>", ": ", 1)).striptags()


def _side(render: Renderer, witnesses: list[str], reading: Reading) -> str:
    sigla = ", ".join(render.g.witness[w].siglum for w in witnesses[:8] if w in render.g.witness)
    return f"{sigla}: {render.said(reading).striptags()}"


def _toll(render: Renderer, key: str) -> Piece:
    topic = next((t for t in _all(render.g.topics) if t.key == key), None)
    if topic is None:
        raise _missing("toll", key)
    made = card(render, topic)
    body = Markup('<ol class="diss">{}</ol>').format(render.macro("rows.html", "toll")(made, ""))
    words = render.words.verdicts
    kind = "a course, no conflict" if topic.course else words.get(topic.standing, topic.standing)
    said = (f"{render.words.cap(kind)}.", *(_figure(render, x) for x in (*made.lines, *made.more)))
    witnesses = [w for t in (topic, *topic.children) for w in t.witnesses]
    place = f"tolls.html#?find={quote(topic.label)}"
    return Piece(render.words.cap(plain(topic.label)), body, witnesses, place, made.chart, said)


def _figure(render: Renderer, line: Line) -> str:
    sigla = ", ".join(render.g.witness[w].siglum for w in line.printed_by if w in render.g.witness)
    counted = f", counted by {line.counted_by}" if line.counted_by else ""
    return f"{sigla}: {line.figure}{counted}" + (f", as of {line.as_of}" if line.as_of else "")


def _all(topics: Iterable[Topic]) -> Iterable[Topic]:
    for topic in topics:
        yield topic
        yield from topic.children


def _parallel(render: Renderer, key: str) -> Piece:
    sigla = {w.siglum: w.witness for w in render.g.witnesses}
    found = [sigla.get(part.strip(), part.strip()) for part in key.split(",")]
    pair = next((p for p in render.g.pairs if set(p) == set(found)), None)
    if pair is None or len(found) != 2:
        raise _missing("parallel", key)
    a, b = (render.g.witness[w] for w in pair)
    title = f"{render.name(a)} ({a.siglum}) and {render.name(b)} ({b.siglum}): shared passages"
    body = Markup("<h2><bdi>{}</bdi></h2>{}").format(plain(title), face_to_face(render, pair))
    rows = sorted(render.g.pairs[pair], key=lambda p: p.a_start if p.a_witness == pair[0] else p.b_start)
    turned = [(p.a_text, p.b_text) if p.a_witness == pair[0] else (p.b_text, p.a_text) for p in rows]
    heads = (f"{a.siglum} {plain(render.name(a))}"[:40], f"{b.siglum} {plain(render.name(b))}"[:40])
    drawn_side_by_side = columns(heads, turned)
    own = 'class="own"' in drawn_side_by_side
    said = ("Underlined is what only one of the two has." if own else "Both have the same words.",)
    return Piece(plain(title), body, list(pair), render.at.pair(*pair), drawn_side_by_side, said)


PIECES: dict[str, Callable[[Renderer, str], Piece]] = {
    "event": _event,
    "question": _question,
    "toll": _toll,
    "parallel": _parallel,
}


def plain(text: str) -> str:
    """Words on one line that a heading can hold."""
    return " ".join(short(text, 300).split())


# --- as a drawing ---

_BOX = re.compile(r'<svg class="[^"]*" viewBox="0 0 (\d+) (\d+)"[^>]*>(.*)</svg>$', re.S)


def _svg(render: Renderer, piece: Piece, options: Mapping[str, Any]) -> str:
    parts, y = _written(_wrapped([piece.title], 50), 30, "head", 25)
    box = _BOX.match(str(piece.chart))
    if box:
        width, height, inner = int(box[1]), int(box[2]), Markup(box[3])
        parts.append(Markup('<svg x="0" y="{}" width="{}" height="{}">{}</svg>').format(y - 10, width, height, inner))
        y += height + 14
    lines = _wrapped(piece.said, LETTERS)
    more = [f"{len(lines) - MOST_LINES} more lines are in the edition."] if len(lines) > MOST_LINES else []
    words, y = _written([*lines[:MOST_LINES], *more], y + 8, "", LINE)
    accounts = [f"{siglum} {text}" for siglum, text in _accounts(render, piece.witnesses)]
    source = f"Accounts compared by Variorum {__version__}. From the edition “{_name(render)}”{_key(options)}."
    link = [f"{address}{piece.place}"] if (address := _address(options)) else []
    foot, y = _written(_wrapped([source, *link, *accounts], LETTERS + 18)[: MOST_LINES * 2], y + 14, "small", 15)
    made: str = render.template("embed.svg").render(
        width=WIDTH, height=y, title=piece.title, parts=Markup("").join([*parts, *words, *foot])
    )
    return made


def _written(lines: Iterable[str], y: int, look: str, height: int) -> tuple[list[Markup], int]:
    made = []
    for line in lines:
        made.append(Markup('<text class="{}" x="16" y="{}">{}</text>').format(look, y, shown(line)))
        y += height
    return made, y


def _wrapped(texts: Iterable[str], letters: int) -> list[str]:
    """Texts in lines of about so many letters; a word that is longer is cut.

    >>> _wrapped(["one two three"], 8)
    ['one two', 'three']
    """
    found = []
    for text in texts:
        line = ""
        for word in re.findall(rf"\S{{1,{letters}}}", text):
            if line and len(line) + len(word) >= letters:
                found.append(line)
                line = ""
            line = f"{line} {word}".strip()
        found.append(line)
    return found
