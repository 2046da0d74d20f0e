"""Parallels: passages of the same wording, verbatim or edited, in any two witnesses or twice in one."""

from variorum.parallels.compare import Documents, compare

__all__ = ["Documents", "compare"]
