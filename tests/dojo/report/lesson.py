"""What belongs to a kata besides its tests: its brief, why the reference is right, what a chapter comes to."""

from __future__ import annotations

import ast
import json
import re
import textwrap
from pathlib import Path

from dojo.core.places import KATAS, Kata, all_katas, ends_chapter, find_side, module_path, programs, shown, typed
from dojo.core.screen import Screen
from dojo.report import progress
from dojo.report.failure import capital

NO_REFERENCE = "The reference is not in this copy."
LESSONS = KATAS / "tests" / "lessons.json"  # in a copy without references: what each of them says of itself
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


def reference(kata: Kata) -> Path:
    """The file of the reference; a copy for learners does without it."""
    return KATAS / "solutions" / kata.path


def has_reference(kata: Kata) -> bool:
    """Whether the reference is there."""
    return reference(kata).exists()


def why(kata: Kata) -> list[str]:
    """Why the reference is right, in its author's words: paragraphs, the shortest answer first."""
    if not has_reference(kata):
        kept = json.loads(LESSONS.read_text(encoding="utf-8")) if LESSONS.exists() else {}
        return kept.get(kata.path) or [NO_REFERENCE]
    text = "\n".join(_docstring(reference(kata)))
    first, *rest = text.split("\n\n")
    short = first.partition(":")[2].strip() or first
    return [" ".join(part.split()) for part in (capital(short), *rest)]


def after_green(kata: Kata, upcoming: Kata | None, screen: Screen, side: str = "katas") -> list[str]:
    """Two lines on why it matters, the next kata, and at a chapter's end what it comes to."""
    first, *rest = why(kata)
    more = textwrap.wrap(screen.spell(_sentence(rest[0])), screen.width - 2) if rest else []
    lines = textwrap.wrap(screen.spell(first), screen.width - 2) + (more if len(more) <= SENTENCE_LINES else [])
    lines = [f"  {line}" for line in lines]
    if end := chapter_end(kata, screen, side):
        lines += ["", *end]
    if upcoming is not None:
        answer = shown(module_path(find_side(side), upcoming))
        lines += ["", screen.spell(f"  next: {upcoming.id} {upcoming.name}, in {answer}")]
    return lines


def chapter_end(kata: Kata, screen: Screen, side: str = "katas") -> list[str]:
    """What who has finished the chapter on `side` can do, once all of it is green; after its program that it runs live.

    Nothing elsewhere: the last kata of a route, or of a copy, need not be the last one of its chapter to be done.
    """
    lines: list[str] = []
    if progress.is_done(side, [one for one in all_katas() if one.chapter == kata.chapter]):
        page = KATAS / "katas" / kata.directory / "README.md"
        found = NOW.search(page.read_text(encoding="utf-8")) if page.exists() else None
        text = " ".join(found[1].split()) if found else f"All katas of chapter {kata.chapter} that are here are green."
        lines = [f"  {line}" for line in textwrap.wrap(screen.spell(text), screen.width - 2)]
    if ends_chapter(kata) and kata in programs():
        lines.append(screen.spell(f"  See yours live: {typed('run', K=kata.id, SIDE=side)}"))
    return lines


def _sentence(text: str) -> str:
    """The first sentence of a paragraph; "select(2), NOTES" ends none."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", text, maxsplit=1)[0]


def _docstring(path: object) -> list[str]:
    with open(str(path), encoding="utf-8") as file:
        return (ast.get_docstring(ast.parse(file.read())) or "").splitlines()
