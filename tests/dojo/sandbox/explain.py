"""Why a test failed, from the exception that ended it: wanted, got, the words, the learner's line."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from dojo.sandbox.findings import Finding, class_name, compare, cut, describe, lines_of, safe_repr, safe_str
from dojo.sandbox.loader import CannotStart
from dojo.sandbox.statements import condition, demand, none_of, statement_at, subject
from dojo.sandbox.verdict import Kind, Verdict
from dojo.tape.call import Call
from dojo.tape.whose import FAULTS, OBSERVERS
from dojo.tape.wording import error_name

# How what is wanted is told, by the operator of the comparison.
COMPARED = {
    ">=": "{} or more", "<=": "{} or less", ">": "more than {}", "<": "less than {}", "in": "one of {}",
    "not in": "none of {}", "!=": "anything but {}", "is not": "anything but {}",
}  # fmt: skip
CAUSES = {
    "EBADF": "your code closed a socket that is still needed, or returned one that is closed",
    "ECONNRESET": "your code reset a connection, or closed it with input unread: its peer gets no end in order",
    "EPIPE": "your code closed a connection to which its peer still sends",
    "ENOTCONN": "your code gave the test a socket that is not connected, or not any more",
    "ECONNREFUSED": "nobody listens any more: your code closed the listener, or opened none",
}
SKIPPING = (OBSERVERS, FAULTS)  # where the system refuses, or where the code under test goes round a fault


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
        return replace(found, words=error.words, wanted=cut(error.wanted), got=cut(error.got))
    if isinstance(error, AssertionError) and not learner:
        return _assertion(found, safe_str(error), statement, failed, suite)
    if isinstance(error, TypeError) and not learner and "argument" in safe_str(error):
        words = "The brief gives the signature that the tests call."
        return replace(found, kind=Kind.COULD_NOT_START, got=safe_str(error), words=words)
    if not learner:
        got = f"{describe(error)} (raised in the suite, by what your code did)"
    else:  # what it was given may raise, too
        got = f"your code raised {describe(error)}" if lines[-1][0] != str(suite) else describe(error)
    return replace(found, got=got, words=_advice(error) or ("" if learner else _cause(error)))


def _assertion(found: Verdict, text: str, statement: str, failed: Comparison | None, suite: Path) -> Verdict:
    words = text.split("\nassert ")[0] if "\nassert " in text else ""
    about = subject(statement)
    if failed is not None and _should_be_empty(failed) and (none := none_of(suite, found.suite_line)):
        return replace(found, words=words, wanted=none, got=cut(_listed(failed.left)))
    if failed is not None and (about or not statement):
        return replace(found, words=words, **_difference(failed, *(about or ("", False))))
    if words:
        return replace(found, words=words, wanted="")
    return replace(found, wanted=condition(statement), got="it was not so")


def _is_the_suites(lines: list[tuple[str, int]], suite: Path, statement: str) -> bool:
    """Whether a skip is the suite's own decision, and not what it got from the kata: `answer = pytest.skip`, say."""
    asked = [name for name, _ in lines if "/_pytest/" not in name][-1:]
    return "kata." not in statement and any(name == str(suite) or name.startswith(SKIPPING) for name in asked)


def _should_be_empty(failed: Comparison) -> bool:
    """Whether a list was to be empty, and was not."""
    left, right = failed.left, failed.right
    return failed.op == "==" and type(left) is list is type(right) and not right and bool(left)


def _listed(found: list[Any]) -> str:
    """What is in a list, as one would say it: calls and names as they are, each once."""
    told = [one.text if type(one) is Call else one if type(one) is str else safe_repr(one) for one in found]
    return ", ".join(f"{one} × {number:,}" if number > 1 else one for one, number in Counter(told).items())


def _difference(failed: Comparison, about: str, returned: bool) -> dict[str, Any]:
    """What was wanted and got of a comparison; what it is about is told where the values do not say it themselves."""
    told = about and isinstance(failed.right, (int, float, type(None)))
    if failed.op == "==" and not told:
        wanted, got, mark, differs = compare(failed.right, failed.left)
        return {"wanted": wanted, "got": got, "mark": mark, "differs": differs}
    wanted = COMPARED.get(failed.op, "{}").format(cut(safe_repr(failed.right)))
    got = cut(safe_repr(failed.left))
    if not told:
        return {"wanted": wanted, "got": got}
    be, was = ("return", "it returned") if returned else ("be", "it was")
    if failed.op in ("!=", "is not"):
        be, wanted = f"not {be}", cut(safe_repr(failed.right))
    return {"wanted": f"{about} should {be} {wanted}", "got": f"{was} {got}"}


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
