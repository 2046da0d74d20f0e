"""Credits: where a text itself says from whom it has something ("(AP)", "the Asker Herald reports")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from variorum.lists import toml
from variorum.records import Witness

__all__ = ["Credit", "by_initials", "credited", "find_credits", "plain_name"]

_WORD = r"[A-Z](?:[\w&'’-]|\.(?! )|(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.)*"
"""A word of a name; a full stop before a space ends it but after an initial or two letters ("St. Una Herald")."""
NAME = re.compile(rf"{_WORD}(?: (?:of |and |the )?{_WORD}){{0,5}}")
ENDING_NAME = re.compile(NAME.pattern + r"\Z")
_SET = toml("credits")["thresholds"]
LONGEST: int = _SET["longest"]
HEAD: int = _SET["head"]
TAIL: int = _SET["tail"]
NEAR: int = _SET["near"]


@dataclass(frozen=True, slots=True)
class Credit:
    """A name that a text credits, at ``start:end``; ``source`` is a witness's publisher or a name from outside."""

    start: int
    end: int
    text: str
    source: str
    outside: bool

    def covers(self, start: int, end: int) -> bool:
        """True when the credit counts for the passage ``start:end``: it heads the text, or stands in or near it."""
        return self.end <= HEAD or (self.start < end + NEAR and start - NEAR < self.end)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Words before a name, verbs after a name, and agencies alone in brackets or after a dash at a line's end."""
    table = toml("credits")
    words = "|".join(re.escape(word) for word in sorted(table["before_name"], key=len, reverse=True))
    verbs = "|".join(table["after_name"])
    agencies = "|".join(re.escape(name) for name in sorted(table["agencies"], key=len, reverse=True))
    before = re.compile(rf"\b({words}) (?:the )?", re.IGNORECASE)
    after = re.compile(rf" (?:has |had )?(?:{verbs})\b")
    alone = re.compile(
        rf"[(\[/—–] ?({agencies})(?: news agency)?[)\]/]|(?:—|–|--) ?({agencies})(?=[^\S\n]*$)", re.MULTILINE
    )
    return before, after, alone


def plain_name(name: str) -> str:
    """A publisher's name for comparison: lower case, without article, full stops and "news agency".

    >>> plain_name("The Asker Herald"), plain_name("A.P. news agency")
    ('asker herald', 'ap')
    """
    words = name.lower().replace(".", "").replace("’", "'").split()
    kept = [word for word in words if word not in ("the", "news", "agency")]
    return " ".join(kept or words)


def find_credits(text: str, publishers: Mapping[str, str], initials: Mapping[str, str] | None = None) -> list[Credit]:
    """The credits of a text, in order; ``publishers`` maps the `plain_name` of each publisher of the collection to it.

    Initials are those of a publisher of the collection where one has them ("(SPA)" beside a Strait Press Agency);
    whoever reads many texts may give them (`by_initials`).

    >>> text = "PORT ASKER (AP) - The Asker Herald reports that two sank."
    >>> found = find_credits(text, {"asker herald": "The Asker Herald"})
    >>> [(credit.text, credit.source, credit.outside) for credit in found]
    [('AP', 'Associated Press', True), ('The Asker Herald', 'The Asker Herald', False)]
    """
    before, after, alone = _patterns()
    initials = by_initials(publishers) if initials is None else initials
    publishers = {**initials, **publishers}
    certain = frozenset(toml("credits")["certain"])
    credits: dict[int, Credit] = {}
    for match in before.finditer(text):
        if name := NAME.match(text, match.end()):
            _add(credits, name, publishers, match[1].lower() in certain)
    for match in after.finditer(text):
        if name := ENDING_NAME.search(text, max(0, match.start() - LONGEST), match.start()):
            _add(credits, name, publishers, False)
    for match in alone.finditer(text):
        if HEAD < match.start() < len(text) - TAIL:
            continue  # in the middle of a text brackets rather explain an abbreviation
        if name := NAME.match(text, match.start(1 if match[1] else 2)):
            _add(credits, name, publishers, False)
    for letters in initials:
        _bracketed(credits, text, letters.upper(), publishers)
    return [credits[start] for start in sorted(credits)]


def credited(
    witnesses: Iterable[Witness], names: Iterable[str], agencies: Mapping[str, str] | None = None
) -> dict[str, list[Credit]]:
    """The credits of the witnesses of these names; those without any are left out.

    ``agencies`` are the agencies whose copy people know some of them to print: such a credit counts for all passages.
    """
    by_name = {witness.witness: witness for witness in witnesses}
    publishers = {plain_name(w.publisher): w.publisher for w in by_name.values() if w.publisher}
    initials = by_initials(publishers)
    found = {name: find_credits(by_name[name].text, publishers, initials) for name in sorted(set(names))}
    for name, agency in (agencies or {}).items():
        if name in found:
            known = publishers.get(plain_name(agency))
            found[name].insert(0, Credit(0, 0, agency, known or agency, known is None))
    return {name: credits for name, credits in found.items() if credits}


def _bracketed(credits: dict[int, Credit], text: str, letters: str, publishers: Mapping[str, str]) -> None:
    """Initials of a publisher alone in brackets, at the head or the tail of a text."""
    for part in ((0, HEAD), (max(0, len(text) - TAIL), len(text))):
        at = text.find(f"({letters})", *part)
        if at >= 0 and (name := NAME.match(text, at + 1)):
            _add(credits, name, publishers, False)


def by_initials(publishers: Mapping[str, str]) -> dict[str, str]:
    """Publishers of three words or more by their initials, where only one has these."""
    found: dict[str, list[str]] = {}
    for name in publishers.values():
        letters = "".join(word[0] for word in re.findall(r"[A-Z]\w+", name))
        if len(letters) > 2:
            found.setdefault(letters.lower(), []).append(name)
    return {letters: names[0] for letters, names in found.items() if len(names) == 1}


def _add(credits: dict[int, Credit], match: re.Match[str], publishers: Mapping[str, str], certain: bool) -> None:
    name = match.group().rstrip(".'’-")
    known = publishers.get(plain_name(name))
    agency = toml("credits")["agencies"].get(name.removeprefix("The ").removesuffix(" news agency"))
    source = known or agency or (name if certain else None)
    if source is not None:
        start = match.start()
        credits.setdefault(start, Credit(start, start + len(name), name, source, known is None))
