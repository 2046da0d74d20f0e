"""One utterance in two wordings: quotations of two witnesses, and renditions of one speech."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from variorum.dates import interval
from variorum.lists import toml
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.records import Quote, Reading
from variorum.sentences import Passage, stems
from variorum.verdicts import Standing

__all__ = ["quotation_rows"]

_SET = toml("readings")["wording"]
LIKE: float = _SET["like"]
SURE: int = _SET["sure"]
LEAD = re.compile(r"[a-z]{0,8}[,:]? ?[\"“„«]")
RENDERED: int = _SET["rendered"]
RETOLD: int = _SET["retold"]
RETOLD_LIKE: float = _SET["retold_like"]
RETOLD_MOST: int = _SET["retold_most"]
OPENING: int = _SET["opening"]
TOKEN = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Uttered:
    """A sentence, or part of one, of a quotation."""

    passage: Passage
    quote: Quote
    start: int
    end: int
    tokens: tuple[str, ...]
    words: frozenset[str]

    @property
    def key(self) -> tuple[str, int]:
        """The quotation of which it is a sentence."""
        return (self.passage.witness, self.quote.start)

    def reading(self, attribute: str = "wording") -> Reading:
        """The words as a reading, with their speaker as the voice."""
        item = reading(self.passage, self.start, self.end, attribute)
        return replace(item, voice=[self.quote.speaker] if self.quote.speaker else [], date=self.quote.date)


def uttered(collation: Collation) -> list[Uttered]:
    """Every sentence of every direct quotation, cut to what lies inside the marks."""
    found = []
    for passage in collation.items:
        for quote in passage.quotes:
            start, end = _inside_marks(passage, quote)
            tokens = tokens_of(passage.text[start - passage.start : end - passage.start])
            if quote.direct and len(tokens) >= 3:
                found.append(Uttered(passage, quote, start, end, tokens, stems(" ".join(tokens))))
    return found


def _inside_marks(passage: Passage, quote: Quote) -> tuple[int, int]:
    """The part of a quotation that lies in a passage, from its opening mark on when that stands after a word or two."""
    start, end = max(passage.start, quote.start), min(passage.end, quote.end)
    lead = LEAD.match(passage.text, start - passage.start, max(start, end) - passage.start)
    return (passage.start + lead.end(), end) if lead else (start, end)


def tokens_of(text: str) -> tuple[str, ...]:
    """The words of a text, lower case, without marks.

    >>> tokens_of('We will not leave, "full stop".')
    ('we', 'will', 'not', 'leave', 'full', 'stop')
    """
    return tuple(m[0].lower().replace("’", "'") for m in TOKEN.finditer(text))


def likeness(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Common words over all words of both, with repetitions, 0 to 1.

    >>> likeness(("we", "stay"), ("we", "go"))
    0.3333333333333333
    """
    x, y = Counter(a), Counter(b)
    return sum((x & y).values()) / max(1, sum((x | y).values()))


def weighed(a: frozenset[str], b: frozenset[str], idf: Mapping[str, float]) -> float:
    """Common content words over all content words of both, each by its rarity, 0 to 1; 1 when there are none.

    >>> weighed(frozenset({"return", "asker"}), frozenset({"return", "tolven"}), {"return": 1.0, "asker": 2.0})
    0.2
    """
    every = math.fsum(idf.get(w, 2.0) for w in a | b)
    return math.fsum(idf.get(w, 2.0) for w in a & b) / every if every else 1.0


def quotation_rows(collation: Collation) -> Iterator[Row]:
    """Quotations of one utterance: other words, the same words, or another speaker.

    Of each pair of witnesses a sentence goes with the one most like it, so that a slogan said twice with a variation
    does not conflict with itself.
    """
    items = uttered(collation)
    pairs = list(_best(items, collation.rarity.idf))
    rendered = _rendered(pairs)
    told: set[tuple[str | None, ...]] = set()
    merged: dict[frozenset[tuple[str, ...]], Row] = {}
    for a, b, like, inside in pairs:
        row = _wording(a, b, like, inside)
        if row.verdict == Standing.CONFLICT and frozenset((a.passage.witness, b.passage.witness)) in rendered:
            row.rule, row.sure = "rendition", "low"
        first = merged.setdefault(frozenset((a.tokens, b.tokens)), row)
        if first is not row:
            _merge(first, row)
        other = _speaker(a, b, like)
        if other and (key := (a.passage.witness, b.passage.witness, a.quote.speaker, b.quote.speaker)) not in told:
            told.add(key)
            yield other
    yield from merged.values()
    yield from _retold(items, collation, {frozenset((a.key, b.key)) for a, b, _, _ in pairs})


def _retold(items: Sequence[Uttered], collation: Collation, paired: set[frozenset[tuple[str, int]]]) -> Iterator[Row]:
    """Whole quotations of one speaker that share several rare words, and are in no words alike: told in other words."""
    whole: dict[tuple[str, int], list[Uttered]] = defaultdict(list)
    for item in items:
        whole[item.key].append(item)
    index: dict[str, list[tuple[str, int]]] = defaultdict(list)
    words = {key: frozenset().union(*(i.words for i in told)) for key, told in whole.items()}
    for key, held in words.items():
        for word in held:
            index[word].append(key)
    shared = Counter(
        pair for keys in index.values() if len(keys) <= RETOLD_MOST for pair in combinations(sorted(keys), 2)
    )
    for (x, y), count in sorted(shared.items()):
        a, b = whole[x][0], whole[y][0]
        like = weighed(words[x], words[y], collation.rarity.idf)
        if count >= RETOLD and x[0] != y[0] and like >= RETOLD_LIKE and frozenset((x, y)) not in paired and _one(a, b):
            why = f"{cite(a.reading())}, {cite(b.reading())}: one utterance, told in other words."
            found, at = [a.reading(), b.reading()], [a.passage, b.passage]
            scope = a.quote.speaker or b.quote.speaker or ""
            yield Row("quotation", "wording", scope, Standing.COMPATIBLE, why, found, "high", 1 - like, 2, at)


def _one(a: Uttered, b: Uttered) -> bool:
    """True when two quotations may be of one speaker on one day: both are named by a word in common, or one is not."""
    x, y = (stems(i.quote.speaker or "") for i in (a, b))
    return not _other_day(a.quote.date, b.quote.date) and (not x or not y or bool(x & y))


def _by_one(a: Uttered, b: Uttered) -> bool:
    """True when both speakers are named, by a word in common."""
    return bool(stems(a.quote.speaker or "") & stems(b.quote.speaker or ""))


def _merge(first: Row, row: Row) -> None:
    """Adds the readings of a row on the same two wordings: one difference in five witnesses is one."""
    first.readings += [r for r in row.readings if r not in first.readings]
    first.passages += [p for p in row.passages if p not in first.passages]
    first.lineages = len({p.witness for p in first.passages})


def _rendered(pairs: Sequence[tuple[Uttered, Uttered, float, bool]]) -> set[frozenset[str]]:
    """Pairs of witnesses that give one speech at length in two renditions; their words differ throughout."""
    counts: Counter[frozenset[str]] = Counter()
    for a, b, _, inside in pairs:
        if a.tokens != b.tokens and not inside:
            counts[frozenset((a.passage.witness, b.passage.witness))] += 1
    return {pair for pair, n in counts.items() if n >= RENDERED}


def _best(items: list[Uttered], idf: Mapping[str, float]) -> Iterator[tuple[Uttered, Uttered, float, bool]]:
    """Pairs of quotations that are each other's likest in the two witnesses, equals included."""
    scored: list[tuple[float, int, int, bool]] = []
    top: dict[tuple[int, str], float] = defaultdict(float)
    for i, j in _candidates(items):
        a, b = items[i], items[j]
        if a.passage.witness == b.passage.witness or _other_day(a.quote.date, b.quote.date):
            continue
        if not (a.words and b.words) and a.tokens != b.tokens and not _by_one(a, b):
            continue  # what anybody may say
        like = min(likeness(a.tokens, b.tokens), weighed(a.words, b.words, idf) + 1e-9)
        inside = _inside(a.tokens, b.tokens) or _inside(b.tokens, a.tokens)
        if like >= LIKE or (inside and min(len(a.tokens), len(b.tokens)) >= OPENING):
            rank = like + inside
            scored.append((like, i, j, inside))
            for key in ((i, b.passage.witness), (j, a.passage.witness)):
                top[key] = max(top[key], rank)
    for like, i, j, inside in sorted(scored, key=lambda t: (-t[0], t[1], t[2])):
        a, b = items[i], items[j]
        if like + inside >= max(top[(i, b.passage.witness)], top[(j, a.passage.witness)]) - 1e-9:
            yield a, b, like, inside


def _other_day(a: str | None, b: str | None) -> bool:
    """Words said on two days are two utterances."""
    x, y = interval(a), interval(b)
    return x is not None and y is not None and x.length <= 1 and y.length <= 1 and not x.meets(y)


def _candidates(items: list[Uttered]) -> Iterator[tuple[int, int]]:
    """Pairs of quotations that share a rare word, by an inverted index; a word in more than 40 makes no pair.

    A saying without any such word ("They would have it so") is looked for by its first four words in all others.
    """
    index: dict[str, list[int]] = defaultdict(list)
    wanted = {item.tokens[:OPENING] for item in items if not item.words and len(item.tokens) >= OPENING}
    for i, item in enumerate(items):
        for word in item.words or set(item.tokens):
            index[word].append(i)
        runs = {item.tokens[at : at + OPENING] for at in range(len(item.tokens) - OPENING + 1)} if wanted else set()
        for run in sorted(runs & wanted):
            index[" ".join(run)].append(i)
    found: set[tuple[int, int]] = set()
    for word in sorted(index):
        if len(index[word]) <= 40:
            found.update(combinations(index[word], 2))
    return iter(sorted(found))


def _inside(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    n = len(short)
    return n < len(long) and any(long[i : i + n] == short for i in range(len(long) - n + 1))


def _wording(a: Uttered, b: Uttered, like: float, inside: bool) -> Row:
    said = f"{cite(a.reading())}, {cite(b.reading())}"
    if a.tokens == b.tokens:
        verdict, why = Standing.AGREE, f"{said}: the same words."
    elif inside:
        verdict, why = Standing.COMPATIBLE, f"{said}: one is wholly inside the other."
    else:
        verdict = Standing.CONFLICT
        only = [" ".join(w for w in x if w not in y) for x, y in ((a.tokens, b.tokens), (b.tokens, a.tokens))]
        apart = "; ".join(
            f"only {w} has “{o}”" for w, o in zip((a.passage.witness, b.passage.witness), only, strict=True) if o
        )
        why = f"{said}: words in marks that differ{' (' + apart + ')' if apart else ''}."
    sure = "high" if verdict != Standing.CONFLICT or min(len(a.tokens), len(b.tokens)) >= SURE else "low"
    scope = a.quote.speaker or b.quote.speaker or ""
    return Row(
        "quotation",
        "wording",
        scope,
        verdict,
        why,
        [a.reading(), b.reading()],
        sure,
        1 - like,
        2,
        [a.passage, b.passage],
    )


def _speaker(a: Uttered, b: Uttered, like: float) -> Row | None:
    """Another speaker of the same words; both must be named, and by names that have no word in common."""
    x, y = a.quote.speaker, b.quote.speaker
    if not x or not y or like < 0.7 or len(a.tokens) < 5:
        return None
    if not (_person(x) and _person(y)) or set(tokens_of(x)) & set(tokens_of(y)):
        return None
    first, second = _by(a), _by(b)
    why = f"{cite(a.reading())} from {x}; {cite(b.reading())} from {y}: the same words, another speaker."
    sure = "high" if _beside(a) and _beside(b) else "low"
    return Row(
        "quotation", "speaker", "", Standing.CONFLICT, why, [first, second], sure, 0.5, 2, [a.passage, b.passage]
    )


def _by(item: Uttered) -> Reading:
    return replace(item.reading("speaker"), value=item.quote.speaker)


def _beside(item: Uttered) -> bool:
    """The speaker is named, not with a pronoun, in the sentence of the words."""
    start, end = item.quote.speaker_start, item.quote.speaker_end
    if start is None or end is None or not item.passage.start <= start < item.passage.end:
        return False
    return item.passage.text[start - item.passage.start : end - item.passage.start][:1].isupper() and end - start > 3


def _person(name: str) -> bool:
    """A name that can stand against another: two words or more, all with a capital, no office or country alone."""
    words = name.split()
    return len(words) > 1 and all(w[:1].isupper() for w in words) and words[0].lower() not in ("the", "a", "an")
