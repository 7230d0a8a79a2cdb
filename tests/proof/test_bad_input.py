"""Bad input gets one clear line and a status that is not 0, and nothing is lost."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dojo.commands import SETTINGS
from dojo.core import virtual_environment
from dojo.core.places import ROOT
from dojo.upkeep.copies import learners_copy

KATA = "2_nonblocking/01_accept_would_block.py"


def make(
    where: Path, *arguments: str, before: str = "", after: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run make as a person would, and take down what it says."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "MAKE", "MFLAGS"))}
    quoted = " ".join(f"'{argument}'" for argument in arguments)
    return subprocess.run(
        ["bash", "-c", f"{before} make {quoted} {after}"],
        cwd=where,
        env=inherited | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )


def said(ran: subprocess.CompletedProcess[str]) -> list[str]:
    """What was said on standard error, make's own last line left out."""
    return [line for line in ran.stderr.splitlines() if not line.startswith("make: ***")]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["K=9"], "K=9: there is no such chapter"),
        (["K=2.99"], "K=2.99: there is no such kata"),
        (["K=two"], "K=two is not a kata"),
        (["SIDE=nowhere"], "SIDE=nowhere does not exist"),
        (["SIDE=tests/dojo"], "SIDE=tests/dojo holds no chapter"),
        (["SIDE=README.md"], "SIDE=README.md"),
        (["SIDE=solutions/2_nonblocking/01_accept_would_block.py"], "answers one kata"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
@pytest.mark.parametrize("command", ["test", "hint"])
def test_what_does_not_exist_is_one_line(clone: Path, command: str, arguments: list[str], words: str) -> None:
    ran = make(clone, command, *arguments)
    assert ran.returncode != 0
    assert len(said(ran)) == 1, ran.stderr
    assert words in said(ran)[0]


@pytest.mark.parametrize("command", ["test", "hint", "help"])
def test_a_name_in_small_letters_is_one_line(clone: Path, command: str) -> None:
    ran = make(clone, command, "k=2.1")
    assert ran.returncode != 0
    assert said(ran) == ["k=2.1: say K=2.1"]
    ran = make(clone, command, "K=2.1", "side=a path $$1", "-j2")
    assert ran.returncode != 0
    assert said(ran) == ["side=a path $$1: say SIDE='a path $$1'"]


def test_every_name_that_make_passes_on_is_known() -> None:
    names = re.findall(r"^export (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert tuple(" ".join(names).split()) == SETTINGS


@pytest.mark.parametrize("command", ["help", "brief", "test", "hint", "diff", "run", "stub"])
@pytest.mark.parametrize(
    ("after", "words"),
    [(">&-", "standard output is closed"), (">/dev/full", "standard output cannot be written: No space")],
)
def test_output_that_nobody_can_take_is_one_line(clone: Path, command: str, after: str, words: str) -> None:
    if after == ">/dev/full" and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here: a full disk was not tried")
    asked = ["K=1.14" if command == "run" else "K=2.1", "SIDE=solutions", "PORT=0", "SPOILER=1"]
    ran = make(clone, command, *asked, after=after)
    assert ran.returncode != 0
    assert len(said(ran)) == 1, ran.stderr
    assert words in said(ran)[0]


@pytest.mark.parametrize("after", ["<&-", "2>&-", "<&- 2>&-"])
def test_descriptors_that_are_closed_change_no_verdict(clone: Path, after: str) -> None:
    ran = make(clone, "test", "K=2.1", "SIDE=solutions", after=after)
    assert ran.returncode == 0, ran.stdout
    ran = make(clone, "hint", "K=2.1", "SIDE=solutions", after=after)
    assert "is green on solutions" in ran.stdout


@pytest.mark.parametrize("command", ["help", "test", "stub"])
def test_a_reader_who_goes_away_is_no_error(clone: Path, command: str) -> None:
    ran = make(clone, command, "K=2.1", "SIDE=solutions", before="set -o pipefail;", after="| true")
    assert ran.returncode == 0
    assert said(ran) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read: No such file"),
        (b"", "is empty"),
        (b"  \n\n", "is empty"),
        (b"def accept_pending(listener:\n    pass\n", "SyntaxError"),
        (b"def f():\n\treturn 1\n        return 2\n", "TabError"),
        (b"name = '\xff\xfe'\n", "01_accept_would_block.py:1: SyntaxError: Non-UTF-8 code starting with '\\xff'"),
        (b"x = 1\n# caf\xe9\n", "01_accept_would_block.py:2: SyntaxError: Non-UTF-8 code starting with '\\xe9'"),
        (b"# caf\xe9\n# coding: latin-1\n", "01_accept_would_block.py:1: SyntaxError: Non-UTF-8"),
        (b"# coding: no-such-thing\n", "unknown encoding: no-such-thing"),
        ("x = 1\n".encode("utf-16"), "looks like UTF-16, and Python reads UTF-8: save it as UTF-8"),
        ("x = 1\n".encode("utf-16-be"), "looks like UTF-16"),
        ("x = 1\n".encode("utf-32"), "looks like UTF-32"),
        (b"x = 1\n\x00\n", "null bytes"),
        (b"1 / 0\n", "ZeroDivisionError"),
        (b"import nothing_like_this\n", "No module named 'nothing_like_this'"),
        (b"import sys\nsys.exit()\n", "SystemExit"),
        (b"import os\nos._exit(0)\n", "ended itself with status 0 while the file was imported"),
        (b"import time\ntime.sleep(1000)\n", "still blocked in time.sleep(1000)"),
        (b"while True:\n    pass\n", "a busy loop"),
        (b"def accept_all(listener):\n    return []\n", "accept_pending is not defined"),
        (b"def accept_pending():\n    return []\n", "takes 0 positional arguments but 1 was given"),
        (b"accept_pending = None\n", "'NoneType' object is not callable"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_used_says_why(clone: Path, tmp_path: Path, content: bytes | None, words: str) -> None:
    side = tmp_path / "side"
    (side / KATA).parent.mkdir(parents=True)
    if content is not None:
        (side / KATA).write_bytes(content)
    ran = make(clone, "test", "K=2.1", f"SIDE={side}")
    assert ran.returncode != 0
    assert words in " ".join(ran.stdout.split()), ran.stdout
    assert "Traceback" not in ran.stdout + ran.stderr
    if "not callable" not in words:
        assert "COULD NOT START" in ran.stdout
    if content is not None:
        assert (side / KATA).read_bytes() == content, "the file is as it was"
    assert not list(side.rglob("__pycache__")), "no bytecode that could be stale"


@pytest.mark.parametrize(
    "opening",
    [b"# coding: latin-1 caf\xe9\n", b"\n# -*- coding: latin-1 -*-\n# caf\xe9\n", b"\xef\xbb\xbf# caf\xc3\xa9\n"],
)
def test_a_coding_line_counts_as_python_has_it(clone: Path, tmp_path: Path, opening: bytes) -> None:
    answer = tmp_path / "answer.py"
    answer.write_bytes(opening + (ROOT / "solutions" / KATA).read_bytes())
    assert subprocess.run([sys.executable, answer], stdin=subprocess.DEVNULL).returncode == 0
    ran = make(clone, "test", "K=2.1", f"SIDE={answer}")
    assert ran.returncode == 0, ran.stdout


def test_two_saves_in_one_second_are_two_answers(clone: Path, tmp_path: Path) -> None:
    side = tmp_path / "side"
    answer = side / KATA
    answer.parent.mkdir(parents=True)
    right = (ROOT / "solutions" / KATA).read_text()
    wrong = right.replace("accepted.append(conn)", "accepted.clear()    ")
    for text, status in ((right, 0), (wrong, 2), (right, 0)):
        answer.write_text(text)
        os.utime(answer, (1_700_000_000, 1_700_000_000))
        ran = make(clone, "test", "K=2.1", f"SIDE={side}")
        assert ran.returncode == status, ran.stdout + ran.stderr


# As for a user who has nearly as many processes as may be; the limit itself does not hold root.
FEW = """
import errno, os, sys

def few():
    global left
    left -= 1
    if left < 0:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    return fork()

left, fork, os.fork = int(sys.argv[2]), os.fork, few
sys.path[0] = sys.argv[1]
from dojo.__main__ import main
sys.exit(main(sys.argv[3]))
"""


@pytest.mark.parametrize(
    ("command", "left"), [("test", 0), ("test", 1), ("test", 2), ("test", 5), ("hint", 0), ("hint", 3)]
)
def test_too_few_processes_is_one_line(clone: Path, tmp_path: Path, command: str, left: int) -> None:
    (tmp_path / "few.py").write_text(FEW)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "MAKE"))}
    ran = subprocess.run(
        [sys.executable, tmp_path / "few.py", clone / "tests", str(left), command],
        cwd=clone,
        env=kept | {"K": "2.1", "SIDE": "solutions"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 2
    assert ran.stderr.startswith("no process can be started (Resource temporarily unavailable)"), ran.stderr
    assert ran.stderr.count("\n") == 1
    assert "green" not in ran.stdout
    assert "died" not in ran.stdout


def test_an_old_python_is_one_line(tmp_path: Path) -> None:
    versions = Path.home() / ".pyenv" / "versions"
    old = [path for name in ("2.7", "3.6", "3.7", "3.8", "3.9") for path in versions.glob(f"{name}.*/bin/python")]
    old += [Path(found) for name in ("python2.7", "python3.8", "python3.9") if (found := shutil.which(name))]
    old = [python for python in old if subprocess.run([python, "-c", "pass"], capture_output=True).returncode == 0]
    if not old:
        pytest.skip("no Python older than 3.10 is installed: its refusal was not seen")
    for name in ("Makefile", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "tests" / "dojo").mkdir(parents=True)
    shutil.copy(ROOT / "tests/dojo/install.py", tmp_path / "tests/dojo/install.py")
    for python in old:
        ran = make(tmp_path, "test", f"PYTHON={python}")
        assert ran.returncode != 0
        assert len(said(ran)) == 1, ran.stderr
        assert "need Python 3.10 or newer" in said(ran)[0]
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("python", ["python2.7", "no-such-python", "/bin/true", str(Path.home())])
def test_a_python_to_check_that_is_none_is_one_line(clone: Path, python: str) -> None:
    found = next(map(str, Path("~/.pyenv/versions").expanduser().glob("2.7.*/bin/python")), python)
    python = found if python == "python2.7" else python
    ran = make(clone, "versions", f'PYTHONS="{sys.executable}" {python}')
    assert ran.returncode != 0
    assert [line for line in said(ran) if not line.startswith("setting up")] == [
        f"PYTHONS: {python} is no Python from 3.10 on"
    ]


def without(module: str, where: Path) -> Path:
    """A Python that was built without a module of its own: one that fails to import it."""
    (where / "lacking").mkdir()
    (where / "lacking" / f"{module}.py").write_text(f"raise ImportError('No module named _{module}')\n")
    python = where / "python"
    python.write_text(f"#!/bin/sh\nPYTHONPATH='{where}/lacking' exec '{sys.executable}' \"$@\"\n")
    python.chmod(0o755)
    return python


@pytest.mark.parametrize("module", ["ctypes", "termios", "resource"])
def test_a_python_without_a_module_is_one_line(tmp_path: Path, module: str) -> None:
    copy, python = tmp_path / "copy", without(module, tmp_path)
    learners_copy(copy)
    ran = make(copy, "test", f"PYTHON={python}")
    assert ran.returncode != 0
    assert len(said(ran)) == 1, ran.stderr
    assert f"Python's module {module}" in said(ran)[0]
    assert not (copy / ".venv").exists()


def test_an_environment_of_another_machine_is_made_anew(tmp_path: Path) -> None:
    copy, python = tmp_path / "copy", tmp_path / "python"
    learners_copy(copy)
    (copy / ".venv" / "bin").mkdir(parents=True)
    (copy / ".venv" / "bin" / "python").symlink_to("/nowhere/bin/python3")
    shutil.copy(copy / "requirements.txt", copy / ".venv" / "ready")
    # It has no packages to install, and says what it is asked to do.
    text = f"#!/bin/sh\necho \"asked: $@\"\nln -sf '{sys.executable}' .venv/bin/python\n"
    python.write_text(text)
    python.chmod(0o755)
    told = make(copy, "brief", "K=2.1", f"PYTHON={python}")
    assert told.stdout.startswith("asked: tests/dojo/install.py requirements.txt .venv/ready\n"), told.stderr
    assert (told.returncode, told.stderr) == (0, "") and "2.1 accept would block" in told.stdout
    assert "asked" not in make(copy, "brief", "K=2.1", f"PYTHON={python}").stdout, "once is enough"


def test_what_is_installed_for_a_python_that_is_gone_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "requirements.txt").write_text("# nothing\n")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to("/nowhere/bin/python3")
    (tmp_path / ".venv" / "ready").write_text("# nothing\n")
    monkeypatch.setattr(virtual_environment, "_pip", lambda *_: None)
    virtual_environment.install("requirements.txt", ".venv/ready")
    assert subprocess.run([tmp_path / ".venv" / "bin" / "python", "-c", ""]).returncode == 0


def test_a_second_make_waits_for_the_first_to_set_up(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    learners_copy(copy)
    first = os.open(copy, os.O_RDONLY)
    fcntl.flock(first, fcntl.LOCK_EX)  # so does the first one
    second = subprocess.Popen(["make", "brief", "K=2.1"], cwd=copy, stdout=subprocess.PIPE, text=True)
    assert second.stdout is not None
    assert second.stdout.readline() == "another make is setting up .venv: waiting for it\n"
    (copy / ".venv").symlink_to(sys.prefix)
    os.close(first)
    said, _ = second.communicate(timeout=60)
    assert said.startswith("2.1 "), "the second has nothing left to set up"
    assert second.returncode == 0


@pytest.mark.parametrize(
    "text",
    [f"x = {'-' * 100_000}1\n", f"x = {'1 + ' * 50_000}1\n", f"x = '{'y' * 1_000_000}'\n", "\1" * 1_000_000],
    ids=["signs", "sums", "a long line", "a long line of control characters"],
)
def test_code_that_no_parser_takes_can_be_compared(clone: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "answer.py").write_text(text)
    ran = make(clone, "diff", "K=2.1", "SPOILER=1", f"SIDE={tmp_path / 'answer.py'}")
    assert ran.returncode == 0, ran.stderr
    assert "+def accept_pending" in ran.stdout
    assert len(ran.stdout) < 10_000


def test_a_file_that_is_too_large_to_be_an_answer_is_one_line(clone: Path, tmp_path: Path) -> None:
    (tmp_path / "answer.py").write_text(f"x = '{'y' * 10_000_000}'\n")
    ran = make(clone, "diff", "K=2.1", "SPOILER=1", f"SIDE={tmp_path / 'answer.py'}")
    assert ran.returncode != 0
    assert [line.endswith("it is larger than 1 MiB") for line in said(ran)] == [True], ran.stderr


@pytest.fixture
def read_only(clone: Path, tmp_path: Path) -> Path:
    """A place that shows how to run a command in a checkout that nobody can write to."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount the checkout read-only here")
    probe = subprocess.run(["unshare", "-m", "true"], capture_output=True)
    if probe.returncode:
        pytest.skip("mount namespaces are refused here: a read-only checkout was not tried")
    return clone


def test_a_read_only_checkout_is_judged_all_the_same(read_only: Path) -> None:
    mount = 'unshare -m sh -c \'mount --bind "$PWD" "$PWD" && mount -o remount,ro,bind "$PWD" && cd "$PWD" && "$@"\' sh'
    assert make(read_only, "test", "K=2.1", "SIDE=solutions", before=mount).returncode == 0
    hint = make(read_only, "hint", "K=2.1", before=mount)
    assert hint.returncode == 0
    assert "hint 1 of" in hint.stdout


def test_a_read_only_checkout_that_is_not_set_up_is_one_line(read_only: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(read_only, bare, ignore=lambda _, names: {".venv"} & set(names))
    mount = 'unshare -m sh -c \'mount --bind "$PWD" "$PWD" && mount -o remount,ro,bind "$PWD" && cd "$PWD" && "$@"\' sh'
    ran = make(bare, "test", f"PYTHON={sys.executable}", before=mount)
    assert ran.returncode != 0
    assert len(said(ran)) == 1, ran.stderr
    assert "could not be made" in said(ran)[0] or "setting up failed" in said(ran)[0]


@pytest.mark.parametrize("arguments", [[], ["K=2.1"], ["K=1"]], ids=["none", "no program", "chapter"])
def test_only_programs_can_be_run(clone: Path, arguments: list[str]) -> None:
    ran = make(clone, "run", *arguments)
    assert ran.returncode != 0
    assert len(said(ran)) == 1
    assert "K=1.14" in said(ran)[0]


@pytest.mark.parametrize("port", ["http", "-1", "65536"])
def test_a_port_that_is_none_is_one_line(clone: Path, port: str) -> None:
    ran = make(clone, "run", "K=1.14", "SIDE=solutions", f"PORT={port}")
    assert ran.returncode != 0
    assert said(ran) == [f"PORT={port} is not a port: it is a number from 0 to 65535"]


@pytest.mark.parametrize(
    "environment", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"COLUMNS": "60"}]
)
def test_poor_terminals_get_the_whole_report(clone: Path, environment: dict[str, str]) -> None:
    side = "tests/proof/mistakes/2_nonblocking/01_accept_would_block/makes_the_listener_blocking.py"
    ran = make(clone, "test", "K=2.1", f"SIDE={side}", **environment)
    assert "HUNG" in ran.stdout
    assert "\033" not in ran.stdout
    if "LC_ALL" in environment:
        assert ran.stdout.isascii()
    else:
        assert all(len(line) <= 60 for line in ran.stdout.splitlines() if not line.startswith(("  tests/", "  `make ")))
