"""The compiled templates of a process, so that each is compiled once, however many editions are printed."""

from __future__ import annotations

from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

__all__ = ["COMPILED"]


class Compiled(BytecodeCache):
    """Code by the key and the hash of its source."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code of a template whose source is the same as then; none makes Jinja compile it."""
        bucket.code = self.held.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self.held[bucket.key, bucket.checksum] = bucket.code


COMPILED = Compiled()
