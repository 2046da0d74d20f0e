"""Strays: stretches that were left alone, or in two, though they are much like the stretches of one larger story.

Average linkage leaves out a short report that is like a few accounts of a story and has little in common with its long
ones. It goes to the story that holds its likeliest stretches, unless another holds stretches that are nearly as likely.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from variorum.lists import toml

__all__ = ["taken_in"]


def taken_in(owner: Sequence[int], scores: Sequence[tuple[int, int, float]]) -> list[int]:
    """The stories of stretches, ``owner``, with those of strays; the bars stand in ``data/stories.toml``.

    Linear in the scores, but for sorting those of the strays.

    >>> alike = [(0, 1, 0.9), (0, 2, 0.9), (1, 2, 0.9), (3, 0, 0.8), (3, 1, 0.7)]
    >>> taken_in([0, 0, 0, 3], alike)
    [0, 0, 0, 0]
    >>> taken_in([0, 0, 0, 3, 4, 4], [*alike, (3, 4, 0.8), (3, 5, 0.7)])
    [0, 0, 0, 3, 4, 4]
    """
    members: dict[int, list[int]] = defaultdict(list)
    for number, name in enumerate(owner):
        members[name].append(number)
    most = int(toml("stories")["strays"]["stretches"])
    near: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for a, b, score in scores:
        for one, other in ((owner[a], owner[b]), (owner[b], owner[a])):
            if one != other and len(members[one]) <= most and len(members[other]) >= max(2, len(members[one])):
                near[one][other].append(score)
    goes = {name: home for name, others in near.items() if (home := _home(name, others, members)) is not None}
    return [goes[name] if name in goes and goes[name] not in goes else name for name in owner]


def _home(name: int, others: Mapping[int, list[float]], members: Mapping[int, list[int]]) -> int | None:
    """The story that a stray belongs to: its likeliest, if sure enough and likelier than the next."""
    table = toml("stories")["strays"]
    best = int(table["best"])
    ranked = sorted(
        (
            (sum(sorted(told, reverse=True)[: best * len(members[name])]) / (best * len(members[name])), -other)
            for other, told in others.items()
        ),
        reverse=True,
    )
    if ranked[0][0] < float(table["least"]):
        return None
    return -ranked[0][1] if len(ranked) < 2 or ranked[0][0] - ranked[1][0] >= float(table["ahead"]) else None
