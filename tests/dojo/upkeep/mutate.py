"""Make mutants of a source text: the same program with one small mistake in each.

The mistakes are those of mutmut's operators, because they change arguments, values and
operators, and a call to the kernel is little else; cosmic-ray's change arithmetic for the
most part, and find nothing at all to change in 5.5. mutmut's own runner is not used: it
puts all mutants into one module that a test imports, and here a suite judges a file, in a
process that it may kill. What mutmut leaves alone is added below: a statement left out, a
condition turned round, an error that is not caught, a loop over nothing.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

Name = tuple[str, tuple[str, ...], tuple[str, ...]]  # a function, the lines that were changed, what they have become
Operator = Callable[[Any], Iterable[cst.CSTNode]]

# Named, and not mutated: an answer that hands None to these raises wherever it gets, and shows nothing.
DULL = ("len", "isinstance")
# Comparisons that mutmut turns round; of `<` it makes `<=`.
TURNED = (cst.Equal, cst.NotEqual, cst.In, cst.NotIn, cst.Is, cst.IsNot)


@dataclass(frozen=True)
class Mutant:
    """One changed program. What names it, in a list that people edit, is all but `line` and `text`."""

    where: str  # the function, as in Class.method, or "the module"
    was: tuple[str, ...]  # the lines that were changed, without their indentation
    now: tuple[str, ...]  # and what stands there
    line: int  # of the first of them, in the original
    text: str  # of the whole program

    @property
    def name(self) -> Name:
        """What an entry in the list of survivors says of it."""
        return self.where, self.was, self.now


def statement_left_out(node: cst.SimpleStatementLine) -> Iterator[cst.SimpleStatementLine]:
    """Leave out what is there for its effect: a call, a return, a raise, an addition."""
    if len(node.body) == 1 and isinstance(node.body[0], (cst.Expr, cst.Del, cst.Raise, cst.Return, cst.AugAssign)):
        yield node.with_changes(body=[cst.Pass()])


def condition_turned_round(node: cst.If | cst.While | cst.CompIf) -> Iterator[cst.CSTNode]:
    """Do it when it should not be done, where no operator of mutmut does this anyway."""
    test = node.test
    turned = isinstance(test, cst.UnaryOperation) or (isinstance(test, cst.Name) and test.value in ("True", "False"))
    if isinstance(test, cst.Comparison):
        turned = isinstance(test.comparisons[0].operator, TURNED)
    if not turned:
        inner = test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
        yield node.with_changes(test=cst.UnaryOperation(cst.Not(), inner))


def error_not_caught(node: cst.ExceptHandler) -> Iterator[cst.ExceptHandler]:
    """Let one of the errors through that a handler is for."""
    if isinstance(node.type, cst.Tuple) and len(node.type.elements) > 1:
        for index in range(len(node.type.elements)):
            left = [element for at, element in enumerate(node.type.elements) if at != index]
            left[-1] = left[-1].with_changes(comma=cst.Comma())
            yield node.with_changes(type=node.type.with_changes(elements=left))
    elif node.type is not None:
        yield node.with_changes(type=cst.Tuple([]))


def loop_over_nothing(node: cst.For) -> Iterator[cst.For]:
    """Go through no element."""
    yield node.with_changes(iter=cst.Tuple([]))


def block_left_open(node: cst.With) -> Iterator[cst.If]:
    """Run a block without what would see to its end."""
    if all(item.asname is None for item in node.items):
        yield cst.If(test=cst.Name("True"), body=node.body, leading_lines=node.leading_lines)


OPERATORS: Sequence[tuple[Any, Operator]] = [
    *mutation_operators,
    (cst.SimpleStatementLine, statement_left_out),
    ((cst.If, cst.While, cst.CompIf), condition_turned_round),
    (cst.ExceptHandler, error_not_caught),
    (cst.For, loop_over_nothing),
    (cst.With, block_left_open),
]


class Visitor(cst.CSTVisitor):
    """Goes through a program, and collects pairs of a node and what could stand in its place."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, cst.CSTNode, cst.CSTNode]] = []
        self._inside: list[str] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Mutate a node, and say whether to look inside."""
        if _is_no_code(node):
            return False
        for kind, operator in OPERATORS:
            if isinstance(node, kind):
                self.found += [(".".join(self._inside) or "the module", node, mutated) for mutated in operator(node)]
        if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
            self._inside.append(node.name.value)
        # What the text of an error says is free: left out or changed, it is the same error.
        return not (isinstance(node, cst.Raise) and _says_text_alone(node))

    def on_leave(self, original_node: cst.CSTNode) -> None:
        """Note the way out of a function."""
        if isinstance(original_node, (cst.FunctionDef, cst.ClassDef)):
            self._inside.pop()


def _is_no_code(node: cst.CSTNode) -> bool:
    """Whether a node is for readers and checkers of types alone."""
    if isinstance(node, (cst.Annotation, cst.Import, cst.ImportFrom, cst.Decorator)):
        return True
    if isinstance(node, cst.SimpleStatementLine):
        first = node.body[0]
        return isinstance(first, cst.Expr) and isinstance(first.value, (cst.BaseString, cst.Ellipsis))
    if isinstance(node, cst.If):
        return "TYPE_CHECKING" in cst.Module([]).code_for_node(node.test)
    return isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in DULL


def _says_text_alone(node: cst.Raise) -> bool:
    called = node.exc
    return isinstance(called, cst.Call) and all(isinstance(one.value, cst.BaseString) for one in called.args)


def mutants(source: str, some: int = 0) -> list[Mutant]:
    """The mutants of a program that are other programs; `some` of them if that is not 0, and always the same."""
    wrapper = MetadataWrapper(cst.parse_module(source))
    visitor = Visitor()
    wrapper.visit(visitor)
    known = {_meaning(source)}
    made: list[Mutant] = []
    step = max(1, len(visitor.found) // some) if some else 1
    for where, node, mutated in visitor.found[step // 2 :: step]:
        changed = wrapper.module.deep_replace(node, mutated)
        assert isinstance(changed, cst.Module)
        try:
            meaning = _meaning(changed.code)
        except SyntaxError:
            continue
        if meaning not in known:
            known.add(meaning)
            made.append(_mutant(where, source, changed.code))
    return sorted(made, key=lambda mutant: mutant.line)


def _meaning(source: str) -> str:
    """What two texts have in common that are the same program; None is as false as False, UTF-8 is utf-8."""
    dump = ast.dump(ast.parse(source))
    return dump.replace("Constant(value=None)", "Constant(value=False)").replace("'UTF-8'", "'utf-8'")


def _mutant(where: str, source: str, text: str) -> Mutant:
    before, after = source.splitlines(), text.splitlines()
    changes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    changed = [change for change in changes if change[0] != "equal"]
    first, last, begin, end = changed[0][1], changed[-1][2], changed[0][3], changed[-1][4]
    was, now = (tuple(line.strip() for line in lines) for lines in (before[first:last], after[begin:end]))
    return Mutant(where, was, now, first + 1, text)
