"""A peer that has ended only its own stream (FIN) and still reads is taken for a broken connection.

caught by: test_the_second_send_after_the_peer_closed_breaks
words: the kernel took the first message after the close and no more, and your code returned another count
"""

import select
import socket
from collections.abc import Iterable


def _gone(sock: socket.socket) -> bool:
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    if not poller.poll(0):
        return False
    return sock.recv(1, socket.MSG_PEEK) == b""


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    count = 0
    for message in messages:
        try:
            if message:
                if _gone(sock):
                    break
                sock.sendall(message)
        except (BrokenPipeError, ConnectionResetError):
            break
        count += 1
    return count
