"""Thinks of closed sockets, and not of open ones that are unknown.

caught by: test_an_unknown_socket_is_closed
words: is not registered
"""


def drop(selector, sock):
    try:
        selector.unregister(sock)
    except ValueError:
        pass
    sock.close()
