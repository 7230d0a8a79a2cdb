"""When an error of the socket propagates, the socket has been closed.

caught by: test_a_reset_is_not_an_end
words: an error propagated, and your code had closed the caller's socket
"""

import contextlib
import socket


def recv_all(sock: socket.socket) -> bytes:
    with contextlib.ExitStack() as on_failure:
        on_failure.callback(sock.close)
        data = b"".join(iter(lambda: sock.recv(65536), b""))
        on_failure.pop_all()  # all went well: keep it
    return data
