"""What a team's watch tells the board of a dojo: one JSON object for each run, and what it may hold.

It has the fields of the run log's line (run_log.py), and beside them `id` (32 hexadecimal digits; a
message that comes twice counts once), `source` (16 more: one watch, which sends in the order in which it
ran), `team`, `age` (seconds from the run to the sending: two machines
need not agree on the time), `answer` (its bytes in base64), `report` (of the first red test, as text),
`tape` (of that test, as JSON), and `asks` (whether the team asks for help).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dojo.core.screen import Screen
from dojo.learner.run_log import FIELDS, OPENED, RUN
from dojo.report import progress

HELP = "help"  # the event when only `asks` has changed
ANSWER, REPORT, TAPE = 1 << 16, 1 << 15, 1 << 16  # bytes and characters at most
MESSAGE = 1 << 18  # bytes that a message has at most, as it is sent
NAME_COLUMNS = 20
NUMBER = 10**9  # no number is greater
NAME = re.compile(rf"[^\W_][\w-]{{0,{NAME_COLUMNS - 1}}}")
LONGEST = {
    "id": 32, "source": 16, "team": NAME_COLUMNS, "time": 40, "event": 10, "kata": 80, "mark": 30, "first": 200,
    "verdict": 30, "digest": 64, "answer": 2 * ANSWER, "report": REPORT, "tape": TAPE,
}  # fmt: skip
TYPES: dict[str, type | tuple[type, ...]] = {
    **FIELDS, "id": str, "source": str, "team": str, "age": (int, float), "answer": str, "report": str,
    "tape": str, "asks": bool,
}  # fmt: skip
PATTERNS = {
    "id": re.compile(r"[0-9a-f]{32}"),
    "source": re.compile(r"[0-9a-f]{16}"),
    "first": re.compile(r"(test_\w+(\[.*\])?)?"),
    "verdict": re.compile(r"[a-z ]*"),
}


class Refused(Exception):
    """A message that is none; the text says why."""


def is_name(name: str) -> bool:
    """Whether a team can be called so: letters, digits, _ and -, which no file system and no page takes for more."""
    return bool(NAME.fullmatch(name)) and unicodedata.is_normalized("NFC", name)


def understood(data: bytes) -> dict[str, Any]:
    """A message as it came, with control characters made visible. Raises Refused for anything else.

    Which teams and katas there are is not known here.
    """
    try:
        found = json.loads(data.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Refused("this is no JSON") from None
    if not isinstance(found, dict) or set(found) != set(TYPES):
        raise Refused(f"a message has the fields {', '.join(sorted(TYPES))}, and no others")
    for name, kind in TYPES.items():
        _check(name, found[name], kind)
    if found["event"] not in (RUN, OPENED, HELP) or found["mark"] not in progress.SIGNS:
        raise Refused("there is no such event, or no such mark")
    if not _is_time(found["time"]):
        raise Refused("the time is none")
    if found["passed"] > found["total"]:
        raise Refused("more tests passed than there are")
    if found["digest"] != (hashlib.sha256(answer).hexdigest() if (answer := answer_of(found)) else ""):
        raise Refused("the digest is not that of the answer")
    spell = Screen.plain().spell
    return {name: spell(value) if isinstance(value, str) else value for name, value in found.items()}


def _check(name: str, value: object, kind: type | tuple[type, ...]) -> None:
    if isinstance(value, bool) != (kind is bool) or not isinstance(value, kind):
        raise Refused(f"{name} is of another type")
    if isinstance(value, str) and len(value) > LONGEST[name]:
        raise Refused(f"{name} is too long")
    if isinstance(value, str) and name in PATTERNS and not PATTERNS[name].fullmatch(value):
        raise Refused(f"{name} has another form")
    if isinstance(value, (int, float)) and not 0 <= value <= NUMBER:
        raise Refused(f"{name} is out of bounds")


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def answer_of(message: Mapping[str, Any]) -> bytes:
    """The bytes of the answer in a message. Raises Refused."""
    try:
        answer = base64.b64decode(message["answer"], validate=True)
    except ValueError:
        raise Refused("the answer is not in base64") from None
    if len(answer) > ANSWER:
        raise Refused("the answer is too long")
    return answer


def _refuse(constant: str) -> None:
    raise ValueError(constant)
