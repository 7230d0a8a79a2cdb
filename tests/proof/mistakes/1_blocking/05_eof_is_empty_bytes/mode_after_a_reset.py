"""Sets O_NONBLOCK of a blocking socket for a loop of its own, and clears it at the end of the stream alone.

caught by: test_a_reset_is_not_an_end
words: an error propagated, and your code left the socket in another mode
breaks: 6
"""

import os
import select
import socket


def recv_all(sock: socket.socket) -> bytes:
    blocking = os.get_blocking(sock.fileno())
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    received = bytearray()
    os.set_blocking(sock.fileno(), False)
    while True:
        try:
            piece = sock.recv(65536)
        except BlockingIOError:
            poller.poll()
            continue
        if not piece:
            break
        received += piece
    os.set_blocking(sock.fileno(), blocking)
    return bytes(received)
