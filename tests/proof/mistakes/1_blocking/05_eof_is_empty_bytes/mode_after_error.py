"""The socket is set to non-blocking, and set back only at the end of the stream, not when an error propagates.

caught by: test_a_reset_is_not_an_end
words: an error propagated, and your code left the socket in another mode
"""

import select
import socket


def recv_all(sock: socket.socket) -> bytes:
    patience = sock.gettimeout()
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    pieces = []
    sock.setblocking(False)
    while True:
        if patience != 0:
            if not poller.poll(None if patience is None else patience * 1000):
                raise TimeoutError("timed out")
        piece = sock.recv(65536)
        if not piece:
            break
        pieces.append(piece)
    sock.settimeout(patience)
    return b"".join(pieces)
