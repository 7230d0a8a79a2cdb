"""Each recv() asks for n bytes anew: if the message comes in pieces, bytes of what follows are taken and cut
off.

caught by: test_the_last_piece_is_not_taken_too_large
words: your code took bytes of the next message out of the kernel
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = bytearray()
    while len(data) < n:
        chunk = sock.recv(min(n, 65536))
        if not chunk:
            raise EOFError("the stream ended early")
        data += chunk
    return bytes(data[:n])
