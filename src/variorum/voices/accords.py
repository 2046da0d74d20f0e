"""``According to Hale``, ``in the words of Hale``, ``Hale said`` at the end: what attributes the rest of a clause."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from variorum.language.grammar import agent
from variorum.language.tree import Sentence, Tree, Word
from variorum.spans import Span
from variorum.voices.cues import says
from variorum.voices.extents import past_cue
from variorum.voices.reports import Report, past_citing
from variorum.voices.subjects import is_told, speaker_of, spoken_by, trimmed
from variorum.voices.titles import titles
from variorum.voices.words import forms, limit, listed

__all__ = ["find_accords"]

VIEWS, OF_WHOM, COUNTS = listed("views"), listed("of_whom"), listed("counts_of")
COUNTING = listed("counting") | listed("speaking") | listed("documents") | titles()
NOT_BEFORE, NOT_AFTER = listed("before_closing"), listed("after_closing")
TELLING = forms("telling")
NOUNS = ("NOUN", "PROPN", "PRON")
NO_NAME = ("VERB", "AUX", "NUM", "PRON", "CCONJ")


def find_accords(tree: Tree) -> Iterator[Report]:
    """Reports by such a phrase; the content is its clause without it, up to a semicolon."""
    for sentence in tree.sentences:
        yield from trailing(sentence)
    for word in tree.words:
        if word.low == "according" and word.i + 2 < len(tree) and tree[word.i + 1].low == "to":
            yield from according(word)
        elif word.low in VIEWS:
            yield from view(word)
        elif word.low in COUNTS:
            yield from by_count(word)
        elif word.low == "as" and word.dep in ("mark", "advmod", "case"):
            yield from as_said(word.head)


# --- a cue that closes a sentence ---


def trailing(sentence: Sentence) -> Iterator[Report]:
    """``The dam held, the mayor said.``: a cue with its subject after the last comma, and nothing that it governs."""
    tree = sentence.tree
    for word in sentence.words[-limit("tail") :]:
        if word.text != "," or word.i - sentence.start < 2:
            continue
        tail = [w for w in tree.words[word.i + 1 : sentence.end] if not w.space]
        verb = next((w for w in tail[: limit("closing")] if says(w, "clause", "marks")), None)
        if quoted := quoted_as(word.i, tail):
            start, (saying, source) = _clause_start(sentence, word.i), quoted
            yield Report(
                tree[start].start,
                tree[word.i - 1].end,
                Span(saying.start, saying.end),
                source,
                "says",
                "clause",
                saying.i,
            )
            return
        if verb is not None and (speaker := closing_speaker(word.i, verb)):
            start = _clause_start(sentence, word.i)
            cue = Span(verb.start, verb.end)
            yield Report(tree[start].start, tree[word.i - 1].end, cue, speaker, "says", "clause", verb.i)
            return


def quoted_as(comma: int, tail: list[Word]) -> tuple[Word, Span] | None:
    """``, the mayor was quoted by the Courier as saying``: the word of saying, and who says it, whoever hands it on.

    Nothing that is said may follow; ``, the Courier quoted the mayor as saying`` has the mayor too.
    """
    saying = next((w for w in tail if w.low == "saying"), None)
    verb = next((w for w in tail if w.low in forms("carrying") and saying is not None and w.i < saying.i), None)
    if saying is None or verb is None or not any(w.low == "as" for w in tail if verb.i < w.i < saying.i):
        return None
    tree = saying.tree
    if any(
        w.low in NOT_AFTER or w.pos in ("VERB", "AUX", "NUM") for w in tree.words[saying.i + 1 : saying.sentence.end]
    ):
        return None
    passive = tree[verb.i - 1].pos == "AUX"
    words = tree.words[comma + 1 : verb.i] if passive else tree.words[verb.i + 1 : saying.i - 1]
    nouns = [w for w in words if w.pos in NOUNS]
    speaker = trimmed(tree, words[0].i, nouns[-1].i, nouns[-1].i) if nouns else None
    return (saying, speaker) if speaker is not None else None


def closing_speaker(comma: int, verb: Word) -> Span | None:
    """Who speaks in ``, the mayor said`` or ``, said the mayor``; None where the cue governs something of its own."""
    tree = verb.tree
    if is_told(verb):
        return spoken_by(agent(verb))
    before, after = tree.words[comma + 1 : verb.i], tree.words[verb.i + 1 : verb.sentence.end]
    if any(w.low in NOT_BEFORE or w.pos == "VERB" for w in before):
        return None
    if any(w.low in NOT_AFTER or w.pos in ("VERB", "AUX") for w in after):
        return None
    if verb.low == "lies" or any(w.text in ':"“«' for w in after):
        return None  # "asked about the gas, the minister replied: ..." leads to other words
    if verb.low in TELLING and not any(w.pos in NOUNS for w in before):
        return None  # "the governor, accused of it, told the paper": who is told does not speak
    if counted(verb):
        return None  # "the port admitted 23 dead, the bishop claims 80": of the 80 alone
    subject = [w for w in before if w.pos in (*NOUNS, "NUM")]
    if subject:
        return trimmed(tree, before[0].i, subject[-1].i, subject[-1].i)
    inverted = [w for w in after if w.pos in ("NOUN", "PROPN")] if not before else []
    return Span(after[0].start, inverted[0].end) if inverted else None


def counted(verb: Word) -> bool:
    """True for a cue right before a number that is its object: ``claims 80``, ``says at least 80``."""
    after = verb.tree.words[verb.i + 1 : verb.sentence.end]
    if after[:1] and after[0].low == "at":
        after = after[2:]
    return bool(after) and after[0].pos == "NUM" and after[0].i not in verb.tree.clock


def _clause_start(sentence: Sentence, before: int) -> int:
    """The first word after the last semicolon before a word, else that of the sentence."""
    tree = sentence.tree
    return next((i + 1 for i in range(before - 1, sentence.start, -1) if tree[i].text == ";"), sentence.start)


# --- according to, in the view of ---


def view(word: Word) -> Iterator[Report]:
    """``in Hale's view`` and ``in the words of Hale``."""
    tree = word.tree
    owner = word.one("nmod:poss")
    if owner is not None and owner.first > 0 and tree[owner.first - 1].low in ("in", "by", "to"):
        yield from around(owner.first - 1, word.i, owner, Span(word.start, word.end))
        return
    of = next((c for c in word.under("nmod") if c.i > word.i), None)
    if of is not None and word.i > 1 and tree[word.i - 2].low == "in" and word.low in OF_WHOM:
        yield from around(word.i - 2, None, of, Span(tree[word.i - 2].start, word.end))


def by_count(word: Word) -> Iterator[Report]:
    """``by the bishop's count`` and ``by the count of our parishes``: who counts gives the numbers of the rest."""
    tree, owner = word.tree, word.one("nmod:poss")
    if owner is not None and owner.first > 0 and tree[owner.first - 1].low in ("by", "on"):
        yield from around(owner.first - 1, word.i, owner, Span(word.start, word.end))
        return
    first = word.i - 1 if tree[word.i - 1].low != "the" else word.i - 2
    of = next((c for c in word.under("nmod") if c.i > word.i and c.case() == "of"), None)
    if of is None or first < word.sentence.start or tree[first].low not in ("by", "on"):
        return
    last = of.i
    while tree[last].pos == "PROPN" and last + 1 < word.sentence.end and tree[last + 1].pos == "PROPN":
        last += 1
    counts = of.pos == "PROPN" or of.low in COUNTING
    if counts and (speaker := trimmed(tree, word.i + 2, last, of.i)) is not None:
        yield from beyond(word.sentence, (first, last), speaker, Span(word.start, word.end))


def as_said(verb: Word) -> Iterator[Report]:
    """``as Hale noted``: a cue of saying that holds no content of its own."""
    speaker = speaker_of(verb) if says(verb, "clause") and not verb.has("obj", "ccomp", "xcomp") else None
    if speaker is not None:
        commas = (i for i in range(verb.i + 1, verb.sentence.end) if verb.tree[i].text == ",")
        stop = next(commas, verb.last + 1) - 1
        yield from beyond(verb.sentence, (verb.first, stop), speaker, Span(verb.start, verb.end))


def according(word: Word) -> Iterator[Report]:
    """``according to the mayor``."""
    tree = word.tree
    source = source_after(tree, word.i + 2)
    yield from around(word.i, None, source, Span(word.start, tree[word.i + 1].end))


def source_after(tree: Tree, index: int) -> Word | None:
    """The head of the noun phrase after ``according to``."""
    head, end = tree[index], tree[index].sentence.end
    comma = next((i for i in range(index, end) if tree[i].text == ","), end)
    for _ in range(6):
        above = head.head
        if above is head or not index <= above.i < end or above.pos not in NOUNS or above.i > comma:
            break
        head = above
    if head.pos not in NOUNS:
        head = next((w for w in tree.words[index : min(end, index + 8)] if w.pos in NOUNS), head)
    return head if head.pos in NOUNS else None


def around(first: int, stop: int | None, source: Word | None, cue: Span) -> Iterator[Report]:
    """The report of a phrase of the words ``first`` to ``stop``: the rest of its clause, after it where it opens that.

    Without ``stop`` the phrase ends with its source.
    """
    speaker = spoken_by(source, apposed=False)
    if source is None or speaker is None:
        return
    stop = stop or _phrase_end(source, source.tree.holding(speaker.end - 1))
    yield from beyond(source.sentence, (first, stop), speaker, cue)


def beyond(sentence: Sentence, phrase: tuple[int, int], speaker: Span, cue: Span) -> Iterator[Report]:
    """The report that a phrase attributes: what follows where it opens a clause, else what precedes."""
    tree, (first, stop) = sentence.tree, phrase
    start = _clause_start(sentence, first)
    end = _own_end(sentence, stop + 1)
    opens = first - start <= 2 or _opens_clause(tree, first)
    if opens:
        stop = _past_apposition(tree, stop, end)
    a, b = (stop + 1, end) if opens else (start, past_cue(first - 1, stop, sentence))
    while a <= b and (tree[a].punct or tree[a].space) and tree[a].text not in '“"‘([$':
        a += 1
    while b >= a and (tree[b].text in (",", ";", "—", "–", "-") or tree[b].space):
        b -= 1
    a, source = past_citing(tree, a, b) if a <= b else (a, None)
    if b - a >= 1:
        yield Report(tree[a].start, tree[b].end, cue, speaker, "says", "accord", first, source)


def _opens_clause(tree: Tree, first: int) -> bool:
    """True after a conjunction and its comma: ``and, in the words of Hale, the ground shook``."""
    before = [w for w in tree.words[max(0, first - 2) : first] if not w.punct]
    return bool(before) and before[-1].pos in ("CCONJ", "SCONJ")


def _past_apposition(tree: Tree, stop: int, end: int) -> int:
    """The last word of a source with an apposition between commas: ``According to Hale, the mayor, ten died``."""
    commas = [i for i in range(stop + 1, min(end, stop + limit("apposition"))) if tree[i].text == ","]
    if len(commas) < 2 or commas[0] != stop + 1:
        return stop
    between, after = tree.words[commas[0] + 1 : commas[1]], tree[commas[1] + 1]
    named = any(w.pos in ("NOUN", "PROPN") for w in between) and not any(w.pos in NO_NAME for w in between)
    return commas[1] - 1 if named and after.pos not in ("VERB", "AUX", "CCONJ") else stop


def _own_end(sentence: Sentence, first: int) -> int:
    """The last word before the first semicolon after which somebody else is named, else the sentence's last."""
    tree = sentence.tree
    stops = [i for i in range(first, sentence.end) if tree[i].text == ";"]
    for stop, following in pairwise([*stops, sentence.end]):
        if any(w.low == "according" or says(w, "clause") for w in tree.words[stop + 1 : following]):
            return stop - 1
    return sentence.end - 1


def _phrase_end(source: Word, last: int) -> int:
    """The last word of the source with what hangs on it, before a comma."""
    tree = source.tree
    stop = min(max(source.last, last), source.sentence.end - 1)
    return next((i - 1 for i in range(last + 1, stop + 1) if tree[i].text in (",", ";", "—")), stop)
