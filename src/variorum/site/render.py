"""The renderer: templates, the safe writing of files, and the HTML of the small things that every page uses.

All text goes through Jinja's autoescape or ``markupsafe.escape``. Data for the scripts is written as JavaScript
assignments in classic script files, which open from the disk, with everything escaped that could end a script.
"""

from __future__ import annotations

import json
import math
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar, cast

from jinja2 import FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from variorum import records as r
from variorum.dates import in_words
from variorum.languages import code_of, direction, named
from variorum.site import reviews
from variorum.site.addresses import Addresses, file_name
from variorum.site.citations import Citation
from variorum.site.compiled import COMPILED, Quick
from variorum.site.frame import pages_of, policy
from variorum.site.gathered import Gathered
from variorum.site.hues import Hues
from variorum.site.keeping import Kept, Shelf, sha, taken_over
from variorum.site.lineages import Lineage, Lineages
from variorum.site.marking import shown
from variorum.site.noting import Lazy, Notes, digest
from variorum.site.positions import position
from variorum.site.quoting import Quoting
from variorum.site.reasons import parted
from variorum.site.safe import filled
from variorum.site.surroundings import FEW, around
from variorum.site.translated import Translator
from variorum.site.words import Words
from variorum.verdicts import Standing

__all__ = ["Renderer", "as_script"]

T = TypeVar("T")
TEMPLATES = Path(__file__).with_name("templates")
MOST_PAIRS = 2000
"""Pairs of witnesses that get a page of their own; the passages of the others stand on the witnesses' pages."""

DISAGREEMENTS = 50
"""Comparisons on a page of the list of disagreements."""

STATIC = Path(__file__).parent / "static"


def as_script(name: str, value: Any) -> str:
    """A JavaScript assignment that no text inside can break out of; numbers that JSON has no word for become null.

    >>> print(as_script("x", {"a": "</script>\\u2028", "b": float("nan")}))
    (window.variorum=window.variorum||{})["x"]={"a":"\\u003c/script\\u003e\\u2028","b":null};
    """
    try:
        body = _dumped(value)
        if _UNSURE.search(body):
            body = _dumped(_plain(value))
    except ValueError:  # a number that is none
        body = _dumped(_plain(value))
    for sign in "<>&":
        body = body.replace(sign, f"\\u{ord(sign):04x}")
    return f"(window.variorum=window.variorum||{{}})[{json.dumps(name)}]={body};"


_UNSURE = re.compile(r"\\u00[0189]|\\ud[89a-f]|\\[bf]|\x7f")
"""What may stand for a character that no page can hold, in JSON; where it is none, nothing is lost but time."""


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return shown(value) if isinstance(value, str) else value


class Renderer:
    """Writes the pages of one edition into a folder."""

    def __init__(self, folder: Path, gathered: Gathered, at: Addresses, hues: Hues, kept: Kept | None = None) -> None:
        self.folder, self.raw, self.kept = folder, gathered, kept
        self.words = Words.load(gathered.about.get("interface") or "en")
        self.translator = Translator(
            self.words.code, _own(gathered), (w.siglum for w in gathered.witnesses), _labels(gathered)
        )
        self.notes = Notes()
        self.shelf: Shelf | None = None
        self._written: list[list[str]] | None = None
        self._whole: dict[str, Any] = {}
        names = {w.witness: self._siglum(w, hues) for w in gathered.witnesses}
        self.g = self.watched("g", gathered)
        self.at, self.hues = self.watched("at", at), self.watched("hues", hues)
        self.lineages = self.watched("lineages", Lineages(gathered))
        self.quoting = self.watched("quoting", Quoting(gathered))
        self.sigla = self.watched("sigla", names)
        self.pairs = self.watched("pairs", frozenset(islice(gathered.pairs, MOST_PAIRS)))
        self.positions = self.watched("positions", Lazy(partial(position, gathered, hues)))
        self.judged = [v for v in gathered.verdicts if v.verdict not in (Standing.SINGLE, Standing.UNJUDGED)]
        self.unjudged = [v for v in gathered.verdicts if v.verdict == Standing.UNJUDGED]
        lists = (self.judged, self.unjudged)
        places = {v.verdict_id: n // DISAGREEMENTS for listed in lists for n, v in enumerate(listed)}
        self._listed = self.watched("listed", places)
        self.env = Quick(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=COMPILED,
        )
        self.env.finalize = lambda value: value if isinstance(value, Markup) else shown("" if value is None else value)
        self.env.globals.update(
            render=self,
            pages_of_site=[(file, self.words.pages.get(file, name)) for file, name in pages_of(gathered)],
            joined=joined,
            g=self.g,
            at=self.at,
            hues=self.hues,
            words=self.words,
            script_messages=json.dumps(dict(self.translator.script), ensure_ascii=False)
            if self.translator.script
            else "",
            tongue="" if self.words.code == "en" else filled(' lang="{}"', self.words.code),
            date=partial(in_words, form="short"),
            named=named,
            written=direction,
            say=self.translator.say,
            picture_at=_folder(gathered.about.get("address")),
            policy=policy(gathered.about.get("tiles")),
        )
        self.env.filters.update(
            short=short, plain=plain, slug=file_name, stem=lambda path: path.rsplit("/", 1)[-1].removesuffix(".html")
        )
        self._folders: set[Path] = set()

    # --- what is kept of an earlier run ---

    def watched(self, name: str, one: T) -> T:
        """Something worked out of the whole edition, watched where pieces are kept: see `variorum.site.noting`."""
        return one if self.kept is None else cast(T, self.notes.root(name, one))

    def once(self, name: str, make: Callable[[Gathered], T]) -> T:
        """The same, worked out when the first task of this process asks for it."""
        if name not in self._whole:
            self._whole[name] = self.watched(name, make(self.raw))
        return cast(T, self._whole[name])

    @contextmanager
    def keeping(self, task: str) -> Iterator[None]:
        """While it lasts, the pieces of a task are kept, or taken from where they were kept."""
        if self.kept is None:
            yield
            return
        self.shelf = Shelf(self.kept, task, self.notes, self._frame)
        try:
            yield
        finally:
            self.shelf.save()
            self.shelf = None

    @cached_property
    def _frame(self) -> str:
        """The hash of what all pages share beside the rows that they read."""
        told = self.translator
        about = {name: value for name, value in self.raw.about.items() if name in ("address", "tiles", "pictures")}
        own = () if told.code == "en" else (told.own, told.labels, [w.siglum for w in self.raw.witnesses])
        return digest([about, told.code, own, self.env.globals["pages_of_site"]]).hex()

    def pages(self, name: str, make: Callable[[], None]) -> None:
        """Makes the pages of one row, or takes them over from the former edition where they would be the same."""
        shelf = self.shelf
        if shelf is None:
            make()
            return

        def work() -> list[list[str]]:
            written: list[list[str]] = []
            self._written = written
            try:
                make()
            finally:
                self._written = None
            return written

        shelf.piece(name, work, partial(taken_over, shelf.kept.former, self.folder))

    # --- files ---

    def write(self, path: str, text: str) -> None:
        """A text file below the folder; lone surrogates and the like were replaced before."""
        self.write_bytes(path, text.encode("utf-8", "replace"))

    def write_bytes(self, path: str, data: bytes) -> None:
        """A file below the folder."""
        target = self.folder / path
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        target.write_bytes(data)
        if self._written is not None:
            self._written.append([path, sha(data)])

    def page(self, path: str, template: str, **context: Any) -> None:
        """One page; ``root`` leads from it to the root of the site."""
        root = "../" * path.count("/")
        self.write(path, self.translator.page(self.template(template).render(root=root, path=path, **context)))

    @lru_cache(maxsize=64)  # noqa: B019  (one render per edition)
    def template(self, name: str) -> Any:
        """A compiled template."""
        return self.env.get_template(name)

    @lru_cache(maxsize=64)  # noqa: B019
    def macro(self, template: str, name: str) -> Any:
        """A macro of a template, to make one row of a list."""
        return getattr(self.env.get_template(template).module, name)

    @lru_cache(maxsize=64)  # noqa: B019
    def nav(self, root: str, current: str) -> Markup:
        """The way from a page to those of the head; the same on all pages of a kind."""
        return Markup(self.macro("nav.html", "nav")(root, current))

    def data(self, path: str, name: str, value: Any) -> None:
        """Data for the scripts as a script of its own."""
        self.write(path, as_script(name, value))

    def copy_static(self) -> None:
        """Style, script and the outlines of land, as they ship with the package."""
        self.copy_static_to(self.folder)

    @staticmethod
    def copy_static_to(folder: Path) -> None:
        """The same for a folder whose pages others print."""
        target = folder / "static"
        target.mkdir(parents=True, exist_ok=True)
        for source in sorted(STATIC.iterdir()):
            if source.is_file() and source.suffix in (".css", ".js", ".svg", ".txt"):
                shutil.copyfile(source, target / source.name)

    # --- small things ---

    def has_pair(self, a: str, b: str) -> bool:
        """True when two witnesses have a page face to face: those pairs that share most."""
        return (a, b) in self.pairs

    def _siglum(self, w: r.Witness, hues: Hues) -> Markup:
        hue = hues.of[w.witness]
        return filled('<b class="w {}" title="{}">{}</b>', hue, shown(self.name(w)), shown(w.siglum))

    def name(self, w: r.Witness) -> str:
        """What the edition calls a witness: its publisher, or its title, or its id."""
        return w.publisher or w.title or w.witness

    def hue(self, witness: str) -> str:
        """The hue class of a witness."""
        return self.hues.of.get(witness, "h0")

    def sig(self, witness: str, taken: bool = False) -> Markup:
        """A witness's siglum in its hue; light where it took its words over."""
        made = self.sigla.get(witness)
        if made is None:
            return filled('<b class="w h0">{}</b>', shown(witness))
        return Markup(str(made).replace('class="w ', 'class="tak w ', 1)) if taken else made

    def sigs(self, witnesses: Iterable[str], most: int = 12) -> Markup:
        """Several sigla; beyond ``most`` the rest is counted."""
        listed = list(dict.fromkeys(witnesses))
        rest = len(listed) - most
        more = filled(' <span class="more">and {} more</span>', rest) if rest > 0 else Markup()
        return Markup(" ").join(self.sig(w) for w in listed[:most]) + more

    def lins(self, groups: list[Lineage], most: int = 12) -> Markup:
        """Letters over one bar for each lineage."""
        bars, left = [], most
        for group in groups:
            if left <= 0:
                break
            bars.append(
                filled(
                    '<span class="lin">{}</span>',
                    Markup(" ").join(self.sig(t.witness, t.taken) for t in group.tellers[:left]),
                )
            )
            left -= len(group.tellers)
        rest = sum(len(x.tellers) for x in groups) - most
        more = filled(' <span class="more">+{}</span>', rest) if rest > 0 else Markup()
        return filled('<span class="lins">{}{}</span>', Markup("").join(bars), more)

    def q(self, words: object, most: int = 0) -> Markup:
        """A witness's words in quotation marks, isolated from the direction of the text around."""
        text = shown(words).strip()
        if most and len(text) > most:
            text = text[:most].rsplit(" ", 1)[0] + " […]"
        return filled('<q><bdi dir="rtl">{}</bdi></q>' if direction(text) == "rtl" else "<q><bdi>{}</bdi></q>", text)

    def tongue(self, witness: str) -> str:
        """The language of a witness's words as pages say it."""
        row = self.g.witness.get(witness)
        return (row and code_of(row.language)) or "und"

    def said(self, row: Any) -> Markup:
        """The words of a row with a mark, and where they are few, the sentence around them."""
        witness = self.g.witness.get(row.witness)
        if witness is None or row.end - row.start > FEW:
            return self.q(row.text, 240)
        before, after = around(witness.text, row.start, row.end, self.g.around.span(row.witness, row.start, row.end))
        return filled(
            '<q class="said" lang="{}"><bdi dir="{}">{}<mark>{}</mark>{}</bdi></q>',
            self.tongue(row.witness),
            direction(before + row.text + after),
            before,
            shown(row.text),
            after,
        )

    def review(self, table: str, key: str) -> Markup:
        """What people said of a row."""
        return reviews.note(self.g, table, key)

    def doubts(self, event: str) -> str:
        """What is folded away of an event that is said to stand otherwise, in a few words; empty where nothing is."""
        against = sum(v.verdict == Standing.CONFLICT for v in self.g.unsure(event))
        if not against or self.g.standing(event) == Standing.CONFLICT:
            return ""
        return f"{self.words.several(against, 'less sure conflict')}"

    def verdict(self, verdict: str, count: int | None = None) -> Markup:
        """The word of a verdict with its drawn mark."""
        kind = verdict if verdict in self.words.verdicts else "other"
        label = self.words.verdicts.get(verdict, verdict)
        tongue = "" if self.words.code == "en" else filled(' lang="{}"', self.words.code)
        told = "" if count is None else f" {count}"
        return filled('<span class="v {}"{}>{}{}</span>', kind, tongue, shown(label), told)

    def why(self, text: str, witnesses: Iterable[str]) -> Markup:
        """A reason, with its witnesses' ids as their sigla; words in quotation marks are left alone."""
        known = [w for w in dict.fromkeys(witnesses) if w in self.sigla]
        out = []
        for kind, piece in parted(text, known):
            told = self.sig(piece) if kind == "id" else escape(shown(piece))
            out.append(filled("<bdi>{}</bdi>", told) if kind == "quoted" else told)
        return Markup("").join(out)

    def cited(self, v: r.Verdict) -> Citation | None:
        """The citation of what a verdict rests on."""
        return self.quoting.of([self.g.readings[x] for x in v.readings if x in self.g.readings])

    def verdict_address(self, v: r.Verdict) -> str:
        """Where a verdict stands: on the page of its event, or else in its list."""
        if v.event in self.g.event:
            return f"{self.at.event(v.event or '')}#{file_name(v.verdict_id)}"
        page = self._listed.get(v.verdict_id, 0)
        name = "side-by-side" if v.verdict == Standing.UNJUDGED else "disagreements"
        return f"{name}{f'-{page + 1}' if page else ''}.html#{file_name(v.verdict_id)}"

    def place(self, root: str, row: Any) -> Markup:
        """The address of a row's words in their witness, as a link."""
        if row.witness not in self.g.witness:
            return filled('<span class="addr">{} at {}</span>', shown(row.witness), row.start)
        siglum = self.g.witness[row.witness].siglum
        return filled(
            '<a class="addr" href="{}{}">{} at {}–{}</a>',
            root,
            self.at.span(row.witness, row.start, row.end),
            shown(siglum),
            row.start,
            row.end,
        )

    def event_link(self, root: str, event: str) -> Markup:
        """An event's label as a link to its page."""
        row = self.g.event.get(event)
        if row is None:
            return filled("{}", shown(event))
        return filled('<a href="{}{}"><bdi>{}</bdi></a>', root, self.at.event(event), shown(row.label))


def _own(g: Gathered) -> Iterator[str]:
    """What an edition calls its accounts: no message, wherever it stands."""
    yield str(g.about.get("title") or "")
    for w in g.witnesses:
        yield from filter(None, (w.witness, w.title, w.publisher, w.siglum))


def _labels(g: Gathered) -> Iterator[str]:
    """How an edition calls events, stories, and what is compared: its words around those of the accounts."""
    for label in (*(e.label for e in g.events), *g.stories.label.values()):
        yield from (label, label[:1].upper() + label[1:])
    for v in g.verdicts:
        yield v.scope or ""
    for t in g.rows(r.Toll):
        yield from (t.label or "", (t.label or "")[:1].upper() + (t.label or "")[1:])


def _folder(address: object) -> str:
    """The address under which the edition is published, with a stroke at its end; empty where it is not known."""
    return f"{str(address).rstrip('/')}/" if address else ""


def short(text: object, most: int) -> str:
    """The text, cut at a word with an ellipsis where it is longer than ``most`` characters.

    >>> short("the ferry sank at night", 12)
    'the ferry …'
    """
    words = shown(text)
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"


_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: object) -> str:
    """Text for a window's title, where nothing can isolate marks of direction: they are left out."""
    return _DIRECTION.sub("", short(text, 120))


def joined(parts: Iterable[object], last: str = " and ") -> Markup:
    """Parts as an English list, escaped.

    >>> print(joined(["a", "b", "<c>"]))
    a, b and &lt;c&gt;
    """
    made = [escape(p) for p in parts]
    if len(made) < 2:
        return made[0] if made else Markup()
    return Markup(", ").join(made[:-1]) + escape(last) + made[-1]
