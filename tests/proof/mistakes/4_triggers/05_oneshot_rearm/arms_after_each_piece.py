"""Arms after every piece of a loop that goes on reading.

caught by: test_it_is_not_armed_while_it_is_read
words: your code armed the socket before the last read: another thread gets it and reads as well
"""

import select


def handle(epoll, sock):
    data = b""
    try:
        while piece := sock.recv(4096):
            data += piece
            epoll.modify(sock, select.EPOLLIN | select.EPOLLONESHOT)
    except BlockingIOError:
        pass
    return data
