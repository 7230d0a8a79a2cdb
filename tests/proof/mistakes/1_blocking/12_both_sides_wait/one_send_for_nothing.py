"""Calls send() once if no bytes are wanted, and a timeout lets send() take a part.

caught by: test_a_peer_that_has_said_all_still_gets_the_data
words: it returned b''
breaks: 1
"""

import select
import socket


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    if n == 0:
        if data:
            sock.send(data)
        return b""
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
    finally:
        sock.settimeout(timeout)
    return bytes(received)
