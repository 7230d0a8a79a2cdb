"""Asks whether the peer has closed, and reports the end although bytes are left.

caught by: test_the_end_comes_after_the_last_byte
words: the peer sent eight bytes before it closed, and your function did not return them
"""

import select
import socket


def peek_now(sock, n):
    poll = select.poll()
    poll.register(sock, select.POLLRDHUP)
    for _, event in poll.poll(0):
        if event & select.POLLRDHUP and not event & select.POLLERR:
            return b""
    try:
        return sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
