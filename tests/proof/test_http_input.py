"""The HTTP server 7.2 takes whatever bytes come, answers others meanwhile, and keeps its memory."""

from __future__ import annotations

import contextlib
import random
import re
import resource
import socket
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from dojo.upkeep.served_program import Served, serving

KIB, MIB = 1024, 1024 * 1024
SPARE = 8 * MIB  # what an allocator may keep, beyond what the server needs
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
CLOSED: set[int] = set()  # no answer, just the end


def head(*fields: bytes, start: bytes = b"GET / HTTP/1.1") -> bytes:
    return b"\r\n".join([start, b"Host: x", *fields, b"", b""])


def chunks(rest: bytes) -> bytes:
    return head(b"Transfer-Encoding: chunked", start=b"POST /echo HTTP/1.1") + rest


def noise(size: int) -> bytes:
    return random.Random(size).randbytes(size)


SMUGGLED = b"0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
# Name, bytes, and the statuses that may be the answer.
BAD: list[tuple[str, bytes, set[int]]] = [
    ("nothing", b"", CLOSED),
    ("an empty line", b"\r\n", CLOSED),
    ("empty lines", b"\r\n" * 50_000, {400}),
    ("half a request line", b"GET / HT", CLOSED),
    ("half a head", GET[:-2], CLOSED),
    ("half a body", head(b"Content-Length: 10", start=b"POST /echo HTTP/1.1") + b"hello", CLOSED),
    ("half a chunk", chunks(b"a\r\nhello"), CLOSED),
    ("no last chunk", chunks(b"5\r\nhello\r\n"), CLOSED),
    ("no end of the trailer", chunks(b"0\r\nA: b\r\n"), CLOSED),
    ("one word", b"hello\r\n\r\n", {400}),
    ("HTTP/0.9", b"GET /\r\n", {400}),
    ("four words", head(start=b"GET / / HTTP/1.1"), {400}),
    ("two blanks", head(start=b"GET  / HTTP/1.1"), {400}),
    ("a tab between words", head(start=b"GET\t/\tHTTP/1.1"), {400}),
    ("a blank in front", b" " + GET, {400}),
    ("a blank behind the version", head(start=b"GET / HTTP/1.1 "), {400}),
    ("no method", head(start=b" / HTTP/1.1"), {400}),
    ("a method with a colon", head(start=b"GE:T / HTTP/1.1"), {400}),
    ("another method", head(start=b"BREW / HTTP/1.1"), {501}),
    ("a method in lower case", head(start=b"get / HTTP/1.1"), {501}),
    ("a method of 9000 letters", head(start=b"G" * 9000 + b" / HTTP/1.1"), {400, 414, 501}),
    ("a target of 9000 bytes", head(start=b"GET /" + b"a" * 9000 + b" HTTP/1.1"), {414}),
    ("a target with a zero byte", head(start=b"GET /\0 HTTP/1.1"), {400}),
    ("a target beyond ASCII", head(start=b"GET /\xff HTTP/1.1"), {400, 404}),
    ("a target upwards", head(start=b"GET /../../etc/passwd HTTP/1.1"), {400, 404}),
    ("more bytes than there are", head(start=b"GET /bytes/16777217 HTTP/1.1"), {404}),
    ("a number of 5000 digits", head(start=b"GET /bytes/" + b"9" * 5000 + b" HTTP/1.1"), {404}),
    ("fewer bytes than none", head(start=b"GET /bytes/-1 HTTP/1.1"), {404}),
    ("a tunnel", head(start=b"CONNECT x:443 HTTP/1.1"), {400, 404, 405, 501}),
    ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {505}),
    ("HTTP/3.1", head(start=b"GET / HTTP/3.1"), {505}),
    ("HTTP/1", head(start=b"GET / HTTP/1"), {400, 505}),
    ("HTTP/1.1 in lower case", head(start=b"GET / http/1.1"), {400, 505}),
    ("another protocol", b"SSH-2.0-OpenSSH_9.2\r\n", {400}),
    ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + noise(500), {400}),
    ("zero bytes", bytes(100_000), {400, 414, 431}),
    ("letters without end", b"a" * 100_000, {414}),
    ("noise", noise(100_000), {400, 414}),
    ("LF alone everywhere", GET.replace(b"\r\n", b"\n"), {400}),
    ("LF alone behind the request line", GET.replace(b"\r\n", b"\n", 1), {400}),
    ("LF alone in a value", head(b"A: b\nC: d"), {400}),
    ("CR alone in a value", head(b"A: b\rC: d"), {400}),
    ("CR CR LF", head(b"A: b\r"), {400}),
    ("a zero byte in a value", head(b"A: \0"), {400}),
    ("an escape in a value", head(b"A: \x1b[2J"), {400}),
    ("a blank before the colon", head(b"Content-Length : 5") + b"hello", {400}),
    ("a folded field", head(b"A: b", b" c"), {400}),
    ("a folded first field", b"GET / HTTP/1.1\r\n Host: x\r\n\r\n", {400}),
    ("no colon", head(b"A"), {400}),
    ("no name", head(b": b"), {400}),
    ("a name beyond ASCII", head(b"\xc3\xa4: b"), {400}),
    ("no Host", b"GET / HTTP/1.1\r\n\r\n", {400}),
    ("two Hosts", head(b"Host: y"), {400}),
    ("two Hosts that are one", head(b"host: x"), {400}),
    ("101 fields", head(*[b"A: b"] * 101), {431}),
    ("100,000 empty fields", head(*[b"A:"] * 100_000), {431}),
    ("a field of 17,000 bytes", head(b"A: " + b"b" * 17_000), {431}),
    ("a name of 17,000 bytes", head(b"A" * 17_000 + b": b"), {431}),
    ("a length below 0", head(b"Content-Length: -1"), {400}),
    ("a length of -0", head(b"Content-Length: -0"), {400}),
    ("a length with a plus", head(b"Content-Length: +5") + b"hello", {400}),
    ("a length in hex", head(b"Content-Length: 0x5") + b"hello", {400}),
    ("a length with an underscore", head(b"Content-Length: 1_0") + b"hellohello", {400}),
    ("a length with a blank", head(b"Content-Length: 1 0") + b"hellohello", {400}),
    ("a length in other digits", head(b"Content-Length: \xb2") + b"he", {400}),
    ("an empty length", head(b"Content-Length:"), {400}),
    ("a list of lengths", head(b"Content-Length: 5, 6") + b"hello!", {400}),
    ("two lengths", head(b"Content-Length: 5", b"Content-Length: 6") + b"hello!", {400}),
    ("a length just too large", head(b"Content-Length: 16777217"), {413}),
    ("a length beyond 64 bits", head(b"Content-Length: 18446744073709551617"), {413}),
    ("a length of 5000 digits", head(b"Content-Length: " + b"1" * 5000), {413}),
    ("length and chunks", head(b"Content-Length: 5", b"Transfer-Encoding: chunked") + SMUGGLED, {400}),
    ("chunks and length", head(b"Transfer-Encoding: chunked", b"Content-Length: 0") + SMUGGLED, {400}),
    ("chunks in HTTP/1.0", head(b"Transfer-Encoding: chunked", start=b"GET / HTTP/1.0") + SMUGGLED, {400}),
    ("chunked twice", head(b"Transfer-Encoding: chunked, chunked") + SMUGGLED, {400, 501}),
    ("chunked in two fields", head(b"Transfer-Encoding: chunked", b"Transfer-Encoding: x") + SMUGGLED, {400, 501}),
    ("chunked and another coding", head(b"Transfer-Encoding: chunked, gzip") + SMUGGLED, {400, 501}),
    ("nearly chunked", head(b"Transfer-Encoding: xchunked") + SMUGGLED, {400, 501}),
    ("chunked with a vertical tab", head(b"Transfer-Encoding: \x0bchunked") + SMUGGLED, {400}),
    ("no coding", head(b"Transfer-Encoding:") + SMUGGLED, {400, 501}),
    ("a chunk without a size", chunks(b"\r\nhello\r\n0\r\n\r\n"), {400}),
    ("a chunk below 0", chunks(b"-1\r\nhello\r\n0\r\n\r\n"), {400}),
    ("a chunk with 0x", chunks(b"0x5\r\nhello\r\n0\r\n\r\n"), {400}),
    ("a chunk with a letter too many", chunks(b"5g\r\nhello\r\n0\r\n\r\n"), {400}),
    ("a chunk with a blank behind", chunks(b"5 \r\nhello\r\n0\r\n\r\n"), {400}),
    ("a chunk and LF alone", chunks(b"5\nhello\n0\n\n"), {400}),
    ("a chunk that is too long", chunks(b"5\r\nhello!\r\n0\r\n\r\n"), {400}),
    ("a chunk without its end", chunks(b"5\r\nhello0\r\n\r\n"), {400}),
    ("a chunk that is too large", chunks(b"1000001\r\nhello"), {413}),
    ("a chunk beyond 64 bits", chunks(b"f" * 100 + b"\r\nhello"), {413}),
    ("a size of 100,000 digits", chunks(b"f" * 100_000), {431}),
    ("an extension with a zero byte", chunks(b"5;\0\r\nhello\r\n0\r\n\r\n"), {400}),
    ("an extension without end", chunks(b"5;" + b"a" * 100_000), {431}),
    ("a trailer without a colon", chunks(b"0\r\nhello\r\n\r\n"), {400}),
    ("a trailer of 101 fields", chunks(b"0\r\n" + b"A: b\r\n" * 101 + b"\r\n"), {431}),
    ("a trailer without end", chunks(b"0\r\nA: " + b"b" * 100_000), {431}),
    ("an upload that is too large", chunks(b"100000\r\n" + bytes(MIB) + b"\r\n") + b"f00001\r\n", {413}),
]


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving("7.2") as running:
        yield running


def resident(served: Served) -> int:
    """Bytes of memory that the server has now: VmRSS (proc(5))."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{served.pid}/status").read_text())
    assert found
    return int(found[1]) * KIB


linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /proc/<pid>/status: no memory was measured")


def connect(served: Served) -> socket.socket:
    return socket.create_connection(("127.0.0.1", served.port), timeout=60)


def read_all(sock: socket.socket) -> bytes:
    return b"".join(iter(lambda: sock.recv(65536), b""))


def statuses(came: bytes) -> list[int]:
    return [int(number) for number in re.findall(rb"^HTTP/1\.1 (\d+) ", came, re.MULTILINE)]


def still_serves(served: Served) -> bool:
    with connect(served) as sock:
        sock.sendall(head(b"Connection: close"))
        return statuses(read_all(sock)) == [200]


@pytest.fixture(scope="module")
def before(served: Served) -> int:
    """What it has when it has served once and been given nothing bad."""
    assert still_serves(served)
    return resident(served) if sys.platform == "linux" else 0


@pytest.mark.parametrize(("name", "sent", "wanted"), BAD, ids=[name for name, _, _ in BAD])
def test_bad_input_gets_its_answer_and_nobody_else_feels_it(
    served: Served, before: int, name: str, sent: bytes, wanted: set[int]
) -> None:
    with connect(served) as sock:
        sock.sendall(sent)
        sock.shutdown(socket.SHUT_WR)
        came = read_all(sock)
    got = statuses(came)
    assert len(got) <= 1, f"{name}: what follows was taken for a request"
    assert set(got) <= wanted and bool(got) == bool(wanted), f"{name}: {got}"
    assert still_serves(served)


@linux
def test_after_all_that_the_memory_is_as_before(served: Served, before: int) -> None:
    # A body of 16 MiB at most was in it, twice for a moment.
    assert resident(served) < before + SPARE


def test_whoever_ends_the_connection_in_the_middle_of_an_answer_harms_nobody(served: Served) -> None:
    for _ in range(50):
        with connect(served) as sock:
            sock.sendall(head(start=b"GET /bytes/10000000 HTTP/1.1") * 3)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    assert still_serves(served)


def test_three_hundred_damaged_requests(served: Served) -> None:
    chance = random.Random(9112)
    good = [GET, chunks(b"5\r\nhello\r\n0\r\nA: b\r\n\r\n"), head(b"Content-Length: 3", b"Connection: x, y") + b"abc"]
    for _ in range(300):
        damaged = bytearray(b"".join(chance.choices(good, k=3)))
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(damaged))
            damaged[place : place + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
        with connect(served) as sock:
            sock.sendall(damaged)
            sock.shutdown(socket.SHUT_WR)
            got = statuses(read_all(sock))
        assert set(got) <= {200, 400, 404, 405, 413, 414, 431, 501, 505}, bytes(damaged)
    assert still_serves(served)


def repeat(piece: bytes, size: int) -> Iterable[bytes]:
    """So many bytes in pieces of 64 KiB or so."""
    many = piece * max(1, 65536 // len(piece))
    return (many for _ in range(size // len(many)))


BOMBS: list[tuple[str, bytes, bytes, int, set[int]]] = [
    ("50 MB of fields", GET[:-2], b"A: b\r\n", 50 * MIB, {431}),
    ("a field of 50 MB", GET[:-2] + b"A: ", b"b", 50 * MIB, {431}),
    ("a target of 50 MB", b"GET /", b"a", 50 * MIB, {414}),
    ("a chunk's extension of 50 MB", chunks(b"5;"), b"a", 50 * MIB, {431}),
    ("chunks without end", chunks(b""), b"400\r\n" + bytes(KIB) + b"\r\n", 50 * MIB, {413}),
    ("small chunks without end", chunks(b""), b"1;" + b"a" * 900 + b"\r\nb\r\n", 50 * MIB, {413}),
    ("a trailer without end", chunks(b"0\r\n"), b"A: b\r\n", 50 * MIB, {431}),
    ("a body that is too long", head(b"Content-Length: 99999999"), bytes(KIB), 50 * MIB, {413}),
    ("empty lines without end", b"", b"\r\n", 50 * MIB, {400}),
    ("noise without end", noise(KIB), noise(KIB), 50 * MIB, {400, 414}),
]


@linux
@pytest.mark.parametrize(("name", "start", "piece", "size", "wanted"), BOMBS, ids=[bomb[0] for bomb in BOMBS])
def test_a_bomb_fills_no_memory(
    served: Served, before: int, name: str, start: bytes, piece: bytes, size: int, wanted: set[int]
) -> None:
    most = 0
    with connect(served) as sock:
        sock.sendall(start)
        for number, many in enumerate(repeat(piece, size)):
            sock.sendall(many)
            if number % 16 == 0:
                most = max(most, resident(served))
        assert still_serves(served), "while the bomb is coming"
        sock.shutdown(socket.SHUT_WR)
        got = statuses(read_all(sock))
    assert set(got) <= wanted, got
    # Only a body may be kept at all: 16 MiB, and a buffer that grows needs some room.
    body = 20 * MIB if "chunks" in name else 0
    assert most < before + body + SPARE, f"{(most - before) / MIB:.1f} MiB more"
    assert still_serves(served)


@linux
def test_answers_that_nobody_takes_fill_no_memory(served: Served, before: int) -> None:
    with contextlib.ExitStack() as stack:
        clients = [stack.enter_context(connect(served)) for _ in range(50)]
        request = head(start=b"GET /bytes/16777216 HTTP/1.1")
        for sock in clients:
            sock.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                # The first answer stays where it is. The others are asked for, and never begun.
                for _ in range(500):
                    sock.send(request * 100)
        assert still_serves(served)
        assert resident(served) < before + SPARE + 50 * 70 * KIB
    assert still_serves(served)


@linux
def test_more_clients_than_descriptors(served: Served) -> None:
    limits = resource.prlimit(served.pid, resource.RLIMIT_NOFILE, (64, 64))
    assert limits[0] > 64
    with contextlib.ExitStack() as stack:
        for _ in range(200):
            sock = stack.enter_context(connect(served))
            with contextlib.suppress(ConnectionError):
                sock.sendall(b"GET / HT")
        assert still_serves(served), "who has waited longest makes room"
    assert still_serves(served)
