"""Once the peer has begun, a silence of a second counts as the end.

caught by: test_a_short_read_is_not_the_end
words: the peer may be silent for as long as it likes, and your code limited the wait
"""

import select
import socket


def recv_all(sock: socket.socket) -> bytes:
    """Read everything up to the end of the peer's stream."""
    poller = select.poll()
    data = bytearray()
    while piece := sock.recv(65536):
        data += piece
        poller.register(sock, select.POLLIN)
        if not poller.poll(1000):
            break  # nothing more to come
    return bytes(data)
