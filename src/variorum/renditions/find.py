"""The renditions of two witnesses: chains of sentences, strong single pairs, and quoted strings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from variorum.lists import toml
from variorum.records import Parallel
from variorum.renditions.chains import local_chains
from variorum.renditions.embedding import Encoder, with_vote
from variorum.renditions.likeness import Bits, Matrix, Stack, Unit, likeness, shared_bits
from variorum.renditions.words import Running, plain_words

__all__ = ["Account", "renditions"]

_SET = toml("renditions")["find"]
ALONE: float = _SET["alone"]
ALONE_BITS: float = _SET["alone_bits"]
HOPE: float = _SET["hope"]
QUOTE: float = _SET["quote"]
QUOTE_BITS: float = _SET["quote_bits"]
QUOTE_WORDS: int = _SET["quote_words"]
FORMULA_WORDS: int = _SET["formula_words"]
LONGEST_FORMULA: int = _SET["longest_formula"]
PLACES: int = _SET["places"]


@dataclass(frozen=True, slots=True)
class Account:
    """A witness as units: its sentences in order, its quoted strings, and both together; ``bits`` weighs its stems."""

    witness: str
    sentences: Stack
    quotes: Stack
    both: Stack
    text: str
    running: Running
    bits: Bits


@dataclass(frozen=True, slots=True)
class Match:
    """Two units of two witnesses that give the same utterance."""

    left: Unit
    right: Unit
    likeness: float
    bits: float
    chain: int


def _measured(left: Stack, right: Stack, encoder: Encoder | None) -> tuple[Matrix, Matrix]:
    """Likeness and shared bits of every unit of ``left`` with every one of ``right``; a model may have a vote."""
    alike, bits = likeness(left, right)
    if encoder is not None:
        alike = with_vote(alike, [unit.text for unit in left.units], [unit.text for unit in right.units], encoder)
    return alike, bits


def _sentence_matches(left: Account, right: Account, encoder: Encoder | None) -> list[Match]:
    if encoder is None and shared_bits(left.sentences, right.sentences).max() < HOPE:
        return []
    alike, bits = _measured(left.sentences, right.sentences, encoder)
    found = []
    for pair in local_chains(alike):
        ours, theirs = left.sentences.units[pair.left], right.sentences.units[pair.right]
        match = Match(ours, theirs, pair.likeness, float(bits[pair.left, pair.right]), pair.chain)
        if pair.chain > 1 or (pair.likeness >= ALONE and match.bits >= ALONE_BITS):
            found.append(match)
    return found


def _mutual(alike: Matrix, bits: Matrix) -> list[tuple[int, int]]:
    """The pairs that are each other's likest, and alike enough for quotes."""
    if not alike.size:
        return []
    best_right, best_left = alike.argmax(axis=1), alike.argmax(axis=0)
    return [
        (i, int(j)) for i, j in enumerate(best_right)
        if best_left[j] == i and alike[i, j] >= QUOTE and bits[i, j] >= QUOTE_BITS
    ]  # fmt: skip


def _quote_matches(left: Account, right: Account, encoder: Encoder | None) -> list[Match]:
    """Quoted strings of either side against sentences and quoted strings of the other."""
    found = _word_for_word(left, right)
    found += [replace(match, left=match.right, right=match.left) for match in _word_for_word(right, left)]
    for ours, theirs in ((left.quotes, right.both), (left.sentences, right.quotes)):
        if len(ours) and len(theirs) and shared_bits(ours, theirs).max() >= QUOTE_BITS:
            alike, bits = _measured(ours, theirs, encoder)
            found += [
                Match(ours.units[i], theirs.units[j], float(alike[i, j]), float(bits[i, j]), 1)
                for i, j in _mutual(alike, bits)
            ]
    return found


_words_of_a_quote = lru_cache(maxsize=4096)(plain_words)


def _word_for_word(left: Account, right: Account) -> list[Match]:
    """Quoted strings of ``left`` of some length that stand in ``right`` with the same words, at most `PLACES` times."""
    found = []
    for quote in left.quotes.units:
        words = _words_of_a_quote(quote.text)
        if FORMULA_WORDS <= len(words) <= LONGEST_FORMULA:
            for start, end in right.running.places(words)[:PLACES]:
                there = Unit.of(right.text, start, end, quoted=True, speech=True)
                found.append(Match(quote, there, 1.0, sum(map(right.bits, sorted(there.words))), 1))
    return found


def _known(match: Match, others: Sequence[Match]) -> bool:
    """True when a match of sentences, or a better one of quotes, already covers this one on both sides."""
    for other in others:
        left = min(match.left.end, other.left.end) - max(match.left.start, other.left.start)
        right = min(match.right.end, other.right.end) - max(match.right.start, other.right.start)
        if left > 0 and right > 0:
            return True
    return False


def renditions(left: Account, right: Account, encoder: Encoder | None = None) -> list[Parallel]:
    """The rows of two witnesses, in the order of the left one; ``score`` is in bits that both sides share."""
    if not len(left.sentences) or not len(right.sentences):
        return []
    matches = _sentence_matches(left, right, encoder)
    for match in sorted(_quote_matches(left, right, encoder), key=lambda match: -match.bits):
        if not _known(match, matches):
            matches.append(match)
    return [_row(left.witness, right.witness, match) for match in sorted(matches, key=lambda match: match.left.start)]


def _row(a: str, b: str, match: Match) -> Parallel:
    kind = "rendition" if match.left.speech and match.right.speech else "close"
    why = f"likeness {match.likeness:.2f}"
    if match.chain > 1:
        why += f", one of {match.chain} sentences in the same order"
    left, right = (a, match.left), (b, match.right)
    (a_name, x), (b_name, y) = (left, right) if a < b else (right, left)
    return Parallel(
        a_name, x.start, x.end, x.text, b_name, y.start, y.end, y.text, kind, round(match.bits, 1), "undecided", why
    )
