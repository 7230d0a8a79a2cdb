"""A suite's faults meet the learner's calls by whatever way they reach the socket, and say so on the tape."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dojo.core.places import ROOT
from dojo.judge.remote import Remote
from dojo.sandbox.verdict import Kind, Verdict
from dojo.suite.observers.rest import NAPS, Naps

GONE = "tests/1_blocking/test_14_blocking_server.py::test_a_client_that_is_gone_before_its_greeting_does_not_end_it"
BROKEN = "tests/1_blocking/test_09_recv_timeout.py::test_etimedout_is_a_broken_connection"
SERVER = (ROOT / "solutions/1_blocking/14_blocking_server.py").read_text()
ACCEPT = "            conn, (host, port) = listener.accept()\n"
DOORS = {
    "the listener": ACCEPT,
    "a duplicate": "            with listener.dup() as door:\n                conn, (host, port) = door.accept()\n",
    "its number": (
        "            with socket.socket(fileno=listener.dup().detach()) as door:\n"
        "                conn, (host, port) = door.accept()\n"
    ),
}
BY_C = """
            import ctypes
            number = ctypes.CDLL(None).accept(listener.fileno(), None, None)
            conn = socket.socket(fileno=number)
            try:
                host, port = conn.getpeername()
            except OSError:
                conn.close()
                continue
"""
READS = {
    "recv": "return sock.recv(n)",
    "a duplicate": "with sock.dup() as other: return other.recv(n)",
    "the number": "return os.read(sock.fileno(), n)",
    "vectors": "room = bytearray(n); return bytes(room[: os.readv(sock.fileno(), [room])])",
    "SO_ERROR": "raise OSError(sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), '')",
}


def judged(judge: Remote, test: str, directory: Path, code: str) -> Verdict:
    """The verdict on an answer."""
    answer = directory / "answer.py"
    answer.write_text(code)
    return judge.judge(test, answer)


def answer_through(door: str) -> str:
    assert SERVER.count(ACCEPT) == 1
    return SERVER.replace(ACCEPT, door)


@pytest.mark.parametrize("way", DOORS)
def test_a_client_that_was_gone_is_met_through_any_descriptor(way: str, judge: Remote, tmp_path: Path) -> None:
    skips = answer_through(DOORS[way])
    verdict = judged(judge, GONE, tmp_path, skips)
    assert verdict.kind is Kind.PASSED, verdict
    ends = skips.replace("except ConnectionAbortedError", "except ZeroDivisionError")
    verdict = judged(judge, GONE, tmp_path, ends)
    assert "your code ended with that error" in verdict.words, verdict
    forged = [call for call in verdict.tape if call.forged]
    assert [(call.who, call.name, call.error) for call in forged] == [("you", "accept", "ECONNABORTED")]


def test_a_fault_that_nobody_met_is_told(judge: Remote, tmp_path: Path) -> None:
    verdict = judged(judge, GONE, tmp_path, answer_through(BY_C))
    assert verdict.kind is Kind.FAILED, verdict
    assert verdict.words.startswith("not exercised"), verdict


@pytest.mark.parametrize("way", READS)
def test_a_connection_that_timed_out_is_met_by_any_call(way: str, judge: Remote, tmp_path: Path) -> None:
    waits = "import os, select, socket\n\ndef recv_within(sock, n, seconds):\n    select.select([sock], [], [])\n"
    verdict = judged(judge, BROKEN, tmp_path, f"{waits}    {READS[way]}\n")
    assert verdict.kind is Kind.PASSED, verdict


NOBODY = "tests/2_nonblocking/test_01_accept_would_block.py::test_nobody_is_connecting"
WAITING = """
import select
import selectors
import socket
import time


def accept_pending(listener):
    one, other = socket.socketpair()
    with one, other:
        poll, epoll = select.poll(), select.epoll()
        poll.register(one, select.POLLIN)
        epoll.register(one, select.EPOLLIN)
        WAITS
        epoll.close()
    return ["red"]
"""
NAPPING = [
    "select.select([one], [], [], 0.02)",
    "poll.poll(20)",
    "epoll.poll(0.02)",
    "epoll.poll(timeout=0.02)",
    "epoll.poll(0.02, 5)",
    "select.select((), (), (), 0.02)",
    "time.sleep(0.02)",
    "with selectors.DefaultSelector() as selector: selector.select(0.02)",
    "with selectors.PollSelector() as selector: selector.select(timeout=0.02)",
]
SPINNING = [
    "select.select([one], [], [], 1e-05)",
    "poll.poll(0)",
    "epoll.poll(0, 5)",
    "with selectors.DefaultSelector() as selector: selector.select(0)",
    "with selectors.DefaultSelector() as selector: selector.select(-1)",
]


@pytest.mark.skipif(sys.platform != "linux", reason="epoll is Linux's")
@pytest.mark.parametrize(("wait", "naps"), [(wait, NAPS) for wait in NAPPING] + [(wait, 0) for wait in SPINNING])
def test_a_server_that_naps_is_told_from_one_that_spins(wait: str, naps: int, judge: Remote, tmp_path: Path) -> None:
    turns = f"for _ in range({NAPS}):\n            {wait}"
    verdict = judged(judge, NOBODY, tmp_path, WAITING.replace("WAITS", turns))
    assert verdict.kind is Kind.FAILED, verdict
    seen = Naps([])
    calls = [call for call in verdict.tape if call.who == "you"]
    last = max(number for number, call in enumerate(calls) if call.name in ("select", "poll", "sleep"))
    seen.take(calls[: last + 1])
    assert seen.on_end == naps, "; ".join(f"{call.text} {call.result}" for call in calls)
