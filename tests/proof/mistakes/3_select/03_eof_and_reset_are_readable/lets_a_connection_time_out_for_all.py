"""Catches ConnectionResetError alone: ETIMEDOUT ends the look at all sockets.

caught by: test_a_connection_that_timed_out_is_reset_too
words: the error of a broken connection ended your look
"""

import select
import socket


def classify_ready(socks: list[socket.socket]) -> dict[socket.socket, str]:
    """Tell why a read on each of these sockets would not wait just now.

    Returns "data", "eof" or "reset" for each socket that is readable. Never
    waits, and takes no bytes out of any socket.
    """
    # A limit of 0 is a look. The third list would name none of the three.
    readable, _, _ = select.select(socks, [], [], 0)
    found: dict[socket.socket, str] = {}
    for sock in readable:
        try:
            # The bytes come before the end, so one of them is enough to know. MSG_PEEK leaves
            # it in the queue. FIONREAD would not do: it is 0 at the end, and after a reset too.
            piece = sock.recv(1, socket.MSG_PEEK)
        except ConnectionResetError:
            # Caught for this socket alone: the others still have something to tell.
            found[sock] = "reset"
        else:
            found[sock] = "data" if piece else "eof"
    return found
