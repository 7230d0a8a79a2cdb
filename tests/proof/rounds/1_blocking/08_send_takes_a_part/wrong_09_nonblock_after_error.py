"""It sets O_NONBLOCK of a blocking socket for its own poll loop and clears it again only if no error came.

caught by: test_an_error_of_any_send_propagates
words: A send failed, and your code left the socket with another timeout or mode
"""

import os
import select
import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    blocking = os.get_blocking(sock.fileno())
    poller = select.poll()
    poller.register(sock, select.POLLOUT)
    view = memoryview(data)
    os.set_blocking(sock.fileno(), False)
    while view:
        try:
            view = view[sock.send(view) :]
        except BlockingIOError:
            poller.poll()
    os.set_blocking(sock.fileno(), blocking)
