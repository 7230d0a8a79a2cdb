"""Lets ConnectionResetError propagate, and takes every other error for "nothing more has come".

caught by: test_a_broken_connection_is_an_error
words: the connection broke, and the caller never finds out
"""

import select


def handle(epoll, sock):
    data = b""
    try:
        while piece := sock.recv(4096):
            data += piece
    except ConnectionResetError:
        raise
    except OSError:
        pass
    epoll.modify(sock, select.EPOLLIN | select.EPOLLONESHOT)
    return data
