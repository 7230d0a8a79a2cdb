"""Reads full blocks with MSG_WAITALL and takes a short one for the FIN: after a reset in the middle of a block
it says "eof".

caught by: test_bytes_read_before_the_reset_are_returned
words: your code lost what it had read before the reset
"""

import socket

SIZE = 4096


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    """Read until the peer's stream ends, by FIN or by RST."""
    blocking = sock.gettimeout() is None  # else the kernel does not wait for all
    data = bytearray()
    try:
        while True:
            block = sock.recv(SIZE, socket.MSG_WAITALL if blocking else 0)
            data += block
            if not block or (blocking and len(block) < SIZE):
                return bytes(data), "eof"
    except ConnectionResetError:
        return bytes(data), "reset"
