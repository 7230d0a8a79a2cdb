"""If send() would block it waits for room alone, and stops reading meanwhile.

caught by: test_a_peer_that_sends_everything_before_it_reads
words: The wait has no limit, or a longer one than the test, and nothing becomes ready
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
            if left:
                try:
                    left = left[sock.send(left) :]
                except BlockingIOError:
                    poller.register(sock, select.POLLOUT)
                    poller.poll()
            else:
                poller.register(sock, select.POLLIN)
                poller.poll()
            if len(received) < n:
                try:
                    piece = sock.recv(min(n - len(received), 65536))
                except BlockingIOError:
                    continue
                if not piece:
                    raise EOFError("the peer ended too early")
                received += piece
        return bytes(received)
    finally:
        sock.settimeout(timeout)
