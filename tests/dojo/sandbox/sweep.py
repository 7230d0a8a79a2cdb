"""Each call may fail: a test is run once to list the calls that it reaches, and once more for each of them to fail.

Every run is a process of its own, forked before fixtures and threads, with its own deadline, look for what is left
behind, and tape; the list comes from the first run's tape, which is in shared memory. Calls that are reached only
after a fault are not swept. The sweep stops at its first failure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from dojo.sandbox.verdict import Verdict
from dojo.tape.call import Call
from dojo.tape.interception import READ, WRITE

# What each call may fail with on a connection that was there: recv(2), send(2), tcp(7), and ip(7), IP_RECVERR, for
# what a router or a firewall says of it: EHOSTUNREACH, ECONNREFUSED.
ERRORS = {
    **dict.fromkeys(READ, ("ECONNRESET", "ETIMEDOUT", "EHOSTUNREACH", "ECONNREFUSED")),
    **dict.fromkeys(WRITE, ("ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ECONNREFUSED")),
}
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True)
class Case:
    """One call that fails: the `nth` of this name on this object, at this line of the kata, with `error`.

    `line` is -1 for one whom the tape does not know: the connection then breaks in the middle of the story, and the
    kernel itself tells it.
    """

    name: str
    line: int
    target: str
    nth: int
    error: str

    @property
    def words(self) -> str:
        """When it was, to go on "when ..."."""
        if self.line < 0:
            return "the connection was reset in the middle"
        which = ORDINALS[self.nth - 1] if self.nth <= len(ORDINALS) else f"{self.nth}th"
        where = f", at line {self.line}," if self.line else ""
        return f"the {which} {self.name}(){where} failed with {self.error}"


def cases(tape: list[Call]) -> list[Case]:
    """What is to fail in a story of which this is the tape: each call site, the first and the last time."""
    times = Counter((call.name, call.line, call.target) for call in tape if call.who == "you" and call.name in ERRORS)
    found = [
        Case(*site, nth, error)
        for site, many in times.items()
        for nth in sorted({1, many})
        for error in ERRORS[site[0]]
    ]
    return found or [Case("", -1, "", 0, "ECONNRESET")]


def sweep(first: Verdict, judge: Callable[[Case], Verdict]) -> Verdict:
    """The verdict on a test whose `first` run was right and has its tape; judge() runs it with a case."""
    verdicts = _until_one_is_red(cases(first.tape), judge)
    seconds, last = first.seconds, first
    for last in verdicts:
        seconds += last.seconds
    return replace(first if last.kind.good else last, seconds=seconds)


def _until_one_is_red(planned: list[Case], judge: Callable[[Case], Verdict]) -> Iterator[Verdict]:
    for number, case in enumerate(planned, 1):
        verdict = judge(case)
        if verdict.kind.good:
            yield verdict
            continue
        before = {1: "", 2: "; the one before it is right"}.get(number, f"; the {number - 1} before it are right")
        when = f"This was when {case.words} (case {number} of {len(planned)}{before})."
        yield replace(verdict, words=f"{verdict.words}. {when}" if verdict.words else when)
        return
