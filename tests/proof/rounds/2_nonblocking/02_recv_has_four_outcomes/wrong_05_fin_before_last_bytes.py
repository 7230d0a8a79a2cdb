"""Asks poll() whether the peer has ended, and then returns b"" although its last bytes are still unread.

caught by: test_what_came_before_the_end_comes_first
words: Ten bytes arrived before the end, and your code lost them
"""

import select
import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    poller = select.poll()
    poller.register(sock, select.POLLIN | select.POLLRDHUP)
    for _, events in poller.poll(0):
        if events & select.POLLRDHUP and not events & select.POLLERR:
            return b""
    try:
        return sock.recv(n)
    except BlockingIOError:
        return None
