"""Facts for and against a candidate being the name of a place: each a yes or no, each with a weight that adds up.

No fact decides by itself. What a text says elsewhere counts too: a name that a person bears, or that stands after "in".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from variorum.gazetteer import TOWNS, Gazetteer, kind_bit
from variorum.lists import toml
from variorum.mentions.places.candidates import Candidate
from variorum.mentions.places.vocabulary import Vocabulary, vocabulary
from variorum.mentions.places.words import Words

__all__ = ["Sight", "facts"]

_COUNTRY, _PROVINCE, _DISTRICT = kind_bit("country"), kind_bit("province"), kind_bit("district")
_TOWN = kind_bit(*TOWNS)
_AREA = kind_bit("region", "continent", "sea", "lake", "river", "mountain", "island", "bay", "strait", "canal")
_LARGER = _COUNTRY | _PROVINCE | kind_bit("region")
SAINT_TOWN: int = toml("limits")["places"]["saint_town"]
"""People of a town that is better known than the saint it is called after."""
_READINGS: int = toml("limits")["places"]["readings"]
_FEW: float = toml("limits")["places"]["few"]
_SPOKEN = toml("limits")["places"]["spoken"]
_TYPED = {
    "district": "area", "province": "area", "region": "area", "country": "area", "river": "water", "lake": "water",
    "sea": "water", "bay": "water", "strait": "water", "canal": "water", "island": "land", "mountain": "land",
    "street": "street", "building": "building", "city": "town", "town": "town", "village": "town",
}  # fmt: skip


class Sight:
    """What is seen of a whole text before its candidates are weighed one by one.

    ``labels`` gives, by index of a word, the label that the names layer has for it; empty without such a layer.
    With a ``gazetteer`` it is seen too how far the names of the text speak for each country.
    """

    def __init__(
        self,
        words: Words,
        found: Sequence[Candidate],
        labels: Mapping[int, str] | None = None,
        gazetteer: Gazetteer | None = None,
    ) -> None:
        self.words, self.found, self.lists = words, found, vocabulary()
        self.labels = labels
        self.lower = {k for k, c in zip(words.keys, words.capital, strict=True) if not c}
        self.persons = _persons(words, self.lists)
        self.counts: Counter[str] = Counter()
        self.placed: set[str] = set()
        self.contained: set[str] = set()
        self.starting = {c.first: number for number, c in enumerate(found)}
        self.lands = {} if gazetteer is None else _lands(words, found, gazetteer)
        self.spoken: dict[str, float] = defaultdict(float)
        for shares in self.lands.values():
            for country, share in shares.items():
                self.spoken[country] += share
        self.speaking = sum(self.spoken.values())
        for candidate in found:
            key = words.key(candidate.first, candidate.last)
            self.counts[key] += 1
            if _before(words, candidate) in self.lists.locative:
                self.placed.add(key)
            if self.larger_after(candidate):
                self.contained.add(key)

    def larger_after(self, candidate: Candidate) -> bool:
        """True before ", larger place"."""
        last = candidate.last
        if last >= len(self.words) or self.words.gap(last - 1) not in (", ", " (", ",\n"):
            return False
        number = self.starting.get(last)
        if number is None:
            return False
        after = self.found[number]
        return bool(after.finding.kinds & _LARGER) or after.typed in ("district", "province")


def _lands(words: Words, found: Sequence[Candidate], gazetteer: Gazetteer) -> dict[str, dict[str, float]]:
    """For each name how far it speaks for each country: a share for each of the places that it may mean."""
    lands: dict[str, dict[str, float]] = {}
    for candidate in found:
        key = words.key(candidate.first, candidate.last)
        if key in lands or not candidate.finding.numbers:
            continue
        countries = [gazetteer.entry(n).country for n in candidate.finding.numbers[:_READINGS]]
        told = [country for country in countries if country]
        lands[key] = {country: told.count(country) / len(countries) for country in told}
    return lands


def _before(words: Words, candidate: Candidate) -> str:
    """The word before a candidate, past an article and a compass word, where only spaces part them."""
    lists = vocabulary()
    index = candidate.first - 1
    if index < 0 or not words.joined[candidate.first]:
        return ""
    for _ in range(2):
        if index > 0 and words.joined[index] and (words.keys[index] in lists.compass or words.forms[index] == "the"):
            index -= 1
    return words.keys[index]


def _persons(words: Words, lists: Vocabulary) -> set[str]:
    """Keys of words that name a person somewhere in the text: after a title or a given name."""
    found: set[str] = set()
    for index in range(len(words)):
        form = words.forms[index]
        if form not in lists.titles and form not in lists.given:
            continue
        if index and words.joined[index] and words.forms[index - 1] in lists.locative and form not in lists.titles:
            continue
        last = index + 1
        while last < len(words) and last <= index + 3 and words.joined[last] and words.capital[last]:
            if words.forms[last] in lists.organisation or words.forms[last] in lists.last:
                break
            last += 1
        if last > index + 1:
            found.add(words.keys[last - 1])
    return found


def facts(sight: Sight, candidate: Candidate) -> list[str]:
    """The facts that hold of a candidate, by name.

    >>> from variorum.gazetteer import Finding
    >>> from variorum.mentions.places.words import split
    >>> one = Candidate(3, 4, Finding((), 0, 0), (3, 4))
    >>> [f for f in facts(Sight(split("She lived in Merrow for years."), [one]), one) if f.startswith("after")]
    ['after_locative']
    """
    held = _of_entry(candidate) + _of_form(sight, candidate) + _of_left(sight, candidate) + _of_right(sight, candidate)
    return held + _of_text(sight, candidate)


def _of_entry(candidate: Candidate) -> list[str]:
    kinds, people = candidate.finding.kinds, candidate.finding.population
    if not kinds:
        return ["no_entry"]
    held = []
    for name, bits in (("country", _COUNTRY), ("province", _PROVINCE), ("district", _DISTRICT), ("area", _AREA)):
        if kinds & bits:
            held.append(f"is_{name}")
    if not held and kinds & _TOWN:
        size = "tiny" if people < 1000 else "small" if people < 5000 else "middling" if people < 100_000 else "large"
        held.append(f"town_{size}")
    if people >= 1_000_000:
        held.append("has_million")
    if len(candidate.finding.numbers) > 8:
        held.append("many_readings")
    return held


def _of_form(sight: Sight, candidate: Candidate) -> list[str]:
    words, held = sight.words, []
    size = candidate.named[1] - candidate.named[0]
    form = words.text[words.starts[candidate.first] : words.ends[candidate.last - 1]]
    if size > 1:
        held.append("several_words")
    if form.isupper():
        held.append("capitals_long" if len(form) > 4 else "capitals_short")
    if len(form) <= 3:
        held.append("short")
    if form in sight.lists.tongues and not candidate.typed and not sight.larger_after(candidate):
        held.append("tongue")
    if candidate.typed:
        held.append(f"typed_{_TYPED.get(candidate.typed, 'other')}")
        if candidate.finding.kinds:
            held.append("typed_known")
    if candidate.told:
        held.append("told_kind")
    inside = words.forms[candidate.first : candidate.last]
    if size > 1 and any(f in sight.lists.organisation for f in inside):
        held.append("holds_organisation")
    if not candidate.finding.kinds and not candidate.typed and any(f in sight.lists.common for f in inside):
        held.append("holds_common")
    return held


def _of_left(sight: Sight, candidate: Candidate) -> list[str]:
    words, lists, held = sight.words, sight.lists, []
    first = candidate.first
    if words.opens[first]:
        held.append("opens_sentence")
    held += _of_gap_before(sight, candidate)
    if first == 0 or not words.joined[first]:
        return held
    before, form = _before(words, candidate), words.forms[first - 1]
    if before in lists.locative:
        held.append("after_locative")
    elif before in lists.direction:
        held.append("after_direction")
    if before in lists.locative and not candidate.finding.kinds and not candidate.typed:
        held.append(f"unknown_after_{before}" if before in ("in", "near") else "unknown_after_other")
    if words.keys[first - 1] in lists.compass:
        held.append("after_compass")
    return held + _of_word_before(sight, first, form)


def _of_word_before(sight: Sight, first: int, form: str) -> list[str]:
    """What kind of word stands just before."""
    words, lists, held = sight.words, sight.lists, []
    if form == "the":
        held.append("after_the")
    if form in lists.titles:
        held.append("after_title")
    elif form in lists.given:
        held.append("after_given")
    elif len(form) == 2 and form[1] == "." and form[0].isupper():
        held.append("after_initial")
    elif words.capital[first - 1] and words.keys[first - 1] not in lists.opening:
        held.append("after_place" if _ends_at(sight, first) else "after_capital")
    if form[0].isdigit():
        held.append("after_number")
    if form == "of" and first >= 2 and words.forms[first - 2] in lists.organisation:
        held.append("after_organisation_of")
    return held


def _ends_at(sight: Sight, index: int) -> bool:
    return any(n in sight.starting and sight.found[sight.starting[n]].last == index for n in range(index - 4, index))


def _of_gap_before(sight: Sight, candidate: Candidate) -> list[str]:
    words, first = sight.words, candidate.first
    gap = words.gap(first - 1)
    if gap in (", ", ",\n"):
        return ["comma_after_candidate" if _ends_at(sight, first) else "comma_before"]
    if first >= 2 and words.forms[first - 1] == "and" and _ends_at(sight, first - 1):
        return ["and_after_candidate"]
    return ["hyphen_before"] if gap == "-" else []


def _of_right(sight: Sight, candidate: Candidate) -> list[str]:
    words, held = sight.words, []
    last = candidate.last
    if sight.larger_after(candidate):
        held.append("before_larger")
    if _before_near(sight, candidate):
        held.append("before_near")
    if words.possessive[last - 1]:
        held.append("possessive")
    if last >= len(words):
        return held
    form = words.forms[last]
    if words.joined[last]:
        return held + _of_word_after(sight, last, form)
    if words.gap(last - 1) == ", " and form[0].isdigit() and len(form) <= 3:
        held.append("before_age")
    if words.gap(last - 1) in (", ", ",\n") and last in sight.starting and "before_larger" not in held:
        held.append("comma_before_candidate")
    return held


def _of_word_after(sight: Sight, last: int, form: str) -> list[str]:
    """What kind of word stands just after."""
    words, lists, held = sight.words, sight.lists, []
    if words.gap(last - 1) == "-":
        held.append("hyphen_after")
    if form in lists.organisation:
        held.append("before_organisation")
    elif words.capital[last]:
        given = words.forms[last - 1] in lists.given
        held.append("given_before_capital" if given else "before_place" if last in sight.starting else "before_capital")
    elif words.keys[last] in lists.metonymy:
        held.append("before_saying")
    elif words.keys[last] == "and" and last + 1 in sight.starting:
        held.append("and_before_candidate")
    if form in lists.suffixes:
        held.append("before_suffix")
    return held


def _is_saint(sight: Sight, candidate: Candidate) -> bool:
    """St Mary, St Peter: a saint rather than one of the small towns of that name, where nothing places it."""
    words, first = sight.words, candidate.first
    if words.keys[first].rstrip(".") != "st" or candidate.typed or candidate.finding.population >= SAINT_TOWN:
        return False
    return (
        candidate.last - first == 2
        and words.forms[first + 1] in sight.lists.given
        and not sight.larger_after(candidate)
    )


def _before_near(sight: Sight, candidate: Candidate) -> bool:
    """ "Hale, near Asker" and "Hale outside the town of Asker": a place is told by another."""
    words, last = sight.words, candidate.last
    if last >= len(words) or words.forms[last] not in sight.lists.near or words.gap(last - 1) not in (" ", ", "):
        return False
    return any(n in sight.starting for n in range(last + 1, min(last + 6, len(words))) if words.joined[n])


def _of_text(sight: Sight, candidate: Candidate) -> list[str]:
    words, lists, held = sight.words, sight.lists, []
    key = words.key(candidate.first, candidate.last)
    single = candidate.last - candidate.first == 1
    form = words.forms[candidate.first]
    if single:
        if key in sight.lower:
            held.append("seen_lower")
        if form in lists.common or form.capitalize() in lists.common:
            held.append("opens_common" if words.opens[candidate.first] else "common_word")
    if words.keys[candidate.last - 1] in sight.persons:
        held.append("person_elsewhere")
    if single and form in lists.given:
        held.append("is_given")
    elif single and form in lists.surnames:
        held.append("is_surname")
    elif not single and form in lists.given:
        held.append("begins_with_given")
    if key in sight.placed:
        held.append("placed_elsewhere")
    elif not single and _is_saint(sight, candidate):
        held.append("saint")
    if key in sight.contained:
        held.append("contained_elsewhere")
    if sight.counts[key] > 2:
        held.append("repeated")
    return held + _of_lands(sight, key) + _of_layer(sight, candidate)


def _of_layer(sight: Sight, candidate: Candidate) -> list[str]:
    """What the names layer says of it."""
    if sight.labels is None:
        return []
    first, held = candidate.first, []
    if first and sight.words.joined[first] and sight.labels.get(first - 1) == sight.labels.get(first) == "PERSON":
        held.append("layer_ends_person")
    label = next((sight.labels[n] for n in range(first, candidate.last) if n in sight.labels), "nothing")
    return [*held, f"layer_{label.lower()}"]


def _of_lands(sight: Sight, key: str) -> list[str]:
    """How far the other names of the text speak for a country in which this one may lie."""
    own = sight.lands.get(key)
    if own is None:
        return []
    if not own:
        return ["lands_wide"]
    if sight.speaking - sum(own.values()) < _FEW:
        return ["lands_few"]
    most = max(sight.spoken[country] - share for country, share in own.items())
    return [next((f"lands_{name}" for name, least in _SPOKEN.items() if most >= least), "lands_none")]
