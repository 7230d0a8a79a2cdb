"""After the n bytes it sends the rest with one send(), which takes a part if there is a timeout.

caught by: test_a_peer_that_has_said_all_still_gets_the_data
words: the n bytes and the end came, and your code stopped sending
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
        while len(received) < n:
            poller.register(sock, select.POLLIN | (select.POLLOUT if left else 0))
            poller.poll()
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
    finally:
        sock.settimeout(timeout)
    if left:
        sock.send(left)  # nothing to receive any more: now it may wait
    return bytes(received)
