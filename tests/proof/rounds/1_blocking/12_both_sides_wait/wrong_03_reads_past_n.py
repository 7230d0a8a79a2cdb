"""It asks for n bytes at each recv(), not for those that are missing, and loses what came too much.

caught by: test_it_takes_n_bytes_and_leaves_the_rest
words: Your code took bytes of the next message from the socket, and lost them
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
                    piece = sock.recv(min(65536, n))
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
    return bytes(received[:n])
