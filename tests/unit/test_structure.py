"""Who may import whom. The table is that of the layout; the walk reads the source, it runs nothing."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "medsteward"

# Each part, and those right below it. A part may import these, and everything that they may import.
BELOW: dict[str, set[str]] = {
    "version": set(),
    "schemas": {"caches"},
    "errors": set(),
    "caches": set(),
    "progress": set(),
    "model": {"errors", "caches"},
    "bibliography": {"model"},
    "thresholds": {"bibliography"},
    "drugs": {"thresholds"},
    "units": {"drugs"},
    "readers": {"units", "schedules", "progress"},
    "doses": {"drugs"},
    "tables": {"doses"},
    "mme": {"tables"},
    "fills": {"mme", "patient"},
    "patient": {"doses"},
    "limits": {"patient", "tables"},
    "interactions": {"limits"},
    "schedules": {"patient"},
    "scales": {"bibliography"},
    "treatments": {"interactions", "schedules"},
    "reminders": {"treatments", "scales"},
    "advice": {"fills", "reminders"},
    "writers": {"advice", "version", "schemas"},
    "library": {"readers", "writers"},
    "frames": {"library"},
    "page": {"frames"},
    "service": {"page", "schemas"},
    "population": {"readers", "writers"},
    "cli": {"population", "service"},
}

ENTRANCES = {"__init__", "__main__"}
"""Not layers: the list of public names, and ``python -m medsteward``."""

LATE = {"units"}
"""May be imported inside a function from anywhere: a result's ``quantity`` does so when it is asked for."""

OUTSIDE: dict[str, set[str]] = {
    "attrs": set(BELOW) - {"version", "schemas"},
    "pint": {"units"},
    "tabulate": {"writers", "cli"},
    "holidays": {"schedules"},
    "icalendar": {"writers"},
    "jinja2": {"page", "writers"},
    "msgspec": {"readers"},
    "markupsafe": {"page", "writers"},
    "typst": {"writers"},
    "click": {"cli"},
    "starlette": {"service", "cli"},
    "uvicorn": {"service", "cli"},
    "h11": {"service"},
    "python_multipart": {"service"},
    "jwt": {"service"},
    "openpyxl": {"readers"},
    "nanoarrow": {"frames"},
    "duckdb": {"readers", "population"},
    "pyspark": {"population"},
    "grpc": {"population"},
    "pyarrow": {"population"},
}
"""What we import from others, and where."""

HEAVY = {
    "pint",
    "tabulate",
    "holidays",
    "icalendar",
    "jinja2",
    "typst",
    "msgspec",
    "click",
    "starlette",
    "uvicorn",
    "sqlite3",
    "duckdb",
    "pyspark",
    "numpy",
    "medsteward.units",
    "medsteward.cli",
}
"""What ``import medsteward`` must not load."""


@dataclass(frozen=True)
class Import:
    """One import statement: who, what, on which line, and whether it runs when the module does."""

    importer: str
    imported: str
    line: int
    late: bool = False
    typing: bool = False

    def __str__(self) -> str:
        return f"{self.importer}, line {self.line}, imports {self.imported}"


def allowed(part: str) -> set[str]:
    """Everything that ``part`` may import, itself included."""
    found, todo = {part}, [part]
    while todo:
        new = BELOW[todo.pop()] - found
        found |= new
        todo += new
    return found


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def part_of(module: str) -> str:
    """The layer a module is in: ``medsteward.mme.total`` is in ``mme``, ``medsteward`` is ``__init__``."""
    return module.split(".")[1] if "." in module else "__init__"


def imports(source: str, importer: str, *, known: set[str], is_package: bool = False) -> Iterator[Import]:
    """The imports of one module's source, each by the dotted name of what it loads."""

    def names(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
            return
        base = node.module or ""
        if node.level:
            home = importer.split(".")[: None if is_package and node.level == 1 else is_package - node.level]
            base = ".".join([*home, *([base] if base else [])])
        for alias in node.names:
            inner = f"{base}.{alias.name}"
            yield inner if inner in known else base

    def walk(node: ast.AST, late: bool, typing: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import | ast.ImportFrom):
                for name in names(child):
                    yield Import(importer, name, child.lineno, late, typing)
            elif isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
                for statement in child.body:
                    yield from walk(ast.Module([statement], []), late, True)
                for statement in child.orelse:
                    yield from walk(ast.Module([statement], []), late, typing)
            else:
                function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
                yield from walk(child, late or function, typing)

    yield from walk(ast.parse(source), False, False)


def faults(found: list[Import]) -> list[str]:
    """What the table does not allow."""
    wrong = []
    for one in found:
        part, package = part_of(one.importer), one.imported.split(".")[0]
        if package == "medsteward":
            target = part_of(one.imported)
            if part in ENTRANCES:
                fine = True
            elif target == "__init__":
                fine = part == "cli"
            elif target in LATE and (one.late or one.typing) and part not in {"errors", "version", "schemas"}:
                fine = True
            else:
                fine = target in allowed(part)
        elif package in sys.stdlib_module_names:
            fine = part != "version" or package == "__future__"
        else:
            fine = part in OUTSIDE.get(package, set())
        if not fine:
            wrong.append(str(one))
    return wrong


def cycle(found: list[Import]) -> list[str]:
    """A ring of modules that import one another as they load, or nothing."""
    graph: dict[str, set[str]] = {}
    for one in found:
        if one.imported.startswith("medsteward") and not one.late and not one.typing:
            graph.setdefault(one.importer, set()).add(one.imported)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


@pytest.fixture(scope="module")
def everything() -> list[Import]:
    """Every import of the package."""
    files = modules()
    return [
        one
        for name, path in files.items()
        for one in imports(
            path.read_text(encoding="utf-8"), name, known=set(files), is_package=path.name == "__init__.py"
        )
    ]


MEMORIES = {"cache", "lru_cache"}


def memories(source: str) -> list[str]:
    """The memories of functools that a module makes by itself."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "functools":
            found += [each.name for each in node.names if each.name in MEMORIES]
        if isinstance(node, ast.Attribute) and node.attr in MEMORIES and ast.unparse(node.value) == "functools":
            found.append(node.attr)
    return found


def test_memories_are_made_in_one_module_alone():
    """Use ``remembered``, ``made_once`` or ``of_object`` of ``medsteward.caches``: bounded, named, emptied together."""
    assert memories("from functools import cached_property, lru_cache") == ["lru_cache"]
    assert memories("import functools\n\n@functools.cache\ndef f(): ...") == ["cache"]
    made = {name: memories(path.read_text(encoding="utf-8")) for name, path in modules().items()}
    assert {name for name, found in made.items() if found} == {"medsteward.caches"}


def test_the_table_names_every_part_and_only_those():
    assert {part_of(name) for name in modules()} - ENTRANCES == set(BELOW)


def test_the_table_is_what_the_layout_says():
    assert allowed("scales") == {"scales", "bibliography", "model", "errors", "caches"}
    assert "mme" in allowed("fills")
    for part in ("mme", "fills", "interactions", "schedules", "reminders"):
        others = {"mme", "fills", "interactions", "schedules", "reminders"} - {part}
        if part == "fills":
            others -= {"mme"}
        if part == "reminders":  # laxatives are treatments, and an offer is held against the rules
            others -= {"interactions", "schedules"}
        assert not allowed(part) & others
    assert "writers" not in allowed("readers")
    assert "readers" not in allowed("writers")
    assert allowed("cli") == set(BELOW)


def test_imports_go_one_way(everything):
    assert faults(everything) == []


def test_reminders_know_no_plan(everything):
    assert [
        str(one) for one in everything if part_of(one.importer) == "reminders" and part_of(one.imported) == "schedules"
    ] == []


def test_what_reads_for_a_command_asks_for_no_advice(everything):
    reading = {f"medsteward.cli.{name}" for name in ("cases", "records", "lines")}
    assert {each.importer for each in everything} >= reading
    assert not [
        str(each) for each in everything if each.importer in reading and each.imported.startswith("medsteward.advice")
    ]


def test_no_modules_import_one_another(everything):
    assert cycle(everything) == []


def test_importing_medsteward_is_light():
    loaded = subprocess.run(
        [sys.executable, "-c", "import json, sys, medsteward; print(json.dumps(list(sys.modules)))"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert sorted(HEAVY & set(json.loads(loaded.stdout))) == []


# The walk itself: it must see what it is there to see.

KNOWN = {"medsteward", "medsteward.mme", "medsteward.mme.total", "medsteward.units", "medsteward.readers"}


def read(source: str, importer: str = "medsteward.mme.total", **more: bool) -> list[Import]:
    return list(imports(source, importer, known=KNOWN, **more))


@pytest.mark.parametrize(
    ("source", "imported"),
    [
        ("import medsteward.units", "medsteward.units"),
        ("from medsteward import units", "medsteward.units"),
        ("from medsteward.units import amount", "medsteward.units"),
        ("from medsteward import mme_per_day", "medsteward"),
        ("from . import line", "medsteward.mme"),
        ("from .line import Line", "medsteward.mme.line"),
        ("from .. import units", "medsteward.units"),
        ("from ..readers import read", "medsteward.readers"),
    ],
)
def test_the_walk_resolves_names(source, imported):
    assert [one.imported for one in read(source)] == [imported]


def test_the_walk_resolves_names_in_a_package():
    found = read("from .total import x\nfrom ..units import y", "medsteward.mme", is_package=True)
    assert [one.imported for one in found] == ["medsteward.mme.total", "medsteward.units"]


@pytest.mark.parametrize(
    ("source", "importer"),
    [
        ("import medsteward.units", "medsteward.mme.total"),
        ("def f():\n    from medsteward.readers import read", "medsteward.mme.total"),
        ("if TYPE_CHECKING:\n    from medsteward.readers import read", "medsteward.mme.total"),
        ("import medsteward", "medsteward.mme.total"),
        ("import medsteward.mme", "medsteward.reminders.bowel"),
        ("import pint", "medsteward.mme.total"),
        ("def f():\n    import click", "medsteward.writers.table"),
        ("import requests", "medsteward.cli"),
        ("import os", "medsteward.version"),
    ],
)
def test_the_walk_sees_faults(source, importer):
    assert len(faults(read(source, importer))) == 1


@pytest.mark.parametrize(
    ("source", "importer"),
    [
        ("def f():\n    from medsteward.units import quantity", "medsteward.mme.total"),
        ("if TYPE_CHECKING:\n    from medsteward.units import Quantity", "medsteward.model.amount"),
        ("import pint", "medsteward.units"),
        ("import tabulate\nimport medsteward.mme.total", "medsteward.writers.table"),
        ("import click, medsteward.readers", "medsteward.cli.mme"),
    ],
)
def test_the_walk_lets_the_rest_pass(source, importer):
    assert faults(read(source, importer)) == []


def test_the_walk_sees_cycles():
    ring = [Import("medsteward.a", "medsteward.b", 1), Import("medsteward.b", "medsteward.a", 1)]
    assert cycle(ring)
    assert not cycle([ring[0], Import("medsteward.b", "medsteward.a", 1, late=True)])
