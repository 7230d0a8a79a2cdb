"""It asks poll() for input even after n bytes, so it spins while bytes that follow lie in the socket.

caught by: test_a_peer_that_has_said_all_still_gets_the_data
words: It runs without a pause: a processor is burnt and nothing is waited for
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
            events = (select.POLLOUT if view else 0) | select.POLLIN
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
