"""MSG_WAITALL is trusted to return everything: a short answer, as a socket with a timeout gives it, is taken for
the end.

caught by: test_what_came_before_a_timeout_is_not_the_next_sockets
words: EOFError
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = bytearray()
    while len(data) < n:
        want = min(n - len(data), 65536)
        chunk = sock.recv(want, socket.MSG_WAITALL)
        if len(chunk) < want:
            raise EOFError("the stream ended early")
        data += chunk
    return bytes(data)
