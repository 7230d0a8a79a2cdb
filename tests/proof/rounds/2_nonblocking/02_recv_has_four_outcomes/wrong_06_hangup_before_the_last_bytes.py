"""If both sides have shut down, returns b"" before the last bytes are read.

caught by: test_bytes_come_first_when_both_sides_have_ended
words: both sides had ended, ten bytes were still to be read, and your code lost them
"""

import select
import socket

OVER = select.POLLHUP | select.POLLRDHUP


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    poller = select.poll()
    poller.register(sock, select.POLLIN | select.POLLRDHUP)
    for _, events in poller.poll(0):
        if events & OVER == OVER and not events & select.POLLERR:
            return b""
    try:
        return sock.recv(n)
    except BlockingIOError:
        return None
