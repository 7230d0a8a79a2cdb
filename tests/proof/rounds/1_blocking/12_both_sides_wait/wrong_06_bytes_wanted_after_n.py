"""Waits for bytes even when it has n, and so spins while it sends if more are there.

caught by: test_a_peer_that_has_said_all_still_gets_the_data
words: It runs without a pause: a processor is burnt and nothing is waited for
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
            poller.register(sock, select.POLLIN | (select.POLLOUT if left else 0))
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
        return bytes(received)
    finally:
        sock.settimeout(timeout)
