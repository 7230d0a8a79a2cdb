"""Once it has n bytes it ignores that the connection breaks, and returns them.

caught by: test_an_error_after_n_bytes_propagates
words: the connection broke before all of data was sent, and the caller never finds out
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
                except ConnectionError:
                    if not n or len(received) < n:
                        raise
                    break  # we have what we wanted
        return bytes(received)
    finally:
        sock.settimeout(timeout)
