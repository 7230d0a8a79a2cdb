"""What belongs to a kata besides its tests: its brief, why the reference is right, what a chapter comes to."""

from __future__ import annotations

import ast
import re
import textwrap

from dojo.core.places import KATAS, Kata, ends_chapter, find_side, module_path, programs, shown, typed
from dojo.core.screen import Screen
from dojo.report.failure import capital

NO_REFERENCE = "The reference is not in this copy."
SENTENCE_LINES = 2  # lines; a longer sentence is for `make diff`
INDENT = "   "  # of a requirement's second line
NOW = re.compile(r"^## Now you can\n+(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def brief(kata: Kata) -> list[str]:
    """The brief, line by line: it comes with the stub, whatever has become of the learner's file."""
    return _docstring(kata.stub)


def opening(kata: Kata) -> list[str]:
    """The first lines of the brief, without its title: the behaviour."""
    lines = brief(kata)[2:]
    return lines[: lines.index("")] if "" in lines else lines


def requirements(kata: Kata) -> list[str]:
    """What the brief asks for, one by one: the list in it, whose lines are numbered from 1."""
    found: list[str] = []
    for line in brief(kata):
        if line.startswith(f"{len(found) + 1}. "):
            found.append(line.partition(" ")[2])
        elif found and line.startswith(INDENT):
            found[-1] += f" {line.strip()}"
        elif found:
            break
    return found


def why(kata: Kata) -> list[str]:
    """Why the reference is right, in its author's words: paragraphs, the shortest answer first."""
    reference = KATAS / "solutions" / kata.path
    if not reference.exists():
        return [NO_REFERENCE]
    text = "\n".join(_docstring(reference))
    first, *rest = text.split("\n\n")
    short = first.partition(":")[2].strip() or first
    return [" ".join(part.split()) for part in (capital(short), *rest)]


def after_green(kata: Kata, upcoming: Kata | None, screen: Screen, side: str = "katas") -> list[str]:
    """Two lines on why it matters, the next kata, and at a chapter's end what it comes to."""
    first, *rest = why(kata)
    more = textwrap.wrap(screen.spell(_sentence(rest[0])), screen.width - 2) if rest else []
    lines = textwrap.wrap(screen.spell(first), screen.width - 2) + (more if len(more) <= SENTENCE_LINES else [])
    lines = [f"  {line}" for line in lines]
    if ends_chapter(kata):
        lines += ["", *chapter_end(kata, screen, side)]
    if upcoming is not None:
        answer = shown(module_path(find_side(side), upcoming))
        lines += ["", screen.spell(f"  next: {upcoming.id} {upcoming.name}, in {answer}")]
    return lines


def chapter_end(kata: Kata, screen: Screen, side: str = "katas") -> list[str]:
    """What who has finished the chapter on `side` can do, and the program to run live."""
    page = KATAS / "katas" / kata.directory / "README.md"
    found = NOW.search(page.read_text(encoding="utf-8")) if page.exists() else None
    text = " ".join(found[1].split()) if found else f"That was the last kata of chapter {kata.chapter}."
    lines = [f"  {line}" for line in textwrap.wrap(screen.spell(text), screen.width - 2)]
    own = [program for program in programs() if program.chapter == kata.chapter]
    return lines + ([screen.spell(f"  See yours live: {typed('run', K=own[-1].id, SIDE=side)}")] if own else [])


def _sentence(text: str) -> str:
    """The first sentence of a paragraph; "select(2), NOTES" ends none."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", text, maxsplit=1)[0]


def _docstring(path: object) -> list[str]:
    with open(str(path), encoding="utf-8") as file:
        return (ast.get_docstring(ast.parse(file.read())) or "").splitlines()
