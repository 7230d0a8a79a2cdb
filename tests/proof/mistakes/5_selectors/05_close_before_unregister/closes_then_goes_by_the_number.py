"""Closes, and unregisters the number that the socket does not have any more.

caught by: test_a_registered_socket_is_taken_out_and_closed
words: the socket was dropped, and your code left it registered
"""


def drop(selector, sock):
    sock.close()
    try:
        selector.unregister(sock.fileno())
    except (KeyError, ValueError):
        pass
