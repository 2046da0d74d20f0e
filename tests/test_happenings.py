"""What belongs to one happening stands on one card, and no card mixes two: invented collections with sentences marked.

The head of each file of `tests/happenings` says which happenings stand on one card today, in two accounts or more; none
of them may be lost. Known failures are named: ``parted`` are those that lie on a second card too, ``mixed`` those that lie
on one card with another. `python tests/test_happenings.py` prints what each card holds.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "happenings"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
HEAD = re.compile(r"^=== ([\w-]+) \|(.*)$", re.MULTILINE)
MARKED = re.compile(r"\{([^|{}]*)\|(\w+)\}")


def told(name: str) -> tuple[list[dict[str, str]], dict[tuple[str, str], str]]:
    """The accounts of a collection, and the happening of each sentence by account and words."""
    parts = HEAD.split((FOLDER / f"{name}.txt").read_text("utf-8"))[1:]
    lines, marks = [], {}
    for one, published, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        marks |= {(one, words): happening for words, happening in MARKED.findall(body)}
        date = {"date": published.strip()} if published.strip() else {}
        lines.append({"id": one, "text": MARKED.sub(r"\1", body).strip()} | date)
    return lines, marks


def cards(name: str, where: Path) -> dict[str, dict[str, set[str]]]:
    """The happenings on each card of the edition, with the accounts that tell them there, but by the way."""
    from variorum import Config, collate

    lines, marks = told(name)
    file = where / f"{name}.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    edition = collate(file, where / name, Config(processes=1))
    text = {line["id"]: line["text"] for line in lines}
    claims = {c["claim"]: c for c in edition.table("claims").to_pylist()}
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in edition.table("tells").to_pylist():
        claim = claims[row["claim"]]
        for (account, words), happening in marks.items():
            start = text[account].find(words)
            own = claim["witness"] == account and claim["type"] != "act"
            if own and start <= claim["start"] < start + len(words):
                found[row["event"]][happening].add(account)
    return found


def together(held: dict[str, dict[str, set[str]]], name: str) -> set[str]:
    """The happenings of which some card holds all accounts that tell them."""
    tellers: dict[str, set[str]] = defaultdict(set)
    for (account, _), happening in told(name)[1].items():
        tellers[happening].add(account)
    return {h for card in held.values() for h, accounts in card.items() if accounts == tellers[h] and len(accounts) > 1}


def parted(held: dict[str, dict[str, set[str]]]) -> set[str]:
    """The happenings that two accounts or more tell on two cards or more."""
    shared = [h for card in held.values() for h, accounts in card.items() if len(accounts) > 1]
    return {h for h in shared if shared.count(h) > 1}


def mixed(held: dict[str, dict[str, set[str]]]) -> set[str]:
    """The pairs of happenings that lie on one card."""
    return {f"{a}+{b}" for card in held.values() for a, b in combinations(sorted(card), 2)}


def known(name: str, what: str) -> set[str]:
    """What the head of a collection's file says of it."""
    found = re.search(rf"^# {what}: (.*)$", (FOLDER / f"{name}.txt").read_text("utf-8"), re.MULTILINE)
    return set(found[1].split() if found else ())


@pytest.mark.parametrize("name", NAMES)
def test_one_happening_one_card(name: str, tmp_path: Path) -> None:
    held = cards(name, tmp_path)
    assert known(name, "together")
    assert known(name, "together") <= together(held, name)
    assert mixed(held) <= known(name, "mixed")
    assert parted(held) <= known(name, "parted")


def main() -> None:
    with tempfile.TemporaryDirectory() as where:
        for name in sys.argv[1:] or NAMES:
            held = cards(name, Path(where))
            print(
                f"{name}: together {sorted(together(held, name))}, parted {sorted(parted(held))}, mixed {sorted(mixed(held))}"
            )
            for event, card in held.items():
                print("  ", event, {happening: sorted(accounts) for happening, accounts in card.items()})


if __name__ == "__main__":
    main()
