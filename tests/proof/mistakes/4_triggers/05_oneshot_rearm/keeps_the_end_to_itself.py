"""Meets the end behind the data, does not arm any more, and returns the data alone.

caught by: test_the_end_comes_in_a_call_of_its_own
words: the end stood behind the last bytes, and no thread was told of it
"""

import select


def handle(epoll, sock):
    data = b""
    try:
        while piece := sock.recv(4096):
            data += piece
    except BlockingIOError:
        epoll.modify(sock, select.EPOLLIN | select.EPOLLONESHOT)
    return data
