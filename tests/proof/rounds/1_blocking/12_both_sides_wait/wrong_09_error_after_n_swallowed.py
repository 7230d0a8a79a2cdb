"""If the connection breaks after n bytes have come, it returns them, although data is not all sent.

caught by: test_an_error_after_n_bytes_propagates
words: The connection broke before all of data was sent, and the caller never finds out
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
                except ConnectionError:
                    if len(received) < n:
                        raise
                    break
    finally:
        sock.settimeout(timeout)
    return bytes(received)
