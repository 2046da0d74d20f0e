"""Compare found claims with the expected slots of a case; used by the test of the made cases."""

from __future__ import annotations

import re
from typing import Any

from variorum.annotate import annotate
from variorum.records import Claim, Witness

SLOTS = ("type", "agent", "patient", "place", "date", "polarity", "modality", "voice")


def found_claims(cases: list[dict[str, Any]]) -> list[list[Claim]]:
    """The claims of every case's text, by the whole annotation."""
    witnesses = [
        Witness(f"w{n}", "A", None, None, None, case.get("published"), "en", "case", "", case["text"])
        for n, case in enumerate(cases)
    ]
    return [list(annotation.tables["claims"]) for annotation in annotate(witnesses)]  # type: ignore[arg-type]


def plain(words: str | None) -> str:
    """Lower case without articles and punctuation."""
    return " ".join(w for w in re.findall(r"[\w-]+", (words or "").lower()) if w not in ("the", "a", "an"))


def same(expected: str | None, found: str | None) -> bool:
    """Equal words; a found phrase may go on by a short modifier. ``*`` accepts anything."""
    if expected == "*":
        return True
    one, two = plain(expected), plain(found)
    return one == two or (bool(one) and bool(two) and two.startswith(one + " ") and len(two) <= len(one) + 25)


def slot_right(slot: str, expected: Any, found: Any) -> bool:
    """Whether one slot of a found claim is what the case expects."""
    if slot == "voice":
        return len(expected) == len(found) and all(
            plain(a).split()[-1:] == plain(b).split()[-1:] for a, b in zip(expected, found, strict=True)
        )
    if slot == "place":
        return expected == "*" or sorted(plain(p) for p in (expected or "").split(";")) == sorted(
            plain(p) for p in (found or "").split(";")
        )
    return same(expected, found) if slot in ("agent", "patient", "date") else expected == found


def slots_right(expected: dict[str, Any], claims: list[Claim]) -> tuple[dict[str, bool], Claim | None]:
    """Per slot whether it is right in the claim with the expected trigger; all wrong where there is none."""
    best = next((c for c in claims if c.trigger.lower() == expected["trigger"].lower()), None)
    if best is None:
        return dict.fromkeys(SLOTS, False), None
    return {slot: slot_right(slot, expected[slot], getattr(best, slot)) for slot in SLOTS}, best
