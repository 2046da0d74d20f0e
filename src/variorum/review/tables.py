"""An edition's tables as a desk: rows by their keys, texts, and what belongs to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from variorum.review.anchors import Text
from variorum.review.keys import KEYS, key

__all__ = ["TableDesk"]

Row = dict[str, Any]


class TableDesk:
    """A desk over tables that are read when they are asked for; ``get`` gives one by name."""

    def __init__(self, get: Callable[[str], pa.Table]) -> None:
        self._get = get
        self._tables: dict[str, pa.Table] = {}

    def table(self, name: str) -> pa.Table:
        """A table, read once."""
        if name not in self._tables:
            self._tables[name] = self._get(name)
        return self._tables[name]

    def rows(self, name: str, column: str, value: object) -> list[Row]:
        """The rows of a table with a value in a column."""
        data = self.table(name)
        found: list[Row] = data.filter(pc.equal(data[column], value)).to_pylist()
        return found

    def row(self, table: str, key_: str) -> Row | None:
        """The row of a table with this key."""
        if table not in KEYS:
            return None
        return next((row for row in self._near(table, key_) if key(table, row) == key_), None)

    def _near(self, table: str, key_: str) -> list[Row]:
        """Rows among which the one with a key is: few of them where a column of the key can be asked for."""
        witness = key_.rpartition(":")[0]
        data = self.table(table)
        if "witness" in data.column_names and witness in self._texts:
            return self.rows(table, "witness", witness)
        found: list[Row] = data.to_pylist()
        return found

    @cached_property
    def _texts(self) -> dict[str, tuple[str, str]]:
        data = self.table("witnesses")
        columns = (data[name].to_pylist() for name in ("witness", "sha256", "text"))
        return {witness: (sha, text) for witness, sha, text in zip(*columns, strict=True)}

    def text(self, witness: str) -> Text | None:
        """The text of a witness."""
        held = self._texts.get(witness)
        return None if held is None else Text(witness, *held)

    def telling(self, event: str) -> Sequence[Row]:
        """The claims that tell an event."""
        told = [t["claim"] for t in self.rows("tells", "event", event) if t["relation"] != "whole"]
        data = self.table("claims")
        found: list[Row] = data.filter(pc.is_in(data["claim"], pa.array(told, pa.string()))).to_pylist()
        return found

    def events(self, claim: str) -> Sequence[str]:
        """The events that a claim tells."""
        return [t["event"] for t in self.rows("tells", "claim", claim) if t["relation"] != "whole"]

    def readings(self, names: Iterable[str]) -> Sequence[Row]:
        """The readings of these ids."""
        data = self.table("readings")
        found: list[Row] = data.filter(pc.is_in(data["reading"], pa.array(list(names), pa.string()))).to_pylist()
        return found

    def forms(self, kind: str, referent: str) -> Sequence[str]:
        """The forms of a name, the most frequent first."""
        count: Counter[str] = Counter()
        for row in self.rows("names", "referent", referent):
            if row["kind"] == kind:
                count[row["form"]] += row["count"]
        return [form for form, _ in sorted(count.items(), key=lambda item: (-item[1], item[0]))]
