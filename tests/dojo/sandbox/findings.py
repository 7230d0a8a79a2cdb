"""What a suite finds: the words, what was wanted and what was got."""

from __future__ import annotations

import traceback
from typing import Any

from dojo.tape.wording import counted, error_name

VALUE_CHARACTERS = 60  # characters of a value that a report shows


class Finding(AssertionError):
    """A suite's finding, with the words that a learner reads."""

    def __init__(self, words: str, wanted: str = "", got: str = "") -> None:
        super().__init__(words)
        self.words, self.wanted, self.got = words, wanted, got


class raises_errno:
    """The block must raise an OSError with one of these errno names, or an exception of that class name.

    `words` say what it means when nothing, or something else, is raised; `other`, if there is any, the latter.
    """

    # No generator with @contextmanager: from Python 3.12 on its frame would be in a cycle with the exception, and
    # keep open what the code has left to the frames that the exception has passed.

    def __init__(self, *names: str, words: str = "", other: str = "") -> None:
        self._names, self._words, self._other = names, words, other or words

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        wanted = " or ".join(self._names)
        if error is None:
            raise Finding(self._words or "no error got out", f"{wanted} is raised", "nothing was raised")
        if error_name(error) in self._names or type(error).__name__ in self._names:
            return True
        if isinstance(error, (Finding, NotImplementedError)) or not isinstance(error, (OSError, ValueError)):
            return False
        raise Finding(self._other or "the wrong error got out", f"{wanted} is raised", describe(error)) from error


# The real ones: a class of the learner's may have attributes of these names.
_traceback: Any = vars(BaseException)["__traceback__"]
_name: Any = vars(type)["__name__"]


def class_name(value: object) -> str:
    """The name of a value's class, as it stands in reports."""
    return _name.__get__(type(value)) or "(a class without a name)"


def describe(error: BaseException) -> str:
    """An exception in one line, its errno by name."""
    name = class_name(error)
    try:
        if isinstance(error, OSError) and type(error.errno) is int:
            return f"{name} {error_name(error)}: {safe_str(error.strerror)}"
    except BaseException as odd:  # its attributes are the learner's
        return f"{name} (to look at it raised {class_name(odd)})"
    text = safe_str(error)
    return f"{name}: {text}" if text else name


def lines_of(error: BaseException) -> list[tuple[str, int]]:
    """The files and lines that an exception has passed, the one that raised it last."""
    trace = _traceback.__get__(error)
    return [(frame.f_code.co_filename, number) for frame, number in traceback.walk_tb(trace)]


def safe_str(value: object) -> str:
    """The text of an exception, or why there is none; a learner's own class may raise anything here."""
    try:
        return str(value)
    except BaseException as failed:
        return f"(its text cannot be made: {class_name(failed)})"


def safe_repr(value: Any) -> str:
    """The repr of a value, or why there is none."""
    try:
        return repr(value)
    except BaseException as error:
        return f"<{class_name(value)}, whose repr raises {class_name(error)}>"


def compare(wanted: Any, got: Any) -> tuple[str, str, str]:
    """Two values as lines to stand beneath each other, and a line that marks the first difference.

    Long byte strings and texts are cut to the part in which they differ.
    """
    if isinstance(got, (bytes, bytearray, str)) and type(got) is type(wanted):
        at = next((i for i, (a, b) in enumerate(zip(wanted, got, strict=False)) if a != b), min(len(wanted), len(got)))
        start = max(0, at - 12) if max(len(wanted), len(got)) > 40 else 0
        left, right = (_window(value, start) for value in (wanted, got))
        before = safe_repr(got[start:at])
        column = len(before) - 1 + (len("… ") if start else 0)
        if isinstance(got, str) and max(len(wanted), len(got)) <= 16:
            return safe_repr(wanted), safe_repr(got), ""  # two words can be compared at a glance
        label = f"first difference, at {at:,}"
        mark = f"{label} ^".rjust(column + 1) if column > len(label) else " " * column + f"^ {label}"
        unit = "character" if isinstance(got, str) else "byte"
        if len(wanted) != len(got):
            left, right = f"{left}  ({counted(len(wanted), unit)})", f"{right}  ({len(got):,})"
        return left, right, mark
    return cut(safe_repr(wanted)), cut(safe_repr(got)), ""


def cut(text: str, size: int = 4 * VALUE_CHARACTERS) -> str:
    """A text at most `size` characters long."""
    return text if len(text) <= size else text[: size - 1] + "…"


def _window(value: Any, start: int) -> str:
    part = safe_repr(value[start : start + 24])
    return f"{'… ' if start else ''}{part}{' …' if len(value) > start + 24 else ''}"
