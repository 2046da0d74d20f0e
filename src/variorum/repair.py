"""Repairs of a text, each with its recorded edit; the text as read stays as it is and offsets map back to it.

Every rule is a function from a text to edits, with the rule's name on each edit. Rules run in the order of `RULES`;
where two want the same characters the earlier one has them. All of them are linear in the length of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import ftfy

from variorum.spans import Edit, OffsetMap, Span

__all__ = ["RULES", "repair"]

Rule = Callable[[str], Iterator[Edit]]


def repair(text: str, hidden: Iterable[tuple[int, int, str]] = (), more: Iterable[Edit] = ()) -> OffsetMap:
    """The repairs of a text as a map that applies them and leads back; stretches that are ``hidden`` are left out.

    ``more`` are edits that rest on more than the text, such as what other accounts print right; they come first.

    >>> repair('the country"s fer\\xadry sank').apply('the country"s fer\\xadry sank')
    "the country's ferry sank"
    >>> [edit.rule for edit in repair('the country"s fer\\xadry sank').edits]
    ['apostrophe', 'invisible']
    >>> repair("It sank. Share this! All died.", [(9, 20, "boilerplate")]).apply("It sank. Share this! All died.")
    'It sank. All died.'
    """
    edits = _merged(list(left_out(text, hidden)), sorted(more))
    for rule in RULES:
        edits = _merged(edits, sorted(rule(text)))
    return OffsetMap(edits)


CLOSING = '.!?:;"”’»)]'


def left_out(text: str, hidden: Iterable[tuple[int, int, str]]) -> Iterator[Edit]:
    """Stretches that are no prose of the account, in order and without overlap, each with its kind.

    The white space around one goes with it: a sentence that it interrupts goes on, paragraphs that it parts stay so.

    >>> text = "The ferry\\n\\nPhoto: the quay\\n\\nsank."
    >>> [edit.new for edit in left_out(text, [(11, 26, "caption")])]
    [' ']
    """
    done = 0
    for start, end, kind in hidden:
        start, end = max(start, done), max(end, done)
        before, after = start, end
        while before > done and text[before - 1].isspace():
            before -= 1
        while after < len(text) and text[after].isspace():
            after += 1
        if after > before:
            yield Edit(before, after, _between(text, before, after, start, end), kind)
        done = after


def _between(text: str, before: int, after: int, start: int, end: int) -> str:
    """What stands in the place of ``text[before:after]``, of which ``text[start:end]`` was left out."""
    if before == 0 or after == len(text):
        return ""
    goes_on = text[before - 1] not in CLOSING and text[after].islower()
    if not goes_on and "\n" in text[before:start] + text[end:after]:
        return "\n\n"
    glued = start == before and end == after
    return "" if glued and not (text[start - 1].isalnum() and text[end].isalnum()) else " "


def _merged(kept: list[Edit], more: list[Edit]) -> list[Edit]:
    """Both lists in order, without those of ``more`` that touch characters of ``kept`` or of each other."""
    out: list[Edit] = []
    at = 0
    end = 0
    for edit in more:
        while at < len(kept) and kept[at].end <= edit.start:
            out.append(kept[at])
            end = max(end, kept[at].end)
            at += 1
        if edit.start >= end and (at == len(kept) or edit.end <= kept[at].start):
            out.append(edit)
            end = edit.end
    return sorted(out + kept[at:])


MOJIBAKE = re.compile(r"[^\s]{0,60}?[ÂÃÄÅâðÐÑ][\u0080-\u00ff\u0152-\u0178\u02c6-\u2122][^\s]{0,60}")


def mojibake(text: str) -> Iterator[Edit]:
    """UTF-8 that was read as another encoding (by ftfy).

    >>> [edit.new for edit in mojibake("the MinisterÃ©s cafÃ©")]
    ['Ministerés', 'café']
    """
    for match in MOJIBAKE.finditer(text):
        fixed = ftfy.fix_encoding(match[0])
        if fixed != match[0]:
            yield Edit(match.start(), match.end(), fixed, "mojibake")


APOSTROPHE = re.compile(r"(?<=[^\W\d_])[\"`´″](?=(?:s|t|d|m|ll|re|ve)(?![^\W_]))|(?<=[a-z])[\"`´″](?=[a-z])")


def apostrophe(text: str) -> Iterator[Edit]:
    """A double quotation mark, accent or prime between letters is an apostrophe that an editor program changed.

    >>> [edit.start for edit in apostrophe('the country"s "ferry" didn"t sink')]
    [11, 26]
    """
    for match in APOSTROPHE.finditer(text):
        yield Edit(match.start(), match.end(), "'", "apostrophe")


INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+")
BROKEN_WORD = re.compile("(?<=[a-z])(?:[-‐\u00ad\u0002\ufffe][ \\t]?\n|[\u0002\ufffe]\n?)(?=[a-z])")


def invisible(text: str) -> Iterator[Edit]:
    """Soft hyphens, zero-width and direction signs.

    >>> [edit.new for edit in invisible("fer\\u200bry")]
    ['']
    """
    for match in INVISIBLE.finditer(text):
        line = "\n" if match[0].strip("\u2028\u2029") != match[0] else ""
        yield Edit(match.start(), match.end(), line, "invisible")


def hyphenation(text: str) -> Iterator[Edit]:
    """A word parted at the end of a line.

    >>> [edit.new for edit in hyphenation("an orderly evacu-\\nation")]
    ['']
    """
    for match in BROKEN_WORD.finditer(text):
        yield Edit(match.start(), match.end(), "", "hyphenation")


def page_break(text: str) -> Iterator[Edit]:
    """Form feeds between pages, with the running heads and feet beside them.

    A line that stands, but for its numbers, at the top or foot of most of three or more pages is a running head. A
    sentence that goes on over the page is joined.

    >>> [edit.new for edit in page_break("the ferry\\n\\fsank. So\\n\\fThe end. \\n\\fThe quay")]
    [' ', ' ', '\\n\\n']
    """
    if "\f" not in text:
        return
    pages = [[line for line in _split(text, "\n", page.start, page.end) if line.of(text).strip()]
             for page in _split(text, "\f")]  # fmt: skip
    pages = [page for page in pages if page]
    heads = _heads(text, pages)
    bodies = [_body(text, page, heads) for page in pages]
    at = 0
    for number, body in enumerate(bodies):
        if number == 0 and body.start > at and heads:
            yield Edit(0, body.start, "", "running head")
        elif number:
            ended = text[at - 1] in CLOSING if at else True
            yield Edit(at, body.start, "\n\n" if ended else " ", "page break")
        at = body.end
    if heads and at < len(text):
        yield Edit(at, len(text), "", "running head")


def _split(text: str, sign: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    end = len(text) if end is None else end
    while start <= end:
        found = text.find(sign, start, end)
        stop = end if found < 0 else found
        yield Span(start, stop)
        start = stop + 1


def _heads(text: str, pages: list[list[Span]]) -> set[str]:
    """The shapes of the lines that most pages have at their edges."""
    edges = (page if len(page) < 4 else page[:2] + page[-2:] for page in pages)
    seen = Counter(shape for page in edges for shape in {_shape(line.of(text)) for line in page})
    return {shape for shape, count in seen.items() if count >= max(3, len(pages) * 0.6)}


def _body(text: str, page: list[Span], heads: set[str]) -> Span:
    """The page without its running lines; an empty span where nothing else is on it."""
    first, last = 0, len(page)
    while first < min(2, last) and _shape(page[first].of(text)) in heads:
        first += 1
    while last > max(first, len(page) - 2) and _shape(page[last - 1].of(text)) in heads:
        last -= 1
    if first == last:
        return Span(page[0].start, page[0].start)
    return Span(page[first].start, page[last - 1].start + len(page[last - 1].of(text).rstrip()))


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


BREAK = re.compile(r"[ \t\u00a0]{0,20}\n(?:[ \t\u00a0]{0,20}\n){0,3}[ \t\u00a0]{0,20}")
ITEM = re.compile(r"[-–—•*·]|\(?\d{1,3}[.)]\s|[A-Z]{4,}\b")


def line_break(text: str) -> Iterator[Edit]:
    """A line end inside a sentence: before a small letter, or in a text that is wrapped at a fixed width.

    >>> [edit.new for edit in line_break("of the country's\\n\\nterritory. It\\nIs")]
    [' ']
    """
    width = _wrap_width(text)
    for match in BREAK.finditer(text):
        start, end = match.span()
        if start == 0 or end == len(text):
            continue
        before, after = text[start - 1], text[end]
        small = after.islower() and before not in CLOSING
        if small or (match[0].count("\n") == 1 and _wrapped(text, start, end, width)):
            yield Edit(start, end, " ", "line break")


def _wrapped(text: str, start: int, end: int, width: int) -> bool:
    if not width or ITEM.match(text, end, end + 40):
        return False
    length = start - (text.rfind("\n", max(0, start - 200), start) + 1)
    return 0.75 * width <= length <= width + 5 or (text[end].islower() and length <= width + 5)


def _wrap_width(text: str) -> int:
    """The width at which a text is wrapped, or 0: most lines end within a quarter of the longest, and none is long."""
    lengths = sorted(len(line) for line in text[:200_000].split("\n") if line.strip())
    if len(lengths) < 6 or lengths[int(len(lengths) * 0.98)] > 130:
        return 0
    width = lengths[int(len(lengths) * 0.95)]
    full = sum(length >= 0.75 * width for length in lengths)
    return width if width >= 40 and full >= 0.6 * len(lengths) else 0


SPACES = re.compile(
    r"[ \t]{0,8}[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t][ \t\u00a0\u2000-\u200a\u202f]*|(?<=\S)  +(?=\S)"
)


def odd_space(text: str) -> Iterator[Edit]:
    """Fixed, thin and doubled spaces become one.

    >>> [edit.new for edit in odd_space("31\\u00a0dead  and")]
    [' ', ' ']
    """
    for match in SPACES.finditer(text):
        if match[0] != " ":
            yield Edit(match.start(), match.end(), " ", "odd space")


CLOCK = re.compile(
    r"(?<![\w.:])(?:[0-2IlO]?[0-9IlO]) ?[.:](?:[0-5IlO][0-9IlO])(?= ?[AaPp]\.? ?[Mm]\b)"
    r"|(?<=\b(?:at|by) )[Il](?= o['’]clock\b)"
    r"|(?<=[0-9IlO] )[AaPp]\. [Mm]\."
)
DIGITS = str.maketrans({"I": "1", "l": "1", "O": "0", " ": ""})


def clock(text: str) -> Iterator[Edit]:
    """In a time of the clock the letters I, l and O are digits that a machine misread, and no space parts its numbers
    or its "p. m.".

    >>> [edit.new for edit in clock("at 5.3O p.m., I.15 a.m. and 1 .20 p.m., not at 5.30 p.m.")]
    ['5.30', '1.15', '1.20']
    """
    for match in CLOCK.finditer(text):
        new = match[0].translate(DIGITS)
        if new != match[0]:
            yield Edit(match.start(), match.end(), new, "clock")


RULES: tuple[Rule, ...] = (
    page_break, mojibake, apostrophe, hyphenation, line_break, clock, invisible, odd_space,
)  # fmt: skip
"""The rules in their order."""
