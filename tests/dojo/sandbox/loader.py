"""Import a kata by its path, afresh, and say in one line why it cannot be imported."""

from __future__ import annotations

import codecs
import errno
import linecache
import os
import re
import sys
import traceback
import types
from pathlib import Path
from typing import Any

from dojo.core import files
from dojo.core.places import BadInput, shown
from dojo.sandbox.findings import describe, lines_of
from dojo.sandbox.statements import decoded

CODING, BLANK = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+"), re.compile(rb"[ \t\f]*(#.*)?")
WIDE = {
    (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE): "UTF-32",  # first: the one for UTF-16 begins like it
    (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE): "UTF-16",
}


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


def _check_encoding(source: bytes, place: str) -> None:
    """Refuse what `python3 file.py` refuses and compile() does not, in the same words.

    Without a coding line (PEP 263: a comment in line 1, or in line 2 behind a
    comment or an empty line) a file is UTF-8, comments included.
    """
    wide = next((name for marks, name in WIDE.items() if source.startswith(marks)), "")
    if not wide and b"\0" in source and (not source[:64:2].strip(b"\0") or not source[1:64:2].strip(b"\0")):
        wide = "UTF-16"
    if wide:
        raise CannotStart(f"{place} looks like {wide}, and Python reads UTF-8: save it as UTF-8")
    if source.startswith(codecs.BOM_UTF8):  # as good as a coding line
        return
    try:
        source.decode()
        return
    except UnicodeDecodeError:
        pass
    first = True
    for number, line in enumerate(source.splitlines(), start=1):
        if first and CODING.match(line):
            return
        first = number == 1 and BLANK.fullmatch(line) is not None
        try:
            line.decode()
        except UnicodeDecodeError as error:
            raise CannotStart(
                f"{place}:{number}: SyntaxError: Non-UTF-8 code starting with '\\x{line[error.start]:02x}', "
                "but no encoding declared; see https://peps.python.org/pep-0263/ for details",
                number,
            ) from None


def _last_line(error: BaseException) -> str:
    """What the last line of its traceback says of an exception; or what there is to say of an odd one."""
    try:
        text = "".join(traceback.format_exception_only(type(error), error)).strip()
    except BaseException:
        text = ""
    return text.splitlines()[-1] if text else describe(error)


def load(path: Path) -> KataModule:
    """The module at `path`, run from its source: stale bytecode cannot answer for it.

    Raises CannotStart when the file is missing, empty, not Python, or ends with
    an exception (SystemExit among them) while it is imported.
    """
    place = shown(path)
    try:
        source = files.read(path)
    except BadInput as error:
        raise CannotStart(str(error)) from None
    if source is None:
        raise CannotStart(f"{place} cannot be read: {os.strerror(errno.ENOENT)}")
    if not source.strip():
        raise CannotStart(f"{place} is empty")
    _check_encoding(source, place)
    try:
        code = compile(source, str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        kind = type(error).__name__
        raise CannotStart(f"{place}:{error.lineno or 1}: {kind}: {error.msg}", error.lineno or 1) from None
    except (ValueError, RecursionError, MemoryError) as error:  # a null byte, up to Python 3.11; too deep a nesting
        raise CannotStart(f"{place}: {str(error) or type(error).__name__}") from None
    # Whoever shows a traceback shows the lines as they are now, and does not open a file that may be another by then.
    linecache.cache[str(path)] = (len(source), None, decoded(source).splitlines(keepends=True), str(path))
    module = KataModule("kata")
    module.__file__ = str(path)
    sys.modules["kata"] = module  # dataclasses and pickle look it up
    try:
        exec(code, module.__dict__)
    except BaseException as error:
        lines = [number for name, number in lines_of(error) if name == str(path)]
        line = lines[-1] if lines else 0
        what = _last_line(error)
        raise CannotStart(f"{place}:{line}: {what}, raised while the file is imported", line) from None
    return module
