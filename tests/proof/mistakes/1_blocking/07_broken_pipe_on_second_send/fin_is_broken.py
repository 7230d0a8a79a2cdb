"""Looks for the peer's FIN before each send and stops there: a peer that has only stopped sending, and still
reads, gets no more.

caught by: test_the_second_send_after_the_peer_closed_breaks
words: the kernel took the first message after the close and no more, and your code returned another count
"""

import select
import socket
from collections.abc import Iterable


def _gone(sock: socket.socket) -> bool:
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    return bool(poller.poll(0)) and not sock.recv(1, socket.MSG_PEEK)


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    """Send messages until there are no more or the connection is broken."""
    count = 0
    for message in messages:
        try:
            if sock.fileno() >= 0 and _gone(sock):
                break
            sock.sendall(message)
        except (BrokenPipeError, ConnectionResetError):
            break
        count += 1
    return count
