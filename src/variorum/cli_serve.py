"""The commands ``variorum serve`` and ``variorum users``."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

import click

from variorum.errors import ConfigError

__all__ = ["serve", "users"]


@click.command()
@click.argument("edition", required=False, type=click.Path(path_type=Path))
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; others than loopback need --users."
)
@click.option("--port", type=click.IntRange(1, 65535), help="The port; without one the first free from 8765.")
@click.option("--users", "users_file", type=click.Path(path_type=Path), help="The file of users, for a team.")
@click.option(
    "--address", "addresses", multiple=True, metavar="URL", help="Where a proxy serves it (https://...). Repeatable."
)
@click.option(
    "--accounts", multiple=True, type=click.Path(exists=True), help="What the edition is made of, if not known."
)
@click.option("--as", "name", help="Under which name you decide, without --users; your login name by default.")
@click.option("--upload-mb", default=500, show_default=True, help="The largest file that may be dropped, in megabytes.")
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
def serve(
    edition: Path | None,
    host: str,
    port: int | None,
    users_file: Path | None,
    addresses: tuple[str, ...],
    accounts: tuple[str, ...],
    name: str | None,
    upload_mb: int,
    no_browser: bool,
) -> None:
    """Serve an EDITION in the browser, with search and review; without one, a page to drop accounts on.

    For one person it listens on this machine alone, asks for no password and opens the browser. A team needs a file of
    users (variorum users add), and a proxy that adds https (docs/serve.md).

    \b
    Examples:
      variorum serve
      variorum serve edition
      variorum serve edition --users team.json --address https://edition.example.org --no-browser
    """
    from variorum.edition import MANIFEST
    from variorum.serve.desk import Settings
    from variorum.serve.server import run

    target = edition or Path("edition")
    if edition is not None and not (edition / MANIFEST).is_file() and edition.is_dir() and any(edition.iterdir()):
        raise ConfigError(str(edition), "is there already and is no edition", "give the folder of an edition, or none")
    secure = bool(addresses) and all(address.startswith("https://") for address in addresses)
    settings = Settings(
        users=users_file, me=name or _me(), addresses=addresses, accounts=tuple(map(os.path.abspath, accounts)),
        upload_mb=upload_mb, secure=secure,
    )  # fmt: skip
    if users_file is not None and not secure and host not in ("127.0.0.1", "localhost", "::1"):
        click.echo("variorum: without https (a proxy, --address https://...) passwords travel unsealed", err=True)
    run(target, settings, host, port, said=click.echo, browser=not no_browser and users_file is None)


def _me() -> str:
    try:
        return os.environ.get("VARIORUM_REVIEWER") or getpass.getuser()
    except (OSError, KeyError):
        return "somebody"


FILE = click.option(
    "--users",
    "file",
    default="users.json",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The file of users.",
)
SECRET = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@click.group()
def users() -> None:
    """The users of a team's server: names, roles and passwords (kept as argon2 hashes)."""


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    given: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return given


@users.command("add")
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(["reader", "reviewer", "editor"]),
    default="reviewer",
    show_default=True,
    help="The role.",
)
@SECRET
@FILE
def users_add(name: str, role: str, password_stdin: bool, file: Path) -> None:
    """Add a user: a reader reads, a reviewer decides, an editor also adds accounts and makes the pages."""
    from variorum.serve.users import Users

    made = Users(file).add(name, role, _password(password_stdin))
    click.echo(f"{made.name} is a {made.role}")


@users.command("list")
@FILE
def users_list(file: Path) -> None:
    """List the users with their roles."""
    from variorum.serve.users import Users

    listed = Users(file).all()
    for one in listed:
        click.echo(f"{one.name}  {one.role}")
    if not listed:
        click.echo(f"{file} has no users; add one: variorum users add NAME --role editor")


@users.command("remove")
@click.argument("name")
@FILE
def users_remove(name: str, file: Path) -> None:
    """Take a user away; whoever is logged in by that name is out at once."""
    from variorum.serve.users import Users

    Users(file).remove(name)
    click.echo(f"{name} is removed; what {name} decided stays")


@users.command("passwd")
@click.argument("name")
@SECRET
@FILE
def users_passwd(name: str, password_stdin: bool, file: Path) -> None:
    """Give a user another password."""
    from variorum.serve.users import Users

    Users(file).password(name, _password(password_stdin))
    click.echo(f"{name} has a new password")
