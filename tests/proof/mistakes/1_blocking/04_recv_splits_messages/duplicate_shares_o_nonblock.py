"""A duplicate is made blocking in order to spare the socket, but the two share O_NONBLOCK, which a socket with a
timeout then has lost.

caught by: test_the_socket_keeps_its_timeout_when_the_stream_ends
words: your code cleared O_NONBLOCK, which a duplicate shares with the socket
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
