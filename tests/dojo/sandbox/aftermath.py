"""What is seen once a test's process has ended: processes, files, and settings that it has left to others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dojo.core import files
from dojo.sandbox import leftovers
from dojo.sandbox.burying import Buried
from dojo.sandbox.verdict import Kind, Verdict


def with_strays(verdict: Verdict, buried: Buried, pid: int) -> Verdict:
    """The verdict on a test, with what it has left running; `pid` is its own process."""
    left = len((buried.killed | buried.kept) - {pid})
    if not left:
        return verdict
    got = "a process that the code started was" if left == 1 else f"{left} processes that the code started were"
    got += " still there"
    if kept := len(buried.kept - {pid}):
        got += f", and {kept} of them cannot be ended (another user's, or traced)"
    return _leaked(verdict, got, "Whoever starts a process also waits for its end.")


def with_files(verdict: Verdict, names: list[str]) -> Verdict:
    """The verdict on a test, with what it has left in its temporary directory."""
    if not names:
        return verdict
    shown = ", ".join(repr(name) for name in names[:3])
    shown += f" and {len(names) - 3} more are" if len(names) > 3 else " is" if len(names) == 1 else " are"
    return _leaked(verdict, f"{shown} in the temporary directory", "Whoever makes a file there also removes it.")


def with_settings(verdict: Verdict, changed: list[str]) -> Verdict:
    """The verdict on a test, with what it has changed of the process that judges, in words."""
    return _leaked(verdict, "; ".join(changed[:4]), leftovers.CHANGED) if changed else verdict


def with_its_file(verdict: Verdict, module: Path) -> Verdict:
    """The verdict on a test whose code may have removed its own file, or put something else in its place."""
    gone = files.refusal(module)
    if not gone or verdict.kind in (Kind.COULD_NOT_START, Kind.FAULT):
        return verdict
    words = "It was there when the test began."
    return replace(verdict, kind=Kind.COULD_NOT_START, wanted="", got=gone, words=words, line=0, whole_kata=True)


def _leaked(verdict: Verdict, got: str, words: str) -> Verdict:
    """The verdict on a test that has passed, if it has, and has left something behind."""
    if verdict.kind is not Kind.PASSED:
        return verdict
    return replace(verdict, kind=Kind.LEAKED, wanted=leftovers.WANTED, got=got, words=words)
