"""Why a test failed, from the exception that ended it: wanted, got, the words, the learner's line."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from dojo.core.places import ROOT
from dojo.sandbox.findings import Finding, class_name, compare, cut, describe, lines_of, safe_repr, safe_str
from dojo.sandbox.loader import CannotStart
from dojo.sandbox.statements import demand, statement_at
from dojo.sandbox.verdict import Kind, Verdict
from dojo.tape.wording import error_name

CAUSES = {
    "EBADF": "your code closed a socket that is still needed, or returned one that is closed",
    "ECONNRESET": "your code reset a connection, or closed it with input unread: its peer gets no end in order",
    "EPIPE": "your code closed a connection to which its peer still sends",
    "ENOTCONN": "your code gave the test a socket that is not connected, or not any more",
    "ECONNREFUSED": "nobody listens any more: your code closed the listener, or opened none",
}
OBSERVERS = str(ROOT / "tests" / "dojo" / "suite" / "observers")  # they skip a test where the system refuses


@dataclass
class Comparison:
    """A comparison that did not hold: suites write what they got on the left, what they want on the right."""

    op: str
    left: Any
    right: Any


def explain(error: BaseException, module: Path, suite: Path, failed: Comparison | None) -> Verdict:
    """The verdict for a test that `error` ended; `failed` is the last comparison that did not hold."""
    try:
        return _explained(error, module, suite, failed)
    except BaseException as odd:
        if _is_known(type(error)):
            raise
        return Verdict(Kind.FAILED, got=f"{class_name(error)} (to look at it raised {class_name(odd)})")


def _is_known(kind: type) -> bool:
    """Whether a class is found in its module under its name, and that is not the kata's."""
    module, name = (vars(type)[one].__get__(kind) for one in ("__module__", "__name__"))
    return isinstance(module, str) and module != "kata" and getattr(sys.modules.get(module), name, None) is kind


def _explained(error: BaseException, module: Path, suite: Path, failed: Comparison | None) -> Verdict:
    lines = lines_of(error)
    learner = [number for name, number in lines if name == str(module)]
    asked = [number for name, number in lines if name == str(suite)]
    statement = statement_at(suite, asked[-1]) if asked else ""
    found = Verdict(
        Kind.FAILED,
        line=learner[-1] if learner else 0,
        suite_line=asked[-1] if asked else 0,
        wanted=demand(statement),
    )
    if isinstance(error, pytest.skip.Exception) and _is_the_suites(lines, suite, statement):
        return replace(found, kind=Kind.SKIPPED, words=safe_str(error))
    if isinstance(error, CannotStart):
        whole = type(error) is CannotStart
        return replace(found, kind=Kind.COULD_NOT_START, wanted="", got=str(error), line=error.line, whole_kata=whole)
    if isinstance(error, NotImplementedError) and learner:
        return replace(found, got="nothing is written here yet", not_written=True)
    if isinstance(error, Finding):
        if error.wanted or error.got:
            return replace(found, words=error.words, wanted=cut(error.wanted), got=cut(error.got))
        return replace(found, words=error.words, got="not so")
    if isinstance(error, AssertionError) and not learner:
        return _assertion(found, safe_str(error), statement, failed)
    if isinstance(error, TypeError) and not learner and "argument" in safe_str(error):
        words = "The brief gives the signature that the tests call."
        return replace(found, kind=Kind.COULD_NOT_START, got=safe_str(error), words=words)
    raised = "" if learner else " (raised in the suite, by what your code did)"
    return replace(found, got=f"{describe(error)}{raised}", words=_advice(error) or ("" if learner else _cause(error)))


def _assertion(found: Verdict, text: str, statement: str, failed: Comparison | None) -> Verdict:
    words = text.split("\nassert ")[0] if "\nassert " in text else ""
    if failed is not None:
        found = replace(found, words=words, **_difference(failed))
        if isinstance(failed.right, (int, float)):
            found.wanted = demand(statement, failed.right)  # a bare number would not say of what
        return found
    return replace(found, words=words, got="it is so" if statement.startswith("assert not ") else "not so")


def _is_the_suites(lines: list[tuple[str, int]], suite: Path, statement: str) -> bool:
    """Whether a skip is the suite's own decision, and not what it got from the kata: `answer = pytest.skip`, say."""
    asked = [name for name, _ in lines if "/_pytest/" not in name][-1:]
    return "kata." not in statement and any(name == str(suite) or name.startswith(OBSERVERS) for name in asked)


def _difference(failed: Comparison) -> dict[str, Any]:
    if failed.op == "==":
        wanted, got, mark = compare(failed.right, failed.left)
        return {"wanted": wanted, "got": got, "mark": mark}
    words = {"is": "", "in": "one of ", "not in": "not one of ", "is not": "not ", "!=": "not "}
    before = words.get(failed.op, f"{failed.op} ")
    return {"wanted": f"{before}{cut(safe_repr(failed.right))}", "got": cut(safe_repr(failed.left))}


def _cause(error: BaseException) -> str:
    """What code has done, as a rule, that makes a step of the suite raise this."""
    if isinstance(error, OSError):
        return CAUSES.get(error_name(error), "")
    if isinstance(error, (AttributeError, TypeError)):
        return "your code returned, or passed on, something else than the brief says: the test cannot use it"
    return ""


def _advice(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return "An exercise returns or raises; it does not end the process."
    if str(type(error).__module__).startswith(("_pytest", "pytest")) or class_name(error) in ("Skipped", "Exit"):
        return "The kata itself called pytest: that is not an answer."
    return ""
