"""It puts the timeout back at the end and after an OSError, and EOFError is none.

caught by: test_an_end_before_n_bytes_is_an_error
words: EOFError was raised, and your code left the socket with another timeout
"""

import select
import socket


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    timeout = sock.gettimeout()
    view = memoryview(data)
    received = bytearray()
    sock.setblocking(False)
    try:
        while view or len(received) < n:
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
    except OSError:
        sock.settimeout(timeout)
        raise
    sock.settimeout(timeout)
    return bytes(received)
