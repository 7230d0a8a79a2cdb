"""Asks epoll after arming whether there is more, and throws the reports of others away.

caught by: test_other_sockets_are_left_alone
words: your code took a report that was meant for another socket
"""

import select


def handle(epoll, sock):
    data = b""
    more = True
    while more:
        piece = sock.recv(65536)
        data += piece
        epoll.modify(sock, select.EPOLLIN | select.EPOLLONESHOT)
        more = piece and sock.fileno() in dict(epoll.poll(0))
    return data
