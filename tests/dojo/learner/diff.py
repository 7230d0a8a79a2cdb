"""`make diff`: your code beside the reference, once you are green or ask for the spoiler."""

from __future__ import annotations

import ast
import difflib
import io
import os
import sys
import textwrap
import tokenize
from pathlib import Path

from dojo.core import files
from dojo.core.places import BadInput, Kata, choose, find_side, module_path, shown, typed
from dojo.core.screen import Screen, write
from dojo.report import lesson, progress

LONGEST = 1000  # characters of a line that are shown
SIGNS = {"-": "red", "+": "green", "@": "blue"}


def run(wanted: str, side: str) -> int:
    """Print the difference for one kata; refuses while it is not green, unless SPOILER=1."""
    chosen = choose(wanted) if wanted else []
    if len(chosen) != 1:
        raise BadInput("make diff takes one kata, as in K=2.1")
    kata = chosen[0]
    if not lesson.has_reference(kata):
        raise BadInput(lesson.NO_REFERENCE)
    if progress.marks(side).get(kata.id) != progress.GREEN and not os.environ.get("SPOILER"):
        again = typed("diff", K=kata.id, SIDE=side, SPOILER=1)
        raise BadInput(f"{kata.id} is not green yet; this shows the answer all the same: {again}")
    write(difference(kata, side, Screen.of(sys.stdout)))
    return 0


def difference(kata: Kata, side: str, screen: Screen) -> list[str]:
    """The author's words, and what leads from your code to the reference. Raises BadInput."""
    yours, reference = module_path(find_side(side), kata), lesson.reference(kata)
    if not lesson.has_reference(kata):
        raise BadInput(lesson.NO_REFERENCE)
    lines = [screen.paint("The reference says of itself", "bold")]
    for paragraph in lesson.why(kata):
        lines += [f"  {line}" for line in textwrap.wrap(screen.spell(paragraph), screen.width - 2)]
    changed = difflib.unified_diff(
        _code(yours), _code(reference), f"{shown(yours)} (yours)", f"solutions/{kata.path} (the reference)", lineterm=""
    )
    cut = (line if len(line) <= LONGEST else f"{line[:LONGEST]}…" for line in changed)
    told = [screen.paint(screen.spell(line), SIGNS.get(line[:1], "plain")) for line in cut]
    return [*lines, "", *(told or ["  your code is the reference, word for word"])]


def _code(path: Path) -> list[str]:
    """A module's lines without its docstring, which is a brief in one and an explanation in the other."""
    raw = files.read(path)
    if raw is None:
        raise BadInput(f"{shown(path)} cannot be read: it does not exist")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
    except SyntaxError:  # no coding line, and not UTF-8; or one with a name that is none
        encoding = "utf-8"
    source = raw.decode(encoding, errors="replace")
    lines = source.splitlines()
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # the last two: nested too deeply
        return lines
    if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        lines = lines[body[0].end_lineno :]
    return "\n".join(lines).strip("\n").splitlines()
