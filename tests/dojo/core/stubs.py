"""Stubs, as they are handed out now and as they were before: an untouched file is known by its bytes.

tests/proof/stubs/earlier.txt has a line for each stub that was handed out once and
is no longer: the SHA-256 of the file, the SHA-256 of its brief, the kata's path.
Both are of the text with plain newlines, whatever git makes of them in a checkout.
"""

from __future__ import annotations

import functools
import hashlib
import re
from pathlib import Path

from dojo.core import files
from dojo.core.places import STUBS, BadInput, Kata, shown

EARLIER = STUBS / "earlier.txt"
# The first string in three quotes is the docstring of the module: a stub has nothing before it.
BRIEF = re.compile(rb'[rR]?"""(?:[^\\]|\\.)*?"""', re.DOTALL)


def digest(data: bytes) -> str:
    """SHA-256 of a text, in hexadecimal, whatever its line ends."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def current(kata: Kata) -> bytes:
    """The stub that is handed out now; raises BadInput if it is missing."""
    data = files.read(kata.stub)
    if data is None:
        raise BadInput(f"{shown(kata.stub)} is missing: without it the stub of {kata.id} cannot be put back")
    return data


def brief_of(data: bytes) -> re.Match[bytes] | None:
    """Where the brief stands in a kata's file: its module docstring with the quotes; None without one."""
    return BRIEF.search(data)


def brief_digest(data: bytes) -> str:
    """The digest of a file's brief; empty without one."""
    found = brief_of(data)
    return digest(found[0]) if found else ""


@functools.cache
def earlier() -> dict[str, set[tuple[str, str]]]:
    """The digests of earlier stubs and of their briefs, by the kata's path."""
    known: dict[str, set[tuple[str, str]]] = {}
    for line in (files.read(EARLIER) or b"").decode().splitlines():
        if line and not line.startswith("#"):
            whole, brief, path = line.split()
            known.setdefault(path, set()).add((whole, brief))
    return known


def is_untouched(kata: Kata, data: bytes) -> bool:
    """Whether these bytes are a stub of the kata's, today's or an earlier one."""
    return data == current(kata) or digest(data) in {whole for whole, _ in earlier().get(kata.path, ())}


def is_begun(kata: Kata, module: Path) -> bool:
    """Whether a kata's file holds anything but a stub; a missing file does not, one that cannot be read does."""
    try:
        data = files.read(module)
        return data is not None and not is_untouched(kata, data)
    except BadInput:
        return True


def remember(kata: Kata, old: bytes) -> None:
    """Note a stub that is replaced by another one, so that it goes on being known as untouched."""
    line = f"{digest(old)} {brief_digest(old)} {kata.path}"
    text = (files.read(EARLIER) or b"").decode()
    if brief_digest(old) and line not in text.splitlines():
        files.write_whole(EARLIER, f"{text.rstrip()}\n{line}\n".lstrip("\n").encode())
        earlier.cache_clear()
