"""Raises EOFError only if no byte came at all, else returns fewer than n.

caught by: test_an_end_before_n_bytes_is_an_error
words: the peer ended after 3 of 10 bytes, and your code took them for the answer
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
                    if not piece and not received:
                        raise EOFError("the peer sent nothing")
                    if not piece:
                        n = len(received)  # that was all
                    received += piece
            if left:
                try:
                    left = left[sock.send(left) :]
                except BlockingIOError:
                    pass
        return bytes(received)
    finally:
        sock.settimeout(timeout)
