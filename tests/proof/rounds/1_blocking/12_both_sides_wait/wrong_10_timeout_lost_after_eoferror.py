"""Restores the timeout after an OSError, but EOFError is none.

caught by: test_an_end_before_n_bytes_is_an_error
words: EOFError was raised, and your code left the socket with another timeout
"""

import select
import socket


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    timeout = sock.gettimeout()
    left = memoryview(data)
    received = bytearray()
    try:
        sock.settimeout(0)
        poller = select.poll()
        while left or len(received) < n:
            wanted = select.POLLOUT if left else 0
            if len(received) < n:
                wanted |= select.POLLIN
            poller.register(sock, wanted)
            poller.poll()
            if len(received) < n:
                try:
                    piece = sock.recv(min(n - len(received), 65536))
                except BlockingIOError:
                    pass
                else:
                    if not piece:
                        raise EOFError("the peer ended too early")
                    received += piece
            if left:
                try:
                    left = left[sock.send(left) :]
                except BlockingIOError:
                    pass
    except OSError:
        sock.settimeout(timeout)
        raise
    sock.settimeout(timeout)
    return bytes(received)
