"""Arms only when the buffer was not full, as if a full one were followed by another call anyway.

caught by: test_what_is_left_in_the_socket_is_reported
words: bytes were left in the socket, and no thread was told of them
"""

import select


def handle(epoll, sock):
    data = sock.recv(4096)
    if len(data) < 4096:
        epoll.modify(sock, select.EPOLLIN | select.EPOLLONESHOT)
    return data
