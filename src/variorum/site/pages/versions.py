"""Versions of one address: what was changed between them, as an apparatus by date, figures and quotations first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from markupsafe import Markup

from variorum import records as r
from variorum.dates import in_words
from variorum.languages import code_of
from variorum.lists import toml
from variorum.site.citations import of_page
from variorum.site.marking import shown
from variorum.site.render import Renderer, joined
from variorum.site.safe import filled
from variorum.site.versions import Place, apparatus

__all__ = ["publish"]

KINDS = ("figure", "quotation", "name", "wording", "spelling")
"""What a change touches, the weightiest first."""
MOST = 400
"""Places printed of one address."""
NOTICES = 6
"""Sentences quoted by which versions of one address say that they were changed."""
_STOP = re.compile(r"[.!?](?=\s|$)|(?=\n)")
AROUND = 48
"""Characters shown on either side of changed words."""
LONG = 400
"""Characters of changed words that are shown; a longer stretch is cut."""

MENTIONS = (
    ("figures", "figure", "role"),
    ("quotes", "quotation", "speaker"),
    ("actors", "name", "name"),
    ("places", "name", "name"),
)
"""The tables whose rows changed words may touch, with the kind of such a change and the column that names it."""

Spans = list[tuple[int, int, str]]


class Variant(NamedTuple):
    """What some versions have at a place: themselves, the words with those around, and where these stand."""

    witnesses: list[str]
    when: str
    words: Markup
    place: Markup


class Change(NamedTuple):
    """A place where versions differ."""

    number: int
    kind: str
    label: str
    also: list[str]
    variants: list[Variant]


class Version(NamedTuple):
    """A version in the table of an address."""

    witness: r.Witness
    captured: str
    words: int


class Row(NamedTuple):
    """An address in the list of addresses."""

    href: str
    title: str
    address: str
    versions: list[Version]
    counts: Markup
    notice: bool


def publish(render: Renderer) -> None:
    """Write the list of addresses that stand in several versions, and a page for each; nothing where there is none."""
    if not render.g.versions:
        return
    mentions = _mentions(render)
    rows = [_address(render, group, mentions) for group in render.g.versions]
    silent = sum(not row.notice for row in rows)
    render.page(
        "versions.html",
        "versions.html",
        current="versions.html",
        title="Versions",
        rows=rows,
        deck=_deck(render, len(rows), silent),
        cite=of_page(render.g.about, "Versions", "versions.html"),
        table=["witnesses", "files"],
    )


def _deck(render: Renderer, count: int, silent: int) -> Markup:
    words = render.words
    said = filled("{} in several versions. ", words.cap(words.several(count, "address stands", "addresses stand")))
    if silent:
        said += filled(
            "In <strong>{}</strong> no later text was found to say of itself that it was changed.", words.number(silent)
        )
    return said


def _address(render: Renderer, group: list[r.Witness], mentions: dict[str, dict[str, Spans]]) -> Row:
    """Write the page of one address."""
    places = apparatus([w.text for w in group])
    changes = [_change(render, n, group, place, mentions) for n, place in enumerate(places[:MOST], 1)]
    by: dict[str, list[Change]] = {kind: [c for c in changes if c.kind == kind] for kind in KINDS}
    notices = _notices(group, places)
    address = _address_of(render, group)
    versions = [Version(w, _captured(render, w), len(w.text.split())) for w in group]
    path, title = render.at.versions(group[0].witness), group[-1].title or group[0].title or address
    counts = _counts(render, Counter(c.kind for c in changes))
    render.page(
        path,
        "version.html",
        current="versions.html",
        title=f"Versions of {title}",
        address=address,
        versions=versions,
        by=by,
        labels=render.words.changes,
        counts=counts,
        notices=notices,
        left_out=len(places) - len(changes),
        cite=of_page(render.g.about, f"Versions of {title}", path),
        table=["witnesses", "files"],
    )
    return Row(path, title, address, versions, counts, bool(notices))


def _counts(render: Renderer, count: Counter[str]) -> Markup:
    if not count:
        return Markup("no word differs")
    words = [
        render.words.several(
            count[kind], f"change of {render.words.changes[kind]}", f"changes of {render.words.changes[kind]}"
        )
        for kind in KINDS
        if count[kind]
    ]
    return joined(words)


def _address_of(render: Renderer, group: list[r.Witness]) -> str:
    known = {f.witness: f.address for f in render.g.rows(r.File) if f.witness and f.address}
    return next((known[w.witness] for w in group if w.witness in known), group[0].source)


def _mentions(render: Renderer) -> dict[str, dict[str, Spans]]:
    """The figures, quotations and names of the witnesses that are versions, by kind and witness, in order."""
    wanted = pa.array([w.witness for group in render.g.versions for w in group])
    found: dict[str, dict[str, Spans]] = {kind: defaultdict(list) for kind in KINDS}
    for table, kind, label in MENTIONS:
        data = render.g.tables.get(table)
        if data is None:
            continue
        kept = data.filter(pc.is_in(data["witness"], value_set=wanted))
        columns = (kept[name].to_pylist() for name in ("witness", "start", "end", label))
        for witness, start, end, said in zip(*columns, strict=True):
            found[kind][witness].append((start, end, said or ""))
    return found


def _change(
    render: Renderer, number: int, group: list[r.Witness], place: Place, mentions: dict[str, dict[str, Spans]]
) -> Change:
    touched = {kind: _touched(group, place, mentions[kind]) for kind in KINDS[:3]}
    kind = next((k for k in KINDS[:3] if touched[k]), "spelling" if _alike(group, place) else "wording")
    label = next(iter(touched.get(kind) or [""]))
    if kind == "figure":
        label = render.words.attribute(label)
    also = [render.words.changes[k] for k in KINDS[:3] if touched[k] and k != kind]
    return Change(number, kind, label, also, _variants(render, group, place))


def _touched(group: list[r.Witness], place: Place, spans: dict[str, Spans]) -> list[str]:
    """The labels of the mentions that changed words touch, in any version."""
    return [
        label
        for w, s in zip(group, place.stretches, strict=True)
        for start, end, label in spans.get(w.witness, ())
        if start < s.end and s.start < end
    ]


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _alike(group: Sequence[r.Witness], place: Place) -> bool:
    """True where the versions differ in marks, spaces and capitals alone."""
    return len({_bare(w.text[s.start : s.end]) for w, s in zip(group, place.stretches, strict=True)}) == 1


def _variants(render: Renderer, group: list[r.Witness], place: Place) -> list[Variant]:
    by: dict[str, list[int]] = defaultdict(list)
    for n, (w, s) in enumerate(zip(group, place.stretches, strict=True)):
        by[" ".join(w.text[s.start : s.end].split())].append(n)
    return [_variant(render, [group[n] for n in listed], place.stretches[listed[0]]) for listed in by.values()]


def _variant(render: Renderer, having: list[r.Witness], span: tuple[int, int]) -> Variant:
    w, (start, end) = having[0], span
    before, after = w.text[max(0, start - AROUND) : start], w.text[end : end + AROUND]
    before = "… " + before.partition(" ")[2] if start > AROUND else before
    after = after.rpartition(" ")[0] + " …" if end + AROUND < len(w.text) else after
    words = w.text[start : min(end, start + LONG)] + (" […]" if end - start > LONG else "")
    changed = filled("<mark>{}</mark>", shown(words)) if words else Markup('<i class="om" title="no words here">‸</i>')
    quoted = filled(
        '<q class="said" lang="{}"><bdi>{}{}{}</bdi></q>',
        render.tongue(w.witness),
        shown(before),
        changed,
        shown(after),
    )
    row = r.Mark(w.witness, start, max(end, min(start + 1, len(w.text))), words, "")
    return Variant([x.witness for x in having], _when(render, w), quoted, render.place("../", row))


def _when(render: Renderer, w: r.Witness) -> str:
    return _captured(render, w) or in_words(w.published, "short")


def _captured(render: Renderer, w: r.Witness) -> str:
    """The day and minute of a capture, in words; empty where it is not known."""
    time = render.g.captured.get(w.witness)
    return in_words(time[:16], "short") if time else ""


@lru_cache(maxsize=64)
def _says(language: str) -> re.Pattern[str] | None:
    """The words by which a text in a language says that it was changed; None where they are not known."""
    words = toml("versions")["says"].get(language)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.I) if words else None


def _notices(group: list[r.Witness], places: Iterable[Place]) -> list[r.Mark]:
    """The places of words by which a later version says that it was changed, where an earlier one has none of them."""
    listed = list(places)
    found = []
    for n, w in enumerate(group[1:], 1):
        says = _says(code_of(w.language) or "")
        for s in (place.stretches[n] for place in listed):
            match = says.search(w.text, s.start, s.end) if says else None
            if match:
                start, end = _sentence(w.text, match.start(), match.end())
                found.append(r.Mark(w.witness, start, end, w.text[start:end], "notice"))
    return list(dict.fromkeys(found))[:NOTICES]


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around words, as far as stops and line ends show it."""
    ends = [m.end() for m in _STOP.finditer(text, max(0, start - LONG), start)]
    before = ends[-1] if ends else max(0, start - LONG)
    before += len(text[before:start]) - len(text[before:start].lstrip())
    after = _STOP.search(text, end)
    return before, min(after.end() if after else len(text), end + LONG)
