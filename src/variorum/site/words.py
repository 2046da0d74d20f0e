"""The edition's own words: labels for codes, and numbers in sentences. The words are in data/site-words.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from variorum.errors import ConfigError
from variorum.lists import toml
from variorum.verdicts import Standing

__all__ = ["INTERFACES", "Words"]

INTERFACES = ("en", "fr", "ru", "uk")
"""The languages that the frame of the pages and their labels come in."""


@dataclass(frozen=True)
class Words:
    """Labels by code; a code without a label is read aloud as it stands.

    >>> words = Words.load()
    >>> words.attribute("killed"), words.attribute("wind_force"), words.several(2, "event"), words.several(1, "event")
    ('Killed', 'Wind force', 'two events', 'one event')
    """

    verdicts: Mapping[str, str]
    changes: Mapping[str, str]
    notes: Mapping[str, str]
    attributes: Mapping[str, str]
    types: Mapping[str, str]
    kinds: Mapping[str, str]
    parallels: Mapping[str, str]
    checks: Mapping[str, str]
    parts: Mapping[str, str]
    numbers: tuple[str, ...]
    limits: tuple[str, ...]
    code: str
    pages: Mapping[str, str]
    frame: Mapping[str, str]
    labels: Mapping[str, str]

    @staticmethod
    @lru_cache(maxsize=len(INTERFACES))
    def load(interface: str = "en") -> Words:
        """The words that ship with the program, labels and frame in one of `INTERFACES`; another is a `ConfigError`.

        >>> Words.load("uk").verdicts["agree"], Words.load("fr").pages["names.html"]
        ('згодні', 'Noms')
        """
        if interface not in INTERFACES:
            raise ConfigError(
                "option interface", f"there is none in {interface!r}", f"there are {', '.join(INTERFACES)}"
            )
        data, english, told = toml("site-words"), toml("interface/en"), toml(f"interface/{interface}")
        tables = {
            name: data[name]
            for name in ("verdicts", "changes", "notes", "attributes", "types", "kinds", "parallels", "checks", "parts")
        }
        tables["verdicts"] = {**{s.value: s.words for s in Standing}, **tables["verdicts"]}
        tables |= {name: {**tables[name], **told.get(name, {})} for name in ("verdicts", "attributes", "parallels")}
        frame = {name: {**english[name], **told[name]} for name in ("pages", "frame", "labels")}
        numbers = tuple(data["numbers"]["words"]) if interface == "en" else ()  # messages decline by figures
        return Words(**tables, **frame, numbers=numbers, limits=tuple(data["limits"]), code=interface)

    def attribute(self, code: str) -> str:
        """The heading of an attribute."""
        plain = code.replace("_", " ").strip()
        return self.attributes.get(code) or plain[:1].upper() + plain[1:]

    def type(self, code: str) -> str:
        """The name of a type of event, in small letters."""
        return self.types.get(code.lower()) or code.replace("_", " ").lower()

    def check(self, code: str) -> str:
        """What kind of check it is."""
        return self.checks.get(code, code)

    def number(self, count: int) -> str:
        """A count in words up to twelve, in figures beyond, with a comma at each thousand."""
        return self.numbers[count] if 0 <= count < len(self.numbers) else f"{count:,}"

    def several(self, count: int, noun: str, plural: str = "") -> str:
        """A count and its noun; ``plural`` where an s does not make it."""
        return f"{self.number(count)} {noun if count == 1 else plural or noun + 's'}"

    def cap(self, text: str) -> str:
        """The text with a capital first letter."""
        return text[:1].upper() + text[1:]
