"""Names as people know them: one bearer of several names or two, and what a bearer is called in the edition."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from variorum.records import Name
from variorum.review.grammar import NameRef
from variorum.review.standing import Court, Found, Settled

__all__ = ["with_bearers"]

Key = tuple[str, str]
"""Kind and referent."""


class _Forms:
    """The rows of names, with their referents as they are changed."""

    def __init__(self, rows: Iterable[Name]) -> None:
        self.count: Counter[tuple[str, str, str, str]] = Counter()
        for row in rows:
            self.count[row.kind, row.referent, row.form, row.witness] += row.count

    def bearers(self, ref: NameRef) -> list[str]:
        """The referents that bear a form, the one that bears it most first."""
        total: Counter[str] = Counter()
        for (kind, referent, form, _), count in self.count.items():
            if kind == ref.kind and form == ref.form:
                total[referent] += count
        return [name for name, _ in sorted(total.items(), key=lambda item: (-item[1], item[0]))]

    def renamed(self, kind: str, old: str, new: str, forms: frozenset[str] | None = None) -> None:
        """Gives the forms of a referent, or some of them, another referent."""
        for key in [k for k in self.count if k[:2] == (kind, old) and (forms is None or k[2] in forms)]:
            self.count[kind, new, key[2], key[3]] += self.count.pop(key)

    def free(self, kind: str, name: str) -> str:
        """The name, or with a number where a referent is called so already."""
        taken = {referent for k, referent, _, _ in self.count if k == kind}
        number, free = 2, name
        while free in taken:
            free, number = f"{name} ({number})", number + 1
        return free

    def rows(self) -> list[Name]:
        return [Name(r, k, f, w, n) for (k, r, f, w), n in sorted(self.count.items(), key=lambda i: (i[0][1], i[0]))]


def with_bearers(rows: Iterable[Name], found: Iterable[Found], court: Court) -> list[Name]:
    """The rows of names with what people decided of their bearers."""
    forms = _Forms(rows)
    groups: dict[tuple[str, frozenset[Key]], list[Found]] = defaultdict(list)
    for one in found:
        about, aspect = one.decision.about, one.decision.aspect
        if about.kind == "name" and aspect in ("bearer", "canonical"):
            named = about.names if aspect == "bearer" else about.names[:1]
            groups[aspect, frozenset((n.kind, n.form) for n in named)].append(one)
    settled = [(aspect, s) for (aspect, _), g in groups.items() if (s := court.settle(g)) is not None and s.agreed]
    for aspect, agreed in sorted(settled, key=lambda item: (item[0] == "canonical", item[1].chosen.n)):
        _obey(forms, aspect, agreed, court)
    return forms.rows()


def _obey(forms: _Forms, aspect: str, agreed: Settled, court: Court) -> None:
    names = agreed.chosen.about.names
    missing = [n.form for n in names if not forms.bearers(n)]
    if missing:
        court.failed(agreed, f"no account has the name {', '.join(f'“{m}”' for m in missing[:3])}", "orphan")
        return
    kind, first = names[0].kind, forms.bearers(names[0])
    if aspect == "canonical":
        bearer = names[0].form if names[0].form in first else first[0]
        new = str(agreed.chosen.value["name"])
        forms.renamed(kind, bearer, new)
        court.obeyed(agreed, "names", f"{kind}:{new}", f"{bearer} is called {new}")
    elif agreed.chosen.says == "one":
        bearers = dict.fromkeys(forms.bearers(n)[0] for n in names)
        head = next(iter(bearers))
        for other in list(bearers)[1:]:
            forms.renamed(kind, other, head)
        court.obeyed(agreed, "names", f"{kind}:{head}", f"all are forms of {head}")
    else:
        _part(forms, agreed, court)


def _part(forms: _Forms, agreed: Settled, court: Court) -> None:
    """The first form keeps its bearer; the others get one of their own."""
    names = agreed.chosen.about.names
    kind, bearer = names[0].kind, forms.bearers(names[0])[0]
    others = frozenset(n.form for n in names[1:])
    if bearer in forms.bearers(names[1]):
        new = forms.free(kind, names[1].form)
        forms.renamed(kind, bearer, new, others)
        if not forms.bearers(names[0]) or bearer == names[1].form:
            forms.renamed(kind, bearer, names[0].form)
        court.on(agreed.chosen.id, "names", f"{kind}:{new}")
    court.obeyed(agreed, "names", f"{kind}:{forms.bearers(names[0])[0]}", "told apart")
