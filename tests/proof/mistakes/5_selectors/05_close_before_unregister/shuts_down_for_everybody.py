"""Ends the connection, and not its own descriptor alone: a duplicate cannot use it any more.

caught by: test_a_duplicate_keeps_its_connection
words: your code ended the connection, which a duplicate of the socket still uses
"""

import contextlib
import socket


def drop(selector, sock):
    with contextlib.suppress(KeyError, ValueError):
        if selector.get_key(sock).fileobj is sock:
            selector.unregister(sock)
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
    sock.close()
