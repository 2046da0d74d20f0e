"""The grammar of decisions: what may be decided of what, and with which values; everything that comes in goes
through it.

`KINDS` is the table of REVIEW: for each kind of thing what a person can say of it, and the model of the value that goes
with it. A line of the log is a `Decision` as JSON; version 1 of the grammar is this file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from variorum.errors import InputError
from variorum.review.anchors import Anchor
from variorum.review.values import (
    AccountValue,
    ActorValue,
    ClaimValue,
    DateValue,
    FigureValue,
    KnownValue,
    NameValue,
    PlacesValue,
    PlaceValue,
    QuestionValue,
    QuoteValue,
    SourceValue,
    TimeValue,
    TitleValue,
    VerdictValue,
    WrongValue,
)

__all__ = ["GRAMMAR", "KINDS", "MENTIONS", "About", "AccountRef", "Decision", "Kind", "NameRef", "Saying", "checked"]

GRAMMAR = 1
"""The version of the grammar; a log with a higher one is kept as it is, and its lines are not obeyed."""

Kind = Literal[
    "time", "place", "figure", "quote", "actor", "claim", "pair", "event", "comparison", "parallel", "edge", "name",
    "account", "silence", "check", "decision",
]  # fmt: skip
MENTIONS: dict[str, str] = {
    "time": "times", "place": "places", "figure": "figures", "quote": "quotes", "actor": "actors", "claim": "claims",
}  # fmt: skip
"""Kinds of mentions, and the table in which each stands."""

Short = Annotated[str, Field(max_length=300)]
_NAME = re.compile(r"[^\x00-\x1f\x7f-\x9f]{1,80}")


@dataclass(frozen=True, slots=True)
class Saying:
    """What can be said of a thing: in words, and the model of the value that goes with it (None: it has none).

    Decisions of one ``aspect`` answer the same question, so that of one person the latest counts, and two persons may
    differ; those without an aspect stand each for itself.
    """

    text: str
    value: type[BaseModel] | None = None
    aspect: str = ""


SEEN = {
    "seen": Saying("seen"),
    "checked": Saying("checked by a second person"),
    "question": Saying("a question to a colleague", QuestionValue),
    "note": Saying("a note"),
}
SHOWN = {
    "publish": Saying("to be published", aspect="shown"),
    "hide": Saying("to be hidden", aspect="shown"),
    "highlight": Saying("to be highlighted", aspect="shown"),
}


def _mention(value: type[BaseModel]) -> dict[str, Saying]:
    return {
        "right": Saying("right", aspect="reading"),
        "wrong": Saying("wrong, and what is right", value, "reading"),
        "none": Saying("not one at all", aspect="reading"),
        "missed": Saying("one that was missed", value, "reading"),
        **SEEN,
    }


KINDS: dict[str, dict[str, Saying]] = {
    "time": _mention(TimeValue),
    "place": _mention(PlaceValue),
    "figure": _mention(FigureValue),
    "quote": _mention(QuoteValue),
    "actor": _mention(ActorValue),
    "claim": _mention(ClaimValue),
    "pair": {
        "same": Saying("the same happening", aspect="join"),
        "not same": Saying("not the same happening", aspect="join"),
        **SEEN,
    },
    "event": {
        "right": Saying("right", aspect="join"),
        "merge": Saying("to be merged with the other", aspect="join"),
        "split": Saying("the others to be parted from it", aspect="join"),
        "date": Saying("its date", DateValue, "date"),
        "place": Saying("its places", PlacesValue, "place"),
        "title": Saying("its title", TitleValue, "title"),
        **SHOWN,
        **SEEN,
    },
    "comparison": {
        "right": Saying("right", aspect="verdict"),
        "wrong": Saying("no comparison of like with like", WrongValue, "verdict"),
        "verdict": Saying("another verdict", VerdictValue, "verdict"),
        **SHOWN,
        **SEEN,
    },
    "parallel": {
        "right": Saying("right", aspect="direction"),
        "none": Saying("no parallel", aspect="direction"),
        "a to b": Saying("the second has it from the first", aspect="direction"),
        "b to a": Saying("the first has it from the second", aspect="direction"),
        "common source": Saying("both have it from a third", SourceValue, "direction"),
        "unknown": Saying("who has it from whom is unknown", aspect="direction"),
        **SEEN,
    },
    "name": {
        "one": Saying("one bearer of both names", aspect="bearer"),
        "two": Saying("two bearers", aspect="bearer"),
        "canonical": Saying("what the bearer is called here", NameValue, "canonical"),
        "pseudonym": Saying("a pseudonym for publication", NameValue, "pseudonym"),
        **SEEN,
    },
    "account": {
        "metadata": Saying("what is known of the account", AccountValue, "metadata"),
        "leave out": Saying("to be left out", aspect="use"),
        "keep": Saying("to be kept", aspect="use"),
        "known to": Saying("whom it was known to", KnownValue, "known"),
        **SEEN,
    },
    "silence": {
        "right": Saying("rightly expected", aspect="expected"),
        "not expected": Saying("not to be expected", aspect="expected"),
        **SEEN,
    },
    "check": {"right": Saying("right", aspect="reading"), "wrong": Saying("wrong", aspect="reading"), **SEEN},
    "decision": {"undo": Saying("taken back"), **SEEN},
}
KINDS["edge"] = KINDS["parallel"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AccountRef(_Strict):
    """An account: its id and the hash of its text."""

    witness: Annotated[str, Field(min_length=1, max_length=1000)]
    sha256: Annotated[str, Field(max_length=64)] = ""


class NameRef(_Strict):
    """A form of a name, of a kind (person, place ...)."""

    form: Annotated[str, Field(min_length=1, max_length=300)]
    kind: Short = "person"


class About(_Strict):
    """What a decision is about: its kind, and where that stands in words.

    ``words`` are its anchors: one of a mention, two of a pair or a parallel, those of the readings of a comparison,
    of the claims of an event. ``other`` are those of the second event of a merge, or of what a split parts off.
    ``was`` is the row as it stood in the edition that the person looked at: its ``table``, its key (``row``), and
    its columns.
    """

    kind: Kind
    words: Annotated[tuple[Anchor, ...], Field(max_length=120)] = ()
    other: Annotated[tuple[Anchor, ...], Field(max_length=120)] = ()
    accounts: Annotated[tuple[AccountRef, ...], Field(max_length=2)] = ()
    names: Annotated[tuple[NameRef, ...], Field(max_length=60)] = ()
    attribute: Short | None = None
    decision: Short | None = None
    was: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _whole(self) -> About:
        least, most = _ANCHORS.get(self.kind, (0, 0))
        if not least <= len(self.words) <= most:
            wanted = f"{least}" if least == most else f"{least} to {most}"
            raise ValueError(f"a {self.kind} is held by {wanted} stretches of words, not by {len(self.words)}")
        if len(self.accounts) != _ACCOUNTS.get(self.kind, 0):
            raise ValueError(f"a {self.kind} names {_ACCOUNTS.get(self.kind, 0)} accounts, not {len(self.accounts)}")
        if (self.kind == "name") != bool(self.names):
            raise ValueError("names, and nothing else, are held by forms of names")
        if (self.kind == "decision") != bool(self.decision):
            raise ValueError("a decision of a decision says of which")
        return self


_ANCHORS = {
    **dict.fromkeys(MENTIONS, (1, 1)),
    "pair": (2, 2), "parallel": (2, 2), "event": (1, 120), "comparison": (1, 120), "silence": (1, 120),
    "check": (1, 20), "name": (0, 2),
}  # fmt: skip
_ACCOUNTS = {"account": 1, "edge": 2, "silence": 1}


class Decision(_Strict):
    """One decision, a line of the log.

    ``n`` counts on from the highest number that its writer knew, so that what answers another decision follows it
    whatever the clocks said. ``replaces`` are the decisions that it settles.
    """

    v: Annotated[int, Field(ge=1)] = GRAMMAR
    id: Annotated[str, Field(pattern=r"^[0-9a-z]{4,40}$")]
    n: Annotated[int, Field(ge=1, le=2**53)]
    at: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$")]
    by: Annotated[str, Field(min_length=1, max_length=80)]
    about: About
    says: Annotated[str, Field(max_length=40)]
    value: dict[str, Any] = Field(default_factory=dict)
    why: Annotated[str, Field(max_length=4000)] = ""
    replaces: Annotated[tuple[str, ...], Field(max_length=200)] = ()
    edition: Annotated[str, Field(max_length=64)] = ""
    program: Annotated[str, Field(max_length=40)] = ""

    @field_validator("by")
    @classmethod
    def _a_name(cls, by: str) -> str:
        if not _NAME.fullmatch(by) or by != by.strip():
            raise ValueError("who decides is a name of 1 to 80 letters without control signs")
        return by

    @model_validator(mode="after")
    def _fits(self) -> Decision:
        saying = KINDS[self.about.kind].get(self.says)
        if saying is None:
            raise ValueError(
                f"of a {self.about.kind} one can say {', '.join(KINDS[self.about.kind])}, not {self.says!r}"
            )
        if saying.value is None and self.value:
            raise ValueError(f"{self.says!r} of a {self.about.kind} has no value")
        if saying.value is not None:
            given = saying.value.model_validate(self.value)
            object.__setattr__(self, "value", given.model_dump(exclude_unset=True))
        _needs(self)
        return self

    @property
    def aspect(self) -> str:
        """The question that it answers, or nothing where it stands for itself."""
        return KINDS[self.about.kind][self.says].aspect

    def line(self) -> str:
        """The decision as a line of the log, without the line's end: JSON, with no sign in it that a page could hide.

        >>> from variorum.review.grammar import About, Decision
        >>> said = Decision(id="a1b2", n=1, at="2024-05-01T10:00:00Z", by="Anna", says="undo",
        ...                 about=About(kind="decision", decision="c3d4"))
        >>> said.line()
        '{"v":1,"id":"a1b2","n":1,"at":"2024-05-01T10:00:00Z","by":"Anna","about":{"kind":"decision","decision":"c3d4"},"says":"undo"}'
        """
        held = self.model_dump(mode="json", exclude_defaults=True)
        return written({"v": self.v, **held})


def written(data: Mapping[str, Any]) -> str:
    """JSON on one line; signs that end a line, turn the writing or are no letter at all are written as escapes."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", body)


_HIDDEN = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff]")


def _needs(decision: Decision) -> None:
    about, says = decision.about, decision.says
    if (says in ("merge", "split")) != bool(about.other):
        raise ValueError("a merge says with which other words, a split which words are parted off, nothing else does")
    if says in ("one", "two") and len(about.names) < 2:
        raise ValueError(f"{says!r} is said of two names")
    if says in ("wrong", "missed") and about.kind in MENTIONS and not decision.value:
        raise ValueError(f"a {about.kind} that is {says} comes with what is right")
    if says in ("note", "question") and not decision.why.strip():
        raise ValueError(f"a {says} has words: give them as why")
    if says == "leave out" and not decision.why.strip():
        raise ValueError("leaving an account out needs the reason: give it as why")


def checked(data: Mapping[str, Any] | Decision, where: str = "decision") -> Decision:
    """A decision from plain data; what is wrong with it is an `InputError` in a sentence.

    >>> checked({"says": "undo"})
    Traceback (most recent call last):
    ...
    variorum.errors.InputError: decision: is no decision (id: Field required; n: Field required; ...)
    """
    try:
        return data if isinstance(data, Decision) else Decision.model_validate(data)
    except ValidationError as error:
        raise InputError(where, f"is no decision ({in_words(error)})") from None


def in_words(error: ValidationError) -> str:
    """What is wrong, field by field, without the values: they may be anybody's words."""
    parts = []
    for item in error.errors(include_url=False, include_input=False, include_context=False):
        place = ".".join(str(part) for part in item["loc"])
        text = item["msg"].removeprefix("Value error, ")
        parts.append(f"{place}: {text}" if place else text)
    return "; ".join(parts[:2]) + ("; ..." if len(parts) > 2 else "")


assert set(KINDS) == set(get_args(Kind))
