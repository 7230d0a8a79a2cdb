"""Every way to a descriptor that the tape is to see, and those that it does not: one piece of code for each.

`read` takes up to n bytes from `sock`, `write` gives it data and returns how many bytes it took, and `step`
does something else with it. Names are those of the table in tests/README.md.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass

import pytest

RECV = "tests/1_blocking/test_04_recv_splits_messages.py::"
PIECES, AT_ONCE = RECV + "test_a_message_in_pieces_comes_back_whole", RECV + "test_the_next_message_stays_in_the_kernel"
ASLEEP = "tests/1_blocking/test_08_send_takes_a_part.py::test_it_sleeps_in_the_kernel_while_the_peer_does_not_read"
PIECES_BYTES, LONG = 11, 1_048_576  # what these are about
IMPORTS = (
    "import _socket, array, asyncio, contextlib, ctypes, fcntl, io, os, socket, ssl, tempfile, termios\n"
    "import multiprocessing.connection\n"
)
PIPE = "r, w = os.pipe()\nwith open(r, 'rb', 0) as out, open(w, 'wb', 0) as into:\n"
COPY = "{}\nwith contextlib.closing(socket.socket(fileno=number)) as other: return other.recv(n)"


@dataclass(frozen=True)
class Way:
    """One way; `calls` are the names of its calls on the tape, in order, or whole texts, in which a number is N."""

    name: str
    code: str
    calls: tuple[str, ...] = ()

    @property
    def is_here(self) -> bool:
        """Whether this Python has it, and the ways are those of this system."""
        function = re.match(r"os\.(\w+)", self.name)
        return sys.platform == "linux" and (function is None or hasattr(os, function[1]))


def recv(name: str, code: str, *calls: str) -> Way:
    return Way(name, code, calls or (name.partition(".")[2],))


READS = [
    recv("sock.recv", "return sock.recv(n)"),
    recv("sock.recv_into", "room = bytearray(n)\nreturn bytes(room[:sock.recv_into(room)])"),
    recv("sock.recvfrom", "return sock.recvfrom(n)[0]"),
    recv("sock.recvfrom_into", "room = bytearray(n)\nreturn bytes(room[:sock.recvfrom_into(room)[0]])"),
    recv("sock.recvmsg", "return sock.recvmsg(n)[0]"),
    recv("sock.recvmsg_into", "room = bytearray(n)\nreturn bytes(room[:sock.recvmsg_into([room])[0]])"),
    recv("socket.recv_fds", "return socket.recv_fds(sock, n, 2)[0]", "recvmsg"),
    recv("sock.makefile, read", "with sock.makefile('rb', 0) as file: return file.read(n)", "recv_into"),
    recv("os.read", "return os.read(sock.fileno(), n)", "os.read"),
    recv("os.readinto", "room = bytearray(n)\nreturn bytes(room[:os.readinto(sock.fileno(), room)])", "os.readinto"),
    recv(
        "os.readv",
        "a, b = bytearray(1), bytearray(n)\nsize = os.readv(sock.fileno(), [a, b])\nreturn bytes((a + b)[:size])",
        "os.readv",
    ),
    recv(
        "os.preadv",
        "room = bytearray(n)\nreturn bytes(room[:os.preadv(sock.fileno(), [room], -1)])",
        "os.preadv",
    ),
    recv("os.splice, from a socket", PIPE + "  return out.read(os.splice(sock.fileno(), w, n))", "os.splice"),
    recv(
        "loop.sock_recv",
        "async def main():\n  sock.setblocking(False)\n  return await asyncio.get_running_loop().sock_recv(sock, n)\n"
        "try: return asyncio.run(main())\nfinally: sock.setblocking(True)",
        "recv",
    ),
    recv(
        "multiprocessing.connection",
        "with contextlib.closing(multiprocessing.connection.Connection(os.dup(sock.fileno()))) as conn:\n"
        "  return conn._recv(1).getvalue()",
        "os.read",
    ),
]
WRITES = [
    recv("sock.send", "return sock.send(data)"),
    recv("sock.sendall", "return sock.sendall(data) or len(data)"),
    recv("sock.sendmsg", "return sock.sendmsg([data[:1], data[1:]])"),
    recv("socket.send_fds", "return socket.send_fds(sock, [data], [])", "sendmsg"),
    recv("sock.makefile, write", "with sock.makefile('wb', 0) as file: return file.write(data)", "send"),
    recv(
        "sock.sendfile, of a file",
        "with tempfile.TemporaryFile() as file:\n  file.write(data), file.seek(0)\n  return sock.sendfile(file)",
        "os.sendfile",
    ),
    recv("sock.sendfile, of anything else", "return sock.sendfile(io.BytesIO(data))", "send"),
    recv("os.write", "return os.write(sock.fileno(), data)", "os.write"),
    recv("os.writev", "return os.writev(sock.fileno(), [data[:1], data[1:]])", "os.writev"),
    recv("os.pwritev", "return os.pwritev(sock.fileno(), [data], -1)", "os.pwritev"),
    recv(
        "os.sendfile",
        "with tempfile.TemporaryFile() as file:\n  file.write(data), file.flush()\n"
        "  return os.sendfile(sock.fileno(), file.fileno(), 0, len(data))",
        "os.sendfile",
    ),
    recv(
        "os.splice, to a socket",
        PIPE + "  return os.splice(src=r, dst=sock.fileno(), count=into.write(data[:60_000]))",
        "os.splice",
    ),
]
DUP = "sock (dup)"
STEPS = [
    Way(
        "sock.dup",
        "with sock.dup() as other: pass",
        ("sock.dup()", f"{DUP}.settimeout(None)", f"{DUP}.close()"),
    ),
    Way(
        "socket.fromfd",
        "socket.fromfd(sock.fileno(), sock.family, sock.type).close()",
        ("sock.dup()", f"{DUP}.close()"),
    ),
    Way("socket.close", "socket.close(os.dup(sock.fileno()))", ("os.dup(sock)", f"{DUP}.close()")),
    Way(
        "socket.socket(fileno=…)",
        "socket.socket(fileno=os.dup(sock.fileno())).close()",
        ("os.dup(sock)", f"socket(fileno={DUP})", f"{DUP}.close()"),
    ),
    Way(
        "sock.detach",
        "with sock.dup() as other: os.close(other.detach())",
        ("sock.dup()", f"{DUP}.settimeout(None)", f"{DUP}.detach()", f"os.close({DUP})"),
    ),
    Way("os.dup", "os.close(os.dup(sock.fileno()))", ("os.dup(sock)",)),
    Way("os.close", "os.close(os.dup(sock.fileno()))", ("os.dup(sock)", f"os.close({DUP})")),
    Way(
        "os.dup2",
        "os.close(os.dup2(sock.fileno(), 77, inheritable=False))",
        ("os.dup2(sock, fd N, inheritable=False)", f"os.close({DUP})"),
    ),
    Way(
        "os.closerange",
        "os.dup2(sock.fileno(), 77)\nos.closerange(77, 79)",
        ("os.dup2(sock, fd N)", "os.closerange(N, N)"),
    ),
    Way(
        "fcntl.fcntl",
        "os.close(fcntl.fcntl(sock, fcntl.F_DUPFD_CLOEXEC, 80))\n"
        "fcntl.fcntl(sock, fcntl.F_SETFL, fcntl.fcntl(sock, fcntl.F_GETFL) | os.O_APPEND)",
        (
            "fcntl.fcntl(sock, F_DUPFD_CLOEXEC, N)",
            f"os.close({DUP})",
            "fcntl.fcntl(sock, F_GETFL)",
            "fcntl.fcntl(sock, F_SETFL, O_RDWR|O_APPEND)",
        ),
    ),
    Way(
        "fcntl.ioctl",
        "fcntl.ioctl(sock, termios.FIONREAD, array.array('i', [0]))",
        ("fcntl.ioctl(sock, FIONREAD, array)",),
    ),
    Way(
        "os.set_blocking",
        "os.set_blocking(sock.fileno(), os.get_blocking(sock.fileno()))",
        ("os.get_blocking(sock)", "os.set_blocking(sock, True)"),
    ),
    Way(
        "os.set_inheritable",
        "sock.set_inheritable(sock.get_inheritable())",
        ("os.get_inheritable(sock)", "os.set_inheritable(sock, False)"),
    ),
    Way("os.pread", "with contextlib.suppress(OSError): os.pread(sock.fileno(), 1, 0)", ("os.pread(sock, N, N)",)),
    Way(
        "os.pwrite",
        "with contextlib.suppress(OSError): os.pwrite(sock.fileno(), b'a', 0)",
        ("os.pwrite(sock, b'a', N)",),
    ),
    Way(
        "os.eventfd_read",
        "number = os.eventfd(0)\nos.eventfd_write(number, 1)\nos.eventfd_read(number)\nos.close(number)",
        ("os.eventfd_write(fd N, N)", "os.eventfd_read(fd N)", "os.close(fd N)"),
    ),
]
# How a duplicate that is read from came about, and its name.
COPIES = [
    Way("sock.dup", "with sock.dup() as other: return other.recv(n)"),
    Way("socket.fromfd", "with socket.fromfd(sock.fileno(), 1, 1) as other: return other.recv(n)"),
    Way("os.dup", COPY.format("number = os.dup(sock.fileno())")),
    Way("os.dup2", COPY.format("number = os.dup2(sock.fileno(), 77)")),
    Way("fcntl.fcntl", COPY.format("number = fcntl.fcntl(sock, fcntl.F_DUPFD, 77)")),
    Way("ctypes", COPY.format("number = ctypes.CDLL(None).dup(sock.fileno())")),
    Way(
        "recv_fds",
        "one, two = socket.socketpair()\nwith one, two:\n  socket.send_fds(one, [b'x'], [sock.fileno()])\n"
        "  number = socket.recv_fds(two, 1, 1)[1][0]\n"
        "try: return os.read(number, n)\nfinally: os.close(number)",
    ),
]
# What asks the kernel in C, or in another process; `calls` is the system call.
UNSEEN = [
    Way("open(fd)", "with open(sock.fileno(), 'rb', 0, closefd=False) as file: return file.read(n)", ("read",)),
    Way("os.fdopen(fd)", "with os.fdopen(os.dup(sock.fileno()), 'rb', 0) as file: return file.read(n)", ("read",)),
    Way("_socket.socket.recv", "return _socket.socket.recv(sock, n)", ("recvfrom",)),
    Way(
        "ctypes",
        "room = ctypes.create_string_buffer(n)\n"
        "size = ctypes.CDLL(None).recv(sock.fileno(), room, n, 0)\nreturn room.raw[:size]",
        ("recvfrom",),
    ),
    Way(
        "ssl",
        "context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)\ncontext.check_hostname = False\n"
        "with context.wrap_socket(sock.dup(), do_handshake_on_connect=False) as safe:\n"
        "  with contextlib.suppress(ssl.SSLError): safe.do_handshake()\nreturn b'hello'",
        ("read",),
    ),
    Way(
        "os.fork",
        "r, w = os.pipe()\npid = os.fork()\nif pid == 0:\n  os.write(w, sock.recv(n))\n  os._exit(0)\n"
        "os.waitpid(pid, 0)\nos.close(w)\nwith open(r, 'rb') as file: return file.read()",
        (),
    ),
]


def each(kind: list[Way]) -> pytest.MarkDecorator:
    """Run a test on each of these, where this Python has it."""
    skips = [
        pytest.mark.skipif(not way.is_here, reason=f"{way.name} is not here, or the system is not Linux")
        for way in kind
    ]
    cases = [pytest.param(way, marks=mark, id=way.name) for way, mark in zip(kind, skips, strict=True)]
    return pytest.mark.parametrize("way", cases)


# Arguments that are refused, with or without the tape in between, and a function that is an attribute of a class.
ODD = """
for code in (
    "os.read(2**40, 1)", "os.read(-1, 1)", "os.read('x', 1)", "os.read()", "os.close(None)", "os.dup(99999)",
    "os.dup2(fd, -5)", "fcntl.fcntl(sock)", "fcntl.fcntl(object(), 3)", "fcntl.ioctl(sock, 'q')",
    "os.readv(fd, [b'read only'])", "os.sendfile(fd, fd, 0, 5)", "os.closerange('a', 'b')", "os.set_blocking([], 1)",
    "socket.socket(fileno='x')", "socket.socket(fileno=-3)", "socket.socket(fileno=2**40)", "socket.close(77777)",
    "os.writev(fd, 5)", "os.preadv(fd, [bytearray(1)], 3)", "os.closerange(900, 1000)", "os.splice(fd)",
    "type('A', (), {'close': os.close})().close(os.dup(fd))",
):
    try:
        print(eval(code, globals(), {"sock": sock, "fd": sock.fileno()}))
    except Exception as error:
        print(code, type(error).__name__, getattr(error, "errno", ""))
"""


def _indented(code: str) -> str:
    return "".join(f"    {line}\n" for line in code.splitlines())


def receives(way: Way, more: int = 0) -> str:
    """An answer of 1.4 that reads in this way, and `more` bytes than it should."""
    return f"""{IMPORTS}
def take(sock, n):
{_indented(way.code)}
def recv_exactly(sock, n):
    data = b""
    while len(data) < n + {more}:
        piece = take(sock, n + {more} - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data
"""


def sends(way: Way, times: int = 1) -> str:
    """An answer of 1.8 that sends in this way, and everything so many times."""
    return f"""{IMPORTS}
def give(sock, data):
{_indented(way.code)}
def send_all(sock, data):
    rest = memoryview(data * {times})
    while rest:
        rest = rest[give(sock, rest):]
"""


def steps(way: Way) -> str:
    """An answer of 1.4 that does this first."""
    return f"""{IMPORTS}
def recv_exactly(sock, n):
{_indented(way.code)}
    return sock.recv(n)
"""
