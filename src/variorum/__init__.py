"""Variorum makes one sourced edition of many accounts of the same events."""

__version__ = "0.1.0"
