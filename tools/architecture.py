"""Draws docs/images/architecture.svg: the rooms of the package, from the ground to the face, after the imports.

python tools/architecture.py

A room stands one floor above the highest that it imports. A line leads from a room to those that it rests on; what
follows from other lines is left out.
"""

from __future__ import annotations

from collections import defaultdict
from html import escape
from pathlib import Path

from variorum.edition.sources import imported

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "variorum"
PICTURE = ROOT / "docs" / "images" / "architecture.svg"
WIDTH, ROW, LETTER, GAP = 1180, 74, 7.4, 26


def room(module: str) -> str:
    """The room of a module: the first part of its name, or two for the finders."""
    parts = module.split(".")[1:]
    return ".".join(parts[:2]) if parts[0] == "mentions" and len(parts) > 1 else parts[0]


def rooms() -> dict[str, set[str]]:
    """Every room with those that its modules import."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        module = ".".join(("variorum", *(p for p in parts if p != "__init__")))
        if module != "variorum" and "data" not in parts:
            found[room(module)] |= {room(other) for other in imported(module)}
    return {name: others - {name} for name, others in sorted(found.items())}


def floors(edges: dict[str, set[str]]) -> dict[str, int]:
    """The floor of each room, 0 at the ground."""
    found: dict[str, int] = {}

    def at(name: str) -> int:
        if name not in found:
            found[name] = 1 + max((at(other) for other in edges[name]), default=-1)
        return found[name]

    for name in edges:
        at(name)
    return found


def reduced(edges: dict[str, set[str]]) -> dict[str, set[str]]:
    """The edges without those that a longer way goes too."""
    reach: dict[str, set[str]] = {}
    for name in sorted(edges, key=floors(edges).__getitem__):
        reach[name] = edges[name].union(*(reach[other] for other in edges[name]), set())
    return {name: {o for o in others if not any(o in reach[p] for p in others - {o})} for name, others in edges.items()}


def places(edges: dict[str, set[str]], level: dict[str, int]) -> dict[str, float]:
    """The middle of each room: rooms of a floor side by side, each near the middle of what it rests on."""
    middle: dict[str, float] = {}
    for floor in range(max(level.values()) + 1):
        names = [name for name in edges if level[name] == floor]

        def wish(name: str) -> float:
            below = [middle[other] for other in edges[name]]
            return sum(below) / len(below) if below else WIDTH / 2

        names.sort(key=lambda name: (round(wish(name)), name))
        wide = [len(name) * LETTER + 18 for name in names]
        gap = min(4 * GAP, max(GAP / 3, (WIDTH - sum(wide)) / (len(names) + 1)))
        x = (WIDTH - sum(wide) - gap * (len(names) - 1)) / 2
        for name, width in zip(names, wide, strict=True):
            middle[name] = round(x + width / 2, 1)
            x += width + gap
    return middle


def picture() -> str:
    """The picture as SVG."""
    edges = rooms()
    level, few = floors(edges), reduced(edges)
    middle, top = places(few, level), max(level.values())
    height = (top + 1) * ROW + 20

    def y(name: str) -> int:
        return (top - level[name]) * ROW + 30

    lines = [
        f'<path d="M{middle[a]} {y(a) + 12}C{middle[a]} {y(a) + 45} {middle[b]} {y(b) - 45} {middle[b]} {y(b) - 14}"/>'
        for a in few
        for b in sorted(few[a])
    ]
    boxes = []
    for name in edges:
        width = len(name) * LETTER + 18
        below = ", ".join(sorted(edges[name])) or "nothing"
        boxes.append(
            f'<g><title>{escape(name)} imports {escape(below)}</title><rect x="{middle[name] - width / 2:.1f}" '
            f'y="{y(name) - 14}" width="{width:.1f}" height="26" rx="4"/><text x="{middle[name]}" y="{y(name) + 4}">'
            f"{escape(name)}</text></g>"
        )
    style = (
        "svg{background:#fff}path{fill:none;stroke:#9aa4ae}rect{fill:#fff;stroke:#334}"
        "text{font:13px ui-monospace,monospace;text-anchor:middle;fill:#112}"
    )
    body = "\n".join((*lines, *boxes))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="The rooms of Variorum and what each rests on"><style>{style}</style>\n{body}\n</svg>\n'
    )


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
