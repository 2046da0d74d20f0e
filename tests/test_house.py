"""The house: imports run one way only, and every command, option and config field is documented."""

import ast
from pathlib import Path

import click
import pytest

from variorum.cli import main
from variorum.config import Config

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "variorum"

# From the ground to the face; a module may import its own floor's package and floors before it.
FLOORS = [
    {"spans", "errors", "lists", "records", "config"},
    {"verdicts", "groups"},
    {"dates"},
    {"engine"},
    {"rarity", "passages"},
    {"structure"},
    {"read"},
    {"repair"},
    {"gazetteer"},
    {"mentions.times", "mentions.__init__", "mentions.inflection"},
    {"language"},
    {"mentions.places", "mentions.actors", "mentions.figures", "mentions.quotes"},
    {"claims"},
    {"annotate", "components"},
    {"names", "parallels", "renditions", "stemma"},
    {"events", "readings", "silences", "checks"},
    {"trace"},
    {"steps"},
    {"workshop", "edition"},
    {"site", "export"},
    {"example", "verify"},
    {"collate"},
    {"progress", "show"},
    {"cli"},
]
TOGETHER = {"engine": {"engine"}}
STEPS = {"names", "parallels", "renditions", "stemma", "events", "readings", "silences", "checks"}


def house(name: str) -> str:
    """The room of a module: its first part, or two for mentions."""
    parts = name.split(".")
    if parts[0] == "mentions":
        return ".".join((parts[0], parts[1] if len(parts) > 1 else "__init__"))
    return parts[0]


def floor(room: str) -> int:
    for number, rooms in enumerate(FLOORS):
        if room in rooms:
            return number
    raise AssertionError(f"{room} has no floor in the house: add it to FLOORS")


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("variorum"):
            inner = node.module.removeprefix("variorum").lstrip(".")
            if inner:
                found.add(inner)
            for name in node.names:
                if not inner and name.name not in ("__version__",):
                    found.add(name.name)
                elif inner == "mentions" and name.name[0].islower():
                    found.add(f"mentions.{name.name}")
    return found


MODULES = sorted(p for p in SOURCE.rglob("*.py") if "data" not in p.parts and p != SOURCE / "__init__.py")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_imports_run_from_the_face_to_the_ground(path: Path) -> None:
    own = house(path.relative_to(SOURCE).with_suffix("").as_posix().replace("/", "."))
    for name in imports(path):
        room = house(name)
        if room in (own, "Config", "Edition"):
            continue
        assert floor(room) <= floor(own), f"{own} imports {room}, which lies above it"
        assert not (own in STEPS and room in STEPS), f"the steps {own} and {room} know of each other"


def commands() -> list[tuple[str, click.Command]]:
    found = []
    for name, command in main.commands.items():
        if isinstance(command, click.Group):
            found += [(f"{name} {inner}", one) for inner, one in command.commands.items()]
        else:
            found.append((name, command))
    return found


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_command_and_option_is_documented(name: str, command: click.Command) -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert command.help, f"variorum {name} has no help"
    assert f"## variorum {name}\n" in page
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"variorum {name} {option.opts} has no help"
            assert any(f"`{one}`" in page or f"{one} " in page for one in option.opts), option.opts


def test_every_config_field_is_documented() -> None:
    page = (ROOT / "docs" / "options.md").read_text(encoding="utf-8")
    for name, _, text in Config.described():
        assert text.endswith("."), f"option {name}: its help is no sentence"
        assert f"`{name}`" in page, f"option {name} is not in docs/options.md: run tools/reference.py"
