"""Statements of a suite, as reports quote them."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

from dojo.core import files
from dojo.core.places import BadInput
from dojo.sandbox.findings import cut

COMPOUND = (ast.FunctionDef, ast.ClassDef, ast.With, ast.For, ast.While, ast.If, ast.Try)


def statement_at(path: Path, line: int) -> str:
    """The simple statement that covers `line`, on one line; empty if there is none."""
    best = ""
    for node in ast.walk(ast.parse(_text(path))):
        if not isinstance(node, ast.stmt) or isinstance(node, COMPOUND):
            continue
        if node.lineno <= line <= (node.end_lineno or node.lineno):
            best = ast.unparse(node)
    return best


def demand(statement: str, value: object = None) -> str:
    """What a statement demands: an assertion without its words, or that the kata's call returns.

    `value` is what the right side of a comparison came to, where it is known.
    """
    node = ast.parse(statement).body[0] if statement else None
    if isinstance(node, ast.Assert):
        if value is not None and isinstance(node.test, ast.Compare) and isinstance(node.test.ops[0], ast.Eq):
            return cut(f"{ast.unparse(node.test.left)} == {value!r}")
        return cut(ast.unparse(node.test))
    if isinstance(node, (ast.Expr, ast.Assign)) and "kata." in statement:
        return cut(f"{ast.unparse(node.value)} returns")
    return ""


def words_of(statement: str) -> str:
    """The words of an assertion; empty if it has none, or any that must be worked out."""
    node = ast.parse(statement).body[0] if statement else None
    if isinstance(node, ast.Assert) and isinstance(node.msg, ast.Constant):
        return str(node.msg.value)
    return ""


def source_line(path: Path, line: int) -> str:
    """One line of a file as it stands, without its end; empty if there is no such line, or no plain file any more."""
    lines = _text(path).splitlines()
    return lines[line - 1].rstrip() if 0 < line <= len(lines) else ""


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
