"""What a host gets that judges for `make judge HOSTS=`: the engine, suites, stubs, and pytest, as one archive.

The packages are those of this environment. They are all written in Python alone, so a host needs nothing but Python
itself: no network, and nothing that is installed.
"""

from __future__ import annotations

import importlib.metadata
import io
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from dojo.core.places import KATAS, ROOT, Kata

SENT = "sent"  # an empty file beside the engine: this directory is a bundle's, and may be removed
NOT_THERE = {"__pycache__", "upkeep", "watch"}
# pytest and what it needs; the last ones on old Pythons alone.
PACKAGES = ("pytest", "pluggy", "iniconfig", "packaging", "pygments", "exceptiongroup", "tomli", "typing_extensions")


def made(katas: Sequence[Kata]) -> bytes:
    """The archive, compressed, with the suites of these katas."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz", compresslevel=6) as archive:
        for path, name in _files(katas):
            archive.add(path, name, recursive=False)
        archive.addfile(tarfile.TarInfo(SENT))
    return data.getvalue()


def _files(katas: Sequence[Kata]) -> Iterator[tuple[Path, str]]:
    """Each file with its name in the archive."""
    yield ROOT / "pyproject.toml", "pyproject.toml"
    for path in sorted((ROOT / "tests" / "dojo").rglob("*.py")):
        name = path.relative_to(ROOT)
        if not NOT_THERE & set(name.parts):
            yield path, str(name)
    for kata in katas:
        yield from ((path, str(path.relative_to(KATAS))) for path in (kata.suite, kata.stub))
        yield kata.stub, f"katas/{kata.path}"  # the side that pytest is told of, where nobody says another
    for package in PACKAGES:
        yield from _package(package)


def _package(name: str) -> Iterator[tuple[Path, str]]:
    try:
        listed = importlib.metadata.files(name) or []
    except importlib.metadata.PackageNotFoundError:  # not needed by this Python
        return
    for file in listed:
        path = Path(str(file.locate()))
        if ".." not in file.parts and file.suffix != ".pyc" and path.is_file():
            yield path, f"packages/{file}"
