"""Looks before each send whether the peer has ended its stream, and takes a FIN for a broken connection.

caught by: test_the_second_send_after_the_peer_closed_breaks
words: the kernel took the first message after the close and no more, and your code returned another count
"""

import select
import socket
from collections.abc import Iterable


def peer_ended(sock: socket.socket) -> bool:
    if sock.fileno() == -1:
        return False
    poller = select.poll()
    poller.register(sock, select.POLLRDHUP)
    return any(events & select.POLLRDHUP for _, events in poller.poll(0))


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    delivered = 0
    for message in messages:
        if peer_ended(sock):
            break
        try:
            sock.sendall(message)
        except (BrokenPipeError, ConnectionResetError):
            break
        delivered += 1
    return delivered
