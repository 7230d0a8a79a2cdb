"""What a suite finds: the words, what was wanted and what was got."""

from __future__ import annotations

import re
import time
import traceback
from typing import Any

from dojo.core.columns import shared
from dojo.tape.wording import error_name

VALUE_CHARACTERS = 60  # characters of a value that a report shows
SHORT = 40  # bytes or characters of a text that stands in one line
LONG = 160  # bytes or characters of an input that are shown from its beginning
AGAIN = 40  # of them, that are shown as a shorter piece so many times
AROUND = 120  # characters or bytes that are kept before and behind the first difference of two texts

_nanoseconds = time.perf_counter_ns  # whatever a suite puts in its place later


class Finding(AssertionError):
    """A suite's finding, with the words that a learner reads."""

    def __init__(self, words: str, wanted: str = "", got: str = "") -> None:
        super().__init__(words)
        self.words, self.wanted, self.got = words, wanted, got
        self.at = _nanoseconds()


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


def compare(wanted: Any, got: Any) -> tuple[str, str, str, int]:
    """Two values as texts, what there is to say of their first difference, and where in both texts it is; 0 for none.

    Of long byte strings and texts only what stands round it is kept.
    """
    if not (isinstance(got, (bytes, bytearray, str)) and type(got) is type(wanted)):
        return _as_texts(wanted, got)
    longest = max(len(wanted), len(got))
    if longest <= (16 if isinstance(got, str) else 0) or (longest <= SHORT and not (wanted and got)):
        return safe_repr(wanted), safe_repr(got), "", 0  # they can be compared at a glance
    at = shared(wanted, got)
    label = f"first difference, at {'character' if isinstance(got, str) else 'byte'} {at:,}"
    if len(wanted) != len(got):
        label += f" ({len(wanted):,} wanted, {len(got):,} got)"
    start = max(0, at - AROUND)
    left, right = (_literal(value, start, at + AROUND) for value in (wanted, got))
    return left, right, label, len(_literal(got[:at], start, at)) - 1


def _as_texts(wanted: Any, got: Any) -> tuple[str, str, str, int]:
    """Two values that are no texts, by what repr() makes of them."""
    left, right = safe_repr(wanted), safe_repr(got)
    if left == right:
        left, right = (f"{text} ({class_name(one)})" for text, one in ((left, wanted), (right, got)))
    at = shared(left, right)
    if max(len(left), len(right)) <= 2 * AROUND or at <= AROUND:
        return cut(left), cut(right), "", 0
    start, end = at - AROUND, at + AROUND
    left, right = (f"…{text[start:end]}{'…' * (len(text) > end)}" for text in (left, right))
    return left, right, "first difference", AROUND + 1


def cut(text: str, size: int = 4 * VALUE_CHARACTERS) -> str:
    """A text at most `size` characters long."""
    return text if len(text) <= size else text[: size - 1] + "…"


def spelled(value: Any) -> str:
    """An input as it could be written: a piece that is repeated stands once; of a long one the end and the size."""
    if type(value) not in (bytes, str):
        return cut(safe_repr(value))
    pattern = r"(.{1,8}?)\1{9,}"
    parts, done = [], 0
    for found in re.finditer(pattern.encode() if isinstance(value, bytes) else pattern, value[: 100 * LONG], re.DOTALL):
        if len(found[0]) >= AGAIN:
            parts += [_ends(value[done : found.start()]), f"{len(found[0]) // len(found[1]):,} × {found[1]!r}"]
            done = found.end()
    return " + ".join(part for part in [*parts, _ends(value[done:])] if part) or repr(value)


def _ends(value: Any) -> str:
    if len(value) > 2 * LONG:
        return f"{value[:LONG]!r} … {value[-LONG // 4 :]!r} ({len(value):,})"
    return repr(value) if value else ""


def _literal(value: Any, start: int, end: int) -> str:
    """A part of a byte string or text as it is written, always in the same quotes; "…" where more stands."""
    part = value[start:end]
    # With such a quote in it, repr() takes the other ones.
    text = repr('"' + part if isinstance(part, str) else b'"' + bytes(part)).replace('"', "", 1)
    if start:
        text = text.replace("'", "'…", 1)
    return f"{text[:-1]}…'" if end < len(value) else text
