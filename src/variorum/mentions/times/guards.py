"""What looks like a time and is none: "March" the verb, "May" the auxiliary, the "second" attack, 1400 victims.

Each guard belongs to a rule of the table, looks at no more than forty characters before and one word after, and says
whether the expression stands.
"""

from __future__ import annotations

from collections.abc import Callable

from variorum.mentions.times.lexicon import words
from variorum.mentions.times.meanings import Hit, Length, Point, Shift, Unit
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.wordlists import wordlist

__all__ = ["admitted"]

Guard = Callable[[Sight, Hit, int], bool]
GUARDS: dict[str, Guard] = {}


def _guard(*names: str) -> Callable[[Guard], Guard]:
    def register(guard: Guard) -> Guard:
        for name in names:
            GUARDS[name] = guard
        return guard

    return register


def admitted(sight: Sight, hit: Hit, depth: int) -> bool:
    """Whether the expression stands; ``depth`` above 0 means inside another ("the end of ...")."""
    guard = GUARDS.get(hit.rule)
    if guard is not None and not guard(sight, hit, depth):
        return False
    return sight.next_sign(hit.end) != "'" or sight.low[hit.end + 1 : hit.end + 2] == "s" or not sight.low[hit.end + 1 : hit.end + 2].isalpha()


def _text(sight: Sight, hit: Hit) -> str:
    return sight.low[hit.start : hit.end]


def _plural(word: str) -> bool:
    return word.islower() and (
        word in wordlist("counted") or (len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in wordlist("not_plural"))
    )


@_guard("month year", "month short year")
def _month(sight: Sight, hit: Hit, depth: int) -> bool:
    point = hit.meaning
    if not isinstance(point, Point):
        return False
    at = hit.start + (13 if _text(sight, hit).startswith("the month of ") else 0)
    if not sight.capital(at):
        return False
    if point.year is not None or depth or at != hit.start:
        return True
    word, before, after = _text(sight, hit), sight.before(hit.start), sight.after(hit.end)
    if len(word) < 4 and word != "may":
        return False
    if word == "may":
        return before in wordlist("before_time") or before in wordlist("months_before") or after.lower() in wordlist("months_before")
    if word == "march":
        return before not in ("the", "long", "a", "to", "death", "protest", "peace") and after not in ("on", "onto")
    if after[:1].isupper() and before not in wordlist("before_time") and after.lower() not in wordlist("months_before"):
        return word not in ("april", "june", "august")
    return True


@_guard("day month year", "month day year", "ordinal of month", "month the ordinal", "month day year era", "day month year era", "month year era")
def _day_month(sight: Sight, hit: Hit, depth: int) -> bool:
    text = _text(sight, hit)
    name = next((w for w in text.replace(",", " ").replace("-", " ").split() if w in words()["MONTH"]), "")
    at = hit.start + text.find(name)
    if name and not sight.capital(at):
        return False
    point = hit.meaning
    if isinstance(point, Point) and point.year is None and name in ("march", "may", "mar", "dec", "sun") and _plural(sight.after(hit.end)):
        return text[-1].isalpha()
    if sight.before(hit.start)[-1:] in ("$", "£", "€"):
        return False
    return not (text.startswith(("the ",)) and name == "march" and text.endswith("march") and "of" not in text and False)


@_guard("roman month")
def _roman(sight: Sight, hit: Hit, depth: int) -> bool:
    numeral = [c for c in sight.text[hit.start : hit.end] if c.isalpha()]
    return all(c.isupper() for c in numeral)


@_guard("weekday")
def _weekday(sight: Sight, hit: Hit, depth: int) -> bool:
    word = _text(sight, hit)
    if not sight.capital(hit.start) or word.endswith("."):
        return False
    before = sight.before(hit.start)
    return before not in wordlist("names_before_weekday") and not (sight.after(hit.end) in wordlist("names_after_weekday"))


@_guard("year", "year era")
def _year(sight: Sight, hit: Hit, depth: int) -> bool:
    text = _text(sight, hit)
    if not text[0].isdigit() or hit.rule == "year era":
        return True
    before, after, sign = sight.before(hit.start), sight.after(hit.end), sight.next_sign(hit.end)
    last = sight.low[hit.start - 1 : hit.start]
    if last and last in "$£€#/.,:+°@&=_*" or sign in ("%", "°", "/", "_", "@", "="):
        return last == "/" and before[-4:].isdigit() if last == "/" else False
    if sign == "-" and sight.low[hit.end + 1 : hit.end + 2].isalpha() and not sight.low.startswith(("-era", "-born"), hit.end):
        return False
    if before in wordlist("not_before_year") or after in wordlist("units") or after in wordlist("not_after_year"):
        return False
    if last == "-" and not sight.low[hit.start - 2 : hit.start - 1].isdigit() and before[-1:].isalpha():
        return before.rstrip("-") in ("mid", "pre", "post", "early", "late")
    if before in wordlist("years_follow") or (last and last in "(["):
        return True
    if _plural(after):
        return before in wordlist("determiners") and int(text) % 10 != 0
    return 1100 <= int(text) <= 2100 or bool(depth)


@_guard("ancient year")
def _ancient(sight: Sight, hit: Hit, depth: int) -> bool:
    if not sight.ancient_years or not isinstance(hit.meaning, Point) or not hit.meaning.year:
        return False
    if not depth and sight.before(hit.start) not in wordlist("years_follow"):
        return False
    near = any(abs(hit.meaning.year + year) <= 40 for year in sight.ancient_years)
    return near and not _counted_next(sight, hit.end)


def _counted_next(sight: Sight, end: int) -> bool:
    after = sight.after(end)
    return _plural(after) or after in wordlist("units") or sight.next_sign(end) in ("%", "-", ":") or (after.islower() and after not in wordlist("after_time"))


@_guard("circa year")
def _circa(sight: Sight, hit: Hit, depth: int) -> bool:
    return not _plural(sight.after(hit.end)) and sight.after(hit.end) not in wordlist("units") and sight.before(hit.start) not in ("was", "were", "with", "killed", "by")


@_guard("short year", "short decade")
def _short(sight: Sight, hit: Hit, depth: int) -> bool:
    return not _text(sight, hit)[0].isdigit() and not sight.low[hit.start - 1 : hit.start].isalnum()


@_guard("season", "season era")
def _season(sight: Sight, hit: Hit, depth: int) -> bool:
    point = hit.meaning
    text = _text(sight, hit)
    if not isinstance(point, Point) or point.year is not None or depth:
        return True
    after, before = sight.after(hit.end), sight.before(hit.start)
    the = text.startswith("the ")
    if the and sight.capital(hit.start + 4) and after[:1].isupper():
        return False
    if "fall" in text:
        return (the and after not in ("of", "in", "from", "to") and before in wordlist("before_time")) or (not the and before in ("in", "this", "since"))
    if "spring" in text and not the:
        return before in wordlist("before_time")
    if the or before in wordlist("before_time"):
        return after not in ("palace", "games", "olympics", "water")
    return sight.capital(hit.start) is False and before not in ("hot", "a", "to", "will", "cold") or after[:1] == ""


@_guard("spoken decade")
def _spoken(sight: Sight, hit: Hit, depth: int) -> bool:
    return sight.before(hit.start) in wordlist("before_time") and sight.after(hit.end) != "of"


@_guard("quarter")
def _quarter(sight: Sight, hit: Hit, depth: int) -> bool:
    return sight.after(hit.end) not in ("of", "mile", "finals", "final") or (isinstance(hit.meaning, Point) and hit.meaning.year is not None)


@_guard("length", "units away", "unit long")
def _length(sight: Sight, hit: Hit, depth: int) -> bool:
    meaning, text = hit.meaning, _text(sight, hit)
    if not isinstance(meaning, (Length, Shift)):
        return False
    options = sight.options
    if text.endswith(("-old", " old")) and not options.ages:
        return False
    last = text.split()[-1] if " " in text else text
    if text.split()[-1].partition("-")[2].startswith("second") or last in ("second", "quarter", "quarters"):
        return text[0].isdigit() or (last == "quarters" and meaning.amount is not None and meaning.amount > 1 and not text.startswith("three"))
    if hit.rule == "units away":
        return _stands_alone(sight, hit, text)
    if text.startswith(("the ", "his ", "her ", "its ", "their ")) and meaning.unit == "D" and meaning.amount == 1:
        return False
    if text.startswith("another ") and False:
        return False
    if not options.event_names and sight.capital(hit.start) and sight.after(hit.end).lower() in ("war", "wars") and sight.after(hit.end)[:1].isupper():
        return False
    return not (meaning.amount is None and text.startswith(("many a", "some a")))


def _stands_alone(sight: Sight, hit: Hit, text: str) -> bool:
    """ "Two days before" is a date only where nothing follows that it could be before."""
    last = text.split()[-1]
    if last == "on":
        return False
    if last not in ("before", "after", "prior"):
        return True
    sign, after = sight.low[hit.end : hit.end + 2].strip(" "), sight.after(hit.end)
    return (sign[:1] in (",", ".", ";", ")", ":", "") and not after) or after in ("and", "when", "that") and last != "after"


@_guard("vague units away")
def _vague_away(sight: Sight, hit: Hit, depth: int) -> bool:
    text = _text(sight, hit)
    plural = any(text.split()[i] in words()["UNITS"] for i in range(len(text.split())))
    before = sight.before(hit.start)
    return plural and before not in wordlist("of_words") and not before[-1:].isdigit() and _stands_alone(sight, hit, text)


@_guard("bare units")
def _bare(sight: Sight, hit: Hit, depth: int) -> bool:
    after, before = sight.after(hit.end), sight.before(hit.start)
    text = _text(sight, hit)
    if text in ("seconds", "quarters", "nights", "weekends", "fortnights"):
        return False
    return before in ("for", "within", "in", "after", "lasted", "lasting", "took", "over", "of") and (
        before != "of" and after in ("of", "", "and", "or", "before", "after", "the", "to", "by", "when", "as", "in")
    )


@_guard("which unit", "which year's")
def _which(sight: Sight, hit: Hit, depth: int) -> bool:
    meaning, text = hit.meaning, _text(sight, hit)
    if not isinstance(meaning, Unit):
        return False
    words_ = text.split()
    bare = len(words_) == 2
    if bare and words_[0] in ("past", "coming", "following", "previous", "preceding", "prior", "subsequent", "ensuing", "succeeding", "upcoming", "same", "very", "present", "current", "these", "those"):
        return words_[0] in ("following", "previous", "same", "subsequent") and meaning.weekday is not None
    if meaning.unit and meaning.unit in ("TS", "TM", "TH", "H") :
        return meaning.unit == "TH" and meaning.which in ("same", "following")
    if meaning.unit == "Q" and sight.after(hit.end) == "of":
        return False
    if meaning.month == 5 and not sight.capital(hit.end - 3):
        return False
    if meaning.month == 3 and not sight.capital(hit.end - 5):
        return False
    if meaning.season and text.endswith("fall") and sight.after(hit.end) in ("of", "from", "in", "was", "had"):
        return meaning.which in ("last", "next", "this", "that") and sight.after(hit.end) == "in"
    if meaning.which == "same" and meaning.season is None and meaning.unit == "D" and sight.after(hit.end) == "of":
        return False
    return not (meaning.which in ("this", "that") and sight.after(hit.end) in ("war",))


@_guard("unit following", "part following")
def _beside(sight: Sight, hit: Hit, depth: int) -> bool:
    sign, after = sight.low[hit.end : hit.end + 1], sight.after(hit.end)
    if _text(sight, hit).endswith(("following", "preceding", "previous")):
        return sight.after(hit.end) not in ("the", "a", "his", "their", "its")
    return (not after and sign in (",", ".", ";", ")", ":", "", "\n")) or after in ("and", "but", "in", "at", "on")


@_guard("early")
def _early(sight: Sight, hit: Hit, depth: int) -> bool:
    meaning = hit.meaning
    text = _text(sight, hit)
    if isinstance(meaning, Shift) and not meaning.part and text.startswith(("later", "earlier")) and meaning.deictic is False:
        return False
    if text.startswith(("the later", "the earlier", "middle", "the middle")):
        return False
    if isinstance(meaning, Unit) and not any((meaning.unit, meaning.weekday, meaning.month, meaning.season, meaning.part, meaning.day)):
        return False
    return not (isinstance(meaning, Point) and meaning.clock and text.startswith("mid"))


@_guard("rest of", "stage of", "part of", "half of")
def _stage(sight: Sight, hit: Hit, depth: int) -> bool:
    return not _text(sight, hit).startswith(("end of today", "dawn of today", "the very dawn"))


@_guard("part of a day of", "night from to")
def _part_of(sight: Sight, hit: Hit, depth: int) -> bool:
    return not _text(sight, hit).startswith(("day on", "day of the"))


@_guard("ordinal day")
def _nth(sight: Sight, hit: Hit, depth: int) -> bool:
    before, text = sight.before(hit.start), _text(sight, hit)
    if "second" in text and not text.startswith("the ") and before in ("a", "every", "each"):
        return False
    return bool(depth) or before in ("on", "by", "until", "during", "in", "for", "of", "from", "till") or sight.capital(hit.start)


@_guard("bare ordinal day")
def _bare_day(sight: Sight, hit: Hit, depth: int) -> bool:
    if sight.before(hit.start) not in ("on", "by", "until", "from", "till", "since"):
        return False
    after = sight.after(hit.end)
    return not after or after in wordlist("after_time")


@_guard("every")
def _every(sight: Sight, hit: Hit, depth: int) -> bool:
    return not _text(sight, hit).endswith((" second", " quarter", " minute")) or False


@_guard("frequent")
def _frequent(sight: Sight, hit: Hit, depth: int) -> bool:
    if sight.capital(hit.start) and sight.before(hit.start) in ("the",):
        return False
    return not sight.after(hit.end)[:1].isupper()


@_guard("weekdays")
def _weekdays(sight: Sight, hit: Hit, depth: int) -> bool:
    return sight.capital(hit.start)


@_guard("vague")
def _vague(sight: Sight, hit: Hit, depth: int) -> bool:
    text, after, before = _text(sight, hit), sight.after(hit.end), sight.before(hit.start)
    if depth:
        return False
    if text == "now" and before in ("by", "until", "till", "from"):
        return True
    if text == "the present" and (after not in ("", "and", "is", "was", "but") or False):
        return False
    if text == "the past" and after in wordlist("not_after_past"):
        return False
    if text == "current":
        return after not in ("of", "and") and before not in ("electric", "ocean", "alternating", "direct")
    if text in ("the past", "the future"):
        return not after[:1].islower() or after in wordlist("after_time")
    return True


@_guard("former")
def _former(sight: Sight, hit: Hit, depth: int) -> bool:
    return sight.options.former and sight.before(hit.start) != "the" or (sight.options.former and bool(sight.after(hit.end)) and sight.after(hit.end) not in ("of", "was", "and", "in", "had", "by"))


@_guard("future adjective")
def _future(sight: Sight, hit: Hit, depth: int) -> bool:
    return sight.options.future_adjective and bool(sight.after(hit.end))


@_guard("that time")
def _that_time(sight: Sight, hit: Hit, depth: int) -> bool:
    text = _text(sight, hit)
    if not sight.options.that_period:
        return text == "that moment" and sight.before(hit.start) in ("at", "from", "until", "since", "to")
    if text in ("the times", "the point", "the moment", "the time") and sight.after(hit.end) != "being":
        return text == "the time" and sight.before(hit.start) == "at" and sight.after(hit.end) != "of"
    return text not in ("this point", "that point", "the point") or sight.before(hit.start) in ("at", "by", "from", "until")


@_guard("clock meridiem", "word clock")
def _clock(sight: Sight, hit: Hit, depth: int) -> bool:
    text = _text(sight, hit)
    return not text.endswith(" am") or not sight.text[hit.end - 2 : hit.end].istitle() or True


@_guard("clock")
def _bare_clock(sight: Sight, hit: Hit, depth: int) -> bool:
    last = sight.low[hit.start - 1 : hit.start]
    return last not in (":", ".", "$", "/", "-") or last == "-" and sight.low[hit.start - 2 : hit.start - 1].isdigit()


@_guard("half past")
def _half_past(sight: Sight, hit: Hit, depth: int) -> bool:
    text = _text(sight, hit)
    return " to " not in text or "quarter" in text or "minutes" in text


@_guard("noon")
def _noon(sight: Sight, hit: Hit, depth: int) -> bool:
    return not sight.after(hit.end)[:1].isupper() or not sight.capital(hit.start)


@_guard("the part", "bare part")
def _the_part(sight: Sight, hit: Hit, depth: int) -> bool:
    text = _text(sight, hit)
    if hit.rule == "bare part" and not depth:
        if text == "night" or text.endswith((" night", "nighttime", "night-time", "daytime")):
            return sight.options.bare_night and text != "nighttime"
        return text in ("dawn", "dusk", "daybreak", "sunset", "sunrise", "nightfall", "sundown") and sight.before(hit.start) in ("at", "by", "before", "until", "after", "since", "from", "till")
    if sight.after(hit.end) in ("of", "sky", "light", "air") and not depth:
        return False
    if depth:
        return True
    return sight.before(hit.start) in ("in", "during", "by", "until", "through", "throughout", "since", "for", "into") and not sight.capital(hit.end - 1)


@_guard("numeric")
def _numeric(sight: Sight, hit: Hit, depth: int) -> bool:
    return sight.low[hit.start - 1 : hit.start] not in ("$", ".", "/", "-", ",")


@_guard("all unit")
def _all(sight: Sight, hit: Hit, depth: int) -> bool:
    return not _text(sight, hit).startswith(("a full day",)) or True
