"""Variorum makes one sourced edition of many accounts of the same events.

``variorum.collate("accounts", "edition").events()`` makes an edition and gives its table of events;
``variorum.Edition("edition")`` opens one that is there.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Config", "Edition", "__version__", "annotate", "collate", "trace"]

if TYPE_CHECKING:
    from variorum.annotate import annotate
    from variorum.config import Config
    from variorum.edition import Edition
    from variorum.edition.collate import collate
    from variorum.trace import trace

HOMES = {
    "Config": "variorum.config",
    "Edition": "variorum.edition",
    "annotate": "variorum.annotate",
    "collate": "variorum.edition.collate",
    "trace": "variorum.trace",
}


class _Verbs(ModuleType):
    """This package as a module whose verbs stay functions: a verb and its module share a name, and loading the module
    anywhere (`variorum.trace`, say) would otherwise put it in the function's place."""

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(value, ModuleType) and HOMES.get(name) == f"variorum.{name}":
            value = getattr(value, name)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Verbs


def __getattr__(name: str) -> Any:
    """Loads a public name when it is first asked for, so that ``import variorum`` stays light."""
    if name in HOMES:
        value = getattr(import_module(HOMES[name]), name)
        setattr(sys.modules[__name__], name, value)
        return value
    raise AttributeError(f"module 'variorum' has no attribute {name!r}")
