"""Takes every error of recv for "nothing more", and so a reset for the end.

caught by: test_a_broken_connection_is_an_error
words: the connection broke, and the caller never finds out
"""

import select


def handle(epoll, sock):
    try:
        data = sock.recv(65536)
    except OSError:
        data = b""
    epoll.modify(sock, select.EPOLLIN | select.EPOLLONESHOT)
    return data
