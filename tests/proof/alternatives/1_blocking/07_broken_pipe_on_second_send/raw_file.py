"""Each message goes through a file of its own without a buffer; itertools.takewhile counts."""

import itertools
import select
import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    """Send messages until there are no more or the connection is broken."""

    def taken(message: bytes) -> bool:
        rest = memoryview(message)
        try:
            with sock.makefile("wb", buffering=0) as raw:
                while True:
                    sent = raw.write(rest)
                    if sent is None:  # a socket that never waits by itself
                        poller = select.poll()
                        poller.register(sock, select.POLLOUT)
                        poller.poll()
                        continue
                    rest = rest[sent:]
                    if not rest:
                        return True
        except (BrokenPipeError, ConnectionResetError):
            return False

    return sum(1 for _ in itertools.takewhile(taken, messages))
