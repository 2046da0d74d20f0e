"""Guards of durations, sets, and of what only stands in relation to the telling."""

from __future__ import annotations

import re

from variorum.mentions.times.guards import guard, said
from variorum.mentions.times.lexicon import words
from variorum.mentions.times.meanings import Hit, Length, Shift
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.wordlists import wordlist

__all__: list[str] = []

_CLAUSE_OPENS = re.compile(r"(?:^|[.!?\n“\"‘(;:—–])[ \n“\"‘(]*\Z")
_GOES_ON = re.compile(r"(?:,| in) (\w+)")
_MILITARY = re.compile(r"(?:[01][0-9]|2[0-4])[0-5][0-9] hours")


@guard("length", "units away", "unit long", "length period")
def _length(sight: Sight, hit: Hit, depth: int) -> bool:
    meaning, text = hit.meaning, said(sight, hit)
    if not isinstance(meaning, (Length, Shift)):
        return False
    if text.endswith(("-old", " old")) and not sight.options.ages:
        return False
    if sight.low.startswith(("-old", " old"), hit.end) and not sight.options.ages:
        return False
    if sight.next_sign(hit.end) == "-" and sight.low[hit.end + 1 : hit.end + 2].isalpha():
        return False
    if _MILITARY.fullmatch(text) and (text[0] == "0" or sight.before(hit.start) in wordlist("before_clock")):
        return False
    if isinstance(meaning, Shift):
        return _stands_alone(sight, hit, text)
    if meaning.unit == "Y" and meaning.amount and 1000 <= meaning.amount < 2100 and not text.endswith("years"):
        return False  # the 2010 year report
    if not sight.options.event_names and _names_event(sight, hit):
        return False
    return _unit_stands(sight, hit, meaning, text)


def _unit_stands(sight: Sight, hit: Hit, meaning: Length, text: str) -> bool:
    """ "A second attack", "three quarters of the town" and "many a day" are no lengths."""
    last = text.replace("-", " ").split()[-1]
    if last in ("second", "quarter", "quarters"):
        counted = last == "quarters" and meaning.amount is not None and meaning.amount > 1 and "three" not in text
        return (text[0].isdigit() or counted) and sight.after(hit.end) not in ("of", "the")
    if text.startswith("the ") and meaning.amount == 1:
        return False
    if text.startswith(("a ", "an ")) and sight.capital(hit.end - len(last)):
        return False
    if last == "nights" or last == "night":
        return text.split()[0] not in ("a", "another", "many") and sight.after(hit.end) not in (
            "club",
            "clubs",
            "shift",
        )
    return True


def _names_event(sight: Sight, hit: Hit) -> bool:
    """The length in the name of a war or a battle: both words have their capitals."""
    at = hit.start + 4 if said(sight, hit).startswith("the ") else hit.start
    named = sight.low[hit.end : hit.end + 1] == "'" or sight.after(hit.end)[:1].isupper()
    return named and sight.capital(at) and sight.text[at : hit.end].replace("-", " ").istitle()


def _stands_alone(sight: Sight, hit: Hit, text: str) -> bool:
    """ "Two days before" is a date only where nothing follows that it could be before."""
    last = text.split()[-1]
    if last == "on":
        return False
    if last not in ("before", "after", "prior"):
        return True
    after = sight.after(hit.end)
    if not after:
        return sight.low[hit.end : hit.end + 2].strip(" ")[:1] in (",", ".", ";", ")", ":", "", "\n")
    return (after in ("and", "had", "was", "were", "when") and last == "before") or after == "and"


@guard("units from")
def _units_from(sight: Sight, hit: Hit, depth: int) -> bool:
    """Three days after 5 May; but "for three days after 5 May" it lasted so long."""
    return sight.before(hit.start) not in wordlist("before_over")


@guard("vague units away")
def _vague_away(sight: Sight, hit: Hit, depth: int) -> bool:
    text, before = said(sight, hit), sight.before(hit.start)
    many = any(word in words()["UNITS"] for word in text.split())
    return many and before not in wordlist("of_words") and not before[-1:].isdigit() and _stands_alone(sight, hit, text)


@guard("bare units")
def _bare(sight: Sight, hit: Hit, depth: int) -> bool:
    """ "For months", "within days": a bare plural counts only after such words."""
    text, after, before = said(sight, hit), sight.after(hit.end), sight.before(hit.start)
    if text in ("seconds", "quarters", "nights", "weekends", "fortnights"):
        return False
    if before in ("for", "within", "lasted", "lasting", "took"):
        return after not in ("to", "past", "gone")
    return before in ("in", "after", "over") and (after in ("of", "", "and", "or") or before == "in")


@guard("last unit of")
def _last_unit(sight: Sight, hit: Hit, depth: int) -> bool:
    """ "The first year of the war" lasts a year; "the first month of the year" is a month."""
    following = sight.text[hit.end : hit.end + 24]
    if following.startswith((" of the year", " of the month", " of the week", " of the century", " of the decade")):
        return False
    if following.startswith((" of the ", " of his ", " of her ", " of its ", " of their ")):
        return True
    word = following[4:].split(" ")[0] if following.startswith(" of ") else ""
    return word[:1].isupper() and word.lower() not in words()["MONTH"]


@guard("which unit for")
def _which_for(sight: Sight, hit: Hit, depth: int) -> bool:
    """ "For the next decade" and "over the past year" tell how long; "the next year" when."""
    if depth or sight.after(hit.end) == "of":
        return False
    before = sight.before(hit.start)
    return (
        before in ("for", "over")
        or said(sight, hit).startswith("the past ")
        or (said(sight, hit).startswith("the last ") and before in ("in", "during", "within"))
    )


@guard("last lengths", "lengths which")
def _last_lengths(sight: Sight, hit: Hit, depth: int) -> bool:
    return not said(sight, hit).endswith(("quarters", "seconds")) and not said(sight, hit).startswith(
        ("the second ", "the very ")
    )


@guard("some day")
def _some_day(sight: Sight, hit: Hit, depth: int) -> bool:
    """ "One day" after a word of possibility or as a clause opens ("One day the ferry will go") is some day."""
    if not said(sight, hit).startswith("one "):
        return sight.before(hit.start) in wordlist("one_day") and said(sight, hit).endswith(" day")
    if sight.before(hit.start) in wordlist("one_day"):
        return said(sight, hit).endswith(" day")
    opens = bool(_CLAUSE_OPENS.search(sight.text, 0, hit.start)) or sight.before(hit.start) in wordlist("before_clause")
    after = sight.after(hit.end)
    named = after[:1].isupper() or after in wordlist("clause_subjects")
    joint = _GOES_ON.match(sight.low, hit.end)
    if joint is not None and (joint[1].isdigit() or joint[1] in wordlist("small_numbers")):
        return False
    return opens and (named or sight.next_sign(hit.end) == ",")


@guard("times a", "per")
def _rate(sight: Sight, hit: Hit, depth: int) -> bool:
    return not said(sight, hit).endswith((" second", " minute", " night"))


@guard("every")
def _every(sight: Sight, hit: Hit, depth: int) -> bool:
    return not said(sight, hit).endswith((" second", " quarter", " minute", " seconds"))


@guard("frequent")
def _frequent(sight: Sight, hit: Hit, depth: int) -> bool:
    """A paper's name is no set."""
    return not (sight.capital(hit.start) and sight.after(hit.end)[:1].isupper())


@guard("vague")
def _vague(sight: Sight, hit: Hit, depth: int) -> bool:
    text, after, before = said(sight, hit), sight.after(hit.end), sight.before(hit.start)
    if depth or (before == "as" and text == "recently"):
        return False
    if text == "current":
        return after not in ("of", "and", "") and before not in ("electric", "ocean", "alternating", "direct")
    if text == "present":
        return False
    if text == "the present":
        return not after or after in ("and", "day")
    if text in ("the past", "the future"):
        return not after.islower() or (after in wordlist("after_time") and after not in wordlist("not_after_past"))
    return True


@guard("former")
def _former(sight: Sight, hit: Hit, depth: int) -> bool:
    """ "The former" of two is no time."""
    if not sight.options.former:
        return False
    after = sight.after(hit.end)
    return sight.before(hit.start) != "the" or (bool(after) and after not in ("of", "was", "and", "in", "had", "by"))


@guard("future adjective")
def _future(sight: Sight, hit: Hit, depth: int) -> bool:
    return bool(sight.options.future_adjective and sight.after(hit.end))


@guard("that time")
def _that_time(sight: Sight, hit: Hit, depth: int) -> bool:
    text, before, after = said(sight, hit), sight.before(hit.start), sight.after(hit.end)
    if not sight.options.that_period:
        return text == "that moment" and before in ("at", "from", "until", "since", "to")
    if text.split()[-1] in ("times", "periods", "era"):
        return text.startswith(("this ", "that "))
    if text.startswith("the ") and not text.startswith("the same"):
        return text.endswith("time being") or (
            text == "the time" and before in ("at", "of") and after not in ("of", "to", "when")
        )
    if text.endswith("moment"):
        return before in ("at", "by", "from", "until", "till", "to")
    if (
        text == "this time"
        and before not in wordlist("before_part")
        and before not in ("at", "from", "of", "around", "about")
    ):
        return False
    return after not in ("table", "limit", "zone", "frame")
