"""Packs: what the program offers for each language, and the names of languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from variorum.lists import toml

__all__ = ["Pack", "code_of", "named", "offers", "packs", "told"]


@dataclass(frozen=True, slots=True)
class Pack:
    """What is offered for a language, and the words by which it is known at a glance."""

    code: str
    name: str
    offers: frozenset[str]
    words: frozenset[str]
    share: float
    least: int


@cache
def packs() -> dict[str, Pack]:
    """Every pack by the code of its language.

    >>> "uk" in packs(), packs()["en"].name
    (True, 'English')
    """
    found = {}
    for folder in (files("variorum") / "data").iterdir():
        file = folder / "pack.toml"
        if folder.is_dir() and file.is_file():
            told = toml(f"{folder.name}/pack")
            known = told["known"]
            words = frozenset(known["words"].split())
            found[folder.name] = Pack(
                folder.name, told["name"], frozenset(told["offers"]), words, known["share"], known["least"]
            )
    return found


def offers(language: str | None, what: str) -> bool:
    """Whether the program can do something with a language; one that is not known is read as English.

    >>> offers("en", "claims"), offers("ru", "claims"), offers(None, "claims"), offers("en-GB", "times")
    (True, False, True, True)
    """
    pack = packs().get(code_of(language) or "en")
    return pack is not None and what in pack.offers


def told(language: str | None) -> tuple[list[str], list[str]]:
    """What is made of an account in a language and what is not, in words.

    >>> told("xx")[0], told("en")[1]
    ([], [])
    """
    made: tuple[list[str], list[str]] = [], []
    for table, words in toml("languages")["tables"].items():
        made[not offers(language, table)].append(words)
    return made


def code_of(language: str | None) -> str | None:
    """The code of a language as it is written in files: ``en-GB``, ``eng``, ``English`` and ``EN`` are all ``en``.

    >>> code_of("en-GB"), code_of("Russian"), code_of("fra"), code_of("x-klingon"), code_of("")
    ('en', 'ru', 'fr', 'x-klingon', None)
    """
    words = (language or "").strip().lower().replace("_", "-")
    if not words:
        return None
    first = words.split("-")[0]
    known = toml("languages")["names"]
    if first in known:
        return first
    longer = toml("languages")["longer"]
    return longer.get(first) or _by_name().get(words) or words


@cache
def _by_name() -> dict[str, str]:
    return {name.lower(): code for code, name in toml("languages")["names"].items()}


def named(language: str | None) -> str:
    """The name of a language in English; a code without a name stays as it is.

    >>> named("ru"), named("xx"), named(None)
    ('Russian', 'xx', 'an undetermined language')
    """
    code = code_of(language) or "und"
    name: str = toml("languages")["names"].get(code, code)
    return name
