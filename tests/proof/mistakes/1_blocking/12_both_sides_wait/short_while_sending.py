"""Sends the rest if the peer ends too early, and returns what it has.

caught by: test_an_end_before_n_bytes_is_an_error
words: the peer ended after 3 of 10 bytes, and your code took them for the answer
breaks: 5
"""

import select
import socket


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    timeout = sock.gettimeout()
    view = memoryview(data)
    received = bytearray()
    ended = False
    sock.setblocking(False)
    try:
        while view or (len(received) < n and not ended):
            events = (select.POLLOUT if view else 0) | (select.POLLIN if len(received) < n and not ended else 0)
            poller = select.poll()
            poller.register(sock, events)
            poller.poll()
            if len(received) < n and not ended:
                try:
                    piece = sock.recv(min(65536, n - len(received)))
                    ended = not piece
                    if ended and not view:
                        raise EOFError(f"the end after {len(received)} of {n} bytes")
                    received += piece
                except BlockingIOError:
                    pass
            if view:
                try:
                    view = view[sock.send(view) :]
                except BlockingIOError:
                    pass
    finally:
        sock.settimeout(timeout)
    return bytes(received)
