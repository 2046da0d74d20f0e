"""The house: imports run one way only, and every command, option and config field is documented."""

import ast
import re
from collections import Counter
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


RULES = {"mentions", "claims", "names", "parallels", "renditions", "stemma", "events", "readings", "checks", "language",
         "structure", "repair", "silences", "passages", "rarity"}  # fmt: skip
"""Modules that decide by words: their words stand in data/, each list with its source."""
OWED = {"mentions": 106, "claims": 8, "language": 2, "parallels": 2, "repair": 1, "structure": 2}
"""Lists that still stand in code, by package; the number only falls."""
CODES = {"events/features.py", "events/link.py", "structure/__init__.py"}
"""Lists of names of our own: features, columns, kinds."""
UD = frozenset(
    [
        "nsubj",
        "obj",
        "iobj",
        "csubj",
        "ccomp",
        "xcomp",
        "obl",
        "vocative",
        "expl",
        "dislocated",
        "advcl",
        "advmod",
        "discourse",
        "aux",
        "cop",
        "mark",
        "nmod",
        "appos",
        "nummod",
        "acl",
        "amod",
        "det",
        "clf",
        "case",
        "conj",
        "cc",
        "fixed",
        "flat",
        "compound",
        "list",
        "parataxis",
        "orphan",
        "goeswith",
        "reparandum",
        "punct",
        "root",
        "dep",
        "prt",
        "prep",
        "poss",
        "neg",
        "pobj",
        "attr",
        "dobj",
        "agent",
    ]
)
WORD = re.compile(r"[^\W\d_][\w.’'-]*(?: [\w.’'-]+)*")
ALTERNATION = re.compile(r"(?<![\[\w])(?:[^\W\d_][\w’'-]*\|){4,}[^\W\d_][\w’'-]*")


def written_lists(path: Path) -> list[tuple[int, list[str]]]:
    """The lists of five words or more in the code of a file, with their lines: collections, split texts, alternations."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        words: list[str] = []
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            words = [n.value for n in node.elts if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        elif isinstance(node, ast.Dict) and all(isinstance(v, ast.Constant) for v in node.values):
            words = [n.value for n in node.keys if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            held = node.func.value
            words = held.value.split() if isinstance(held, ast.Constant) and isinstance(held.value, str) else []
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value:
            words = [w for run in ALTERNATION.findall(node.value) for w in run.split("|")]
        words = [w for w in words if WORD.fullmatch(w.strip()) and not w.isupper() and w.split(":")[0] not in UD]
        if len(words) > 4:
            found.append((node.lineno, words))
    return found


def exported(path: Path) -> set[int]:
    """The lines of ``__all__``."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return {n.value.lineno for n in body if isinstance(n, ast.Assign) and getattr(n.targets[0], "id", "") == "__all__"}


def test_words_stand_in_data() -> None:
    count: Counter[str] = Counter()
    told = []
    for path in MODULES:
        room = path.relative_to(SOURCE).with_suffix("").parts[0]
        inside = room in RULES and path.relative_to(SOURCE).as_posix() not in CODES
        for line, words in written_lists(path) if inside else ():
            if line not in exported(path):
                count[room] += 1
                told.append(f"{path.relative_to(SOURCE)}:{line}: {' '.join(words[:8])}")
    over = {room for room in count if count[room] > OWED.get(room, 0)}
    assert not over, "lists of words in code: " + "; ".join(t for t in told if re.split("[/.]", t)[0] in over)
