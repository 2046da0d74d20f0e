"""The compiled templates of a process: each compiled once, however many editions are printed, and quick to fill."""

from __future__ import annotations

from typing import Any

from jinja2 import BytecodeCache, Environment, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from variorum.site.marking import shown

__all__ = ["COMPILED", "Quick"]


class Generator(CodeGenerator):
    """Writes ``environment.told(value)`` where Jinja's own writes two calls and more below them."""

    def _output_child_pre(self, _node: nodes.Expr, _frame: Frame, _finalize: Any) -> None:
        self.write("(environment.told(")

    def _output_child_post(self, _node: nodes.Expr, _frame: Frame, _finalize: Any) -> None:
        self.write("))")


class Quick(Environment):
    """An environment that always escapes, and replaces what no page can hold."""

    code_generator_class = Generator

    @staticmethod
    def told(value: Any) -> str:
        """A value as a template prints it: markup as it is, nothing for None, all else escaped.

        >>> Quick.told(Markup("<b>")), str(Quick.told("a < b")), Quick.told(None), str(Quick.told(3))
        (Markup('<b>'), 'a &lt; b', '', '3')
        """
        if type(value) is Markup:
            return value
        if value is None:
            return ""
        return value if isinstance(value, Markup) else escape(shown(value))


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
