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
import os, queue, select, selectors, socket, threading, time
from functools import partial

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
}
UNSEEN = {
    "a lock": "threading.Event().wait(min(limit, 0.01)); return select.select(socks, [], [], 0)[0]",
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
