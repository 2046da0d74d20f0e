"""The house: imports run one way only, and every command, option and config field is documented."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import click
import pytest

from variorum.cli import main
from variorum.config import Config
from variorum.edition.sources import imported
from variorum.lists import toml

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "variorum"

# From the ground to the face; a module may import its own floor's package and floors before it.
FLOORS = [
    {"spans", "errors", "lists", "records", "config"},
    {"verdicts", "groups", "chaining", "differing", "counted", "select", "linkage"},
    {"dates"},
    {"credits", "rulings", "citing"},
    {"engine"},
    {"structure", "languages"},
    {"ocr"},
    {"governing"},
    {"sentences"},
    {"review"},
    {"read"},
    {"repair"},
    {"gazetteer"},
    {"spelling"},
    {"mentions.times", "mentions.__init__"},
    {"language"},
    {"voices"},
    {"mentions.places", "mentions.actors", "mentions.figures", "mentions.quotes", "mentions.packs"},
    {"claims", "unread"},
    {"annotate", "components"},
    {"names", "reuse", "renditions", "parallels", "stemma", "alignment"},
    {"stories", "acts", "events", "readings", "silences", "checks"},
    {"trace"},
    {"redact"},
    {"export"},
    {"site"},
    {"embeds"},
    {"bags"},
    {"edition"},
    {"example"},
    {"progress", "show"},
    {"diff"},
    {"serve"},
    {"cli_common"},
    {"cli_export", "cli_gazetteer", "cli_review", "cli_serve"},
    {"cli"},
]
STEPS = {
    "names",
    "reuse",
    "renditions",
    "alignment",
    "parallels",
    "stemma",
    "stories",
    "acts",
    "events",
    "readings",
    "silences",
    "checks",
}


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


MODULES = sorted(p for p in SOURCE.rglob("*.py") if "data" not in p.parts and p != SOURCE / "__init__.py")


def named(path: Path) -> str:
    """The name of a module without that of the package."""
    return path.relative_to(SOURCE).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")


NAMES = {named(path): path for path in MODULES}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in NAMES.items()}


def imports(path: Path) -> set[str]:
    """The modules that a file names: imported at its head or within a function, or in a string of their own.

    The table of contents (``variorum`` itself) is left out: it loads what is asked for, and others ask it for no more
    than the version.
    """
    found: set[str] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "variorum":
            inside = {f"{node.module}.{name.name}" for name in node.names}
            known = {name for name in inside if name.removeprefix("variorum.") in NAMES}
            found |= known if known == inside else known | {node.module}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            found.add(node.value)
    return {name.removeprefix("variorum.") for name in found if name.startswith("variorum.")} & NAMES.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_imports_run_from_the_face_to_the_ground(path: Path) -> None:
    own = house(named(path))
    for name in imports(path):
        room = house(name)
        assert floor(room) <= floor(own), f"{own} imports {room}, which lies above it"
        assert not (own in STEPS and room in STEPS and own != room), f"the steps {own} and {room} know of each other"


def test_no_module_is_loaded_by_a_name_that_is_put_together() -> None:
    for path in (p for p in MODULES if named(p) != "read"):  # its readers lie in its own folder
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("import_module", "__import__"):
                assert isinstance(node.args[0], ast.Constant | ast.Name | ast.Attribute | ast.Subscript), path


def test_imports_run_in_no_circle() -> None:
    edges = {name: imports(path) - {name} for name, path in NAMES.items()}
    while free := {name for name, others in edges.items() if not others & edges.keys()}:
        edges = {name: others for name, others in edges.items() if name not in free}
    needed = {name for others in edges.values() for name in others}
    circle = {name: sorted(others & edges.keys()) for name, others in edges.items() if name in needed}
    assert not circle, f"these import each other: {circle}"


def test_the_hash_of_a_step_holds_all_that_it_imports() -> None:
    for name, path in NAMES.items():
        assert {found.removeprefix("variorum.") for found in imported(f"variorum.{name}")} >= imports(path) - {name}


def tool(name: str) -> ModuleType:
    """A script of tools/ as a module."""
    made = spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert made is not None and made.loader is not None
    module = module_from_spec(made)
    made.loader.exec_module(module)
    return module


def commands() -> list[tuple[str, click.Command]]:
    found = []
    for name, command in main.commands.items():
        if isinstance(command, click.Group):
            found += [(f"{name} {inner}", one) for inner, one in command.commands.items()]
        else:
            found.append((name, command))
    return found


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_command_and_option_has_its_help(name: str, command: click.Command) -> None:
    assert command.help, f"variorum {name} has no help"
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"variorum {name} {option.opts} has no help"


def test_every_config_field_is_a_sentence() -> None:
    for name, _, text in Config.described():
        assert text.endswith("."), f"option {name}: its help is no sentence"


@pytest.mark.parametrize(("page", "made"), [("commands.md", "command_page"), ("options.md", "option_page")])
def test_the_pages_of_reference_are_what_the_program_says(page: str, made: str) -> None:
    written = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert written == getattr(tool("reference"), made)(), f"docs/{page} is old: run tools/reference.py"


RULES = {"mentions", "claims", "names", "reuse", "parallels", "credits", "renditions", "stemma", "stories", "acts", "events", "readings", "checks", "language",
         "voices", "structure", "repair", "silences", "sentences"}  # fmt: skip
"""Modules that decide by words: their words stand in data/, each list with its source."""
OWED = {"mentions": 81, "claims": 7, "language": 2, "reuse": 2, "repair": 1, "structure": 2}
"""Lists that still stand in code, by package; the number only falls."""
CODES = {
    "acts/alike.py",
    "stories/likeness.py",
    "events/features.py",
    "events/link.py",
    "structure/__init__.py",
    "voices/chains.py",
    "voices/cues.py",
}
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


NO_THRESHOLDS = {
    "language.embedding": {"MOST", "ROWS", "EPSILON"},
    "language.parsing": {"SPACE", "OUTSIDE", "BATCH_CHARACTERS"},
    "mentions.figures.numbers": {"TOO_LONG"},
    "mentions.packs.readings": {"_LAST_MONTH", "_LAST_DAY", "_HOURS", "_NOON", "_MINUTES"},
    "mentions.places.bearings": {"_EARTH_KM"},
    "mentions.times.almanac": {"_LONGEST", "_CYCLE"},
    "mentions.times.entries": {"YEAR", "MONTH", "WEEK", "DAY", "MOMENT"},
    "renditions": {"ROOM"},
    "renditions.accounts": {"SHIFT"},
    "reuse.relational": {"PLACE", "AFTER"},
    "reuse.seeds": {"BLOCK"},
    "sentences.passages": {"AT_ONCE"},
}
"""Numbers that decide nothing: how things are packed and how much is held in memory, codes and ranks, the calendar, the Earth."""


def written_numbers(path: Path) -> list[str]:
    """The constants of a file that are numbers written in it."""
    found = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if (
            isinstance(node, ast.Assign | ast.AnnAssign)
            and node.value is not None
            and all(
                isinstance(
                    inner, ast.Constant | ast.Tuple | ast.UnaryOp | ast.BinOp | ast.operator | ast.unaryop | ast.Load
                )
                and not isinstance(getattr(inner, "value", 0), str | bool | bytes | None)
                for inner in ast.walk(node.value)
            )
        ):
            first = node.targets[0] if isinstance(node, ast.Assign) else node.target
            found += [
                t.id for t in (first.elts if isinstance(first, ast.Tuple) else [first]) if isinstance(t, ast.Name)
            ]
    return found


def test_thresholds_stand_in_data() -> None:
    for name, path in NAMES.items():
        if name.split(".")[0] in RULES:
            bare = set(written_numbers(path))
            known = NO_THRESHOLDS.get(name, set())
            assert bare == known, f"{name}: thresholds in code, not in data/, or none that is listed: {bare ^ known}"


COMPARED = {
    "checks": 6,
    "claims": 2,
    "language": 7,
    "mentions": 118,
    "names": 3,
    "readings": 12,
    "renditions": 1,
    "repair": 6,
    "sentences": 2,
    "structure": 6,
    "voices": 2,
}
"""Comparisons with numbers above 3 that stand in the code of rules, by package; the number only falls.

Some are no thresholds: months of a year, hours of a day, degrees of the globe, thousands, the letters of a format.
"""


def compared_numbers(tree: ast.Module) -> list[int]:
    """The lines of the comparisons of a file with a number above 3 that is written there, by itself or in a sum or product."""
    found = []
    for node in (n for n in ast.walk(tree) if isinstance(n, ast.Compare)):
        sides = [
            s for s in (node.left, *node.comparators) if not isinstance(s, ast.Call | ast.Subscript | ast.Attribute)
        ]
        numbers = [n.value for side in sides for n in ast.walk(side) if isinstance(n, ast.Constant)]
        if any(isinstance(n, int | float) and n > 3 for n in numbers):
            found.append(node.lineno)
    return found


def test_comparisons_with_bare_numbers_only_grow_fewer() -> None:
    now = Counter(dict.fromkeys(COMPARED, 0))
    where = []
    for name, tree in TREES.items():
        room = name.split(".")[0]
        if room in RULES:
            lines = compared_numbers(tree)
            now[room] += len(lines)
            where += [f"{name}:{line}" for line in lines]
    held = {room: n for room, n in now.items() if n}
    told = "put a threshold into data/ with unit and reason; where there are fewer, lower COMPARED"
    assert held == COMPARED, f"{told}: {held}; all of them: {' '.join(where)}"


def test_a_comparison_with_a_bare_number_is_seen() -> None:
    seen = ast.parse("a = b - c > 40\nd = len(e) < 2 * 8\nf = g > MOST\nh = i == 2\nj = k.find('x', 9) > l[12]")
    assert compared_numbers(seen) == [1, 2]


def test_every_limit_has_its_reason_and_is_read() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in MODULES)
    above, room = "", ""
    for line in (SOURCE / "data" / "limits.toml").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            room = line.strip("[]")
        elif " = " in line and room:
            key = line.split(" = ")[0]
            assert above.startswith("# "), f"limits.toml: {room}.{key} has no reason"
            assert f'toml("limits")["{room}"]["{key}"]' in code, f"limits.toml: nothing reads {room}.{key}"
        above = line


@pytest.mark.parametrize(("room", "data"), [("language", "grammar"), ("voices", "voices")])
def test_limits_that_a_room_asks_for_by_name_are_those_of_its_data(room: str, data: str) -> None:
    asked = {
        node.args[0].value
        for name, tree in TREES.items()
        if name.split(".")[0] == room
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "limit"
        and isinstance(node.args[0], ast.Constant)
    }
    assert asked == set(toml(data)["limits"])


DOORS = {"find_plain", "notes_of", "rarely_collected", "language.lemmas.learn", "read.ENDINGS", "structure.KINDS"}
"""What only tests, benchmarks and those who train a model read: a finder without a parse, the notes of a dossier, what the
program runs in, a table of lemmas, the endings that are read, the kinds of parts."""


def _without_docstrings(tree: ast.Module) -> Iterator[ast.AST]:
    """The nodes of a file, but for its docstrings and the list of its names."""
    said = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    listed = [n for n in tree.body if isinstance(n, ast.Assign) and getattr(n.targets[0], "id", "") == "__all__"]
    said |= {id(n) for one in listed for n in ast.walk(one)}
    return (n for n in ast.walk(tree) if id(n) not in said)


def asked_elsewhere(tree: ast.Module) -> set[str]:
    """What a file asks of others, as ``module.name``; names alone where a module is told by a text (``import_module``)."""
    found: set[str] = set()
    homes: dict[str, str] = {}
    for node in _without_docstrings(tree):
        if isinstance(node, ast.ImportFrom):
            homes |= {name.asname or name.name: f"{node.module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {w for w in re.split(r"[.:]", node.value) if w.isidentifier() and not w.isupper()}
        elif isinstance(node, ast.Attribute):
            path = ast.unparse(node)
            home = homes.get(path.split(".")[0]) if isinstance(node.value, ast.Name | ast.Attribute) else None
            loaded = isinstance(node.value, ast.Call) and getattr(node.value.func, "id", "") == "import_module"
            found |= {f"{home}.{path.partition('.')[2]}"} if home else {node.attr} if loaded else set()
    return {name.removeprefix("variorum.") for name in found | set(homes.values())}


def read_inside(tree: ast.Module) -> Counter[str]:
    """How often a file reads each of its names, in code and in annotations that are written as texts."""
    found = Counter(n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))
    for node in ast.walk(tree):
        for told in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            for text in ast.walk(told) if isinstance(told, ast.AST) else ():
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    found.update(re.findall(r"\w+", text.value))
    return found


def _registers(node: ast.Assign | ast.AnnAssign) -> bool:
    """True for a tuple of modules that are held so that their rules are known."""
    return isinstance(node.value, ast.Tuple) and all(
        isinstance(n, ast.Name) and n.id.islower() for n in node.value.elts
    )


def unread_names(trees: Mapping[str, ast.Module], known: Set[str]) -> list[str]:
    """Functions, classes and constants that neither their own file reads (what calls only itself is unread) nor another."""
    known = known.union(*map(asked_elsewhere, trees.values()))
    unread = []
    for name, tree in trees.items():
        inside = read_inside(tree)
        for node in tree.body:
            held: list[str] = []
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
                held = [node.name]
            elif isinstance(node, ast.Assign | ast.AnnAssign) and not _registers(node):
                first = node.targets[0] if isinstance(node, ast.Assign) else node.target
                stored = [n for n in ast.walk(first) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
                held = [n.id for n in stored if n.id != "__all__"]
            own = read_inside(ast.Module([node], []))
            unread += [f"{name}.{h}" for h in held if inside[h] <= own[h] and not {h, f"{name}.{h}"} & known]
    return unread


SPACY_CALLS = {"to_disk", "from_disk"}
"""Methods whose parameters spaCy names."""


def unread_parameters(trees: Mapping[str, ast.Module]) -> list[str]:
    """Of functions and methods that are only called: one that is handed on takes what its caller gives.

    A method with a docstring alone is a promise (a protocol). A parameter with "_" before it says itself that it is idle.
    """
    handed_in = {}
    for name, tree in trees.items():
        called = {id(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
        idle = [n for n in ast.walk(tree) if isinstance(n, ast.Name | ast.Attribute) and id(n) not in called]
        handed_in[name] = {n.id if isinstance(n, ast.Name) else n.attr for n in idle}
    texts = {
        n.value for t in trees.values() for n in ast.walk(t) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }
    anywhere = texts.union(*handed_in.values())
    unread = []
    for name, tree in trees.items():
        for one in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and not n.decorator_list):
            handed = handed_in[name] | texts if one.name.startswith("_") else anywhere
            promise = all(isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant) for part in one.body)
            if one.name in handed | SPACY_CALLS or promise or one.name.startswith("__"):
                continue
            read = {n.id for part in one.body for n in ast.walk(part) if isinstance(n, ast.Name)} | {"self", "cls"}
            more = [a for a in (one.args.vararg, one.args.kwarg) if a]
            given = [a.arg for a in (*one.args.posonlyargs, *one.args.args, *one.args.kwonlyargs, *more)]
            unread += [f"{name}.{one.name}({a})" for a in given if a not in read and not a.startswith("_")]
    return unread


def test_nothing_stands_unread() -> None:
    beside = [
        *(p for p in SOURCE.rglob("*.html") if "example" not in p.parts),
        ROOT / "pyproject.toml",
        SOURCE / "__init__.py",
    ]
    known = set(re.findall(r"\w+", "".join(p.read_text(encoding="utf-8") for p in beside))) | DOORS
    unread = unread_names(TREES, known)
    assert not unread, f"nothing in the program reads these: {unread}"


def test_no_parameter_stands_unread() -> None:
    unread = unread_parameters(TREES)
    assert not unread, f"nothing reads these parameters: {unread}"


PLANTED = ast.parse(
    """
__all__ = ["once_more", "MOST"]
MOST, _LEAST = 3, 1
def once_more(left: int) -> int: return once_more(left - _LEAST)
def only_called(left: int, idle: int, _said: int) -> int: return left
class Kept:
    def is_called(self, left: int, *idle: int) -> int: return only_called(left, 1, 2)
    def promised(self, left: int) -> int:
        "What a protocol asks for."
def handed(left: int, event: int) -> int: return left
HANDLERS = [handed, Kept().is_called(1)]
print(f"MOST and once_more are words of a message", HANDLERS)
"""
)


def test_an_unread_name_or_parameter_is_seen() -> None:
    """Planted beside the real files, of which one reads another ``MOST``, and in which messages say the words."""
    trees = TREES | {"planted": PLANTED}
    assert [n for n in unread_names(trees, DOORS) if n.startswith("planted")] == ["planted.MOST", "planted.once_more"]
    seen = [n for n in unread_parameters(trees) if n.startswith("planted")]
    assert seen == ["planted.only_called(idle)", "planted.is_called(idle)"]


DENSEST, LONGEST, LARGEST, MOST_PARAMETERS = 20, 60, 450, 7
"""Branches and lines of a function, lines of a file, parameters of a function that no command line gives."""
DENSE = 0
"""Functions with more branches that still stand; the number only falls."""
LARGE = {"records"}
"""Files that may be longer: `records` is the one schema of all tables."""
BRANCHES = (ast.If, ast.For, ast.While, ast.IfExp, ast.ExceptHandler, ast.With, ast.comprehension, ast.match_case)


def functions(path: Path) -> list[ast.FunctionDef]:
    return [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.FunctionDef)]


def branches(function: ast.FunctionDef) -> int:
    """Ways through a function: one, and one more for each choice, loop, and part of an "and" or "or"."""
    nodes = list(ast.walk(function))
    parts = sum(len(node.values) - 1 for node in nodes if isinstance(node, ast.BoolOp))
    return 1 + parts + sum(isinstance(node, BRANCHES) for node in nodes)


def test_functions_and_files_are_small() -> None:
    dense, large = [], []
    for name, path in NAMES.items():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        large += [f"{name}: {lines} lines"] if lines > LARGEST and name not in LARGE else []
        for function in functions(path):
            where = f"{name}.{function.name}"
            dense += [where] if branches(function) > DENSEST else []
            length = (function.end_lineno or 0) - function.lineno + 1
            large += [f"{where}: {length} lines"] if length > LONGEST else []
            given = [a for a in (*function.args.args, *function.args.kwonlyargs) if a.arg not in ("self", "cls")]
            many = len(given) > MOST_PARAMETERS and not name.startswith("cli") and name.split(".")[0] != "show"
            large += [f"{where}: {len(given)} parameters"] if many else []
    assert not large
    assert len(dense) <= DENSE, f"more than {DENSEST} branches: {dense}"
