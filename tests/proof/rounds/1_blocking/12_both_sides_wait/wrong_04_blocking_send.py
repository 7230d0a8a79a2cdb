"""It waits for room with poll(), but leaves a blocking socket blocking, so send() sleeps until all is taken.

caught by: test_a_peer_that_sends_everything_before_it_reads
words: A blocking send sleeps until the peer makes room by reading, and it does not read
"""

import select
import socket


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    timeout = sock.gettimeout()
    view = memoryview(data)
    received = bytearray()
    try:
        while view or len(received) < n:
            events = (select.POLLOUT if view else 0) | (select.POLLIN if len(received) < n else 0)
            poller = select.poll()
            poller.register(sock, events)
            ready = poller.poll()[0][1]
            if len(received) < n and ready & ~select.POLLOUT:
                try:
                    piece = sock.recv(min(65536, n - len(received)))
                    if not piece:
                        raise EOFError(f"the end after {len(received)} of {n} bytes")
                    received += piece
                except BlockingIOError:
                    pass
            if view and ready & ~select.POLLIN:
                try:
                    view = view[sock.send(view) :]
                except BlockingIOError:
                    pass
    finally:
        sock.settimeout(timeout)
    return bytes(received)
