"""Of the kind that reads an unbuffered file object, with a generator and sum(); raises on a reset."""

import contextlib
import socket
from collections.abc import Iterator


def lingering_close(sock: socket.socket, limit: int) -> int:
    with contextlib.ExitStack() as stack:
        stack.callback(sock.close)  # last: a file object keeps the descriptor open
        sock.shutdown(socket.SHUT_WR)
        raw = stack.enter_context(sock.makefile("rb", buffering=0))
        return sum(sizes(raw, limit))


def sizes(raw: socket.SocketIO, limit: int) -> Iterator[int]:
    """Read at most limit bytes into the same buffer, and yield how many came."""
    with memoryview(bytearray(16384)) as scrap:
        while limit > 0:
            n = raw.readinto(scrap[: min(limit, len(scrap))])
            if not n:
                return
            yield n
            limit -= n
