"""Arms for an edge and for the peer's FIN, which nobody has registered.

caught by: test_it_is_armed_for_the_events_of_its_registration
words: your code armed the socket for other events
"""

import select
import socket


def handle(epoll: select.epoll, sock: socket.socket) -> bytes:
    buffer = bytearray(16384)
    size = sock.recv_into(buffer)
    if size == 0:
        return b""
    epoll.modify(sock, select.EPOLLIN | select.EPOLLRDHUP | select.EPOLLET | select.EPOLLONESHOT)
    return bytes(memoryview(buffer)[:size])
