"""Makes the socket non-blocking for the whole delivery and does not put it back when `messages` raises.

caught by: test_an_error_of_the_messages_propagates
words: an error propagated, and your code left the socket in another mode
"""

import select
import socket
from collections.abc import Iterable


def _push(sock: socket.socket, message: bytes, timeout: float | None) -> None:
    poller = select.poll()
    view = memoryview(message)
    while True:
        try:
            view = view[sock.send(view) :]
        except BlockingIOError:
            poller.register(sock, select.POLLOUT)
            if not poller.poll(timeout * 1000 if timeout else None):
                raise TimeoutError("timed out") from None
        if not view:
            return


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    """Send messages until there are no more or the connection is broken."""
    timeout = sock.gettimeout()
    sock.setblocking(False)
    count = 0
    for message in messages:
        try:
            _push(sock, message, timeout)
        except (BrokenPipeError, ConnectionResetError):
            break
        except BaseException:
            if sock.fileno() >= 0:
                sock.settimeout(timeout)
            raise
        count += 1
    sock.settimeout(timeout)
    return count
