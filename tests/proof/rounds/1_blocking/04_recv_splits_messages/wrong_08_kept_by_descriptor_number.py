"""Keeps what came before a timeout under the descriptor's number, which another socket can have later.

caught by: test_what_came_before_a_timeout_is_not_the_next_sockets
words: your code returned bytes of another connection, whose descriptor had this number
"""

import socket

_pending: dict[int, bytearray] = {}


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = _pending.pop(sock.fileno(), bytearray()) if n else bytearray()
    while len(data) < n:
        try:
            piece = sock.recv(min(n - len(data), 65536))
        except TimeoutError:
            _pending[sock.fileno()] = data  # the next call goes on here
            raise
        if not piece:
            raise EOFError("the stream has ended")
        data += piece
    if len(data) > n:
        _pending[sock.fileno()] = data[n:]
    return bytes(data[:n])
