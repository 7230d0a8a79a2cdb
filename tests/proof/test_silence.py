"""Silence: time passes at once where nobody could do anything meanwhile, and nowhere else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dojo.core.places import ROOT, choose
from dojo.judge.remote import Remote
from dojo.sandbox.verdict import Kind, Verdict
from dojo.tape.drawing import outcome

TEST = "test_it_waits_until_the_deadline_on_the_given_clock"
NOW = """
import asyncio, datetime, os, select, selectors, signal, socket, threading, time

def wait_readable(socks, deadline, clock):
    limit = max(0, deadline - clock())  # on a busy machine it may have passed already
"""
# Ways to wait until the deadline, in which a minute takes no time.
AT_ONCE = {
    "select": "select.select(socks, [], [], limit)",
    "poll": "p = select.poll(); p.register(socks[0], 1); p.poll(limit * 1000 + 1)",
    "poll by name": "select.poll().poll(timeout=limit * 1000 + 1)",
    "epoll": "with select.epoll() as e: e.register(socks[0], 1); e.poll(limit)",
    "a selector": "with selectors.PollSelector() as s: s.register(socks[0], 1); s.select(limit)",
    "sleep": "time.sleep(limit)",
    "in turns": "while clock() < deadline: select.select(socks, [], [], min(1, max(0, deadline - clock())))",
    "in turns, by the calendar": (
        "end = datetime.datetime.now() + datetime.timedelta(seconds=limit)\n"
        "    while (left := (end - datetime.datetime.now()).total_seconds()) > 0: select.select(socks, [], [], left)"
    ),
    "in turns, by the system's clock": (
        "end = time.clock_gettime(time.CLOCK_BOOTTIME) + limit\n"
        "    while (left := end - time.clock_gettime(time.CLOCK_BOOTTIME)) > 0: select.select(socks, [], [], left)"
    ),
    "a read": (
        "sock = socks[0]; sock.settimeout(max(limit, 0.0001))\n"
        "    try: sock.recv(1)\n    except TimeoutError: sock.settimeout(None)"
    ),
    "an accept": (
        "door = socket.create_server(('127.0.0.1', 0)); door.settimeout(max(limit, 0.0001))\n"
        "    try: door.accept()\n    except TimeoutError: door.close()"
    ),
    "asyncio": "asyncio.run(asyncio.sleep(limit))",
    "a limit of asyncio's": (
        "async def wait(): await asyncio.wait([asyncio.get_running_loop().create_future()], timeout=limit)\n"
        "    asyncio.run(wait())"
    ),
}
# Ways in which it takes what it takes: the test ends before the long ones, and is not red.
IN_ITS_TIME = {
    "an event": "threading.Event().wait(limit)",
    "a thread": "t = threading.Thread(target=time.sleep, args=(limit,)); t.start(); t.join()",
    "beside a thread": (
        "e = threading.Event(); t = threading.Thread(target=e.wait); t.start()\n"
        "    select.select(socks, [], [], limit); e.set(); t.join()"
    ),
    "an executor": (
        "async def wait(): await asyncio.get_running_loop().run_in_executor(None, threading.Event().wait, limit)\n"
        "    asyncio.run(asyncio.wait_for(wait(), 5))"
    ),
    "a child": (
        "child = os.fork()\n"
        "    if not child: select.select([], [], [], 0.02); os._exit(0)\n"
        "    select.select(socks, [], [], limit); os.waitpid(child, 0)"
    ),
}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows what everybody does")


# Clients are taken by others one after the other, and a test lets time pass at each of them: advance().
TAKEN = "test_the_time_holds_for_the_whole_call"
UNTIL = """
import datetime, select, signal, socket, time

def accept_ready(listener, timeout):
    {before}
    left = timeout
    while left > 0 and select.select([listener], [], [], left)[0]:
        try:
            return listener.accept()[0]
        except BlockingIOError:
            {left}
"""
CLOCKS = {
    "monotonic": ("end = time.monotonic() + timeout", "left = end - time.monotonic()"),
    "nanoseconds": ("end = time.time_ns() + timeout * 10**9", "left = (end - time.time_ns()) / 10**9"),
    "the system's": (
        "end = time.clock_gettime(time.CLOCK_REALTIME) + timeout",
        "left = end - time.clock_gettime(time.CLOCK_REALTIME)",
    ),
    "the calendar": (
        "end = datetime.datetime.utcnow() + datetime.timedelta(seconds=timeout)",
        "left = (end - datetime.datetime.utcnow()).total_seconds()",
    ),
}


def judged(judge: Remote, tmp_path: Path, code: str) -> Verdict:
    return answered(judge, tmp_path, "3.1", TEST, f"{NOW}    {code}\n    return []\n")


def answered(judge: Remote, tmp_path: Path, kata: str, test: str, code: str) -> Verdict:
    (found,) = choose(kata)
    answer = tmp_path / "answer.py"
    answer.write_text(code)
    return judge.judge(f"{found.suite.relative_to(ROOT)}::{test}", answer, 20)


@pytest.mark.parametrize("way", AT_ONCE)
def test_half_a_minute_passes_at_once(way: str, judge: Remote, tmp_path: Path) -> None:
    verdict = judged(judge, tmp_path, AT_ONCE[way])
    assert verdict.kind is Kind.PASSED, verdict
    assert verdict.seconds < 20, "the deadline of this test: 36 seconds have passed in it"


@pytest.mark.parametrize("way", IN_ITS_TIME)
def test_what_is_not_exercised_is_neither_red_nor_green(way: str, judge: Remote, tmp_path: Path) -> None:
    verdict = judged(judge, tmp_path, IN_ITS_TIME[way])
    assert verdict.kind is Kind.SKIPPED, verdict
    assert "not exercised" in verdict.words


@pytest.mark.parametrize("clock", CLOCKS)
def test_a_test_lets_time_pass_for_every_clock(clock: str, judge: Remote, tmp_path: Path) -> None:
    before, left = CLOCKS[clock]
    verdict = answered(judge, tmp_path, "3.2", TAKEN, UNTIL.format(before=before, left=left))
    assert verdict.kind is Kind.PASSED, verdict


def test_an_alarm_follows_no_clock_of_these(judge: Remote, tmp_path: Path) -> None:
    alarm = "signal.signal(signal.SIGALRM, signal.default_int_handler); signal.setitimer(signal.ITIMER_REAL, timeout)"
    verdict = answered(judge, tmp_path, "3.2", TAKEN, UNTIL.format(before=alarm, left="continue"))
    assert verdict.kind is Kind.SKIPPED, verdict
    assert "an alarm" in verdict.words


def test_the_clock_of_the_processor_does_not_move(judge: Remote, tmp_path: Path) -> None:
    code = (
        "select.select(socks, [], [], limit + 5)\n"
        "    assert time.clock_gettime(time.CLOCK_PROCESS_CPUTIME_ID) < time.process_time() + 1, 'it moved'"
    )
    assert judged(judge, tmp_path, code).kind is Kind.PASSED


def test_the_tape_tells_both_times(judge: Remote, tmp_path: Path) -> None:
    verdict = judged(judge, tmp_path, "select.select(socks, [], [], 5); assert False")
    (wait,) = [call for call in verdict.tape if call.name == "select"]
    assert "after 5.000 s, which passed at once" in wait.result
    assert wait.ended is not None and wait.ended - wait.began < 5e9


def test_the_tape_tells_both_times_of_a_timeout_too(judge: Remote, tmp_path: Path) -> None:
    verdict = judged(judge, tmp_path, "socks[0].settimeout(5); socks[0].recv(1)")
    (read,) = [call for call in verdict.tape if call.name == "recv"]
    assert (read.error, read.result) == ("TimeoutError", "after 5.000 s, which passed at once")
    assert outcome(read) == "TimeoutError after 5.000 s, which passed at once"


def test_who_stops_too_early_is_red_without_silence_too(judge: Remote, tmp_path: Path) -> None:
    verdict = judged(judge, tmp_path, "threading.Event().wait(limit / 2)")
    assert verdict.kind is Kind.FAILED


def test_a_byte_that_is_under_way_comes_before_the_limit(judge: Remote, tmp_path: Path) -> None:
    code = (
        "door = socket.create_server(('127.0.0.1', 0)); client = socket.create_connection(door.getsockname())\n"
        "    server, _ = door.accept(); client.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1); client.send(b'x')\n"
        "    assert select.select([server], [], [], limit + 5)[0], 'it came too late'\n"
        "    for sock in (door, client, server): sock.close()\n"
        "    select.select(socks, [], [], max(0, deadline - clock()))"
    )
    assert judged(judge, tmp_path, code).kind in (Kind.PASSED, Kind.SKIPPED)


def test_a_computation_in_an_executor_is_waited_for(judge: Remote, tmp_path: Path) -> None:
    code = (
        "async def wait(): await asyncio.get_running_loop().run_in_executor(None, sum, range(3_000_000))\n"
        "    asyncio.run(asyncio.wait_for(wait(), 5)); select.select(socks, [], [], max(0, deadline - clock()))"
    )
    assert judged(judge, tmp_path, code).kind in (Kind.PASSED, Kind.SKIPPED)
