"""The pages in another language: what the program says on them is looked up in one table of messages.

A page is made in English first. Then its stretches of text are taken one by one: what witnesses say stands in elements
that mark it (`bdi`, `q`, `mark`, anything with a language of its own) and is left alone, as are numbers and sigla; the
rest is a message with places for these. A message that the table lacks stays English.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from variorum.lists import toml
from variorum.site.words import INTERFACES, Words

__all__ = ["Translator"]

_TOKEN = re.compile(r"""<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>|[^<]+|<""", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
_INLINE = frozenset(toml("site-words")["markup"]["inline"].split())
_OPAQUE = frozenset(toml("site-words")["markup"]["opaque"].split())
_VOID = frozenset(toml("site-words")["markup"]["void"].split())
_SPOKEN = re.compile(r'(?<= )(aria-label|placeholder|title|content|data-l)="([^"]*)"')
_SIGLUM = re.compile(r'class="(?:tak )?w ')
_SLOT = re.compile("\ue000(\\d+)\ue001")
_ONE = "\ue000\\d+\ue001"
_LIST = re.compile(f"({_ONE}(?:, {_ONE})*),? and ({_ONE})(?! more)|{_ONE}(?:,? {_ONE})+")
_NUMBER = re.compile(r"“[^”]*”|\d{4}-\d\d(?:-\d\d)?|\d\d:\d\d(?::\d\d)?|\d[\d,]*(?:\.\d+)?")
"""What is told by its figures, and words that are quoted within a message."""
_CORE = re.compile(r"^([\s(\[“‘«→←·+–—/,.;:]*)(.*?)([\s)\]”’».,:;!?…·→←+–—/]*)$", re.DOTALL)
_PARTS = (r"(?<=[.!?]) ", r"(?<=[;:]) ", r" · | — |: ", r", ", r" ?\((?=.)|\) ?")
_KEPT = re.compile(toml("site-words")["markup"]["kept"])
_CUT: int = toml("site-words")["markup"]["cut"]
_LETTER = re.compile(r"[^\W\d_]")
_PLURAL = re.compile(r"\{(\d+):([^{}]*)\}")
_PLACE = re.compile(r"\{(\d*)\}")
_DATED = re.compile(r"\{(=?)(\d)\}")


class Translator:
    """Messages in one of `INTERFACES`; English is left as it is.

    >>> Translator("fr").page("<p>Silent: <bdi>Silent</bdi></p>")
    '<p>Se tait\\xa0: <bdi>Silent</bdi></p>'
    >>> Translator("en").page("<p>Silent</p>")
    '<p>Silent</p>'
    """

    def __init__(
        self, code: str, own: Iterable[str] = (), sigla: Iterable[str] = (), labels: Iterable[str] = ()
    ) -> None:
        self.code = code
        own, sigla, labels = ((), (), ()) if code == "en" else (own, sigla, labels)
        self.labels = frozenset(labels)
        self.unknown: dict[str, int] = {}
        told = toml(f"interface/{code}")
        self.messages: Mapping[str, str] = {**_labels(code), **told.get("messages", {})}
        self.own = frozenset(own) | frozenset(self.messages.values()) | frozenset(_labels(code).values())
        self._own_low = frozenset(one.lower() for one in self.own)
        signs = "|".join(sorted((re.escape(one) for one in sigla if one), key=len, reverse=True))
        self._sigla = re.compile(rf"(?<![\w\ue000])(?:{signs})(?!\w)" if signs else r"(?!)")
        self.script: Mapping[str, str] = told.get("script", {})
        self.phrases = [(_marked(a), b) for a, b in told.get("phrases", {}).items()]
        self.open = [(_opened(a), b) for a, b in self.messages.items() if "*" in a]
        self.dates = [(re.compile(a), b) for a, b in told.get("dates", {}).items()]
        self.months: Mapping[str, str] = told.get("months", {})
        self.last: str = told.get("grammar", {}).get("and", " and ")
        self.spaced: str = told.get("grammar", {}).get("spaced", "")
        self.thousands: str = told.get("grammar", {}).get("thousands", ",")

    def page(self, text: str) -> str:
        """A page, or a piece of one, with its messages in the language."""
        return text if self.code == "en" else "".join(self._pieces(text))

    def say(self, message: str) -> str:
        """A message without markup."""
        return message if self.code == "en" else html.unescape(self._segment([html.escape(message, quote=False)]))

    # --- from a page to its segments ---
    def _pieces(self, text: str) -> list[str]:
        out: list[str] = []
        held: list[str] = []
        opaque: list[str] = []
        depth = 0
        for token in _TOKEN.findall(text):
            name = _name(token)
            if depth:
                opaque.append(token)
                depth += _step(token, name)
                if not depth:
                    held.append(self._named(opaque))
                    opaque = []
            elif token.startswith("<") and not token.startswith("</") and _is_opaque(token, name):
                opaque = [token]
                depth = 1
            elif name in _INLINE or not token.startswith("<"):
                held.append(self._attributes(token) if token.startswith("<") else token)
            else:
                out += [self._segment(held), self._attributes(token)]
                held = []
        return [*out, self._segment(held), *opaque]

    def _named(self, opaque: list[str]) -> str:
        """What is left alone, but for the label that the edition itself gives an event or a question."""
        inner = html.unescape("".join(opaque[1:-1])) if len(opaque) == 3 else ""
        if inner and inner in self.labels:
            return f"{opaque[0]}{self._segment([opaque[1]])}{opaque[2]}"
        whole = (
            next((one for one in self.labels if one.startswith(inner.rstrip(" …"))), None)
            if len(inner) > _CUT
            else None
        )
        if whole is None:
            return "".join(opaque)
        told = html.unescape(self._segment([html.escape(whole)]))[: len(inner)].rpartition(" ")[0]
        return f"{opaque[0]}{html.escape(told)} …{opaque[2]}"

    def _attributes(self, token: str) -> str:
        """A tag with what it says of itself."""
        if _SIGLUM.search(token) or "=" not in token or "http-equiv" in token or 'name="' in token:
            return token
        if token.startswith("<meta") and "og:title" not in token:
            return token
        return _SPOKEN.sub(lambda found: f'{found[1]}="{self._segment([found[2]])}"' if found[2] else found[0], token)

    # --- one segment ---
    def _segment(self, held: list[str]) -> str:
        whole = "".join(held)
        if not held or not any(_LETTER.search(html.unescape(t)) for t in held if not t.startswith("<")):
            return whole
        slots: list[str] = []
        tags: list[str] = []
        text = "".join(self._piece(token, slots, tags) for token in held)
        told = self._told(_dated(text, slots, self), slots)
        return _restored(told, slots, tags)

    def _piece(self, token: str, slots: list[str], tags: list[str]) -> str:
        """A token as it stands in a message: opaque ones and numbers are slots, tags are numbered."""
        if not token.startswith("<"):
            return html.unescape(re.sub(r"[ \n\t\r]+", " ", token)).replace("\ue000", "").replace("\ue002", "")
        if _name(token) in _INLINE and (token.startswith("</") or token.count("<") == 1):
            tags.append(token)
            return f"\ue002{len(tags) - 1}\ue003"
        slots.append(token)
        return f"\ue000{len(slots) - 1}\ue001"

    def _told(self, text: str, slots: list[str]) -> str:
        """A message in the language: whole, or by its parts; a part that is not known stays as it is."""
        if not _LETTER.search(_SLOT.sub("", re.sub("\ue002\\d+\ue003", "", text))):
            return text
        if self._kept(text, slots):
            return text
        found = self._looked_up(text, slots)
        if found is not None:
            return found
        if "\ue002" in text:
            parts = re.split("(\ue002\\d+\ue003)", text)
            return "".join(p if n % 2 else self._told(p, slots) for n, p in enumerate(parts))
        return self._by_parts(text, slots)

    def _by_parts(self, text: str, slots: list[str], level: int = 0, cut: bool = False) -> str:
        before, core, after = _CORE.match(text).groups()  # type: ignore[union-attr]
        if core != text and (found := self._looked_up(core, slots)) is not None:
            return before + found + self._spaced(after)
        for depth in range(level, len(_PARTS)):
            parts = re.split(f"({_PARTS[depth]})", core)
            if len(parts) > 1:
                last = len(parts) - 1 if cut or "…" in after else -1
                told = [p if n % 2 else self._part(p, slots, depth, n == last) for n, p in enumerate(parts)]
                return before + self._separated(told) + self._spaced(after)
        begun = self._cut(core, slots) if cut or "…" in after else None
        return before + (self._unknown(core, slots) if begun is None else begun) + self._spaced(after)

    def _cut(self, text: str, slots: list[str]) -> str | None:
        """The message that a text begins, where it was cut for want of room."""
        key, order = _keyed(self._merged(self._signed(text, slots), slots))
        found = next((one for one in self.messages if one.startswith(key) and key), None)
        return None if found is None else self._filled(self.messages[found], order, slots)

    def _spaced(self, signs: str) -> str:
        """Punctuation as the language sets it: French has a space before some signs."""
        return "".join(f"\u00a0{sign}" if sign in self.spaced else sign for sign in signs)

    def _separated(self, told: list[str]) -> str:
        return "".join(self._spaced(p) if n % 2 else p for n, p in enumerate(told))

    def _part(self, text: str, slots: list[str], level: int, cut: bool) -> str:
        if not _LETTER.search(_SLOT.sub("", text)):
            return text
        if self._kept(text, slots):
            return text
        found = self._looked_up(text, slots)
        return found if found is not None else self._by_parts(text, slots, level, cut)

    def _unknown(self, text: str, slots: list[str]) -> str:
        key = _keyed(self._signed(text, [*slots]))[0]
        if not _LETTER.search(key) or self._kept(text, slots):
            return text
        self.unknown[key] = self.unknown.get(key, 0) + 1
        return text

    def _kept(self, text: str, slots: list[str]) -> bool:
        """Whether a text is no message: what the edition calls something, a message that was said already, no word."""
        rest = _SLOT.sub("", text).strip(" ,.;:()")
        told = _unslotted(text, slots).strip()
        return told in self.own or rest.lower() in self._own_low or any(_KEPT.fullmatch(one) for one in (rest, told))

    def _looked_up(self, text: str, slots: list[str]) -> str | None:
        """The message for a text, its slots filled in; also where it begins with a capital letter."""
        if text != (core := text.strip(" ")) and "\ue002" not in text:
            found = self._looked_up(core, slots) if core else None
            at = len(text) - len(text.lstrip(" "))
            return None if found is None else text[:at] + found + " " * (len(text) - at - len(core))
        for step in (None, self._signed, self._merged):
            text = step(text, slots) if step else text
            key, order = _keyed(text)
            if not _LETTER.search(key):
                return text
            message = self.messages.get(key)
            if message is not None:
                return self._filled(message, order, slots)
            small = key[:1].lower() + key[1:]
            if small != key and (message := self.messages.get(small)) is not None:
                return _capital(self._filled(message, order, slots))
        return self._open(text, slots)

    def _open(self, text: str, slots: list[str]) -> str | None:
        """A message that holds a name which nothing marks: it is kept, where it is no list of messages."""
        for pattern, message in self.open:
            found = pattern.fullmatch(text)
            if found is None:
                continue
            kept = [one if (told := self._list(one)) is None else told for one in found.groups()]
            slots += kept
            told = self._filled(message, _SLOT.findall(_without(found)), slots)
            for n in range(len(slots) - len(kept), len(slots)):
                told = told.replace("*", f"\ue000{n}\ue001", 1)
            return told
        return None

    def _list(self, text: str) -> str | None:
        """A list of messages ("French and Russian"), or none."""
        parts = re.split("(, | and )", text)
        told = [p if n % 2 else self.messages.get(p) for n, p in enumerate(parts)]
        return None if None in told else "".join(self.last if p == " and " else str(p) for p in told)

    def _merged(self, text: str, slots: list[str]) -> str:
        """The text with phrases that repeat ("A has “x”") and lists of slots each as one slot."""
        for pattern, message in self.phrases:
            text = pattern.sub(lambda m, told=message: self._phrase(m, told, slots), text)  # type: ignore[misc]
        while (merged := _LIST.sub(lambda found: self._listed(found, slots), text)) != text:
            text = merged
        return text

    def _signed(self, text: str, slots: list[str]) -> str:
        """The text with sigla as slots."""

        def siglum(found: re.Match[str]) -> str:
            slots.append(found.group())
            return f"\ue000{len(slots) - 1}\ue001"

        return self._sigla.sub(siglum, text)

    def _phrase(self, found: re.Match[str], message: str, slots: list[str]) -> str:
        slots.append(self._filled(message, _SLOT.findall(found.group()), slots))
        return f"\ue000{len(slots) - 1}\ue001"

    def _listed(self, found: re.Match[str], slots: list[str]) -> str:
        slots.append(re.sub(",? and ", self.last, found.group()))
        return f"\ue000{len(slots) - 1}\ue001"

    def _filled(self, message: str, order: list[str], slots: list[str]) -> str:
        """A message with its slots: `{2}` the second, `{}` the next, `{1:one|few|many}` a word by the first."""
        numbers = [_count_of(slots[int(slot)]) for slot in order]

        def chosen(found: re.Match[str]) -> str:
            number = numbers[int(found[1]) - 1] if 0 < int(found[1]) <= len(numbers) else None
            forms = found[2].split("|")
            return forms[min(_form(self.code, number), len(forms) - 1)]

        following = iter(order)

        def slot(found: re.Match[str]) -> str:
            place = int(found[1]) - 1 if found[1] else None
            told = next(following, None) if place is None else order[place] if place < len(order) else None
            return f"\ue000{told}\ue001" if told is not None else ""

        return _PLACE.sub(slot, _PLURAL.sub(chosen, message))


def _is_opaque(token: str, name: str) -> bool:
    if name in _OPAQUE or (' lang="' in token and name != "html") or ' translate="no"' in token:
        return name not in _VOID
    return name == "b" and _SIGLUM.search(token) is not None


def _name(token: str) -> str:
    found = _NAME.match(token)
    return found[1].lower() if found else ""


def _step(token: str, name: str) -> int:
    if not name or name in _VOID or token.endswith("/>"):
        return 0
    return -1 if token.startswith("</") else 1


def _keyed(text: str) -> tuple[str, list[str]]:
    """The key of a message, and its slots in order."""
    order = _SLOT.findall(text)
    key = _SLOT.sub("{}", text)
    seen: list[str] = []

    def tag(found: re.Match[str]) -> str:
        if found[1] not in seen:
            seen.append(found[1])
        return f"<{found[1]}>"

    key = re.sub("\ue002(\\d+)\ue003", tag, key)
    return re.sub(r"<(\d+)>", lambda m: f"<{seen.index(m[1]) + 1}>", key), order


def _unslotted(text: str, slots: list[str]) -> str:
    return _SLOT.sub(lambda m: slots[int(m[1])], text)


def _marked(phrase: str) -> re.Pattern[str]:
    return re.compile(re.escape(phrase).replace(r"\{\}", _ONE))


def _opened(message: str) -> re.Pattern[str]:
    return re.compile(re.escape(message).replace(r"\{\}", _ONE).replace(r"\*", "(.{1,160}?)"))


def _without(found: re.Match[str]) -> str:
    """What was matched, without the names that it holds."""
    out, at = [], 0
    for n in range(1, (found.re.groups or 0) + 1):
        out.append(found.string[at : found.start(n)])
        at = found.end(n)
    return "".join([*out, found.string[at:]])


def _restored(text: str, slots: list[str], tags: list[str]) -> str:
    """The text with its slots and tags, all else escaped."""
    for _ in range(len(slots) + 1):
        merged = _SLOT.sub(lambda m: slots[int(m[1])] if "\ue000" in slots[int(m[1])] else m[0], text)
        if merged == text:
            break
        text = merged
    text = html.escape(text, quote=False).replace("&amp;nbsp;", "\u00a0").replace('"', "&#34;").replace("'", "&#39;")
    numbers = [int(n) for n in re.findall("\ue002(\\d+)\ue003", text)]
    text = re.sub("\ue002(\\d+)\ue003", lambda m: tags[int(m[1])], text)
    assert len(numbers) == len(tags), "a message lost a tag"
    return _SLOT.sub(lambda m: slots[int(m[1])], text)


def _dated(text: str, slots: list[str], told: Translator) -> str:
    """The text with its dates and numbers as slots, the dates in the language."""

    def date(found: re.Match[str], message: str) -> str:
        slots.append(_DATED.sub(lambda m: _month(told.months, m[1], found[int(m[2])]), message))
        return f"\ue000{len(slots) - 1}\ue001"

    def number(found: re.Match[str]) -> str:
        told_so = found.group()
        slots.append(told_so if told_so[0] == "“" else told_so.replace(",", told.thousands))
        return f"\ue000{len(slots) - 1}\ue001"

    parts = re.split("(\ue000\\d+\ue001|\ue002\\d+\ue003)", text)
    for n in range(0, len(parts), 2):
        for pattern, message in told.dates:
            pieces = re.split("(\ue000\\d+\ue001)", parts[n])
            for k in range(0, len(pieces), 2):
                pieces[k] = pattern.sub(lambda m, said=message: date(m, said), pieces[k])
            parts[n] = "".join(pieces)
        pieces = re.split("(\ue000\\d+\ue001)", parts[n])
        pieces[::2] = [_NUMBER.sub(number, piece) for piece in pieces[::2]]
        parts[n] = "".join(pieces)
    return "".join(parts)


def _month(months: Mapping[str, str], alone: str, word: str) -> str:
    return months.get(alone + word) or months.get(word, word)


def _count_of(slot: str) -> float | None:
    plain = re.sub(r"<[^>]*>|[\s,\u202f\u00a0]", "", slot)
    return float(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else None


def _form(code: str, number: float | None) -> int:
    """Which form of a word a number asks for: French has two, Russian and Ukrainian three."""
    if number is None:
        return 9
    if code == "fr":
        return int(number >= 2)
    whole = int(number)
    if number != whole:
        return 1
    if whole % 10 == 1 and whole % 100 != 11:
        return 0
    return 1 if whole % 10 in (2, 3, 4) and whole % 100 not in (12, 13, 14) else 2


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=len(INTERFACES))
def _labels(code: str) -> Mapping[str, str]:
    """Labels whose English form stands in other tables, by that form."""
    english, told = Words.load("en"), Words.load(code)
    found: dict[str, str] = {}
    for name in (
        "verdicts",
        "attributes",
        "parallels",
        "pages",
        "labels",
        "frame",
        "types",
        "kinds",
        "checks",
        "parts",
    ):
        a, b = getattr(english, name), getattr(told, name)
        found |= {a[key]: b[key] for key in a if key in b and a[key] != b[key]}
    return found
