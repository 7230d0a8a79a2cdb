"""Closes, and unregisters the closed socket: the key goes, but the kernel is told a number that is nobody's.

caught by: test_an_open_socket_is_unregistered_before_it_is_closed
words: the kernel went on watching: unregister first, then close, because nothing else can end that
"""


def drop(selector, sock):
    sock.close()
    try:
        selector.unregister(sock)
    except (KeyError, ValueError):
        pass
