"""Waits with select(), which raises ValueError for a descriptor above 1023.

stays green: select() takes numbers below 1024, which is 3.6's subject
"""

import select
import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    timeout = sock.gettimeout()
    rest = memoryview(data)
    while rest:
        rest = rest[sock.send(rest) :]
        if rest and timeout != 0:
            _, writable, _ = select.select([], [sock], [], timeout)
            if not writable:
                raise TimeoutError("timed out")
