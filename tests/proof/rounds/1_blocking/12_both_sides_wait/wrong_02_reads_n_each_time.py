"""Asks for n bytes each time, not for the missing ones, and so takes some of what follows.

caught by: test_it_takes_n_bytes_and_leaves_the_rest
words: your code took bytes of the next message from the socket, and lost them
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
                    piece = sock.recv(min(n, 65536))
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
        return bytes(received[:n])
    finally:
        sock.settimeout(timeout)
