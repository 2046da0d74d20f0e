"""The errors that Variorum raises, written for the person who gets them: what, where, and what to do next."""

from __future__ import annotations

__all__ = ["ConfigError", "EditionError", "EngineError", "InputError", "LanguageError", "VariorumError"]


class VariorumError(Exception):
    """Base of every error that Variorum raises on purpose; its text is a sentence for the user.

    >>> raise InputError("accounts", "there is no such file or folder", "check the path")
    Traceback (most recent call last):
    ...
    variorum.errors.InputError: accounts: there is no such file or folder; check the path
    """

    exit_code = 1

    def __init__(self, where: str, what: str, advice: str = "") -> None:
        self.where, self.what, self.advice = where, what, advice
        super().__init__(f"{where}: {what}" + (f"; {advice}" if advice else ""))

    def __reduce__(self) -> tuple[type[VariorumError], tuple[str, str, str]]:
        """So that an error raised in a worker process is the same error here."""
        return type(self), (self.where, self.what, self.advice)


class InputError(VariorumError):
    """An account, table or option value that cannot be read."""

    exit_code = 2


class ConfigError(VariorumError):
    """An option that does not exist or has no such value."""

    exit_code = 2


class EditionError(VariorumError):
    """An edition folder that is missing, held by another run, damaged or cannot be written."""

    exit_code = 3


class EngineError(VariorumError):
    """An engine that cannot start or that failed in a step."""

    exit_code = 4


class LanguageError(VariorumError):
    """A language pipeline that is missing or lacks a part that Variorum needs."""

    exit_code = 5
