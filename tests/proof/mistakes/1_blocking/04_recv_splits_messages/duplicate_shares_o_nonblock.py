"""A duplicate is made blocking in order to spare the socket, but the two share O_NONBLOCK, which a socket with a
timeout then has lost.

caught by: test_the_socket_keeps_its_timeout_when_the_stream_ends
words: EOFError was raised, and your code left the socket in another mode
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    with sock.dup() as copy:
        copy.setblocking(True)
        data = bytearray()
        while len(data) < n:
            chunk = copy.recv(min(n - len(data), 65536))
            if not chunk:
                raise EOFError("the stream ended early")
            data += chunk
        return bytes(data)
