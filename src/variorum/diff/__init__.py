"""What changed between two editions, and why: accounts, events, questions and their readings."""

from variorum.diff.changes import Change
from variorum.diff.compared import diff

__all__ = ["Change", "diff"]
