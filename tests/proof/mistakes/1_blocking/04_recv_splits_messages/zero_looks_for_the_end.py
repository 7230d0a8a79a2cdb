"""The end of the stream is looked for with MSG_PEEK before anything else, for zero bytes too.

caught by: test_zero_bytes_are_always_there
words: still blocked in sock.recv(1, MSG_PEEK)
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    if not sock.recv(1, socket.MSG_PEEK):
        raise EOFError("the stream has ended")
    data = bytearray()
    while len(data) < n:
        chunk = sock.recv(min(n - len(data), 65536))
        if not chunk:
            raise EOFError("the stream ended early")
        data += chunk
    return bytes(data)
