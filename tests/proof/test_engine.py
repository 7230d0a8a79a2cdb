"""The tape takes down every way of calling, and the engine sees every kind of leftover."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from dojo.core.places import ROOT, choose
from dojo.judge.remote import Remote
from dojo.sandbox.verdict import Kind
from dojo.tape.call import Call
from dojo.tape.patch_sockets import fits
from dojo.tape.query import Tape
from dojo.tape.recorder import Recorder
from dojo.tape.shared_memory import SharedMemory
from dojo.upkeep.claims import Claim

TEST = "tests/2_nonblocking/test_01_accept_would_block.py::test_nobody_is_connecting"
MISTAKE = ROOT / "tests/proof/mistakes/2_nonblocking/01_accept_would_block/makes_the_listener_blocking.py"
IMPORTS = {
    "module": "import socket\nmake = socket.socket",
    "name": "from socket import socket as make",
    "renamed": "import socket as s\nmake = s.socket",
    "late": "def make():\n    from socket import socket\n    return socket()",
    "subclass": "import socket\nclass make(socket.socket):\n    pass",
    "importlib": "import importlib\nmake = importlib.import_module('socket').socket",
}
WITH_SELECTOR = "import selectors\ndef wait(s):\n    with selectors.{}() as e: e.register(s, 1); e.select(0)"
WAITS = {
    "select": "import select\ndef wait(s): select.select([s], [], [], 0)",
    "from select": "from select import select\ndef wait(s): select([s], [], [], 0)",
    "poll": "import select\ndef wait(s):\n    p = select.poll(); p.register(s, 1); p.poll(0)",
    "epoll": "import select\ndef wait(s):\n    with select.epoll() as e: e.register(s, 1); e.poll(0)",
    "selectors": WITH_SELECTOR.format("DefaultSelector"),
    "SelectSelector": WITH_SELECTOR.format("SelectSelector"),
    "PollSelector": WITH_SELECTOR.format("PollSelector"),
}
EXPECTED = {
    "select": ["select"], "from select": ["select"], "poll": ["poll", "register", "poll"],
    "epoll": ["epoll", "register", "poll", "close"],
    "selectors": ["epoll", "selector.register", "register", "selector.select", "poll", "close"],
    "SelectSelector": ["selector.register", "selector.select", "select"],
    "PollSelector": ["poll", "selector.register", "register", "selector.select", "poll"],
}  # fmt: skip


def calls_of(judge: Remote, tmp_path: Path, code: str) -> list[Call]:
    """The learner's calls in a test of code that ends with a wrong answer, so that its tape is kept."""
    answer = tmp_path / "answer.py"
    answer.write_text(code)
    verdict = judge.judge(TEST, answer)
    assert verdict.kind is Kind.FAILED, verdict
    return [call for call in verdict.tape if call.who == "you"]


@pytest.mark.parametrize("style", IMPORTS)
def test_every_way_of_importing_is_recorded(style: str, judge: Remote, tmp_path: Path) -> None:
    code = (
        f"{IMPORTS[style]}\n\ndef accept_pending(listener):\n    with make() as s:\n        s.bind(('127.0.0.1', 0))\n"
    )
    assert [call.name for call in calls_of(judge, tmp_path, code)] == ["socket", "bind", "close"]


@pytest.mark.parametrize("way", WAITS)
def test_every_way_of_waiting_is_recorded(way: str, judge: Remote, tmp_path: Path) -> None:
    code = f"{WAITS[way]}\n\ndef accept_pending(listener):\n    wait(listener)\n"
    assert [call.name for call in calls_of(judge, tmp_path, code)] == EXPECTED[way]


HANDED = {
    "select": ("select.select([a, b], [a], [], 0)", [("select", 3)]),
    "what gives its items once": ("select.select(iter([a, b]), (), (), 0)", [("select", 2)]),
    "poll": (
        "p = select.poll(); p.register(a); p.register(b, 1); p.register(b); p.unregister(b); p.modify(a, 1); p.poll(0)",
        [("register", 0), ("register", 0), ("register", 0), ("unregister", 0), ("modify", 0), ("poll", 1)],
    ),
    "epoll": (
        "p = select.epoll(); p.register(a); p.register(fd=b, eventmask=1); p.unregister(b); p.modify(a, 1); p.poll(0)",
        [("register", 1), ("register", 1), ("unregister", 1), ("modify", 1), ("poll", 0)],
    ),
}


@pytest.mark.parametrize("way", HANDED)
def test_what_is_handed_to_the_kernel_is_counted(way: str, judge: Remote, tmp_path: Path) -> None:
    line, wanted = HANDED[way]
    code = f"import select, socket\ndef accept_pending(listener):\n    a, b = socket.socketpair()\n    {line}\n"
    calls = [call for call in calls_of(judge, tmp_path, code) if call.target or call.name == "select"]
    assert [(call.name, call.handed) for call in calls if call.name != "close"] == wanted


def test_asyncio_is_recorded_too(judge: Remote, tmp_path: Path) -> None:
    code = (
        "import asyncio, socket\n"
        "async def main():\n"
        "    a, b = socket.socketpair()\n"
        "    a.setblocking(False)\n"
        "    b.setblocking(False)\n"
        "    loop = asyncio.get_running_loop()\n"
        "    await loop.sock_sendall(a, b'through the loop')\n"
        "    data = await loop.sock_recv(b, 100)\n"
        "    a.close()\n"
        "    b.close()\n"
        "    return data\n"
        "def accept_pending(listener):\n"
        "    return asyncio.run(main())\n"
    )
    calls = calls_of(judge, tmp_path, code)
    received = [call for call in calls if call.name == "recv" and call.copied == 16]
    assert len(received) == 1
    # What the loop does for itself is not the learner's: its wake-up pipe, its selector.
    assert not [call for call in calls if call.name in ("epoll", "kqueue")]


def test_waiting_and_copying_are_told_apart(judge: Remote, tmp_path: Path) -> None:
    code = (
        "import socket, threading\n"
        "from dojo.suite.observers import sleeps\n"
        "def send(b, reader):\n"
        "    while not sleeps(reader): pass\n"
        "    b.send(b'late')\n"
        "def accept_pending(listener):\n"
        "    a, b = socket.socketpair()\n"
        "    with a, b:\n"
        "        t = threading.Thread(target=send, args=(b, threading.get_native_id()))\n"
        "        t.start()\n"
        "        a.recv(10)\n"
        "        b.send(b'early')\n"
        "        a.recv(10)\n"
        "        t.join()\n"
    )
    late, sent, _, early = (call for call in calls_of(judge, tmp_path, code) if call.name in ("recv", "send"))
    assert (late.waited, late.copied) == (True, 4)
    assert late.began < sent.began < (late.ended or 0), "it waited until somebody sent"
    assert (early.waited, early.copied) == (False, 5)


def test_calls_of_each_thread_carry_its_number(judge: Remote, tmp_path: Path) -> None:
    code = (
        "import socket, threading\n"
        "def one():\n"
        "    socket.socket().close()\n"
        "def accept_pending(listener):\n"
        "    threads = [threading.Thread(target=one) for _ in range(3)]\n"
        "    [t.start() for t in threads]\n"
        "    [t.join() for t in threads]\n"
    )
    calls = calls_of(judge, tmp_path, code)
    assert len({call.thread for call in calls}) == 3
    assert sorted(call.name for call in calls) == ["close"] * 3 + ["socket"] * 3


def test_a_kill_leaves_the_tape(judge: Remote, tmp_path: Path) -> None:
    answer = tmp_path / "answer.py"
    answer.write_text(
        "import os, signal, socket\n"
        "def accept_pending(listener):\n"
        "    socket.socket().close()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    verdict = judge.judge(TEST, answer)
    assert verdict.kind is Kind.DIED
    assert [call.name for call in verdict.tape if call.who == "you"] == ["socket", "close"]


def test_a_long_tape_keeps_its_ends_and_counts_the_middle(judge: Remote, tmp_path: Path) -> None:
    code = (
        "import socket\n"
        "def accept_pending(listener):\n"
        "    with socket.socket() as s:\n"
        "        for _ in range(5000):\n"
        "            s.getsockname()\n"
    )
    answer = tmp_path / "answer.py"
    answer.write_text(code)
    verdict = judge.judge(TEST, answer)
    assert verdict.counts["getsockname"] == 5000
    names = [call.name for call in verdict.tape if call.who == "you"]
    assert (names[0], names[-1]) == ("socket", "close")


def test_places_without_a_call_hide_no_call() -> None:
    memory = SharedMemory()
    # Who only takes a number, as Tape.mark() does, leaves its place empty.
    for empty in (0, 1, 40):
        for _ in range(empty):
            memory.reserve()
        number = memory.reserve()
        memory.write(Call(number, "you", 1, "recv", "sock", "1", 3, 7, 0))
    assert [call.number for call in memory.calls()] == [0, 2, 43]
    memory.close()


@pytest.mark.parametrize(
    ("name", "args", "right"),
    [
        ("send", (bytes(1024),), True),
        ("send", (bytes(1025),), False),
        ("sendall", (memoryview(b"hello"),), True),
        ("sendto", (bytearray(5), 0, ("127.0.0.1", 1)), True),
        ("os.write", (memoryview(bytes(4096)).cast("i"),), False),
        ("sendmsg", ([bytes(1000), bytearray(24)],), True),
        ("sendmsg", ([bytes(1000), bytearray(25)],), False),
        ("sendmsg", (iter([b"hello"]),), False),
        ("send", ("hello",), False),
        ("send", (), False),
    ],
)
def test_a_send_of_little_never_waits_where_there_is_room(name: str, args: tuple[Any, ...], right: bool) -> None:
    # Who waits for the interpreter lock after the call sleeps as well, and only the size tells the two apart.
    assert fits(name, args) is right


def test_what_was_printed_is_in_the_report(judge: Remote, tmp_path: Path) -> None:
    answer = tmp_path / "answer.py"
    answer.write_text("def accept_pending(listener):\n    print('\\x1b[2J seen', '\\udcff')\n    while True: pass\n")
    verdict = judge.judge(TEST, answer)
    assert verdict.kind is Kind.HUNG
    assert re.search(r"seen", verdict.output)


@pytest.mark.parametrize(
    ("answer", "words", "fault"),
    [
        (MISTAKE, "still blocked in listener.accept()", ""),
        (MISTAKE, "no words of the report", "are not in"),
        (MISTAKE, "", "still blocked in listener.accept()"),
        (ROOT / "solutions" / choose("2.1")[0].path, "still blocked", "it is not caught"),
        (ROOT / "solutions" / choose("2.1")[0].path, "", ""),
    ],
)
def test_a_claim_that_does_not_hold_is_told(judge: Remote, answer: Path, words: str, fault: str) -> None:
    found, tests = Claim(choose("2.1")[0], answer, (TEST,), words).fault(judge)
    assert (fault in found if fault else not found) and tests == 1, found


def test_no_suite_is_imported_by_its_kata() -> None:
    # Suites are collected once; katas are imported by their tests alone.
    for suite in (ROOT / "tests").glob("[0-9]_*/test_*.py"):
        text = suite.read_text(encoding="utf-8")
        assert "import kata" not in text
        assert "importlib" not in text


def test_a_call_under_way_is_neither_done_nor_failed() -> None:
    recorder = Recorder()
    memory = SharedMemory()
    recorder.start(memory, "kata.py", "suite.py", set())
    tape = Tape(recorder)
    call = recorder.begin("recv", "sock", "10", 5, "you", 1, None)
    assert (tape.calls(), tape.calls(ok=True), tape.calls(ok=False)) == ([call], [], [])
    recorder.end(call, copied=3)
    assert (tape.calls(ok=True), tape.calls(ok=False)) == ([call], [])
    refused = recorder.begin("recv", "sock", "10", 5, "you", 2, None)
    recorder.end(refused, error="EAGAIN")
    assert (tape.calls(ok=True), tape.calls(ok=False), tape.total("recv")) == ([call], [refused], 2)
    memory.close()
