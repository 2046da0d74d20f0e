"""The names of countries in a language, for a pack: ``python training/countries.py CODE > data/CODE/countries.csv``.

Taken from CLDR by way of Babel (Unicode licence v3); only countries that have a code of two letters.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator

from babel import Locale


def countries(code: str) -> Iterator[tuple[str, str]]:
    """The code and the name of each country, by code."""
    named = Locale.parse(code).territories
    for country in sorted(named):
        if len(country) == 2 and country.isalpha() and country not in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"):
            yield country, named[country]


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("code")
    code = ask.parse_args().code
    print("# Names of countries; source: CLDR (Unicode licence v3), by training/countries.py")
    csv.writer(sys.stdout, lineterminator="\n").writerows([("country", "name"), *countries(code)])
