"""It sends until the buffer is full, then receives all n bytes, and only then sends the rest.

caught by: test_a_peer_that_reads_everything_before_it_sends
words: A blocking recv() sleeps until bytes, the end or a reset arrive, and none of them comes
"""

import socket


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    timeout = sock.gettimeout()
    view = memoryview(data)
    received = bytearray()
    try:
        sock.setblocking(False)
        try:
            while view:
                view = view[sock.send(view) :]
        except BlockingIOError:
            pass  # the buffer is full: it is the peer's turn
        sock.settimeout(timeout)
        while len(received) < n:
            piece = sock.recv(min(65536, n - len(received)))
            if not piece:
                raise EOFError(f"the end after {len(received)} of {n} bytes")
            received += piece
        while view:
            view = view[sock.send(view) :]
    finally:
        sock.settimeout(timeout)
    return bytes(received)
