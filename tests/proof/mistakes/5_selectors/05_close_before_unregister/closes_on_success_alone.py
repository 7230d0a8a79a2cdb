"""Closes only what was registered.

caught by: test_an_unknown_socket_is_closed
words: your code did not close the socket
"""


def drop(selector, sock):
    try:
        selector.unregister(sock)
        sock.close()
    except (KeyError, ValueError):
        pass
