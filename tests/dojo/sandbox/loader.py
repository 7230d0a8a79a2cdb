"""Import a kata by its path, afresh, and say in one line why it cannot be imported."""

from __future__ import annotations

import sys
import traceback
import types
from pathlib import Path
from typing import Any

from dojo.core.places import shown


class CannotStart(Exception):
    """The kata's module cannot be used; the text says why, `line` says where."""

    def __init__(self, words: str, line: int = 0) -> None:
        super().__init__(words)
        self.line = line


class NotDefined(CannotStart, AttributeError):
    """The kata's module lacks a name that its brief asks for."""


class KataModule(types.ModuleType):
    """A module that says what is missing in the learner's words."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise NotDefined(f"{name} is not defined in {shown(str(self.__file__))}; the brief asks for it")


def load(path: Path) -> KataModule:
    """The module at `path`, run from its source: stale bytecode cannot answer for it.

    Raises CannotStart when the file is missing, empty, not Python, or ends with
    an exception (SystemExit among them) while it is imported.
    """
    place = shown(path)
    try:
        source = path.read_bytes()
    except OSError as error:
        raise CannotStart(f"{place} cannot be read: {error.strerror}") from None
    if not source.strip():
        raise CannotStart(f"{place} is empty")
    try:
        code = compile(source, str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        kind = type(error).__name__
        raise CannotStart(f"{place}:{error.lineno or 1}: {kind}: {error.msg}", error.lineno or 1) from None
    except (ValueError, RecursionError, MemoryError) as error:  # a null byte, up to Python 3.11; too deep a nesting
        raise CannotStart(f"{place}: {str(error) or type(error).__name__}") from None
    module = KataModule("kata")
    module.__file__ = str(path)
    sys.modules["kata"] = module  # dataclasses and pickle look it up
    try:
        exec(code, module.__dict__)
    except BaseException as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
        line = (frames[-1].lineno or 0) if frames else 0
        what = "".join(traceback.format_exception_only(type(error), error)).strip().splitlines()[-1]
        raise CannotStart(f"{place}:{line}: {what}, raised while the file is imported", line) from None
    return module
