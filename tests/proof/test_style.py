"""Formatting and types are clean, and the tree holds what it should and nothing else."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dojo.core.places import ROOT, all_katas

TOP = {
    "README.md", "LICENSE", "Makefile", "katas", "solutions", "tests", "pyproject.toml", "requirements.txt",
    ".ci", ".vscode", ".gitignore", ".git",
}  # fmt: skip


@pytest.fixture(scope="module")
def stubs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stubs under the names that they have for learners."""
    side = tmp_path_factory.mktemp("stubs")
    for kata in all_katas():
        (side / kata.path).parent.mkdir(exist_ok=True)
        shutil.copyfile(kata.stub, side / kata.path)
    return side


@pytest.mark.parametrize("arguments", [["format", "--check", "-q"], ["check", "-q"]], ids=["format", "lint"])
def test_ruff_finds_nothing(arguments: list[str], stubs: Path) -> None:
    # Not katas/: what a learner writes there is nobody's style but theirs.
    command = [sys.executable, "-m", "ruff", *arguments, "--config", "pyproject.toml", "solutions", "tests", str(stubs)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("tree", ["tests/dojo", "stubs", "solutions"])
def test_mypy_finds_nothing(tree: str, stubs: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--no-error-summary",
        f"--cache-dir=.mypy_cache/{Path(tree).name}",
        str(stubs) if tree == "stubs" else tree,
    ]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_top_holds_what_it_should() -> None:
    # Of what is committed: a learner's own files may lie beside it.
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.splitlines()
    if not listed:
        pytest.skip("this is no checkout of git: what else lies in it was not looked at")
    assert {name.partition("/")[0] for name in listed} <= TOP
    chapters = {kata.directory for kata in all_katas()}
    inside = {name.split("/")[1] for name in listed if name.startswith("tests/")}
    assert inside == {*chapters, "README.md", "conftest.py", "dojo", "proof"}


@pytest.mark.parametrize("tree", ["solutions", "tests/proof/mistakes", "tests/proof/alternatives"])
def test_no_answer_stands_without_its_suite(tree: str) -> None:
    known = {kata.path for kata in all_katas()}
    for path in (ROOT / tree).rglob("*.py"):
        relative = path.relative_to(ROOT / tree)
        path_of_kata = str(relative) if tree == "solutions" else f"{relative.parent}.py"
        assert path_of_kata in known, f"{tree}/{relative} belongs to no kata"


def test_nothing_sleeps_in_suites_or_engine() -> None:
    for tree in ("dojo", *sorted({kata.directory for kata in all_katas()})):
        for path in (ROOT / "tests" / tree).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    assert ast.unparse(node.func) not in ("time.sleep", "sleep"), f"{path.name}:{node.lineno}"
