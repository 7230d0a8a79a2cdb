"""Who sleeps for good is HUNG at once; who only looks so keeps its deadline (and proof/hostile, is_woken_by_…)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dojo.core import processes
from dojo.core.places import ROOT, choose
from dojo.judge.remote import Remote
from dojo.sandbox import wakers
from dojo.sandbox.asleep import LOOKS, Asleep
from dojo.sandbox.verdict import Kind
from dojo.sandbox.wakers import End, Waker, Wakers
from dojo.tape.shared_memory import SharedMemory

MINUTE = 60.0  # seconds: a deadline that no test here waits for
MISTAKES = ROOT / "tests" / "proof" / "mistakes"
HOSTILE = ROOT / "tests" / "proof" / "hostile"
# A kata, one of its tests, and a wrong answer that sleeps for good in it; where and why it does so.
FOR_GOOD = {
    "accept": ("2.1", "test_nobody_is_connecting", "makes_the_listener_blocking", "still blocked in listener.accept()"),
    "recv": ("1.3", "test_a_line_without_end_is_refused_before_its_end", "has_no_limit", "still blocked in sock.recv("),
    "recv, and the suite looks for a FIN": (
        "1.11", "test_the_server_sees_the_end_of_the_request", "closes_a_duplicate",
        "the test still waits for the client to say that its request is complete",
    ),
    "send": ("2.3", "test_what_the_kernel_does_not_take_is_pending", "waits_in_blocking_mode", "in sock.sendall("),
    "select": ("2.2", "test_nothing_has_come_yet", "waits_for_data_in_select", "still blocked in select("),
    "epoll": ("4.1", "test_what_one_recv_leaves_is_reported_again", "asks_for_edges", "still blocked in epoll 1.poll("),
    "a lock": (
        "3.9", "test_a_signal_handler_wakes_in_the_middle_of_a_wake_up", "holds_a_lock", "not in a call on a socket",
    ),
}  # fmt: skip
NOT_FOR_GOOD = {
    "a busy loop": "spins_on_accept.py",
    "a sleep": "ignores_alarms.py",
    "a program that sleeps": "becomes_a_program_that_sleeps.py",
    "standing still": "stops_itself.py",
}


def kernel_tells() -> bool:
    """Whether this kernel shows system calls of a child, and copies its descriptors: some containers refuse."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return False
    ended = os.pidfd_open(os.getpid())
    try:
        os.close(processes.copy_descriptor(ended, 0))
        return bool(Path("/proc/self/syscall").read_text())
    except OSError:
        return False
    finally:
        os.close(ended)


pytestmark = pytest.mark.skipif(not kernel_tells(), reason="the kernel does not tell here what a process sleeps in")


@pytest.mark.parametrize("case", FOR_GOOD)
def test_who_sleeps_for_good_hangs_long_before_its_deadline(case: str, judge: Remote) -> None:
    number, test, mistake, words = FOR_GOOD[case]
    (kata,) = choose(number)
    answer = next(path for path in kata.kept("mistakes") if path.stem == mistake)
    verdict = judge.judge(f"{kata.suite.relative_to(ROOT)}::{test}", answer, MINUTE)
    assert verdict.kind is Kind.HUNG
    assert words in verdict.got
    assert verdict.seconds < MINUTE


@pytest.mark.parametrize("case", NOT_FOR_GOOD)
def test_who_does_not_sleep_for_good_has_its_deadline(case: str, judge: Remote) -> None:
    (kata,) = choose("2.1")
    test = f"{kata.suite.relative_to(ROOT)}::test_nobody_is_connecting"
    verdict = judge.judge(test, HOSTILE / NOT_FOR_GOOD[case], 0.5)
    assert verdict.kind is Kind.HUNG
    assert verdict.seconds >= 0.5


@pytest.fixture
def surroundings() -> Iterator[Wakers]:
    """Those of this process."""
    reader, writer = os.pipe()
    yield Wakers(os.getpid(), (), SharedMemory(), reader, writer)
    os.close(reader)
    os.close(writer)


def end(local: int, remote: int, inode: str, state: str = "01", unacknowledged: int = 0, timer: str = "00") -> End:
    """One end of a connection between two ports of the loopback."""
    return End(f"0100007F:{local:04X}", f"0100007F:{remote:04X}", state, unacknowledged, timer, inode)


QUIET = [end(1, 2, "10"), end(2, 1, "20"), end(1, 0, "30", wakers.LISTEN), end(7, 8, "70", unacknowledged=9)]
# What stands in the place of QUIET's first two, and what comes of it: the sockets that hold bytes back, or nothing.
UNDER_WAY = {
    "bytes": [end(1, 2, "10"), end(2, 1, "20", unacknowledged=1, timer="01")],
    "bytes for somebody who has not accepted": [end(1, 2, "0", unacknowledged=1), end(2, 1, "20")],
    "a FIN": [end(1, 2, "10"), end(2, 1, "0", "04", unacknowledged=1)],
    "a reset": [end(1, 2, "10")],
    "a SYN": [end(2, 1, "20", "02", unacknowledged=1)],
    "the end of a handshake, and who began it has gone": [end(1, 2, "0", "03"), end(2, 1, "0", "04", 1, "01")],
}


def network_of(around: Wakers, ends: list[End], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(wakers, "_ends", lambda pid: ends)
    return around._network(["10", "20", "30"])


def test_a_network_at_rest(surroundings: Wakers, monkeypatch: pytest.MonkeyPatch) -> None:
    assert network_of(surroundings, QUIET, monkeypatch) == ({"10", "20", "30"}, set())
    half = [end(1, 2, "10", "08"), end(2, 1, "20", "05")]
    assert network_of(surroundings, half, monkeypatch) == ({"10", "20"}, set()), "one side has said its end"
    queued = [end(1, 2, "0"), end(2, 1, "20")]
    assert network_of(surroundings, queued, monkeypatch) == ({"20"}, set()), "nobody has accepted it yet"
    held = [end(1, 2, "10"), end(2, 1, "20", unacknowledged=9, timer=wakers.HELD_BACK)]
    assert network_of(surroundings, held, monkeypatch) == ({"10", "20"}, {"20"}), "the window is shut"


@pytest.mark.parametrize("what", UNDER_WAY)
def test_something_is_under_way(what: str, surroundings: Wakers, monkeypatch: pytest.MonkeyPatch) -> None:
    assert network_of(surroundings, UNDER_WAY[what] + QUIET[2:], monkeypatch) is None


@pytest.mark.parametrize(
    "ends",
    [[end(1, 2, "10"), end(2, 1, "99")], [End("00000000:0001", "00000000:0000", wakers.LISTEN, 0, "00", "30")]],
    ids=["the other end is elsewhere", "another machine may connect"],
)
def test_somebody_else_may_come(ends: list[End], surroundings: Wakers, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Waker):
        network_of(surroundings, ends, monkeypatch)


class Surroundings:
    """Nobody can wake the process."""

    def none(self, pidfd: int) -> bool:
        return True


HERE, RAN = ("5", "0", "recv"), ("6", "0", "recv")  # how often a thread has left a processor, and where it sleeps


@pytest.mark.parametrize(
    ("looks", "for_good"),
    [
        ([{1: HERE}, {1: HERE}, {1: HERE}], True),
        ([{1: HERE}, {1: RAN}], False),
        ([{1: HERE}, {1: HERE}, {1: RAN}], False),
        ([{1: HERE}, {1: HERE}, None], False),
        ([None, {1: HERE}], False),
        ([{1: HERE, 2: HERE}, {1: HERE}], False),
        ([{1: HERE}, {1: HERE, 2: HERE}], False),
    ],
    ids=["it sleeps", "it has run", "it was woken", "it is awake", "it was awake", "one has ended", "one has begun"],
)
def test_three_looks_have_to_find_the_same(looks: list[Any], for_good: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    around: Any = Surroundings()
    sleeper = Asleep(1, 0, SharedMemory(), around)
    monkeypatch.setattr(sleeper, "_look", lambda: looks.pop(0))
    sleeper.look()
    sleeper.look()
    assert sleeper.for_good is for_good
    assert looks == []


def test_the_suite_has_to_look_after_the_others_fell_asleep(monkeypatch: pytest.MonkeyPatch) -> None:
    around: Any = Surroundings()
    memory = SharedMemory()
    sleeper = Asleep(1, 0, memory, around)
    monkeypatch.setattr(sleeper, "_look", lambda: {1: (LOOKS, str(memory.looked[0])), 2: HERE})
    for memory.looked in ((1, 10), (1, 11), (2, 12), (2, 13)):
        sleeper.look()
        assert not sleeper.for_good, "it has looked once at most, or waits for something else by now"
    memory.looked = (2, 14)
    sleeper.look()
    assert sleeper.for_good
