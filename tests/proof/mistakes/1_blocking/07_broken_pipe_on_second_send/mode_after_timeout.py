"""The socket is set to non-blocking for each message, and not set back when the caller's timeout strikes.

caught by: test_the_timeout_of_the_caller_is_no_break
words: the caller's timeout passed, and your code left the socket in another mode
"""

import select
import socket
from collections.abc import Iterable


def _send_whole(sock: socket.socket, message: bytes, patience: float | None) -> None:
    poller = select.poll()
    poller.register(sock, select.POLLOUT)
    rest = memoryview(message)
    while rest:
        try:
            rest = rest[sock.send(rest) :]
        except BlockingIOError:
            if patience == 0:
                raise
            if not poller.poll(None if patience is None else patience * 1000):
                raise TimeoutError("timed out") from None


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    count = 0
    for message in messages:
        patience = sock.gettimeout()
        sock.setblocking(False)
        try:
            _send_whole(sock, message, patience)
        except (BrokenPipeError, ConnectionResetError):
            sock.settimeout(patience)
            break
        sock.settimeout(patience)
        count += 1
    return count
