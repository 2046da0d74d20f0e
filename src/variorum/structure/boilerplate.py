"""Lines that belong to a page and not to the account on it: by their words, or because a publisher repeats them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from variorum.lists import toml, words

__all__ = ["Paged", "is_page_line", "repeated"]

NUMBER = re.compile(r"\d[\d.,]{0,9}k?")
PARTED = re.compile(r"[|•·/,\n\t]| - ")


@cache
def _lines() -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """Whole lines, and openings with what must follow somewhere."""
    known = toml("boilerplate")["lines"]
    whole = frozenset(" ".join(line.split()) for line in known["whole"].split("|") if line.strip())
    openings = []
    for line in known["opening"].split("|"):
        opening, _, rest = " ".join(line.split()).partition("*")
        if opening:
            openings.append((opening.strip(), rest.strip()))
    return whole, tuple(openings)


def is_page_line(line: str) -> bool:
    """Whether a line is one of a page and not of an account: a button, a legal line, a list of where to share.

    >>> is_page_line("Share this article"), is_page_line("© 2011 The Hale Post"), is_page_line("12 comments")
    (True, True, True)
    >>> is_page_line("Share prices fell on Tuesday."), is_page_line("Related deaths rose to 12.")
    (False, False)
    """
    if len(line) > toml("boilerplate")["lines"]["longest"]:
        return False
    plain = " ".join(line.lower().replace("’", "'").split()).strip(" .:»›>|•·–-…→")
    if not plain:
        return True
    whole, openings = _lines()
    if NUMBER.sub("#", plain) in whole or plain.endswith(toml("boilerplate")["lines"]["reserved"]):
        return True
    pieces = [piece.strip() for piece in PARTED.split(plain) if piece.strip()]
    if len(pieces) > 1 and all(NUMBER.sub("#", piece) in whole for piece in pieces):
        return True
    return any(plain.startswith(opening) and rest in plain for opening, rest in openings)


# --- what a publisher repeats -------------------------------------------------------------------------------------


class Paged(NamedTuple):
    """An account and who published it, by name or by the address of the site."""

    name: str
    publisher: str
    text: str


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    from_top: int
    from_foot: int

    @property
    def shape(self) -> str:
        return re.sub(r"\d+", "#", " ".join(self.text.lower().split()))


LINE = re.compile(r"[^\n\f]+")


def repeated(accounts: Iterable[Paged]) -> Iterator[tuple[str, int, int]]:
    """The lines that a publisher prints at the edges of most of its accounts, as name, start and end.

    Prose that it repeats is kept (the paragraph of background that stands below every report): a line is of the page
    where it is no sentence, or where it speaks of the publisher or to its readers.

    >>> about = "The Hale Post is a newspaper for the strait. Write to us at the quay."
    >>> news = ("The ferry sank.", "Ten died.", "The court met.", "The master slept.")
    >>> told = [Paged(str(n), "The Hale Post", f"HALE POST ONLINE\\n{line}\\n{about}") for n, line in enumerate(news)]
    >>> [told[0].text[start:end] for name, start, end in repeated(told) if name == "0"]
    ['HALE POST ONLINE', 'The Hale Post is a newspaper for the strait. Write to us at the quay.']
    """
    groups: dict[str, list[Paged]] = defaultdict(list)
    for account in accounts:
        if account.publisher.strip():
            groups[" ".join(account.publisher.lower().split())].append(account)
    for publisher, group in groups.items():
        if len(group) >= toml("boilerplate")["repeated"]["accounts"]:
            yield from _of_group(publisher, group)


def _of_group(publisher: str, group: list[Paged]) -> Iterator[tuple[str, int, int]]:
    edges = {account.name: list(_edges(account.text)) for account in group}
    seen = Counter(shape for lines in edges.values() for shape in {line.shape for line in lines})
    known = toml("boilerplate")["repeated"]
    least = max(known["accounts"], known["share"] * len(group))
    for name, lines in edges.items():
        for line in lines:
            if seen[line.shape] >= least and _is_of_the_page(line.text, publisher):
                yield name, line.start, line.end


def _edges(text: str) -> Iterator[_Line]:
    """The lines at the top and at the foot of a text that are not blank."""
    known = toml("boilerplate")["repeated"]
    found = [(m.start(), m.end(), m[0]) for m in LINE.finditer(text) if m[0].strip()]
    for number, (start, end, line) in enumerate(found):
        made = _Line(start, end, line.strip(), number, len(found) - 1 - number)
        at_edge = made.from_top < known["top"] or made.from_foot < known["foot"]
        if at_edge and len(line) <= known["longest"]:
            lead = len(line) - len(line.lstrip())
            yield made._replace(start=start + lead, end=start + lead + len(made.text))


def _is_of_the_page(line: str, publisher: str) -> bool:
    low = line.lower()
    if not any(sign.isalpha() for sign in line) or line.startswith("#"):
        return False
    if is_page_line(line) or publisher in low:
        return True
    if line.endswith((".", "!", "?", '"', "”", "’", ":")):
        told = set(re.findall(r"[a-z']+", low))
        return bool(len(told & words("boilerplate", "repeated", "words")) >= toml("boilerplate")["repeated"]["least"])
    return bool(len(line.split()) <= toml("boilerplate")["repeated"]["short"])
