"""It clears O_NONBLOCK of a listener with a timeout, in the kernel only, and never sets it again.

caught by: test_the_listener_is_the_callers_also_when_accept_fails
words: accept() failed, and the listener has another mode
"""

import os
import select
import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    listener.getsockname()  # OSError if it is closed, where epoll has ValueError
    with select.epoll() as poller:
        poller.register(listener.fileno(), select.EPOLLIN)
        if not poller.poll(listener.gettimeout()):
            raise TimeoutError("timed out")
    os.set_blocking(listener.fileno(), True)
    conn, address = listener.accept()
    with conn:
        conn.sendall(greeting)
    return address
