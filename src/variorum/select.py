"""Selecting rows by words: ``killed and conflict and not witness:gull``, the same in the terminal and in exports.

A term is a word, words in quotation marks, or ``field:value``; ``and`` may be left out, ``not`` and brackets bind as
usual.

========================  =====================================================================================
``killed``, ``date``      an attribute or role (`data/readings.toml`), also ``attribute:killed``
``conflict``, ``agree``   a verdict, also ``verdict:conflict``
``sure``, ``unsure``      in the default view or folded; ``chance>=.5`` by number, and so ``weight``
``checked``               judged by a person
``witness:gull``          an account by its id, siglum or title, for a row that rests on it
``event:e12``             an event by its id, or by words of its label
``rule:``, ``type:``      by that column of the row
``"bridge road"``         words that stand in the row; so does any other word
========================  =====================================================================================
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from variorum.errors import InputError
from variorum.lists import toml
from variorum.records import Reading, Reviewed, Row, Verdict, Witness
from variorum.verdicts import KNOWN

__all__ = ["Facts", "Where", "facts_of", "selector"]

Where = Callable[["Facts"], bool]
TOKEN = re.compile(r'\s*(?:(\()|(\))|(\w+)\s*(:|>=|<=|>|<|=)\s*(?:"([^"]*)"|([^\s()"]+))|"([^"]*)"|([^\s()":]+))')
NUMBERS = ("chance", "weight")
FIELDS = ("attribute", "verdict", "witness", "event", "rule", "type", "text", "kind")


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be asked of a row: ``fields`` by name, each with all values that it has there, in lower case."""

    fields: Mapping[str, frozenset[str]]
    numbers: Mapping[str, float] = field(default_factory=dict)
    sure: bool = True
    checked: bool = False
    words: str = ""

    def has(self, name: str, value: str) -> bool:
        """True when the field has the value; of events and accounts also where a name holds it."""
        if name == "text":
            return value in self.words
        held = self.fields.get(name, frozenset())
        return value in held or (name in ("event", "witness") and any(f" {value} " in f" {h} " for h in held))


def facts_of(
    row: Row,
    readings: Mapping[str, Reading] | None = None,
    witnesses: Mapping[str, Witness] | None = None,
    labels: Mapping[str, str] | None = None,
    reviewed: Mapping[str, Reviewed] | None = None,
) -> Facts:
    """The facts of a row of any table; those of a verdict are also those of its ``readings``.

    ``witnesses`` (by id) lend sigla and titles, ``labels`` (by event) words; ``reviewed`` is by the row's key.

    >>> reading = Reading("gull", 0, 4, "Nine", "r1", None, "killed")
    >>> told = facts_of(Verdict("v1", None, "killed", "Hale", "conflict", "figure", "", ["r1"]), {"r1": reading})
    >>> told.has("witness", "gull"), told.has("attribute", "killed"), told.has("text", "nine")
    (True, True, True)
    """
    found: dict[str, set[str]] = {name: set() for name in FIELDS}
    texts: list[str] = []
    for column, told in _words_of(row, readings or {}):
        found.get(column, set()).add(told.lower())
        texts.append(told)
    _lent(found, witnesses or {}, labels or {})
    numbers = {name: float(value) for name in NUMBERS if (value := getattr(row, name, None)) is not None}
    seen = (reviewed or {}).get(row.verdict_id) if isinstance(row, Verdict) else None
    fields = {name: frozenset(values) for name, values in found.items()}
    sure = getattr(row, "sure", "high") == "high"
    return Facts(fields, numbers, sure, bool(seen and seen.checked), " ".join(texts).lower())


def _words_of(row: Row, readings: Mapping[str, Reading]) -> Iterable[tuple[str, str]]:
    """The words of a row, and of a verdict's readings, by the name of the field that they answer."""
    yield from _columns(row)
    for one in row.readings if isinstance(row, Verdict) else ():
        if one in readings:
            yield from _columns(readings[one])


def _lent(found: dict[str, set[str]], witnesses: Mapping[str, Witness], labels: Mapping[str, str]) -> None:
    """Adds the titles and sigla of accounts and the labels of events to their ids."""
    held = [witnesses[one] for one in found["witness"] if one in witnesses]
    found["witness"] |= {called.lower() for one in held for called in (one.siglum, one.title) if called}
    found["event"] |= {labels[one].lower() for one in found["event"] if one in labels}


COLUMNS = {"role": "attribute", "a_witness": "witness", "b_witness": "witness", "target": "witness"}


def _columns(row: Row) -> Iterable[tuple[str, str]]:
    """The columns of a row that hold words, by the name of the field that they answer."""
    for name in row.__dataclass_fields__:
        value = getattr(row, name)
        listed = value if isinstance(value, list) else [value]
        for one in listed:
            if isinstance(one, str) and name != "sha256":
                yield COLUMNS.get(name, name), one


def selector(text: str) -> Where:
    """The condition that the words of a filter make.

    Raises `InputError` for a bracket that is not closed, a field that there is not, or an empty filter.

    >>> row = Verdict("v1", None, "killed", "Hale", "conflict", "figure", "gull has “Nine”", [], 5.0)
    >>> [selector(t)(facts_of(row)) for t in ("killed conflict", "killed and not sure", "(date or killed) rule:figure")]
    [True, False, True]
    >>> selector("colour:red")
    Traceback (most recent call last):
    ...
    variorum.errors.InputError: filter 'colour:red': there is no field 'colour'; fields are attribute, ..., weight
    """
    tokens = _tokens(text)
    if not tokens:
        raise InputError(f"filter {text!r}", "it is empty", "write for example: killed and conflict")
    found, rest = _any(tokens, text)
    if rest:
        raise InputError(f"filter {text!r}", "a bracket is closed that was not opened", "take it away")
    return found


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    name: str = ""
    sign: str = ""
    value: str = ""


def _tokens(text: str) -> list[_Token]:
    found, at = [], 0
    while at < len(text.rstrip()):
        match = TOKEN.match(text, at)
        if match is None:
            raise InputError(f"filter {text!r}", f"cannot be read from {text[at:]!r} on", "close the quotation mark")
        at = match.end()
        opened, closed, name, sign, quoted, value, words, plain = match.groups()
        if opened or closed:
            found.append(_Token("(" if opened else ")"))
        elif name:
            found.append(_Token("field", name.lower(), sign, (quoted if quoted is not None else value).lower()))
        elif words is not None:
            found.append(_Token("field", "text", ":", words.lower()))
        else:
            known = plain.lower() in ("and", "or", "not")
            found.append(_Token(plain.lower() if known else "word", value=plain.lower()))
    return found


def _any(tokens: list[_Token], text: str) -> tuple[Where, list[_Token]]:
    parts: list[Where] = []
    while True:
        part, tokens = _all(tokens, text)
        parts.append(part)
        if not tokens or tokens[0].kind != "or":
            return (lambda facts: any(p(facts) for p in parts)), tokens
        tokens = tokens[1:]


def _all(tokens: list[_Token], text: str) -> tuple[Where, list[_Token]]:
    parts: list[Where] = []
    while tokens and tokens[0].kind not in ("or", ")"):
        if tokens[0].kind == "and" and parts:
            tokens = tokens[1:]
        part, tokens = _one(tokens, text)
        parts.append(part)
    if not parts:
        raise InputError(f"filter {text!r}", "a term is lacking", "write one on both sides of 'and' and 'or'")
    return (lambda facts: all(p(facts) for p in parts)), tokens


def _one(tokens: list[_Token], text: str) -> tuple[Where, list[_Token]]:
    if not tokens or tokens[0].kind in ("and", "or", ")"):
        raise InputError(f"filter {text!r}", "a term is lacking", "write one on both sides of 'and' and 'or'")
    first, rest = tokens[0], tokens[1:]
    if first.kind == "not":
        inner, rest = _one(rest, text)
        return (lambda facts: not inner(facts)), rest
    if first.kind == "(":
        inner, rest = _any(rest, text)
        if not rest:
            raise InputError(f"filter {text!r}", "a bracket is not closed", "close it")
        return inner, rest[1:]
    return (_word(first.value) if first.kind == "word" else _field(first, text)), rest


def _word(word: str) -> Where:
    """A word alone: a verdict, an attribute, a state; else words that stand in the row."""
    if word in ("sure", "high", "unsure", "low"):
        return lambda facts: facts.sure == (word in ("sure", "high"))
    if word == "checked":
        return lambda facts: facts.checked
    if word in KNOWN:
        return lambda facts: facts.has("verdict", word)
    if word in toml("readings")["weight"]:
        return lambda facts: facts.has("attribute", word)
    return lambda facts: word in facts.words


def _field(token: _Token, text: str) -> Where:
    if token.name in NUMBERS:
        return _number(token, text)
    if token.name not in FIELDS:
        fields = ", ".join((*FIELDS, *NUMBERS))
        raise InputError(f"filter {text!r}", f"there is no field {token.name!r}", f"fields are {fields}")
    if token.sign not in (":", "="):
        raise InputError(f"filter {text!r}", f"{token.name!r} is no number", f"write {token.name}:{token.value}")
    return lambda facts: facts.has(token.name, token.value)


SIGNS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq, ":": operator.eq,
}  # fmt: skip


def _number(token: _Token, text: str) -> Where:
    try:
        limit = float(token.value)
    except ValueError as error:
        raise InputError(f"filter {text!r}", f"{token.value!r} is no number", f"write {token.name}>=0.5") from error
    test = SIGNS[token.sign]
    return lambda facts: token.name in facts.numbers and test(facts.numbers[token.name], limit)
