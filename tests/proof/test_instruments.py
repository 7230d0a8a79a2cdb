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
BROKEN = "tests/1_blocking/test_09_recv_timeout.py::test_an_error_that_ends_the_wait_propagates[ETIMEDOUT]"
ACCEPTS = "tests/2_nonblocking/test_01_accept_would_block.py"
HALF_WAY = f"{ACCEPTS}::test_an_error_half_way_propagates_and_leaves_nothing_open[EMFILE]"
TAKEN = "tests/3_select/test_02_readable_listener.py::test_a_client_taken_by_others_is_none"
SHORT = "tests/5_selectors/test_10_selector_server.py::test_what_send_did_not_take_follows"
REFUSED = "tests/2_nonblocking/test_07_connect_in_progress.py::test_a_refused_connection_is_its_errno"
UNDECIDED = "tests/2_nonblocking/test_07_connect_in_progress.py::test_undecided_is_etimedout"
CONNECTING = (ROOT / "solutions/2_nonblocking/07_connect_in_progress.py").read_text()
SO_ERROR = "return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)"
ASKS = {
    "SO_ERROR": SO_ERROR,
    "a duplicate": f"with sock.dup() as sock: {SO_ERROR}",
    "connect_ex": "return sock.connect_ex(('127.0.0.1', 9))",
    "connect": "try: sock.connect(('127.0.0.1', 9))\n    except OSError as error: return error.errno",
    "a look at the input": "try: sock.recv(1, socket.MSG_PEEK)\n    except OSError as error: return error.errno",
}
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


IN_C = "    try:\n        return io.FileIO(sock.fileno(), closefd=False).read(n)\n    except OSError:\n        {}\n"
OFF_THE_TAPE = {
    # Right: but the error that came is the kernel's own.
    IN_C.format("raise"): Kind.SKIPPED,
    "    import _socket\n    return _socket.socket.recv(sock, n)\n": Kind.SKIPPED,
    # Wrong: what it gives instead of an error is the same by any way.
    IN_C.format("return None"): Kind.FAILED,
    IN_C.format("raise TimeoutError"): Kind.FAILED,
    # Wrong: it asks for no error, and makes one up.
    "    raise ConnectionResetError(104, 'reset')\n": Kind.FAILED,
    # Wrong: a call on the tape has told of the planned error, and the code raises another one.
    "    try:\n        return sock.recv(n)\n    except OSError:\n        raise OSError(104, 'reset')\n": Kind.FAILED,
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
    forged = [call for call in verdict.tape if call.forged and call.name == "accept"]
    assert [(call.who, call.name, call.error) for call in forged] == [("you", "accept", "ECONNABORTED")]


def test_a_fault_that_nobody_met_is_told(judge: Remote, tmp_path: Path) -> None:
    verdict = judged(judge, GONE, tmp_path, answer_through(BY_C))
    assert verdict.kind is Kind.FAILED, verdict
    assert verdict.words.startswith("not exercised"), verdict


@pytest.mark.parametrize("way", ASKS)
def test_a_refusal_is_told_as_another_error_by_any_call(way: str, judge: Remote, tmp_path: Path) -> None:
    assert CONNECTING.count(SO_ERROR) == 1
    verdict = judged(judge, REFUSED, tmp_path, CONNECTING.replace(SO_ERROR, ASKS[way]))
    assert verdict.kind is Kind.PASSED, verdict


def test_a_connection_that_nobody_answers_is_waited_for_at_once(judge: Remote, tmp_path: Path) -> None:
    verdict = judged(judge, UNDECIDED, tmp_path, CONNECTING)
    assert verdict.kind is Kind.PASSED, verdict
    assert verdict.seconds < 20, "36 seconds have passed in it"


@pytest.mark.parametrize("way", READS)
def test_a_connection_that_timed_out_is_met_by_any_call(way: str, judge: Remote, tmp_path: Path) -> None:
    waits = "import os, select, socket\n\ndef recv_within(sock, n, seconds):\n    select.select([sock], [], [])\n"
    verdict = judged(judge, BROKEN, tmp_path, f"{waits}    {READS[way]}\n")
    assert verdict.kind is Kind.PASSED, verdict


@pytest.mark.parametrize("code", OFF_THE_TAPE)
def test_a_connection_that_timed_out_and_met_no_call_is_told(code: str, judge: Remote, tmp_path: Path) -> None:
    waits = "import io, select, socket\n\ndef recv_within(sock, n, seconds):\n    select.select([sock], [], [])\n"
    verdict = judged(judge, BROKEN, tmp_path, f"{waits}{code}")
    assert verdict.kind is OFF_THE_TAPE[code], verdict
    assert verdict.kind is not Kind.SKIPPED or "not exercised: your code calls the kernel" in verdict.words, verdict


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


ALL_PENDING = """
import contextlib, os, socket

def accept_pending(listener):
    accepted = []
    try:
        while True:
            with {door} as door:
                accepted.append(door.accept()[0])
    except BlockingIOError:
        return accepted
    except OSError:
        [conn.close() for conn in accepted]
        raise
"""
ONE_READY = """
import contextlib, os, select, socket

def accept_ready(listener, timeout):
    before = listener.gettimeout()
    with {door} as door:
        try:
            door.setblocking(False)
            return door.accept()[0] if select.select([door], [], [], timeout)[0] else None
        except BlockingIOError:
            return None
        finally:
            listener.settimeout(before)
"""
WAYS = {
    "the listener": "contextlib.nullcontext(listener)",
    "a duplicate": "listener.dup()",
    "its number": "socket.socket(fileno=os.dup(listener.fileno()))",
}


@pytest.mark.parametrize("way", WAYS)
def test_the_limit_of_descriptors_is_met_through_any_descriptor(way: str, judge: Remote, tmp_path: Path) -> None:
    right = ALL_PENDING.format(door=WAYS[way])
    verdict = judged(judge, HALF_WAY, tmp_path, right)
    assert verdict.kind is Kind.PASSED, verdict
    verdict = judged(judge, HALF_WAY, tmp_path, right.replace("except BlockingIOError", "except OSError"))
    assert "the second accept() failed, and the caller never finds out" in verdict.words, verdict
    assert [call.error for call in verdict.tape if call.name == "accept"] == ["", "EMFILE"]


@pytest.mark.parametrize("way", WAYS)
def test_a_rival_is_faster_than_any_descriptor(way: str, judge: Remote, tmp_path: Path) -> None:
    right = ONE_READY.format(door=WAYS[way])
    verdict = judged(judge, TAKEN, tmp_path, right)
    assert verdict.kind is Kind.PASSED, verdict
    verdict = judged(judge, TAKEN, tmp_path, right.replace("door.setblocking(False)", "door.setblocking(True)"))
    assert verdict.kind is Kind.HUNG and "accept()" in verdict.got, verdict
    assert ("peer", "accept") in [(call.who, call.name) for call in verdict.tape]


def test_code_that_goes_round_the_tape_is_told_so(judge: Remote, tmp_path: Path) -> None:
    round_it = ONE_READY.format(door=WAYS["the listener"]).replace(
        "door.accept()[0]", "socket.socket(fileno=__import__('_socket').socket._accept(door)[0])"
    )
    verdict = judged(judge, TAKEN, tmp_path, round_it)
    assert verdict.kind is Kind.FAILED, verdict
    assert verdict.words.startswith("not exercised"), verdict


ECHO = """
import os, select, socket

def serve(listener, selector=None):
    listener.setblocking(False)
    epoll = select.epoll()
    epoll.register(listener, select.EPOLLIN)
    conns, unsent, ended = {{}}, {{}}, set()
    while True:
        for fd, mask in epoll.poll():
            if fd == listener.fileno():
                conn = listener.accept()[0]
                conn.setblocking(False)
                conns[conn.fileno()], unsent[conn.fileno()] = conn, bytearray()
                epoll.register(conn, select.EPOLLIN | select.EPOLLRDHUP {asks})
                continue
            conn, rest = conns[fd], unsent[fd]
            while fd not in ended:
                try:
                    data = conn.recv(65536)
                except BlockingIOError:
                    break
                rest += data
                ended.update([] if data else [fd])
            while rest:
                try:
                    taken = {send}
                except BlockingIOError:
                    break
                short, rest[:taken] = taken < len(rest), b""
                if short and {by_count}:
                    break
            if "ET" not in "{asks}":
                room = select.EPOLLOUT if rest else 0
                epoll.modify(fd, (0 if fd in ended else select.EPOLLIN) | room)
            if fd in ended and not rest:
                epoll.unregister(fd)
                conns.pop(fd).close()
"""
BY_EDGE = "| select.EPOLLOUT | select.EPOLLET"
TASKS = """
import asyncio

async def echo(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()

def serve(listener, selector=None):
    async def run():
        await (await asyncio.start_server(echo, sock=listener)).serve_forever()
    asyncio.run(run())
"""
SENDERS = {
    "level": ECHO.format(asks="", send="conn.send(rest)", by_count=False),
    "edge, until EAGAIN": ECHO.format(asks=BY_EDGE, send="conn.send(rest)", by_count=False),
    "edge, until a short count": ECHO.format(asks=BY_EDGE, send="conn.send(rest)", by_count=True),
    "edge, through a duplicate": ECHO.format(asks=BY_EDGE, send="conn.send(rest)", by_count=True).replace(
        "conn = listener.accept()[0]", "first = listener.accept()[0]; conn = first.dup(); first.close()"
    ),
    "by its number": ECHO.format(asks=BY_EDGE, send="os.write(fd, rest)", by_count=True),
    "in pieces": ECHO.format(asks=BY_EDGE, send="conn.sendmsg([rest[:5], rest[5:]])", by_count=True),
    "in pieces of an iterator": ECHO.format(asks=BY_EDGE, send="conn.sendmsg(iter([rest[:5], rest[5:]]))", by_count=1),
    "asyncio": TASKS,
}


@pytest.mark.parametrize("way", SENDERS)
def test_a_full_buffer_and_a_stale_report_are_the_kernels_own(way: str, judge: Remote, tmp_path: Path) -> None:
    verdict = judged(judge, SHORT, tmp_path, SENDERS[way])
    assert verdict.kind is Kind.PASSED, verdict


def test_a_send_that_was_cut_is_marked_as_the_suites(judge: Remote, tmp_path: Path) -> None:
    forgets = SENDERS["level"].replace("short, rest[:taken] = taken < len(rest)", "short, rest[:] = taken < len(rest)")
    verdict = judged(judge, SHORT, tmp_path, forgets)
    assert verdict.kind is Kind.FAILED, verdict
    forged = [call for call in verdict.tape if call.forged]
    assert forged and {(call.who, call.name, call.copied) for call in forged} == {("you", "send", 16)}


def test_an_error_of_the_kernels_keeps_no_frame_alive(judge: Remote, tmp_path: Path) -> None:
    leaves = ALL_PENDING.format(door=WAYS["the listener"]).replace("[conn.close() for conn in accepted]", "pass")
    verdict = judged(judge, HALF_WAY, tmp_path, leaves)
    # Nobody closed it, and nothing held it either: it was closed when the error was forgotten, and not by a collector.
    assert verdict.kind is Kind.LEAKED, verdict


SWEPT = "tests/1_blocking/test_05_eof_is_empty_bytes.py::test_an_error_at_any_read_propagates"
READS_ALL = """
import os, socket

def recv_all(sock):
    data = b""
    while True:
        try:
            piece = {read}
        except OSError as error:
            {error}
        if not piece:
            return data
        data += piece
"""
READERS = {
    "recv": "sock.recv(100)",
    "into a buffer": "(lambda buffer: bytes(buffer[: sock.recv_into(buffer)]))(bytearray(100))",
    "os.read": "os.read(sock.fileno(), 100)",
    "a raw file": "(lambda raw: (raw.read(100), raw.close())[0])(sock.makefile('rb', buffering=0))",
    "without waiting": "(__import__('select').select([sock], [], []), sock.recv(100, socket.MSG_DONTWAIT))[1]",
    "the class beneath, which the tape does not know": "__import__('_socket').socket.recv(sock, 100)",
}


@pytest.mark.parametrize("way", READERS)
def test_each_read_fails_in_turn(way: str, judge: Remote, tmp_path: Path) -> None:
    answer = READS_ALL.format(read=READERS[way], error="raise")
    verdict = judged(judge, SWEPT, tmp_path, answer)
    assert verdict.kind is Kind.PASSED, verdict
    # Wrong only after some bytes: the first read that fails is told.
    verdict = judged(judge, SWEPT, tmp_path, answer.replace("raise", "piece = b''\n            if not data: raise"))
    assert verdict.kind is Kind.FAILED and "your code returned b'half" in verdict.got, verdict
    assert "This was when" in verdict.words, verdict


def test_a_sweep_tells_which_call_failed_and_stops_there(judge: Remote, tmp_path: Path) -> None:
    late = "piece = b''\n            if not data or error.errno != 110: raise"
    verdict = judged(judge, SWEPT, tmp_path, READS_ALL.format(read="sock.recv(100)", error=late))
    words = (
        "This was when the fourth recv(), at line 8, failed with ETIMEDOUT (case 6 of 8; the 5 before it are right)."
    )
    assert verdict.words.endswith(words), verdict
    assert [(call.name, call.error) for call in verdict.tape if call.forged] == [("recv", "ETIMEDOUT")]
    assert "peer" in {call.who for call in verdict.tape if call.name == "close"}, "the reset is on the tape"


ON_AN_ERROR = {
    "hangs": ("__import__('threading').Event().wait()", Kind.HUNG),
    "leaks": ("sock.dup().detach(); raise", Kind.LEAKED),
    "exits": ("os._exit(0)", Kind.DIED),
    "dies": ("os.kill(os.getpid(), 9)", Kind.DIED),
}


@pytest.mark.parametrize("what", ON_AN_ERROR)
def test_each_run_of_a_sweep_is_judged_like_a_test(what: str, judge: Remote, tmp_path: Path) -> None:
    code, kind = ON_AN_ERROR[what]
    verdict = judged(judge, SWEPT, tmp_path, READS_ALL.format(read="sock.recv(100)", error=code))
    assert verdict.kind is kind, verdict
    assert "the first recv(), at line 8, failed with ECONNRESET (case 1 of 8)" in verdict.words, verdict
