"""Answers grouped by the same code: the same syntax tree, whatever comments, formatting and docstrings are round it."""

from __future__ import annotations

import ast
import functools
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from dojo.report import progress
from dojo.team.outputs import Row

# Bytes of an answer that is parsed: Python 3.10 dies of a tree that is some 100,000 levels deep.
LONGEST = 1 << 16
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass
class Group:
    """Sides whose answers are the same code."""

    code: list[str] | None  # as Python itself writes it; None where there is none to compare
    fault: str = ""  # why there is none
    rows: list[Row] = field(default_factory=list)

    @functools.cached_property
    def _lines(self) -> Counter[str]:
        return Counter(self.code)

    def likeness(self, other: Group) -> float:
        """How alike the code of two groups is, from 0 to 1: the share of lines that they have in common."""
        mine, theirs = self._lines, other._lines
        return 2 * (mine & theirs).total() / max(1, mine.total() + theirs.total())


def groups(rows: Sequence[Row]) -> list[Group]:
    """All answers in groups: the largest first, behind each the one that is most like it, last what is no code."""
    found: dict[str | bytes, Group] = {}
    parsed: dict[bytes, tuple[str, list[str], str]] = {}
    key: str | bytes
    for row in rows:
        data = row.answer.data
        if data is None:
            key, group = f"none {row.answer.refused}", Group(None, row.answer.refused or row.why)
        elif row.why == progress.UNTOUCHED:
            key, group = row.why, Group(None, row.why)
        else:
            if data not in parsed:
                parsed[data] = tree_of(data)
            tree, code, fault = parsed[data]
            key, group = (data, Group(None, fault)) if fault else (tree, Group(code))
        found.setdefault(key, group).rows.append(row)
    return _in_order(list(found.values()))


def _in_order(found: list[Group]) -> list[Group]:
    waiting = sorted((group for group in found if group.code is not None), key=lambda group: -len(group.rows))
    chain = waiting[:1]
    del waiting[:1]
    while waiting:
        chain.append(max(waiting, key=chain[-1].likeness))
        waiting.remove(chain[-1])
    return chain + [group for group in found if group.code is None]


def tree_of(data: bytes) -> tuple[str, list[str], str]:
    """The tree of a text, its lines as Python itself writes them, and why there is neither, if so."""
    if len(data) > LONGEST:
        return "", [], f"it is longer than {LONGEST >> 10} KiB: it is not compared"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(data)
        for node in ast.walk(tree):
            if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
                node.body[:1] = [] if len(node.body) > 1 or isinstance(node, ast.Module) else [ast.Pass()]
            elif isinstance(node, ast.Constant):
                node.kind = None  # u"" is ""
        return ast.dump(tree), ast.unparse(tree).splitlines(), ""
    except SyntaxError as error:
        return "", [], f"it does not parse: line {error.lineno or 1}: {error.msg}"
    except (ValueError, RecursionError, MemoryError):  # a zero byte; nested too deeply
        return "", [], "it does not parse"
