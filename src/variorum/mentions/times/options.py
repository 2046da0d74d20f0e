"""The options of the finder of times: each settles what the conventions of annotation dispute."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from variorum.errors import ConfigError

__all__ = ["TimeOptions"]


_BY_MODE = ("that_period", "after_event", "former", "bare_night", "future_adjective", "open_sets")
"""Options that hold in narrative and not in news unless they are given."""


@dataclass(frozen=True, slots=True)
class TimeOptions:
    """What to count as a time expression, and how far one reaches; the defaults are the usage of TIMEX3.

    >>> TimeOptions(former=True).mode is None
    True
    """

    mode: str | None = None
    """"news" counts "on Friday" from the day of publication, "narrative" from the text; None decides for each text.
    Wrong to force on a collection that holds both."""
    numeric_order: str | None = None
    """"day first" or "month first" for 4/5/1998; None follows the unambiguous dates of the text, and leaves the date
    open without one. Wrong to force where American and British texts are mixed."""
    former: bool | None = None
    """Counts "former" and "formerly" as PAST_REF; None counts them in narrative. Wrong for news, where every "former
    minister" would be a time."""
    that_period: bool | None = None
    """Counts "at that time", "this period", "the time being"; None counts them in narrative, where they point back to
    a date, and not in news. Wrong where only what lies on a calendar is wanted."""
    bare_night: bool | None = None
    """Counts "at night" and a bare "night", which is no particular one; None counts them in narrative."""
    future_adjective: bool | None = None
    """Counts the adjective in "a future president"; None counts it in narrative. Wrong for news."""
    of_phrases: bool = False
    """A length takes what filled it: "three weeks of heavy rain". Wrong wherever extents are to be short."""
    after_event: bool | None = None
    """"Four days after the fall of the port" is one date, counted from where the narrative stands; None makes it one in
    narrative, where news has a length ("five days"). Wrong for TimeML corpora."""
    ages: bool = False
    """Counts "52 years old" and "52-year-old" as lengths. Wrong for news, where hardly any corpus does."""
    event_names: bool = False
    """Counts the length in a name such as "the Thirty Years' War". Wrong for a chronology."""

    open_sets: bool | None = None
    """"Daily" is any day (XXXX-XX-XX), as in TIMEX2, and not a frequency (P1D); None makes it so in narrative. Wrong
    for TimeML corpora."""

    @classmethod
    def told(cls, mode: str | None = None, numeric_order: str | None = None, also: str = "") -> TimeOptions:
        """The options as a configuration gives them: ``also`` names conventions, separated by commas.

        >>> TimeOptions.told(also="former, of_phrases").of_phrases
        True
        >>> TimeOptions.told(mode="nonsense")
        Traceback (most recent call last):
        ...
        variorum.errors.ConfigError: option times_mode: there is no mode 'nonsense'; there are news and narrative
        """
        known = sorted(f.name for f in fields(cls) if f.name not in ("mode", "numeric_order"))
        names = [name.strip() for name in also.split(",") if name.strip()]
        for name in names:
            if name not in known:
                raise ConfigError(
                    "option times_also", f"there is no convention {name!r}", f"there are {', '.join(known)}"
                )
        if mode not in (None, "news", "narrative"):
            raise ConfigError("option times_mode", f"there is no mode {mode!r}", "there are news and narrative")
        if numeric_order not in (None, "day first", "month first"):
            raise ConfigError(
                "option times_numeric_order",
                f"there is no order {numeric_order!r}",
                "there are 'day first' and 'month first'",
            )
        return cls(mode, numeric_order, **dict.fromkeys(names, True))

    def settled(self, mode: str) -> TimeOptions:
        """The options for a text of this mode, those that follow it settled.

        >>> TimeOptions().settled("news").that_period
        False
        """
        narrative = mode != "news"
        return replace(
            self,
            mode=mode,
            **dict.fromkeys((n for n in _BY_MODE if getattr(self, n) is None), narrative),  # type: ignore[arg-type]
        )
