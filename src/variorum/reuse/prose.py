"""What is compared of a witness: its prose, without the menus, captions and struck-out words that stand beside it."""

from __future__ import annotations

from collections import defaultdict

import pyarrow as pa

from variorum import structure
from variorum.engine import Engine
from variorum.records import Structure, rows

__all__ = ["cut_anew", "prose"]


def prose(engine: Engine) -> pa.Table:
    """The witnesses, with what is no prose of theirs masked in their texts; every offset stays."""
    witnesses = engine.get("witnesses")
    if not engine.has("structure"):
        return witnesses
    parts: dict[str, list[structure.Part]] = defaultdict(list)
    for row in rows(Structure, engine.get("structure")):
        if row.kind in structure.HIDDEN and row.kind != "foreign":
            parts[row.witness].append(structure.Part(row.start, row.end, row.kind))
    named = zip(witnesses["witness"].to_pylist(), witnesses["text"].to_pylist(), strict=True)
    texts = [structure.masked(text, structure.hidden(parts[name])) for name, text in named]
    return witnesses.set_column(witnesses.schema.get_field_index("text"), "text", pa.array(texts, pa.string()))


def cut_anew(found: pa.Table, witnesses: pa.Table) -> pa.Table:
    """Passages with their words as the witnesses have them, not as they were compared."""
    texts = dict(zip(witnesses["witness"].to_pylist(), witnesses["text"].to_pylist(), strict=True))
    for side in "ab":
        columns = (found[f"{side}_{name}"].to_pylist() for name in ("witness", "start", "end"))
        words = [texts[witness][start:end] for witness, start, end in zip(*columns, strict=True)]
        name = f"{side}_text"
        found = found.set_column(found.schema.get_field_index(name), name, pa.array(words, pa.string()))
    return found
