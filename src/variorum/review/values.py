"""The values of decisions: what is right of a time, a place, a figure ..., each field checked, none guessed.

A field that is not given leaves the machine's value alone; one that is given as null says that there is none.
"""

from __future__ import annotations

import math
from itertools import chain
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from variorum import dates
from variorum.lists import toml

__all__ = [
    "ROLES",
    "AccountValue",
    "ActorValue",
    "ClaimValue",
    "DateValue",
    "FigureValue",
    "KnownValue",
    "NameValue",
    "PlaceValue",
    "PlacesValue",
    "QuestionValue",
    "QuoteValue",
    "SourceValue",
    "TimeValue",
    "TitleValue",
    "VerdictValue",
    "WrongValue",
    "typed",
]

ROLES = tuple(sorted({*chain(*toml("readings")["roles"].values()), "changed hands", "fired", "withdrawn", "denied"}))
"""What a figure may be said to count: the roles that readings know (docs/figures.md)."""
Short = Annotated[str, Field(min_length=1, max_length=300)]
Voice = Annotated[tuple[Short, ...], Field(max_length=12)]
Number = Annotated[float, Field(ge=-1e15, le=1e15)]


def typed(annotation: str, text: str) -> Any:
    """A value given as text, as its field wants it: a list parted by semicolons, a number, yes or no, null, or the
    text.

    >>> typed("float | None", "31"), typed("tuple[str, ...]", "Anna; Ben"), typed("str | None", "null")
    (31.0, ['Anna', 'Ben'], None)
    """
    if text == "null":
        return None
    if "tuple" in annotation:
        return [part.strip() for part in text.split(";") if part.strip()]
    if "bool" in annotation and text.lower() in ("yes", "no", "true", "false"):
        return text.lower() in ("yes", "true")
    if "float" in annotation or "int" in annotation:
        try:
            return float(text)
        except ValueError:
            return text
    return text


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def is_edtf(value: str) -> bool:
    """True for a date that the program reads, as EDTF.

    >>> is_edtf("1998-11-17"), is_edtf("1998-11/1998-12"), is_edtf("17 November")
    (True, True, False)
    """
    return dates.interval(value) is not None


def _edtf(value: str | None) -> str | None:
    if value is not None and not is_edtf(value):
        raise ValueError(f"{value!r} is no EDTF date; write 1998-11-17, 1998-11, 1998, 199X, 1998-11-17/1998-11-20")
    return value


class _Dated(_Value):
    @field_validator("edtf", "date", "published", check_fields=False)
    @classmethod
    def _date(cls, value: str | None) -> str | None:
        return _edtf(value)


class TimeValue(_Dated):
    """What a time expression means, as an EDTF date."""

    edtf: Short
    type: Literal["DATE", "TIME", "DURATION", "SET"] = "DATE"


class PlaceValue(_Value):
    """Which place is meant; a place without coordinates is drawn nowhere."""

    name: Short | None = None
    kind: Short | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    geonames_id: int | None = None
    within: Short | None = None
    radius_km: Annotated[float, Field(gt=0, le=20000)] | None = None
    country: Short | None = None

    @model_validator(mode="after")
    def _both(self) -> PlaceValue:
        if (self.lat is None) != (self.lon is None):
            raise ValueError("a place has both lat and lon, or neither")
        return self


class FigureValue(_Dated):
    """What a figure counts: its interval (null is an open end), of what, where, when, in whose voice."""

    low: Number | None = None
    high: Number | None = None
    approximate: bool | None = None
    unit: Short | None = None
    role: Short | None = None
    group: Short | None = None
    place: Short | None = None
    date: Short | None = None
    voice: Voice | None = None
    kind: Short | None = None

    @field_validator("role")
    @classmethod
    def _known(cls, role: str | None) -> str | None:
        if role is not None and role not in ROLES:
            raise ValueError(f"no figure has the role {role!r}; it is one of {', '.join(ROLES)}")
        return role

    @model_validator(mode="after")
    def _order(self) -> FigureValue:
        low, high = self.low, self.high
        if len({"low", "high"} & self.model_fields_set) == 1:
            raise ValueError("low and high are given together; null is an open end")
        if low is not None and high is not None and (low > high or math.isinf(low)):
            raise ValueError(f"low ({low:g}) lies above high ({high:g})")
        return self


class QuoteValue(_Dated):
    """Who says it, and whether in the speaker's own words."""

    speaker: Short | None = None
    direct: bool | None = None
    date: Short | None = None
    tier: Literal["says", "stance"] | None = None
    chain: Voice | None = None


class ActorValue(_Value):
    """Who is meant."""

    name: Short | None = None
    kind: Literal["person", "organisation", "group"] | None = None
    referent: Short | None = None


class ClaimValue(_Dated):
    """What happened, by whom, to whom, where, when, in whose voice."""

    type: Short | None = None
    trigger: Short | None = None
    agent: Short | None = None
    patient: Short | None = None
    place: Short | None = None
    date: Short | None = None
    polarity: Short | None = None
    modality: Short | None = None
    voice: Voice | None = None


class DateValue(_Dated):
    """The date of an event, in EDTF."""

    date: Short


class PlacesValue(_Value):
    """The places of an event, by name."""

    places: Annotated[tuple[Short, ...], Field(max_length=30)]


class TitleValue(_Value):
    """The title of an event, in the person's own words."""

    title: Annotated[str, Field(min_length=1, max_length=300)]


class VerdictValue(_Value):
    """How the readings stand."""

    verdict: Literal["agree", "compatible", "conflict", "single", "unjudged"]


class WrongValue(_Value):
    """Why a comparison is none."""

    because: Literal["other scope", "other event", "misreading", "other"]


class SourceValue(_Value):
    """The third from which both have it: an account's id, or a name from outside; empty where it is not known."""

    source: Annotated[str, Field(max_length=300)] = ""


class NameValue(_Value):
    """What a bearer of names is called."""

    name: Short


class AccountValue(_Dated):
    """What is known of an account; ``agency`` is the news agency whose copy it prints."""

    title: Short | None = None
    publisher: Short | None = None
    party: Short | None = None
    published: Short | None = None
    agency: Short | None = None


class KnownValue(_Value):
    """The ids of the accounts whose writers could have known this one; none: nobody could."""

    accounts: Annotated[tuple[Short, ...], Field(max_length=2000)]


class QuestionValue(_Value):
    """To whom the question goes; nobody in particular where it is left out."""

    to: Short | None = None
