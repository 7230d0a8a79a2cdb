"""Right: an unbuffered makefile() and a generator of sizes, both files closed; a broken connection is raised."""

import io
import socket
from collections.abc import Iterator


def sizes(stream: io.RawIOBase, limit: int) -> Iterator[int]:
    """Throw away at most limit bytes; yield the size of each piece."""
    buffer = memoryview(bytearray(8192))
    while limit > 0:
        count = stream.readinto(buffer[:limit] if limit < len(buffer) else buffer)
        if not count:
            return
        limit -= count
        yield count


def lingering_close(sock: socket.socket, limit: int) -> int:
    """Shut down sending, throw away at most limit bytes up to the peer's end, close."""
    with sock:
        sock.shutdown(socket.SHUT_WR)
        with sock.makefile("rb", buffering=0) as stream:
            return sum(sizes(stream, limit))
