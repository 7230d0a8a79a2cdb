"""Shuts the connection down to be thorough, and ends it for the duplicates as well.

caught by: test_a_duplicate_still_uses_the_connection
words: your code shut the connection down, for the duplicate as well
"""

import socket


def forget(epoll, sock):
    if sock.fileno() == -1:
        return
    try:
        epoll.unregister(sock)
    except FileNotFoundError:
        pass
    sock.shutdown(socket.SHUT_RDWR)
    sock.close()
