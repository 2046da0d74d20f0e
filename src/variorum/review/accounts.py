"""Accounts as people know them: metadata, those left out, and which writers could have known which account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace

from variorum.records import Binding, Witness
from variorum.review.standing import Court, Found, Settled

__all__ = ["agencies", "known_to", "used", "with_metadata"]


def _by_account(found: Iterable[Found], aspect: str) -> dict[str, list[Found]]:
    groups: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        if one.decision.about.kind == "account" and one.decision.aspect == aspect:
            groups[one.accounts[0]].append(one)
    return dict(groups)


def with_metadata(witnesses: Sequence[Witness], found: Iterable[Found], court: Court) -> list[Witness]:
    """The witnesses with what people know of them; fields on which people differ stay as they were read."""
    columns = {f.name for f in fields(Witness)}
    changes: dict[str, dict[str, str | None]] = defaultdict(dict)
    for witness, group in _by_account(found, "metadata").items():
        for name, agreed in court.by_field(group).items():
            if agreed.agreed:
                court.obeyed(agreed, "witnesses", witness)
                if name in columns:
                    changes[witness][name] = agreed.chosen.value[name]
    return [replace(w, **changes[w.witness]) if w.witness in changes else w for w in witnesses]  # type: ignore[arg-type]


def agencies(found: Iterable[Found], court: Court) -> list[Binding]:
    """For every account of which a person knows the agency whose copy it prints, a binding that says so."""
    made = []
    for witness, group in _by_account(found, "metadata").items():
        agreed = court.by_field([one for one in group if "agency" in one.decision.value]).get("agency")
        if agreed is not None and agreed.agreed and agreed.chosen.value["agency"]:
            source = str(agreed.chosen.value["agency"])
            made.append(Binding("agency", witness, 0, 0, witness, 0, 0, source, agreed.chosen.id, _people(agreed)))
    return made


def used(witnesses: Sequence[Witness], found: Iterable[Found], court: Court) -> tuple[list[Witness], dict[str, str]]:
    """The witnesses without those that people left out, and for each of these the reason; sigla stay as they are."""
    out: dict[str, str] = {}
    for witness, group in _by_account(found, "use").items():
        agreed = court.settle(group)
        if agreed is not None and agreed.agreed:
            court.obeyed(agreed, "witnesses", witness)
            if agreed.chosen.says == "leave out":
                out[witness] = f"left out by {_people(agreed)}: {agreed.chosen.why}"
    return [w for w in witnesses if w.witness not in out], out


def known_to(found: Iterable[Found], court: Court, witnesses: Iterable[str]) -> list[Binding]:
    """For every account of which a person says who could have known it, a binding for each that could not."""
    names = sorted(witnesses)
    made = []
    for witness, group in _by_account(found, "known").items():
        agreed = court.settle(group)
        if agreed is None or not agreed.agreed:
            continue
        court.obeyed(agreed, "witnesses", witness)
        could = set(agreed.chosen.value["accounts"])
        missing = sorted(could.difference(names))
        if missing:
            court.failed(agreed, f"there is no account called {', '.join(missing[:5])}")
            continue
        for other in names:
            if other != witness and other not in could:
                made.append(Binding("not known", witness, 0, 0, other, 0, 0, None, agreed.chosen.id, _people(agreed)))
    return made


def _people(agreed: Settled) -> str:
    return ", ".join(dict.fromkeys(agreed.people))
