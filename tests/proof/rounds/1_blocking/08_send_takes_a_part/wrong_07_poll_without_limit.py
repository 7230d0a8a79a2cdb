"""It waits with poll() without a limit before each send(), so the timeout of the socket never raises.

caught by: test_a_timeout_propagates_at_once
words: The wait has no limit, or a longer one than the test, and nothing becomes ready
"""

import select
import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    view = memoryview(data)
    poller = select.poll()
    poller.register(sock, select.POLLOUT)
    while view:
        poller.poll()
        view = view[sock.send(view) :]
