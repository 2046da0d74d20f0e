"""Quotations in a language of a pack: strings in marks and lines of speech after a dash, with who is said to say them.

The speaker is the one of the nearest verb of saying: after the words ("— сказал капитан Орлов", "a déclaré M. Sorel"),
in brackets between two halves, or before them ("Грек возразил: «...»"). A pronoun is the person named last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from variorum.languages import sentences
from variorum.lists import toml
from variorum.mentions import Found
from variorum.mentions.packs.lexicon import spread
from variorum.mentions.times.grammar import tree
from variorum.records import Mark, Quote
from variorum.voices.marks import find_marked

__all__ = ["find"]

_CAPITAL = r"[^\W\d_a-zа-яёіїєґà-öø-ÿ]"
_NAMED = rf"(?:{_CAPITAL}[^\W\d_]?\.|{_CAPITAL}[\w'’-]*)"
_NAME = rf"{_NAMED}(?:[ \n\u00a0]{_NAMED}){{0,3}}"
_SMALL = r"(?:[^\W\d_A-ZА-ЯЁІЇЄҐ][\w'’-]*[ \n]){0,5}?"
_LINE = re.compile(r"(?m)^[ \t]*[—–-] |(?<=[.!?…] )[—–] ")
_OPENED = re.compile(r"(?:^|(?<=[.!?…:] )|(?<=\n))[—–] |(?<=[.!?…»] )(?=[^\W\d_])")
_ENDS = re.compile(r"[!?…](?= [^\W\d_])|,? [—–] |\n|$")
_LONGEST: int = toml("languages")["packs"]["longest"]
_FAR: int = toml("languages")["packs"]["far"]
_WHO: int = toml("languages")["packs"]["who"]
_TAIL: int = toml("languages")["packs"]["tail"]
_FEW_WORDS: int = toml("languages")["packs"]["few_words"]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a pack for quotations, ready to match."""

    after: re.Pattern[str]
    before: re.Pattern[str]
    inside: re.Pattern[str]
    named: re.Pattern[str]
    pronouns: frozenset[str]
    titles: frozenset[str]
    according: re.Pattern[str]
    by: re.Pattern[str]
    that: re.Pattern[str]
    later: re.Pattern[str]
    verb: re.Pattern[str]
    first: frozenset[str]


@cache
def _words(code: str) -> _Words:
    table = toml(f"{code}/quotes")
    verb = rf"(?:{table['before_verb']})(?:{tree(sorted(spread(dict.fromkeys(table['verbs'], 1))))})(?!\w)"
    pronoun = "|".join(sorted(table["pronouns"].split(), key=len, reverse=True))
    noun = rf"(?P<noun>(?:{table['articles']})[^\W\d_][\w'’-]*)"
    who = rf"(?:(?P<pronoun>{pronoun})(?!\w)|(?P<title>{_SMALL})(?P<name>{_NAME})|{noun})"
    shut = r"[ \u00a0\u202f]*[,.!?…]?[ \u00a0\u202f]*[»”\"]?[ \n\u00a0\u202f]*[,.]?[ \n]?(?:[—–-][ \n])?"
    lead = r"(?:(?P<lead>[^.!?\n»”\"]{0,90}?)(?<!\w))?"
    return _Words(
        re.compile(rf"{shut}{verb}(?:{table['pronoun_after']})?(?:[ \n]{who})?"),
        re.compile(rf"{lead}{verb}[^.!?\n«“\"]{{0,60}}?(?::|,)?[ \n\u00a0]*[«“\"„—–]?[ \u00a0\u202f]*$"),
        re.compile(rf",[ \n][—–][ \n]{verb}"),
        re.compile(_NAME),
        frozenset(table["pronouns"].split()),
        frozenset(table["titles"].split()),
        re.compile(table["according"]),
        re.compile(table["by"], re.IGNORECASE),
        re.compile(rf"(?:{verb}{table['that']}|{table['as']}{verb} [^.!?\n,]{{2,40}}, )"),
        re.compile(rf"[^.!?,\n«»]{{0,60}}, ({_NAMED}(?: {_NAMED}){{1,2}})"),
        re.compile(tree(sorted(spread(dict.fromkeys(table["verbs"], 1))))),
        frozenset(f"{table['pronouns']} {table['titles']} {table['small']}".split()),
    )


def find(text: str, found: Found, code: str) -> tuple[list[Quote], list[Mark]]:
    """The quotations of a text, and the strings in marks that nobody utters, in order.

    >>> quotes, marks = find("«Мы искали их всю ночь», — сказала Анна Рид. Паром «Чайка» ушёл.", Found("a"), "ru")
    >>> [(q.text, q.speaker) for q in quotes], [m.text for m in marks]
    ([('Мы искали их всю ночь', 'Анна Рид')], ['Чайка'])
    """
    words = _words(code)
    plain = text.replace("ё", "е").replace("Ё", "Е").replace("’", "'")
    quotes: list[Quote] = []
    marks: list[Mark] = []
    for start, end in _marked(text):
        quote = _quote(text, plain, (start, end), words, found.witness)
        if _uttered(plain, quote):
            quotes.append(quote)
        else:
            marks.append(Mark(found.witness, start, end, text[start:end], "scare"))
    for direct, spans in ((True, _lines(plain, words)), (False, _reported(plain, words))):
        for start, end in spans:
            if not any(q.start < end and start < q.end for q in quotes):
                quotes.append(_quote(text, plain, (start, end), words, found.witness, direct))
    for start, end, who, cue in _told_by(plain, words):
        if not any(q.start < end and start < q.end for q in quotes):
            name = _clean(text[slice(*who)], words)
            c, d = cue or (None, None)
            told = text[start:end]
            quotes.append(Quote(found.witness, start, end, told, name, who[0], who[1], c, d, False, chain=[name]))
    return sorted(quotes, key=lambda q: q.start), marks


def _uttered(text: str, quote: Quote) -> bool:
    """Whether a string in marks is somebody's words: long enough, ended by a sign, or set off by its verb of saying."""
    told = quote.text
    if len(told.split()) >= _FEW_WORDS or told.endswith((".", "!", "?", "…")):
        return True
    cue = quote.cue_end
    return cue is not None and (cue > quote.end or ":" in text[quote.cue_start or 0 : cue])


def _reported(text: str, words: _Words) -> Iterator[tuple[int, int]]:
    """What somebody is said to have said, after "that", to the end of the sentence."""
    for match in words.that.finditer(text):
        stop = re.compile(r"[.!?\n]").search(text, match.end(), match.end() + _LONGEST)
        end = stop.start() if stop else match.end()
        if len(text[match.end() : end].split()) >= _FEW_WORDS - 1:
            yield match.end(), end


def _told_by(text: str, words: _Words) -> Iterator[tuple[int, int, _Span, _Span | None]]:
    """What stands in a sentence beside "according to X", before or after it, or before ", said X" at its end."""
    for sentence, stop in sentences(text):
        end = sentence + len(text[sentence:stop].rstrip(" .!?…\n"))
        by, cue = words.by.search(text, sentence, end), None
        if by is not None:
            span = _beside(text, sentence, end, by)
            who = _namer(text, by.end(), span[0] if span[0] > by.end() else end, words)
        else:
            comma = text.rfind(", ", sentence, end)
            after = words.after.match(text, comma) if comma > sentence else None
            span = sentence, comma
            who = after.span("name") if after and after["name"] and after.end() >= end - _TAIL else None
            cue = after.span() if after else None
        if who and len(text[slice(*span)].split()) >= _FEW_WORDS - 1 and text[span[0]] not in '«“„"—–':
            yield *span, who, cue


def _beside(text: str, sentence: int, end: int, by: re.Match[str]) -> _Span:
    """The words that "according to X" is said of: after its comma where it opens a sentence, else before it."""
    if text[sentence : by.start()].strip():
        return sentence, sentence + len(text[sentence : by.start()].rstrip(" ,"))
    comma = text.find(", ", by.end(), min(end, by.end() + _WHO))
    stop = text.find(";", comma, end)
    return (comma + 2, stop if stop > 0 else end) if comma >= 0 else (end, end)


def _namer(text: str, start: int, end: int, words: _Words) -> _Span | None:
    """The last name of a stretch up to its first comma, else its last noun."""
    comma = text.find(",", start, end)
    stretch = start, comma if comma >= 0 else end
    names = [n.span() for n in words.named.finditer(text, *stretch)]
    nouns = [n.span() for n in re.finditer(r"[^\W\d_]{3,}", text[slice(*stretch)])]
    if names or not nouns or stretch[1] - start > _WHO:
        return names[-1] if names else None
    return start + nouns[-1][0], start + nouns[-1][1]


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """The words inside marks, without space and without the comma that the frame asks for."""
    for marked in find_marked(text):
        span = marked.words(text)
        start, end = span.start, span.end
        while end > start and text[end - 1] in ", \u00a0\u202f":
            end -= 1
        if start < end:
            yield start, end


def _lines(text: str, words: _Words) -> Iterator[tuple[int, int]]:
    """Speech that a dash opens, or that ", — said X" closes: from its dash or the sentence's start to the verb."""
    for match in words.inside.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        begin = max(line, match.start() - _LONGEST)
        opened = list(_OPENED.finditer(text[begin : match.start()]))
        start = begin + opened[-1].end() if opened else begin
        start += len(text[start : match.start()]) - len(text[start : match.start()].lstrip(" —–«"))
        if match.start() - start > 0 and "»" not in text[start : match.start()]:
            yield start, match.start()
    for match in _LINE.finditer(text):
        stop = _ENDS.search(text, match.end(), match.end() + _LONGEST)
        end = match.end() + len(text[match.end() : stop.start() if stop else match.end()].rstrip())
        if end > match.end() and words.after.match(text, end):
            yield match.end(), end


def _quote(text: str, plain: str, span: tuple[int, int], words: _Words, witness: str, direct: bool = True) -> Quote:
    start, end = span
    speaker, named, cue = _speaker(plain, start, end, words, direct)
    a, b = named or (None, None)
    c, d = cue or (None, None)
    speaker = text[a:b] if named and speaker == plain[a:b] else speaker
    chain = [speaker] if speaker else []
    return Quote(witness, start, end, text[start:end], speaker, a, b, c, d, direct, chain=chain)


_Span = tuple[int, int]


def _speaker(
    text: str, start: int, end: int, words: _Words, direct: bool
) -> tuple[str | None, _Span | None, _Span | None]:
    after = words.after.match(text, end) if direct else None
    if after is not None:
        who, span = _who(text, after, words)
        return who, span, (after.start(), after.end())
    if not direct and (told := _reporter(text, start, words)):
        return told
    sentence = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start) + 1, text.rfind("! ", 0, start) + 1, 0)
    before = words.before.search(text, max(sentence, start - 160), start)
    if before is not None:
        return _told_before(text, before, max(sentence, before.start() - 60), start, words)
    according = words.according.search(text, max(sentence, start - 100), start)
    if according is not None:
        found = words.named.search(text, according.end(), start)
        if found:
            return _clean(found.group(), words), found.span(), according.span()
    return None, None, None


def _told_before(
    text: str, before: re.Match[str], begin: int, start: int, words: _Words
) -> tuple[str | None, _Span | None, _Span | None]:
    """The speaker of a verb that goes before the words: the name before the verb, after it, or the noun before it."""
    cue = before.span()
    lead = before.span("lead") if before.group("lead") is not None else (cue[0], cue[0])
    small = words.pronouns | words.titles
    named = [n for n in words.named.finditer(text, max(begin, lead[0] - 60), start) if n.group().lower() not in small]
    if named:
        best = [n for n in named if n.end() <= lead[1]] or named
        return _clean(best[-1].group(), words), best[-1].span(), cue
    nouns = list(re.finditer(r"[^\W\d_][\w'’-]+", text[slice(*lead)]))
    if nouns and nouns[-1].group().lower() not in words.pronouns:
        at = lead[0] + nouns[-1].start()
        return nouns[-1].group(), (at, at + len(nouns[-1].group())), cue
    return _last_named(text, start, words), None, cue


def _reporter(text: str, start: int, words: _Words) -> tuple[str | None, _Span | None, _Span | None] | None:
    """Who is said to say what stands after "that": the name, else the noun, nearest to the verb in its sentence."""
    sentence = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start) + 1, 0)
    names = [n for n in words.named.finditer(text, sentence, start) if n.group().lower() not in words.first]
    if names:
        return _clean(names[-1].group(), words), names[-1].span(), None
    nouns = [m for m in re.finditer(r"[^\W\d_]{3,}", text[sentence:start]) if not words.verb.fullmatch(m.group())]
    nouns = [m for m in nouns if m.group().lower() not in words.first]
    if not nouns:
        return None
    at = sentence + nouns[-1].start()
    return nouns[-1].group(), (at, at + len(nouns[-1].group())), None


def _who(text: str, match: re.Match[str], words: _Words) -> tuple[str | None, _Span | None]:
    if match.group("name"):
        return _clean(match.group("name"), words), match.span("name")
    if match.group("noun"):
        later = words.later.match(text, match.end())
        if later is not None:
            return later.group(1), later.span(1)
        return match.group("noun").strip(), match.span("noun")
    return _last_named(text, match.start(), words), None


def _clean(name: str, words: _Words) -> str:
    """A name without a title before it and a full stop after it."""
    parts = name.split()
    while len(parts) > 1 and parts[0].lower() in words.titles:
        parts = parts[1:]
    return " ".join(parts).rstrip(".,")


def _last_named(text: str, at: int, words: _Words) -> str | None:
    """The person named last with two names, or the last name that opens no sentence."""
    names = list(words.named.finditer(text, max(0, at - _LONGEST), at))
    full = [m for m in names if len(m.group().split()) > 1 and not m.group().endswith(".")]
    if full and len(re.findall(r"[.!?…][»”\")]? ", text[full[-1].end() : at])) > _FAR:
        return None
    return _clean(full[-1].group(), words) if full else None
