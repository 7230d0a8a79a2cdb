"""Takes it that the entry is gone after its report, and registers the socket once more.

caught by: test_what_has_come_is_returned
words: FileExistsError EEXIST
"""

import select


def handle(epoll, sock):
    data = sock.recv(65536)
    if data:
        epoll.register(sock, select.EPOLLIN | select.EPOLLONESHOT)
    return data
