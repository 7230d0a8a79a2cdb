"""`make versions`: the whole check on every Python from 3.10 on that there is, each in an environment of its own."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from dojo.commands import CHECK, MUTANTS
from dojo.core.environment import environment
from dojo.core.places import ROOT, BadInput, shown
from dojo.core.start import command
from dojo.install import NEED

VENVS = ROOT / ".dojo" / "venvs"
TOLD_CHARACTERS = 4000  # characters that are shown of a run that did not come to its tests
# What is in each, by the stamps that say so: the commands run in these environments, too.
FILES = {"ready": "requirements.txt", "ready-check": CHECK, "ready-mutants": MUTANTS}


def found(wanted: str) -> dict[str, str]:
    """Version, as in 3.12.1, to interpreter, one of each minor version.

    They are those that PYTHONS names, with a path or on PATH; without it this one, those on PATH, and pyenv's.
    Raises BadInput for one that is named and is no Python, or too old.
    """
    candidates = list(map(str, sorted(Path("~/.pyenv/versions").expanduser().glob("3.*/bin/python"))))
    candidates = [
        sys.executable,
        *(shutil.which(f"python3.{minor}") or "" for minor in range(NEED[1], 30)),
        *candidates,
    ]
    pythons: dict[tuple[int, ...], str] = {}
    for candidate in shlex.split(wanted) or filter(None, candidates):
        version = _version(candidate)
        if wanted and version < NEED:
            raise BadInput(f"PYTHONS: {shown(candidate)} is no Python from {'.'.join(map(str, NEED))} on")
        if version >= NEED and not any(known[:2] == version[:2] for known in pythons):
            pythons[version] = candidate
    return {".".join(map(str, version)): python for version, python in sorted(pythons.items())}


def _version(python: str) -> tuple[int, ...]:
    """An interpreter's version; () if it is none."""
    try:
        said = subprocess.run(
            [python, "-c", "import sys; print(*sys.version_info[:3])"], capture_output=True, text=True
        )
        return tuple(int(part) for part in said.stdout.split()) if said.returncode == 0 else ()
    except (OSError, ValueError):
        return ()


def environments() -> Iterator[tuple[str, Path]]:
    """Each version with the interpreter of an environment that has everything; one that cannot be made is said."""
    for version, python in found(os.environ.get("PYTHONS", "")).items():
        venv = VENVS / version
        stamps = {venv / stamp: (ROOT / name).read_text(encoding="utf-8") for stamp, name in FILES.items()}
        if any(not stamp.exists() or stamp.read_text(encoding="utf-8") != text for stamp, text in stamps.items()):
            print(f"setting up {venv.relative_to(ROOT)}", flush=True)
            requirements = [part for name in FILES.values() for part in ("-r", name)]
            make = command("venv", "--clear", str(venv), python=python)
            quietly = ["install", "-qq", "--disable-pip-version-check", *requirements]
            install = command("pip", *quietly, python=venv / "bin/python")
            if subprocess.call(make, cwd=ROOT) or subprocess.call(install, cwd=ROOT):
                print(f"Python {version}: its environment could not be made, and it is left out")
                continue
            for stamp, text in stamps.items():
                stamp.write_text(text, encoding="utf-8")
        yield version, venv / "bin" / "python"


def run(wanted: str, side: str) -> int:
    """Check everything on each version; 0 if all of it holds everywhere."""
    bad = 0
    for version, python in environments():
        ran = subprocess.run(
            command("dojo", "check", python=python),
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
        )
        closing = re.findall(r"^.*(?:passed|failed|error).* in .*$", ran.stdout, re.MULTILINE)
        print(f"Python {version}: {closing[-1] if closing else f'status {ran.returncode}'}", flush=True)
        if ran.returncode:
            bad += 1
            # From the first failure on: what happens on one version and never again has to be told the first time.
            _, _, told = ran.stdout.partition("= FAILURES =")
            print(told or ran.stdout[-TOLD_CHARACTERS:], ran.stderr[-TOLD_CHARACTERS:], flush=True)
    return 1 if bad else 0
