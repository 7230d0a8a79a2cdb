"""The engine's packages import only downward, and no module is in a cycle: lazy imports count, too."""

from __future__ import annotations

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import dojo
from dojo.core.places import ROOT

# From the bottom; those on one line do not import each other.
LAYERS = (
    {"core"},
    {"tape"},
    {"sandbox"},
    {"suite", "report"},
    {"judge"},
    {"learner"},
    {"watch"},
    {"team"},
    {"upkeep"},
)
BELOW = {"dojo.commands", "dojo.install"}  # a table and a version number, for everybody
LEVEL = {package: level for level, packages in enumerate(LAYERS) for package in packages}
ENGINE = ROOT / "tests" / "dojo"


def modules(root: Path) -> dict[str, Path]:
    """Each module below a directory by its name, as in dojo.core.places."""
    found = {}
    for path in root.rglob("*.py"):
        parts = ("dojo", *path.relative_to(root).with_suffix("").parts)
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


def imports(path: Path, known: set[str]) -> set[str]:
    """The modules among `known` that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} & known or {node.module}
    return found & known


def package(module: str) -> str:
    """The package of a module; empty for those beside the packages."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in LEVEL else ""


def upward(root: Path) -> list[str]:
    """Each import that does not go down."""
    found = modules(root)
    return [
        f"{module} imports {other}"
        for module, path in sorted(found.items())
        for other in sorted(imports(path, set(found)))
        if package(module)
        and package(other) != package(module)
        and other not in BELOW
        and LEVEL.get(package(other), len(LAYERS)) >= LEVEL[package(module)]
    ]


def cycle(root: Path) -> list[str]:
    """The modules of one cycle of imports; empty if there is none."""
    found = modules(root)
    graph = {module: imports(path, set(found)) - {module} for module, path in found.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_packages_import_only_downward() -> None:
    assert upward(ENGINE) == []


def test_no_module_is_in_a_cycle() -> None:
    assert cycle(ENGINE) == []


def test_every_package_is_in_a_layer_and_on_the_map() -> None:
    there = {path.parent.name for path in ENGINE.glob("*/__init__.py")}
    assert there == set(LEVEL)
    assert re.findall(r"^ {4}(\w+) ", dojo.__doc__ or "", re.MULTILINE) == [
        package for packages in LAYERS for package in sorted(packages, key=(dojo.__doc__ or "").index)
    ]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("core/places.py", "from dojo.judge import pool"),
        ("report/failure.py", "def later():\n    from dojo.suite.peers import reset"),
        ("sandbox/verdict.py", "import dojo.upkeep.bench"),
    ],
)
def test_an_import_that_goes_up_is_seen(place: str, line: str, tmp_path: Path) -> None:
    for name, path in modules(ENGINE).items():
        parts = name.split(".")[1:]
        copy = (
            tmp_path.joinpath(*parts, "__init__.py")
            if path.name == "__init__.py"
            else tmp_path / f"{'/'.join(parts)}.py"
        )
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    with (tmp_path / place).open("a") as file:
        file.write(f"\n{line}\n")
    assert len(upward(tmp_path)) == 1


def test_a_cycle_is_seen(tmp_path: Path) -> None:
    for name, other in (("one", "two"), ("two", "three"), ("three", "one")):
        (tmp_path / f"{name}.py").write_text(f"def later():\n    from dojo import {other}\n")
    assert set(cycle(tmp_path)) == {"dojo.one", "dojo.two", "dojo.three"}
