"""What had come before a timeout or a reset is kept by file number for the next call, and a new socket with the
same number gets it.

caught by: test_what_came_before_a_timeout_is_not_the_next_sockets
words: bytes of another connection, whose descriptor had this number
"""

import socket

_partial: dict[int, bytearray] = {}  # bytes that came before an error


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = _partial.pop(sock.fileno(), bytearray()) if n else bytearray()
    try:
        while len(data) < n:
            chunk = sock.recv(min(n - len(data), 65536))
            if not chunk:
                raise EOFError("the stream ended early")
            data += chunk
    except OSError:
        _partial[sock.fileno()] = data
        raise
    if len(data) > n:
        _partial[sock.fileno()] = data[n:]
    return bytes(data[:n])
