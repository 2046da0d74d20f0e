"""Writes docs/commands.md and docs/options.md from the program itself.

python tools/reference.py
"""

from __future__ import annotations

from pathlib import Path

import click

from variorum.cli import main
from variorum.config import Config

DOCS = Path(__file__).resolve().parents[1] / "docs"


def command_page() -> str:
    parts = ["# Commands\n\nWritten by `tools/reference.py` from the program's own help.\n"]
    for name, command in main.commands.items():
        inner = command.commands.items() if isinstance(command, click.Group) else [("", command)]
        for second, one in inner:
            full = f"{name} {second}".strip()
            settings = {**main.context_settings, "max_content_width": 100}
            context = click.Context(one, info_name=f"variorum {full}", **settings)
            parts.append(f"## variorum {full}\n\n```text\n{one.get_help(context).strip()}\n```\n")
    return "\n".join(parts)


def option_page() -> str:
    rows = [
        "# Options\n",
        "Written by `tools/reference.py`. Set them with `--set name=value` or in a TOML file (`--config`).\n",
    ]
    rows += ["| option | default | what it does, and when the default is wrong |", "| --- | --- | --- |"]
    rows += [f"| `{name}` | `{default}` | {text} |" for name, default, text in Config.described()]
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    (DOCS / "commands.md").write_text(command_page(), encoding="utf-8")
    (DOCS / "options.md").write_text(option_page(), encoding="utf-8")
