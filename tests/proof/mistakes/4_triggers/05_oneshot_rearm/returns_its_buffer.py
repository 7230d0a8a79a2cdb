"""Collects the pieces in a bytearray, and returns that.

caught by: test_what_has_come_is_returned
words: your code did not return a bytes object
"""

import select


def handle(epoll, sock):
    data = bytearray(sock.recv(65536))
    epoll.modify(sock, select.EPOLLIN | select.EPOLLONESHOT)
    return data
