"""Sets the socket's timeout to the time left while it sends, and does not put it back when that time is over.

caught by: test_the_timeout_of_the_caller_is_no_break
words: the caller's timeout passed, and your code left the socket in another mode
"""

import socket
import time
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    delivered = 0
    for message in messages:
        limit = sock.gettimeout()
        try:
            if limit:
                send_before(sock, message, time.monotonic() + limit)
                sock.settimeout(limit)
            else:
                sock.sendall(message)
        except (BrokenPipeError, ConnectionResetError):
            sock.settimeout(limit)
            break
        delivered += 1
    return delivered


def send_before(sock: socket.socket, message: bytes, deadline: float) -> None:
    """Send all; the limit is for the whole message, not for each send()."""
    rest = memoryview(message)
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        sock.settimeout(left)
        rest = rest[sock.send(rest) :]
        if not rest:
            return
