"""Takes every error of recv for "nothing more", and so a reset for the end.

caught by: test_a_reset_propagates
words: a reset must not look like the end of the stream
"""

import select


def handle(epoll, sock):
    try:
        data = sock.recv(65536)
    except OSError:
        data = b""
    epoll.modify(sock, select.EPOLLIN | select.EPOLLONESHOT)
    return data
