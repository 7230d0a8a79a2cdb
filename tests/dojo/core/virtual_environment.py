"""Make the virtual environment that the Makefile uses, with what is pinned, and nothing else."""

from __future__ import annotations

import importlib
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dojo.core.places import ROOT, BadInput
from dojo.core.start import command

ENVIRONMENT = Path(".venv")
WHEELS = "wheels"  # a directory in a copy that needs no network
# Python's own modules that a build of it may lack, and the engine, or pip, cannot do without.
NEEDED = ("ctypes", "fcntl", "mmap", "resource", "select", "ssl", "termios", "zlib")


class Failed(Exception):
    """Setting up came to nothing; the text is one line."""


def install(requirements: str, stamp: str) -> None:
    """Install the pinned packages of one file; `stamp` keeps what was installed.

    Raises Failed with one line that says what to do.
    """
    if missing := lacking():
        raise Failed(
            f"the katas need Python's module {missing}, and {sys.executable} ({platform.python_version()}) "
            "was built without it: try make PYTHON=python3.12"
        )
    with alone():
        _install(Path(requirements), Path(stamp))


def lacking() -> str:
    """The first module of Python's own that is needed and not there; empty if all are."""
    for name in NEEDED:
        try:
            importlib.import_module(name)
        except ImportError:
            return name
    return ""


@contextmanager
def alone() -> Iterator[None]:
    """While one make sets up, another one waits: a lock on the directory, which ends with its process (flock(2))."""
    import fcntl

    directory = os.open(".", os.O_RDONLY)
    try:
        try:
            fcntl.flock(directory, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"another make is setting up {ENVIRONMENT}: waiting for it", flush=True)
            fcntl.flock(directory, fcntl.LOCK_EX)
        except OSError:
            pass  # a file system without locks, some NFS among them: nobody waits there
        yield
    finally:
        os.close(directory)


def _install(requirements: Path, stamp: Path) -> None:
    wanted = requirements.read_text(encoding="utf-8")
    python = ENVIRONMENT.absolute() / "bin" / "python"
    # It leads to nothing in a directory that was copied from another machine.
    if os.access(python, os.X_OK) and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        stamp.touch()  # a checkout has made the file newer, and changed nothing in it; or another make was first
        return
    if ENVIRONMENT.is_symlink():  # --clear empties what it leads to, which may be anybody's
        raise Failed(f"{ENVIRONMENT} is a link, and what it leads to is not cleared: remove the link")
    print(f"setting up {ENVIRONMENT} with {requirements}: this happens once", flush=True)
    made = subprocess.run(command("venv", "--clear", str(ENVIRONMENT)), stderr=subprocess.PIPE)
    if made.returncode:
        reason = made.stderr.decode("utf-8", "replace").strip().splitlines()
        hint = reason[-1] if reason else "is the directory read-only, or the package python3-venv missing?"
        raise Failed(f"{ENVIRONMENT} could not be made: {hint}")
    _pip(requirements, python)
    stamp.write_text(wanted, encoding="utf-8")


def add(requirements: Iterable[str]) -> None:
    """Install what only some commands need into the environment that this process runs in, once.

    `requirements` are files below the repository's root. Raises BadInput where that is not possible.
    """
    for name in requirements:
        wanted = (ROOT / name).read_text(encoding="utf-8")
        stamp = Path(sys.prefix) / f"ready-{Path(name).stem}"
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
            print(f"installing {name}: this happens once", flush=True)
            try:
                _pip(Path(name), sys.executable)
                stamp.write_text(wanted, encoding="utf-8")
            except (Failed, OSError) as error:
                raise BadInput(str(error)) from None


def _pip(requirements: Path, python: Path | str) -> None:
    quietly = ["install", "-qq", "--disable-pip-version-check", "-r", str(requirements)]
    if (ROOT / WHEELS).is_dir():  # a copy that was made to be set up without a network
        ours = [*quietly, "--no-index", "--find-links", WHEELS]
        if not subprocess.call(command("pip", *ours, python=python), cwd=ROOT, stderr=subprocess.DEVNULL):
            return
        print(f"{WHEELS} holds no packages for this Python: trying the network", flush=True)
    if subprocess.call(command("pip", *quietly, python=python), cwd=ROOT):
        raise Failed(f"the packages of {requirements} could not be installed: is there a network?")


def download(requirements: Path, target: Path) -> None:
    """Put the packages of a file into a directory, as this Python and machine take them. Raises Failed."""
    quietly = ["download", "-qq", "--disable-pip-version-check", "--only-binary=:all:", "-r", str(requirements)]
    if subprocess.call(command("pip", *quietly, "-d", str(target)), cwd=ROOT):
        raise Failed(f"the packages of {requirements.name} could not be downloaded: is there a network?")


def main(requirements: str, stamp: str) -> int:
    """Install, and say in one line what went wrong; the exit status."""
    try:
        install(requirements, stamp)
    except (Failed, OSError) as error:
        print(error if isinstance(error, Failed) else f"setting up failed: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; the next make sets up again", file=sys.stderr)
        return 1
    return 0
