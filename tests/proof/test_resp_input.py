"""The reference of 7.3, run as people run it, meets bytes that are no commands, and clients that mean it no good."""

from __future__ import annotations

import contextlib
import random
import re
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dojo.upkeep.served_program import Served, serving

MEGA = 1024 * 1024
TIMEOUT = 20  # seconds for one call on a socket: only a server that hangs takes so long
NOISE = random.Random(73).randbytes(60_000).replace(b"\n", b"").replace(b"*", b"")


def value(size: int) -> bytes:
    """A byte string of so many bytes, its length in front."""
    return b"$%d\r\n%b\r\n" % (size, bytes(size))


# What the client sends: each can never become a command.
BAD = {
    "a negative count": b"*-1\r\n",
    "a count below all numbers": b"*-9223372036854775809\r\n",
    "a count that is no number": b"*x\r\n",
    "no count": b"*\r\n",
    "a count with a sign": b"*+1\r\n",
    "a count with a space": b"* 1\r\n",
    "a count with an underscore": b"*1_0\r\n",
    "a count in hexadecimal": b"*0x1\r\n",
    "a count in digits of another script": "*٣\r\n".encode(),
    "a count with a zero byte": b"*1\0\r\n",
    "one element too many": b"*1025\r\n",
    "a million elements and one": b"*1048577\r\n",
    "a count of 32 bits and one": b"*4294967297\r\n",
    "a count of five thousand digits": b"*" + 5000 * b"9" + b"\r\n",
    "a count without end": b"*" + 70_000 * b"1",
    "a nil element": b"*1\r\n$-1\r\n",
    "a negative length": b"*2\r\n$3\r\nGET\r\n$-5\r\n",
    "a length that is no number": b"*1\r\n$four\r\n",
    "no length": b"*1\r\n$\r\n",
    "a length with a fraction": b"*1\r\n$4.0\r\nPING\r\n",
    "one byte too many": b"*1\r\n$1048577\r\n",
    "half a gigabyte and one": b"*1\r\n$536870913\r\n",
    "a length of 64 bits": b"*1\r\n$18446744073709551616\r\n",
    "a length of sixty thousand digits": b"*1\r\n$" + 60_000 * b"9" + b"\r\n",
    "a length without end": b"*1\r\n$" + 70_000 * b"0",
    "too much in one command": b"*5\r\n" + 4 * value(MEGA) + b"$1\r\n",
    "an array in an array": b"*1\r\n*1\r\n$4\r\nPING\r\n",
    "ten thousand arrays in one another": 10_000 * b"*1\r\n",
    "a status for an element": b"*1\r\n+PING\r\n",
    "a number for an element": b"*1\r\n:1\r\n",
    "an element without a length": b"*1\r\nPING\r\n",
    "a value longer than its length": b"*1\r\n$4\r\nPINGS\r\n",
    "a value shorter than its length": b"*2\r\n$5\r\nPING\r\n$1\r\na\r\n",
    "a value without its CRLF": b"*2\r\n$4\r\nECHO$1\r\na\r\n",
    "a line of more than 64 KiB": 65_535 * b"a" + b"\r\n",
    "a line without end": 200_000 * b"a",
    "a line of zeros without end": bytes(200_000),
    "too many words": 2000 * b"a " + b"\r\n",
    "something after much that asks for nothing": 50_000 * b"\r\n*0\r\n" + b"*-1\r\n",
}
# What the client sends before it ends its side.
CUT = {
    "a part of a count": b"*1",
    "a count alone": b"*2\r\n",
    "a count and half of its CRLF": b"*2\r",
    "a part of a length": b"*1\r\n$10",
    "a length alone": b"*1\r\n$4\r\n",
    "a part of a value": b"*1\r\n$1000000\r\n" + bytes(999_999),
    "a value without its CRLF": b"*1\r\n$4\r\nPING",
    "a value and half of its CRLF": b"*1\r\n$4\r\nPING\r",
    "one element of two": b"*2\r\n$3\r\nGET\r\n",
    "a line without its end": b"PING",
    "noise": NOISE,
}


class Bad:
    """A server that runs, and one client that does everything right."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self.good = self.connect()
        for _ in range(3):  # so much a connection may take, and it does not count below
            self.good.sendall(b"*3\r\n$3\r\nSET\r\n$3\r\nbig\r\n" + value(MEGA) + b"GET big\r\n")
            with self.good.makefile("rb") as file:
                assert file.read(5 + 10 + MEGA + 2) == b"+OK\r\n" + value(MEGA)
        self.least = self.peak()

    def connect(self) -> socket.socket:
        """A client that waits for twenty seconds at most."""
        return socket.create_connection(("127.0.0.1", self._served.port), timeout=TIMEOUT)

    def others_are_served(self) -> None:
        """Have the good client, and a new one, answered."""
        with self.connect() as new:
            for sock in (self.good, new):
                sock.sendall(b"PING\r\n")
                assert sock.recv(100) == b"+PONG\r\n"

    def peak(self) -> int:
        """The most memory that the server ever had, in bytes: VmHWM, the peak of VmRSS (proc(5)); 0 elsewhere."""
        if sys.platform != "linux":
            return 0
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{self._served.pid}/status").read_text())
        assert found
        return int(found[1]) * 1024

    def grew(self) -> int:
        """By how many bytes its memory ever was more than in the beginning."""
        return self.peak() - self.least


@pytest.fixture(scope="module")
def server() -> Iterator[Bad]:
    """One server for all: what one client did must not show in the next test."""
    with serving("7.3") as served:
        bad = Bad(served)
        with bad.good:
            yield bad


def answer(sock: socket.socket) -> bytes:
    """What comes up to the end of the stream, in order or not."""
    came = b""
    with contextlib.suppress(ConnectionError):
        while piece := sock.recv(65536):
            came += piece
    return came


def send(sock: socket.socket, data: bytes) -> int:
    """Send until all is sent or the connection is broken; how much went."""
    sent = 0
    with contextlib.suppress(ConnectionError):
        while sent < len(data):
            sent += sock.send(data[sent : sent + 65536])
    return sent


def test_the_tables_are_long_enough() -> None:
    assert len(BAD) + len(CUT) >= 25


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_what_is_no_command_is_answered_and_its_client_is_closed(server: Bad, data: bytes) -> None:
    with server.connect() as sock:
        sock.sendall(data)
        server.others_are_served()
        came = answer(sock)
        # All that was sent is thrown away: there is nothing that could turn the end into a reset.
        assert came.startswith(b"-ERR Protocol error: ")
        assert came.endswith(b"\r\n") and came.count(b"\n") == 1
        assert came.isascii() and len(came) < 200
        server.others_are_served()
    assert server.grew() < 16 * MEGA


@pytest.mark.parametrize("data", CUT.values(), ids=CUT)
def test_who_ends_within_a_command_is_closed(server: Bad, data: bytes) -> None:
    with server.connect() as sock:
        sock.sendall(b"ECHO first\r\n" + data)
        server.others_are_served()
        sock.shutdown(socket.SHUT_WR)
        came = answer(sock).removeprefix(b"$5\r\nfirst\r\n")
        assert came == b"" or came.startswith(b"-ERR Protocol error: ")
        server.others_are_served()
    assert server.grew() < 16 * MEGA


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_who_resets_anywhere_in_a_command_is_forgotten(server: Bad, cut: int) -> None:
    sock = server.connect()
    sock.sendall(b"*3\r\n$3\r\nSET\r\n$3\r\nbig\r\n$5\r\nsmall\r\n"[:cut])
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    sock.close()
    server.others_are_served()


def never_ends(server: Bad) -> None:
    with server.connect() as sock:
        assert send(sock, 32 * MEGA * b"a") < 32 * MEGA  # it is cut off some time


def sends_on_after_its_error(server: Bad) -> None:
    with server.connect() as sock:
        assert send(sock, b"*-1\r\n" + 32 * MEGA * b"\r\n") < 32 * MEGA
        server.others_are_served()


def takes_no_answers(server: Bad) -> None:
    socks = [server.connect() for _ in range(8)]
    for sock in socks:
        sock.sendall(200 * b"GET big\r\n")
        server.others_are_served()
    for sock in socks:
        sock.close()


def takes_no_answers_and_sends_on(server: Bad) -> None:
    with server.connect() as sock:
        sock.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            for _ in range(200_000):
                sock.send(10 * b"GET big\r\n")
        server.others_are_served()


def stops_before_the_last_byte(server: Bad) -> None:
    socks = [server.connect() for _ in range(4)]
    for sock in socks:
        sock.sendall(b"*4\r\n" + (4 * value(MEGA))[:-1])
        server.others_are_served()
    for sock in socks:
        sock.close()


def sends_byte_by_byte(server: Bad) -> None:
    with server.connect() as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for number in b"*-1\r\n":
            sock.sendall(bytes([number]))
            server.others_are_served()
        assert answer(sock).startswith(b"-ERR Protocol error: ")


@pytest.mark.parametrize(
    ("act", "most"),
    [
        (never_ends, 16),
        (sends_on_after_its_error, 16),
        (sends_byte_by_byte, 16),
        (takes_no_answers, 48),  # eight clients, each with more than 256 KiB pending by one answer
        (takes_no_answers_and_sends_on, 48),
        (stops_before_the_last_byte, 80),  # four clients, each with a command of 4 MiB and the room it grows into
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_who_means_no_good_costs_no_more_than_the_bounds(server: Bad, act: Callable[[Bad], None], most: int) -> None:
    act(server)
    server.others_are_served()
    assert server.grew() < most * MEGA
