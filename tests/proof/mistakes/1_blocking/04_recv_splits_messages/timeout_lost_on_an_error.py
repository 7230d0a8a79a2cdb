"""The socket is made blocking for the time of the call, and gets its timeout back after success and at the end
of the stream, but not when recv() raises.

caught by: test_a_reset_is_not_an_orderly_end
words: an error propagated, and your code left the socket in another mode
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    timeout = sock.gettimeout()
    sock.settimeout(None)
    data = bytearray()
    while len(data) < n:
        chunk = sock.recv(min(n - len(data), 65536))
        if not chunk:
            break
        data += chunk
    sock.settimeout(timeout)
    if len(data) < n:
        raise EOFError("the stream ended early")
    return bytes(data)
