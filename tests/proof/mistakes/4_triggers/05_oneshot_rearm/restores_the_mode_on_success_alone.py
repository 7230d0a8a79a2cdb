"""Makes the socket blocking for the read, and leaves it so when recv raises.

caught by: test_a_broken_connection_is_an_error
words: the connection broke, and your code closed the socket or left it in another mode
"""

import select


def handle(epoll, sock):
    sock.setblocking(True)
    data = sock.recv(65536)
    sock.setblocking(False)
    epoll.modify(sock, select.EPOLLIN | select.EPOLLONESHOT)
    return data
