"""A context manager swallows the reset and names the end; a file without a buffer fills one bytearray."""

import select
import socket


class _End:
    name = "eof"

    def __enter__(self) -> "_End":
        return self

    def __exit__(self, kind, error, traceback) -> bool:
        if isinstance(error, ConnectionResetError):
            self.name = "reset"
            return True
        return False


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    """Read until the peer's stream ends, by FIN or by RST."""
    data = bytearray()
    buffer = bytearray(65536)
    with _End() as end, sock.makefile("rb", buffering=0) as raw:
        while (count := raw.readinto(buffer)) != 0:
            if count is None:  # a socket that never waits by itself
                poller = select.poll()
                poller.register(sock, select.POLLIN)
                poller.poll()
                continue
            data += memoryview(buffer)[:count]
    return bytes(data), end.name
