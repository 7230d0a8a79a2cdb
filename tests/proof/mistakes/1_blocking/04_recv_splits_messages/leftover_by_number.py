"""Keeps what came before a timeout under the descriptor's number, and hands it to the next socket with that
number.

caught by: test_what_came_before_a_timeout_is_not_the_next_sockets
words: bytes of another connection, whose descriptor had this number
breaks: 6
"""

import socket

_begun: dict[int, bytes] = {}


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    """Receive exactly the next n bytes of a connected stream socket."""
    if n == 0:
        return b""
    number = sock.fileno()
    data = bytearray(_begun.pop(number, b""))
    try:
        while len(data) < n:
            piece = sock.recv(min(n - len(data), 65536))
            if not piece:
                raise EOFError(f"stream ended after {len(data)} of {n} bytes")
            data += piece
    except TimeoutError:
        _begun[number] = bytes(data)  # the next call goes on from here
        raise
    if len(data) > n:
        _begun[number] = bytes(data[n:])
    return bytes(data[:n])
