"""Asks poll() whether there is input, and then peeks with a call that may sleep.

caught by: test_another_reader_is_faster
words: A blocking recv() sleeps until bytes, the end or a reset arrive, and none of them comes
"""

import select
import socket


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    fd = sock.fileno()
    if fd >= 0:
        poller = select.poll()
        poller.register(fd, select.POLLIN)
        if not poller.poll(0):
            return None
    return sock.recv(n, socket.MSG_PEEK)
