"""Guards of the clock: what is a time of day, and what a score, a price, a count or an age."""

from __future__ import annotations

import re

from variorum.mentions.times.grammar import tree
from variorum.mentions.times.guards import guard, plural, said
from variorum.mentions.times.lexicon import words
from variorum.mentions.times.meanings import Hit
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.wordlists import any_of, wordlist

__all__: list[str] = []

_NEAR = re.compile(
    rf"\b(?:(?:{any_of('near_clock')}|a little|not long) (?:before|after|past)|(?:at|by) (?:{any_of('about')})) $"
)
_AT = re.compile(rf"\b(?:{any_of('at_clock')}) $")
_PART = tree(words()["PART"])
_DAY = tree([*words()["DEICTIC"], "tonight"])
_PLACED = re.compile(
    rf",? (?:sharp|in the {_PART}|at night|(?:that|this|the same|the next|the following) (?:{_PART}|day)|{_DAY}"
    rf"|last night|on (?:the \d|\d|{tree(words()['WEEKDAY'])}|the {_PART}))(?!\w)"
)


@guard("clock")
def _clock(sight: Sight, hit: Hit, depth: int) -> bool:
    """4:17, but not a score, a verse or a ratio."""
    last = sight.low[max(0, hit.start - 1) : hit.start]
    if last in (":", ".", "$", "/") or (last == "-" and not sight.low[max(0, hit.start - 2) : hit.start - 1].isdigit()):
        return False
    return sight.before(hit.start) not in wordlist("score_words")


@guard("clock h")
def _clock_h(sight: Sight, hit: Hit, depth: int) -> bool:
    """13h15; "13h" alone only where a clock is expected, for it may be a length too."""
    if sight.low[max(0, hit.start - 1) : hit.start] in (".", ",", "$", "/", "-", "+"):
        return False
    return not said(sight, hit).endswith("h") or sight.before(hit.start) in wordlist("before_clock")


@guard("pointed clock")
def _pointed_clock(sight: Sight, hit: Hit, depth: int) -> bool:
    """At 20.15, but not a price, a measure or a mark: a word of time before it, no unit or digit after it."""
    if said(sight, hit).endswith(("hours", "hrs", "hr")) and len(said(sight, hit).split(".")[0].split()[-1]) == 2:
        return True
    if sight.before(hit.start) not in wordlist("before_pointed_clock"):
        return False
    after = sight.low[hit.end : hit.end + 2]
    if after[:1] in ("%", "°", "/", "-") or (after[:1] in (".", ",") and after[1:].isdigit()):
        return False
    return sight.after(hit.end) not in wordlist("units_after_a_number")


@guard("bare military clock")
def _bare_military(sight: Sight, hit: Hit, depth: int) -> bool:
    """At 0530, 1400 GMT: four digits with a zero before them after "at", or with their zone."""
    text = said(sight, hit)
    if sight.low[max(0, hit.start - 1) : hit.start] in (".", ",", "$", "/", "-", "+", "#"):
        return False
    if not text.isdigit():
        return sight.text[hit.end - 1].isupper() or text.endswith("zulu")
    after = sight.after(hit.end)
    placed = text[0] == "0" and sight.before(hit.start) in wordlist("before_clock")
    return placed and not plural(after) and after not in wordlist("units_after_a_number")


@guard("bare hour")
def _bare_hour(sight: Sight, hit: Hit, depth: int) -> bool:
    """Shortly before 9, at nine that night; a number that counts something is none, and neither is an age."""
    lead, after = sight.low[max(0, hit.start - 24) : hit.start].replace("\n", " "), sight.after(hit.end)
    sign = sight.next_sign(hit.end)
    if sign in ("%", "°", "-", "/", ":", "'") or (sign == "." and sight.next_sign(hit.end + 1).isdigit()):
        return False
    if _PLACED.match(sight.low, hit.end):
        return _AT.search(lead) is not None or _NEAR.search(lead) is not None
    if _NEAR.search(lead) is None:
        return False
    return not after or (after in wordlist("after_time") and after != "of") or after[:1].isupper()


@guard("spoken clock")
def _spoken_clock(sight: Sight, hit: Hit, depth: int) -> bool:
    """At four-thirty; but "one twenty" may count."""
    after = sight.after(hit.end)
    placed = sight.before(hit.start) in wordlist("before_clock") and sight.before(hit.start) != "from"
    return placed and not plural(after) and after not in wordlist("units_after_a_number")


@guard("half past")
def _half_past(sight: Sight, hit: Hit, depth: int) -> bool:
    text = said(sight, hit)
    spoken = re.search(r"[ -]past[ \n]", text) or "quarter" in text or "minutes" in text
    return bool(spoken) and not plural(sight.after(hit.end))


@guard("noon")
def _noon(sight: Sight, hit: Hit, depth: int) -> bool:
    return not sight.capital(hit.start) or not sight.after(hit.end)[:1].isupper()
