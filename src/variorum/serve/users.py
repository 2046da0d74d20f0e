"""The users of a team's server: a file of names, roles and hashes of passwords, that only its owner may read."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from variorum.errors import ConfigError, InputError

__all__ = ["MAY", "ROLES", "User", "Users", "may"]

ROLES = ("reader", "reviewer", "editor")
MAY: Mapping[str, tuple[str, ...]] = {
    "read": ROLES,
    "decide": ("reviewer", "editor"),
    "make": ("editor",),
}
"""What each role may: read, take decisions, make the pages anew and add accounts."""
SHORTEST = 10
"""Letters that a password has at least."""
FORM = 1


@dataclass(frozen=True, slots=True)
class User:
    """Who is there, and as what."""

    name: str
    role: str

    def may(self, what: str) -> bool:
        """True when the role may do it."""
        return may(self.role, what)


def may(role: str, what: str) -> bool:
    """True when a role may do something.

    >>> may("reviewer", "decide"), may("reviewer", "make"), may("stranger", "read")
    (True, False, False)
    """
    return role in MAY[what]


class Users:
    """The file of users; it is read again when it changes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: tuple[int, int] | None = None
        self._users: dict[str, dict[str, str]] = {}
        self._hasher = PasswordHasher()
        self._nobody = ""

    def all(self) -> list[User]:
        """Every user, by name."""
        return [User(name, one["role"]) for name, one in sorted(self._read().items())]

    def get(self, name: str) -> User | None:
        """A user by name, or None."""
        one = self._read().get(name)
        return None if one is None else User(name, one["role"])

    def check(self, name: str, password: str) -> User | None:
        """The user where the password is right, else None; it takes the same time whether the name is there or not."""
        one = self._read().get(name)
        self._nobody = self._nobody or self._hasher.hash(secrets.token_hex())
        try:
            self._hasher.verify(one["hash"] if one is not None else self._nobody, password)
        except (VerificationError, InvalidHashError):
            return None
        return None if one is None else User(name, one["role"])

    def add(self, name: str, role: str, password: str) -> User:
        """A new user; raises `InputError` where the name is taken or the password too short."""
        users = self._read()
        if name in users:
            raise InputError(
                f"user {name}", "is there already", f"'variorum users passwd {name}' gives another password"
            )
        if not name or name != name.strip() or len(name) > 80 or not name.isprintable():
            raise InputError(f"user {name!r}", "is no name", "1 to 80 letters, without control signs")
        if role not in ROLES:
            raise InputError(f"role {role}", "there is no such role", f"it is one of {', '.join(ROLES)}")
        self._write({**users, name: {"role": role, "hash": self._hash(name, password)}})
        return User(name, role)

    def password(self, name: str, password: str) -> None:
        """Gives a user another password."""
        users = self._read()
        self._there(name, users)
        self._write({**users, name: {**users[name], "hash": self._hash(name, password)}})

    def remove(self, name: str) -> None:
        """Takes a user away; whoever is logged in by that name is out at once."""
        users = dict(self._read())
        self._there(name, users)
        del users[name]
        self._write(users)

    def _there(self, name: str, users: Mapping[str, Any]) -> None:
        if name not in users:
            raise InputError(
                f"user {name}", "there is none of that name", f"there are {', '.join(sorted(users)) or 'none'}"
            )

    def _hash(self, name: str, password: str) -> str:
        if len(password) < SHORTEST or password.lower() == name.lower():
            raise InputError("password", f"is too short or is the name; it has at least {SHORTEST} letters")
        return self._hasher.hash(password)

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            state = self.path.stat()
            stamp = (state.st_mtime_ns, state.st_size)
            if stamp != self._stamp:
                held = json.loads(self.path.read_text(encoding="utf-8"))
                self._users = {
                    str(n): {"role": str(u["role"]), "hash": str(u["hash"])} for n, u in held["users"].items()
                }
                self._stamp = stamp
        except FileNotFoundError:
            self._users, self._stamp = {}, None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConfigError(
                str(self.path), f"is no file of users ({type(error).__name__})", "make it with 'variorum users add'"
            ) from error
        return self._users

    def _write(self, users: Mapping[str, Mapping[str, str]]) -> None:
        """Writes the file whole or not at all, for its owner alone."""
        making = self.path.with_name(self.path.name + ".making")
        try:
            handle = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({"variorum_users": FORM, "users": users}, file, indent=1, ensure_ascii=False)
                file.write("\n")
                file.flush()
                os.fsync(file.fileno())
            os.replace(making, self.path)
        except OSError as error:
            raise ConfigError(
                str(self.path), f"cannot be written ({error.strerror})", "choose another --users"
            ) from error
        self._stamp = None
