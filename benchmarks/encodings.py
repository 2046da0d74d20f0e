"""Encodings without a mark, measured: an English sentence with one to four foreign words, in each encoding.

    pip install wordfreq
    python benchmarks/encodings.py [--each 15] [--seed 2]

The words are those of ranks 15,000 to 40,000 of wordfreq's lists, of which `training/letters.py` saw none. Right is
what gives the sentence back; what is wrong must be said.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "training")]

from letters import LANGUAGES, of_script  # noqa: E402

from variorum.read.encodings import decoded  # noqa: E402

FRAME = "The mayor of {0}, {1} {2}, said on 3 May 1921 that 16 people died near {3}."
ENGLISH = ("Hale", "Duns", "Reed", "Kettle")
FAMILIES = {
    ("cp1252", "mac-roman", "cp850"): "french german spanish portuguese italian dutch swedish danish finnish icelandic",
    ("cp1250", "iso8859-2", "cp852", "mac-latin2"): "polish czech slovak hungarian croatian slovenian",
    ("cp1251", "koi8-r", "koi8-u", "cp866", "mac-cyrillic", "iso8859-5"): "russian bulgarian ukrainian macedonian",
    ("cp1250", "iso8859-16"): "romanian",
    ("cp1254", "cp857"): "turkish",
    ("cp1257",): "lithuanian latvian",
    ("cp1253", "iso8859-7", "cp737"): "greek",
    ("cp1255",): "hebrew",
    ("cp1256",): "arabic persian",
}  # fmt: skip
TRIED = [(language, page) for pages, listed in FAMILIES.items() for language in listed.split() for page in pages]


def words(language: str) -> list[str]:
    """Words with foreign letters that the training did not see."""
    import wordfreq

    code, _, _, script = LANGUAGES[language]
    listed = wordfreq.top_n_list(code, 40_000)[15_000:] if code else []
    return [w for w in listed if w.isalpha() and 4 <= len(w) <= 11 and not w.isascii() and of_script(w, script)]


KINDS = (("right", "right, said to be doubtful"), ("wrong", "wrong, said to be doubtful"))


def family(page: str) -> str:
    """Who made an encoding."""
    if page.startswith("cp125"):
        return "Windows"
    return "DOS" if page.startswith("cp") else "Macintosh" if page.startswith("mac") else "ISO, KOI8"


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=15)
    parser.add_argument("--seed", type=int, default=2)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    held = {language: words(language) for language in dict.fromkeys(language for language, _ in TRIED)}
    groups: dict[str, Counter[str]] = {}
    begun, count = time.perf_counter(), 0
    for language, page in TRIED:
        for _ in range(given.each):
            foreign = chance.choice((1, 2, 4))
            names = [word.capitalize() for word in chance.sample(held[language], 4)][:foreign]
            text = FRAME.format(*names, *ENGLISH[foreign:])
            try:
                data = text.encode(page)
            except UnicodeEncodeError:
                continue
            made = decoded(data)
            count += 1
            right = made is not None and made.text == text
            said = made is None or made.doubt
            groups.setdefault(family(page), Counter())[KINDS[not right][bool(said)]] += 1
    kinds = (*KINDS[0], *KINDS[1][::-1])
    print(f"{count} sentences, {1000 * (time.perf_counter() - begun) / count:.1f} ms each")
    print(f"| encodings | {' | '.join(kinds)} |\n| --- | --- | --- | --- | --- |")
    for name, counts in groups.items():
        print(f"| {name} | {' | '.join(str(counts[kind]) for kind in kinds)} |")


if __name__ == "__main__":
    main()
