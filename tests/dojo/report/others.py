"""The tests of a kata by name: the sentence that each is, and those that fail beside the first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dojo.core.columns import wrap
from dojo.core.screen import Screen
from dojo.sandbox.verdict import Verdict

# What a function's name cannot hold of the sentence that it is; the last word of a phrase may be a plural elsewhere.
SIGNS = {
    "the next sockets": "the next socket's", "stays the callers": "stays the caller's",
    "is the callers": "is the caller's", "the callers": "the caller's", "not the peers": "not the peer's",
    "own clients": "own client's", "no clients": "no client's", "one clients": "one client's",
    "the operators": "the operator's", "nobodys": "nobody's", "anothers": "another's",
    "the next readers": "the next reader's", "the loops": "the loop's", "the senders": "the sender's",
    "half way": "half-way", "non blocking": "non-blocking", "nonblocking": "non-blocking", "wake ups": "wake-ups",
    "wake up": "wake-up", "mid reply": "mid-reply", "half closed": "half-closed", "ctrl c": "Ctrl-C",
    "a file a number or": "a file, a number or", "utf8": "UTF-8", "fin": "FIN", "rst": "RST", "tcp": "TCP",
    "etimedout": "ETIMEDOUT", "on writable": "on_writable()", "call later": "call_later()",
    "read exactly": "read_exactly()", "write all": "write_all()", "python": "Python",
}  # fmt: skip
_SIGN = re.compile(rf"\b({'|'.join(SIGNS)})\b")
DIGITS = re.compile(r"[\d.,]+")


def sentence(test: str) -> str:
    """A test's name as the sentence that it is; the case on which it ran stands in brackets."""
    name, _, case = test.removeprefix("test_").partition("[")
    return _SIGN.sub(lambda found: SIGNS[found[0]], name.replace("_", " ")) + (
        f" ({case.removesuffix(']')})" if case else ""
    )


def others_told(verdict: Verdict, others: Sequence[Verdict], screen: Screen, most: int) -> list[str]:
    """How many other tests of the kata fail, and which of them for another reason."""
    if not others:
        return []
    reasons = [_reason(other) for other in others]
    different = [other for other, reason in zip(others, reasons, strict=True) if reason != _reason(verdict)]
    number, kinds = len(others), len(set(reasons) - {_reason(verdict)})
    told = f"{number} more test{'s fail' if number > 1 else ' fails'},"
    if not different:
        return _lines(f"{told} for the same reason.", screen)
    if len(different) == number:
        told += " for another reason" if kinds == 1 else f" for {kinds} other reasons"
    else:
        told += " one for another reason" if len(different) == 1 else f" {len(different)} of them for other reasons"
    names = [sentence(other.test) for other in different]
    lines = []
    for kept in range(len(names), -1, -1):  # as many as there is room for
        rest = f", and {len(names) - kept} more" if kept < len(names) else ""
        named = f": {', '.join(names[:kept])}{rest}" if kept else ""
        lines = _lines(f"{told}{named}.", screen)
        if len(lines) <= most:
            break
    return lines


def _reason(verdict: Verdict) -> str:
    """What two tests that fail for one reason have in common: the words, or else what came."""
    return DIGITS.sub("#", verdict.words.partition("\n")[0] or verdict.got or verdict.kind.word)


def _lines(text: str, screen: Screen) -> list[str]:
    return wrap(screen.spell(text), screen.width, "  ", "  ")
