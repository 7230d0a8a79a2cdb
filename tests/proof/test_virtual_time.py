"""Virtual time: the suite lets an hour pass for code in threads, and no wait notices anything but that."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dojo.core.places import ROOT, choose
from dojo.judge.remote import Remote
from dojo.sandbox.verdict import Kind, Verdict

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells when all threads rest")

TEST = "test_a_client_that_never_ends_is_closed_after_the_grace"
# It echoes what its clients say, and ends when `grace` is over: `wait(limit)` gives what can be read meanwhile.
SERVER = """
import datetime, os, queue, select, selectors, signal, socket, struct, threading, time
from functools import partial

class Counting:
    def __init__(self, sock, counts):
        self.sock, self.counts = sock, counts

    def fileno(self):
        links = [f"/proc/self/fd/{fd}" for fd in range(60, 100)]
        self.counts.add(sum(os.path.islink(link) and "eventfd" in os.readlink(link) for link in links))
        return self.sock.fileno()

def serve(listener, stop, grace, clock=time.monotonic):
    socks, end = [listener, stop], None
    for sock in socks:
        sock.setblocking(False)
    while end is None or clock() < end:
        limit = 86_400 if end is None else end - clock()
        for sock in wait(socks, limit):
            if sock is listener:
                socks.append(listener.accept()[0])
            elif sock is stop:
                socks.remove(stop)
                socks.remove(listener)
                listener.close()
                end = clock() + grace
            else:
                sock.sendall(sock.recv(100))
    for sock in socks:
        sock.close()

def found(socks, numbers):
    return [sock for sock in socks if sock.fileno() in numbers]
"""
SEEN = {
    "select": "return select.select(socks, [], [], limit)[0]",
    "poll": (
        "p = select.poll()\n    for sock in socks: p.register(sock, 1)\n"
        "    return found(socks, [fd for fd, _ in p.poll(limit * 1000 + 1)])"
    ),
    "epoll": (
        "with select.epoll() as e:\n        for sock in socks: e.register(sock, 1)\n"
        "        return found(socks, [fd for fd, _ in e.poll(limit)])"
    ),
    "a selector": (
        "with selectors.DefaultSelector() as s:\n        for sock in socks: s.register(sock, 1)\n"
        "        return [key.fileobj for key, _ in s.select(limit)]"
    ),
    "a nap": "time.sleep(min(limit, 0.01)); return select.select(socks, [], [], 0)[0]",
    "a minute at a time": "return select.select(socks, [], [], min(limit, 60))[0]",
    "a second at a time": "return select.select(socks, [], [], min(limit, 1))[0]",
    "with a count of descriptors": (
        "counts = set(); seen = select.select([Counting(sock, counts) for sock in socks], [], [], limit)[0]\n"
        "    assert len(counts) == 1, f'whoever counts descriptors finds now this many, now that: {counts}'\n"
        "    return [one.sock for one in seen]"
    ),
}
UNSEEN = {
    "a lock": "threading.Event().wait(min(limit, 0.01)); return select.select(socks, [], [], 0)[0]",
    "an alarm": "signal.setitimer(signal.ITIMER_REAL, 3600); return select.select(socks, [], [], limit)[0]",
    "a limit of the kernel's": (
        "a, b = socket.socketpair()\n"
        "    a.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack('ll', 0, 100_000))\n"
        "    with a, b:\n        try: a.recv(1)\n        except BlockingIOError: pass\n"
        "    return select.select(socks, [], [], 0)[0]"
    ),
    "a thread that waits for a lock": (
        "e = threading.Event(); t = threading.Thread(target=e.wait); t.start()\n"
        "    try: return select.select(socks, [], [], limit)[0]\n    finally: e.set(); t.join()"
    ),
    "a queue": (
        "try: queue.Queue().get(timeout=min(limit, 0.01))\n    except queue.Empty: pass\n"
        "    return select.select(socks, [], [], 0)[0]"
    ),
}


def judged(judge: Remote, tmp_path: Path, code: str, server: str = SERVER) -> Verdict:
    (kata,) = choose("7.6")
    answer = tmp_path / "answer.py"
    answer.write_text(f"{server}\ndef wait(socks, limit):\n    {code}\n")
    return judge.judge(f"{kata.suite.relative_to(ROOT)}::{TEST}", answer, 20)


@pytest.mark.parametrize("way", SEEN)
def test_ten_minutes_pass_in_a_thread(way: str, judge: Remote, tmp_path: Path) -> None:
    verdict = judged(judge, tmp_path, SEEN[way])
    assert verdict.kind is Kind.PASSED, verdict
    assert verdict.seconds < 20, "the deadline of this test: ten minutes have passed in it"


def test_an_hour_is_gone_through_in_few_steps(judge: Remote, tmp_path: Path) -> None:
    for_ever = SERVER.replace("clock() + grace", "clock() + 10 * grace")
    verdict = judged(judge, tmp_path, SEEN["a second at a time"], for_ever)
    waits = [call for call in verdict.tape if call.name == "select" and "passed at once" in call.result]
    assert 3 * 10 < len(waits) <= 3 * 31, "three times the test lets time pass"


def test_the_calendar_goes_on_with_the_clocks(judge: Remote, tmp_path: Path) -> None:
    server = SERVER.replace("clock=time.monotonic", "clock=lambda: datetime.datetime.now().timestamp()")
    assert judged(judge, tmp_path, SEEN["select"], server).kind is Kind.PASSED


NAPPER = (
    (ROOT / "solutions/2_nonblocking/08_nonblocking_server.py")
    .read_text()
    .replace("import time\n", "import select\nimport threading\nimport time\n")
)
NAPS = {
    "time.sleep(0.01)": "",
    "select.select([], [], [], 0.01)": "",
    "select.poll().poll(10)": "",
    "with select.epoll() as epoll: epoll.poll(0.01)": "",
    "threading.Event().wait(0.01)": "",
    "select.select([listener, *[client.conn for client in clients]], [], [])": "",
    "time.sleep(0.001)": "more than one call each millisecond",
    "threading.Event().wait(0.001)": "more than one call each millisecond",
    "time.sleep(0)": "more than one call each millisecond",
    "time.sleep(0.2)": "paused for more than 0.1 s",
}


@pytest.mark.parametrize("pause", NAPS)
def test_who_pauses_is_told_from_who_spins(pause: str, judge: Remote, tmp_path: Path) -> None:
    (kata,) = choose("2.8")
    answer = tmp_path / "answer.py"
    answer.write_text(NAPPER.replace("time.sleep(PAUSE)", pause))
    test = "test_while_nothing_happens_it_rests_and_not_for_long"
    verdict = judge.judge(f"{kata.suite.relative_to(ROOT)}::{test}", answer, 20)
    assert verdict.kind is (Kind.FAILED if NAPS[pause] else Kind.PASSED) and NAPS[pause] in verdict.words, verdict


@pytest.mark.parametrize("way", UNSEEN)
def test_what_waits_in_another_way_is_neither_red_nor_green(way: str, judge: Remote, tmp_path: Path) -> None:
    verdict = judged(judge, tmp_path, UNSEEN[way])
    assert verdict.kind is Kind.SKIPPED, verdict


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("end = clock() + grace", "end = clock() + min(grace, 60)", "and a client was cut off"),
        ("end = clock() + grace", "end = clock() + 10 * grace", "`grace` was over"),
        ("limit = 86_400 if", "limit = grace if end else 86_400 if", "`grace` was over"),
    ],
    ids=["a minute at most", "ten times as long", "the whole grace in each wait"],
)
def test_another_grace_is_red(old: str, new: str, words: str, judge: Remote, tmp_path: Path) -> None:
    assert old in SERVER
    verdict = judged(judge, tmp_path, SEEN["select"], SERVER.replace(old, new))
    assert verdict.kind is Kind.FAILED and words in verdict.words, verdict
