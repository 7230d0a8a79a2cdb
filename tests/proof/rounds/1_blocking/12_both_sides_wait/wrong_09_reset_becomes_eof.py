"""Ignores a reset that send() reports and reads on, and so raises EOFError instead.

caught by: test_the_timeout_is_back_after_an_error_too
words: the peer reset the connection, and your code took that for the end of its stream
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
            if left:
                try:
                    left = left[sock.send(left) :]
                except BlockingIOError:
                    pass
                except ConnectionError:
                    if len(received) >= n:
                        raise
                    left = memoryview(b"")  # recv() will tell
            if len(received) < n:
                try:
                    piece = sock.recv(min(n - len(received), 65536))
                except BlockingIOError:
                    pass
                else:
                    if not piece:
                        raise EOFError("the peer ended too early")
                    received += piece
        return bytes(received)
    finally:
        sock.settimeout(timeout)
