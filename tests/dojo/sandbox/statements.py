"""Statements of a suite, as reports quote them."""

from __future__ import annotations

import ast
import functools
import io
import re
import tokenize
from collections.abc import Iterable
from pathlib import Path
from typing import TypeGuard

from dojo.core import files
from dojo.core.places import BadInput
from dojo.sandbox.findings import VALUE_CHARACTERS, cut

# What observers tell, in words: a learner does not know their names.
PHRASES = {
    "unread": "the number of unread bytes in {}",
    "unsent": "the number of unsent bytes in {}",
    "descriptors": "the number of open descriptors",
    "tcp_state": "the TCP state of {}",
    "fill": "the number of bytes for which {} still had room",
    "interest": "what {} is registered for",
}
# And of which an empty list is wanted: the first of these names that made the list says in words what should not be.
NONE_OF = {
    "limits": "no call should have a time limit",
    "changed_settings": "no setting of the socket should change",
    "waited": "no call should wait",
    "calls": "no such call should be made",
    "waits": "no call should wait",
    "get_map": "nothing should be registered",
    "poll": "nothing should be reported",
    "select": "nothing should be reported",
}
LINE_END = re.compile(r"\r\n|\r|\n")  # as Python counts lines: a form feed or U+2028 ends none
COMPOUND = (ast.FunctionDef, ast.ClassDef, ast.With, ast.For, ast.While, ast.If, ast.Try)


def statement_at(path: Path, line: int) -> str:
    """The simple statement that covers `line`, on one line; empty if there is none."""
    found = [node for node in _statements(path, line) if not isinstance(node, COMPOUND)]
    return ast.unparse(found[-1]) if found else ""


def names_at(path: Path, line: int) -> list[str]:
    """The names in the innermost statement that covers `line`, or begins there with a block."""
    found = _statements(path, line)
    names = [node.id for node in ast.walk(found[-1]) if isinstance(node, ast.Name)] if found else []
    return list(dict.fromkeys(names))


def names_from(path: Path, function: str, names: set[str]) -> set[str]:
    """The names that a function of a suite sets to something made of these, and not by the kata."""
    functions = [one for one in ast.walk(_tree(path)) if isinstance(one, ast.FunctionDef) and one.name == function]
    found: set[str] = set()
    for step in (one for node in functions for one in ast.walk(node)):
        if isinstance(step, ast.Assign):
            used = _names(step.value)
            if used & names and "kata" not in used:
                found |= {name for place in step.targets for name in _names(place)}
    return found


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _statements(path: Path, line: int) -> list[ast.stmt]:
    """The statements that cover a line, from the outermost in."""
    return [
        node
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]


@functools.cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(_text(path))


def demand(statement: str) -> str:
    """What a statement demands of the kata's function that it calls, or has called; empty if it is about neither."""
    node = ast.parse(statement).body[0] if statement else None
    call = next((one for one in ast.walk(node) if _is_the_katas(one)), None) if node else None
    if call is None:
        return _demand_of_result(node)
    wanted = ""
    if isinstance(node, ast.Assert) and isinstance(node.test, ast.Compare) and node.test.left is call:
        [op, *_], [value, *_] = node.test.ops, node.test.comparators
        if isinstance(op, (ast.Eq, ast.Is)) and _is_literal(value):
            wanted = f" {ast.unparse(value)}"
    return cut(f"{_spelt(call)} should return{wanted}")


def _demand_of_result(node: ast.stmt | None) -> str:
    """What an assertion demands of a call that is under way, or of an object of the kata's."""
    if not isinstance(node, ast.Assert) or not isinstance(node.test, ast.Compare):
        return ""
    left, [op, *_], [value, *_] = node.test.left, node.test.ops, node.test.comparators
    if not isinstance(left, ast.Call) or not isinstance(left.func, ast.Attribute) or not isinstance(op, ast.Eq):
        return ""
    what = cut(ast.unparse(value)) if _is_literal(value) else ""
    if left.func.attr == "result":
        return f"your code should return {what}".rstrip()
    return f"{cut(_spelt(left))} should return {what}".rstrip()


def subject(statement: str) -> tuple[str, bool] | None:
    """What the comparison of an assertion is about, and whether that is what the kata's function returned.

    It is empty where the values say it themselves; None if the statement asserts no comparison.
    """
    node = ast.parse(statement).body[0] if statement else None
    if not isinstance(node, ast.Assert) or not isinstance(node.test, ast.Compare):
        return None
    left = node.test.left
    if isinstance(left, ast.Tuple):
        return "", False
    if isinstance(left, ast.Call) and isinstance(left.func, ast.Name) and left.func.id in PHRASES:
        return PHRASES[left.func.id].format(", ".join(map(ast.unparse, left.args))), False
    return cut(_spelt(left), VALUE_CHARACTERS), _is_the_katas(left)


def none_of(path: Path, line: int) -> str:
    """What should not be, in words, where an assertion wants a list of an observer's to be empty; else empty."""
    covering = _statements(path, line)
    node = covering[-1] if covering else None
    if not isinstance(node, ast.Assert) or not isinstance(node.test, ast.Compare):
        return ""
    made: ast.AST = node.test.left
    if isinstance(made, ast.Name):
        within = next((one for one in reversed(covering) if isinstance(one, ast.FunctionDef)), node)
        made = _last_value(within, made.id, line) or made
    helpers = {one.name: one for one in _tree(path).body if isinstance(one, ast.FunctionDef)}
    used = _words(made)
    if "kata" in used:  # it is what the kata returned
        return ""
    for name in used & {*helpers}:
        used |= _words(helpers[name])
    return next((words for name, words in NONE_OF.items() if name in used), "")


def _last_value(function: ast.AST, name: str, line: int) -> ast.expr | None:
    """What a function has set a name to last, before a line."""
    before = (one for one in ast.walk(function) if isinstance(one, ast.Assign) and one.lineno < line)
    found = [one for one in before if any(name in _names(target) for target in one.targets)]
    return max(found, key=lambda one: one.lineno).value if found else None


def _words(node: ast.AST) -> set[str]:
    """The names and the attributes in a piece of code."""
    return _names(node) | {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}


def condition(statement: str) -> str:
    """What an assertion without a comparison demands."""
    node = ast.parse(statement).body[0] if statement else None
    if not isinstance(node, ast.Assert):
        return ""
    negated = isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not)
    test = node.test.operand if isinstance(node.test, ast.UnaryOp) and negated else node.test
    return cut(f"{_spelt(test)} should {'not ' * negated}be true")


def _spelt(node: ast.expr) -> str:
    """An expression as a learner would write it: the kata's names stand alone."""
    return re.sub(r"\bkata\.", "", ast.unparse(node))


def _is_the_katas(node: ast.AST) -> TypeGuard[ast.Call]:
    """Whether this calls a function of the kata's."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return isinstance(node.func.value, ast.Name) and node.func.value.id == "kata"


def _is_literal(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except ValueError:
        return False
    return True


def words_of(statement: str) -> str:
    """The words of an assertion; empty if it has none, or any that must be worked out."""
    node = ast.parse(statement).body[0] if statement else None
    if isinstance(node, ast.Assert) and isinstance(node.msg, ast.Constant):
        return str(node.msg.value)
    return ""


def source_line(path: Path, line: int) -> str:
    """One line of a file as it stands, without its end; empty if there is no such line, or no plain file any more."""
    return source_lines(path, {line}).get(line, "")


def source_lines(path: Path, wanted: Iterable[int]) -> dict[int, str]:
    """Those of the wanted lines that there are, by their numbers, as source_line() has them."""
    lines = LINE_END.split(_text(path))
    return {line: lines[line - 1].rstrip() for line in wanted if 0 < line <= len(lines)}


def decoded(source: bytes) -> str:
    """Source code as text, in the encoding that it declares (PEP 263); what is not in it is U+FFFD."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    except SyntaxError:
        encoding = "utf-8"
    return source.decode(encoding, "replace")


def _text(path: Path) -> str:
    try:
        return decoded(files.read(path) or b"")
    except BadInput:
        return ""
