"""When an error propagates, it closes the listener along with the accepted connections.

caught by: test_after_an_error_a_connection_that_was_reset_is_closed_too
words: accept() failed, and your function closed the caller's listener
"""

import contextlib
import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    with contextlib.ExitStack() as stack:
        stack.enter_context(listener)
        connections: list[socket.socket] = []
        while True:
            try:
                connection, _ = listener.accept()
            except BlockingIOError:
                stack.pop_all()
                return connections
            connections.append(stack.enter_context(connection))
