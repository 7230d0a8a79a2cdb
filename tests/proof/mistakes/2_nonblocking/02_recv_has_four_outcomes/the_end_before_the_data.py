"""Asks first whether the peer has closed, and then leaves its last bytes unread.

caught by: test_what_came_before_the_end_comes_first
words: ten bytes arrived before the end, and your code lost them
"""

import select


def try_recv(sock, n):
    poll = select.poll()
    poll.register(sock, select.POLLRDHUP)
    if any(mask & select.POLLRDHUP and not mask & select.POLLERR for _, mask in poll.poll(0)):
        return b""
    try:
        return sock.recv(n)
    except BlockingIOError:
        return None
