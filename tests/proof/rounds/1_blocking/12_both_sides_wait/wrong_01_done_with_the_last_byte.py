"""It returns as soon as n bytes have come, and drops what is not yet sent (only for n = 0 it sends on).

caught by: test_a_peer_that_sends_everything_before_it_reads
words: The peer read your data, and some is missing: your code dropped it, or gave up
"""

import select
import socket


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    timeout = sock.gettimeout()
    view = memoryview(data)
    received = bytearray()
    sock.setblocking(False)
    try:
        while len(received) < n or (n == 0 and view):
            events = (select.POLLOUT if view else 0) | (select.POLLIN if len(received) < n else 0)
            poller = select.poll()
            poller.register(sock, events)
            poller.poll()
            if len(received) < n:
                try:
                    piece = sock.recv(min(65536, n - len(received)))
                    if not piece:
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
