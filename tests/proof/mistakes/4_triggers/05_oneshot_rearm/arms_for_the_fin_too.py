"""Arms for EPOLLRDHUP as well, which nobody has registered.

caught by: test_it_is_armed_for_the_events_of_its_registration
words: your code armed the socket for other events
"""

import select
import socket


def handle(epoll: select.epoll, sock: socket.socket) -> bytes:
    try:
        with sock.makefile("rb", buffering=0) as stream:
            data: bytes = stream.read(5000)
            return data
    finally:
        epoll.modify(sock.fileno(), select.EPOLLIN | select.EPOLLRDHUP | select.EPOLLONESHOT)
