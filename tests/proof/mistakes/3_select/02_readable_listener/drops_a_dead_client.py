"""Looks whether the client is still alive, and drops a connection that was reset.

caught by: test_a_client_that_has_reset_is_handed_out
words: a client had reset in the queue, and your code did not return its connection
"""

import select
import socket


def accept_ready(listener, timeout):
    before = listener.gettimeout()
    readable, _, _ = select.select([listener], [], [], timeout)
    if not readable:
        return None
    listener.setblocking(False)
    try:
        conn, _ = listener.accept()
    except BlockingIOError:
        return None
    finally:
        listener.settimeout(before)
    if conn.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
        conn.close()
        return None
    return conn
