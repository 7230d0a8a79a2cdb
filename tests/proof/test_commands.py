"""What README shows works as it is written, in a fresh copy under a path with spaces."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from dojo.core.places import ROOT, all_katas
from dojo.judge.remote import Remote

BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
LONG = (
    "make check",
    "make bench",
    "make stress",
    "make pages",
    "make models",
    "make mutants",
    "make versions",
)  # these are only looked up


def shown_commands() -> list[str]:
    """Every command in README, comments left out."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = [line.split("#")[0].strip() for block in BLOCK.findall(text) for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith(("git clone", "cd "))]


def environment() -> dict[str, str]:
    return {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "MAKE", "MFLAGS", "DOJO"))
    }


@pytest.mark.parametrize("command", sorted(set(shown_commands())))
def test_a_command_of_the_readme_works_as_written(command: str, clone: Path) -> None:
    if command.startswith("make run"):
        serves_until_interrupted(command, clone)
        return
    if command == "make watch":  # without a terminal it tests once, and one kata is enough to see that
        command += " K=1.1"
    if "pytest" in command:  # what plain pytest does with everything, make does below; a chapter shows that it works
        command += " tests/4_triggers"
    if command.startswith(LONG):
        command = command.replace("make", "make -n", 1)
    ran = subprocess.run(command, shell=True, cwd=clone, env=environment(), capture_output=True, text=True, timeout=300)
    # The katas are there to be solved: judged as they come they are red.
    judging = command.startswith((".venv", "make test", "make watch")) and "make -n" not in command
    judges_katas = judging and "solutions" not in command
    assert (ran.returncode != 0) == judges_katas, ran.stdout + ran.stderr
    assert "Traceback" not in ran.stdout + ran.stderr


def serves_until_interrupted(command: str, where: Path) -> None:
    command += " PORT=0"  # of the kernel's choice: the one that README names may be somebody's
    run = subprocess.Popen(
        command, shell=True, cwd=where, env=environment(), stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert run.stdout is not None
    lines = [run.stdout.readline() for _ in range(3)]
    assert "serving on port" in lines[0], lines
    assert "another terminal" in lines[1]
    assert "127.0.0.1" in lines[2]
    os.killpg(run.pid, signal.SIGINT)
    rest, _ = run.communicate(timeout=20)
    assert "stopped" in rest
    assert "Traceback" not in rest


def test_every_suite_is_green_on_the_solutions(clone: Path) -> None:
    ran = subprocess.run(
        ["make", "test", "SIDE=solutions"], cwd=clone, env=environment(), capture_output=True, text=True, timeout=300
    )
    assert ran.returncode == 0, ran.stdout
    assert f"{len(all_katas())} of {len(all_katas())} katas green on solutions" in ran.stdout


@pytest.mark.parametrize("workers", ["0", "2"])
def test_plain_pytest_judges_too(workers: str, clone: Path, judge: Remote, tmp_path: Path) -> None:
    # All suites are run so as README says; here the counting is looked at, and what a reporter gets.
    katas = [kata for kata in all_katas() if kata.chapter == 2]
    tests = sum(len(judge.suite(kata.suite)) for kata in katas)
    record = tmp_path / "junit.xml"
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            workers,
            "--side=solutions",
            f"--junitxml={record}",
            *(f"tests/{chapter}" for chapter in sorted({kata.directory for kata in katas})),
        ],
        cwd=clone,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stdout
    assert f"{tests} passed" in ran.stdout
    suite = next(ET.parse(record).getroot().iter("testsuite"))
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == (str(tests), "0", "0")


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_mixed_side_gives_each_test_its_own_verdict(workers: str, clone: Path, tmp_path: Path) -> None:
    # Everything is right on this side but one kata, and that one hangs, dies and leaks by turns.
    side = tmp_path / "side"
    subprocess.run(["cp", "-r", str(ROOT / "solutions"), str(side)], check=True)
    hostile = side / "2_nonblocking" / "01_accept_would_block.py"
    hostile.write_text("import os\n\n\ndef accept_pending(listener):\n    os.fork()\n    os._exit(0)\n")
    suites = ["tests/2_nonblocking/test_01_accept_would_block.py", "tests/1_blocking/test_01_accept_blocks.py"]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", workers, f"--side={side}", *suites],
        cwd=clone,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
    )
    wrong = (ROOT / suites[0]).read_text(encoding="utf-8").count("\ndef test_")
    right = (ROOT / suites[1]).read_text(encoding="utf-8").count("\ndef test_")
    told = re.search(r"^(\d+) failed, (\d+) passed", ran.stdout, re.MULTILINE)
    assert told and int(told[1]) >= wrong and int(told[2]) >= right, ran.stdout  # a test may have several cases
    assert "status 0 before the test was over" in " ".join(ran.stdout.split())


@pytest.mark.parametrize("workers", ["0", "2"])
@pytest.mark.parametrize("root", ["linked", "."], ids=["its own root", "another root"])
def test_a_checkout_behind_a_symbolic_link_is_judged(workers: str, root: str, clone: Path, tmp_path: Path) -> None:
    (tmp_path / "linked").symlink_to(clone)
    suite = "linked/tests/2_nonblocking/test_01_accept_would_block.py"
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", workers, "--side=solutions", f"--rootdir={root}", suite],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert re.search(r"^\d+ passed", ran.stdout, re.MULTILINE)
