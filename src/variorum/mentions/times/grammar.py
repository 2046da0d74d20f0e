"""The language in which ``data/times_rules.toml`` writes the patterns of time expressions, and its compiler.

A pattern is made of words, classes in capitals, and five signs::

    (a|b)   either         (x)?   maybe x        a space   one break between words, at a line's end too
    ~       a hyphen or a space                  name=X    what X matched goes by this name

There is no repetition, so every pattern matches a bounded stretch, and what it may begin with can be listed: from
that list the scanner's gate is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from variorum.mentions.times.lexicon import COMPOUND, RUNS, SHAPES, TENS, words

__all__ = ["ANY", "DIGIT", "Pattern", "compiled", "key", "tree", "unique"]

DIGIT = "#"
"""With a number after it, stands for any word that begins with so many digits: "#4" for 1921 and for 1920s."""
ANY = "*"
"""Stands for any word at all."""

Starts = frozenset[tuple[str, ...]]
_NOTHING: Starts = frozenset([()])
_WORD = re.compile(r"\w+")
_BREAK = r"(?: {1,2}|[ \t]?\r?\n[ \t]?)"
_NAME = re.compile(r"([a-z]+\d?)=")
_CLASS = re.compile(r"[A-Z]+")
_LITERAL = re.compile(r"[a-z0-9'.,/:\[\]]+|-")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression and the pairs of words that it may begin with."""

    regex: str
    starts: Starts


def compiled(pattern: str, fragments: dict[str, str]) -> Pattern:
    """Compiles a pattern; ``fragments`` are patterns that others may name like a class.

    >>> sorted(compiled("the (month|year)", {}).starts)
    [('the', 'month'), ('the', 'year')]
    """
    reader = _Reader(pattern, fragments)
    result = reader.either()
    if reader.at != len(pattern):
        raise ValueError(f"pattern {pattern!r}: cannot be read from character {reader.at}")
    return result


def key(word: str) -> str:
    """What a word is listed under among the beginnings of patterns.

    >>> key("march"), key("1920s"), key("21st")
    ('march', '#4', '#2')
    """
    if word[:1] not in "0123456789":
        return word
    return f"{DIGIT}{len(word) - len(word.lstrip('0123456789'))}"


def unique(regex: str) -> str:
    """The expression with a number after every name that was used before: the same class may stand in two branches.

    >>> unique("(?P<day>a)|(?P<day>b)")
    '(?P<day>a)|(?P<day__2>b)'
    """
    seen: dict[str, int] = {}

    def named(found: re.Match[str]) -> str:
        name = found.group(1)
        seen[name] = seen.get(name, 0) + 1
        return found.group() if seen[name] == 1 else f"(?P<{name}__{seen[name]}>"

    return re.sub(r"\(\?P<(\w+)>", named, regex)


def _joined(first: Starts, second: Starts) -> Starts:
    """The first two words of one after the other."""
    if second == _NOTHING:
        return first
    openers = {b[:1] for b in second}
    made = {a for a in first if len(a) == 2} | {a + b for a in first if len(a) == 1 for b in openers}
    return frozenset(made | second if () in first else made)


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, pattern: str, fragments: dict[str, str]) -> None:
        self.pattern, self.fragments, self.at = pattern, fragments, 0

    def either(self) -> Pattern:
        """Alternatives, up to a closing bracket or the end."""
        options = [self.sequence()]
        while self.pattern.startswith("|", self.at):
            self.at += 1
            options.append(self.sequence())
        starts = frozenset[tuple[str, ...]]().union(*(o.starts for o in options))
        return Pattern("|".join(o.regex for o in options), starts)

    def sequence(self) -> Pattern:
        """Parts one after the other."""
        regex, starts = "", _NOTHING
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            part = self.part()
            regex, starts = regex + part.regex, _joined(starts, part.starts)
        return Pattern(regex, starts)

    def part(self) -> Pattern:
        """One part with its name and its question mark."""
        named = _NAME.match(self.pattern, self.at)
        if named:
            self.at = named.end()
        inner = self.atom(named.group(1) if named else None)
        if self.pattern.startswith("?", self.at):
            self.at += 1
            return Pattern(f"(?:{inner.regex})?", inner.starts | _NOTHING)
        return inner

    def atom(self, name: str | None) -> Pattern:
        """A bracket, a class, a break or a word."""
        sign = self.pattern[self.at]
        if sign == "(":
            self.at += 1
            inner = self.either()
            self.at += 1
            return _group(inner, name)
        if sign in " ~":
            self.at += 1
            return Pattern(_BREAK if sign == " " else f"(?:{_BREAK}|-{_BREAK}?)", _NOTHING)
        upper = _CLASS.match(self.pattern, self.at)
        if upper:
            self.at = upper.end()
            return self.named_class(upper.group(), name)
        literal = _LITERAL.match(self.pattern, self.at)
        if not literal:
            raise ValueError(f"pattern {self.pattern!r}: {sign!r} has no meaning here")
        self.at = literal.end()
        return _group(_literal(literal.group()), name) if name else _literal(literal.group())

    def named_class(self, upper: str, name: str | None) -> Pattern:
        """A class of words or digits, or a fragment; words and digits bear their class's name unless given another."""
        if upper in self.fragments:
            inner = compiled(self.fragments[upper], self.fragments)
            return _group(Pattern(re.sub(r"\?P<\w+>", "?:", inner.regex), inner.starts), name or upper.lower())
        if upper in SHAPES:
            shape = SHAPES[upper].replace(r"\d", "[0-9]").replace(r"\1", f"(?P={upper.lower()}_sign)")
            regex = re.sub(r"(?<!\\)\((?!\?)", f"(?P<{upper.lower()}_sign>", shape)
            return _group(Pattern(regex, frozenset((DIGIT + run, ANY) for run in RUNS[upper])), name or upper.lower())
        return _group(_listed(upper), name or upper.lower())


def _group(inner: Pattern, name: str | None) -> Pattern:
    return Pattern(f"(?P<{name}>{inner.regex})" if name else f"(?:{inner.regex})", inner.starts)


def _literal(text: str) -> Pattern:
    return Pattern(re.escape(text), frozenset([tuple(_first_words(text))]))


def _first_words(text: str) -> list[str]:
    if text == "'":
        return ["'"]
    return [key(word) for word in _WORD.findall(text)][:2]


@cache
def _listed(upper: str) -> Pattern:
    """All members of a class, the longest first, each ending where a word ends."""
    members = words()[upper]
    simple = [w for w in members if upper not in COMPOUND or not re.search(r"(?:ty)[- ]", w)]
    regex = tree(simple)
    if upper in COMPOUND:
        ones = [w for w in simple if isinstance(members[w], int) and int(members[w]) < 10]
        regex = f"(?:{tree(TENS)}(?:-|{_BREAK}){tree(ones)}|{regex})"
    return Pattern(f"{regex}(?!\\w)", frozenset(tuple(_first_words(w)) for w in members))


def tree(members: Iterable[str]) -> str:
    """An expression for any of the words, branching letter by letter, so that a mismatch costs little.

    >>> tree(["may", "march", "mars"])
    'ma(?:r(?:ch|s)|y)'
    """
    branches: dict[str, list[str]] = {}
    for word in members:
        branches.setdefault(word[:1], []).append(word[1:])
    ends = branches.pop("", None) is not None
    parts = [(_BREAK if letter == " " else re.escape(letter)) + tree(rest) for letter, rest in sorted(branches.items())]
    if not parts:
        return ""
    if len(parts) == 1 and not ends:
        return parts[0]
    return f"(?:{'|'.join(parts)})" + ("?" if ends else "")
